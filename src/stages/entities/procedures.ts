import { z } from "zod"
import { type Context, deconfliction, procedure } from "#access"
import { RecordView } from "#records"
import { literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { STANDING_IDS, STANDINGS, type Standing } from "#vocabulary/standing"
import { attributions } from "./attribution/procedures.ts"
import { decisions, keysOf } from "./decisions.ts"
import { History, historyOf } from "./history.ts"
import { acts } from "./identity/acts.ts"
import { reads } from "./identity/shown.ts"
import { LiftingView, liftings, liftingsOf } from "./lifting.ts"
import { linkageProcedures } from "./linkage/procedures.ts"
import { masker } from "./masker.ts"
import { nameProcedures } from "./names/procedures.ts"
import { Investigation, withPeople } from "./open.ts"
import { label, openPeople, type People } from "./people.ts"
import { conductOf, rankable } from "./rankable.ts"
import { why } from "./review/why.ts"
import { screening } from "./screening/procedures.ts"
import { shownClaims } from "./shown-claims.ts"
import { SupportView, supported } from "./support.ts"

const Brief = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.string(),
  masked: z.boolean(),
  identifier: z.string().nullable().describe("stands for a number whose user is not established"),
  identifiers: z.number(),
  items: z.number(),
  events: z.number(),
  records: z.number(),
  player: z.boolean(),
})

const list = procedure({
  name: "entities.list",
  title: "People and things, by what several exhibits say",
  input: z.object({
    investigation: Investigation,
    find: z.string().max(200).optional().describe("part of a label or identifier"),
    kind: z.string().optional().describe("person, hull, engine, outlet …"),
    limit: z.number().int().min(1).max(5000).default(100),
  }),
  output: z.object({ entities: z.array(Brief), of: z.number() }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { find, kind, limit }) =>
    withPeople(ctx, async (people) => {
      const players = new Set((await rankable(people)).map((p) => p.entity))
      const like = find?.trim().toLowerCase()
      const where = [
        // Protected people are not listed, by whatever they are sought.
        "id not in (select entity from hidden)",
        ...(kind ? [`kind = ${literal(kind)}`] : []),
        ...(like
          ? [
              `(contains(lower(label), ${literal(like)}) or len(list_filter(coalesce(labels->>'$[*].name', []), lambda n: contains(lower(n), ${literal(like)}))) > 0 or len(list_filter(keys, lambda k: contains(lower(k), ${literal(like)}))) > 0)`,
            ]
          : []),
      ]
      const from = `from entity where ${where.join(" and ")}`
      const rows = await people.engine.all<{ id: string; kind: string; keys: string[]; items: number; events: number; records: number }>(
        `select id, kind, keys, items, events, records ${from} order by events desc, items desc, records desc, id limit ${limit}`,
      )
      const names = await label(
        people,
        rows.map((r) => r.id),
      )
      const [all] = await people.engine.all<{ n: number }>(`select count(*) as n ${from}`)
      return {
        of: all!.n,
        entities: rows.map((r) => ({
          id: r.id,
          ...names.get(r.id)!,
          identifiers: r.keys.length,
          items: r.items,
          events: r.events,
          records: r.records,
          player: players.has(r.id),
        })),
      }
    }),
})

const Claim = z.object({
  a: z.string(),
  b: z.string(),
  weight: z.number().describe("hundredths of a bit"),
  grade: z.string(),
  rule: z.string(),
  reason: z.string(),
  items: z.number(),
  records: z.array(z.string()),
  detail: z
    .array(z.object({ part: z.string(), weight: z.number(), words: z.string() }))
    .describe("what the weight is made of, where it has parts"),
  refused: z.string().nullable(),
  decision: z.string().nullable().describe("the identity decision that says so, where one does"),
})

const show = procedure({
  name: "entities.show",
  title: "One person or thing: every claim and its source",
  input: z.object({
    investigation: Investigation,
    entity: z.string().describe("its id, any id that it had before, or that of one of its identifiers"),
  }),
  output: z.object({
    id: z.string(),
    asked: z
      .object({
        id: z.string(),
        became: z.enum(["part-of", "merged-into"]),
        parted: z.array(z.object({ entity: z.string(), label: z.string(), why: z.string() })),
      })
      .nullable()
      .describe(
        "where the id that was asked about is another than the one it goes by now: what became of it, and from whom it is kept apart",
      ),
    label: z.string(),
    kind: z.string(),
    masked: z.boolean(),
    identifier: z.string().nullable().describe("stands for a number whose user is not established: the label is only what others call it"),
    standing: z.object({
      standing: z.string(),
      title: z.string(),
      protected: z.boolean(),
      claims: z
        .array(
          z.object({
            standing: z.string(),
            source: z.string(),
            event: z.string().nullable(),
            from: z.string().nullable(),
            to: z.string().nullable(),
            decision: z.string().nullable(),
            records: z.array(z.string()),
          }),
        )
        .describe("what holds now, by whatever source"),
      history: z.array(History).describe("what people decided, withdrawals among it, oldest first"),
    }),
    lifted: z.string().nullable().describe("the lifting under which a protected person is shown"),
    liftings: z.array(LiftingView).describe("proposed, in force, lapsed and ended, oldest first"),
    announced: z.array(z.object({ contact: z.string() })).describe("other teams that ask whoever meets this to speak to them"),
    labels: z.array(z.object({ name: z.string(), items: z.number(), uses: z.number() })),
    identifiers: z.array(
      z.object({
        key: z.string(),
        fragment: z.string().describe("the id that it has for ever, whoever bears it"),
        type: z.string(),
        value: z.string(),
        items: z.number(),
        events: z.number(),
        records: z.number(),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
    claims: z.array(Claim),
    conduct: z.array(
      z.object({
        conduct: z.string(),
        stage: z.number().nullable(),
        strength: z.number(),
        basis: z.string(),
        rule: z.string(),
        words: z.string(),
        innocent: z.string(),
        records: z.array(z.string()),
        events: z.array(z.string()),
        support: SupportView,
      }),
    ),
    mentions: z.array(z.object({ kind: z.string(), part: z.string(), items: z.number(), records: z.number() })),
    sources: z.array(RecordView).describe("a sample of the records under all this"),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => [input.entity],
  run: (ctx, { entity }) => withPeople(ctx, (people) => view(ctx, people, entity)),
})

const date = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Where an id leads today, and what became of whoever it stood for. */
async function bearer(people: People, id: string) {
  const [now] = await people.engine.all<{ entity: string; key: string | null }>("select entity, key from lasting where id = $1", [id])
  if (!now || now.entity === id) return { id, asked: null }
  const apart = await people.engine.all<{ entity: string; why: string }>(
    `select case when entity_a = $1 then entity_b else entity_a end as entity, min(words) as why from conflict
     where (entity_a = $1 or entity_b = $1) and entity_a <> entity_b group by 1 order by 1`,
    [now.entity],
  )
  const names = await label(
    people,
    apart.map((p) => p.entity),
  )
  return {
    id: now.entity,
    asked: {
      id,
      became: now.key === null ? ("merged-into" as const) : ("part-of" as const),
      parted: apart.map((p) => ({ ...p, label: names.get(p.entity)!.label })),
    },
  }
}

async function view(ctx: Context, people: People, about: string) {
  const { engine } = people
  const { id, asked } = await bearer(people, about)
  const [found] = await engine.all<{ id: string; kind: string; labels: string | null; keys: string[] }>(
    "select id, kind, labels, keys from entity where id = $1",
    [id],
  )
  if (!found) throw new Failure("invalid.entity-unknown", "There is nobody and nothing of that id that you may see.", { at: about })
  const named = (await label(people, [id])).get(id)!
  const mask = await masker(people)
  const all = await keysOf(people, id)
  const standings = await engine.all<{
    standing: Standing
    source: string
    event: string | null
    from_ms: number | null
    to_ms: number | null
    decision: string | null
    records: string | null
  }>("select standing, source, event, from_ms, to_ms, decision, records from standing where entity = $1 order by all", [id])
  const [hidden] = await engine.all<{ standing: Standing | null }>("select standing from hidden where entity = $1", [id])
  const strongest = hidden ? hidden.standing : (STANDING_IDS.find((s) => standings.some((c) => c.standing === s)) ?? "unknown")
  const [lifted] = await engine.all<{ lifting: string }>("select lifting from lifted where entity = $1", [id])
  const standing = {
    // What was recorded out of this sight says no more than that it protects.
    standing: (strongest ?? "protected") as string,
    title: strongest === null ? "protected" : (STANDINGS[strongest].title as string),
    protected: named.masked,
    claims: standings.map((s) => ({
      standing: s.standing as string,
      source: s.source,
      event: s.event,
      from: date(s.from_ms),
      to: date(s.to_ms),
      decision: s.decision,
      records: JSON.parse(s.records ?? "[]") as string[],
    })),
    history: mask.text(await historyOf(ctx, all)),
  }
  const announced = await deconfliction.announcedOf(ctx, found.keys)
  const shown = {
    id,
    asked,
    ...named,
    standing,
    announced,
    lifted: lifted?.lifting ?? null,
    liftings: mask.text(await liftingsOf(ctx, all)),
  }
  // Of a protected person no more is shown than that protection holds, and why.
  if (named.masked) return { ...shown, labels: [], identifiers: [], claims: [], conduct: [], mentions: [], sources: [] }
  const identifiers = await engine.all<{
    key: string
    fragment: string
    type: string
    items: number
    events: number
    records: number
    from: number | null
    to: number | null
  }>(
    `select key, (select l.id from lasting l where l.key = m.key) as fragment, any_value(type) as type, count(distinct item)::int as items, count(distinct event)::int as events, count(distinct record) as records, min(at_ms) as "from", max(at_ms) as "to"
     from m where key in (select key from identity where entity = $1) group by key order by items desc, records desc, key`,
    [id],
  )
  const conduct = await conductOf(engine, id)
  const support = await supported(
    ctx,
    people,
    conduct.map((c) => c.records),
  )
  const sample = await engine.all<{ record: string }>(
    "select record from m where key in (select key from identity where entity = $1) group by record, kind, item qualify row_number() over (partition by kind, item order by record) <= 3 order by record limit 60",
    [id],
  )
  return {
    ...shown,
    labels: JSON.parse(found.labels ?? "[]") as { name: string; items: number; uses: number }[],
    identifiers: identifiers.map((i) => ({ ...i, value: i.key.slice(i.type.length + 1), from: date(i.from), to: date(i.to) })),
    claims: await shownClaims(people, found.keys),
    conduct: conduct.map(({ entity: _, ...c }, i) => ({ ...c, support: support[i]! })),
    mentions: await engine.all<{ kind: string; part: string; items: number; records: number }>(
      "select kind, part, count(distinct item)::int as items, count(distinct record) as records from m where key in (select key from identity where entity = $1) group by all order by records desc, kind, part",
      [id],
    ),
    sources: await mask.records(
      [...new Set([...conduct.flatMap((c) => c.records), ...sample.map((s) => s.record), ...recordsOf(found.keys)])].slice(0, 80),
    ),
  }
}

/** The records that fragments are of. */
const recordsOf = (keys: readonly string[]): string[] => keys.flatMap((key) => (key.startsWith("fragment:") ? [key.split(":")[1]!] : []))

const exportEntities = procedure({
  name: "entities.export",
  title: "Record to entity, or FollowTheMoney JSON lines",
  input: z.object({
    investigation: Investigation,
    format: z.enum(["clusters", "ftm"]).default("clusters"),
    recipients: z.array(z.string().min(1).max(200)).max(100).default([]).describe("to whom it is handed: organisations, or a word"),
  }),
  output: z.record(z.string(), z.unknown()),
  needs: "export",
  effect: "read",
  shape: "rows",
  entry: "disclosure",
  recipients: ({ recipients }) => recipients,
  rowsAs: ({ format }) => (format === "clusters" ? "csv" : "ndjson"),
  run: async function* (ctx, { format }) {
    const people = await openPeople({
      store: ctx.store,
      classes: ctx.sight.classes,
      investigation: ctx.investigation!.id,
      digest: ctx.sight.digest,
    })
    try {
      if (format === "clusters") {
        // A row of a register is whom it states, and not whoever else answers its telephone.
        for await (const rows of people.engine.stream<{ record: string; entity: string }>(
          `select distinct n.name as record, i.entity from m join identity i using (key) join record_name n using (record)
           where m.kind <> 'person' or m.type = 'fragment'
           union select n.name, i.entity from identity i join record_name n on n.record = split_part(i.key, ':', 2) where starts_with(i.key, 'fragment:')
           union select n.name, c.cluster from apart_cluster c join record_name n using (record) order by all`,
        ))
          for (const row of rows) yield { record: row.record, entity: row.entity }
        return
      }
      for await (const rows of people.engine.stream<{ id: string; kind: string; label: string; keys: string[] }>(
        "select id, kind, label, keys from entity where id not in (select entity from hidden) order by id",
      ))
        for (const r of rows) {
          const of = (type: string) => r.keys.filter((k) => k.startsWith(`${type}:`)).map((k) => k.slice(type.length + 1))
          const schema =
            r.kind === "person"
              ? "Person"
              : r.kind === "wallet"
                ? "CryptoWallet"
                : r.kind === "iban"
                  ? "BankAccount"
                  : r.kind === "hull"
                    ? "Vessel"
                    : r.kind === "plate"
                      ? "Vehicle"
                      : r.kind === "outlet"
                        ? "Company"
                        : "Thing"
          const properties = Object.fromEntries(
            Object.entries({ name: [r.label], phone: of("phone"), email: of("email"), idNumber: of("document") }).filter(
              ([, v]) => v.length > 0,
            ),
          )
          yield { id: r.id, schema, properties }
        }
    } finally {
      people.close()
    }
  },
})

export const procedures = [
  list,
  show,
  ...reads,
  ...decisions,
  ...acts,
  ...liftings,
  ...attributions,
  exportEntities,
  why,
  ...screening,
  ...nameProcedures,
  ...linkageProcedures,
]
