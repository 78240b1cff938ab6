import { Badge, Text, Title, Tooltip } from "@mantine/core"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../investigation.ts"
import { whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { NodeSays } from "../parts/Isolated.tsx"
import type { Ranking } from "../types.ts"
import { PlayerCard } from "./PlayerCard.tsx"

interface RankedListProps {
  ranking: Ranking
  investigation: string
  holdings: Holdings
  chosen: string | null
  drawn: (entity: string) => boolean
  onChoose: (entity: string | null) => void
  /** What else the snapshot says, below the list. */
  children?: ReactNode
}

/** Who is ranked, each with range, stability and reasons. A rank is never shown bare. */
export function RankedList({ ranking, investigation, holdings, chosen, drawn, onChoose, children }: RankedListProps) {
  const { t } = useTranslation()
  const bare = ranking.basis === "structure only"
  const most = Math.max(0, ...ranking.players.map((p) => Math.max(p.interval[1], p.score)))
  const { counts } = ranking
  return (
    <section className="ranked" aria-label={t("network.ranked")}>
      <div className="ranked-head">
        <Title order={2} size="h5">
          {t("network.ranked")} <span className="dim">{t("network.rankedBy", { measure: wordOf("measures", ranking.measure) })}</span>
        </Title>
        <Tooltip label={bare ? t("network.basisStructureHelp") : t("network.basisConductHelp")}>
          <Badge color={bare ? "orange" : "petrol"} variant="filled" tt="none" tabIndex={0} role="note" data-basis={ranking.basis}>
            {bare ? t("network.basisStructure") : t("network.basisConduct")}
          </Badge>
        </Tooltip>
      </div>
      <Text size="xs" c="dimmed">
        {bare
          ? t("network.countsBare", { players: whole(counts.players), ties: whole(counts.ties) })
          : t("network.counts", {
              players: whole(counts.players),
              entities: whole(counts.entities),
              ties: whole(counts.ties),
              events: whole(counts.events),
            })}
      </Text>
      <Text size="xs" c="dimmed">
        <NodeSays>{ranking.variant.says}</NodeSays>
      </Text>
      <Text size="xs" className="people-decide">
        {bare ? t("network.basisStructureHelp") : t("network.people")}
      </Text>
      {ranking.players.length === 0 ? (
        <Text size="sm" my="sm">
          {t("network.nobody")}
        </Text>
      ) : (
        <ol className="players">
          {ranking.players.map((p) => (
            <PlayerCard
              key={p.entity}
              player={p}
              investigation={investigation}
              holdings={holdings}
              most={most}
              bare={bare}
              opened={chosen === p.entity}
              drawn={drawn(p.entity)}
              onToggle={() => onChoose(chosen === p.entity ? null : p.entity)}
            />
          ))}
        </ol>
      )}
      <Text size="xs" c="dimmed">
        {t("network.draws")}: <NodeSays>{ranking.draws.says}</NodeSays>
      </Text>
      <Text size="xs" c="dimmed">
        {t("picture.range.column")}: <NodeSays>{ranking.range.says}</NodeSays>
      </Text>
      {children}
    </section>
  )
}
