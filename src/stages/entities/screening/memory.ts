import type { Digests, Hit } from "./hits.ts"
import type { HitRow, HitState, ScreeningDecisionRow } from "./sql.ts"

const SIDES = { listing: "the listing", person: "what is held of the person" } as const
const PARTS = { names: "names", births: "birth dates", identifiers: "numbers" } as const

/** What changed between two states of both sides, as stable codes: `listing.names`, `person.births` … */
export function changesOf(was: { person: Digests; listing: Digests }, is: { person: Digests; listing: Digests }): string[] {
  return (Object.keys(SIDES) as (keyof typeof SIDES)[]).flatMap((side) =>
    (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((part) => (was[side][part] === is[side][part] ? [] : [`${side}.${part}`])),
  )
}

/** A code of `changesOf` or of a hit that went, in words. */
export function wordsOf(code: string): string {
  const [side, part] = code.split(".") as [keyof typeof SIDES, keyof typeof PARTS]
  return GONE[code] ?? `${PARTS[part]} of ${SIDES[side]} changed`
}

const GONE: Readonly<Record<string, string>> = {
  "gone.entry": "the list has this entry no more",
  "gone.person": "nobody who may be compared bears these keys any more",
  "gone.weight": "the two fit less than a hit needs",
}

const overlap = (a: readonly string[], b: readonly string[]): boolean => a.some((key) => b.includes(key))

/** The last decision about these two, whatever else the person was joined with since. */
export function decisionOn(
  decisions: readonly ScreeningDecisionRow[],
  { keys, entry }: { keys: readonly string[]; entry: string },
): ScreeningDecisionRow | null {
  return decisions.findLast((d) => d.entry === entry && overlap(d.keys, keys)) ?? null
}

/** A decided "not him" is silent until either side's evidence is another than it was decided on. */
export const isSilent = (decision: ScreeningDecisionRow | null, hit: { person: Digests; listing: Digests }): boolean =>
  decision?.decision === "not-him" && changesOf(decision, hit).length === 0

/** The hits of a run beside those of the run before: what is new, what changed and why, what is gone and why. */
export function deltaOf(
  run: string,
  before: readonly HitRow[],
  hits: readonly Hit[],
  there: { entries: ReadonlySet<string>; keys: ReadonlySet<string> },
): HitRow[] {
  const old = before.filter((h) => h.state !== "gone")
  const met = new Set<HitRow>()
  const out = hits.map((hit): HitRow => {
    const was = old.find((h) => h.entry === hit.entry && !met.has(h) && overlap(h.keys, hit.keys))
    if (was) met.add(was)
    const because = was ? changesOf(was, hit) : []
    const state: HitState = !was ? "new" : because.length > 0 ? "changed" : "same"
    const { entry, entity, keys, list, weight, person, listing } = hit
    return { run, entry, entity, keys, list, weight, person, listing, state, because }
  })
  const listed = new Set(out.map((h) => `${h.entity} ${h.entry}`))
  for (const was of old) {
    if (met.has(was) || listed.has(`${was.entity} ${was.entry}`)) continue
    const code = !there.entries.has(was.entry) ? "gone.entry" : !was.keys.some((k) => there.keys.has(k)) ? "gone.person" : "gone.weight"
    out.push({ ...was, run, state: "gone", because: [code] })
  }
  return out
}
