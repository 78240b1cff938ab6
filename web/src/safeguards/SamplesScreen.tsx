import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { decimal, moment, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { utcOf } from "../parts/fields.ts"
import { Identifier, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import { Choice, Ended, Line, useDecision } from "./form.tsx"
import type { DrawnEntry, Sample, SamplePool, Verdict, VerdictCounts } from "./types.ts"

const counted = (c: VerdictCounts) => ({
  adequate: whole(c.adequate),
  inadequate: whole(c.inadequate),
  followUp: whole(c.followUp),
  open: whole(c.open),
})

/** Samples of the journal for the oversight body, and figures. */
export function SamplesScreen() {
  const { t } = useTranslation()
  const [chosen, choose] = useState<string | null>(null)
  const { data, error, isFetching, refetch } = useValue("safeguards.samples", {})
  return (
    <Stack gap="md">
      <ScreenHead title={t("care.samples.title")} lead={t("care.samples.lead")} />
      {isFetching && <Working />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      <DrawForm onDrawn={(s) => choose(s.id)} />
      {data?.length === 0 && <Text>{t("care.none")}</Text>}
      <Stack gap="xs" component="ul" className="plain">
        {data?.map((s) => (
          <SampleCard key={s.id} sample={s} opened={chosen === s.id} onOpen={() => choose(chosen === s.id ? null : s.id)} />
        ))}
      </Stack>
      <Figures />
    </Stack>
  )
}

const POOLS = ["reasons", "unmaskings", "liftings", "restrictions"] as const

function DrawForm({ onDrawn }: { onDrawn: (sample: Sample) => void }) {
  const { t } = useTranslation()
  const [pool, setPool] = useState<SamplePool>("reasons")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const [size, setSize] = useState("20")
  const draw = useDecision("safeguards.draw-sample", onDrawn)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    draw.mutate({ pool, from: utcOf(from) ?? "", to: utcOf(to) ?? "", size: Number(size) })
  }
  return (
    <form onSubmit={submit} noValidate aria-label={t("care.samples.draw")}>
      <Group gap="sm" align="flex-end">
        <Choice label={t("care.samples.pool")} value={pool} onChange={setPool} of={POOLS} word={(p) => t(`care.samples.pools.${p}`)} />
        <Line label={t("care.samples.from")} value={from} onChange={setFrom} type="datetime-local" />
        <Line label={t("care.samples.to")} value={to} onChange={setTo} type="datetime-local" />
        <Line label={t("care.samples.size")} value={size} onChange={setSize} type="number" />
        <Button type="submit" size="sm" loading={draw.isPending}>
          {t("care.samples.draw")}
        </Button>
      </Group>
      <Ended of={draw} />
    </form>
  )
}

function SampleCard({ sample: s, opened, onOpen }: { sample: Sample; opened: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  const shown = useValue("safeguards.sample-show", { sample: s.id }, { enabled: opened })
  return (
    <Paper component="li" withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={onOpen} aria-expanded={opened}>
            {t(`care.samples.pools.${s.pool}`)}
          </Button>
          <Text size="sm">
            <bdi>{moment(s.drawnAt)}</bdi> · {t("care.samples.of", { n: whole(s.size), of: whole(s.poolSize) })}
          </Text>
          <Badge variant="light" tt="none">
            {t("care.samples.counts", counted(s.counts))}
          </Badge>
        </Group>
        {opened && (
          <>
            <Text size="xs" c="dimmed">
              {t("care.samples.seed")}: <Identifier>{s.seed}</Identifier>
            </Text>
            {shown.isFetching && <Working />}
            {shown.error && <FailureNote failure={shown.error} />}
            {shown.data?.items.map((i) => (
              <Drawn key={i.turn} sample={s.id} entry={i} />
            ))}
          </>
        )}
      </Stack>
    </Paper>
  )
}

const VERDICTS = ["adequate", "inadequate", "follow-up"] as const

function Drawn({ sample, entry: e }: { sample: string; entry: DrawnEntry }) {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<Verdict>(e.verdict ?? "adequate")
  const [remark, setRemark] = useState(e.remark ?? "")
  const judge = useDecision("safeguards.judge-sample")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    judge.mutate({ sample, turn: e.turn, verdict, remark })
  }
  return (
    <Paper withBorder p="sm" className="drawn-entry">
      <Stack gap="xs">
        <Group gap="xs">
          <Identifier>{e.entry}</Identifier>
          <bdi>{moment(e.at)}</bdi>
          <Identifier>{e.procedure ?? e.kind}</Identifier>
          <Identifier>{e.actor}</Identifier>
          {e.verdict && (
            <Badge tt="none" variant="filled" color={e.verdict === "adequate" ? "teal.9" : "yellow"} autoContrast>
              {t(`care.samples.verdicts.${e.verdict}`)}
            </Badge>
          )}
        </Group>
        <Facts
          facts={[
            [t("care.samples.ground"), e.ground ? <Quoted key="ground">{e.ground}</Quoted> : t("care.samples.noGround")],
            [t("care.samples.said"), Object.keys(e.said).length > 0 && <Identifier key="said">{JSON.stringify(e.said)}</Identifier>],
            [t("care.samples.left"), e.left.length > 0 && <Identifier key="left">{e.left.join(", ")}</Identifier>],
          ]}
        />
        <form onSubmit={submit} noValidate>
          <Group gap="sm" align="flex-end">
            <Choice
              label={t("care.samples.verdict")}
              value={verdict}
              onChange={setVerdict}
              of={VERDICTS}
              word={(v) => t(`care.samples.verdicts.${v}`)}
            />
            <Line label={t("care.samples.remark")} value={remark} onChange={setRemark} required />
            <Button type="submit" size="sm" variant="default" loading={judge.isPending}>
              {t("care.samples.judge")}
            </Button>
          </Group>
          <Ended of={judge} />
        </form>
      </Stack>
    </Paper>
  )
}

function Figures() {
  const { t } = useTranslation()
  const { data, error } = useValue("safeguards.rights-report", {})
  if (error) return <FailureNote failure={error} />
  if (!data) return null
  const { alerts, requests, breaches } = data
  const words = (of: Record<string, number | null>) => Object.fromEntries(Object.entries(of).map(([k, n]) => [k, whole(n ?? 0)]))
  return (
    <Section title={t("care.samples.figures")}>
      <Text size="sm">{t("care.samples.alerts", words(alerts) as { all: string; byHand: string; overdue: string; noRisk: string })}</Text>
      {alerts.medianToScreenMs !== null && (
        <Text size="sm">{t("care.samples.median", { seconds: decimal(alerts.medianToScreenMs / 1000) })}</Text>
      )}
      <Text size="sm">
        {t(
          "care.samples.requestsCount",
          words(requests) as { all: string; open: string; closed: string; extended: string; refused: string },
        )}
      </Text>
      <Text size="sm">
        {t("care.samples.breachesCount", words(breaches) as { all: string; open: string; notified: string; late: string })}
      </Text>
    </Section>
  )
}
