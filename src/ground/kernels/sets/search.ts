import { type Objective, SAME } from "./objective.ts"

/** One node after the other, each the one that helps most; among equals the lowest. */
export function greedy(objective: Objective, candidates: Int32Array, k: number, n: number): Int32Array {
  return objective.submodular ? lazily(objective, candidates, k, n) : eagerly(objective, candidates, k, n)
}

function eagerly(objective: Objective, candidates: Int32Array, k: number, n: number): Int32Array {
  const values = new Float64Array(n)
  const set: number[] = []
  let open = candidates
  while (set.length < k) {
    objective.each(set, open, values)
    const v = highest(values, open)
    set.push(v)
    open = open.filter((w) => w !== v)
  }
  return Int32Array.from(set)
}

/** Gains only shrink as the set grows (Minoux 1978): a node whose old gain is not the highest need not be looked at again. */
function lazily(objective: Objective, candidates: Int32Array, k: number, n: number): Int32Array {
  const values = new Float64Array(n)
  const set: number[] = []
  let now = objective.value(set)
  objective.each(set, candidates, values)
  let open = Array.from(candidates, (v) => ({ v, gain: values[v]! - now, at: 0 })).sort((a, b) => b.gain - a.gain || a.v - b.v)
  while (set.length < k) {
    let best = open[0]!
    for (let from = 0; best.at < set.length; ) {
      const stale: typeof open = []
      for (; from < open.length && stale.length < 32; from++) if (open[from]!.at < set.length) stale.push(open[from]!)
      objective.each(
        set,
        Int32Array.from(stale, (o) => o.v),
        values,
      )
      for (const o of stale) {
        o.gain = values[o.v]! - now
        o.at = set.length
      }
      const fresh = open.filter((o) => o.at === set.length)
      best = fresh.reduce((a, b) => (b.gain > a.gain + SAME || (b.gain >= a.gain - SAME && b.v < a.v) ? b : a))
      const next = open.find((o) => o.at < set.length)
      if (next && next.gain > best.gain + SAME) {
        from = open.indexOf(next)
        best = next
      }
    }
    set.push(best.v)
    now += best.gain
    open = open.filter((o) => o !== best).sort((a, b) => b.gain - a.gain || a.v - b.v)
  }
  return Int32Array.from(set)
}

/** Exchanges one member at a time for whoever helps most, until no exchange helps or `effort` arc visits are spent. */
export function exchanged(objective: Objective, candidates: Int32Array, start: Int32Array, n: number, effort: number): Int32Array {
  const set = Array.from(start)
  const values = new Float64Array(n)
  let value = objective.value(set)
  let spent = 0
  for (let still = 0, i = 0; still < set.length; i = (i + 1) % set.length) {
    const others = set.filter((_, j) => j !== i)
    const open = candidates.filter((v) => !others.includes(v))
    spent += objective.cost(open.length)
    if (spent > effort) break
    objective.each(others, open, values)
    const v = highest(values, open)
    if (values[v]! > value + SAME) {
      value = values[v]!
      set[i] = v
      still = 0
    } else still++
  }
  return Int32Array.from(set)
}

function highest(values: Float64Array, among: Int32Array): number {
  let best = among[0]!
  for (const v of among) if (values[v]! > values[best]! + SAME) best = v
  return best
}
