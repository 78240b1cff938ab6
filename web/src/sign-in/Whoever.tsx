import { Badge } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { GoButton } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { usePresence } from "./presence.ts"

/** Who is at work in this browser. */
export function Whoever() {
  const { t } = useTranslation()
  const { data } = usePresence()
  if (!data) return null
  if (data.person)
    return (
      <GoButton to="/account" size="compact-xs" variant="default" className="user-badge" title={data.person.organisation}>
        <Quoted>{data.person.name}</Quoted>
      </GoButton>
    )
  const looked = data.invented.find((p) => p.id === data.looksAs)
  return (
    <Badge color="yellow" variant="filled" tt="none" className="user-badge">
      {looked ? <Quoted>{looked.name}</Quoted> : t(data.local ? "userBadge" : "signIn.nobody")}
    </Badge>
  )
}
