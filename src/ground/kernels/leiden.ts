import { type Graph, undirected } from "./graph.ts"
import { type MeasureOptions, weightsOf } from "./options.ts"
import { type Rng, rng } from "./rng.ts"

export interface LeidenOptions extends Pick<MeasureOptions, "weighted" | "seed"> {
  /** Default 1; higher finds more and smaller communities. */
  resolution?: number
  /** Most passes over the whole graph, default 100; it ends sooner when one gains nothing. */
  passes?: number
}

export interface Communities {
  /** Community of each node, numbered from the largest to the smallest, equal ones by their lowest node. */
  label: Int32Array
  count: number
  /** Newman and Girvan's modularity at the resolution used; 0 for a graph without edges. */
  modularity: number
}

/** One level of aggregation: nodes are groups of the nodes below, ties inside a group are left out. */
interface Level {
  starts: Int32Array
  targets: Int32Array
  weights: Float64Array
  /** Strength of each node, ties inside it counted twice. */
  mass: Float64Array
}

interface Labels {
  label: Int32Array<ArrayBuffer>
  count: number
}

/** Randomness of the refinement, in units of the mean edge weight: the paper's theta. */
const THETA = 0.01
/** Chances of less than this share of the likeliest are none. */
const LEAST_CHANCE = Math.log(1e-17)
const LEAST_GAIN = 1e-10
const MOST_PASSES = 100

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
 * communities") for modularity: fast local moving, refinement, aggregation of the refinement; repeated from its own result
 * until nothing is gained. Every community is connected. Same seed, same answer. Directions dropped; unweighted unless flagged.
 */
export function leiden(given: Graph, options: LeidenOptions = {}): Communities {
  const graph = undirected(given)
  const { seed = 1, resolution = 1, passes = MOST_PASSES } = options
  const random = rng(seed)
  const { starts, targets } = graph.out
  const weights = weightsOf(graph.out, options)
  const ground: Level = { starts, targets, weights, mass: massOf(starts, weights) }
  const total = ground.mass.reduce((sum, k) => sum + k, 0)
  const folded = resolution > 1 ? upTo(graph.n) : leavesFolded(ground)
  const level = aggregate(ground, folded)
  let label = upTo(folded.count).label
  let reached = total > 0 ? modularity(ground, folded.label, resolution, total) : 0
  for (let pass = 0; pass < passes && total > 0; pass++) {
    const better = onePass(level, label, resolution / total, total / Math.max(1, targets.length), random)
    const gained = modularity(ground, through(folded.label, better), resolution, total)
    if (gained <= reached + LEAST_GAIN) break
    label = better
    reached = gained
  }
  const found = bySize(connected(ground, through(folded.label, label)))
  return { ...found, modularity: total > 0 ? modularity(ground, found.label, resolution, total) : 0 }
}

/**
 * Nodes of one tie as part of their neighbour: at a resolution of at most 1 they are in its community wherever modularity is highest
 * (Brandes et al. 2008, "On modularity clustering").
 */
function leavesFolded({ starts, targets }: Level): Labels {
  const { label } = upTo(starts.length - 1)
  const leaf = (v: number) => starts[v + 1]! - starts[v]! === 1
  for (let v = 0; v < label.length; v++) {
    const w = targets[starts[v]!]!
    if (leaf(v) && (!leaf(w) || w < v)) label[v] = w
  }
  return dense(label)
}

function onePass(ground: Level, from: Int32Array, pull: number, unit: number, random: Rng): Int32Array<ArrayBuffer> {
  let level = ground
  let community = dense(from).label
  /** Which node of the present level each ground node is in. */
  let holder = upTo(from.length).label
  for (;;) {
    moveFast(level, community, pull, random)
    const { label, count } = dense(community)
    const n = level.mass.length
    if (count === n) return through(holder, label)
    const refined = dense(refine(level, label, pull, unit, random))
    community = new Int32Array(refined.count)
    for (let v = 0; v < n; v++) community[refined.label[v]!] = label[v]!
    holder = through(holder, refined.label)
    if (refined.count === n) return through(holder, community)
    level = aggregate(level, refined)
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
  const empty = new Int32Array(n + 1)
  let empties = 0
  for (let c = n - 1; c >= 0; c--) if (members[c] === 0) empty[empties++] = c
  const queue = random.shuffle(upTo(n).label)
  const waiting = new Uint8Array(n).fill(1)
  const tie = new Float64Array(n)
  const near = new Int32Array(n)
  let head = 0
  for (let left = n; left > 0; left--) {
    const v = queue[head]!
    if (++head === n) head = 0
    waiting[v] = 0
    const own = community[v]!
    const end = starts[v + 1]!
    let count = 0
    for (let arc = starts[v]!; arc < end; arc++) {
      const c = community[targets[arc]!]!
      if (tie[c] === 0) near[count++] = c
      tie[c]! += weights[arc]!
    }
    const drawn = pull * mass[v]!
    held[own]! -= mass[v]!
    members[own]!--
    let best = own
    let most = tie[own]! - drawn * held[own]!
    if (members[own]! > 0 && most < -LEAST_GAIN && empties > 0) {
      best = empty[empties - 1]!
      most = 0
    }
    for (let i = 0; i < count; i++) {
      const c = near[i]!
      const gain = tie[c]! - drawn * held[c]!
      if (gain > most + LEAST_GAIN) {
        most = gain
        best = c
      }
      tie[c] = 0
    }
    const joinsEmpty = members[best] === 0 && best !== own
    held[best]! += mass[v]!
    members[best]!++
    if (best === own) continue
    if (joinsEmpty) empties--
    if (members[own] === 0) empty[empties++] = own
    community[v] = best
    let tail = head + left - 1
    if (tail >= n) tail -= n
    for (let arc = starts[v]!; arc < end; arc++) {
      const w = targets[arc]!
      if (waiting[w] === 1 || community[w] === best) continue
      waiting[w] = 1
      queue[tail] = w
      if (++tail === n) tail = 0
      left++
    }
  }
}

/** Splits each community into well-connected parts: lone nodes join a part of their own community, better ones likelier. */
function refine({ starts, targets, weights, mass }: Level, community: Int32Array, pull: number, unit: number, random: Rng): Int32Array {
  const n = mass.length
  const part = upTo(n).label
  const whole = new Float64Array(n)
  for (let v = 0; v < n; v++) whole[community[v]!]! += mass[v]!
  const held = Float64Array.from(mass)
  /** Weight between a part and the rest of its community. */
  const outside = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    const own = community[v]!
    let sum = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) if (community[targets[arc]!] === own) sum += weights[arc]!
    outside[v] = sum
  }
  const inner = outside.slice()
  const alone = new Uint8Array(n).fill(1)
  const tie = new Float64Array(n)
  const near = new Int32Array(n)
  const chance = new Float64Array(n)
  const order = random.shuffle(upTo(n).label)
  for (let i = 0; i < n; i++) {
    const v = order[i]!
    const own = community[v]!
    const all = whole[own]!
    const drawn = pull * mass[v]!
    if (alone[v] === 0 || inner[v]! < drawn * (all - mass[v]!)) continue
    let count = 0
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
      const w = targets[arc]!
      if (community[w] !== own) continue
      const p = part[w]!
      if (tie[p] === 0) near[count++] = p
      tie[p]! += weights[arc]!
    }
    let highest = 0
    for (let j = 0; j < count; j++) {
      const p = near[j]!
      const joined = outside[p]! >= pull * held[p]! * (all - held[p]!)
      const gain = joined ? (tie[p]! - drawn * held[p]!) / unit : -1
      chance[j] = gain
      if (gain > highest) highest = gain
    }
    const alike = (gain: number) => {
      const below = (gain - highest) / THETA
      return gain < 0 || below < LEAST_CHANCE ? 0 : Math.exp(below)
    }
    let sum = alike(0)
    for (let j = 0; j < count; j++) {
      chance[j] = alike(chance[j]!)
      sum += chance[j]!
    }
    let left = random.next() * sum
    let chosen = -1
    for (let j = 0; j < count && chosen < 0; j++) {
      left -= chance[j]!
      if (left < 0) chosen = near[j]!
    }
    if (chosen >= 0) {
      outside[chosen]! += inner[v]! - 2 * tie[chosen]!
      held[chosen]! += mass[v]!
      alone[chosen] = 0
      part[v] = chosen
      held[v] = 0
    }
    for (let j = 0; j < count; j++) tie[near[j]!] = 0
  }
  return part
}

function aggregate(level: Level, { label, count }: Labels): Level {
  const n = label.length
  const firsts = new Int32Array(count + 1)
  for (let v = 0; v < n; v++) firsts[label[v]! + 1]!++
  for (let c = 0; c < count; c++) firsts[c + 1]! += firsts[c]!
  const members = new Int32Array(n)
  const fill = firsts.slice()
  for (let v = 0; v < n; v++) members[fill[label[v]!]!++] = v
  const starts = new Int32Array(count + 1)
  const targets = new Int32Array(level.targets.length)
  const weights = new Float64Array(level.targets.length)
  const mass = new Float64Array(count)
  /** Where the tie from the present group to each other stands; before its row when there is none yet. */
  const place = new Int32Array(count).fill(-1)
  let at = 0
  for (let c = 0; c < count; c++) {
    const row = at
    for (let i = firsts[c]!; i < firsts[c + 1]!; i++) {
      const v = members[i]!
      mass[c]! += level.mass[v]!
      for (let arc = level.starts[v]!; arc < level.starts[v + 1]!; arc++) {
        const d = label[level.targets[arc]!]!
        if (d === c) continue
        if (place[d]! < row) {
          place[d] = at
          targets[at++] = d
        }
        weights[place[d]!]! += level.weights[arc]!
      }
    }
    starts[c + 1] = at
  }
  return { starts, targets: targets.slice(0, at), weights: weights.slice(0, at), mass }
}

function modularity({ starts, targets, weights, mass }: Level, label: Int32Array, resolution: number, total: number): number {
  const held = new Float64Array(label.length)
  let inside = 0
  for (let v = 0; v < label.length; v++) {
    const own = label[v]!
    held[own]! += mass[v]!
    for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) if (label[targets[arc]!] === own) inside += weights[arc]!
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
function dense(given: Int32Array): Labels {
  const number = new Int32Array(given.length).fill(-1)
  const label = new Int32Array(given.length)
  let count = 0
  for (let v = 0; v < label.length; v++) {
    const c = given[v]!
    if (number[c]! < 0) number[c] = count++
    label[v] = number[c]!
  }
  return { label, count }
}

/** Each of n nodes alone. */
function upTo(n: number): Labels {
  const label = new Int32Array(n)
  for (let v = 0; v < n; v++) label[v] = v
  return { label, count: n }
}

/** The label of what each node is in. */
function through(inner: Int32Array, outer: Int32Array): Int32Array<ArrayBuffer> {
  const label = new Int32Array(inner.length)
  for (let v = 0; v < label.length; v++) label[v] = outer[inner[v]!]!
  return label
}

function bySize(given: Int32Array): Labels {
  const { label, count } = dense(given)
  const size = new Int32Array(count)
  for (const c of label) size[c]!++
  const order = Array.from(size.keys()).sort((a, b) => size[b]! - size[a]! || a - b)
  const rank = new Int32Array(count)
  for (const [i, c] of order.entries()) rank[c] = i
  return { label: through(label, rank), count }
}
