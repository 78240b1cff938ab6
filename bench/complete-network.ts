/** What everybody in an invented operation would be worth if all were known. Used by `bench/coverage.ts`. */
import type { Rankable } from "#entities"
import { namedGraph } from "#network"
import { involvement } from "../src/stages/network/measures/involvement.ts"
import { involvementInput } from "../src/stages/network/rank.ts"
import type { SeenWorld } from "./worlds.ts"

/** What somebody at a stage does, where the truth says the stage alone. Principals and organisers organise. */
const DOES: Readonly<Record<number, string>> = {
  1: "advertises",
  2: "holds-deposits",
  3: "forges",
  4: "transports",
  5: "transports",
  6: "shelters",
  7: "supplies",
  8: "transports",
  9: "finances",
  10: "launders",
}
const FULL = 400

/** Involvement of everybody in the complete network, by person. */
export function completeValues(world: SeenWorld): Map<string, number> {
  const people = world.truth.people.map((p): Rankable => {
    const conduct = (stage: number) => (p.kind === "principal" || p.kind === "organiser" ? "organises" : DOES[stage]!)
    const reasons = p.parts.map(({ event, stage }) => ({
      conduct: conduct(stage),
      stage,
      strength: FULL,
      basis: "",
      rule: "",
      words: "",
      innocent: "",
      records: [],
      events: [event],
    }))
    return { entity: p.id, label: p.id, evidence: [], reasons, events: p.parts.length, items: 0 }
  })
  const ties = world.truth.ties.map((t) => {
    const [a, b] = [t.a, t.b].sort() as [string, string]
    return {
      a,
      b,
      layer: "messages" as const,
      event: "complete",
      n: 1,
      forth: 1,
      weight: 1,
      forthWeight: 1,
      backWeight: 0,
      share: 1,
      records: [],
      firstAt: null,
      lastAt: null,
      sure: "named" as const,
    }
  })
  const net = namedGraph(
    people.map((p) => p.entity),
    ties,
  )
  const score = involvement(involvementInput(net, people).input)
  return new Map(net.ids.map((id, v) => [id, score[v]!]))
}
