import { z } from "zod"
import { linkage } from "#kernels"
import { COMPARATORS } from "../comparators/list.ts"
import { CONSEQUENCES, type Consequence } from "../identity/consequences.ts"
import { type Judged, STATES } from "../second-reader/judged.ts"
import { Reading, readingOf, Undoing, undoingOf } from "../second-reader/shown.ts"
import { chancesOf, hashOf, PARAMETER_SOURCES, type ParameterSet } from "./parameters.ts"
import type { AdoptionRow } from "./sql.ts"

export const SetView = z.object({
  source: z.enum(PARAMETER_SOURCES),
  hash: z.string().describe("of its numbers: equal sets have equal hashes, wherever they were learnt"),
  floor: z.number().describe("bits that a key must be worth for two rows to be compared at all"),
  prior: z.number().describe("chance that any two rows are of one person"),
  priorWeight: z.number().describe("hundredths of a bit"),
  comparators: z.array(
    z.object({
      comparator: z.string(),
      shipped: z.boolean().describe("the set has no chances for this comparator as it is in this release: the shipped ones are used"),
      levels: z.array(
        z.object({
          level: z.string(),
          m: z.number().describe("chance of it between two rows of one person, where both state it"),
          u: z.number().describe("the same between rows of two"),
          weight: z.number().describe("hundredths of a bit"),
        }),
      ),
    }),
  ),
})

export function setView(set: ParameterSet): z.infer<typeof SetView> {
  const { chances, shipped } = chancesOf(set)
  const weights = linkage.weightsOf(chances)
  return {
    source: set.source,
    hash: hashOf(set),
    floor: set.floor,
    prior: set.prior,
    priorWeight: weights.prior,
    comparators: COMPARATORS.map(({ id, levels }, c) => ({
      comparator: id,
      shipped: shipped.includes(id),
      levels: levels.flatMap((level, l) =>
        l === 0 ? [] : [{ level, m: chances.m[c]![l]!, u: chances.u[c]![l]!, weight: weights.levels[c]![l]! }],
      ),
    })),
  }
}

export const AdoptionView = z.object({
  decision: z.string(),
  source: z.enum(PARAMETER_SOURCES),
  hash: z.string(),
  learntOn: z.object({ fragments: z.number(), pairs: z.number(), decided: z.number() }),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(STATES),
  counts: z.boolean().describe("pictures are made with it: it is the last that is in force"),
  consequences: z.array(z.object({ id: z.string(), words: z.string() })).describe("why it is read by a second person"),
  reading: Reading.nullable(),
  undoing: Undoing.nullable(),
})

export function adoptionView({ row, state, reading, undoing }: Judged<AdoptionRow>, counts: boolean): z.infer<typeof AdoptionView> {
  const { id, parameters, fragments, pairs, decided, reason, consequences, decided_by, decided_at } = row
  return {
    decision: id,
    source: parameters.source,
    hash: hashOf(parameters),
    learntOn: { fragments, pairs, decided },
    reason,
    by: decided_by,
    at: decided_at.toISOString(),
    state,
    counts,
    consequences: consequences.map((c) => ({ id: c, words: CONSEQUENCES[c as Consequence] as string })),
    reading: readingOf(reading),
    undoing: undoingOf(undoing),
  }
}
