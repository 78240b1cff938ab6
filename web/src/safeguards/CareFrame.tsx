import { Badge, Group, Text } from "@mantine/core"
import { Outlet, useLocation } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Witnessing } from "../journal/Witnessing.tsx"
import { Go } from "../parts/Go.tsx"
import { LanguageChoice, PurposeChoice, SchemeChoice } from "../shell/Choices.tsx"

const TABS = ["duty", "requests", "breaches", "notices", "samples"] as const

/** The safeguards belong to the node: who deals with them works in no investigation. */
export function CareFrame() {
  const { t } = useTranslation()
  const here = useLocation({ select: (l) => l.pathname.split("/")[2] })
  return (
    <div className="journal">
      <a href="#content" className="skip">
        {t("skip")}
      </a>
      <Group justify="space-between" component="header" mb="md" gap="sm">
        <Group gap="sm">
          <Text fw={700} className="product">
            {t("product")}
          </Text>
          <Badge color="yellow" variant="filled" tt="none">
            {t("userBadge")}
          </Badge>
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
      <Group component="nav" aria-label={t("care.tabs.label")} gap="lg" mb="lg" className="care-tabs">
        {TABS.map((tab) => (
          <Go key={tab} to={`/care/${tab}`} fw={here === tab ? 700 : 400} {...(here === tab ? { "aria-current": "page" as const } : {})}>
            {t(`care.tabs.${tab}`)}
          </Go>
        ))}
      </Group>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
