import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { purpose } from "../api.ts"
import { useInvestigation } from "../investigation.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { Working } from "../parts/Working.tsx"
import { AnswerView } from "./AnswerView.tsx"
import { useAsking } from "./asking.ts"
import { EffectBadge } from "./EffectBadge.tsx"
import { FieldInput } from "./FieldInput.tsx"
import type { Procedure } from "./list.ts"
import { emptyOf, type Filled, fieldsOf, saidOf, type Wrong } from "./schema.ts"

type Complaints = Record<string, Wrong>
/** Stands for the file among the fields, none of which has an empty name. */
const FILE = ""

/** One procedure: its form, and under it what the node answered. */
export function ProcedureForm({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const own = useInvestigation()
  const { fields, investigation } = useMemo(() => fieldsOf(procedure.input), [procedure])
  const [filled, setFilled] = useState<Record<string, Filled>>(() => Object.fromEntries(fields.map((f) => [f.name, emptyOf(f)])))
  const [complaints, setComplaints] = useState<Complaints>({})
  const [why, setWhy] = useState(purpose.get)
  const [whyless, setWhyless] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const { ask, stop, running, progress, failure, answer } = useAsking(procedure)
  const reads = procedure.effect === "read"

  const submit = async (e: FormEvent) => {
    e.preventDefault()
    const said = fields.map((f) => [f.name, saidOf(f, filled[f.name]!)] as const)
    const wrong: Complaints = Object.fromEntries(said.flatMap(([name, { wrong }]) => (wrong ? [[name, wrong]] : [])))
    if (procedure.shape === "upload" && !file) wrong[FILE] = "missing"
    setComplaints(wrong)
    setWhyless(!reads && why.trim() === "")
    if (Object.keys(wrong).length > 0 || (!reads && why.trim() === "")) return
    const input = Object.fromEntries(said.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])))
    const answered = await ask({ input: investigation ? { ...input, investigation: own } : input, why, file })
    // What other screens showed before a decision is not shown again. This screen's own list stays.
    if (answered && !reads) await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "openapi.json" })
  }

  return (
    <Stack gap="sm" component="section" aria-label={procedure.name} className="ask-one">
      <Title order={2} size="h4">
        <bdi lang="en" dir="ltr">
          {procedure.title}
        </bdi>
      </Title>
      <Facts
        facts={[
          [t("ask.needs"), <Identifier key="needs">{procedure.needs}</Identifier>],
          [t("ask.shape"), t(`ask.shapes.${procedure.shape}`)],
        ]}
      />
      <Group gap="xs">{reads ? <Text size="xs">{t("ask.read")}</Text> : <EffectBadge effect={procedure.effect} />}</Group>
      <form onSubmit={(e) => void submit(e)} noValidate>
        <Stack gap="sm">
          {investigation && <p className="help">{t("ask.investigation")}</p>}
          {fields.length === 0 && procedure.shape !== "upload" && <p className="help">{t("ask.nothing")}</p>}
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              filled={filled[field.name]!}
              onFill={(to) => setFilled((f) => ({ ...f, [field.name]: to }))}
              complaint={complaints[field.name]}
              refused={failure?.at === field.name ? failure.message : undefined}
            />
          ))}
          {procedure.shape === "upload" && (
            <label className="ask-file">
              {t("ask.file")}
              <input type="file" onChange={(e) => setFile(e.currentTarget.files?.[0] ?? null)} />
              {complaints[FILE] && <span role="alert">{t("ask.missing")}</span>}
            </label>
          )}
          {!reads && (
            <Textarea
              label={t("ask.why")}
              autosize
              minRows={1}
              maxLength={500}
              required
              value={why}
              onChange={(e) => setWhy(e.currentTarget.value)}
              error={whyless && t("ask.whyNeeded")}
            />
          )}
          <Group gap="xs">
            <Button type="submit" loading={running}>
              {t("ask.submit")}
            </Button>
            {running && (
              <Button variant="default" onClick={stop}>
                {t("ask.stop")}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {running && <Working progress={progress} words={t("ask.asking")} />}
      {failure && <FailureNote failure={failure} />}
      {answer && <AnswerView answer={answer} />}
    </Stack>
  )
}
