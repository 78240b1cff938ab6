/** Events in time: one row each, in any order. `kind` is what happened, a small number; who did it to whom are nodes. */
export interface TimedEvents {
  from: ArrayLike<number>
  to: ArrayLike<number>
  at: ArrayLike<number>
  kind: ArrayLike<number>
  /** What an event is about, a number; negative: nothing that is told. Left out: of none. */
  tag?: ArrayLike<number>
}

/** One step of a motif: an event of a kind between two roles. A role is the same node wherever it is named, and roles differ. */
export interface MotifStep {
  from: number
  to: number
  /** Left out: any. */
  kind?: number
  /** Its event is about something, and about the same as those of all other steps that are tagged. */
  tagged?: boolean
}

export interface MotifOptions {
  /** First and last event lie at most so far apart. */
  within: number
  /** Instances kept with their events; all are counted. Default 0. */
  keep?: number
  /** The search ends when so many are found. Default: never. */
  most?: number
}

export interface Motifs {
  count: number
  /** False where the search ended at `most`: there are others. */
  complete: boolean
  /** For each step how many sequences got so far, whole ones among them: where a sequence breaks off. */
  reached: number[]
  /** The events of each kept instance, in the order of the steps; earliest first. */
  instances: Int32Array[]
}

/**
 * δ-temporal motifs (Paranjape, Benson and Leskovec 2017, "Motifs in temporal networks"): sequences of events, strictly later one
 * after the other, that follow the steps within a window, each assignment of events counted. Events of one moment never
 * follow each other. Found by extending one event at a time along the nodes, or the tag, that the steps before have bound.
 */
export function motifs(events: TimedEvents, steps: readonly MotifStep[], { within, keep = 0, most = Infinity }: MotifOptions): Motifs {
  const order = Array.from({ length: events.at.length }, (_, e) => e).sort((a, b) => events.at[a]! - events.at[b]! || a - b)
  const rank = new Int32Array(order.length)
  for (const [i, e] of order.entries()) rank[e] = i
  const tagOf = (e: number): number => events.tag?.[e] ?? -1
  const byNode = indexed(order, (e) => new Set([events.from[e]!, events.to[e]!]))
  const byTag = indexed(order, (e) => [tagOf(e)])
  const role = new Map<number, number>()
  /** The tag of the tagged steps so far; negative where there is none yet. */
  let tag = -1
  const chosen: number[] = []
  const found: Motifs = { count: 0, complete: true, reached: steps.map(() => 0), instances: [] }
  const fits = (step: MotifStep, e: number): boolean => {
    if (step.kind !== undefined && events.kind[e] !== step.kind) return false
    if (step.tagged && (tagOf(e) < 0 || (tag >= 0 && tagOf(e) !== tag))) return false
    if ((step.from === step.to) !== (events.from[e] === events.to[e])) return false
    return free(step.from, events.from[e]!) && free(step.to, events.to[e]!)
  }
  const free = (name: number, node: number): boolean => {
    const held = role.get(name)
    return held === undefined ? ![...role.values()].includes(node) : held === node
  }
  const take = (depth: number, e: number): void => {
    const step = steps[depth]!
    if (!fits(step, e)) return
    if (found.count >= most) {
      found.complete = false
      return
    }
    const bound = (
      [
        [step.from, events.from[e]!],
        [step.to, events.to[e]!],
      ] as const
    ).filter(([name]) => !role.has(name))
    const before = tag
    for (const [name, node] of bound) role.set(name, node)
    if (step.tagged) tag = tagOf(e)
    chosen.push(e)
    found.reached[depth]!++
    if (chosen.length === steps.length) {
      found.count++
      if (found.instances.length < keep) found.instances.push(Int32Array.from(chosen))
    } else follow(depth + 1)
    chosen.pop()
    tag = before
    for (const [name] of bound) role.delete(name)
  }
  const follow = (depth: number): void => {
    const step = steps[depth]!
    const last = chosen.at(-1)!
    const until = events.at[chosen[0]!]! + within
    const anchor = role.get(step.from) ?? role.get(step.to)
    const pool = step.tagged && tag >= 0 ? byTag.get(tag)! : anchor === undefined ? order : byNode.get(anchor)!
    for (let i = firstAfter(pool, rank, rank[last]!); i < pool.length; i++) {
      const e = pool[i]!
      if (events.at[e]! > until || !found.complete) break
      if (events.at[e]! > events.at[last]!) take(depth, e)
    }
  }
  if (steps.length > 0) for (let i = 0; i < order.length && found.complete; i++) take(0, order[i]!)
  return found
}

/** Events by what each stands under, in their order. */
function indexed(order: readonly number[], under: (e: number) => Iterable<number>): Map<number, number[]> {
  const out = new Map<number, number[]>()
  for (const e of order)
    for (const key of under(e)) {
      const own = out.get(key)
      if (own) own.push(e)
      else out.set(key, [e])
    }
  return out
}

/** First place in a list that is ordered by rank whose rank is above. */
function firstAfter(list: readonly number[], rank: Int32Array, above: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rank[list[middle]!]! > above) high = middle
    else low = middle + 1
  }
  return low
}
