import { Alert, List, Stack, Table, Text } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { day, decimal, share, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { NodeSays, Quoted } from "../parts/Isolated.tsx"
import { RangeBar } from "../parts/RangeBar.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import { Assumed } from "./Assumed.tsx"
import type { ChainAnswer, ChainCell } from "./answers.ts"
import { PeopleRange } from "./RangeText.tsx"

const SHOWN = 6

/** The journey as a flow: stage by stage and way by way, with what is known and what is blank. */
export function ChainScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, progress, refetch } = useJobResult("plan.chain", { investigation })
  return (
    <Stack gap="md">
      <ScreenHead title={t("plans.chain.title")} lead={t("plans.chain.lead")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />}>
        {t("plans.says")}
      </Alert>
      {isFetching && <Working progress={progress} words={t("plans.work")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Shown chain={data} />}
    </Stack>
  )
}

function Shown({ chain }: { chain: ChainAnswer }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...chain.cells.map((c) => c.capacity?.high ?? 0))
  return (
    <>
      <Text>
        {t("plans.chain.flow")}: <b>{chain.flow ? <PeopleRange range={chain.flow} /> : t("plans.nothingKnown")}</b>{" "}
        {chain.flow && t("plans.perWeek")}
        {chain.unknown > 0 && ` · ${t("plans.chain.unknown", { share: share(chain.unknown) })}`}
      </Text>
      {chain.from && chain.to && (
        <Text size="sm" c="dimmed">
          {t("plans.chain.window", { from: day(chain.from), to: day(chain.to), n: decimal(chain.weeks) })}
        </Text>
      )}
      <Table.ScrollContainer minWidth={820} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("plans.chain.stage")}</Table.Th>
              <Table.Th>{t("plans.chain.way")}</Table.Th>
              <Table.Th ta="end">{t("plans.chain.known")}</Table.Th>
              <Table.Th>{t("plans.chain.capacity")}</Table.Th>
              <Table.Th ta="end">{t("plans.chain.narrow")}</Table.Th>
              <Table.Th>{t("plans.chain.who")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {chain.cells.map((c) => (
              <Row key={`${c.stage} ${c.route}`} cell={c} most={most} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Section title={t("plans.chain.gaps")}>
        <List size="sm">
          {chain.blanks.map((b) => (
            <List.Item key={b}>
              <NodeSays>{b}</NodeSays>
            </List.Item>
          ))}
        </List>
        {chain.unstaged.length > 0 && (
          <Text size="sm">{t("plans.chain.unstaged", { names: chain.unstaged.map((u) => `\u2068${u.label}\u2069`).join(", ") })}</Text>
        )}
      </Section>
      <Assumed words={chain.assumptions} />
    </>
  )
}

function Row({ cell, most }: { cell: ChainCell; most: number }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { labelOf } = useHoldings(investigation)
  return (
    <Table.Tr>
      <Table.Td>
        {whole(cell.stage)}{" "}
        <Text span size="sm">
          {wordOf("stages", String(cell.stage))}
        </Text>
      </Table.Td>
      <Table.Td>{cell.route === "all" ? t("plans.chain.all") : wordOf("ways", cell.route)}</Table.Td>
      <Table.Td ta="end">{whole(cell.known)}</Table.Td>
      <Table.Td>
        <PeopleRange range={cell.capacity} />
        {cell.capacity && (
          <RangeBar
            low={cell.capacity.low}
            high={cell.capacity.high}
            score={cell.capacity.middle}
            most={most}
            label={t("plans.range", { low: decimal(cell.capacity.low), high: decimal(cell.capacity.high) })}
          />
        )}
      </Table.Td>
      <Table.Td ta="end">{cell.blank ? "" : share(cell.narrow)}</Table.Td>
      <Table.Td>
        {cell.players.slice(0, SHOWN).map((p, i) => (
          <span key={p.entity}>
            {i > 0 && ", "}
            <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: p.entity }} size="sm">
              <Quoted>{labelOf(p.label)}</Quoted>
            </Go>{" "}
            ({whole(p.days)})
          </span>
        ))}
        {cell.players.length > SHOWN && ` +${whole(cell.players.length - SHOWN)}`}
      </Table.Td>
    </Table.Tr>
  )
}
