import { notifyManager } from "@tanstack/react-query"
import { useSyncExternalStore } from "react"
import { joinAll } from "#vocabulary/marking-join"
import { type Mark, markNoted } from "../marks.ts"
import { queryClient } from "../queries.ts"

/** The join of the marks of all answers that stand on the screen; null while none rests on material. As text, so that equal ones are one. */
function shown(): string {
  const active = queryClient
    .getQueryCache()
    .getAll()
    .filter((q) => q.isActive() && q.state.data !== undefined)
    .flatMap(({ queryKey: [name, input] }) => markNoted(String(name), input) ?? [])
  if (active.length === 0) return ""
  return JSON.stringify({
    marking: joinAll(active.map((m) => m.marking)),
    withheld: [...new Set(active.flatMap((m) => m.withheld))].sort(),
  })
}

/** How closely what is on the screen must be held. */
export function useShownMark(): Pick<Mark, "marking" | "withheld"> | null {
  // A screen that begins to ask does so while it is drawn: whoever is told of it is drawn after that.
  const text = useSyncExternalStore((told) => queryClient.getQueryCache().subscribe(notifyManager.batchCalls(told)), shown)
  return text === "" ? null : (JSON.parse(text) as Pick<Mark, "marking" | "withheld">)
}
