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
      {may.node("administer") && <Go to="/node/sign-in">{t("authority.places.waysIn")}</Go>}
      {may.node("clear") && <Go to="/node/cleared">{t("authority.places.cleared")}</Go>}
      {may.node("audit") && <Go to="/journal">{t("authority.places.journal")}</Go>}
      {may.node("duty") && <Go to="/care/duty">{t("authority.places.duty")}</Go>}
      {may.node("rights") && <Go to="/care/requests">{t("authority.places.rights")}</Go>}
      {may.node("erase") && <Go to="/erasures">{t("authority.places.erasures")}</Go>}
      {may.node("oversee") && <Go to="/liftings">{t("authority.places.liftings")}</Go>}
      {may.node("oversee") && <Go to="/care/samples">{t("authority.places.samples")}</Go>}
      {may.known && <Go to="/node/policy">{t("authority.places.policy")}</Go>}
    </Group>
  )
}
