import { Alert, NativeSelect, Stack, Text } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { decimal, score, share, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Columns } from "../parts/Columns.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { Broker, BrokerGroups, Brokers, Communities, CrossedTies } from "./answers.ts"
import { GroupForm } from "./GroupForm.tsx"
import { NetworkTabs } from "./NetworkTabs.tsx"
import { RecordLinks } from "./RecordLinks.tsx"

const BY = ["stage", "place", "community"] as const
const ROLES = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison"] as const

/** Communities, brokers between groups, ties over which paths run: figures of structure, and never more. */
export function StructureScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [by, setBy] = useState<BrokerGroups | null>(null)
  const groups = useJobResult("network.communities", { investigation })
  const brokers = useJobResult("network.brokers", { investigation, ...(by ? { by } : {}) }, { enabled: !groups.isFetching, keep: true })
  const ties = useJobResult("network.ties", { investigation }, { enabled: !groups.isFetching && !brokers.isFetching })
  const bare = groups.data?.basis === "structure only"
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("structure.title")} lead={t("structure.lead")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />} className="figure-of-structure">
        {t("structure.says")}
      </Alert>
      {groups.isFetching && <Working progress={groups.progress} words={t("working")} />}
      {groups.error && <FailureNote failure={groups.error} again={() => void groups.refetch()} />}
      {groups.data && <Groups of={groups.data} investigation={investigation} />}
      {brokers.isFetching && <Working progress={brokers.progress} words={t("working")} />}
      {brokers.error && <FailureNote failure={brokers.error} again={() => void brokers.refetch()} />}
      {brokers.data && (
        <Section
          title={t("structure.brokers")}
          help={t("structure.brokersHelp", { draws: whole(brokers.data.draws.draws), ungrouped: whole(brokers.data.ungrouped) })}
        >
          {!bare && (
            <NativeSelect
              maw={280}
              label={t("structure.by")}
              value={brokers.data.by}
              onChange={(e) => setBy(e.currentTarget.value as BrokerGroups)}
              data={BY.map((b) => ({ value: b, label: t(`structure.bys.${b}`) }))}
            />
          )}
          <BrokerTable of={brokers.data} investigation={investigation} />
        </Section>
      )}
      {ties.isFetching && <Working progress={ties.progress} words={t("working")} />}
      {ties.error && <FailureNote failure={ties.error} again={() => void ties.refetch()} />}
      {ties.data && <TieTable of={ties.data} investigation={investigation} />}
      {groups.data && <GroupForm investigation={investigation} />}
    </Stack>
  )
}

function Groups({ of, investigation }: { of: Communities; investigation: string }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  const shown = of.communities.filter((c) => c.people.length > 0)
  return (
    <Section
      title={t("structure.communities")}
      help={t("structure.communitiesHelp", { runs: whole(of.runs), modularity: score(of.modularity), alone: whole(of.alone) })}
    >
      {of.communities.length === 0 && <Text size="sm">{t("structure.none")}</Text>}
      {of.communities.length > 0 && (
        <Columns
          rows={shown}
          keyOf={(c) => c.community}
          minWidth={480}
          columns={[
            { name: t("structure.group"), heads: true, cell: (c) => t("network.community", { n: whole(c.community) }) },
            { name: t("structure.size"), figure: true, cell: (c) => whole(c.size) },
            { name: t("structure.firm"), figure: true, cell: (c) => share(c.firmness) },
            {
              name: t("structure.people"),
              cell: (c) => (
                <>
                  {c.people.map((p) => (
                    <span key={p.entity} className="in-line">
                      <Quoted>{labelOf(p.label)}</Quoted> <span className="dim">{share(p.firmness)}</span>{" "}
                    </span>
                  ))}
                  {c.others > 0 && <span className="dim">{t("structure.others", { count: c.others })}</span>}
                </>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

function BrokerTable({ of, investigation }: { of: Brokers; investigation: string }) {
  const { t } = useTranslation()
  const shown = of.people.filter((p) => p.pairs > 0)
  if (shown.length === 0) return <Text size="sm">{t("structure.noBrokers")}</Text>
  return (
    <Columns
      rows={shown}
      keyOf={(p) => p.entity}
      minWidth={900}
      columns={[
        { name: t("structure.person"), cell: (p) => <BrokerName broker={p} by={of.by} investigation={investigation} /> },
        { name: t("structure.pairs"), figure: true, cell: (p) => whole(p.pairs) },
        {
          name: t("structure.range"),
          figure: true,
          cell: (p) => (
            <bdi>
              {decimal(p.interval[0])} – {decimal(p.interval[1])}
            </bdi>
          ),
        },
        ...ROLES.map((r) => ({ name: t(`structure.roles.${r}`), figure: true, cell: (p: Broker) => whole(p.roles[r]) })),
        { name: t("structure.constraint"), figure: true, cell: (p) => (p.constraint === null ? "–" : score(p.constraint)) },
        { name: t("structure.effective"), figure: true, cell: (p) => decimal(p.effective) },
      ]}
    />
  )
}

function BrokerName({ broker: p, by, investigation }: { broker: Broker; by: BrokerGroups; investigation: string }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  const group =
    p.group === null
      ? ""
      : by === "stage"
        ? `${t("structure.stage", { n: whole(Number(p.group)) })}: ${wordOf("stages", p.group)}`
        : by === "community"
          ? t("network.community", { n: whole(Number(p.group)) })
          : p.group
  return (
    <>
      <Quoted>{labelOf(p.label)}</Quoted> <bdi className="dim">{group}</bdi>
      <Text size="xs" c="dimmed">
        {t("structure.joins")}{" "}
        {p.joins.map((j) => (
          <span key={`${j.from} ${j.to}`} className="in-line">
            <Quoted>{labelOf(j.from)}</Quoted> – <Quoted>{labelOf(j.to)}</Quoted>{" "}
          </span>
        ))}
      </Text>
      <SupportLine support={p.support} /> <RecordLinks records={p.records} />
    </>
  )
}

function TieTable({ of, investigation }: { of: CrossedTies; investigation: string }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  if (of.ties.length === 0) return null
  return (
    <Section title={t("structure.ties")} help={of.draws.draws === 0 ? t("structure.withheld") : undefined}>
      <Columns
        rows={of.ties}
        keyOf={(x) => `${x.a.entity} ${x.b.entity}`}
        minWidth={640}
        columns={[
          {
            name: t("structure.tie"),
            cell: (x) => (
              <>
                <Quoted>{labelOf(x.a.label)}</Quoted> – <Quoted>{labelOf(x.b.label)}</Quoted>
              </>
            ),
          },
          { name: t("structure.paths"), figure: true, cell: (x) => score(x.betweenness) },
          {
            name: t("structure.range"),
            figure: true,
            cell: (x) => <bdi>{x.interval ? `${score(x.interval[0])} – ${score(x.interval[1])}` : "–"}</bdi>,
          },
          {
            name: t("structure.shows"),
            cell: (x) => (
              <>
                <SupportLine support={x.support} /> <RecordLinks records={x.records} />
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}
