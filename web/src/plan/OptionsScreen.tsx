import { Alert, Button, Group, NativeSelect, NumberInput, Stack, Table, Text, Textarea } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { signedShare, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { NodeSays } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { Working } from "../parts/Working.tsx"
import { useAct, useJobResult, useValue } from "../queries.ts"
import { Assumed } from "./Assumed.tsx"
import type { CompareAnswer, ComparedOption, PlanOption } from "./answers.ts"
import { OptionBuilder } from "./OptionBuilder.tsx"
import { ChangeRange } from "./RangeText.tsx"

const LEAST_REASON = 20

/** Options beside doing nothing: what would follow, what it needs, whom it touches, what it gives away. */
export function OptionsScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const chain = useJobResult("plan.chain", { investigation })
  const levers = useValue("plan.levers", { investigation })
  const [options, setOptions] = useState<PlanOption[]>([])
  const [beside, setBeside] = useState(0)
  const [asked, setAsked] = useState<{ options: PlanOption[]; beside: number } | null>(null)
  const compared = useJobResult(
    "plan.compare",
    { investigation, options: asked?.options ?? [], beside: asked?.beside ?? 0 },
    { enabled: asked !== null },
  )
  return (
    <Stack gap="md">
      <ScreenHead title={t("plans.options.title")} lead={t("plans.options.lead")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />}>
        {t("plans.says")}
      </Alert>
      {(chain.isFetching || levers.isFetching) && <Working progress={chain.progress} words={t("plans.work")} />}
      {chain.error && <FailureNote failure={chain.error} again={() => void chain.refetch()} />}
      {levers.error && <FailureNote failure={levers.error} again={() => void levers.refetch()} />}
      {chain.data && levers.data && (
        <OptionBuilder
          chain={chain.data}
          levers={levers.data}
          taken={options.map((o) => o.name)}
          onAdd={(option) => setOptions([...options, option])}
        />
      )}
      <Group gap="xs">
        {options.map((o) => (
          <Button
            key={o.name}
            size="compact-sm"
            variant="default"
            onClick={() => setOptions(options.filter((x) => x !== o))}
            aria-label={`${t("plans.options.remove")}: ${o.name}`}
          >
            <bdi>{o.name}</bdi> ×
          </Button>
        ))}
        <NumberInput
          label={t("plans.options.beside")}
          description={t("plans.options.besideHelp")}
          value={beside}
          onChange={(n) => setBeside(Number(n) || 0)}
          min={0}
          max={10}
          allowDecimal={false}
          maw={320}
        />
        <Button onClick={() => setAsked({ options, beside })} disabled={!chain.data}>
          {t("plans.options.compare")}
        </Button>
      </Group>
      {compared.isFetching && <Working progress={compared.progress} words={t("plans.work")} />}
      {compared.error && <FailureNote failure={compared.error} again={() => void compared.refetch()} />}
      {compared.data && asked && (
        <>
          <Side answer={compared.data} />
          <Decide
            options={[...asked.options, ...compared.data.sets.map(({ name, players }) => ({ name, players, levers: [] }))]}
            names={compared.data.options.map((o) => o.name)}
          />
        </>
      )}
    </Stack>
  )
}

/** Names that the node gives are told in the reader's language; a reader's own name stays as it is. */
const WAYS = ["doing nothing", "by flow", "first by betweenness", "first by degree", "first by evidence"] as const
function useOptionName(): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const way = WAYS.find((w) => w === name)
    return way ? t(`plans.options.ways.${way}`) : name
  }
}

function Best({ best }: { best: NonNullable<CompareAnswer["best"]> }) {
  const { t } = useTranslation()
  const nameOf = useOptionName()
  const names = { name: `\u2068${nameOf(best.name)}\u2069`, next: `\u2068${nameOf(best.next ?? "doing nothing")}\u2069` }
  return <Text fw={600}>{t(`plans.options.best.${best.next === null ? "alone" : best.apart ? "apart" : "level"}`, names)}</Text>
}

function Side({ answer }: { answer: CompareAnswer }) {
  const { t } = useTranslation()
  const nameOf = useOptionName()
  const { labelOf } = useHoldings(useInvestigation())
  const rows: [string, (o: ComparedOption) => ReactNode][] = [
    ...(answer.options[0]?.summary ?? []).map((s, i): [string, (o: ComparedOption) => ReactNode] => [
      `${t("plans.options.effect")}, ${t("plans.weeksAfter", { n: whole(s.weeks) })}`,
      (o) => (
        <>
          <ChangeRange range={o.summary[i]!.change} />
          <Text size="sm">{t("plans.options.onAverage", { change: signedShare(o.summary[i]!.mean) })}</Text>
          <Text size="sm">{t(`plans.options.verdicts.${o.summary[i]!.verdict}`)}</Text>
          {o.outcomes
            .filter((x) => x.weeks === s.weeks)
            .map((x) => (
              <Text size="xs" c="dimmed" key={x.mechanism}>
                {t("plans.options.growsBack", { how: t(`plans.options.mechanisms.${x.mechanism}`) })}: <ChangeRange range={x.change} />
              </Text>
            ))}
        </>
      ),
    ]),
    [
      t("plans.options.law"),
      (o) =>
        each(o, (item) => `${t(`plans.options.feasible.${item.feasible}`)}${item.provision ? ` (\u2068${item.provision}\u2069)` : ""}`),
    ],
    [
      t("plans.options.evidence"),
      (o) =>
        each(
          o,
          (item) =>
            `\u2068${item.lever === null ? t("plans.options.gone") : item.title}\u2069, \u2068${labelOf(item.label)}\u2069: ${t(`plans.options.status.${item.evidence.status}`)}${item.reports > 0 ? `; ${t("plans.options.reports", { n: whole(item.reports) })}` : ""}`,
        ),
    ],
    [
      t("plans.options.around"),
      (o) => t("plans.options.aroundSays", { protected: whole(o.collateral.protected), unknown: whole(o.collateral.unknown) }),
    ],
    [t("plans.options.time"), (o) => t("plans.options.timeSays", { low: whole(o.lead[0]), high: whole(o.lead[1]) })],
    [t("plans.options.reveals"), (o) => each(o, (item) => item.reveals)],
    [t("plans.options.clashes"), (o) => o.clashes.map((c) => <div key={c}>{c}</div>)],
    [
      t("plans.options.open"),
      (o) =>
        o.open.map((w) => (
          <Text size="sm" key={w}>
            <NodeSays>{w}</NodeSays>
          </Text>
        )),
    ],
  ]
  return (
    <Section title={t("plans.options.title")}>
      {answer.best && <Best best={answer.best} />}
      <Table.ScrollContainer minWidth={260 * (answer.options.length + 1)} type="native">
        <Table layout="fixed" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={180} />
              {answer.options.map((o) => (
                <Table.Th key={o.name}>
                  <bdi>{nameOf(o.name)}</bdi>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([title, cell]) => (
              <Table.Tr key={title} style={{ verticalAlign: "top" }}>
                <Table.Th>{title}</Table.Th>
                {answer.options.map((o) => (
                  <Table.Td key={o.name}>{cell(o)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Assumed words={answer.assumptions} />
    </Section>
  )
}

function each(o: ComparedOption, words: (item: ComparedOption["items"][number]) => string | null): ReactNode {
  return [...new Set(o.items.flatMap((item) => words(item) ?? []))].map((w) => (
    <Text size="sm" dir="auto" key={w}>
      {w}
    </Text>
  ))
}

function Decide({ options, names }: { options: PlanOption[]; names: readonly string[] }) {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [chosen, setChosen] = useState(names[0] ?? "")
  const [reason, setReason] = useState("")
  const nameOf = useOptionName()
  const { run, running, failure, result, progress } = useAct("plan.decide")
  return (
    <Section title={t("plans.options.decide")}>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          void run({ investigation, options, chosen, reason })
        }}
      >
        <Stack gap="xs" maw={640}>
          <NativeSelect
            label={t("plans.options.chosen")}
            data={names.map((value) => ({ value, label: nameOf(value) }))}
            value={chosen}
            onChange={(e) => setChosen(e.currentTarget.value)}
          />
          <Textarea
            label={t("plans.options.reason")}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
            minRows={3}
            autosize
          />
          <div>
            <Button type="submit" disabled={reason.trim().length < LEAST_REASON} loading={running}>
              {t("plans.options.decide")}
            </Button>
          </div>
        </Stack>
      </form>
      {running && <Working progress={progress} words={t("plans.work")} />}
      {failure && <FailureNote failure={failure} />}
      {result && <Text role="status">{t("plans.options.recorded")}</Text>}
    </Section>
  )
}
