import { z } from "zod"
import { procedure } from "#access"
import { literal } from "#store"
import { masker } from "../masker.ts"
import { Investigation, withPeople } from "../open.ts"
import { label, type People } from "../people.ts"
import { STATES } from "../second-reader/judged.ts"
import { Reading, readingOf, Undoing, undoingOf } from "../second-reader/shown.ts"
import { CONFLICT_KINDS } from "./conflict.ts"
import { CONSEQUENCES, type Consequence } from "./consequences.ts"
import { type JudgedIdentity, judgedOf } from "./state.ts"

const Who = z.object({
  entity: z.string(),
  label: z.string(),
  masked: z.boolean(),
  identifiers: z.array(z.string()).describe("of this side, as far as they may be shown"),
})
type Who = z.infer<typeof Who>

const Shown = z.object({
  decision: z.string(),
  says: z.enum(["same", "not-same", "unsure", "split"]),
  a: z.array(Who).describe("whom the first side is today; several where it fell apart"),
  b: z.array(Who),
  reason: z.string(),
  records: z.array(z.string()),
  rule: z.string().nullable().describe("the rule that decided; null where a person did"),
  by: z.string(),
  at: z.string(),
  state: z.enum(STATES),
  consequences: z.array(z.object({ id: z.string(), words: z.string() })).describe("why it is read by a second person"),
  reading: Reading.nullable(),
  undoing: Undoing.nullable(),
  overruled: z.string().nullable().describe("what records say by now forbids it"),
})

const decisions = procedure({
  name: "entities.decisions",
  title: "What was decided on who is who, what waits for a second reader, and what was undone",
  input: z.object({
    investigation: Investigation,
    entity: z.string().optional().describe("only decisions about this entity"),
    state: z.enum(STATES).optional(),
  }),
  output: z.object({ decisions: z.array(Shown) }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { entity, state }) =>
    withPeople(ctx, async (people) => {
      const all = await ctx.store.register.transaction((tx) => judgedOf(tx, ctx.investigation!.id), ctx.sight.classes)
      const parts = Map.groupBy(
        all.filter((j) => j.row.part_of !== null),
        (j) => j.row.part_of!,
      )
      const who = await bearers(
        people,
        all.flatMap(({ row }) => [...row.left_keys, ...row.right_keys]),
      )
      const overruled = await overruledBy(people)
      const mask = await masker(people)
      const shown = all.flatMap((j) => {
        if (j.row.part_of !== null) return []
        const own = parts.get(j.row.id) ?? []
        const split = own.length > 0
        const a = who(j.row.left_keys)
        const b = who(
          split
            ? [...new Set([j, ...own].filter((p) => p.row.decision === "not-same").flatMap((p) => p.row.right_keys))]
            : j.row.right_keys,
        )
        // Of whom nothing is in view, nothing was decided either.
        if (a.length === 0 || b.length === 0) return []
        return [shownOf(j, split ? "split" : j.row.decision, a, b, [j, ...own].flatMap((p) => overruled.get(p.row.id) ?? [])[0] ?? null)]
      })
      return {
        decisions: shown
          .filter(
            (d) =>
              (state === undefined || d.state === state) && (entity === undefined || [...d.a, ...d.b].some((w) => w.entity === entity)),
          )
          .map((d) => ({ ...d, reason: mask.text(d.reason), reading: mask.text(d.reading), undoing: mask.text(d.undoing) })),
      }
    }),
})

function shownOf(
  { row, state, reading, undoing }: JudgedIdentity,
  says: z.infer<typeof Shown>["says"],
  a: Who[],
  b: Who[],
  overruled: string | null,
) {
  return {
    decision: row.id,
    says,
    a,
    b,
    reason: row.reason,
    records: row.records,
    rule: row.rule,
    by: row.decided_by,
    at: row.decided_at.toISOString(),
    state,
    consequences: row.consequences.map((id) => ({ id, words: CONSEQUENCES[id as Consequence] as string })),
    reading: readingOf(reading),
    undoing: undoingOf(undoing),
    overruled: state === "in-force" ? overruled : null,
  }
}

/** Who bears keys today. Protected people stand under their mask, without what identifies them. */
async function bearers(people: People, keys: readonly string[]): Promise<(keys: readonly string[]) => Who[]> {
  if (keys.length === 0) return () => []
  const whole = await people.structure()
  const rows = await whole.all<{ key: string; entity: string }>(
    `select key, entity from identity where key in (${[...new Set(keys)].map(literal).join(",")}) order by key`,
  )
  const names = await label(people, [...new Set(rows.map((r) => r.entity))])
  return (of) => {
    const own = rows.filter((r) => of.includes(r.key))
    return [...Map.groupBy(own, (r) => r.entity)].map(([entity, theirs]) => {
      const { label: text, masked } = names.get(entity)!
      return { entity, label: text, masked, identifiers: masked ? [] : theirs.map((r) => r.key) }
    })
  }
}

/** Decisions that say "the same" where records by now say what cannot be true of one person. */
async function overruledBy(people: People): Promise<Map<string, string[]>> {
  const rows = await people.engine.all<{ decision: string; refused: string }>(
    "select decision, refused from claim where decision is not null and refused is not null order by decision, refused",
  )
  return new Map([...Map.groupBy(rows, (r) => r.decision)].map(([decision, own]) => [decision, own.map((r) => r.refused)]))
}

const ConflictView = z.object({
  kind: z.enum(CONFLICT_KINDS),
  words: z.string(),
  a: Who,
  b: Who,
  decision: z.string().nullable().describe("the decision that forbids it"),
  against: z.array(z.string()).describe("records that contradict each other"),
  weight: z.number().nullable().describe("of what was cut, in hundredths of a bit; null where one identifier contradicts itself"),
  rule: z.string(),
  reason: z.string(),
  records: z.array(z.string()).describe("records that spoke for joining"),
})

const conflicts = procedure({
  name: "entities.conflicts",
  title: "What would have been joined and was cut, and why it cannot be one person",
  input: z.object({
    investigation: Investigation,
    entity: z.string().optional().describe("only conflicts of this entity"),
    kind: z.enum(CONFLICT_KINDS).optional(),
    limit: z.number().int().min(1).max(5000).default(200),
  }),
  output: z.object({ conflicts: z.array(ConflictView), of: z.number() }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { entity, kind, limit }) => withPeople(ctx, (people) => conflictsOf(people, { entity, kind, limit })),
})

async function conflictsOf(
  people: People,
  { entity, kind, limit }: { entity?: string | undefined; kind?: string | undefined; limit: number },
): Promise<{ conflicts: z.infer<typeof ConflictView>[]; of: number }> {
  const where = [
    "true",
    ...(entity === undefined ? [] : [`(entity_a = ${literal(entity)} or entity_b = ${literal(entity)})`]),
    ...(kind === undefined ? [] : [`kind = ${literal(kind)}`]),
  ].join(" and ")
  const rows = await people.engine.all<{
    a: string
    b: string
    entity_a: string
    entity_b: string
    kind: (typeof CONFLICT_KINDS)[number]
    words: string
    forbids: string | null
    against: string
    weight: number | null
    rule: string
    reason: string
    records: string
  }>(`select * from conflict where ${where} order by weight desc nulls first, kind, a, b, rule limit ${limit}`)
  const [count] = await people.engine.all<{ n: number }>(`select count(*) as n from conflict where ${where}`)
  const names = await label(people, [...new Set(rows.flatMap((r) => [r.entity_a, r.entity_b]))])
  const who = (id: string, key: string): Who => ({
    entity: id,
    label: names.get(id)!.label,
    masked: names.get(id)!.masked,
    identifiers: [key],
  })
  return {
    of: count!.n,
    conflicts: rows.map((r) => ({
      kind: r.kind,
      words: r.words,
      a: who(r.entity_a, r.a),
      b: who(r.entity_b, r.b),
      decision: r.forbids,
      against: JSON.parse(r.against) as string[],
      weight: r.weight,
      rule: r.rule,
      reason: r.reason,
      records: JSON.parse(r.records) as string[],
    })),
  }
}

export const reads = [decisions, conflicts]
