import { Badge, Button, Stack, Switch, Table, Text } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useInvestigation } from "../investigation.ts"
import { moment, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useValue } from "../queries.ts"
import type { DueItem, ErasureOrder, ScheduleLine } from "./answers.ts"
import { ErasureWizard } from "./ErasureWizard.tsx"
import { ReviewForm } from "./ReviewForm.tsx"

const COLOUR = { running: "gray", due: "red", destroy: "orange", "hand-back": "orange" } as const

/** The calendar of reviews, what was decided, and what was erased. */
export function RetentionScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [all, setAll] = useState(true)
  const due = useValue("retention.due", { investigation, all })
  const erasures = useValue("retention.erasures", { investigation })
  const schedule = useValue("retention.schedule", {})
  return (
    <Stack gap="lg">
      <ScreenHead title={t("retention.title")} lead={t("retention.lead")} />
      <Section title={t("retention.calendar")} help={t("retention.calendarHelp")}>
        <Switch size="xs" label={t("retention.all")} checked={all} onChange={(e) => setAll(e.currentTarget.checked)} />
        {due.isFetching && <Working />}
        {due.error && <FailureNote failure={due.error} again={() => void due.refetch()} />}
        {due.data && (
          <>
            <Text size="sm">{t("retention.alerts", { count: due.data.alerts })}</Text>
            <Calendar items={due.data.items} investigation={investigation} />
          </>
        )}
      </Section>
      <ErasureWizard investigation={investigation} />
      <Section title={t("retention.erasures")}>
        {erasures.error && <FailureNote failure={erasures.error} again={() => void erasures.refetch()} />}
        {erasures.data && <Erasures orders={erasures.data} investigation={investigation} />}
        <Go to="/erasures" size="sm">
          {t("retention.toOrders")}
        </Go>
      </Section>
      <Section title={t("retention.schedule")} help={t("retention.scheduleHelp")}>
        {schedule.data && <Schedule lines={schedule.data} />}
      </Section>
    </Stack>
  )
}

function Calendar({ items, investigation }: { items: readonly DueItem[]; investigation: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string | null>(null)
  if (items.length === 0) return <Text size="sm">{t("retention.none")}</Text>
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("retention.item")}</Table.Th>
            <Table.Th>{t("retention.reviewBy")}</Table.Th>
            <Table.Th>{t("retention.state")}</Table.Th>
            <Table.Th>{t("retention.group")}</Table.Th>
            <Table.Th>{t("retention.holds")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((i) => (
            <Row
              key={i.item}
              item={i}
              investigation={investigation}
              open={open === i.item}
              onOpen={(yes) => setOpen(yes ? i.item : null)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Row({
  item,
  investigation,
  open,
  onOpen,
}: {
  item: DueItem
  investigation: string
  open: boolean
  onOpen: (open: boolean) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <Table.Tr>
        <Table.Td>
          {item.reference && <Identifier>{item.reference}</Identifier>} <Quoted>{item.title ?? (item.reference ? "" : item.item)}</Quoted>
          {item.childUnderTen && (
            <>
              {" "}
              <Badge color="grape" variant="light" tt="none">
                {t("retention.childBadge")}
              </Badge>
            </>
          )}
        </Table.Td>
        <Table.Td className="nowrap">
          <bdi>{item.reviewBy}</bdi>
        </Table.Td>
        <Table.Td>
          <Badge color={COLOUR[item.state]} variant="light" tt="none">
            {t(`retention.states.${item.state}`)}
          </Badge>{" "}
          {item.overdueDays > 0 && <span className="nowrap">{t("retention.overdue", { count: item.overdueDays })}</span>}
        </Table.Td>
        <Table.Td>{t(`retention.groups.${item.group}`)}</Table.Td>
        <Table.Td className="nowrap">
          {t("retention.factsAnd", { facts: whole(item.facts), assessments: whole(item.assessments) })}
        </Table.Td>
        <Table.Td>
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => onOpen(!open)}>
            {t("retention.review")}
          </Button>
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <Stack gap="xs">
              <NodeSays>{item.source}</NodeSays>
              <History investigation={investigation} item={item.item} />
              <ReviewForm item={item} investigation={investigation} onDone={() => onOpen(false)} />
            </Stack>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

function History({ investigation, item }: { investigation: string; item: string }) {
  const { t } = useTranslation()
  const { data } = useValue("retention.history", { investigation, item })
  if (!data || data.length === 0) return <Text size="sm">{t("retention.historyNone")}</Text>
  return (
    <ul className="claims">
      {data.map((r) => (
        <li key={r.id}>
          {t(`retention.decisions.${r.decision}`)} {r.keepUntil && <bdi>{r.keepUntil}</bdi>} · <Quoted>{r.reason}</Quoted>{" "}
          <span className="dim">
            <bdi>{t("retention.by", { who: r.by, when: moment(r.at) })}</bdi>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Erasures({ orders, investigation }: { orders: readonly ErasureOrder[]; investigation: string }) {
  const { t } = useTranslation()
  if (orders.length === 0) return <Text size="sm">{t("retention.erasuresNone")}</Text>
  return (
    <ul className="claims">
      {orders.map((o) => (
        <li key={o.id}>
          <Go to="/i/$investigation/retention/$erasure" params={{ investigation, erasure: o.id }}>
            <Identifier>{o.id}</Identifier>
          </Go>{" "}
          <Badge color={o.state === "done" ? "gray" : "orange"} variant="light" tt="none">
            {t(`retention.orderStates.${o.state}`)}
          </Badge>{" "}
          {t(`retention.kinds.${o.kind}`)} · <Quoted>{o.reason}</Quoted>{" "}
          <span className="dim">
            <bdi>{t("retention.by", { who: o.proposedBy, when: moment(o.proposedAt) })}</bdi>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Schedule({ lines }: { lines: readonly ScheduleLine[] }) {
  const { t } = useTranslation()
  const period = (p: ScheduleLine["period"]) =>
    p.years ? t("retention.years", { count: p.years }) : t("retention.days", { count: p.days ?? 0 })
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("retention.group")}</Table.Th>
            <Table.Th>{t("retention.period")}</Table.Th>
            <Table.Th>{t("retention.basis")}</Table.Th>
            <Table.Th>{t("retention.source")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((l) => (
            <Table.Tr key={`${l.id} ${l.from}`}>
              <Table.Td>{t(`retention.groups.${l.id}`)}</Table.Td>
              <Table.Td className="nowrap">{period(l.period)}</Table.Td>
              <Table.Td className="nowrap">{t(`retention.bases.${l.basis}`)}</Table.Td>
              <Table.Td>
                <NodeSays>{l.source}</NodeSays>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
