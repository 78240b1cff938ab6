import type { linkage } from "#kernels"
import { type Engine, literal } from "#store"
import type { InForce } from "../identity/state.ts"
import type { People } from "../people.ts"
import { HELD } from "./claims.ts"
import { fillFragments } from "./fragments.ts"
import { forbidden } from "./limits.ts"
import { type Compared, compareFragments, learntSet, link, shippedSet, strangersOf, weighed, weigher } from "./link.ts"
import { FEWEST_DECIDED, FEWEST_OF_EACH, FEWEST_TO_LEARN, type ParameterSet, type ParameterSource } from "./parameters.ts"

/** A pair of fragments, by their keys, that would be joined or parted, with what it weighs where it is joined. */
export interface ChangedPair {
  a: string
  b: string
  change: "join" | "part"
  weight: number
}

/** Decided pairs, and how many of each sort a set would hold for one. */
export interface Answered {
  same: number
  sameHeld: number
  other: number
  otherHeld: number
}

export interface Proposal {
  source: ParameterSource
  /** Null where there is too little to learn from; `missing` says what. */
  set: ParameterSet | null
  missing: string | null
  changes: ChangedPair[]
  answered: Answered
}

export interface Proposals {
  fragments: number
  pairs: number
  /** Pairs that are held with the parameters in force. */
  held: number
  /** Decided pairs of fragments that no limit keeps apart: what can be learnt from. */
  decided: { same: number; other: number }
  proposals: Proposal[]
}

interface DecidedPair {
  a: number
  b: number
  same: boolean
}

/** The set in force as the picture was made with it; null where there was nothing to link. */
export async function setInForce(
  people: People,
): Promise<{ set: ParameterSet; adopted: boolean; fragments: number; pairs: number } | null> {
  const [row] = await (await people.structure()).all<{ parameters: string; adopted: boolean; fragments: number; pairs: number }>(
    "select parameters, adopted, fragments, pairs from linkage_set",
  )
  return row ? { ...row, set: JSON.parse(row.parameters) as ParameterSet } : null
}

/**
 * What could be adopted in this picture, and what each set would change: shipped chances, those that are learnt on the sight alone, and
 * those that are learnt with what people decided on pairs of rows. Follows from the picture and the decisions alone.
 */
export async function proposalsOf(people: People, decisions: readonly InForce[]): Promise<Proposals> {
  const engine = await people.structure()
  const own = await setInForce(people)
  if (!own) return { fragments: 0, pairs: 0, held: 0, decided: { same: 0, other: 0 }, proposals: [] }
  await fillFragments(engine)
  const keys = (await engine.all<{ key: string }>("select key from fragment order by i")).map((r) => r.key)
  const compared = await compareFragments(engine)
  const now = own.set.floor === compared.floor ? weighed(compared, own.set, own.adopted) : await link(engine, own.set)
  const held = heldIn(now)
  const pairs = await decidedPairs(engine, decisions, keys)
  const open = pairs.filter((p) => forbidden(compared.compare(p.a, p.b)) === null)
  const decided = { same: open.filter((p) => p.same).length, other: open.filter((p) => !p.same).length }

  const enough = compared.table.size >= FEWEST_TO_LEARN
  const strangers = enough ? strangersOf(compared) : null
  const tooFew = `fewer than ${FEWEST_TO_LEARN} rows of registers in your sight`
  const undecided =
    decided.same + decided.other < FEWEST_DECIDED || Math.min(decided.same, decided.other) < FEWEST_OF_EACH
      ? `fewer than ${FEWEST_DECIDED} decided pairs of rows, or fewer than ${FEWEST_OF_EACH} of them the same or not the same`
      : null
  const drafts: readonly { source: ParameterSource; set: ParameterSet | null; missing: string | null }[] = [
    { source: "shipped", set: shippedSet(compared), missing: null },
    { source: "learnt", set: strangers && learntSet(compared, strangers), missing: strangers ? null : tooFew },
    {
      source: "decisions",
      set: strangers && undecided === null ? learntSet(compared, strangers, patternsOf(compared, open)) : null,
      missing: strangers ? undecided : tooFew,
    },
  ]
  return {
    fragments: compared.table.size,
    pairs: compared.a.length,
    held: held.size,
    decided,
    proposals: drafts.map((draft) => {
      const then = draft.set && heldIn(weighed(compared, draft.set, false))
      return {
        ...draft,
        changes: then ? changesOf(held, then, compared.table.size, keys) : [],
        answered: answeredBy(then ?? new Map(), pairs, compared.table.size),
      }
    }),
  }
}

/** Weights of the pairs that are held, by both numbers in one. */
type Held = Map<number, number>
const numberOf = (a: number, b: number, size: number): number => (a < b ? a * size + b : b * size + a)

function heldIn(linked: ReturnType<typeof weighed>): Held {
  const weightOf = weigher(linked)
  const held: Held = new Map()
  for (let at = 0; at < linked.a.length; at++) {
    const weight = weightOf(at)
    if (weight !== null && weight >= HELD) held.set(numberOf(linked.a[at]!, linked.b[at]!, linked.table.size), weight)
  }
  return held
}

function changesOf(now: Held, then: Held, size: number, keys: readonly string[]): ChangedPair[] {
  const out: ChangedPair[] = []
  const add = (n: number, change: ChangedPair["change"], weight: number) => {
    const [a, b] = [keys[Math.floor(n / size)]!, keys[n % size]!].sort() as [string, string]
    out.push({ a, b, change, weight })
  }
  for (const [n, weight] of then) if (!now.has(n)) add(n, "join", weight)
  for (const [n, weight] of now) if (!then.has(n)) add(n, "part", weight)
  return out.sort((x, y) => (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1))
}

function answeredBy(held: Held, pairs: readonly DecidedPair[], size: number): Answered {
  const of = (same: boolean) => pairs.filter((p) => p.same === same)
  const kept = (all: readonly DecidedPair[]) => all.filter((p) => held.has(numberOf(p.a, p.b, size))).length
  return { same: of(true).length, sameHeld: kept(of(true)), other: of(false).length, otherHeld: kept(of(false)) }
}

function patternsOf({ compare }: Compared, pairs: readonly DecidedPair[]): Map<number, linkage.Decided> {
  const out = new Map<number, linkage.Decided>()
  for (const { a, b, same } of pairs) {
    const pattern = compare(a, b)
    const known = out.get(pattern) ?? { same: 0, other: 0 }
    out.set(pattern, same ? { ...known, same: known.same + 1 } : { ...known, other: known.other + 1 })
  }
  return out
}

/** Pairs of fragments that decisions are about: fragments that they name, and the one fragment that states an identifier which they name. */
async function decidedPairs(engine: Engine, decisions: readonly InForce[], keys: readonly string[]): Promise<DecidedPair[]> {
  const named = [...new Set(decisions.flatMap((d) => [...d.left, ...d.right]))]
  if (named.length === 0) return []
  const place = new Map(keys.map((key, i) => [key, i]))
  const stated = await engine.all<{ key: string; fragment: string }>(
    `select m.key, min(f.key) as fragment from m join fragment f using (record) where m.key in (${named.map(literal).join(",")}) and m.type <> 'fragment'
     group by m.key having count(distinct f.key) = 1`,
  )
  const byIdentifier = new Map(stated.map((s) => [s.key, place.get(s.fragment)!]))
  const numbered = (side: readonly string[]) => [...new Set(side.flatMap((key) => place.get(key) ?? byIdentifier.get(key) ?? []))]
  const out = new Map<string, DecidedPair>()
  for (const { decision, left, right } of decisions)
    for (const x of numbered(left))
      for (const y of numbered(right)) {
        const [a, b] = x < y ? [x, y] : [y, x]
        if (a !== b) out.set(`${a} ${b} ${decision}`, { a, b, same: decision === "same" })
      }
  return [...out.values()]
}
