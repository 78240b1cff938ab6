import { Badge, Stack, Table, Text } from "@mantine/core"
import { useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { NodeSays, Quoted, Towards } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { Comparison, TieChange } from "./answers.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"

/** Two frozen networks in time: what changed in the world, and what only in what we hold. */
export function CompareScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { labelOf } = useHoldings(investigation)
  const { earlier = "", later = "" } = useParams({ strict: false }) as { earlier?: string; later?: string }
  const { data, error, isFetching, progress } = useJobResult("network.compare", { investigation, earlier, later })
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead
        title={t("picture.compare.title")}
        lead={
          data && (
            <>
              <Quoted>{data.earlier.name}</Quoted>
              <Towards />
              <Quoted>{data.later.name}</Quoted> · {t("picture.compare.until", { at: moment(data.until) })}
            </>
          )
        }
      />
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} />}
      {data && <Compared of={data} labelOf={labelOf} />}
    </Stack>
  )
}

function Compared({ of, labelOf }: { of: Comparison; labelOf: (label: string) => string }) {
  const { t } = useTranslation()
  const names = new Map(of.players.map((p) => [p.entity, labelOf(p.label)]))
  return (
    <>
      <Text size="sm">
        <NodeSays>{of.says}</NodeSays>
      </Text>
      <Table.ScrollContainer minWidth={640} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("picture.head.person")}</Table.Th>
              <Table.Th>{t("picture.compare.change")}</Table.Th>
              <Table.Th>{t("picture.compare.ranks")}</Table.Th>
              <Table.Th ta="end">{t("picture.compare.why.evidence")}</Table.Th>
              <Table.Th ta="end">{t("picture.compare.why.world")}</Table.Th>
              <Table.Th ta="end">{t("picture.compare.why.undated")}</Table.Th>
              <Table.Th>{t("picture.compare.doubt")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.players.map((p) => (
              <Table.Tr key={`${p.change} ${p.entity}`}>
                <Table.Td>
                  <Quoted>{labelOf(p.label)}</Quoted>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none" color={p.change === "same" ? "gray" : "petrol"}>
                    {t(`picture.compare.changes.${p.change}`)}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  {p.rankBefore === null ? "–" : whole(p.rankBefore)} / {p.rankAfter === null ? "–" : whole(p.rankAfter)}
                </Table.Td>
                <Table.Td ta="end">{whole(p.signs.evidence)}</Table.Td>
                <Table.Td ta="end">{whole(p.signs.world)}</Table.Td>
                <Table.Td ta="end">{whole(p.signs.undated)}</Table.Td>
                <Table.Td>
                  {p.beyondRange === null ? "–" : p.beyondRange ? t("picture.compare.beyond") : t("picture.compare.within")}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Ties title={t("picture.compare.newTies", { count: of.newTies.length })} ties={of.newTies} names={names} />
      <Ties title={t("picture.compare.goneTies", { count: of.goneTies.length })} ties={of.goneTies} names={names} />
      <Text size="xs" c="dimmed">
        {t("picture.compare.stayed", { count: of.stayed })}
      </Text>
    </>
  )
}

function Ties({ title, ties, names }: { title: string; ties: readonly TieChange[]; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation()
  return (
    <Section title={title}>
      {ties.map((tie) => (
        <div key={`${tie.a} ${tie.b}`}>
          <Badge variant="outline" tt="none" color={tie.why === "world" ? "petrol" : tie.why === "evidence" ? "orange" : "gray"}>
            {t(`picture.compare.why.${tie.why}`)}
          </Badge>{" "}
          <Quoted>{names.get(tie.a) ?? tie.a}</Quoted> – <Quoted>{names.get(tie.b) ?? tie.b}</Quoted> ·{" "}
          {tie.layers.map((l) => wordOf("layers", l)).join(" · ")}
          {tie.firstAt && ` · ${moment(tie.firstAt)}`}
        </div>
      ))}
    </Section>
  )
}
