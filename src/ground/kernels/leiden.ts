import { type Graph, undirected } from "./graph.ts"
import { type MeasureOptions, weightsOf } from "./options.ts"
import { type Rng, rng } from "./rng.ts"

export interface LeidenOptions extends Pick<MeasureOptions, "weighted" | "seed"> {
  /** Default 1; higher finds more and smaller communities. */
  resolution?: number
}

export interface Communities {
  /** Community of each node, numbered from the largest to the smallest, equal ones by their lowest node. */
  label: Int32Array
  count: number
  /** Newman and Girvan's modularity at the resolution used; 0 for a graph without edges. */
  modularity: number
}

/** One level of aggregation: nodes are groups of the nodes below. */
interface Level {
  starts: Int32Array
  targets: Int32Array
  weights: Float64Array
  /** Strength of each node, loops counted twice. */
  mass: Float64Array
}

/** Randomness of the refinement, in units of the mean edge weight: the paper's theta. */
const THETA = 0.01
const LEAST_GAIN = 1e-10
const MOST_PASSES = 20

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
 * communities") for modularity: fast local moving, refinement, aggregation of the refinement; repeated from its own result
 * until nothing moves. Every community is connected. Same seed, same answer. Directions dropped; unweighted unless flagged.
 */
export function leiden(given: Graph, options: LeidenOptions = {}): Communities {
  const graph = undirected(given)
  const random = rng(options.seed ?? 1)
  const resolution = options.resolution ?? 1
  const { starts, targets } = graph.out
  const weights = weightsOf(graph.out, options)
  const ground: Level = { starts, targets, weights, mass: massOf(starts, weights) }
  const total = ground.mass.reduce((sum, k) => sum + k, 0)
  let label = Int32Array.from({ length: graph.n }, (_, v) => v)
  for (let pass = 0; pass < MOST_PASSES && total > 0; pass++) {
    const better = onePass(ground, label, resolution / total, total / Math.max(1, targets.length), random)
    if (modularity(ground, better, resolution, total) <= modularity(ground, label, resolution, total) + LEAST_GAIN) break
    label = better
  }
  const { numbered, count } = bySize(connected(ground, label))
  return { label: numbered, count, modularity: total > 0 ? modularity(ground, numbered, resolution, total) : 0 }
}

function onePass(ground: Level, from: Int32Array, pull: number, unit: number, random: Rng): Int32Array<ArrayBuffer> {
  let level = ground
  let community = dense(from).label
  /** Which node of the present level each ground node is in. */
  const holder = Int32Array.from(ground.mass, (_, v) => v)
  for (;;) {
    moveFast(level, community, pull, random)
    const { label, count } = dense(community)
    const n = level.mass.length
    if (count === n) return holder.map((v) => label[v]!)
    const refined = dense(refine(level, label, pull, unit, random))
    const next = aggregate(level, refined.label, refined.count)
    community = new Int32Array(refined.count)
    for (let v = 0; v < n; v++) community[refined.label[v]!] = label[v]!
    for (let v = 0; v < holder.length; v++) holder[v] = refined.label[holder[v]!]!
    if (refined.count === n) return holder.map((v) => community[v]!)
    level = next
  }
}

/** Moves nodes to the neighbouring (or an empty) community that gains most, visiting again only whom a move may concern. */
function moveFast({ starts, targets, weights, mass }: Level, community: Int32Array, pull: number, random: Rng): void {
  const n = mass.length
  const held = new Float64Array(n)
  const members = new Int32Array(n)
  for (let v = 0; v < n; v++) {
    held[community[v]!]! += mass[v]!
    members[community[v]!]!++
  }
  const empty: number[] = []
  for (let c = n - 1; c >= 0; c--) if (members[c] === 0) empty.push(c)
  const queue = random.shuffle(Int32Array.from(mass, (_, v) => v))
  const waiting = new Uint8Array(n).fill(1)
  const tie = new Float64Array(n)
  const near: number[] = []
  let head = 0
  for (let left = n; left > 0; left--) {
    const v = queue[head]!
    head = (head + 1) % n
    waiting[v] = 0
    near.length = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (w === v) continue
      const c = community[w]!
      if (tie[c] === 0) near.push(c)
      tie[c]! += weights[arc]!
    }
    const own = community[v]!
    held[own]! -= mass[v]!
    members[own]!--
    let best = own
    let most = tie[own]! - pull * mass[v]! * held[own]!
    if (members[own]! > 0 && most < -LEAST_GAIN && empty.length > 0) {
      best = empty.at(-1)!
      most = 0
    }
    for (const c of near) {
      const gain = tie[c]! - pull * mass[v]! * held[c]!
      if (gain > most + LEAST_GAIN) {
        most = gain
        best = c
      }
      tie[c] = 0
    }
    held[best]! += mass[v]!
    members[best]!++
    if (best === own) continue
    if (best === empty.at(-1)) empty.pop()
    if (members[own] === 0) empty.push(own)
    community[v] = best
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (waiting[w] || community[w] === best) continue
      waiting[w] = 1
      queue[(head + left - 1) % n] = w
      left++
    }
  }
}

/** Splits each community into well-connected parts: lone nodes join a part of their own community, better ones likelier. */
function refine({ starts, targets, weights, mass }: Level, community: Int32Array, pull: number, unit: number, random: Rng): Int32Array {
  const n = mass.length
  const part = Int32Array.from(mass, (_, v) => v)
  const whole = new Float64Array(n)
  for (let v = 0; v < n; v++) whole[community[v]!]! += mass[v]!
  const held = Float64Array.from(mass)
  /** Weight between a part and the rest of its community. */
  const outside = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (w !== v && community[w] === community[v]) outside[v]! += weights[arc]!
    }
  }
  const inner = Float64Array.from(outside)
  const alone = new Uint8Array(n).fill(1)
  const tie = new Float64Array(n)
  const near: number[] = []
  for (const v of random.shuffle(Int32Array.from(mass, (_, i) => i))) {
    const all = whole[community[v]!]!
    if (!alone[v] || inner[v]! < pull * mass[v]! * (all - mass[v]!)) continue
    near.length = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (w === v || community[w] !== community[v]) continue
      const p = part[w]!
      if (tie[p] === 0) near.push(p)
      tie[p]! += weights[arc]!
    }
    const gains = near.map((p) => {
      const connected = outside[p]! >= pull * held[p]! * (all - held[p]!)
      return connected ? (tie[p]! - pull * mass[v]! * held[p]!) / unit : -1
    })
    const highest = gains.reduce((most, gain) => Math.max(most, gain), 0)
    const chance = gains.map((gain) => (gain >= 0 ? Math.exp((gain - highest) / THETA) : 0))
    let drawn = random.next() * (Math.exp(-highest / THETA) + chance.reduce((sum, c) => sum + c, 0))
    let chosen = -1
    for (let i = 0; i < near.length && chosen < 0; i++) {
      drawn -= chance[i]!
      if (drawn < 0) chosen = near[i]!
    }
    if (chosen >= 0) {
      outside[chosen]! += inner[v]! - 2 * tie[chosen]!
      held[chosen]! += mass[v]!
      alone[chosen] = 0
      part[v] = chosen
      held[v] = 0
    }
    for (const p of near) tie[p] = 0
  }
  return part
}

function aggregate(level: Level, label: Int32Array, count: number): Level {
  const members: number[][] = Array.from({ length: count }, () => [])
  for (let v = 0; v < label.length; v++) members[label[v]!]!.push(v)
  const starts = new Int32Array(count + 1)
  const targets: number[] = []
  const weights: number[] = []
  const mass = new Float64Array(count)
  const tie = new Float64Array(count)
  for (let c = 0; c < count; c++) {
    const near: number[] = []
    for (const v of members[c]!) {
      mass[c]! += level.mass[v]!
      for (let arc = level.starts[v]!; arc < level.starts[v + 1]!; arc++) {
        const d = label[level.targets[arc]!]!
        if (tie[d] === 0) near.push(d)
        tie[d]! += level.weights[arc]!
      }
    }
    for (const d of near) {
      targets.push(d)
      weights.push(tie[d]!)
      tie[d] = 0
    }
    starts[c + 1] = targets.length
  }
  return { starts, targets: Int32Array.from(targets), weights: Float64Array.from(weights), mass }
}

function modularity({ starts, targets, weights, mass }: Level, label: Int32Array, resolution: number, total: number): number {
  const held = new Float64Array(label.length)
  let inside = 0
  for (let v = 0; v < label.length; v++) {
    held[label[v]!]! += mass[v]!
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) if (label[targets[arc]!] === label[v]) inside += weights[arc]!
  }
  let expected = 0
  for (const k of held) expected += k * k
  return inside / total - (resolution * expected) / (total * total)
}

function massOf(starts: Int32Array, weights: Float64Array): Float64Array {
  const mass = new Float64Array(starts.length - 1)
  for (let v = 0; v < mass.length; v++) for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) mass[v]! += weights[arc]!
  return mass
}

/** Communities cut into their connected parts, which never lowers modularity: where refinement stops short, the promise still holds. */
function connected({ starts, targets }: Level, label: Int32Array): Int32Array {
  const part = new Int32Array(label.length).fill(-1)
  const queue = new Int32Array(label.length)
  for (let root = 0; root < label.length; root++) {
    if (part[root]! >= 0) continue
    part[root] = root
    queue[0] = root
    for (let head = 0, tail = 1; head < tail; head++) {
      const v = queue[head]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (part[w]! >= 0 || label[w] !== label[v]) continue
        part[w] = root
        queue[tail++] = w
      }
    }
  }
  return part
}

/** Labels 0, 1, 2 … in the order of their first node. */
function dense(label: Int32Array): { label: Int32Array<ArrayBuffer>; count: number } {
  const number = new Map<number, number>()
  const renamed = Int32Array.from(label, (c) => {
    if (!number.has(c)) number.set(c, number.size)
    return number.get(c)!
  })
  return { label: renamed, count: number.size }
}

function bySize(given: Int32Array): { numbered: Int32Array; count: number } {
  const { label, count } = dense(given)
  const size = new Int32Array(count)
  for (const c of label) size[c]!++
  const order = Array.from(size.keys()).sort((a, b) => size[b]! - size[a]! || a - b)
  const rank = new Int32Array(count)
  for (const [i, c] of order.entries()) rank[c] = i
  return { numbered: label.map((c) => rank[c]!), count }
}
