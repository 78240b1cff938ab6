import { Alert, Button, Checkbox, NativeSelect, Stack, Table, Text } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { en } from "../language/en.ts"
import { share, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { Curve } from "../types.ts"
import { CurveChart } from "./CurveChart.tsx"

const MEASURES = Object.keys(en.measures).filter((m) => m !== "involvement")
const REMOVALS = 60
/** How often the measure is taken: the input that says so. */
const OFTEN = { once: {}, each: { recompute: true }, block: { block: 5 } } as const
type Often = keyof typeof OFTEN
const HALF = 0.5

/** How a network hangs together: a figure of structure, and never more. */
export function CurveScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const [draft, setDraft] = useState({ measure: "betweenness", often: "once" as Often, weighted: false })
  const [asked, setAsked] = useState(draft)
  const { often, ...rest } = asked
  const { data, error, isFetching, progress, refetch } = useJobResult("plan.curve", {
    investigation,
    ...rest,
    ...OFTEN[often],
    removals: REMOVALS,
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked(draft)
  }
  return (
    <Stack gap="md" className="narrow">
      <ScreenHead title={t("curve.title")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />} className="figure-of-structure">
        {t("curve.says")}
      </Alert>
      <form onSubmit={submit} className="filters">
        <NativeSelect
          label={t("curve.measure")}
          value={draft.measure}
          onChange={(e) => setDraft({ ...draft, measure: e.currentTarget.value })}
          data={MEASURES.map((m) => ({ value: m, label: wordOf("measures", m) }))}
        />
        <NativeSelect
          label={t("curve.often")}
          value={draft.often}
          onChange={(e) => setDraft({ ...draft, often: e.currentTarget.value as Often })}
          data={(Object.keys(OFTEN) as Often[]).map((o) => ({ value: o, label: t(`curve.oftenOf.${o}`) }))}
        />
        <Checkbox
          label={t("curve.weighted")}
          checked={draft.weighted}
          onChange={(e) => setDraft({ ...draft, weighted: e.currentTarget.checked })}
        />
        <Button type="submit">{t("curve.draw")}</Button>
      </form>
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Shown curve={data} labelOf={holdings.labelOf} />}
    </Stack>
  )
}

function Shown({ curve, labelOf }: { curve: Curve; labelOf: (label: string) => string }) {
  const { t } = useTranslation()
  const steps = curve.order.map((label, i) => ({ step: i + 1, label, left: curve.lcc[i + 1], equals: curve.equals[i] ?? 1 }))
  const half = curve.lcc.findIndex((s) => s <= HALF)
  return (
    <>
      <CurveChart lcc={curve.lcc} />
      <Text size="sm">{half < 0 ? t("curve.never") : t("curve.half", { n: whole(half) })}</Text>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table maw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("curve.step")}</Table.Th>
              <Table.Th>{t("curve.label")}</Table.Th>
              <Table.Th ta="end">{t("curve.share")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {steps.map(({ step, label, left, equals }) => (
              <Table.Tr key={step}>
                <Table.Td>{whole(step)}</Table.Td>
                <Table.Td>
                  <Quoted>{labelOf(label)}</Quoted>
                  {equals > 1 && (
                    <Text size="xs" c="dimmed">
                      {t("curve.equals", { n: whole(equals) })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="end">{left === undefined ? "" : share(left)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
