import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Context } from "#access"
import { Failure } from "#vocabulary/failure"
import { inForce, judgedOf } from "../identity/state.ts"
import type { People } from "../people.ts"
import { type ParameterSet, type ParameterSource, SOURCE_WORDS } from "./parameters.ts"
import { type Proposal, type Proposals, proposalsOf } from "./proposals.ts"

/** Raised when the same picture would give other proposals. */
const PROPOSALS = 1

/** What could be adopted in the caller's picture; worked out once for a picture, which the decisions that are learnt from are part of. */
export async function keptProposals(ctx: Context, people: People): Promise<Proposals> {
  const folder = await ctx.store.derived.folder(
    "linkage",
    { ...people.key, proposals: PROPOSALS },
    async (into) => {
      ctx.progress(0.9, "Learning parameters")
      const decisions = await ctx.store.register.transaction((tx) => judgedOf(tx, ctx.investigation!.id), ctx.sight.classes)
      writeFileSync(join(into, "proposals.json"), JSON.stringify(await proposalsOf(people, inForce(decisions))))
    },
    ctx.sight.classes.map((c) => `class:${c}`),
  )
  return JSON.parse(readFileSync(join(folder, "proposals.json"), "utf8")) as Proposals
}

/** The set of that source. Throws `invalid.too-little-learnt` where there is none. */
export function proposalFrom({ proposals }: Proposals, source: ParameterSource): Proposal & { set: ParameterSet } {
  const found = proposals.find((p) => p.source === source)
  if (found?.set) return { ...found, set: found.set }
  throw new Failure(
    "invalid.too-little-learnt",
    `There are no parameters ${SOURCE_WORDS[source]}: ${found?.missing ?? "no register states a person"}.`,
    {
      at: "source",
      hint: "entities.parameters shows what there is.",
    },
  )
}
