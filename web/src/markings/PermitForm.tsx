import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { useItems } from "../investigation.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { NodeSays } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { forget } from "../queries.ts"
import type { Permission, Reservation } from "./answers.ts"

/** Records that an originator permits what one reservation blocks. */
export function PermitForm({ of, investigation, onDone }: { of: Reservation; investigation: string; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useItems(investigation)
  const [originator, setOriginator] = useState(of.ask[0] ?? "")
  const [reference, setReference] = useState("")
  const [reason, setReason] = useState("")
  const [document, setDocument] = useState("")
  const permit = useMutation<Permission, ApiFailure>({
    mutationFn: () =>
      ask("markings.permit", {
        investigation,
        originator,
        code: of.code,
        use: of.use,
        reference,
        reason,
        ...(of.code === "condition" ? { condition: of.says } : {}),
        ...(document ? { document } : {}),
      }),
    onSuccess: () => {
      onDone()
      return forget(client)
    },
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    permit.mutate()
  }
  const exhibits = data?.items.flatMap((i) => i.exhibits.map((e) => ({ value: e.id, label: `${i.reference ?? i.id} · ${e.name}` }))) ?? []
  return (
    <Section title={t("markings.record")} help={<NodeSays>{of.says}</NodeSays>}>
      <form onSubmit={submit} noValidate>
        <Stack gap="xs" maw={560}>
          <NativeSelect
            label={t("markings.originator")}
            value={originator}
            onChange={(e) => setOriginator(e.currentTarget.value)}
            data={of.ask}
          />
          <TextInput label={t("markings.reference")} value={reference} onChange={(e) => setReference(e.currentTarget.value)} />
          <Textarea label={t("markings.reason")} autosize minRows={2} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
          <NativeSelect
            label={t("markings.document")}
            description={t("markings.documentHelp")}
            value={document}
            onChange={(e) => setDocument(e.currentTarget.value)}
            data={[{ value: "", label: t("markings.noDocument") }, ...exhibits]}
          />
          <Text size="xs" c="dimmed">
            {t("markings.secondPerson")}
          </Text>
          {permit.error && <FailureNote failure={permit.error} />}
          <Group gap="xs">
            <Button type="submit" loading={permit.isPending} disabled={reference.trim() === "" || reason.trim().length < 10}>
              {t("markings.sign")}
            </Button>
            <Button variant="subtle" onClick={onDone}>
              {t("close")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
