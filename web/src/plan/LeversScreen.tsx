import { Alert, Button, Slider, Stack, Table, Text } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { day, decimal, share, whole } from "../language/numbers.ts"
import { Facts } from "../parts/Facts.tsx"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult, useValue } from "../queries.ts"
import { Assumed } from "./Assumed.tsx"
import type { InterdictAnswer, LeverLine } from "./answers.ts"
import { BudgetChart } from "./BudgetChart.tsx"
import { PeopleRange } from "./RangeText.tsx"

/** Levers by state, and which of them within a budget lower the flow most. */
export function LeversScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const table = useValue("plan.levers", { investigation })
  const [draft, setDraft] = useState(0.5)
  const [aversion, setAversion] = useState<number | null>(null)
  const best = useJobResult(
    "plan.interdict",
    { investigation, ...(aversion === null ? {} : { aversion }), budgets: [0, 5, 10, 20, 40, 80] },
    { enabled: aversion !== null },
  )
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAversion(draft)
  }
  return (
    <Stack gap="md">
      <ScreenHead title={t("plans.levers.title")} lead={t("plans.levers.lead")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />}>
        {t("plans.says")}
      </Alert>
      <form onSubmit={submit} className="filters">
        <Stack gap={4} miw={240}>
          <Text size="sm" id="aversion">
            {t("plans.levers.aversion")}: {share(draft)}
          </Text>
          <Slider
            min={0}
            max={1}
            step={0.1}
            value={draft}
            onChange={setDraft}
            label={(v) => share(v)}
            thumbLabel={t("plans.levers.aversion")}
          />
        </Stack>
        <Button type="submit">{t("plans.levers.run")}</Button>
      </form>
      {best.isFetching && <Working progress={best.progress} words={t("plans.work")} />}
      {best.error && <FailureNote failure={best.error} again={() => void best.refetch()} />}
      {best.data && <Curve answer={best.data} />}
      <Section title={t("plans.levers.catalogue")}>
        {table.isFetching && <Working />}
        {table.error && <FailureNote failure={table.error} again={() => void table.refetch()} />}
        {table.data?.map((l) => (
          <Line key={l.id} lever={l} />
        ))}
      </Section>
    </Stack>
  )
}

function Curve({ answer }: { answer: InterdictAnswer }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { labelOf } = useHoldings(investigation)
  return (
    <Section title={t("plans.levers.curve")}>
      <BudgetChart answer={answer} />
      <Table.ScrollContainer minWidth={720} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="end">{t("plans.levers.budget")}</Table.Th>
              <Table.Th>{t("plans.levers.left")}</Table.Th>
              <Table.Th ta="end">{t("plans.levers.lowered")}</Table.Th>
              <Table.Th>{t("plans.levers.proof")}</Table.Th>
              <Table.Th>{t("plans.levers.chosen")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.plans.map((p) => (
              <Table.Tr key={p.budget}>
                <Table.Td ta="end">{whole(p.budget)}</Table.Td>
                <Table.Td>
                  <PeopleRange range={p.left} />
                </Table.Td>
                <Table.Td ta="end">{share(p.lowered)}</Table.Td>
                <Table.Td>{p.optimal ? t("plans.levers.proved") : t("plans.levers.gap", { gap: share(p.gap) })}</Table.Td>
                <Table.Td>
                  {p.levers.length === 0 && t("plans.levers.none")}
                  {p.levers.map((l) => (
                    <div key={`${l.lever} ${l.entity} ${l.stage}`}>
                      <bdi lang="en">{l.title}</bdi> · {t("plans.levers.stageOf", { n: whole(l.stage) })}
                      {l.entity && (
                        <>
                          {" · "}
                          <bdi>{labelOf(l.label)}</bdi>
                        </>
                      )}
                    </div>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {t("plans.levers.weighed", { n: whole(answer.weighed), out: whole(answer.leftOut) })}
      </Text>
      <Assumed words={answer.assumptions} />
    </Section>
  )
}

const span = ([low, high]: readonly [number, number]): string => `${decimal(low)}–${decimal(high)}`
const english = (text: string) => (
  <span lang="en" dir="ltr">
    {text}
  </span>
)

function Line({ lever: l }: { lever: LeverLine }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>
        {english(l.title)} · <Identifier>{l.state}</Identifier> ·{" "}
        {l.stages.length === 10 ? t("plans.chain.all") : l.stages.map((s) => whole(s)).join(", ")}
      </summary>
      <Facts
        facts={[
          [t("plans.levers.owner"), english(l.owner)],
          [t("plans.levers.test"), english(l.test)],
          [t("plans.levers.provision"), english(l.provision)],
          [t("plans.levers.evidence"), `${t(`plans.levers.${l.evidence}`)}`],
          ["", english(l.evidenceSays)],
          [t("plans.levers.cost"), span(l.cost)],
          [t("plans.levers.lead_time"), span(l.lead)],
          [t("plans.levers.reveals"), english(l.reveals)],
          [t("plans.levers.source"), english(`${l.source} (${l.asOf})`)],
          [t("plans.levers.state"), l.since && t("plans.levers.inForce", { day: day(l.since) })],
        ]}
      />
    </details>
  )
}
