import { Alert, Badge, Stack, Table, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { Head } from "./answers.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"
import { RecordLinks } from "./RecordLinks.tsx"

const SOURCES = ["spoken", "paid", "releases", "proceeds"] as const

/** The boss nobody phones: what stands on hearsay, on money and on releases, and that he may not be visible at all. */
export function HeadScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, progress, refetch } = useJobResult("network.unseen", { investigation })
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("picture.head.title")} lead={t("picture.head.lead")} />
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Alert color={data.verdict === "partly visible" ? "petrol" : "yellow"} variant="light">
            <Text fw={700}>{t(`picture.head.verdict.${data.verdict}`)}</Text>
            <NodeSays>{data.says}</NodeSays>
          </Alert>
          {data.people.length > 0 && <Above of={data} investigation={investigation} />}
          {data.unknownNames.length > 0 && (
            <Section title={t("picture.head.nameless")}>
              {data.unknownNames.map((n) => (
                <Text size="sm" key={n.name}>
                  <Quoted>{n.name}</Quoted> · {n.runs ? t("picture.head.runs") : t("picture.head.spokenOf")} ·{" "}
                  {t("network.tieEvents", { count: n.events })}
                </Text>
              ))}
            </Section>
          )}
          {data.missing.map((m) => (
            <Text size="xs" c="dimmed" key={m}>
              <NodeSays>{m}</NodeSays>
            </Text>
          ))}
        </>
      )}
    </Stack>
  )
}

function Above({ of, investigation }: { of: Head; investigation: string }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(investigation)
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("picture.head.person")}</Table.Th>
            <Table.Th>{t("network.rankColumn")}</Table.Th>
            {SOURCES.map((s) => (
              <Table.Th key={s}>{t(`picture.head.without.${s}`)}</Table.Th>
            ))}
            <Table.Th>{t("network.why")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.people.map((p) => (
            <Table.Tr key={p.entity}>
              <Table.Td>
                <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: p.entity }}>
                  <Quoted>{labelOf(p.label)}</Quoted>
                </Go>
                {p.onlyThroughOthers && (
                  <Badge color="orange" variant="outline" tt="none" display="block" mt={4}>
                    {t("picture.head.onlyOthers")}
                  </Badge>
                )}
                {p.strong && (
                  <Badge color="petrol" variant="light" tt="none" display="block" mt={4}>
                    {t("picture.head.mayStand")}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{whole(p.rank)}</Table.Td>
              {SOURCES.map((s) => {
                const without = p.without.find((w) => w.source === s)
                return (
                  <Table.Td key={s}>{!without ? "–" : without.rank === null ? t("picture.head.notThere") : whole(without.rank)}</Table.Td>
                )
              })}
              <Table.Td>
                {p.reasons.map((r) => (
                  <div key={r.words}>
                    <NodeSays>{r.words}</NodeSays>
                    <SupportLine support={r.support} />
                    <RecordLinks records={r.records} />
                  </div>
                ))}
                {p.spokenAs.map((s) => (
                  <div key={s.name}>
                    <Text size="sm" span>
                      {t("picture.head.spokenAs")}: <Quoted>{s.name}</Quoted> · {t("network.tieEvents", { count: s.events })}
                    </Text>
                    <RecordLinks records={s.records} />
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
