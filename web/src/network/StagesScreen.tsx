import { Badge, Stack, Table, Text, UnstyledButton, VisuallyHidden } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { decimal, moment, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Go } from "../parts/Go.tsx"
import { NodeSays, Quoted } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Section } from "../parts/Section.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult } from "../queries.ts"
import type { StageCell, Stages } from "./answers.ts"
import { NetworkTabs } from "./NetworkTabs.tsx"

const COLOUR = { blank: "gray", chokepoint: "orange", held: "petrol", unplaced: "gray" } as const

/** Stages by routes: who is known to take which part, where one is all that is known, and where the picture is blank. */
export function StagesScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const { data, error, isFetching, progress, refetch } = useJobResult("network.stages", { investigation })
  const [chosen, setChosen] = useState<{ stage: number; route: string | null } | null>(null)
  const cell = data?.cells.find((c) => c.stage === chosen?.stage && c.route === chosen.route)
  return (
    <Stack gap="md">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("picture.stages.title")} lead={t("picture.stages.lead")} />
      {isFetching && <Working progress={progress} words={t("working")} />}
      {error && <FailureNote failure={error} again={() => void refetch()} />}
      {data && (
        <>
          <Matrix of={data} chosen={chosen} onChoose={setChosen} />
          {cell && <CellShown cell={cell} investigation={investigation} />}
          <Text size="xs" c="dimmed">
            <NodeSays>{data.says}</NodeSays> {data.unstaged > 0 && t("picture.stages.unstaged", { count: data.unstaged })}
          </Text>
        </>
      )}
    </Stack>
  )
}

interface MatrixProps {
  of: Stages
  chosen: { stage: number; route: string | null } | null
  onChoose: (cell: { stage: number; route: string | null }) => void
}

function useRouteName(): (route: string | null) => string {
  const { t } = useTranslation()
  return (route) => (route === null ? t("picture.stages.all") : route === "not known" ? t("picture.stages.unknown") : route)
}

function Matrix({ of, chosen, onChoose }: MatrixProps) {
  const { t } = useTranslation()
  const name = useRouteName()
  const routes = [null, ...of.routes.map((r) => r.id)]
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("picture.stages.stage")}</Table.Th>
            {routes.map((r) => (
              <Table.Th key={r}>
                <bdi>{name(r)}</bdi>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.script.map(({ stage }) => (
            <Table.Tr key={stage}>
              <Table.Th scope="row">
                {whole(stage)}. {wordOf("stages", String(stage))}
              </Table.Th>
              {routes.map((route) => {
                const c = of.cells.find((x) => x.stage === stage && x.route === route)!
                const said = t(`picture.stages.state.${c.state}`)
                return (
                  <Table.Td key={route}>
                    <UnstyledButton
                      onClick={() => onChoose({ stage, route })}
                      aria-pressed={chosen?.stage === stage && chosen.route === route}
                    >
                      <VisuallyHidden>{t("picture.stages.cell", { stage: whole(stage), route: name(route) })}</VisuallyHidden>
                      <Badge color={COLOUR[c.state]} variant={c.state === "held" ? "light" : "outline"} tt="none">
                        {whole(c.known)} · {said}
                      </Badge>
                    </UnstyledButton>
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
          {of.routes[0]?.scarce.map(({ role }, n) => (
            <Table.Tr key={role}>
              <Table.Th scope="row">{t(`picture.stages.scarce.${role as "supplies"}`)}</Table.Th>
              <Table.Td>
                {whole(
                  new Set(
                    of.cells
                      .filter((c) => c.route === null)
                      .flatMap((c) => c.people.filter((p) => p.roles.includes(role)).map((p) => p.entity)),
                  ).size,
                )}
              </Table.Td>
              {of.routes.map((r) => (
                <Table.Td key={r.id}>{whole(r.scarce[n]!.known)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function CellShown({ cell, investigation }: { cell: StageCell; investigation: string }) {
  const { t } = useTranslation()
  const name = useRouteName()
  const { labelOf } = useHoldings(investigation)
  return (
    <Section
      title={`${wordOf("stages", String(cell.stage))} · ${name(cell.route)}`}
      help={`${t(`picture.stages.means.${cell.state}`)}${cell.seenOnce ? ` ${t("picture.stages.seenOnce")}` : ""}${cell.unseenAtLeast > 0 ? ` ${t("picture.stages.unseen", { n: decimal(cell.unseenAtLeast) })}` : ""}`}
    >
      {cell.people.map((p) => (
        <div key={p.entity}>
          <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: p.entity }}>
            <Quoted>{labelOf(p.label)}</Quoted>
          </Go>{" "}
          {p.roles.map((r) => wordOf("conducts", r)).join(" · ")} · {t("network.tieEvents", { count: p.events })}
          {p.firstAt && ` · ${moment(p.firstAt)}${p.lastAt && p.lastAt !== p.firstAt ? ` – ${moment(p.lastAt)}` : ""}`}
          <SupportLine support={p.support} />
        </div>
      ))}
    </Section>
  )
}
