import type { Item } from "../types.ts"

const ORDER = ["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]

export interface JoinedMarking {
  classification: string
  handlingC: boolean
  /** Handling codes other than P and C, as given. */
  codes: string[]
  conditions: string[]
  originators: string[]
  notInEvidence: boolean
  items: number
}

const united = (lists: readonly string[][]): string[] => [...new Set(lists.flat())].sort()

/** The marking of what rests on all of these: highest classification, every condition, every originator. Null for nothing. */
export function joined(items: readonly Item[]): JoinedMarking | null {
  if (items.length === 0) return null
  const known = items.map((i) => ORDER.indexOf(i.classification))
  // A classification that this page does not know counts as the highest.
  const strange = items.find((i) => !ORDER.includes(i.classification))
  const handling = items.map((i) => i.handling.toUpperCase())
  return {
    classification: strange?.classification ?? ORDER[Math.max(...known)]!,
    handlingC: handling.some((h) => /^C\b/.test(h)),
    codes: united(handling.map((h) => h.match(/\bH[0-3]\b/g) ?? [])),
    conditions: united(items.map((i) => i.conditions)),
    originators: united(items.map((i) => [i.originator])),
    notInEvidence: items.some((i) => i.notInEvidence),
    items: items.length,
  }
}
