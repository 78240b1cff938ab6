import { z } from "zod"
import { type Context, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { decisionId, restingOn } from "../decisions.ts"
import { Investigation, withPeople } from "../open.ts"
import { Decided, DecideInput, decideIdentity, Reason, Records, record } from "./decide.ts"
import { alreadyRead, mayRead } from "./second-reader.ts"
import { keysIn, sideOf } from "./side.ts"
import { insertIdentity, insertReading } from "./sql.ts"
import { type Judged, judgedOf } from "./state.ts"

const decide = procedure({
  name: "entities.decide",
  title: "Decide that two are the same, not the same, or that it is unsure",
  input: DecideInput,
  output: Decided,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.a, input.b],
  run: decideIdentity,
})

const split = procedure({
  name: "entities.split",
  title: "Split one entity: which of its identifiers belong together, each group apart from the others and from what is left",
  input: z.object({
    investigation: Investigation,
    entity: z.string(),
    parts: z
      .array(z.array(z.string().min(1).max(400)).min(1).max(200))
      .min(1)
      .max(8)
      .describe("groups of identifiers as they are shown, or of fragments' ids; what is in none stays"),
    reason: Reason,
    records: Records,
  }),
  output: Decided,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  run: (ctx, input) =>
    withPeople(ctx, async (people) => {
      const whole = await sideOf(people, input.entity, "entity")
      const parts: string[][] = []
      for (const named of input.parts) {
        const keys: string[] = []
        for (const one of named) {
          const side = await sideOf(people, one, "parts")
          if (side.key === null || side.entity !== whole.entity || [...parts.flat(), ...keys].includes(side.key))
            throw new Failure("invalid.part", "A part names identifiers of this entity, each once.", { at: one })
          keys.push(side.key)
        }
        parts.push(keys.sort())
      }
      const left = whole.keys.filter((k) => !parts.flat().includes(k))
      const groups = left.length > 0 ? [...parts, left] : parts
      if (groups.length < 2)
        throw new Failure("invalid.part", "Everything is in one part: nothing is split.", {
          at: "parts",
          hint: "Leave out what stays, or name a second part.",
        })
      const drafts = [
        ...groups.flatMap((one, n) => groups.slice(n + 1).map((other) => ({ decision: "not-same" as const, left: one, right: other }))),
        // What was said to go together stays together, also where its only tie led through another part.
        ...parts.filter((p) => p.length > 1).map((p) => ({ decision: "same" as const, left: p.slice(0, 1), right: p.slice(1) })),
      ]
      return record(ctx, people, {
        input,
        drafts,
        sides: [whole],
        records: await restingOn(people, input.records),
        cited: await keysIn(people, input.records),
      })
    }),
})

/** A decision that the caller sees, with the rows that are part of it. Throws `invalid.decision-unknown`. */
async function decisionOf(ctx: Context, id: string): Promise<{ whole: Judged; rows: Judged[] }> {
  // Two who act on one decision at a time act one after the other.
  await ctx.tx.query("select pg_advisory_xact_lock(hashtextextended($1, 5))", [id])
  const all = await judgedOf(ctx.tx, ctx.investigation!.id)
  const whole = all.find((j) => j.row.id === id && j.row.part_of === null)
  if (!whole)
    throw new Failure("invalid.decision-unknown", "There is no identity decision of that id that you may see.", { at: "decision" })
  return { whole, rows: [whole, ...all.filter((j) => j.row.part_of === id)] }
}

const undo = procedure({
  name: "entities.undo",
  title: "Undo an identity decision: by another row, with its reason",
  input: z.object({ investigation: Investigation, decision: z.string(), reason: Reason }),
  output: z.object({ decision: z.string(), state: z.enum(["in-force", "waits"]) }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const { whole, rows } = await decisionOf(ctx, input.decision)
    if (whole.undoing !== null)
      throw new Failure("conflict.undone", "That is undone, or a second reader is asked whether it shall be.", {
        at: "decision",
        hint: "Look again.",
      })
    const id = decisionId(ctx, input)
    // What took two to decide takes two to undo; what does not count yet is taken back by one.
    const consequences = whole.state === "in-force" ? whole.row.consequences : []
    for (const [n, { row }] of rows.entries())
      await insertIdentity(ctx.tx, ctx.investigation!.id, {
        ...row,
        id: n === 0 ? id : decisionId(ctx, { ...input, part: n }),
        part_of: n === 0 ? null : id,
        reason: input.reason,
        records: [],
        rule: null,
        consequences,
        decided_by: ctx.caller.id,
        team: ctx.caller.team,
        decided_at: new Date(ctx.at),
        withdraws: row.id,
      })
    return { decision: id, state: consequences.length > 0 ? ("waits" as const) : ("in-force" as const) }
  },
})

const second = procedure({
  name: "entities.second",
  title: "Read a consequential identity decision, or its undoing, as the second person, and say whether you agree",
  input: z.object({ investigation: Investigation, decision: z.string(), agrees: z.boolean(), reason: Reason }),
  output: z.object({ decision: z.string(), state: z.enum(["in-force", "refused"]) }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const { waits, rows } = await waitingOf(ctx, input.decision)
    await mayRead(ctx, waits.row)
    for (const { row } of rows) {
      const done = await insertReading(ctx.tx, {
        decision: row.id,
        access_class: row.access_class,
        agrees: input.agrees,
        reason: input.reason,
        read_by: ctx.caller.id,
        team: ctx.caller.team,
        read_at: new Date(ctx.at),
      })
      if (!done) throw alreadyRead()
    }
    return { decision: input.decision, state: input.agrees ? ("in-force" as const) : ("refused" as const) }
  },
})

/** A decision or an undoing for which a second reader is waited, with its parts. */
async function waitingOf(ctx: Context, id: string): Promise<{ waits: Judged; rows: Judged[] }> {
  const all = await judgedOf(ctx.tx, ctx.investigation!.id)
  const undone = all.find((j) => j.undoing?.row.id === id)
  const { whole, rows } = await decisionOf(ctx, undone?.row.id ?? id)
  const waits = undone ? whole.undoing! : whole
  if (waits.state !== "waits") throw alreadyRead()
  return { waits, rows: undone ? rows.flatMap((r) => r.undoing ?? []) : rows }
}

export const acts = [decide, split, undo, second]
