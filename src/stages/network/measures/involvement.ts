/**
 * Involvement: whom the graded conduct points at, and whom those are tied to. PageRank whose restart goes to players in proportion
 * to their conduct evidence (personalised PageRank: Page, Brin, Motwani, Winograd 1999; Haveliwala 2002). Evidence of one seizure
 * event counts up to a ceiling, so that five landings weigh more than one full phone. Scores add up to 1 over the players.
 */

export interface InvolvementInput {
  n: number
  /** Ends of each edge, players as 0..n-1. Edges are arcs where `directed`: for measures of structure alone, involvement knows no direction. */
  from: Int32Array
  to: Int32Array
  /** Rows that make up edges: edge, event, weight. */
  edge: Int32Array
  edgeEvent: Int32Array
  edgeWeight: Float64Array
  /** Rows of evidence: player, event, hundredths of a bit. */
  player: Int32Array
  evidenceEvent: Int32Array
  evidence: Float64Array
  events: number
  directed?: boolean
}

export interface Masks {
  /** Which events are kept; all when left out. */
  event?: Uint8Array
  /** Which edges are kept; all when left out. */
  edge?: Uint8Array
}

/** Chance to follow a tie; low, because conduct comes first and ties second. */
const FOLLOW = 0.5
/** Evidence of one event above this many hundredths of a bit adds nothing. */
export const EVENT_CEILING = 400
const ROUNDS = 60
const CLOSE = 1e-12

/** One score per player. All zero when nothing that is kept shows conduct. */
export function involvement(input: InvolvementInput, masks: Masks = {}): Float64Array {
  const { n, from, to } = input
  const restart = restartOf(input, masks.event)
  const total = restart.reduce((a, b) => a + b, 0)
  if (total === 0) return new Float64Array(n)
  for (let v = 0; v < n; v++) restart[v]! /= total
  const weight = new Float64Array(from.length)
  for (let r = 0; r < input.edge.length; r++) {
    const e = input.edge[r]!
    if ((masks.edge && !masks.edge[e]) || (masks.event && !masks.event[input.edgeEvent[r]!])) continue
    weight[e]! += input.edgeWeight[r]!
  }
  const strength = new Float64Array(n)
  for (let e = 0; e < from.length; e++) {
    strength[from[e]!]! += weight[e]!
    strength[to[e]!]! += weight[e]!
  }
  let score: Float64Array = restart.slice()
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(n)
    let loose = 0
    for (let v = 0; v < n; v++) if (strength[v] === 0) loose += score[v]!
    for (let e = 0; e < from.length; e++) {
      const w = weight[e]!
      if (w === 0) continue
      const [a, b] = [from[e]!, to[e]!]
      next[b]! += (score[a]! * w) / strength[a]!
      next[a]! += (score[b]! * w) / strength[b]!
    }
    let change = 0
    for (let v = 0; v < n; v++) {
      const now = (1 - FOLLOW) * restart[v]! + FOLLOW * (next[v]! + loose * restart[v]!)
      change += Math.abs(now - score[v]!)
      next[v] = now
    }
    score = next
    if (change < CLOSE) break
  }
  return score
}

function restartOf(input: InvolvementInput, kept: Uint8Array | undefined): Float64Array {
  const perEvent = new Map<number, number>()
  for (let r = 0; r < input.player.length; r++) {
    const event = input.evidenceEvent[r]!
    if (kept && !kept[event]) continue
    const key = input.player[r]! * input.events + event
    perEvent.set(key, (perEvent.get(key) ?? 0) + input.evidence[r]!)
  }
  const restart = new Float64Array(input.n)
  for (const [key, sum] of perEvent) restart[Math.floor(key / input.events)]! += Math.min(EVENT_CEILING, sum)
  return restart
}
