import { Button, Group, Textarea } from "@mantine/core"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ApiFailure } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"

interface ReasonFormProps {
  /** What is decided, on the buttons; each gets the reason. */
  verbs: readonly { label: string; color?: string; run: (reason: string) => void }[]
  running: boolean
  failure: ApiFailure | null
  help?: ReactNode
  least?: number
  children?: ReactNode
}

/** Nothing is decided without a reason. */
export function ReasonForm({ verbs, running, failure, help, least = 3, children }: ReasonFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState("")
  return (
    <form onSubmit={(e) => e.preventDefault()} noValidate className="reason-form">
      {children}
      <Textarea
        label={t("authority.reason")}
        description={help ?? t("authority.reasonHelp")}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
        maw={560}
        autosize
        minRows={2}
        dir="auto"
      />
      <Group gap="xs" mt="xs">
        {verbs.map(({ label, color, run }) => (
          <Button
            key={label}
            size="compact-sm"
            loading={running}
            disabled={reason.trim().length < least}
            {...(color ? { color, variant: "light" } : {})}
            onClick={() => run(reason.trim())}
          >
            {label}
          </Button>
        ))}
      </Group>
      {failure && <FailureNote failure={failure} />}
    </form>
  )
}
