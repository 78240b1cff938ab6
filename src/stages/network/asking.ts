import { z } from "zod"
import type { Context } from "#access"
import { LAYER_IDS, type LayerId } from "./layers.ts"
import { RANK_MEASURES } from "./rank.ts"
import { openSnapshot, type Snapshot, type SnapshotRequest } from "./snapshot.ts"
import { MODES, PROJECTIONS } from "./ties.ts"

/** What every procedure on a network takes. */
export const SnapshotInput = z.object({
  investigation: z.string().describe("name or id"),
  layers: z
    .array(z.enum(LAYER_IDS as [LayerId, ...LayerId[]]))
    .default([])
    .describe("only these layers; none = all"),
  from: z.iso.datetime({ offset: true }).optional().describe("records from this time on"),
  to: z.iso.datetime({ offset: true }).optional().describe("records before this time"),
  projection: z
    .enum(PROJECTIONS)
    .default("plain")
    .describe("how people who share a record, group, place or series become pairs; newman: 1/(k-1) for k of them"),
  mode: z
    .enum(MODES)
    .default("both")
    .describe("of links between two kinds of nodes: those at their first ends (rows of a matrix) or second ends, tied by what they share"),
  grades: z.enum(["all", "firm"]).default("all").describe("firm: without exhibits graded weak"),
})

/** What every procedure on a ranking takes besides. */
export const VARIANT = {
  measure: z.enum(RANK_MEASURES).optional().describe("default: involvement; betweenness for a bare network"),
  weighted: z.boolean().default(false).describe("use tie weights in measures of structure"),
  directed: z.boolean().default(false).describe("count ties by direction in measures of structure; the answer says what that means"),
}

export function requestOf(input: z.infer<typeof SnapshotInput>): SnapshotRequest {
  return {
    layers: input.layers.length > 0 ? input.layers : undefined,
    from: input.from === undefined ? undefined : Date.parse(input.from),
    to: input.to === undefined ? undefined : Date.parse(input.to),
    grades: input.grades,
    projection: input.projection,
    mode: input.mode,
  }
}

/** Opens the snapshot that an input asks for under the caller's sight, and closes it when `run` is done. */
export async function withSnapshot<T>(
  ctx: Context,
  input: z.infer<typeof SnapshotInput>,
  run: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const ground = { store: ctx.store, classes: ctx.sight.classes, investigation: ctx.investigation!.id, digest: ctx.sight.digest }
  const snapshot = await openSnapshot(ground, requestOf(input), (f, w) => ctx.progress(f, w))
  try {
    ctx.rests(snapshot.people.classes)
    return await run(snapshot)
  } finally {
    snapshot.close()
  }
}
