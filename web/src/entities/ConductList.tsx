import { Badge, Group, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { Holdings } from "../investigation.ts"
import { decimal, whole } from "../language/numbers.ts"
import { wordOf } from "../language/words.ts"
import { RecordLinks } from "../network/RecordLinks.tsx"
import { NodeSays } from "../parts/Isolated.tsx"
import { Section } from "../parts/Section.tsx"
import { SupportLine } from "../parts/SupportLine.tsx"
import type { Entity } from "../types.ts"

const ANALYST = "analyst's inference"

/** Assertions of facilitation, each with its innocent reading and its records. An analyst's inference looks different. */
export function ConductList({ entity, holdings }: { entity: Entity; holdings: Holdings }) {
  const { t } = useTranslation()
  return (
    <Section title={t("entities.conductTitle")} help={t("entities.conductHelp")}>
      {entity.conduct.length === 0 ? (
        <Text size="sm">{t("entities.conductNone")}</Text>
      ) : (
        <ul className="conduct">
          {entity.conduct.map((c) => (
            <li key={`${c.rule} ${c.conduct} ${c.words}`} data-inference={c.basis === ANALYST || undefined}>
              <Group gap="xs">
                <Badge color="indigo" variant="light" tt="none">
                  {wordOf("conducts", c.conduct)}
                </Badge>
                {c.stage !== null && (
                  <Text size="xs">{t("entities.stage", { n: whole(c.stage), title: wordOf("stages", String(c.stage)) })}</Text>
                )}
                <Text size="xs" c="dimmed">
                  {wordOf("bases", c.basis)} · {t("entities.strength", { bits: decimal(c.strength / 100) })}
                </Text>
              </Group>
              <NodeSays>{c.words}</NodeSays>
              {c.innocent && (
                <span className="innocent">
                  {t("network.innocent")}: <NodeSays>{c.innocent}</NodeSays>
                </span>
              )}
              <span className="dim">
                {c.events
                  .filter((e) => !e.startsWith("analyst:"))
                  .map((e) => holdings.eventName(e))
                  .join(" · ")}
              </span>
              <SupportLine support={c.support} />
              <RecordLinks records={c.records} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
