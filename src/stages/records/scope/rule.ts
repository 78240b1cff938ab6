import { z } from "zod"
import { type Context, joinedMarking } from "#access"
import { fold } from "#names"
import { appendRows, createTable, type Engine, type Layout, literal } from "#store"
import { columnsOf, KIND_NAMES, KINDS, type KindName } from "#vocabulary/kinds"
import { seenWith } from "#vocabulary/markings"
import type { Identifier } from "#vocabulary/record"
import { columnName } from "../layout.ts"
import { type Mounted, mountRecords, viewOf } from "../mounted.ts"
import type { Normaliser } from "../writer.ts"

/**
 * What relates to the lawful purpose of a device seized on arrival (BSAIA 2025 s.26: information that relates or may relate to
 * ss.25/25A offences). A row is in scope when it meets the window and the kinds, and any one of words, identifiers, known
 * identifiers or records. An empty rule puts nothing in scope.
 */
export const ScopeRule = z.object({
  words: z.array(z.string().trim().min(2).max(80)).max(500).default([]).describe("in any text of the row, in any script's usual spellings"),
  identifiers: z.array(z.string().trim().min(3).max(80)).max(500).default([]).describe("numbers as written: rows with them"),
  knownIdentifiers: z.boolean().default(false).describe("rows with an identifier that is in scope elsewhere in this investigation"),
  records: z.array(z.string()).max(5000).default([]).describe("single rows, by the examiner"),
  rest: z.boolean().default(false).describe("all rows that nobody has decided on; only to put them out of scope"),
  kinds: z
    .array(z.enum(KIND_NAMES as [KindName, ...KindName[]]))
    .default([])
    .describe("only these kinds; none = all"),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type ScopeRule = z.infer<typeof ScopeRule>

const KNOWN: Layout = [["key", "VARCHAR"]]

/** Kinds of identifiers by which rows are held to concern the same thing. */
export const KNOWN_TYPES = "('phone','account','handle','email','wallet','iban')"

/**
 * Fills `known` with those of the device's identifiers of people and accounts that rows in scope hold; its own are not among them. Only of rows that
 * whoever sees the device may see: a row that came into scope would else tell what a hidden one holds.
 */
export async function fillKnown(ctx: Context, mounted: Mounted, wanted: boolean, accessClass: number): Promise<void> {
  await createTable(mounted.engine, "known", KNOWN)
  if (!wanted) return
  const own = await joinedMarking(ctx.tx, [accessClass])
  const classes: number[] = []
  for (const c of ctx.sight.classes) if (seenWith(own, await joinedMarking(ctx.tx, [c]))) classes.push(c)
  const keysOf = async (engine: Engine, where: string) =>
    (await engine.all<{ key: string }>(`select distinct key from mention where not owner and ${where}`)).map(({ key }) => [key])
  const inScope = await mountRecords(ctx.store, classes, { views: ["mention"] })
  try {
    await createTable(inScope.engine, "asked", KNOWN)
    await appendRows(inScope.engine, "asked", KNOWN, await keysOf(mounted.engine, "key is not null"))
    const known = await keysOf(inScope.engine, `valid and type in ${KNOWN_TYPES} and key in (select key from asked)`)
    await appendRows(mounted.engine, "known", KNOWN, known)
  } finally {
    inScope.close()
  }
}

/** The letters that keyboards of one language swap for another's, as `fold` does, inside SQL. */
const likeFold = (column: string): string => `translate(lower(${column}), 'يىكةھ', 'ییکەه')`

/** Rows of the engine's views that meet the rule, as `id, kind`. Needs the tables `ours` (the device's exhibits) and `known`. */
export function matching(rule: ScopeRule, normaliser: Normaliser): string {
  const window = [...(rule.from ? [`at_ms >= ${Date.parse(rule.from)}`] : []), ...(rule.to ? [`at_ms < ${Date.parse(rule.to)}`] : [])]
  const keys = rule.identifiers.flatMap((raw) => {
    const id: Identifier = { type: raw.includes("@") && !raw.startsWith("@") ? "email" : "phone", raw }
    const { key, valid } = normaliser.keyOf(id)
    return valid ? [key] : []
  })
  const words = [...new Set(rule.words.flatMap((w) => [fold(w), w.toLowerCase()]))].filter((w) => w !== "")
  const linked = [
    "select record from mention where key in (select key from known) and not owner",
    ...(keys.length > 0 ? [`select record from mention where key in (${keys.map(literal).join(",")})`] : []),
  ].join(" union ")
  const parts = KIND_NAMES.filter((k) => rule.kinds.length === 0 || rule.kinds.includes(k)).map((kind) => {
    const any = rule.rest ? ["true"] : [`id in (${linked})`]
    if (rule.records.length > 0) any.push(`id in (${rule.records.map(literal).join(",")})`)
    const texts = columnsOf(kind)
      .filter(([, c]) => c.type === "text")
      .map(([name]) => name)
      .filter((name) => (KINDS[kind].freeText as readonly string[]).includes(name) || name === "label" || name === "threadTitle")
    for (const column of texts) for (const word of words) any.push(`contains(${likeFold(columnName(column))}, ${literal(word)})`)
    return `select id, '${kind}' as kind from ${viewOf(kind)} where exhibit in (select exhibit from ours) ${window.map((w) => `and ${w}`).join(" ")} and (${any.join(" or ")})`
  })
  return parts.join(" union all ")
}
