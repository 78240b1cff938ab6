import { compareNames, key as nameKey, tokenKeys, wordsOf } from "#names"
import { type Claim, weightOf } from "./unite.ts"

/** Somebody's full name as one source gives it: the identity it is given to, and where. */
export interface NamedKey {
  key: string
  name: string
  items: number
  records: string[]
}

/** Names that agree this strongly, across scripts or not, are one name. */
const SAME_NAME = 0.9
/** One word is what thousands are called. */
const FEWEST_WORDS = 2
/** Of fewer words that agree, one more on one side is another name as likely as a title: Hawrê is a comrade, and what a grandfather is called. */
const ENOUGH_WORDS = 3

/** An identity with a number is joined to a bare name only when this many seized things know it by that name. */
const FEWEST_ITEMS = 2

/** The key under which a full name is compared with others; null for what is no full name. */
export function blockOf(name: string): string | null {
  const words = wordsOf(name).filter((w) => w.kind !== "initial")
  return words.length < FEWEST_WORDS ? null : nameKey(name)
}

/**
 * One person by full name, where nothing is known but names: a name that stands alone (a report's subject, a consignee, somebody spoken
 * of) and the only identity in the investigation that bears it. Both sides must be unique: as soon as two identities bear a name that
 * agrees in any order, nobody is joined, and a protected person is never joined by a name. Whoever is joined bears the words in one order: own
 * name, father's, father's father's; in another order they are somebody else's. Each is a slight claim that says its reason.
 *
 * `rootOf` gives the person that surer claims have already made of a key. Pure; independent of the order of its input.
 */
export function fullNameClaims(
  named: readonly NamedKey[],
  rootOf: (key: string) => string,
  isProtected: (root: string) => boolean,
): Claim[] {
  const blocks = new Map<string, NamedKey[]>()
  for (const n of named) {
    const block = blockOf(n.name)
    if (block === null) continue
    const at = blocks.get(block)
    if (at) at.push(n)
    else blocks.set(block, [n])
  }
  const out: Claim[] = []
  for (const [, block] of [...blocks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bearers = Map.groupBy(block, (n) => rootOf(n.key))
    if (bearers.size < 2) continue
    // A bare name joins nobody who also bears another number's identity: the only bearer with an identifier is the one to join.
    const roots = [...bearers.keys()].sort()
    const bare = roots.filter((r) => bearers.get(r)!.every((n) => n.key.startsWith("name:")) && r.startsWith("name:"))
    const known = roots.filter((r) => !bare.includes(r))
    if (known.length > 1 || roots.some(isProtected)) continue
    const inOrder = Map.groupBy(block, (n) => orderOf(n.name))
    for (const [, same] of [...inOrder].sort(([x], [y]) => (x < y ? -1 : 1))) {
      const own = Map.groupBy(same, (n) => rootOf(n.key))
      // One address book is too little to hang a report's name on somebody's number: whom it means may be in no address book at all.
      const widely = known.filter((r) => own.get(r)?.some((n) => n.items >= FEWEST_ITEMS))
      const [first, ...rest] = [...widely, ...bare.filter((r) => own.has(r))]
      for (const root of rest) out.push(...claimOf(chosen(own.get(first!)!), chosen(own.get(root)!)))
    }
  }
  return out
}

/** Keys of the words in their order; where they are few, with how many there are when titles count, too. */
function orderOf(name: string): string {
  const keys = tokenKeys(name)
  const written = name.split(/[^\p{L}\p{M}]+/u).filter(Boolean)
  return [...keys, ...(keys.length < ENOUGH_WORDS ? [written.length] : [])].join(" ")
}

/** One claim, or none where the names do not agree. */
function claimOf(one: NamedKey, other: NamedKey): Claim[] {
  const alike = compareNames(one.name, other.name)
  if (alike.score < SAME_NAME) return []
  const [a, b] = one.key < other.key ? [one, other] : [other, one]
  return [
    {
      a: a.key,
      b: b.key,
      weight: weightOf("slight", Math.min(a.items, b.items)),
      rule: "full-name",
      reason: `the full names “${a.name}” and “${b.name}” agree (${alike.reasons.slice(0, 3).join("; ")}), and nobody else in this investigation bears them`,
      items: Math.min(a.items, b.items),
      records: [...new Set([...a.records.slice(0, 3), ...b.records.slice(0, 2)])].sort(),
    },
  ]
}

/** The fullest spelling of one bearer, the most widespread first. */
function chosen(names: readonly NamedKey[]): NamedKey {
  return [...names].sort(
    (x, y) => y.items - x.items || y.name.length - x.name.length || (x.key < y.key ? -1 : x.key > y.key ? 1 : x.name < y.name ? -1 : 1),
  )[0]!
}
