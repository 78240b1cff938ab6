import { Group } from "@mantine/core"
import { useLocation } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { NodeFrame } from "../authority/NodeFrame.tsx"
import { Go } from "../parts/Go.tsx"

const TABS = ["duty", "requests", "breaches", "notices", "samples"] as const

/** The safeguards belong to the node: who deals with them works in no investigation. */
export function CareFrame() {
  return <NodeFrame places={<Tabs />} />
}

function Tabs() {
  const { t } = useTranslation()
  const here = useLocation({ select: (l) => l.pathname.split("/")[2] })
  return (
    <Group component="nav" aria-label={t("care.tabs.label")} gap="lg" mb="lg" className="care-tabs">
      {TABS.map((tab) => (
        <Go key={tab} to={`/care/${tab}`} fw={here === tab ? 700 : 400} {...(here === tab ? { "aria-current": "page" as const } : {})}>
          {t(`care.tabs.${tab}`)}
        </Go>
      ))}
    </Group>
  )
}
