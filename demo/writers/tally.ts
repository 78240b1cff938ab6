import type { KindName } from "#vocabulary/kinds"

/** How many records of each kind a file holds, and how many units in it cannot be read. What intake must come to. */
export interface FileCount {
  /** Path below `evidence/`. */
  path: string
  kinds: Partial<Record<KindName, number>>
  rejected: number
}

export function countFor(path: string, kinds: Partial<Record<KindName, number>>, rejected = 0): FileCount {
  return { path, kinds: Object.fromEntries(Object.entries(kinds).filter(([, n]) => n > 0)), rejected }
}
