import { List } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { NodeSays } from "../parts/Isolated.tsx"

/** What figures rest on, as the node says it. */
export function Assumed({ words }: { words: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t("plans.assumptions")}</summary>
      <List size="sm">
        {words.map((w) => (
          <List.Item key={w}>
            <NodeSays>{w}</NodeSays>
          </List.Item>
        ))}
      </List>
    </details>
  )
}
