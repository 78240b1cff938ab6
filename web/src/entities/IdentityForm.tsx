import { Button, Checkbox, Collapse, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { linesOf } from "../parts/fields.ts"
import { Identifier } from "../parts/Isolated.tsx"
import { forget } from "../queries.ts"
import type { Entity } from "../types.ts"
import type { IdentityValues } from "./answers.ts"

const SAYS = ["same", "not-same", "unsure"] as const

interface IdentityFormProps {
  entity: Entity
  investigation: string
  rests: readonly string[]
  onRests: (records: readonly string[]) => void
}

type Signed = IdentityValues["entities.decide"][1]

/** Decides that this and another are the same or not, or splits it: each with its reason and the records on which it rests. */
export function IdentityForm({ entity, investigation, rests, onRests }: IdentityFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [shown, { toggle }] = useDisclosure(false)
  const [about, setAbout] = useState("")
  const [other, setOther] = useState("")
  const [decision, setDecision] = useState<string>("same")
  const [apart, setApart] = useState<readonly string[]>([])
  const [reason, setReason] = useState("")
  const splits = decision === "split"
  const signing = useMutation<Signed, ApiFailure>({
    mutationFn: () =>
      splits
        ? ask("entities.split", { investigation, entity: entity.id, parts: [[...apart]], reason, records: [...rests] })
        : ask("entities.decide", { investigation, a: about || entity.id, b: other.trim(), decision, reason, records: [...rests] }),
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    signing.mutate()
  }
  const atField = (...fields: string[]) =>
    signing.error && fields.includes(signing.error.at ?? "") ? <bdi lang="en">{signing.error.message}</bdi> : undefined
  return (
    <section>
      <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("identity.form")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={640} mt="xs">
            <NativeSelect
              label={t("identity.decision")}
              value={decision}
              onChange={(e) => setDecision(e.currentTarget.value)}
              data={[
                ...SAYS.map((s) => ({ value: s, label: t(`identity.says.${s}`) })),
                ...(entity.identifiers.length > 1 ? [{ value: "split", label: t("identity.split") }] : []),
              ]}
            />
            {splits ? (
              <Checkbox.Group
                label={t("identity.split")}
                description={t("identity.splitHelp")}
                value={[...apart]}
                onChange={setApart}
                error={atField("parts")}
              >
                <Stack gap={4} mt={4}>
                  {entity.identifiers.map((i) => (
                    <Checkbox key={i.key} value={i.key} size="xs" label={<Identifier>{i.key}</Identifier>} />
                  ))}
                </Stack>
              </Checkbox.Group>
            ) : (
              <>
                <NativeSelect
                  label={t("identity.about")}
                  description={t("identity.aboutHelp")}
                  value={about}
                  onChange={(e) => setAbout(e.currentTarget.value)}
                  error={atField("a")}
                  data={[{ value: "", label: t("identity.wholeOf") }, ...entity.identifiers.map((i) => ({ value: i.key, label: i.key }))]}
                />
                <TextInput
                  label={t("identity.other")}
                  description={t("identity.otherHelp")}
                  value={other}
                  onChange={(e) => setOther(e.currentTarget.value)}
                  error={atField("b")}
                  dir="ltr"
                  classNames={{ input: "mono" }}
                  maxLength={400}
                  required
                />
              </>
            )}
            <Textarea
              label={t("entities.reason")}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
              error={atField("reason")}
              dir="auto"
              autosize
              minRows={2}
              required
            />
            <Textarea
              label={t("identity.records")}
              description={t("identity.recordsHelp")}
              value={rests.join("\n")}
              onChange={(e) => onRests(linesOf(e.currentTarget.value))}
              error={atField("records")}
              dir="ltr"
              classNames={{ input: "mono" }}
              autosize
              minRows={2}
            />
            {signing.error && <FailureNote failure={signing.error} />}
            {signing.data && (
              <Text size="sm" role="status">
                {signing.data.state === "waits" ? t("identity.waits") : t("identity.inForce")}
              </Text>
            )}
            <Button type="submit" size="xs" loading={signing.isPending}>
              {splits ? t("identity.splitSign") : t("identity.decide")}
            </Button>
          </Stack>
        </form>
      </Collapse>
    </section>
  )
}
