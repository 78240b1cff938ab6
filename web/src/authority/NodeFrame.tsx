import { Badge, Group, Text } from "@mantine/core"
import { Outlet } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Witnessing } from "../journal/Witnessing.tsx"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { useValue } from "../queries.ts"
import { LanguageChoice, PurposeChoice, SchemeChoice } from "../shell/Choices.tsx"
import { NodePlaces } from "./NodePlaces.tsx"

/** Pages of the node, around which no investigation stands; `places` leads among them. */
export function NodeFrame({ places = <NodePlaces /> }: { places?: ReactNode }) {
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
      {places}
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
