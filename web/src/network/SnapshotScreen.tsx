import { Alert, Stack, Table } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { decimal, moment, score, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { OpenedSnapshot } from "./answers.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"

/** One network as it was frozen, and whether the same question gives the same bytes today. */
export function SnapshotScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { labelOf } = useHoldings(investigation)
  const { snapshot = "" } = useParams({ strict: false }) as { snapshot?: string }
  const { data, error, isFetching, progress } = useJobResult("network.open-snapshot", { investigation, snapshot })
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={data ? <Quoted>{data.name}</Quoted> : t("picture.snapshots.one")} lead={t("picture.snapshots.asItWas")} />
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} />}
      {data && <Opened of={data} labelOf={labelOf} />}
    </Stack>
  )
}

function Opened({ of, labelOf }: { of: OpenedSnapshot; labelOf: (label: string) => string }) {
  const { t } = useTranslation()
  const names = new Map(of.people.map((p) => [p.entity, labelOf(p.label)]))
  return (
    <>
      <Alert color={of.today.same ? "petrol" : "yellow"} variant="light">
        {of.today.same ? t("picture.snapshots.same") : t("picture.snapshots.other")}
      </Alert>
      <Facts
        facts={[
          [t("picture.snapshots.made"), moment(of.madeAt)],
          [t("picture.snapshots.hash"), <Identifier key="h">{of.sha256}</Identifier>],
          [t("network.from"), of.parts.from && moment(of.parts.from)],
          [t("network.to"), of.parts.to && moment(of.parts.to)],
          [
            t("network.measure"),
            of.parts.measure &&
              [
                wordOf("measures", of.parts.measure),
                ...(of.parts.directed ? [t("network.directed")] : []),
                ...(of.parts.weighted ? [t("network.weighted")] : []),
              ].join(" · "),
          ],
          [t("network.layers"), of.parts.layers.map((l) => wordOf("layers", l)).join(" · ")],
          [t("network.grades"), of.parts.grades === "firm" ? t("network.gradesFirm") : t("network.gradesAll")],
          [t("network.mode"), of.parts.mode && t(`network.modes.${of.parts.mode}`)],
          [t("picture.snapshots.projection"), t(`picture.snapshots.projections.${of.parts.projection as "plain"}`)],
        ]}
      />
      <Section title={t("picture.snapshots.players")} help={t("picture.snapshots.rangesThen")}>
        <Table.ScrollContainer minWidth={560} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("network.rankColumn")}</Table.Th>
                <Table.Th>{t("picture.range.column")}</Table.Th>
                <Table.Th>{t("picture.head.person")}</Table.Th>
                <Table.Th ta="end">{t("network.score")}</Table.Th>
                <Table.Th ta="end">{t("picture.snapshots.out")}</Table.Th>
                <Table.Th ta="end">{t("picture.snapshots.in")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {of.people.map((p) => (
                <Table.Tr key={p.entity}>
                  <Table.Td>{whole(p.rank)}</Table.Td>
                  <Table.Td>
                    {p.range ? t("picture.range.ranks", { low: whole(p.range[0]), high: whole(p.range[1]) }) : t("picture.range.withheld")}
                  </Table.Td>
                  <Table.Td>
                    <Quoted>{labelOf(p.label)}</Quoted>
                  </Table.Td>
                  <Table.Td ta="end">{score(p.score)}</Table.Td>
                  <Table.Td ta="end">{decimal(p.strength.out)}</Table.Td>
                  <Table.Td ta="end">{decimal(p.strength.in)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Section>
      <Section title={t("picture.snapshots.ties")}>
        {of.tied.map((tie) => (
          <div key={`${tie.a} ${tie.b}`}>
            <Quoted>{names.get(tie.a) ?? tie.a}</Quoted> – <Quoted>{names.get(tie.b) ?? tie.b}</Quoted> ·{" "}
            {tie.layers.map((l) => wordOf("layers", l)).join(" · ")} · {t("network.tieEvents", { count: tie.events })} ·{" "}
            {t("picture.snapshots.ways", { forth: whole(tie.forth), back: whole(tie.back) })}
          </div>
        ))}
      </Section>
      <NodeSays>{of.today.says}</NodeSays>
    </>
  )
}
