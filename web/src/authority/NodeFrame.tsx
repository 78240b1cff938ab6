import { Badge, Group, Text } from "@mantine/core"
import { Outlet } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Witnessing } from "../journal/Witnessing.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { useValue } from "../queries.ts"
import { LanguageChoice, PurposeChoice, SchemeChoice } from "../shell/Choices.tsx"
import { NodePlaces } from "./NodePlaces.tsx"

/** Pages of the node, around which no investigation stands. */
export function NodeFrame() {
  const { t } = useTranslation()
  const { data: mine } = useValue("roles.mine", {})
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
          <Badge variant="default" tt="none">
            {mine?.via === "local" ? t("userBadge") : <Quoted>{mine?.name ?? "…"}</Quoted>}
          </Badge>
          <Witnessing />
        </Group>
        <Group gap="xs">
          <PurposeChoice />
          <LanguageChoice />
          <SchemeChoice />
        </Group>
      </Group>
      <NodePlaces />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
