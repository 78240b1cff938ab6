import { z } from "zod"
import { type Context, procedure } from "#access"
import { literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { classesOf, classOf, decisionId } from "../decisions.ts"
import { type Consequence, firstOf } from "../identity/consequences.ts"
import { judgedOf } from "../identity/state.ts"
import { Investigation, withPeople } from "../open.ts"
import type { People } from "../people.ts"
import { rankable } from "../rankable.ts"
import {
  Decided,
  decidedNow,
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
import type { Judged } from "../second-reader/judged.ts"
import { adoptionsOf } from "./adopted.ts"
import { hashOf, PARAMETER_SOURCES } from "./parameters.ts"
import type { ChangedPair } from "./proposals.ts"
import { keptProposals, proposalFrom } from "./proposed.ts"
import { ADOPTION, type AdoptionRow, insertAdoption } from "./sql.ts"

const adopt = procedure({
  name: "entities.adopt-parameters",
  title: "Adopt parameters of linkage: from here on new rows change nothing of them",
  input: z.object({
    investigation: Investigation,
    source: z.enum(PARAMETER_SOURCES),
    hash: z
      .string()
      .regex(/^[0-9a-f]{12,64}$/)
      .describe("of the set as it was shown, or how it begins: what was seen is what is adopted"),
    reason: Reason,
  }),
  output: Decided,
  needs: "assess",
  effect: "decision",
  shape: "value",
  run: (ctx, input) =>
    withPeople(ctx, async (people) => {
      const kept = await keptProposals(ctx, people)
      const { fragments, pairs, held, decided } = kept
      const { set, changes, source } = proposalFrom(kept, input.source)
      if (!hashOf(set).startsWith(input.hash))
        throw new Failure("conflict.parameters-moved", "What is learnt now is not what was shown.", {
          at: "hash",
          hint: "Look at entities.parameters again, and decide about that.",
        })
      const grave = await gravity(people, changes, held)
      const used = source === "decisions" ? await decisionClasses(ctx) : []
      const exhibits = await exhibitsUnder(people, grave.records)
      const row: AdoptionRow = {
        id: decisionId(ctx, input),
        access_class: await classOf(ctx, [], [...used, ...(await classesOf(ctx, exhibits))]),
        parameters: set,
        fragments,
        pairs,
        decided: source === "decisions" ? decided.same + decided.other : 0,
        consequences: grave.consequences,
        withdraws: null,
        ...decidedNow(ctx, input.reason),
      }
      await insertAdoption(ctx.tx, ctx.investigation!.id, row)
      return {
        decision: row.id,
        state: stateOf(grave),
        consequences: grave.consequences,
      }
    }),
})

/** More changed pairs than one in so many of those that are joined are read by a second person. */
const MANY = 20

/**
 * Why an adoption is read by a second person: what it would join or part touches a protected person, two who are ranked, or one of the ten with
 * most evidence of conduct; or it changes much. Gives also the records that say so, whose markings it bears.
 */
async function gravity(
  people: People,
  changes: readonly ChangedPair[],
  held: number,
): Promise<{ consequences: Consequence[]; records: string[] }> {
  if (changes.length === 0) return { consequences: [], records: [] }
  const whole = await people.structure()
  const keys = [...new Set(changes.flatMap((c) => [c.a, c.b]))]
  const of = new Map(
    (
      await whole.all<{ key: string; entity: string }>(`select key, entity from identity where key in (${keys.map(literal).join(",")})`)
    ).map((r) => [r.key, r.entity]),
  )
  const moved = changes.flatMap((c) => {
    const sides = [...new Set([of.get(c.a)!, of.get(c.b)!])]
    return (c.change === "join") === (sides.length === 2) ? [sides] : []
  })
  const touched = new Set(moved.flat())
  const hidden = await people.engine.all<{ entity: string }>("select entity from hidden")
  const players = await rankable(people)
  const ranked = players.filter((r) => touched.has(r.entity))
  const names = new Set(ranked.map((r) => r.entity))
  const first = firstOf(players)
  return {
    consequences: [
      ...(moved.some((sides) => sides.length === 2 && sides.every((s) => names.has(s))) ? (["two-ranked"] as const) : []),
      ...(hidden.some((h) => touched.has(h.entity)) ? (["protected"] as const) : []),
      ...(first.some((r) => touched.has(r.entity)) ? (["first-ten"] as const) : []),
      ...(changes.length * MANY > held ? (["many-pairs"] as const) : []),
    ],
    records: [...new Set(ranked.flatMap((r) => r.reasons.flatMap((c) => c.records)))].sort(),
  }
}

/** The exhibits whose rows were learnt on, and those of the records. */
async function exhibitsUnder(people: People, records: readonly string[]): Promise<string[]> {
  const whole = await people.structure()
  const also = records.length > 0 ? ` or record in (${records.map(literal).join(",")})` : ""
  const rows = await whole.all<{ exhibit: string }>(`select distinct exhibit from m where type = 'fragment'${also} order by exhibit`)
  return rows.map((r) => r.exhibit)
}

const decisionClasses = async (ctx: Context): Promise<number[]> =>
  (await judgedOf(ctx.tx, ctx.investigation!.id)).filter((j) => j.state === "in-force").map((j) => j.row.access_class)

/** An adoption that the caller sees, by its own id. Throws `invalid.decision-unknown`. */
async function adoptionOf(ctx: Context, is: (one: Judged<AdoptionRow>) => boolean): Promise<Judged<AdoptionRow>> {
  // Two who act on one adoption at a time act one after the other.
  await ctx.tx.query("select pg_advisory_xact_lock(hashtextextended($1, 6))", [ctx.investigation!.id])
  const found = (await adoptionsOf(ctx.tx, ctx.investigation!.id)).find(is)
  if (found) return found
  throw new Failure("invalid.decision-unknown", "There is no adoption of that id that you may see.", { at: "decision" })
}

const withdraw = procedure({
  name: "entities.withdraw-parameters",
  title: "Withdraw adopted parameters of linkage: by another row, with its reason",
  input: UndoInput,
  output: Undone,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const found = await adoptionOf(ctx, (a) => a.row.id === input.decision)
    const row = undoingRow(ctx, found, decisionId(ctx, input), input.reason)
    await insertAdoption(ctx.tx, ctx.investigation!.id, row)
    return { decision: row.id, state: stateOf(row) }
  },
})

const second = procedure({
  name: "entities.second-parameters",
  title: "Read the adoption of parameters, or its withdrawal, as the second person, and say whether you agree",
  input: ReadInput,
  output: Read,
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.decision],
  run: async (ctx, input) => {
    const found = await adoptionOf(ctx, (a) => a.row.id === input.decision || a.undoing?.row.id === input.decision)
    return { decision: input.decision, state: await readAsSecond(ctx, ADOPTION, [waitingUnder(found, input.decision).row], input) }
  },
})

export const adoptionActs = [adopt, withdraw, second]
