import { Alert, Badge, Button, NativeSelect, NumberInput, Stack, Table, Text, TextInput, Title } from "@mantine/core"
import { IconInfoCircle } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { decimal, digits, whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { namesIn } from "../parts/fields.ts"
import { NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { KeySet } from "../types.ts"

const GOALS = ["fragment", "fragment-distance", "reach", "reach-distance"] as const
const LISTS = ["reachable", "noPower", "safeguarding", "covert", "otherTeam"] as const
const METHODS = ["degree", "betweenness", "group betweenness", "dismantling", "collective influence"] as const
type Goal = (typeof GOALS)[number]

const figure = (x: number): string => digits(x.toFixed(4))

/** Who together hold a network together: the set, its proof, and simpler ways beside it. A figure of structure, and never more. */
export function SetScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const [draft, setDraft] = useState({ k: 3, goal: "fragment" as Goal, steps: 2 })
  const [lists, setLists] = useState({ reachable: "", noPower: "", safeguarding: "", covert: "", otherTeam: "" })
  const [asked, setAsked] = useState({ ...draft, ...Object.fromEntries(LISTS.map((l) => [l, [] as string[]])) })
  const { data, error, isFetching, progress, refetch } = useJobResult("plan.set", { investigation, ...asked })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setAsked({ ...draft, ...Object.fromEntries(LISTS.map((l) => [l, namesIn(lists[l])])) })
  }
  return (
    <Stack gap="md" className="narrow">
      <ScreenHead title={t("set.title")} lead={t("set.lead")} />
      <Alert color="yellow" variant="light" icon={<IconInfoCircle aria-hidden />} className="figure-of-structure">
        {t("set.says")}
      </Alert>
      <form onSubmit={submit} className="filters">
        <NativeSelect
          label={t("set.goal")}
          value={draft.goal}
          onChange={(e) => setDraft({ ...draft, goal: e.currentTarget.value as Goal })}
          data={GOALS.map((g) => ({ value: g, label: t(`set.goals.${g}`) }))}
        />
        <NumberInput label={t("set.size")} min={1} max={50} value={draft.k} onChange={(k) => setDraft({ ...draft, k: Number(k) || 1 })} />
        {draft.goal === "reach" && (
          <NumberInput
            label={t("set.steps")}
            min={1}
            max={10}
            value={draft.steps}
            onChange={(steps) => setDraft({ ...draft, steps: Number(steps) || 1 })}
          />
        )}
        {LISTS.map((list) => (
          <TextInput
            key={list}
            label={t(`set.lists.${list}`)}
            placeholder={t("set.names")}
            value={lists[list]}
            onChange={(e) => setLists({ ...lists, [list]: e.currentTarget.value })}
          />
        ))}
        <Button type="submit">{t("set.find")}</Button>
      </form>
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && <Shown found={data} />}
    </Stack>
  )
}

function Shown({ found }: { found: KeySet }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(useInvestigation())
  const together = (labels: readonly string[]) => labels.map((l, i) => [i > 0 && " · ", <Quoted key={l}>{labelOf(l)}</Quoted>])
  const ways = [
    { way: t("set.chosen"), value: figure(found.value), who: together(found.set) },
    ...found.compared.map((c) => ({
      way: t(`set.methods.${METHODS.find((m) => m === c.method) ?? "degree"}`),
      value: figure(c.value),
      who: together(c.set),
    })),
    {
      way: t("set.random", { n: whole(found.random.draws) }),
      value: `${figure(found.random.mean)} (${figure(found.random.low)} – ${figure(found.random.high)})`,
      who: null,
    },
  ]
  return (
    <>
      <Title order={2} size="h4">
        {together(found.set)}
      </Title>
      <Text component="div">
        {t(`set.goals.${found.goal}`)}: <bdi>{figure(found.value)}</bdi>{" "}
        <Badge color={found.optimal ? "teal" : "yellow"} variant="light" tt="none">
          {t(found.optimal ? "set.proved" : "set.searched")}
        </Badge>
      </Text>
      <Text size="sm">
        {t("set.before", { value: figure(found.before) })}{" "}
        {found.optimal
          ? t("set.proof", { looked: whole(found.proof.looked), of: whole(found.proof.of), people: whole(found.counts.candidates) })
          : found.bound === null
            ? t("set.open", { of: whole(found.proof.of) })
            : t("set.bound", { bound: figure(found.bound) })}
        {found.between !== null && ` ${t("set.between", { share: decimal(found.between * 100) })}`}
      </Text>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table maw={560}>
          <Table.Caption>{t("set.addsSays")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("set.member")}</Table.Th>
              <Table.Th ta="end">{t("set.adds")}</Table.Th>
              <Table.Th ta="end">{t("set.without")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.members.map((m) => (
              <Table.Tr key={m.entity}>
                <Table.Td>
                  <Quoted>{labelOf(m.label)}</Quoted>
                </Table.Td>
                <Table.Td ta="end">
                  <bdi>{figure(m.adds)}</bdi>
                </Table.Td>
                <Table.Td ta="end">
                  <bdi>{figure(m.without)}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.redrawn ? <Again again={found.redrawn} /> : <Text size="sm">{t("set.notAgain")}</Text>}
      <Title order={2} size="h5">
        {t("set.beside")}
      </Title>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("set.way")}</Table.Th>
              <Table.Th ta="end">{t("set.value")}</Table.Th>
              <Table.Th>{t("set.who")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ways.map(({ way, value, who }) => (
              <Table.Tr key={way}>
                <Table.Td>{way}</Table.Td>
                <Table.Td ta="end">
                  <bdi>{value}</bdi>
                </Table.Td>
                <Table.Td>{who}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.leftOut.length > 0 && <LeftOut found={found} />}
      <Text size="sm" c="dimmed">
        {t(found.basis === "conduct" ? "set.players" : "set.bare")} {t("set.regrows")}
      </Text>
    </>
  )
}

/** How the set fares where the network is drawn again, and who else is in the best sets there. */
function Again({ again }: { again: NonNullable<KeySet["redrawn"]> }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(useInvestigation())
  const [low, median, high] = again.value
  return (
    <section>
      <Title order={2} size="h5">
        {t("set.again")}
      </Title>
      <Text size="sm">
        {t("set.againValue", { n: whole(again.draws), median: figure(median), low: figure(low), high: figure(high) })}{" "}
        {t("set.againBest", { share: whole(Math.round(again.best * 100)), high: figure(again.short[1]) })} <NodeSays>{again.says}</NodeSays>
      </Text>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table maw={560}>
          <Table.Caption>{t("set.againSays")}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("set.who")}</Table.Th>
              <Table.Th ta="end">{t("set.againShare")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {again.people.map((p) => (
              <Table.Tr key={p.entity}>
                <Table.Td>
                  <Quoted>{labelOf(p.label)}</Quoted>
                  {!p.member && ` · ${t("set.againOther")}`}
                </Table.Td>
                <Table.Td ta="end">
                  <bdi>{whole(Math.round(p.share * 100))} %</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

function LeftOut({ found }: { found: KeySet }) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(useInvestigation())
  return (
    <section>
      <Title order={2} size="h5">
        {t("set.leftOut", { count: found.leftOut.length })}
      </Title>
      <ul>
        {found.leftOut.map((o) => (
          <li key={o.entity}>
            <Quoted>{labelOf(o.label)}</Quoted>: {t(`set.grounds.${o.ground}`)}
            {o.contacts.map((c) => (
              <NodeSays key={c}>{` ${c}`}</NodeSays>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
