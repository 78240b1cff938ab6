import { Button } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { lookAs, usePresence } from "./presence.ts"
import { Ways } from "./Ways.tsx"

/** For what needs a fresh proof: the person proves again that it is he, and the session goes on. */
export function ProveAgain({ onDone }: { onDone?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { data, refetch } = usePresence()
  const [done, setDone] = useState(false)
  const proved = async () => {
    await refetch()
    setDone(true)
    onDone?.()
  }
  if (!data) return null
  if (done) return <p>{t("signIn.proved")}</p>
  if (data.looksAs !== null)
    return (
      <Button size="xs" onClick={() => void lookAs(data.looksAs).then(proved)}>
        {t("mode.prove")}
      </Button>
    )
  return <Ways presence={data} purpose="prove" back={window.location.pathname} onDone={() => void proved()} />
}
