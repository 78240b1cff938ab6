import { Group } from "@mantine/core"
import { useLocation } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Go } from "../parts/Go.tsx"

const TABS = [
  { key: "network", to: "/i/$investigation/network" },
  { key: "stages", to: "/i/$investigation/network/stages" },
  { key: "head", to: "/i/$investigation/network/head" },
  { key: "collect", to: "/i/$investigation/network/collect" },
  { key: "groups", to: "/i/$investigation/network/groups" },
  { key: "sequences", to: "/i/$investigation/network/sequences" },
  { key: "snapshots", to: "/i/$investigation/network/snapshots" },
] as const

/** The pages of one network: drawn and ranked, by stage, its head, what to look for, its groups, sequences in time, and as it was. */
export function NetworkTabs({ investigation }: { investigation: string }) {
  const { t } = useTranslation()
  const here = useLocation({ select: (l) => l.pathname.split("/")[4] ?? "network" })
  return (
    <Group component="nav" aria-label={t("picture.tabs.label")} gap="lg">
      {TABS.map(({ key, to }) => (
        <Go
          key={key}
          to={to}
          params={{ investigation }}
          size="sm"
          fw={here === key ? 700 : 400}
          {...(here === key ? { "aria-current": "page" as const } : {})}
        >
          {t(`picture.tabs.${key}`)}
        </Go>
      ))}
    </Group>
  )
}
