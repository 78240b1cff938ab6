import { Anchor, Button, Group, Text } from "@mantine/core"
import { IconBuilding, IconFingerprint } from "@tabler/icons-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ApiFailure } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { asFailure } from "../queries.ts"
import { goToProvider, type Presence, type Purpose, withPasskey } from "./presence.ts"

interface WaysProps {
  presence: Presence
  purpose: Purpose
  code?: string
  label?: string
  /** Where the page goes when the provider sends it back. */
  back: string
  onDone: () => void
}

/** The ways in that this node has, as buttons. */
export function Ways({ presence, purpose, code, label, back, onDone }: WaysProps) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState<"provider" | "passkey" | null>(null)
  const named = presence.passkeys === window.location.origin
  const go = async (way: "provider" | "passkey") => {
    setBusy(way)
    setFailure(null)
    const invitation = code === undefined ? {} : { code }
    try {
      if (way === "provider") return await goToProvider(purpose, { ...invitation, back })
      await withPasskey(purpose, { ...invitation, ...(label ? { label } : {}) })
      onDone()
    } catch (error) {
      setFailure(asFailure(error))
      setBusy(null)
    }
  }
  return (
    <>
      <Group gap="sm">
        {presence.provider !== null && purpose !== "add" && (
          <Button leftSection={<IconBuilding size={18} aria-hidden />} onClick={() => void go("provider")} loading={busy === "provider"}>
            {t("signIn.provider", { name: presence.provider })}
          </Button>
        )}
        {named && (
          <Button
            variant={presence.provider === null || purpose === "add" ? "filled" : "default"}
            leftSection={<IconFingerprint size={18} aria-hidden />}
            onClick={() => void go("passkey")}
            loading={busy === "passkey"}
          >
            {t(purpose === "enrol" || purpose === "add" ? "signIn.makePasskey" : "signIn.passkey")}
          </Button>
        )}
      </Group>
      {!named && (
        <Text size="sm" mt="xs">
          {t("signIn.named")}{" "}
          <Anchor underline="always" href={`${presence.passkeys}${window.location.pathname}`}>
            {presence.passkeys}
          </Anchor>
        </Text>
      )}
      {failure && (
        <div className="gap-above">
          <FailureNote failure={failure} />
        </div>
      )}
    </>
  )
}
