import { z } from "zod"
import { type Context, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { decisionId, restingOn } from "../decisions.ts"
import { Investigation, withPeople } from "../open.ts"
import {
  Decided,
  Read,
  ReadInput,
  Reason,
  readAsSecond,
  stateOf,
  UndoInput,
  Undone,
  undoingRow,
  waitingUnder,
} from "../second-reader/acts.ts"
import { DecideInput, decideIdentity, Records, record } from "./decide.ts"
import { keysIn, sideOf } from "./side.ts"
import { IDENTITY, type IdentityDecisionRow, insertIdentity } from "./sql.ts"
import { type JudgedIdentity, judgedOf } from "./state.ts"

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
async function decisionOf(ctx: Context, id: string): Promise<[JudgedIdentity, ...JudgedIdentity[]]> {
  // Two who act on one decision at a time act one after the other.
  await ctx.tx.query("select pg_advisory_xact_lock(hashtextextended($1, 5))", [id])
  const all = await judgedOf(ctx.tx, ctx.investigation!.id)
  const whole = all.find((j) => j.row.id === id && j.row.part_of === null)
  if (!whole)
    throw new Failure("invalid.decision-unknown", "There is no identity decision of that id that you may see.", { at: "decision" })
  return [whole, ...all.filter((j) => j.row.part_of === id)]
}

const undo = procedure({
  name: "entities.undo",
  title: "Undo an identity decision: by another row, with its reason",
  input: UndoInput,
  output: Undone,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const [whole, ...parts] = await decisionOf(ctx, input.decision)
    const row = { ...undoingRow(ctx, whole, decisionId(ctx, input), input.reason), records: [], rule: null }
    await insertIdentity(ctx.tx, ctx.investigation!.id, row)
    for (const [n, part] of parts.entries())
      await insertIdentity(ctx.tx, ctx.investigation!.id, {
        ...row,
        ...sidesOf(part.row),
        id: decisionId(ctx, { ...input, part: n + 1 }),
        part_of: row.id,
        withdraws: part.row.id,
      })
    return { decision: row.id, state: stateOf(row) }
  },
})

/** What a row decides of whom, under its own marking. */
const sidesOf = ({ access_class, decision, left_keys, right_keys }: IdentityDecisionRow) => ({
  access_class,
  decision,
  left_keys,
  right_keys,
})

const second = procedure({
  name: "entities.second",
  title: "Read a consequential identity decision, or its undoing, as the second person, and say whether you agree",
  input: ReadInput,
  output: Read,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const undone = (await judgedOf(ctx.tx, ctx.investigation!.id)).find((j) => j.undoing?.row.id === input.decision)
    const [whole, ...parts] = await decisionOf(ctx, undone?.row.id ?? input.decision)
    const waits = waitingUnder(whole, input.decision)
    // A decision and its undoing are read with all their parts.
    const rest = undone ? parts.flatMap((p) => p.undoing?.row ?? []) : parts.map((p) => p.row)
    return { decision: input.decision, state: await readAsSecond(ctx, IDENTITY, [waits.row, ...rest], input) }
  },
})

export const acts = [decide, split, undo, second]
