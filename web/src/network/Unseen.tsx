import { Text, Title, Tooltip } from "@mantine/core"
import { IconEyeOff, IconHelpCircle } from "@tabler/icons-react"
import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { Go } from "../parts/Go.tsx"
import { Identifier, NodeSays } from "../parts/Isolated.tsx"
import type { Ranking } from "../types.ts"

/** What the list cannot know, and what somebody should find out. Never folded away. */
export function Unseen({ ranking, investigation }: { ranking: Ranking; investigation: string }) {
  const { t } = useTranslation()
  return (
    <div className="unseen-things">
      <section>
        <Title order={2} size="h6">
          <IconEyeOff size={14} aria-hidden /> {t("network.blind")}
        </Title>
        {ranking.blindSpots.length === 0 ? (
          <Text size="xs">{t("network.blindNone")}</Text>
        ) : (
          <ul>
            {ranking.blindSpots.map((b) => (
              <li key={b}>
                <NodeSays>{b}</NodeSays>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <Tooltip label={t("network.resolveHelp")}>
          <Title order={2} size="h6" tabIndex={0}>
            <IconHelpCircle size={14} aria-hidden /> {t("network.resolve")} ({whole(ranking.identifiersToResolve.length)})
          </Title>
        </Tooltip>
        {ranking.identifiersToResolve.length === 0 ? (
          <Text size="xs">{t("network.resolveNone")}</Text>
        ) : (
          <ul>
            {ranking.identifiersToResolve.map((i) => (
              <li key={i.entity}>
                <Go to="/i/$investigation/entities/$entity" params={{ investigation, entity: i.entity }}>
                  <Identifier>{i.identifiers.join(", ") || i.entity}</Identifier>
                </Go>{" "}
                <span className="dim">{t("network.resolveIn", { items: whole(i.items), events: whole(i.events) })}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}
