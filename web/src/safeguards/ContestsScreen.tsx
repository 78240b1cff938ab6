import { Alert, Badge, Button, Checkbox, Group, Paper, Stack, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment } from "../language/numbers.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Choice, Ended, Line, Lines, useDecision } from "./form.tsx"
import { RaiseForm } from "./RaiseForm.tsx"
import type { Contest, RaisedAlert } from "./types.ts"

/** Inside an investigation: what is contested, what went to the duty officer, what its examiner must look at. */
export function ContestsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, refetch } = useValue("safeguards.contests", { investigation })
  return (
    <Stack gap="lg">
      <ScreenHead title={t("care.contests.title")} lead={t("care.contests.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data?.length === 0 && <Text>{t("care.none")}</Text>}
      <Stack gap="sm" component="ul" className="plain">
        {data?.map((c) => (
          <ContestCard key={c.id} contest={c} investigation={investigation} />
        ))}
      </Stack>
      <Raised investigation={investigation} of="safeguards.to-examine" />
      <Raised investigation={investigation} of="safeguards.raised" />
      <RaiseForm investigation={investigation} />
      <ContactForm investigation={investigation} />
    </Stack>
  )
}

const OUTCOMES = ["upheld", "changed", "partly"] as const

/** One contest, with its answer or a form for it. */
export function ContestCard({ contest: c, investigation }: { contest: Contest; investigation: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>("upheld")
  const [words, setWords] = useState("")
  const answer = useDecision("safeguards.answer-contest")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    answer.mutate({ investigation, contest: c.id, outcome, answer: words })
  }
  return (
    <Paper component="li" withBorder p="sm" className="contest">
      <Stack gap="xs">
        <Group gap="xs">
          <Badge color={c.state === "open" ? "yellow" : "gray"} variant={c.state === "open" ? "filled" : "light"} autoContrast tt="none">
            {t(`care.contests.states.${c.state}`)}
          </Badge>
          <Text size="sm" fw={600}>
            {t(`care.contests.abouts.${c.about}`)}
          </Text>
          {c.target && <Identifier>{c.target}</Identifier>}
          <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: c.entity }} size="sm">
            <Identifier>{c.entity}</Identifier>
          </Go>
        </Group>
        <Text size="sm">
          {t(`care.contests.parties.${c.party}`)}, <bdi>{moment(c.raisedAt)}</bdi>: <Quoted>{c.reason}</Quoted>
        </Text>
        {c.outcome && (
          <Text size="sm">
            <strong>{t(`care.contests.outcomes.${c.outcome}`)}</strong>: <Quoted>{c.answer}</Quoted>
          </Text>
        )}
        {c.state === "open" && (
          <form onSubmit={submit} noValidate>
            <Stack gap="xs" maw={620}>
              <Choice
                label={t("care.contests.outcome")}
                value={outcome}
                onChange={setOutcome}
                of={OUTCOMES}
                word={(o) => t(`care.contests.outcomes.${o}`)}
              />
              <Lines label={t("care.contests.answer")} value={words} onChange={setWords} required />
              <Ended of={answer} />
              <div>
                <Button type="submit" size="xs" loading={answer.isPending}>
                  {t("care.contests.sign")}
                </Button>
              </div>
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  )
}

function Raised({ investigation, of }: { investigation: string; of: "safeguards.raised" | "safeguards.to-examine" }) {
  const { t } = useTranslation()
  const { data, error } = useValue(of, { investigation })
  const examine = of === "safeguards.to-examine"
  return (
    <Section title={examine ? t("care.contests.examine") : t("care.contests.alerts")}>
      {error && <FailureNote failure={error} />}
      {data?.length === 0 && <Text size="sm">{t("care.none")}</Text>}
      {data?.map((a) => (
        <RaisedLine key={a.alert} alert={a} investigation={investigation} examine={examine} />
      ))}
    </Section>
  )
}

function RaisedLine({ alert: a, investigation, examine }: { alert: RaisedAlert; investigation: string; examine: boolean }) {
  const { t } = useTranslation()
  const records = a.sources.map((s) => s.record)
  return (
    <Paper withBorder p="sm">
      <Group gap="xs">
        <strong>{t(`care.kinds.${examine ? (a.sources[0]?.kind ?? a.kind) : a.kind}`)}</strong>
        <Badge variant="light" tt="none">
          {t(`care.duty.states.${a.state}`)}
        </Badge>
        <bdi>{moment(a.foundAt)}</bdi>
        {examine ? (
          [...new Set(a.sources.map((s) => s.item))].map((item) => (
            <Go key={item} to="/i/$investigation/scope/$item" params={{ investigation, item }} size="sm">
              <Identifier>{item}</Identifier>
            </Go>
          ))
        ) : (
          <RecordLinks records={records} />
        )}
      </Group>
      {examine && (
        <Text size="xs">
          <Identifier>{records.join(", ")}</Identifier>
        </Text>
      )}
      {a.escalated && a.state !== "closed" && (
        <Alert color="red.9" variant="filled" mt="xs">
          {t("care.contests.escalated")}
        </Alert>
      )}
    </Paper>
  )
}

function ContactForm({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const [contact, setContact] = useState("")
  const [tellName, setTellName] = useState(false)
  const set = useDecision("safeguards.set-contact")
  const submit = (e: FormEvent) => {
    e.preventDefault()
    set.mutate({ investigation, contact, tellName })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs" maw={520}>
        <Line
          label={t("care.contests.contact")}
          description={t("care.contests.contactHelp")}
          value={contact}
          onChange={setContact}
          required
        />
        <Checkbox label={t("care.contests.tellName")} checked={tellName} onChange={(e) => setTellName(e.currentTarget.checked)} size="sm" />
        <Ended of={set} />
        <div>
          <Button type="submit" size="xs" variant="default" loading={set.isPending}>
            {t("care.record")}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
