import { createHmac } from "node:crypto"
import type { Numbered } from "#journal"

/** What can be dip-sampled, and which entries of the journal it is. */
export const POOLS = {
  reasons: {
    title: "Reasons given for looking, telling and deciding",
    takes: (e: Numbered) => e.header.ground !== null && e.header.actor !== "node",
  },
  // Everywhere else protected people are masked: where a record or a file is opened, they are read as they stand.
  unmaskings: {
    title: "Records and files that were opened, in which protected people are not masked",
    takes: (e: Numbered) => /^(records\.show|evidence\.bytes)$/.test(e.header.procedure ?? ""),
  },
  liftings: {
    title: "Protection that was lifted, or asked to be",
    takes: (e: Numbered) => e.tree === "decisions" && /-lifting$/.test(e.header.procedure ?? ""),
  },
  restrictions: {
    title: "Rights of data subjects that were restricted",
    takes: (e: Numbered) => e.header.procedure === "safeguards.request-decide",
  },
} as const satisfies Record<string, { title: string; takes: (entry: Numbered) => boolean }>
export type Pool = keyof typeof POOLS
export const POOL_IDS = Object.keys(POOLS) as [Pool, ...Pool[]]

const place = (e: Numbered): string => `${e.tree}:${e.n}`

/**
 * So many entries of a pool, drawn by a seed that neither side chooses: the root of the journal as it stood when the sample was asked for.
 * Entries are put in the order of a keyed hash of their place, and the first ones are taken; whoever holds the journal draws the same
 * ones again, and nobody can say beforehand which they will be, since every entry's salt is part of the root.
 */
export function draw(pool: readonly Numbered[], seed: Buffer, size: number): Numbered[] {
  return pool
    .map((entry) => ({ entry, turn: createHmac("sha256", seed).update(place(entry)).digest("hex") }))
    .sort((a, b) => (a.turn < b.turn ? -1 : 1))
    .slice(0, size)
    .map((d) => d.entry)
}

/** Fields of an entry's payload that an inspector needs to judge a reason: what was said and decided, never names, numbers or texts. */
const NEEDED = new Set([
  "reason",
  "reasoning",
  "answers",
  "standing",
  "conduct",
  "decision",
  "ground",
  "outcome",
  "remark",
  "words",
  "kind",
  "step",
  "state",
  "scope",
])

/** As much of a payload as is needed: listed fields of the input, ids of what it was about, and the names of the other fields. */
export function needed(payload: unknown): { said: Record<string, unknown>; about: string[]; left: string[] } {
  const whole = (payload ?? {}) as { input?: Record<string, unknown>; about?: unknown }
  const input = typeof whole.input === "object" && whole.input !== null ? whole.input : {}
  const said = Object.fromEntries(Object.entries(input).filter(([name]) => NEEDED.has(name)))
  const left = Object.keys(input).filter((name) => !NEEDED.has(name))
  const about = Array.isArray(whole.about) ? whole.about.filter((id): id is string => typeof id === "string") : []
  return { said, about, left }
}
