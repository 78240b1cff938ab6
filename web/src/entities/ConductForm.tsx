import { Button, Collapse, NativeSelect, Stack, Text, Textarea } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { en } from "../language/en.ts"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { linesOf } from "../parts/fields.ts"
import { forget } from "../queries.ts"
import type { Entity } from "../types.ts"

/** Steering a boat is an act in an event, never a reason for rank: it cannot be stated here. */
const CONDUCTS = Object.keys(en.conducts).filter((c) => c !== "steers")
const STAGES = Object.keys(en.stages)

interface ConductFormProps {
  entity: Entity
  investigation: string
  rests: readonly string[]
  onRests: (records: readonly string[]) => void
}

/** An analyst's own assertion that somebody took part in facilitation, with reasoning and records. */
export function ConductForm({ entity, investigation, rests, onRests }: ConductFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [shown, { toggle }] = useDisclosure(false)
  const [conduct, setConduct] = useState(CONDUCTS[0]!)
  const [stage, setStage] = useState("")
  const [reasoning, setReasoning] = useState("")
  const state = useMutation<{ assertion: string }, ApiFailure>({
    mutationFn: () =>
      ask("entities.assert-conduct", {
        investigation,
        entity: entity.id,
        conduct,
        reasoning,
        records: [...rests],
        ...(stage ? { stage: Number(stage) } : {}),
      }),
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    state.mutate()
  }
  const atField = (field: string) =>
    state.error && (state.error.at === field || state.error.code.startsWith(`invalid.${field}`)) ? (
      <bdi lang="en">{state.error.message}</bdi>
    ) : undefined
  return (
    <section>
      <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("entities.assertConduct")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={640} mt="xs">
            <NativeSelect
              label={t("entities.conductKind")}
              value={conduct}
              onChange={(e) => setConduct(e.currentTarget.value)}
              data={CONDUCTS.map((c) => ({ value: c, label: wordOf("conducts", c) }))}
            />
            <NativeSelect
              label={t("entities.conductStage")}
              value={stage}
              onChange={(e) => setStage(e.currentTarget.value)}
              data={[
                { value: "", label: t("entities.anyStage") },
                ...STAGES.map((s) => ({ value: s, label: t("entities.stage", { n: whole(Number(s)), title: wordOf("stages", s) }) })),
              ]}
            />
            <Textarea
              label={t("entities.reasoning")}
              description={t("entities.reasoningHelp")}
              value={reasoning}
              onChange={(e) => setReasoning(e.currentTarget.value)}
              error={atField("reasoning")}
              autosize
              minRows={3}
              required
            />
            <Textarea
              label={t("entities.onRecords")}
              description={t("entities.onRecordsHelp")}
              value={rests.join("\n")}
              onChange={(e) => onRests(linesOf(e.currentTarget.value))}
              error={atField("records")}
              dir="ltr"
              classNames={{ input: "mono" }}
              autosize
              minRows={2}
              required
            />
            {state.error && <FailureNote failure={state.error} />}
            {state.isSuccess && (
              <Text size="sm" role="status">
                {t("entities.signed")}
              </Text>
            )}
            <Button type="submit" size="xs" loading={state.isPending}>
              {t("entities.sign")}
            </Button>
          </Stack>
        </form>
      </Collapse>
    </section>
  )
}
