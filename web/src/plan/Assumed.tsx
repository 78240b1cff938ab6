import { List, Text } from "@mantine/core"
import { useTranslation } from "react-i18next"

/** What figures rest on, in the node's words. */
export function Assumed({ words }: { words: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t("plans.assumptions")}</summary>
      <List size="sm">
        {words.map((w) => (
          <List.Item key={w}>
            <Text span size="sm" lang="en" dir="ltr">
              {w}
            </Text>
          </List.Item>
        ))}
      </List>
    </details>
  )
}
