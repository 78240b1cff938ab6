import { Badge } from "@mantine/core"
import { useTranslation } from "react-i18next"

/** Whatever does more than read is marked. */
export function EffectBadge({ effect }: { effect: string }) {
  const { t } = useTranslation()
  if (effect === "read") return null
  return (
    <Badge size="sm" radius="sm" variant="default" tt="none" className="ask-effect">
      {effect === "decision" || effect === "outside" ? t(`ask.${effect}`) : effect}
    </Badge>
  )
}
