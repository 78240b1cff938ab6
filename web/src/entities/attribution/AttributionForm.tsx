import { Button, Collapse, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../../api.ts"
import { gradeWord } from "../../language/attribution-words.ts"
import { FailureNote } from "../../parts/FailureNote.tsx"
import { linesOf, utcOf } from "../../parts/fields.ts"
import { forget } from "../../queries.ts"
import type { Entity } from "../../types.ts"

const SURE = ["slight", "fair", "strong"]

/** A graded statement of a person, for or against, with reasons and records. */
export function AttributionForm({ entity, investigation, rests }: { entity: Entity; investigation: string; rests: readonly string[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [shown, { toggle }] = useDisclosure(false)
  const [what, setWhat] = useState(entity.identifiers.find((i) => i.type === "phone")?.key ?? "")
  const [side, setSide] = useState("for")
  const [grade, setGrade] = useState("fair")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const [records, setRecords] = useState("")
  const [reason, setReason] = useState("")
  const state = useMutation<{ statement: string }, ApiFailure>({
    mutationFn: () => {
      const [start, end] = [utcOf(from), utcOf(to)]
      return ask("entities.attribute", {
        investigation,
        entity: entity.id,
        relation: what.startsWith("holder:") ? "person-handset" : "person-number",
        what: what.trim(),
        side,
        grade,
        records: [...new Set([...rests, ...linesOf(records)])],
        reason,
        ...(start ? { from: start } : {}),
        ...(end ? { to: end } : {}),
      })
    },
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    state.mutate()
  }
  return (
    <div className="attribution-tools">
      <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("attribution.form.title")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={640} mt="xs">
            <TextInput
              label={t("attribution.form.what")}
              description={t("attribution.form.whatHelp")}
              value={what}
              onChange={(e) => setWhat(e.currentTarget.value)}
              dir="ltr"
              required
            />
            <NativeSelect
              label={t("attribution.form.side")}
              value={side}
              onChange={(e) => setSide(e.currentTarget.value)}
              data={[
                { value: "for", label: t("attribution.form.sideFor") },
                { value: "against", label: t("attribution.form.sideAgainst") },
              ]}
            />
            <NativeSelect
              label={t("attribution.form.sure")}
              value={grade}
              onChange={(e) => setGrade(e.currentTarget.value)}
              data={SURE.map((g) => ({ value: g, label: gradeWord(g) }))}
            />
            <TextInput
              type="datetime-local"
              label={t("attribution.form.from")}
              value={from}
              onChange={(e) => setFrom(e.currentTarget.value)}
            />
            <TextInput type="datetime-local" label={t("attribution.form.to")} value={to} onChange={(e) => setTo(e.currentTarget.value)} />
            <Textarea
              label={t("attribution.form.records")}
              value={records}
              onChange={(e) => setRecords(e.currentTarget.value)}
              placeholder={rests.join("\n")}
              dir="ltr"
              classNames={{ input: "mono" }}
              autosize
              minRows={2}
            />
            <Textarea
              label={t("attribution.form.reason")}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
              autosize
              minRows={3}
              required
            />
            {state.error && <FailureNote failure={state.error} />}
            {state.isSuccess && (
              <Text size="sm" role="status">
                {t("attribution.form.done")}
              </Text>
            )}
            <Button type="submit" size="xs" loading={state.isPending}>
              {t("attribution.form.send")}
            </Button>
          </Stack>
        </form>
      </Collapse>
    </div>
  )
}
