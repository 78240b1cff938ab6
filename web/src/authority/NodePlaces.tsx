import { Group } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { Go } from "../parts/Go.tsx"
import { useMay } from "./decide.ts"

/** Pages of the node that the caller's roles open to him. */
export function NodePlaces() {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Group component="nav" gap="md" mb="md" aria-label={t("authority.places.label")}>
      {may.node("administer") && <Go to="/node/people">{t("authority.places.people")}</Go>}
      {may.node("clear") && <Go to="/node/cleared">{t("authority.places.cleared")}</Go>}
      {may.node("audit") && <Go to="/journal">{t("authority.places.journal")}</Go>}
      <Go to="/node/policy">{t("authority.places.policy")}</Go>
    </Group>
  )
}
