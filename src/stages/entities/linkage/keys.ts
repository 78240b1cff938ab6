import { aloud, tokenKeys } from "#names"
import { type Engine, fill } from "#store"
import { addressOf } from "../comparators/address.ts"
import { isDefaultBirth } from "../comparators/birth-date.ts"
import { isOfficeMail } from "../comparators/email.ts"
import { type Packed, SEVERAL } from "./packed.ts"

/**
 * Which fragments are worth comparing: those that share a key. A key is one atom, or two of different kinds, that together are rare enough
 * by this frozen table; how many fragments the sight holds with it plays no part. What is too common is not used, and is counted.
 */

/** What a key must be worth at most, in bits: a key of 20 bits is shared with a stranger by chance by each of a million people. */
const HIGHEST_FLOOR = 25
/** Below this no key is worth anything, however few fragments there are. */
const LOWEST_FLOOR = 10

/**
 * What a key must be worth in a sight of this many fragments, in bits: part of the parameters that are learnt on one sight. It moves by
 * whole bits with powers of two, so that few more fragments change nothing.
 */
export const floorFor = (fragments: number): number =>
  Math.max(LOWEST_FLOOR, Math.min(HIGHEST_FLOOR, Math.ceil(Math.log2(Math.max(2, fragments))) + 3))

/** Kinds of atoms, and the pairs of kinds that make a key. */
const ATOMS = [
  "name",
  "birth",
  "month",
  "postcode",
  "town",
  "street",
  "document",
  "phone",
  "email",
  "mailbox",
  "employer",
  "photo",
] as const
type AtomKind = (typeof ATOMS)[number]
const PAIRS: readonly (readonly [AtomKind, AtomKind])[] = [
  ["name", "name"],
  ["name", "birth"],
  ["name", "month"],
  ["name", "postcode"],
  ["name", "town"],
  ["name", "street"],
  ["name", "phone"],
  ["name", "email"],
  ["name", "mailbox"],
  ["birth", "postcode"],
  ["birth", "town"],
  ["birth", "street"],
  ["birth", "mailbox"],
  ["name", "employer"],
  ["postcode", "street"],
  ["town", "street"],
]

/** Sounds of names that a great many bear, in this trade's countries. */
const COMMON_NAMES = new Set(
  tokenKeys(
    "mohammed ahmed ali hassan hussein omar mustafa ibrahim abdullah khalid karim mahmoud fatima maryam john david michael maria anna thomas james robert smith jones williams brown wilson taylor nguyen",
  ),
)

const bitsOfSound = (sound: string): number =>
  COMMON_NAMES.has(sound) ? 7 : sound.length <= 1 ? 3 : sound.length === 2 ? 7 : sound.length === 3 ? 9 : 11

/** Bits of a number's characters: digits as a random number would have them, letters as few are used. */
const bitsOfCode = (code: string): number => Math.floor([...code].reduce((sum, c) => sum + (c >= "0" && c <= "9" ? 3.3 : 2), 0))

/** Towns that a great many live in are no key with anything but a birth date or a street. */
const BITS = { birth: 15, defaultBirth: 7, month: 10, town: 7, streetAndHouse: 15, street: 9, email: 24, office: 5, employer: 7, photo: 25 }

/** What people write where they have nothing to write. */
const PLACEHOLDER =
  /^(?:n\/?a|none|unknown|unbekannt|inconnu|null|nil|x+|0+|9{5,}|1234567\d*|not known|no fixed abode|nfa|-+|test|test@.*|none@.*)$/i

interface Atom {
  kind: AtomKind
  text: string
  bits: number
}

function ofNames(value: string): Atom[] {
  return [...new Set(tokenKeys(aloud(value) ?? value))]
    .filter((s) => s !== "")
    .map((text) => ({ kind: "name", text, bits: bitsOfSound(text) }))
}

const ATOMS_OF: Readonly<Partial<Record<keyof Packed["code"], (value: string) => Atom[]>>> = {
  given: ofNames,
  family: ofNames,
  whole: ofNames,
  native: ofNames,
  birth: (value) => {
    if (value.length < 8) return []
    const out: Atom[] = [{ kind: "birth", text: value, bits: isDefaultBirth(value) ? BITS.defaultBirth : BITS.birth }]
    // Day and month exchanged is the same key: the smaller reading stands for both.
    const [year, month, day] = [value.slice(0, 4), value.slice(4, 6), value.slice(6, 8)]
    if (month !== day && Number(day) <= 12) out[0]!.text = month < day ? value : year + day + month
    if (!isDefaultBirth(value)) out.push({ kind: "month", text: year + (Number(day) <= 12 && day < month ? day : month), bits: BITS.month })
    return out
  },
  postcode: (value) => {
    const text = value
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "")
      .slice(0, 8)
    return text.length < 3 ? [] : [{ kind: "postcode", text, bits: Math.min(17, Math.round(bitsOfCode(text) * 0.85)) }]
  },
  locality: (value) => {
    const text = value
      .toLowerCase()
      .normalize("NFD")
      .replace(/[^\p{L}]+/gu, "")
    return text.length < 3 ? [] : [{ kind: "town", text, bits: BITS.town }]
  },
  street: (value) => {
    const { numbers, words, behind } = addressOf(value)
    const house = numbers[0]
    const longest = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 2)
    const kept = [...new Set(behind === null ? longest : [...longest, behind])]
    const at = (text: string): Atom => ({ kind: "street", text, bits: house === undefined ? BITS.street : BITS.streetAndHouse })
    const streets = kept.map((word) => at(house === undefined ? word : `${house} ${word}`))
    // Where streets have numbers and no names.
    return numbers.length > 1 ? [...streets, at(numbers.slice(0, 2).join(" "))] : streets
  },
  document: several((value) => {
    const text = value.replace(/@.*$/, "")
    return [{ kind: "document", text, bits: bitsOfCode(text) }]
  }),
  phone: several((value) => {
    const text = value.replace(/\D/g, "").slice(-9)
    return text.length < 7 ? [] : [{ kind: "phone", text, bits: text.length < 9 ? 19 : 24 }]
  }),
  employer: (value) =>
    tokenKeys(value)
      .filter((s) => s.length > 2)
      .map((text) => ({ kind: "employer", text, bits: BITS.employer })),
  photo: several((text) => [{ kind: "photo", text, bits: BITS.photo }]),
  email: several((value) => {
    const at = value.indexOf("@")
    const local = at === -1 ? value : value.slice(0, at)
    const whole: Atom = { kind: "email", text: value, bits: isOfficeMail(value) ? BITS.office : BITS.email }
    return local.length < 5 || isOfficeMail(value) ? [whole] : [whole, { kind: "mailbox", text: local, bits: 14 }]
  }),
}

function several(of: (value: string) => Atom[]): (value: string) => Atom[] {
  return (cell) => cell.split(SEVERAL).flatMap((value) => (PLACEHOLDER.test(value) ? [] : of(value)))
}

/** What was not used as a key because the table holds it for too common, by kinds. */
export interface Unused {
  kinds: string
  fragments: number
}

/**
 * Fills `pair` (a, b; a < b): fragments of `fragment` (i and the columns of `Packed`) that share a key. Depends on the fragments' own values only: a pair is in it or
 * not whoever else there is.
 */
export async function fillPairs(
  engine: Engine,
  table: Packed,
  floor: number,
  { from, which }: { from: string; which?: string } = { from: "fragment" },
): Promise<{ keys: number; pairs: number; unused: Unused[] }> {
  const atoms: [string, string, number, string, number][] = []
  for (const [column, of] of Object.entries(ATOMS_OF) as [keyof Packed["code"], (value: string) => Atom[]][])
    table.values[column].forEach((value, code) => {
      if (code === 0) return
      for (const { kind, text, bits } of of(value)) atoms.push([column, value, ATOMS.indexOf(kind), text, bits])
    })
  await fill(
    engine,
    "atom_of_value",
    [
      ["col", "VARCHAR"],
      ["value", "VARCHAR"],
      ["kind", "INTEGER"],
      ["text", "VARCHAR"],
      ["bits", "INTEGER"],
    ],
    atoms,
  )
  const columns = Object.keys(ATOMS_OF)
  await engine.exec(`create temp table atom as select distinct i, kind, hash(kind, text) as h, bits from (
    ${columns.map((c) => `select f.i, v.kind, v.text, v.bits from ${from} f join atom_of_value v on v.col = '${c}' and v.value = f.${c}`).join(" union all ")})`)
  await engine.exec("drop table atom_of_value")
  const kindOf = (kind: AtomKind) => ATOMS.indexOf(kind)
  const allowed = PAIRS.map(([x, y]) => `(${kindOf(x)}, ${kindOf(y)})`).join(",")
  await engine.exec(`create temp table pair_key as
    select h as k, i from atom where bits >= ${floor}
    union all
    select hash(least(x.h, y.h), greatest(x.h, y.h)) as k, x.i from atom x join atom y on x.i = y.i and (x.kind < y.kind or (x.kind = y.kind and x.h < y.h))
      where x.bits + y.bits >= ${floor} and x.bits < ${floor} and y.bits < ${floor} and (x.kind, y.kind) in (${allowed})`)
  const unused = await engine.all<{ kind: number; fragments: number }>(
    `select kind, count(distinct i)::int as fragments from atom a where bits < ${floor} and not exists (select 1 from atom b where b.i = a.i and b.h <> a.h and a.bits + b.bits >= ${floor}) group by kind order by kind`,
  )
  await engine.exec("drop table atom")
  await engine.exec(
    which === undefined
      ? "create temp table pair as select distinct x.i as a, y.i as b from pair_key x join pair_key y on x.k = y.k and x.i < y.i"
      : `create temp table pair as select distinct x.i as a, y.i as b
         from (select k, f.* from pair_key join ${from} f using (i)) x join (select k, f.* from pair_key join ${from} f using (i)) y on x.k = y.k and x.i < y.i and (${which})`,
  )
  const [counts] = await engine.all<{ keys: number; pairs: number }>(
    "select (select count(*) from pair_key)::int as keys, (select count(*) from pair)::int as pairs",
  )
  await engine.exec("drop table pair_key")
  return { ...counts!, unused: unused.map(({ kind, fragments }) => ({ kinds: ATOMS[kind]!, fragments })) }
}
