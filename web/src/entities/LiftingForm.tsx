import { Button, Fieldset, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { en } from "../language/en.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { forget } from "../queries.ts"
import type { LiftingAnswers } from "./answers.ts"

export const QUESTIONS = ["age", "trafficking", "compulsion"] as const
type Question = (typeof QUESTIONS)[number]
const ANSWERS = {
  age: ["unknown", "adult", "child-or-disputed"],
  trafficking: ["unknown", "none-found", "signs"],
  compulsion: ["unknown", "none-found", "signs"],
} as const
/** Steering a boat is an act in an event, never a reason. */
const CONDUCTS = Object.keys(en.conducts).filter((c) => c !== "steers")
const FEWEST_RECORDS = 2

interface Shown {
  n: number
  record: string
  conduct: string
  shows: string
}
const empty = (n: number): Shown => ({ n, record: "", conduct: CONDUCTS[0]!, shows: "" })
const unknown = { answer: "unknown", text: "", by: "" }

/** What somebody signs who proposes that one person's protection is lifted. */
export function LiftingForm({ entity, investigation }: { entity: string; investigation: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [answers, setAnswers] = useState<LiftingAnswers>({ age: unknown, trafficking: unknown, compulsion: unknown })
  const [conduct, setConduct] = useState<Shown[]>(() => Array.from({ length: FEWEST_RECORDS }, (_, n) => empty(n)))
  const [reason, setReason] = useState("")
  const sign = useMutation<{ lifting: string }, ApiFailure>({
    mutationFn: () =>
      ask("entities.propose-lifting", {
        investigation,
        entity,
        conduct: conduct.map(({ record, conduct: of, shows }) => ({ record: record.trim(), conduct: of, shows })),
        ...answers,
        reason,
      }),
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    sign.mutate()
  }
  const answer = (q: Question, part: Partial<LiftingAnswers[Question]>) => setAnswers({ ...answers, [q]: { ...answers[q], ...part } })
  const show = (at: number, part: Partial<Shown>) => setConduct(conduct.map((c, n) => (n === at ? { ...c, ...part } : c)))
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={760}>
        <Text fw={600}>{t("lifting.answers")}</Text>
        {QUESTIONS.map((q) => (
          <Fieldset key={q} legend={t(`lifting.${q}`)}>
            <Stack gap="xs">
              <NativeSelect
                label={t("lifting.answer")}
                value={answers[q].answer}
                onChange={(e) => answer(q, { answer: e.currentTarget.value })}
                data={ANSWERS[q].map((a) => ({ value: a, label: t(`lifting.answer_${a}`) }))}
              />
              <Textarea
                label={t("lifting.restsOn")}
                value={answers[q].text}
                onChange={(e) => answer(q, { text: e.currentTarget.value })}
                autosize
                minRows={1}
                required
              />
              <TextInput
                label={t("lifting.assessedBy")}
                value={answers[q].by}
                onChange={(e) => answer(q, { by: e.currentTarget.value })}
                required
              />
            </Stack>
          </Fieldset>
        ))}
        <Fieldset legend={t("lifting.conduct")}>
          <Stack gap="xs">
            <Text size="sm">{t("lifting.conductHelp")}</Text>
            {conduct.map((c, at) => (
              <Group key={c.n} align="end" grow>
                <TextInput
                  label={t("lifting.record")}
                  value={c.record}
                  onChange={(e) => show(at, { record: e.currentTarget.value })}
                  dir="ltr"
                  classNames={{ input: "mono" }}
                  required
                />
                <NativeSelect
                  label={t("entities.conductKind")}
                  value={c.conduct}
                  onChange={(e) => show(at, { conduct: e.currentTarget.value })}
                  data={CONDUCTS.map((one) => ({ value: one, label: wordOf("conducts", one) }))}
                />
                <TextInput
                  label={t("lifting.shows")}
                  value={c.shows}
                  onChange={(e) => show(at, { shows: e.currentTarget.value })}
                  required
                />
              </Group>
            ))}
            <div>
              <Button size="compact-sm" variant="default" onClick={() => setConduct([...conduct, empty(conduct.length)])}>
                {t("lifting.addRecord")}
              </Button>
            </div>
          </Stack>
        </Fieldset>
        <Textarea
          label={t("lifting.reason")}
          description={t("lifting.reasonHelp")}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
          autosize
          minRows={2}
          required
        />
        {sign.error && <FailureNote failure={sign.error} />}
        {sign.isSuccess && (
          <Text size="sm" role="status">
            {t("lifting.sent")}
          </Text>
        )}
        <Group>
          <Button type="submit" loading={sign.isPending} color="red">
            {t("lifting.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
