import { Button, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../../api.ts"
import { FailureNote } from "../../parts/FailureNote.tsx"
import { forget } from "../../queries.ts"

/** Takes back a statement, by another row with its reason. */
export function Withdrawal({ statement, investigation }: { statement: string; investigation: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState("")
  const state = useMutation<{ statement: string }, ApiFailure>({
    mutationFn: () => ask("entities.withdraw-attribution", { investigation, statement, reason }),
    onSuccess: () => forget(client),
  })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    state.mutate()
  }
  return (
    <form onSubmit={submit} className="attribution-withdraw" noValidate>
      <TextInput
        size="xs"
        aria-label={t("attribution.withdrawReason")}
        placeholder={t("attribution.withdrawReason")}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Button type="submit" size="compact-xs" variant="default" loading={state.isPending}>
        {t("attribution.withdraw")}
      </Button>
      {state.error && <FailureNote failure={state.error} />}
    </form>
  )
}
