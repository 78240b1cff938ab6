import { linkage } from "#kernels"
import { appendRows, createTable, type Engine, type Layout, type Row } from "#store"
import { COMPARATORS, FROZEN } from "../comparators/list.ts"
import { isCommonNumber } from "../comparators/neighbours.ts"
import { type Claim, GRADE_WEIGHT, type WeightPart } from "../unite.ts"
import { commonness } from "./commonness.ts"
import { fillFragments } from "./fragments.ts"
import { compareFragments, type Linked, link, shippedSet, weighed, weigher } from "./link.ts"
import { type ParameterSet, SOURCE_WORDS } from "./parameters.ts"
import { fillFragmentsOrTold } from "./stated.ts"

/** From here on two fragments are held to be of one person: odds of eight to one, after the odds of any two in the sight. */
export const HELD = 300
/** The parameters that a picture was made with; no row where there was nothing to link. */
const LINKAGE_SET: Layout = [
  ["parameters", "VARCHAR"],
  ["adopted", "BOOLEAN"],
  ["fragments", "BIGINT"],
  ["pairs", "BIGINT"],
]
/** No likeness is worth what a device says of itself. */
const MOST = GRADE_WEIGHT.firm - 1

/** What a pair's weight is made of, what says most first. */
function partsOf(linked: Linked, common: ReturnType<typeof commonness>, at: number): WeightPart[] {
  const pattern = linked.pattern[at]!
  const parts: WeightPart[] = COMPARATORS.flatMap((comparator, c) => {
    const level = linkage.levelOf(pattern, c)
    return level === 0 ? [] : [{ part: comparator.id, weight: linked.weights.levels[c]![level]!, words: comparator.levels[level]! }]
  })
  FROZEN.forEach((comparator, c) => {
    const level = linkage.levelOf(linked.frozen[at]!, c)
    if (comparator.weights[level] !== 0)
      parts.push({ part: comparator.id, weight: comparator.weights[level]!, words: comparator.levels[level]! })
  })
  const off = common(linked.a[at]!, linked.b[at]!, pattern)
  for (const name of ["given", "family", "whole"] as const)
    if (off[name] !== 0) parts.push({ part: `${name}-name`, weight: off[name], words: "a common name by the frozen table" })
  parts.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight) || (x.part < y.part ? -1 : 1))
  return [
    {
      part: "prior",
      weight: linked.weights.prior,
      words: `the odds that any two of these records are of one person; chances ${linked.adopted ? `adopted (${linked.hash.slice(0, 12)})` : SOURCE_WORDS[linked.set.source]}`,
    },
    ...parts,
  ]
}

/**
 * Claims between rows of registers that are held to be of one person: by what they state, weighed by Fellegi and Sunter's method. Whether two match
 * depends on the two and on the parameters: the adopted set, else what follows from the sight alone. Empty where no record states a person. Fills
 * `linkage_set` with what was used.
 */
export async function linkageClaims(engine: Engine, adopted: ParameterSet | null): Promise<Claim[]> {
  await createTable(engine, "linkage_set", LINKAGE_SET)
  await fillFragments(engine)
  const rows = await rowsOf(engine, "fragment")
  if (rows.length < 2) return []
  const linked = await link(engine, adopted)
  await appendRows(engine, "linkage_set", LINKAGE_SET, [[JSON.stringify(linked.set), linked.adopted, rows.length, linked.a.length]])
  return claimsOf(linked, rows)
}

const both = (column: string): string => `(x.${column} is not null and y.${column} is not null)`
const SAVED = "('contact', 'account')"
/**
 * Pairs of which one is told of, that no identifier makes one already, that are not two parties of one record, and that have more to compare than a
 * name, with which no limit lets anybody be joined. Of two numbers that were saved the same ones are one identifier.
 */
const APART = `coalesce(x.told, y.told) is not null and (x.own is null or y.own is null or x.own <> y.own) and x.record <> y.record
  and (${["document", "birth", "email", "employer", "photo"].map(both).join(" or ")}
    or (${both("phone")} and not (coalesce(x.told, '') in ${SAVED} and coalesce(y.told, '') in ${SAVED})))`

/**
 * The same between what is told of in other records, and between that and rows of registers. The chances are the shipped ones, whatever was
 * learnt or adopted: those speak of rows of registers. Needs `told` and `fragment`; fills `fragment_or_told`.
 */
export async function toldClaims(engine: Engine): Promise<Claim[]> {
  await fillFragmentsOrTold(engine)
  const rows = await rowsOf(engine, "fragment_or_told")
  if (rows.length < 2) return []
  const compared = await compareFragments(engine, undefined, { from: "fragment_or_told", which: APART, books: await booksOf(engine) })
  return claimsOf(weighed(compared, shippedSet(compared), false), rows)
}

/** The rare numbers in each book out of which somebody is told of, in digits. */
async function booksOf(engine: Engine): Promise<Map<string, Set<string>>> {
  const out = new Map<string, Set<string>>()
  for await (const rows of engine.stream<{ item: string; number: string }>(
    `select distinct item, regexp_replace(key, '[^0-9]', '', 'g') as number from m
     where kind = 'contact' and type = 'phone' and item in (select book from fragment_or_told) order by all`,
  ))
    for (const { item, number } of rows) {
      if (isCommonNumber(number)) continue
      const book = out.get(item)
      if (book) book.add(number)
      else out.set(item, new Set([number]))
    }
  return out
}

interface FragmentRow {
  key: string
  record: string
  item: string
}

const rowsOf = (engine: Engine, from: string): Promise<FragmentRow[]> =>
  engine.all<FragmentRow & Row>(`select key, record, item from ${from} order by i`)

function claimsOf(linked: Linked, rows: readonly FragmentRow[]): Claim[] {
  const weightOf = weigher(linked)
  const common = commonness(linked.table, linked.chances)
  const claims: Claim[] = []
  for (let at = 0; at < linked.a.length; at++) {
    const weight = weightOf(at)
    if (weight === null || weight < HELD) continue
    const [x, y] = [rows[linked.a[at]!]!, rows[linked.b[at]!]!]
    const [one, other] = x.key < y.key ? [x, y] : [y, x]
    const parts = partsOf(linked, common, at)
    claims.push({
      a: one.key,
      b: other.key,
      weight: Math.min(MOST, weight),
      rule: "linkage",
      reason: `what the records state of the person agrees: ${parts
        .filter((p) => p.part !== "prior" && p.weight > 0)
        .slice(0, 3)
        .map((p) => `${p.part} ${p.words}`)
        .join("; ")}`,
      items: x.item === y.item ? 1 : 2,
      records: [one.record, other.record],
      detail: parts,
    })
  }
  return claims.sort((x, y) => (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1))
}
