import { Group, Text } from "@mantine/core"
import { Outlet } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Go } from "../parts/Go.tsx"
import { LanguageChoice, PurposeChoice, SchemeChoice } from "../shell/Choices.tsx"
import { Witnessing } from "./Witnessing.tsx"

/** The journal belongs to the node: whoever looks over it works in no investigation. */
export function JournalFrame() {
  const { t } = useTranslation()
  return (
    <div className="journal">
      <a href="#content" className="skip">
        {t("skip")}
      </a>
      <Group justify="space-between" component="header" mb="lg" gap="sm">
        <Group gap="sm">
          <Text fw={700} className="product">
            {t("product")}
          </Text>
          <Go to="/" size="sm">
            {t("picker.title")}
          </Go>
          <Witnessing />
        </Group>
        <Group gap="xs">
          <PurposeChoice />
          <LanguageChoice />
          <SchemeChoice />
        </Group>
      </Group>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
