import { Group, Text } from "@mantine/core"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { LanguageChoice, SchemeChoice } from "../shell/Choices.tsx"
import { Whoever } from "./Whoever.tsx"

/** What stands around the pages at the door, which belong to no investigation. */
export function DoorPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="picker">
      <Group justify="space-between" component="header" mb="lg">
        <Group gap="sm">
          <Text fw={700} className="product">
            {t("product")}
          </Text>
          <Whoever />
        </Group>
        <Group gap="xs">
          <LanguageChoice />
          <SchemeChoice />
        </Group>
      </Group>
      <main id="content">{children}</main>
    </div>
  )
}
