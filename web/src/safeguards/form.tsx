import { NativeSelect, Text, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { type ApiFailure, ask } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { forget } from "../queries.ts"
import type { SafeguardValues } from "./types.ts"

/** A decision of one of these screens. What was shown before it is asked anew. */
export function useDecision<N extends keyof SafeguardValues>(name: N, onDone?: (answer: SafeguardValues[N][1]) => void) {
  const client = useQueryClient()
  return useMutation<SafeguardValues[N][1], ApiFailure, SafeguardValues[N][0]>({
    mutationFn: (input) => ask(name, input) as Promise<SafeguardValues[N][1]>,
    onSuccess: async (answer) => {
      await forget(client)
      onDone?.(answer)
    },
  })
}

/** How a decision ended. */
export function Ended({ of }: { of: { error: ApiFailure | null; isSuccess: boolean } }) {
  const { t } = useTranslation()
  if (of.error) return <FailureNote failure={of.error} />
  return of.isSuccess ? (
    <Text size="sm" role="status">
      {t("care.done")}
    </Text>
  ) : null
}

interface FieldProps {
  label: string
  value: string
  onChange: (value: string) => void
}

export const Line = ({ label, value, onChange, ...more }: FieldProps & { required?: boolean; type?: string; description?: string }) => (
  <TextInput label={label} value={value} onChange={(e) => onChange(e.currentTarget.value)} dir="auto" size="sm" {...more} />
)

export const Lines = ({ label, value, onChange, ...more }: FieldProps & { required?: boolean; description?: string }) => (
  <Textarea
    label={label}
    value={value}
    onChange={(e) => onChange(e.currentTarget.value)}
    dir="auto"
    autosize
    minRows={2}
    size="sm"
    {...more}
  />
)

export function Choice<K extends string>({
  label,
  value,
  onChange,
  of,
  word,
}: {
  label: string
  value: K
  onChange: (value: K) => void
  of: readonly K[]
  word: (id: K) => string
}) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value}
      onChange={(e) => onChange(e.currentTarget.value as K)}
      data={of.map((id) => ({ value: id, label: word(id) }))}
    />
  )
}

/** A text that leaves the node: as it is, in its own direction. */
export function Draft({ text, label, dir = "auto" }: { text: string; label: string; dir?: "ltr" | "rtl" | "auto" }) {
  return (
    <section className="draft" aria-label={label} dir={dir}>
      {text}
    </section>
  )
}
