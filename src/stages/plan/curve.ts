import { z } from "zod"
import { procedure } from "#access"
import { dismantle, MEASURES, type MeasureName, openPool } from "#kernels"
import { members, namedGraph, SnapshotInput, withSnapshot } from "#network"
import { Failure } from "#vocabulary/failure"
import { inFileOrder } from "./file-order.ts"

/**
 * What is left of a network as its most central members go, one after the other (Cavallaro et al. 2020). A figure about structure:
 * it tells nobody to remove anybody. Players only where there is conduct; all nodes of a bare network.
 */
export const curve = procedure({
  name: "plan.curve",
  title: "Share of the first largest component left after each removal",
  input: SnapshotInput.extend({
    measure: z.enum(Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]).default("betweenness"),
    recompute: z.boolean().default(false).describe("measure again after each removal"),
    block: z.number().int().min(1).optional().describe("measure again after each so many removals; 1 is --recompute"),
    weighted: z.boolean().default(false),
    length: z.enum(["inverse", "weight"]).default("inverse").describe("how long a weighted tie is"),
    alpha: z.number().positive().optional().describe("Katz attenuation; default 0.85 / largest eigenvalue"),
    radius: z.number().int().min(1).max(5).optional().describe("radius of collective influence"),
    repeat: z.enum(["sum", "last"]).default("sum").describe("what a repeated pair of an edge list does"),
    ties: z.enum(["label", "last"]).default("label").describe("among equal scores: by label, or the node that appears last in the file"),
    removals: z.number().int().min(1).optional(),
  }),
  output: z.object({
    snapshot: z.string(),
    measure: z.string(),
    recompute: z.boolean(),
    order: z.array(z.string()),
    lcc: z.array(z.number()),
    equals: z.array(z.number()).describe("of each removal, how many had the same score then: above 1, --ties decided who went"),
  }),
  needs: "plan",
  effect: "read",
  shape: "job",
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const { ids, names, bare, ties } = await members.membersOf(snapshot)
      if (input.mode !== "both" && (input.repeat === "last" || input.ties === "last"))
        throw new Failure(
          "invalid.mode",
          "What comes last in a file is a link of both ends; by what they share nodes have no order there.",
          {
            at: "mode",
            hint: "Leave out --repeat last and --ties last, or --mode.",
          },
        )
      const rows =
        bare && (input.repeat === "last" || input.ties === "last") ? await inFileOrder(await snapshot.people.structure(), ids) : null
      const graph = rows && input.repeat === "last" ? rows.lastRepeat() : namedGraph(ids, ties).graph
      const recompute = input.recompute || input.block !== undefined
      const tieOrder = rows && input.ties === "last" ? rows.lastFirst() : undefined
      const pool = await openPool()
      try {
        ctx.progress(0.9, "Taking it apart")
        const measure = {
          weighted: input.weighted,
          length: input.length,
          ...(input.alpha === undefined ? {} : { alpha: input.alpha }),
          ...(input.radius === undefined ? {} : { radius: input.radius }),
        }
        const done = await dismantle(
          graph,
          input.measure,
          {
            recompute,
            block: input.block ?? 1,
            measure,
            removable: ids.map((id) => Number(!names.get(id)!.masked)),
            ...(tieOrder ? { tieOrder } : {}),
            ...(input.removals === undefined ? {} : { removals: input.removals }),
          },
          pool,
        )
        return {
          snapshot: snapshot.id,
          measure: input.measure,
          recompute,
          order: [...done.order].map((v) => names.get(ids[v]!)!.label),
          lcc: [...done.lcc],
          equals: [...done.equals],
        }
      } finally {
        await pool.close()
      }
    }),
})
