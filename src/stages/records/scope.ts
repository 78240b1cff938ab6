import { z } from "zod"
import { joinedMarking, procedure } from "#access"
import { examinable, insertScopeRule, selectExhibits, selectScopeRules } from "#evidence"
import { fold } from "#names"
import { appendRows, canonical, createTable, type Layout, literal, type Segment } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { columnsOf, KIND_NAMES, KINDS, type KindName } from "#vocabulary/kinds"
import { seenWith } from "#vocabulary/markings"
import type { Identifier } from "#vocabulary/record"
import { RecordView, recordView } from "./browse.ts"
import { columnName } from "./layout.ts"
import { type Mounted, mountRecords, viewOf } from "./mounted.ts"
import { Normaliser } from "./writer.ts"

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
  kinds: z
    .array(z.enum(KIND_NAMES as [KindName, ...KindName[]]))
    .default([])
    .describe("only these kinds; none = all"),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type ScopeRule = z.infer<typeof ScopeRule>

const Input = z.object({
  investigation: z.string().describe("name or id"),
  item: z.string().describe("the seized device: one at a time, on its own ground"),
  rule: ScopeRule,
  reason: z.string().trim().min(10).max(2000).describe("why this relates to the lawful purpose; signed by you"),
})

export const decideScope = procedure({
  name: "records.decide-scope",
  title: "Sign a rule that marks rows of one device as in scope",
  input: Input,
  output: z.object({ item: z.string(), moved: z.record(z.string(), z.number()), left: z.number() }),
  needs: "examine",
  effect: "decision",
  shape: "job",
  about: (input) => [input.item],
  run: async (ctx, { item, rule, reason }) => {
    const { store } = ctx
    const { classes } = ctx.sight
    const investigation = ctx.investigation!.id
    const { device, exhibits } = await store.register.transaction(
      async (tx) => ({
        device: (await examinable(tx, ctx, item, ["access", "examine", "copy", "retain"])).device,
        exhibits: (await selectExhibits(tx, { item })).map((e) => e.id),
      }),
      classes,
    )
    const mounted = await mountRecords(store, classes, { scope: "undecided", exhibits })
    try {
      await mounted.engine.exec(`create temp table ours as select unnest([${exhibits.map(literal).join(",")}]) as exhibit`)
      await createTable(mounted.engine, "known", KNOWN)
      if (rule.knownIdentifiers) await fillKnown(ctx, mounted, device.access_class)
      ctx.progress(0.2, "Looking for rows that meet the rule")
      await mounted.engine.exec(`create temp table hit as ${matches(rule, new Normaliser(device.region ?? undefined, item))}`)
      const moved = Object.fromEntries(
        (await mounted.engine.all<{ kind: string; n: number }>("select kind, count(*) as n from hit group by kind order by kind")).map(
          (r) => [r.kind, r.n],
        ),
      )
      const fresh: Segment[] = []
      const gone: string[] = []
      for (const [n, segment] of mounted.segments.entries()) {
        if (segment.dataset !== "mention" && !segment.dataset.startsWith("record-")) continue
        ctx.progress(0.3 + (0.6 * n) / mounted.segments.length, "Rewriting segments")
        const source = `read_parquet(${literal(`${store.folder}/${segment.path}`)})`
        const column = segment.dataset === "mention" ? "record" : "id"
        const chosen = `exhibit in (select exhibit from ours) and ${column} in (select id from hit)`
        const facts = { dataset: segment.dataset, accessClass: segment.accessClass, exhibits: segment.exhibits, version: segment.version }
        const inScope = await store.segments.fromQuery(mounted.engine, `select * from ${source} where ${chosen}`, { ...facts, scope: "in" })
        if (!inScope) continue
        const rest = await store.segments.fromQuery(mounted.engine, `select * from ${source} where not (${chosen})`, {
          ...facts,
          scope: "undecided",
        })
        fresh.push(inScope, ...(rest ? [rest] : []))
        gone.push(segment.id)
      }
      await ctx.commit({ item, rule, reason, moved }, async (tx) => {
        if (fresh.length > 0) await store.segments.list(tx, fresh, gone)
        await insertScopeRule(tx, {
          id: keyedId("dc_", store.nodeKey, investigation, item, canonical(rule), reason, ctx.caller.id, ctx.at),
          investigation,
          item,
          accessClass: device.access_class,
          rule,
          reason,
          signedBy: ctx.caller.id,
          signedAt: new Date(store.clock()),
          moved,
        })
      })
      const total = Object.values(moved).reduce((a, b) => a + b, 0)
      const [{ n }] = (await mounted.engine.all<{ n: number }>(
        `select ${KIND_NAMES.map((k) => `(select count(*) from ${viewOf(k)} where exhibit in (select exhibit from ours))`).join(" + ")} as n`,
      )) as [{ n: number }]
      return { item, moved, left: n - total }
    } finally {
      mounted.close()
    }
  },
})

const KNOWN: Layout = [["key", "VARCHAR"]]

/**
 * Identifiers of people and accounts that rows in scope hold; the device's own are not among them. Only of rows that whoever sees the
 * device may see: a row that came into scope would else tell what a hidden one holds.
 */
async function fillKnown(ctx: Parameters<typeof decideScope.run>[0], mounted: Mounted, accessClass: number): Promise<void> {
  const own = await joinedMarking(ctx.tx, [accessClass])
  const classes: number[] = []
  for (const c of ctx.sight.classes) if (seenWith(own, await joinedMarking(ctx.tx, [c]))) classes.push(c)
  const inScope = await mountRecords(ctx.store, classes)
  try {
    const keys = await inScope.engine.all<{ key: string }>(
      "select distinct key from mention where valid and not owner and type in ('phone','account','handle','email','wallet','iban')",
    )
    await appendRows(
      mounted.engine,
      "known",
      KNOWN,
      keys.map((k) => [k.key]),
    )
  } finally {
    inScope.close()
  }
}

/** The letters that keyboards of one language swap for another's, as `fold` does, inside SQL. */
const likeFold = (column: string): string => `translate(lower(${column}), 'يىكةھ', 'ییکەه')`

function matches(rule: ScopeRule, normaliser: Normaliser): string {
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
    const any = [`id in (${linked})`]
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

export const undecided = procedure({
  name: "records.undecided",
  title: "Rows of one device that nobody has decided on, for its examiner",
  input: z.object({
    investigation: z.string().describe("name or id"),
    item: z.string(),
    kind: z.enum(KIND_NAMES as [KindName, ...KindName[]]),
    limit: z.number().int().min(1).max(5000).default(200),
  }),
  output: z.array(RecordView),
  needs: "examine",
  effect: "read",
  shape: "value",
  run: async (ctx, { item, kind, limit }) => {
    const exhibits = await ctx.store.register.transaction(async (tx) => {
      await examinable(tx, ctx, item, ["access", "examine"])
      return (await selectExhibits(tx, { item })).map((e) => e.id)
    }, ctx.sight.classes)
    const mounted = await mountRecords(ctx.store, ctx.sight.classes, { scope: "undecided", exhibits })
    try {
      return (
        await mounted.engine.all(`select * from ${viewOf(kind)} where item = $1 order by at_ms nulls last, id limit ${limit}`, [item])
      ).map((r) => recordView(kind, r))
    } finally {
      mounted.close()
    }
  },
})

export const scopeRules = procedure({
  name: "records.scope-rules",
  title: "Signed scope decisions",
  input: z.object({ investigation: z.string().describe("name or id") }),
  output: z.array(
    z.object({
      id: z.string(),
      item: z.string(),
      rule: z.unknown(),
      reason: z.string(),
      signedBy: z.string(),
      signedAt: z.string(),
      moved: z.unknown(),
    }),
  ),
  needs: "look",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const rows = await ctx.store.register.transaction((tx) => selectScopeRules(tx, ctx.investigation!.id), ctx.sight.classes)
    return rows.map((r) => ({
      id: r.id,
      item: r.item,
      rule: r.rule,
      reason: r.reason,
      signedBy: r.signed_by,
      signedAt: r.signed_at.toISOString(),
      moved: r.moved,
    }))
  },
})
