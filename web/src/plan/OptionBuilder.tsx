import { Button, Group, MultiSelect, NativeSelect, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { whole } from "../language/numbers.ts"
import type { ChainAnswer, LeverLine, PlanOption } from "./answers.ts"

/** Puts one option together out of levers, and of players who might be gone. */
export function OptionBuilder({
  chain,
  levers,
  taken,
  onAdd,
}: {
  chain: ChainAnswer
  levers: readonly LeverLine[]
  taken: readonly string[]
  onAdd: (option: PlanOption) => void
}) {
  const { t } = useTranslation()
  const { labelOf } = useHoldings(useInvestigation())
  const [name, setName] = useState("")
  const [players, setPlayers] = useState<string[]>([])
  const [chosen, setChosen] = useState<PlanOption["levers"]>([])
  const [lever, setLever] = useState("")
  const [stage, setStage] = useState("")
  const [whom, setWhom] = useState("")
  const line = levers.find((l) => l.id === lever)
  const names = new Map([...chain.cells.flatMap((c) => c.players), ...chain.unstaged].map((p) => [p.entity, labelOf(p.label)] as const))
  const atStage = [
    ...new Map(chain.cells.filter((c) => String(c.stage) === stage).flatMap((c) => c.players.map((p) => [p.entity, p] as const))).values(),
  ]
  const ready = line !== undefined && stage !== "" && (line.object === "stage" || whom !== "")
  const add = () => {
    onAdd({ name: name.trim(), levers: chosen, players })
    setName("")
    setPlayers([])
    setChosen([])
  }
  return (
    <Stack gap="xs" maw={900}>
      <Group align="end" gap="sm">
        <TextInput label={t("plans.options.name")} value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={80} />
        <MultiSelect
          label={t("plans.options.players")}
          data={[...names].map(([value, label]) => ({ value, label }))}
          value={players}
          onChange={setPlayers}
          searchable
          miw={280}
        />
      </Group>
      <Group align="end" gap="sm">
        <NativeSelect
          label={t("plans.options.lever")}
          value={lever}
          onChange={(e) => {
            setLever(e.currentTarget.value)
            setStage("")
            setWhom("")
          }}
          data={[{ value: "", label: t("plans.levers.none") }, ...levers.map((l) => ({ value: l.id, label: `${l.state}: ${l.title}` }))]}
        />
        <NativeSelect
          label={t("plans.options.stage")}
          value={stage}
          disabled={!line}
          onChange={(e) => {
            setStage(e.currentTarget.value)
            setWhom("")
          }}
          data={[{ value: "", label: "" }, ...(line?.stages ?? []).map((s) => ({ value: String(s), label: whole(s) }))]}
        />
        <NativeSelect
          label={t("plans.options.whom")}
          value={whom}
          disabled={line?.object !== "person" || stage === ""}
          onChange={(e) => setWhom(e.currentTarget.value)}
          data={
            line?.object === "stage"
              ? [{ value: "", label: t("plans.options.wholeStage") }]
              : [{ value: "", label: "" }, ...atStage.map((p) => ({ value: p.entity, label: labelOf(p.label) }))]
          }
        />
        <Button
          variant="default"
          disabled={!ready}
          onClick={() => setChosen([...chosen, { lever, stage: Number(stage), ...(line?.object === "person" ? { entity: whom } : {}) }])}
        >
          {t("plans.options.addLever")}
        </Button>
      </Group>
      {chosen.map((c) => (
        <Text size="sm" key={`${c.lever} ${c.stage} ${c.entity}`}>
          <bdi lang="en">{levers.find((l) => l.id === c.lever)?.title}</bdi> · {t("plans.levers.stageOf", { n: whole(c.stage) })}
          {c.entity && (
            <>
              {" · "}
              <bdi>{names.get(c.entity)}</bdi>
            </>
          )}
        </Text>
      ))}
      <div>
        <Button
          variant="light"
          disabled={name.trim() === "" || taken.includes(name.trim()) || (players.length === 0 && chosen.length === 0)}
          onClick={add}
        >
          {t("plans.options.add")}
        </Button>
      </div>
    </Stack>
  )
}
