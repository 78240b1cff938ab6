/**
 * An invented operation as it is in truth, with every part that anybody took in any launch, as a chain for plans to be held against.
 * Used by `bench/options.ts`.
 */
import { flows } from "#kernels"
import { REPLACED_AFTER } from "../src/stages/plan/regrowth/regrowth.ts"
import type { SeenWorld } from "./worlds.ts"

const RUNS = 50
/** People in a boat. */
const LOAD = 47

/** The operation as it is: each group its own chain, whoever works for several in each of them as often as he took part. */
export function wholeOperation({ people, nodes, launches, ties: told }: SeenWorld["truth"]) {
  const groupOf = new Map(launches.map((l) => [l.id, l.group]))
  const at = launches.map((l) => l.at)
  const weeks = Math.max(1, (Math.max(...at) - Math.min(...at)) / (7 * 86_400_000))
  const groups = [...new Set(groupOf.values())].sort()
  const members = people.filter((p) => p.parts.length > 0 || nodes.includes(p.id)).map((p) => p.id)
  const index = new Map(members.map((id, i) => [id, i]))
  const from: number[] = []
  const to: number[] = []
  const capacity: number[] = []
  const slots: { arc: number; member: number; layer: number; lane: number }[] = []
  const sink = 1 + groups.length * 9
  const node = (group: number, stage: number) => (stage === 0 ? 0 : stage === 10 ? sink : 1 + group * 9 + stage - 1)
  groups.forEach((group, g) => {
    for (let stage = 1; stage <= 10; stage++)
      for (const p of people) {
        const often = p.parts.filter((part) => part.stage === stage && groupOf.get(part.event) === group).length
        if (often === 0) continue
        slots.push({ arc: from.length, member: index.get(p.id)!, layer: stage, lane: g })
        from.push(node(g, stage - 1))
        to.push(node(g, stage))
        capacity.push((often * LOAD) / weeks)
      }
  })
  const ties = told.filter((t) => index.has(t.a) && index.has(t.b))
  const without = async (set: readonly (string | null)[], mechanism: flows.Mechanism) => {
    const gone = new Set(set.flatMap((id) => (id === null ? [] : (index.get(id) ?? []))))
    const extra = [...gone].filter((m) => !slots.some((s) => s.member === m))
    const values = await flows.regrow({
      network: { n: sink + 1, source: 0, sink, from: [...from, ...extra.map(() => 0)], to: [...to, ...extra.map(() => 0)] },
      members: members.length,
      ties: { from: ties.map((t) => index.get(t.a)!), to: ties.map((t) => index.get(t.b)!) },
      slots: [...slots, ...extra.map((member, i) => ({ arc: from.length + i, member, layer: 0, lane: -1 }))],
      scenarios: [[...capacity, ...extra.map(() => 0)]],
      lost: [...slots.map((s): [number, number] => (gone.has(s.member) ? [1, 1] : [0, 0])), ...extra.map((): [number, number] => [1, 1])],
      arcs: [],
      median: Array.from({ length: 11 }, (_, stage) => REPLACED_AFTER[stage] ?? 8),
      mechanism,
      weeks: [4, 52],
      runs: RUNS,
      seed: 1,
      shift: [0, 0.8],
    })
    /** Changes of the flow at each horizon, one a run. */
    return [0, 1].map((h) =>
      Array.from({ length: RUNS }, (_, r) => {
        const base = (r * 2 + h) * flows.REGROWN_FIELDS
        return values[base + 1]! > 0 ? values[base]! / values[base + 1]! - 1 : 0
      }),
    )
  }
  return { without }
}
