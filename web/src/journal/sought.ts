import type { JournalSought, JournalTree } from "./answers.ts"

/** What the address of the page says is looked for, so that a list can be sent to somebody. */
export type Sought = Partial<JournalSought> & { from?: number }

const FIELDS = ["kind", "actor", "concerning", "procedure", "since", "until", "text"] as const

export const ENTRY_KINDS = [
  "collection",
  "alteration",
  "consultation",
  "disclosure",
  "combination",
  "erasure",
  "decision",
  "job",
  "sign-in",
] as const

export const treeIn = (value: unknown): JournalTree => (value === "decisions" ? "decisions" : "access")

export function soughtIn(search: Record<string, unknown>): Sought {
  const sought: Sought = { tree: treeIn(search.tree) }
  for (const field of FIELDS) {
    const value = search[field]
    if (typeof value === "string" && value.trim() !== "") sought[field] = value.trim()
  }
  return typeof search.from === "number" && Number.isInteger(search.from) && search.from >= 0 ? { ...sought, from: search.from } : sought
}
