import { Button, NativeSelect, NumberInput, Stack, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted, Towards } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { Occurrence, Sequences } from "./answers.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"
import { RecordLinks } from "./RecordLinks.tsx"

const PATTERNS = {
  journey: "pay c>o, call b-d, move d>c, ok c>b, release o-b",
  word: "ok c>b, release b-o",
  paid: "pay c>o, ok c>b",
  deposit: "pay c>o #, release o>b #",
} as const
type Pattern = keyof typeof PATTERNS | "own"

/** Sequences in time, with the records under each step of each occurrence. */
export function SequencesScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [draft, setDraft] = useState<{ pattern: Pattern; steps: string; within: number }>({
    pattern: "journey",
    steps: PATTERNS.journey,
    within: 672,
  })
  const [asked, setAsked] = useState({ steps: draft.steps, within: draft.within })
  const { data, error, isFetching, progress, refetch } = useJobResult("network.motifs", { investigation, ...asked })
  const choose = (pattern: Pattern) => setDraft({ ...draft, pattern, ...(pattern === "own" ? {} : { steps: PATTERNS[pattern] }) })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked({ steps: draft.steps, within: draft.within })
  }
  return (
    <Stack gap="md" className="narrow">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("sequences.title")} lead={t("sequences.lead")} />
      <form onSubmit={submit} className="filters">
        <NativeSelect
          label={t("sequences.pattern")}
          value={draft.pattern}
          onChange={(e) => choose(e.currentTarget.value as Pattern)}
          data={(["journey", "deposit", "word", "paid", "own"] as const).map((p) => ({ value: p, label: t(`sequences.patterns.${p}`) }))}
        />
        <TextInput
          label={t("sequences.steps")}
          value={draft.steps}
          dir="ltr"
          w={420}
          maw="100%"
          onChange={(e) => setDraft({ ...draft, pattern: "own", steps: e.currentTarget.value })}
        />
        <NumberInput
          label={t("sequences.within")}
          min={1}
          max={8760}
          value={draft.within}
          onChange={(v) => setDraft({ ...draft, within: Number(v) || 1 })}
        />
        <Button type="submit">{t("sequences.look")}</Button>
      </form>
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Found of={data} investigation={investigation} />}
    </Stack>
  )
}

function Found({ of, investigation }: { of: Sequences; investigation: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Text fw={600}>
        {t("sequences.found", { count: of.count, hours: whole(of.withinHours) })} {!of.complete && t("sequences.more")}
      </Text>
      <Text size="sm">
        {t("sequences.reached", { steps: of.steps.map((s) => `${t(`sequences.kinds.${s.kind}`)} ${whole(s.reached)}`).join(" · ") })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("sequences.lookedAt", { kinds: of.happened.map((h) => `${t(`sequences.kinds.${h.kind}`)} ${whole(h.n)}`).join(" · ") })}
      </Text>
      <Text size="xs" c="dimmed" maw="90ch">
        {t("sequences.says")}
      </Text>
      {of.occurrences.map((o, n) => (
        <One
          key={`${o.firstAt} ${o.steps.map((s) => s.record).join(" ")} ${o.roles.map((r) => r.entity).join(" ")}`}
          n={n + 1}
          of={o}
          steps={of.steps}
          investigation={investigation}
        />
      ))}
    </>
  )
}

interface OneProps {
  n: number
  of: Occurrence
  steps: Sequences["steps"]
  investigation: string
}

function One({ n, of, steps, investigation }: OneProps) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  const bearer = new Map(of.roles.map((r) => [r.role, r]))
  const name = (role: string) => {
    const person = bearer.get(role)!
    if (person.entity === null || person.label === null)
      return <span className="dim">{t(`sequences.withheld.${person.withheld ?? "protected"}`)}</span>
    return (
      <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: person.entity }}>
        <Quoted>{labelOf(person.label)}</Quoted>
      </Go>
    )
  }
  return (
    <Section title={`${whole(n)}. ${moment(of.firstAt)} – ${moment(of.lastAt)}`}>
      <ol className="reasons">
        {of.steps.map((s, i) => (
          <li key={`${s.at} ${s.kind} ${s.from} ${s.to}`}>
            <bdi>{moment(s.at)}</bdi> · {t(`sequences.kinds.${s.kind}`)} · {name(s.from)} {steps[i]!.either ? "–" : <Towards />}{" "}
            {name(s.to)} {steps[i]!.code && <>({t("sequences.sameCode")}) </>}
            {s.record === null ? <span className="dim">{t("sequences.noRecord")}</span> : <RecordLinks records={[s.record]} />}
          </li>
        ))}
      </ol>
      <SupportLine support={of.support} />
    </Section>
  )
}
