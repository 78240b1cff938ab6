import type { Rng } from "#kernels"
import { keepEvent } from "../draws.ts"
import type { InvolvementInput } from "../measures/involvement.ts"
import type { Doubt } from "./doubt.ts"
import type { Scenario } from "./scenarios.ts"

/** The picture drawn once more: the same rows with some gone, some weighed anew, some told of others. */
export interface Drawn {
  input: InvolvementInput
  /** Players of whom anything is held in this draw. */
  present: Uint8Array
  /** How often each event counts; 0: never seized. */
  event: Float64Array
}

/** Draws once. What comes out follows from the random numbers and the input alone. `place[v]` is 0 for the first of the list and 1 for the last. */
export function drawOnce(
  input: InvolvementInput,
  place: ArrayLike<number>,
  scenario: Scenario,
  random: Rng,
  doubts: readonly (Doubt | null)[],
): Drawn {
  const chance = keepEvent(input.events)
  const event = Float64Array.from({ length: input.events }, () => {
    const kept = random.next() < chance
    if (scenario.reweigh) return -Math.log(1 - random.next())
    return kept ? 1 : 0
  })
  const hide = scenario.people ?? 0
  const present = Uint8Array.from({ length: input.n }, (_, v) =>
    random.next() < (scenario.rising ? 2 * hide * (1 - place[v]!) : hide) ? 0 : 1,
  )
  const tie = Uint8Array.from({ length: input.from.length }, () => (random.next() < (scenario.ties ?? 0) ? 0 : 1))
  const other = (v: number) => (input.n < 2 || random.next() >= (scenario.wrong ?? 0) ? v : (v + 1 + random.int(input.n - 1)) % input.n)
  const lost = doubts.map((doubt) => (scenario.merges && doubt ? doubt.undone(random) : null))
  const from: number[] = []
  const to: number[] = []
  const rows: { edge: number; event: number; weight: number }[] = []
  const index = new Map<number, number>()
  for (let r = 0; r < input.edge.length; r++) {
    const e = input.edge[r]!
    const [a, b] = [other(input.from[e]!), other(input.to[e]!)]
    const seen = event[input.edgeEvent[r]!]!
    if (
      seen === 0 ||
      !tie[e] ||
      a === b ||
      !present[a] ||
      !present[b] ||
      lost[a]?.has(input.edgeEvent[r]!) ||
      lost[b]?.has(input.edgeEvent[r]!)
    )
      continue
    const [s, t] = input.directed || a < b ? [a, b] : [b, a]
    const key = s * input.n + t
    if (!index.has(key)) {
      index.set(key, from.length)
      from.push(s)
      to.push(t)
    }
    rows.push({ edge: index.get(key)!, event: input.edgeEvent[r]!, weight: input.edgeWeight[r]! * seen })
  }
  const evidence: { player: number; event: number; strength: number }[] = []
  for (let r = 0; r < input.player.length; r++) {
    const v = other(input.player[r]!)
    const seen = event[input.evidenceEvent[r]!]!
    if (seen === 0 || !present[v] || lost[v]?.has(input.evidenceEvent[r]!)) continue
    evidence.push({ player: v, event: input.evidenceEvent[r]!, strength: input.evidence[r]! * seen })
  }
  return {
    input: {
      n: input.n,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      edge: Int32Array.from(rows, (r) => r.edge),
      edgeEvent: Int32Array.from(rows, (r) => r.event),
      edgeWeight: Float64Array.from(rows, (r) => r.weight),
      player: Int32Array.from(evidence, (r) => r.player),
      evidenceEvent: Int32Array.from(evidence, (r) => r.event),
      evidence: Float64Array.from(evidence, (r) => r.strength),
      events: input.events,
      ...(input.directed ? { directed: true } : {}),
    },
    present,
    event,
  }
}
