import { Badge, Button, Group, Text } from "@mantine/core"
import { IconChevronDown } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../investigation.ts"
import { score, share, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { Facts } from "../parts/Facts.tsx"
import { GoButton } from "../parts/Go.tsx"
import { NodeSays, Quoted } from "../parts/Isolated.tsx"
import { RangeBar } from "../parts/RangeBar.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import type { Player } from "../types.ts"
import { RecordLinks } from "./RecordLinks.tsx"

interface PlayerCardProps {
  player: Player
  investigation: string
  holdings: Holdings
  /** Highest end of any range in the list. */
  most: number
  bare: boolean
  opened: boolean
  drawn: boolean
  onToggle: () => void
}

/** One line of the ranked list; opened, it says why, what is missing and what would change it. */
export function PlayerCard({ player, investigation, holdings, most, bare, opened, drawn, onToggle }: PlayerCardProps) {
  const { t } = useTranslation()
  const [low, high] = player.interval
  const label = holdings.labelOf(player.identifier ?? player.label)
  const detail = `why-${player.entity}`
  return (
    <li className="player" data-opened={opened || undefined}>
      <button type="button" className="player-line" onClick={onToggle} aria-expanded={opened} aria-controls={detail}>
        <span className="player-rank">{whole(player.rank)}</span>
        <span className="player-name">
          <Quoted>{label}</Quoted>
          {player.identifier !== null && (
            <span className="dim">
              {" "}
              {t("attribution.called")} <Quoted>{holdings.labelOf(player.label)}</Quoted>
            </span>
          )}
        </span>
        <span className="player-score">
          <bdi dir="ltr">{score(player.score)}</bdi>
        </span>
        <RangeBar
          low={low}
          high={high}
          score={player.score}
          most={most}
          label={t("network.rangeSays", { score: score(player.score), low: score(low), high: score(high) })}
        />
        <span className="player-second">
          {t("network.stability", { share: share(player.stability) })}
          {" · "}
          {player.range.rank
            ? t("picture.range.ranks", { low: whole(player.range.rank[0]), high: whole(player.range.rank[1]) })
            : t("picture.range.withheld")}
          {player.conduct.map((c) => (
            <Badge key={c} component="span" size="sm" variant="light" color="indigo" tt="none">
              {wordOf("conducts", c)}
            </Badge>
          ))}
        </span>
        <IconChevronDown size={16} className="player-chevron" aria-hidden />
      </button>
      <div id={detail} hidden={!opened} className="player-detail">
        {opened && <Why player={player} holdings={holdings} bare={bare} />}
        <Group gap="xs" mt="xs">
          <GoButton
            size="compact-xs"
            to="/i/$investigation/entities/$entity"
            params={{ investigation, entity: player.entity }}
            variant="light"
          >
            {t("network.openEntity")}
          </GoButton>
          {!drawn && (
            <Text size="xs" c="dimmed">
              {t("network.notInDrawing")}
            </Text>
          )}
          <Button size="compact-xs" variant="subtle" onClick={onToggle}>
            {t("close")}
          </Button>
        </Group>
      </div>
    </li>
  )
}

function Why({ player, holdings, bare }: { player: Player; holdings: Holdings; bare: boolean }) {
  const { t } = useTranslation()
  const [low, high] = player.interval
  const { wouldChange } = player
  const change = bare
    ? t("network.wouldChangeBare")
    : !wouldChange
      ? t("network.wouldChangeNone")
      : wouldChange.rankWithout === null
        ? t("network.wouldChangeOut", { event: holdings.eventName(wouldChange.event) })
        : t("network.wouldChangeTo", { event: holdings.eventName(wouldChange.event), rank: whole(wouldChange.rankWithout) })
  return (
    <>
      <h3>{t("network.why")}</h3>
      <ol className="reasons">
        {player.reasons.map((r) => (
          <li key={r.words}>
            <NodeSays>{holdings.labelOf(r.words)}</NodeSays>
            {r.innocent && (
              <span className="innocent">
                {t("network.innocent")}: <NodeSays>{r.innocent}</NodeSays>
              </span>
            )}
            <SupportLine support={r.support} />
            <RecordLinks records={r.records} />
          </li>
        ))}
      </ol>
      <h3>{t("network.missing")}</h3>
      {player.missing.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <ul>
          {player.missing.map((m) => (
            <li key={m}>
              <NodeSays>{m}</NodeSays>
            </li>
          ))}
        </ul>
      )}
      {player.range.scenarios.length > 0 && (
        <>
          <h3>{t("picture.range.scenarios")}</h3>
          <ul>
            {player.range.scenarios.map((s) => (
              <li key={s.scenario}>
                {t(`picture.scenarioTitles.${s.scenario as "merges"}`)}:{" "}
                {t("picture.range.scenario", { low: whole(s.low), high: whole(s.high), top: share(s.top) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t("network.wouldChange")}</h3>
      <p>{change}</p>
      <Facts
        facts={[
          [t("network.range"), <bdi key="r" dir="ltr">{`${score(low)} – ${score(high)}`}</bdi>],
          [
            t("network.withStructure"),
            player.rankWithStructure !== null && (
              <>
                {whole(player.rankWithStructure)} <span className="dim">{t("network.withStructureHelp")}</span>
              </>
            ),
          ],
          [
            t("network.stages"),
            player.stages.length > 0 &&
              player.stages.map((s) => t("entities.stage", { n: whole(s), title: wordOf("stages", String(s)) })).join(" · "),
          ],
          [t("network.seenIn"), `${t("network.tieEvents", { count: player.events })} · ${t("evidence.count", { count: player.items })}`],
        ]}
      />
    </>
  )
}
