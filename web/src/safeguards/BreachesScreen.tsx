import { Badge, Button, Collapse, Group, Paper, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { moment } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { utcOf } from "../parts/fields.ts"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Choice, Draft, Ended, Line, Lines, useDecision } from "./form.tsx"
import type { Breach, BreachStep } from "./types.ts"

/** Breaches of personal data, each with its clock of 72 hours. */
export function BreachesScreen() {
  const { t } = useTranslation()
  const { data, error, isFetching, refetch } = useValue("safeguards.breaches", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.breaches.title")} lead={t("care.breaches.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text>{t("care.none")}</Text>}
      <Stack gap="sm" component="ul" className="plain">
        {data?.map((b) => (
          <BreachCard key={b.id} breach={b} />
        ))}
      </Stack>
      <ReportForm />
    </Stack>
  )
}

function BreachCard({ breach: b }: { breach: Breach }) {
  const { t } = useTranslation()
  const [text, setText] = useState(false)
  const told = useValue("safeguards.breach-text", { breach: b.id }, { enabled: text })
  return (
    <Paper component="li" withBorder p="md" className="breach-card">
      <Stack gap="xs">
        <Group gap="xs">
          <Badge
            color={b.state === "overdue" ? "red.9" : b.state === "closed" ? "gray" : "yellow"}
            variant={b.state === "closed" ? "light" : "filled"}
            tt="none"
            autoContrast
          >
            {t(`care.breaches.states.${b.state}`)}
          </Badge>
          <Badge variant="default" tt="none">
            {t("care.breaches.risk")}: {t(`care.breaches.risks.${b.risk}`)}
          </Badge>
        </Group>
        <Quoted>{b.what}</Quoted>
        <Facts
          facts={[
            [t("care.breaches.aware"), <bdi key="aware">{moment(b.awareAt)}</bdi>],
            [t("care.breaches.left"), <bdi key="due">{moment(b.dueAt)}</bdi>],
          ]}
        />
        {b.steps.length > 0 && (
          <ul className="labels">
            {b.steps.map((s) => (
              <li key={`${s.at} ${s.step} ${s.words}`}>
                <bdi>{moment(s.at)}</bdi> · {t(`care.breaches.steps.${s.step}`)}: <Quoted>{s.words}</Quoted>
              </li>
            ))}
          </ul>
        )}
        {b.state !== "closed" && <StepForm breach={b} />}
        <div>
          <Button size="xs" variant="default" onClick={() => setText(!text)} aria-expanded={text}>
            {t("care.breaches.text")}
          </Button>
        </div>
        {text && told.error && <FailureNote failure={told.error} />}
        {text && told.data && <Draft text={told.data.text} label={t("care.breaches.text")} dir="ltr" />}
      </Stack>
    </Paper>
  )
}

const STEPS = ["facts", "risk", "notified", "told-people", "not-told-people", "closed"] as const
const RISKS = ["unlikely", "likely", "high"] as const

function StepForm({ breach }: { breach: Breach }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<BreachStep>(breach.risk === "unknown" ? "risk" : "facts")
  const [risk, setRisk] = useState<(typeof RISKS)[number]>("likely")
  const [words, setWords] = useState("")
  const [people, setPeople] = useState("")
  const [more, setMore] = useState({ categories: "", consequences: "", measures: "", delay: "" })
  const send = useDecision("safeguards.breach-step")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const given = Object.fromEntries(Object.entries(more).filter(([, v]) => v.trim() !== ""))
    send.mutate({
      breach: breach.id,
      step,
      words,
      ...(step === "risk" ? { risk } : {}),
      ...(people.trim() ? { people: Number(people) } : {}),
      ...given,
    })
  }
  const line = (field: keyof typeof more) => (
    <Lines label={t(`care.breaches.${field}`)} value={more[field]} onChange={(v) => setMore({ ...more, [field]: v })} />
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={620}>
        <Group grow align="flex-end">
          <Choice label={t("care.breaches.step")} value={step} onChange={setStep} of={STEPS} word={(s) => t(`care.breaches.steps.${s}`)} />
          {step === "risk" && (
            <Choice
              label={t("care.breaches.risk")}
              value={risk}
              onChange={setRisk}
              of={RISKS}
              word={(r) => t(`care.breaches.risks.${r}`)}
            />
          )}
        </Group>
        <Lines label={t("care.words")} value={words} onChange={setWords} required />
        {step === "facts" && (
          <>
            <Line label={t("care.breaches.people")} value={people} onChange={setPeople} type="number" />
            {line("categories")}
            {line("consequences")}
            {line("measures")}
          </>
        )}
        {step === "notified" && line("delay")}
        <Ended of={send} />
        <div>
          <Button type="submit" size="xs" loading={send.isPending}>
            {t("care.record")}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function ReportForm() {
  const { t } = useTranslation()
  const [shown, { toggle }] = useDisclosure(false)
  const [what, setWhat] = useState("")
  const [aware, setAware] = useState("")
  const report = useDecision("safeguards.breach-report")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const awareAt = utcOf(aware)
    report.mutate({ what, ...(awareAt ? { awareAt } : {}) })
  }
  return (
    <section>
      <Button size="sm" variant="default" onClick={toggle} aria-expanded={shown}>
        {t("care.breaches.report")}
      </Button>
      <Collapse expanded={shown}>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs" maw={620} mt="sm">
            <Lines label={t("care.breaches.what")} value={what} onChange={setWhat} required />
            <Line label={t("care.breaches.aware")} value={aware} onChange={setAware} type="datetime-local" />
            <Ended of={report} />
            <div>
              <Button type="submit" size="sm" loading={report.isPending}>
                {t("care.breaches.report")}
              </Button>
            </div>
          </Stack>
        </form>
      </Collapse>
    </section>
  )
}
