import { Button, Checkbox, Group, Text } from "@mantine/core"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { useHoldings, useInvestigation } from "../investigation.ts"
import { whole } from "../language/numbers.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { ScreenHead } from "../parts/ScreenHead.tsx"
import { Working } from "../parts/Working.tsx"
import { useJobResult, useValue } from "../queries.ts"
import type { GraphEdge, NetworkGraph } from "../types.ts"
import { Chosen } from "./Chosen.tsx"
import { Drawing } from "./Drawing.tsx"
import { Filters } from "./Filters.tsx"
import { LayersAlone } from "./LayersAlone.tsx"
import { NetworkTabs } from "./NetworkTabs.tsx"
import { pictureOf } from "./picture.ts"
import { NODES, snapshotInput, TOP, useQuestion, variantIn } from "./question.ts"
import { RankedList } from "./RankedList.tsx"
import { Unseen } from "./Unseen.tsx"

/** The one network: drawn, ranked, with what it cannot know beside it. */
export function NetworkScreen() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const holdings = useHoldings(investigation)
  const { question, change } = useQuestion()
  const [tie, setTie] = useState<GraphEdge | null>(null)
  const asked = snapshotInput(investigation, question)
  const ranking = useJobResult("network.rank", {
    ...asked,
    top: question.top ?? TOP,
    ...variantIn(question),
  })
  const nodes = question.nodes ?? NODES
  // The ranking brings the analysis up to date; the drawing then opens what it left.
  const graph = useValue(
    "network.graph",
    { ...asked, nodes, ...(question.leaves ? { leaves: true } : {}) },
    { slow: true, keep: true, enabled: !ranking.isFetching },
  )
  const [grouped, setGrouped] = useState(false)
  const communities = useJobResult("network.communities", asked, { enabled: grouped })
  const picture = useMemo(
    () => (graph.data ? pictureOf(graph.data, ranking.data, holdings.labelOf) : null),
    [graph.data, ranking.data, holdings.labelOf],
  )
  const chosen = question.who ?? null
  const choose = (who: string | null) => {
    setTie(null)
    const { who: _, ...rest } = question
    change(who ? { ...rest, who } : rest)
  }
  const toggleLeaves = () => {
    const { leaves, ...rest } = question
    change(leaves ? rest : { ...rest, leaves: true })
  }
  const labels = new Map(
    graph.data?.nodes.map((n) => [n.id, n.masked ? t("entities.protected") : holdings.labelOf(n.identifier ?? n.label)]),
  )
  for (const p of ranking.data?.players ?? []) labels.set(p.entity, holdings.labelOf(p.identifier ?? p.label))
  return (
    <div className="network">
      <NetworkTabs investigation={investigation} />
      <ScreenHead title={t("network.title")}>
        <Filters key={JSON.stringify(question.layers ?? [])} question={question} onApply={change} />
      </ScreenHead>
      {ranking.error && <FailureNote failure={ranking.error} again={() => void ranking.refetch()} />}
      {communities.error && <FailureNote failure={communities.error} again={() => void communities.refetch()} />}
      {graph.error && <FailureNote failure={graph.error} again={() => void graph.refetch()} />}
      <div className="network-columns">
        <div className="network-picture">
          {(graph.isFetching || ranking.isFetching || communities.isFetching) && (
            <Working progress={ranking.progress ?? graph.progress ?? communities.progress} words={t("working")} />
          )}
          {picture && picture.order === 0 && (
            <div className="no-network">
              <Text fw={600}>{t("network.noNetwork")}</Text>
              <Text size="sm" c="dimmed">
                {t("network.noNetworkHelp")}
              </Text>
            </div>
          )}
          {picture && picture.order > 0 && (
            <Drawing
              picture={picture}
              communities={communities.data}
              grouped={grouped}
              onGrouped={setGrouped}
              chosen={chosen}
              tie={tie}
              onChoose={choose}
              onTie={setTie}
            />
          )}
          {picture && <Chosen picture={picture} investigation={investigation} chosen={chosen} tie={tie} onChoose={choose} onTie={setTie} />}
          {graph.data && (
            <LeftOut
              graph={graph.data}
              leaves={question.leaves === true}
              onLeaves={toggleLeaves}
              onMore={() => change({ ...question, nodes: Math.min(20_000, nodes * 3) })}
            />
          )}
        </div>
        <div className="network-words">
          {ranking.data && (
            <>
              <RankedList
                ranking={ranking.data}
                investigation={investigation}
                holdings={holdings}
                chosen={chosen}
                drawn={(id) => picture?.hasNode(id) ?? false}
                onChoose={choose}
              >
                <LayersAlone ranking={ranking.data} labelOf={(id) => labels.get(id) ?? id} />
                <Text size="xs" c="dimmed">
                  {t("network.snapshot")} <Identifier>{ranking.data.snapshot}</Identifier>
                </Text>
              </RankedList>
              <Unseen ranking={ranking.data} investigation={investigation} />
            </>
          )}
        </div>
      </div>
    </div>
  )
}

interface LeftOutProps {
  graph: NetworkGraph
  leaves: boolean
  onLeaves: () => void
  onMore: () => void
}

/** What the drawing leaves out, in numbers, and how positions come about. */
function LeftOut({ graph, leaves, onLeaves, onMore }: LeftOutProps) {
  const { t } = useTranslation()
  const { leftOut } = graph
  const some = leftOut.nodes > 0 || leftOut.edges > 0
  return (
    <Group gap="sm" className="left-out">
      <Text size="xs" fw={some ? 600 : 400}>
        {some
          ? t("network.notDrawn", { nodes: whole(leftOut.nodes), edges: whole(leftOut.edges) })
          : t("network.allDrawn", { nodes: whole(graph.nodes.length), edges: whole(graph.edges.length) })}
      </Text>
      {some && (
        <Button size="compact-xs" variant="default" onClick={onMore}>
          {t("network.drawMore")}
        </Button>
      )}
      {(some || leaves) && <Checkbox size="xs" label={t("network.leaves")} checked={leaves} onChange={onLeaves} />}
      <Text size="xs" c="dimmed">
        {t("network.asStructure")}
      </Text>
    </Group>
  )
}
