import type { MeasureName } from "#kernels"
import { say } from "#vocabulary/sentences"
import type { NamedGraph } from "./graph.ts"
import { LAYERS, type LayerId } from "./layers.ts"

/** Which variant of a measure a ranking is by. */
export interface Variant {
  directed: boolean
  /** Whether the measure read weights: strength and involvement always do, a core never. */
  weighted: boolean
  /** How many arcs the directed graph has; null where directions are not counted. */
  arcs: number | null
  says: string
}

const ALWAYS: ReadonlySet<string> = new Set(["strength", "involvement"])

/** What was counted, in words: with or without direction and weights, what direction means for the measure, and which layers have none. */
export function variantOf(
  measure: MeasureName | "involvement",
  { directed, weighted }: { directed: boolean; weighted: boolean },
  { graph }: NamedGraph,
  layers: readonly LayerId[],
): Variant {
  const weighs = ALWAYS.has(measure) || (weighted && measure !== "core")
  const halves = LAYERS.filter((l) => layers.includes(l.id) && !l.directed).map((l) => l.title)
  const says = [say(directed ? "variant.directed" : "variant.undirected")]
  if (directed && halves.length > 0) says.push(say("variant.halves", { layers: halves.join(", ") }))
  if (directed && measure !== "involvement") says.push(say(`direction.${measure}`))
  says.push(say(weighs ? "variant.weights" : "variant.one-each"))
  return { directed, weighted: weighs, arcs: directed ? graph.m : null, says: says.join(" ") }
}
