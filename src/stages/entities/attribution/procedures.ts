import { z } from "zod"
import { type Context, procedure } from "#access"
import { RecordView } from "#records"
import { literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { classOf, decisionId, inSavepoint, keysOf, restingOn, speakingClasses } from "../decisions.ts"
import { masker } from "../masker.ts"
import { Investigation, withPeople } from "../open.ts"
import { label, type People } from "../people.ts"
import { GRADES, RELATION_IDS, RELATIONS } from "./evidence.ts"
import { insertStatement, selectStatement, selectStatements } from "./statements.ts"
import { EDGE_FROM } from "./table.ts"

const EvidenceView = z.object({
  rule: z.string(),
  class: z.string().describe("naming: what somebody else calls or writes it, which attributes nothing by itself"),
  weight: z.number().describe("hundredths of a bit"),
  origin: z.string().describe("the seizure event or report root that says so; of one origin only the weightiest counts"),
  words: z.string(),
  innocent: z.string().describe("how it may be read otherwise"),
  from: z.string().nullable(),
  to: z.string().nullable(),
  records: z.array(z.string()),
  statement: z.string().nullable().describe("the recorded statement of a person"),
  by: z.string().nullable(),
})

const ClaimView = z.object({
  id: z.string(),
  relation: z.string(),
  title: z.string(),
  whose: z.string(),
  whoseLabel: z.string(),
  what: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  grade: z.string(),
  weight: z.number(),
  origins: z.number().describe("independent origins that attribute"),
  contradicted: z.boolean(),
  for: z.array(EvidenceView),
  against: z.array(EvidenceView),
})

const SpokenView = z.object({
  name: z.string(),
  key: z.string(),
  events: z.number(),
  resolved: z.string().nullable().describe("the person whom it is held to name; null while it stays apart"),
  candidates: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      weight: z.number(),
      for: z.array(z.object({ rule: z.string(), weight: z.number(), words: z.string(), records: z.array(z.string()) })),
      against: z.array(z.object({ rule: z.string(), weight: z.number(), words: z.string(), records: z.array(z.string()) })),
    }),
  ),
})

const attribution = procedure({
  name: "entities.attribution",
  title: "Who used what, when, how sure, and what speaks for and against it",
  input: z.object({
    investigation: Investigation,
    entity: z.string().optional().describe("one person's, or a number's own node; all when left out"),
    relation: z.enum(RELATION_IDS).optional(),
    atLeast: z.enum(GRADES).default("none").describe("the least grade that is listed"),
    records: z.boolean().default(false).describe("with the records themselves, as a court reads them; only for one person"),
    limit: z.number().int().min(1).max(2000).default(200),
  }),
  output: z.object({
    edgesFrom: z.string().describe("the least grade for an edge to count for a person; below it the edge ends at the number"),
    claims: z.array(ClaimView),
    of: z.number(),
    spoken: z.array(SpokenView).describe("names and nicknames that are spoken of, and whom they may name"),
    sources: z.array(RecordView),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => (input.entity ? [input.entity] : []),
  run: (ctx, input) =>
    withPeople(ctx, async (people) => {
      const entity = input.entity === undefined ? undefined : await ownerOf(people, input.entity)
      const where = [
        `rank >= ${GRADES.indexOf(input.atLeast)}`,
        ...(input.relation ? [`relation = ${literal(input.relation)}`] : []),
        ...(entity === undefined
          ? []
          : [
              `(whose = ${literal(entity)} or what in (select key from identity where entity = ${literal(entity)}) or whose in (select key from identity where entity = ${literal(entity)}))`,
            ]),
      ].join(" and ")
      const found = await people.engine.all<ClaimRow>(
        `select * from attribution where ${where} order by list_position([${RELATION_IDS.map(literal).join(", ")}], relation), rank desc, weight desc, whose, what, from_ms nulls first, id limit ${input.limit}`,
      )
      const [count] = await people.engine.all<{ n: number }>(`select count(*)::int as n from attribution where ${where}`)
      const claims = await claimViews(ctx, people, found)
      const records = [...new Set(claims.flatMap((c) => [...c.for, ...c.against].flatMap((e) => e.records)))]
      return {
        edgesFrom: EDGE_FROM,
        claims,
        of: count!.n,
        spoken: await spokenViews(people, entity),
        sources: input.records && entity !== undefined ? await (await masker(people)).records(records.slice(0, 400)) : [],
      }
    }),
})

type ClaimRow = {
  id: string
  relation: (typeof RELATION_IDS)[number]
  whose: string
  what: string
  from_ms: number | null
  to_ms: number | null
  grade: string
  weight: number
  origins: number
  contradicted: boolean
}

/** A number's own node stands for the entity that the number is held with. */
async function ownerOf(people: People, id: string): Promise<string> {
  const [node] = await people.engine.all<{ entity: string }>("select entity from number_node where node = $1 limit 1", [id])
  const entity = node?.entity ?? id
  const found = await people.engine.all("select id from entity where id = $1 and id not in (select entity from hidden)", [entity])
  if (found.length === 0)
    throw new Failure("invalid.entity-unknown", "There is nobody and nothing of that id that you may see.", { at: id })
  return entity
}

const date = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

async function claimViews(ctx: Context, people: People, found: readonly ClaimRow[]): Promise<z.infer<typeof ClaimView>[]> {
  if (found.length === 0) return []
  const rows = await people.engine.all<{
    claim: string
    side: string
    rule: string
    class: string
    weight: number
    origin: string
    words: string
    innocent: string
    from_ms: number | null
    to_ms: number | null
    records: string
    statement: string | null
  }>(`select * from attribution_evidence where claim in (${found.map((c) => literal(c.id)).join(",")}) order by claim, n`)
  const said = await ctx.store.register.transaction((tx) => selectStatements(tx, ctx.investigation!.id), ctx.sight.classes)
  const by = new Map(said.map((s) => [s.id, s.said_by]))
  const names = await label(
    people,
    found.map((c) => c.whose),
  )
  const of = Map.groupBy(rows, (r) => r.claim)
  return found.map((c) => {
    const side = (which: string) =>
      (of.get(c.id) ?? [])
        .filter((r) => r.side === which)
        .map(({ claim: _, side: __, from_ms: from, to_ms: to, records, ...e }) => ({
          ...e,
          from: date(from),
          to: date(to),
          records: JSON.parse(records) as string[],
          by: e.statement === null ? null : (by.get(e.statement) ?? null),
        }))
    return {
      id: c.id,
      relation: c.relation,
      title: RELATIONS[c.relation],
      whose: c.whose,
      whoseLabel: names.get(c.whose)?.label ?? c.whose.slice(c.whose.indexOf(":") + 1),
      what: c.what,
      from: date(c.from_ms),
      to: date(c.to_ms),
      grade: c.grade,
      weight: c.weight,
      origins: c.origins,
      contradicted: c.contradicted,
      for: side("for"),
      against: side("against"),
    }
  })
}

async function spokenViews(people: People, entity: string | undefined): Promise<z.infer<typeof SpokenView>[]> {
  const rows = await people.engine.all<{
    key: string
    name: string
    events: number
    resolved: string | null
    candidate: string
    weight: number
    side: string
    rule: string
    part: number
    words: string
    records: string
  }>(
    `select * from spoken_candidate where ${entity === undefined ? "true" : `key in (select key from spoken_candidate where candidate = ${literal(entity)} or key in (select key from identity where entity = ${literal(entity)}))`}
     order by events desc, key, weight desc, candidate, side desc, part desc, rule, words limit 2000`,
  )
  const names = await label(people, [...new Set(rows.map((r) => r.candidate))])
  const parts = (own: typeof rows, side: string) =>
    own
      .filter((r) => r.side === side)
      .map((r) => ({ rule: r.rule, weight: r.part, words: r.words, records: JSON.parse(r.records) as string[] }))
  return [...Map.groupBy(rows, (r) => r.key)].map(([key, own]) => ({
    key,
    name: own[0]!.name,
    events: own[0]!.events,
    resolved: own[0]!.resolved,
    candidates: [...Map.groupBy(own, (r) => r.candidate)].map(([candidate, each]) => ({
      entity: candidate,
      label: names.get(candidate)?.label ?? candidate,
      weight: each[0]!.weight,
      for: parts(each, "for"),
      against: parts(each, "against"),
    })),
  }))
}

const at = z.iso.datetime({ offset: true }).optional()

const attribute = procedure({
  name: "entities.attribute",
  title: "State that somebody used a number, an account or a handset, or did not, with your reasons",
  input: z.object({
    investigation: Investigation,
    relation: z.enum(RELATION_IDS).default("person-number"),
    entity: z.string().optional().describe("the person, for the two claims about a person"),
    whose: z.string().optional().describe("the number or SIM by its key, for the two claims about things"),
    what: z.string().min(3).max(300).describe("phone:+44…, account:…, imei:…, or holder: and the item"),
    side: z.enum(["for", "against"]),
    grade: z.enum(["slight", "fair", "strong"]).default("fair").describe("how sure you are"),
    from: at,
    to: at,
    records: z.array(z.string()).min(1).max(50).describe("the records on which it rests"),
    reason: z.string().trim().min(20).max(4000),
  }),
  output: z.object({ statement: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => (input.entity ? [input.entity] : []),
  run: async (ctx, input) => {
    const [from, to] = [input.from, input.to].map((t) => (t === undefined ? null : new Date(t)))
    if (from && to && from >= to) throw new Failure("invalid.period", "The period ends before it begins.", { at: "to" })
    const personal = input.relation === "person-number" || input.relation === "person-handset"
    if (personal ? !input.entity : !input.whose)
      throw new Failure(
        "invalid.attribution-subject",
        personal ? "A claim about a person names the person." : "A claim about a thing names it.",
        {
          at: personal ? "entity" : "whose",
          hint: "Person claims take an entity's id; the others take the number or SIM by its key.",
        },
      )
    const id = decisionId(ctx, input)
    const { keys, records, classes } = await withPeople(ctx, async (people) => {
      const own = personal ? await ownKeys(people, await ownerOf(people, input.entity!)) : [await keyInView(people, input.whose!, "whose")]
      const what = await keyInView(people, input.what, "what")
      return { keys: own, records: await restingOn(people, input.records), classes: await speakingClasses(ctx, people, [...own, what]) }
    })
    await insertStatement(ctx.tx, ctx.investigation!.id, {
      id,
      access_class: await classOf(ctx, records, classes),
      relation: input.relation,
      keys,
      what: input.what,
      side: input.side,
      grade: input.grade,
      from_at: from ?? null,
      to_at: to ?? null,
      reason: input.reason,
      records: input.records,
      said_by: ctx.caller.id,
      said_at: new Date(ctx.at),
      withdraws: null,
    })
    return { statement: id }
  },
})

const ownKeys = (people: People, entity: string): Promise<string[]> => keysOf(people, entity)

/** A key that the picture without protected people holds. */
async function keyInView(people: People, key: string, field: string): Promise<string> {
  const found = await people.engine.all("select key from identity where key = $1", [key])
  if (found.length === 0)
    throw new Failure("invalid.identifier-unknown", "No record that you may see gives that identifier.", {
      at: field,
      hint: "Identifiers stand on the page of a person or thing, as type:value.",
    })
  return key
}

const withdraw = procedure({
  name: "entities.withdraw-attribution",
  title: "Withdraw a statement of who used what: by another row, with its reason",
  input: z.object({ investigation: Investigation, statement: z.string(), reason: z.string().trim().min(5).max(2000) }),
  output: z.object({ statement: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.statement],
  run: async (ctx, input) => {
    const investigation = ctx.investigation!.id
    const was = await selectStatement(ctx.tx, investigation, input.statement)
    if (!was || was.withdraws !== null)
      throw new Failure("invalid.statement-unknown", "There is no statement of that id that you may see.", { at: "statement" })
    const id = decisionId(ctx, input)
    const done = await inSavepoint(ctx, () =>
      insertStatement(ctx.tx, investigation, {
        ...was,
        id,
        reason: input.reason,
        said_by: ctx.caller.id,
        said_at: new Date(ctx.at),
        withdraws: was.id,
      }),
    )
    if (!done) throw new Failure("conflict.withdrawn", "That was withdrawn already.", { at: "statement", hint: "Look again." })
    return { statement: id }
  },
})

export const attributions = [attribution, attribute, withdraw]
