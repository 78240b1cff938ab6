import { useNavigate, useSearch } from "@tanstack/react-router"
import { useCallback } from "react"

/** The record that the address opens beside whatever is on screen, so that it can be sent to a colleague. */
export function useOpenRecord(): { record: string | undefined; open: (record: string) => void; close: () => void } {
  const { record } = useSearch({ strict: false }) as { record?: string }
  const navigate = useNavigate()
  const open = useCallback(
    (id: string) =>
      void navigate({ to: ".", search: (before: Record<string, unknown>) => ({ ...before, record: id }), resetScroll: false }),
    [navigate],
  )
  const close = useCallback(
    () =>
      void navigate({
        to: ".",
        search: ({ record: _, ...rest }: Record<string, unknown>) => rest,
        resetScroll: false,
      }),
    [navigate],
  )
  return { record, open, close }
}
