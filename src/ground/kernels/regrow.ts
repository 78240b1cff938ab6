import { type FlowNetwork, flowSolver } from "./flow.ts"
import { float64, int32 } from "./graph.ts"
import type { Pool } from "./pool.ts"
import { type Rng, rng } from "./rng.ts"
import { joined, partsHere, range, type Split } from "./split.ts"

/** How a network fills what it lost. */
export const MECHANISMS = ["none", "random", "preferential", "triadic", "alike"] as const
export type Mechanism = (typeof MECHANISMS)[number]

/**
 * A flow network whose arcs are partly served by members (slots), and ties between members. In each run some members lose a share of what
 * they serve; what is lost comes back after a drawn time, in a drawn amount, as the mechanism allows:
 *
 * - `none`: nothing comes back.
 * - `random`: anybody steps in; a newcomer is tied to members drawn at random.
 * - `preferential`: a vacancy of somebody with many ties is filled sooner; newcomers are tied in proportion to ties.
 * - `triadic`: only where the lost member had surviving contacts, who become tied to each other; the more there are, the sooner.
 * - `alike`: those at work in the same layer and lane take over, the more the sooner; where there are none it takes thrice as long.
 *
 * What is lost in a lane may besides move to other lanes of its layer (`shift`).
 */
export interface Regrowth {
  network: FlowNetwork
  members: number
  ties: { from: ArrayLike<number>; to: ArrayLike<number> }
  slots: readonly { arc: number; member: number; layer: number; lane: number }[]
  /** Capacity of each arc, one list per scenario; run r uses scenario r modulo their number. */
  scenarios: readonly ArrayLike<number>[]
  /** Least and most share that each slot loses; [0, 0] for those that are left alone. */
  lost: readonly (readonly [number, number])[]
  /** Arcs without a slot that lose a share, too. */
  arcs: readonly { arc: number; share: readonly [number, number] }[]
  /** Median weeks until a vacancy of a layer is filled. */
  median: readonly number[]
  mechanism: Mechanism
  /** Ends of the horizons, in weeks after the loss. */
  weeks: readonly number[]
  runs: number
  seed: number
  /** Least and most share of a lane's loss that moves to other lanes once it can. */
  shift: readonly [number, number]
}

/** Per run and horizon: flow, flow without any loss, and the share of members in the largest component beside that share without any loss. */
export const REGROWN_FIELDS = 4

interface Job {
  n: number
  source: number
  sink: number
  from: Int32Array
  to: Int32Array
  members: number
  tieFrom: Int32Array
  tieTo: Int32Array
  slotArc: Int32Array
  slotMember: Int32Array
  slotLayer: Int32Array
  slotLane: Int32Array
  capacity: Float64Array
  scenarios: number
  lostLow: Float64Array
  lostHigh: Float64Array
  looseArc: Int32Array
  looseLow: Float64Array
  looseHigh: Float64Array
  median: Float64Array
  mechanism: Mechanism
  weeks: Float64Array
  runs: number
  seed: number
  shift: readonly [number, number]
}

const MOST_BLOCKS = 32
/** What a vacancy is filled with, against what was lost: a network that reorganises can come back stronger (Duijn et al. 2014). */
const REFILL: Readonly<Record<Mechanism, readonly [number, number]>> = {
  none: [0, 0],
  random: [0.4, 1],
  preferential: [0.6, 1.3],
  triadic: [0.5, 1.2],
  alike: [0.5, 1.2],
}
/** Spread of the time until a vacancy is filled (standard deviation of its logarithm). */
const SPREAD = 0.6
/** Median weeks until what a lane lost moves to others. */
const SHIFT_MEDIAN = 3
/** Who lost more than this share is gone from the ties. */
const GONE = 0.5
const NEW_TIES = 3
const NOBODY_ALIKE = 3
const PAIRED = 0.5

const ints = (list: ArrayLike<number>): Int32Array => {
  const out = int32(list.length)
  out.set(list)
  return out
}
const floats = (list: ArrayLike<number>): Float64Array => {
  const out = float64(list.length)
  out.set(list)
  return out
}

/** Run r, horizon h: values from `(r · weeks + h) · REGROWN_FIELDS`. The same on any number of workers. */
export async function regrow(input: Regrowth, pool?: Pool): Promise<Float64Array<ArrayBuffer>> {
  const arcs = input.network.from.length
  const capacity = float64(arcs * input.scenarios.length)
  input.scenarios.forEach((s, i) => {
    capacity.set(Array.from(s), i * arcs)
  })
  const job: Job = {
    n: input.network.n,
    source: input.network.source,
    sink: input.network.sink,
    from: ints(input.network.from),
    to: ints(input.network.to),
    members: input.members,
    tieFrom: ints(input.ties.from),
    tieTo: ints(input.ties.to),
    slotArc: ints(input.slots.map((s) => s.arc)),
    slotMember: ints(input.slots.map((s) => s.member)),
    slotLayer: ints(input.slots.map((s) => s.layer)),
    slotLane: ints(input.slots.map((s) => s.lane)),
    capacity,
    scenarios: input.scenarios.length,
    lostLow: floats(input.lost.map(([low]) => low)),
    lostHigh: floats(input.lost.map(([, high]) => high)),
    looseArc: ints(input.arcs.map((a) => a.arc)),
    looseLow: floats(input.arcs.map((a) => a.share[0])),
    looseHigh: floats(input.arcs.map((a) => a.share[1])),
    median: floats(input.median),
    mechanism: input.mechanism,
    weeks: floats(input.weeks),
    runs: input.runs,
    seed: input.seed,
    shift: input.shift,
  }
  if (!pool || pool.workers === 0) return joined(partsHere(regrowSplit, job))
  return joined(await pool.run("regrow", job, regrowSplit.blocks(job)))
}

export const regrowSplit: Split<Job> = {
  blocks: (job) => Math.min(MOST_BLOCKS, job.runs),
  block(job, block) {
    const [first, last] = range(job.runs, regrowSplit.blocks(job), block)
    const out = new Float64Array((last - first) * job.weeks.length * REGROWN_FIELDS)
    const solver = flowSolver(job)
    const neighbours = neighboursOf(job)
    for (let run = first; run < last; run++) out.set(once(job, solver, neighbours, run), (run - first) * job.weeks.length * REGROWN_FIELDS)
    return out
  },
}

function neighboursOf(job: Job): number[][] {
  const out: Set<number>[] = Array.from({ length: job.members }, () => new Set())
  for (let t = 0; t < job.tieFrom.length; t++) {
    if (job.tieFrom[t] === job.tieTo[t]) continue
    out[job.tieFrom[t]!]!.add(job.tieTo[t]!)
    out[job.tieTo[t]!]!.add(job.tieFrom[t]!)
  }
  return out.map((s) => [...s].sort((a, b) => a - b))
}

/** One run: what is lost, when and how much of it comes back, and what then flows. */
function once(job: Job, solver: ReturnType<typeof flowSolver>, neighbours: readonly number[][], run: number): Float64Array {
  const random = rng(job.seed, run + 1)
  const arcs = job.from.length
  const base = job.capacity.subarray((run % job.scenarios) * arcs, ((run % job.scenarios) + 1) * arcs)
  const slots = job.slotArc.length
  const share = Float64Array.from({ length: slots }, (_, s) => drawn(random, job.lostLow[s]!, job.lostHigh[s]!))
  const gone = new Uint8Array(job.members)
  for (let s = 0; s < slots; s++) if (share[s]! > GONE) gone[job.slotMember[s]!] = 1
  const mean = Math.max(1, (2 * job.tieFrom.length) / Math.max(1, job.members))
  const stays = Uint8Array.from(share, (lost, s) => Number(lost <= GONE && base[job.slotArc[s]!]! > 0))
  const back = new Float64Array(slots)
  const refill = new Float64Array(slots)
  const moved = new Float64Array(slots)
  const moves = new Float64Array(slots)
  for (let s = 0; s < slots; s++) {
    const wait = Math.exp(SPREAD * normal(random))
    refill[s] = drawn(random, ...REFILL[job.mechanism])
    moves[s] = drawn(random, job.shift[0], job.shift[1])
    moved[s] = SHIFT_MEDIAN * Math.exp(SPREAD * normal(random))
    back[s] = share[s]! > 0 ? job.median[job.slotLayer[s]!]! * wait * slowness(job, s, stays, gone, neighbours, mean) : 0
  }
  const loose = Float64Array.from(job.looseArc, (_, i) => drawn(random, job.looseLow[i]!, job.looseHigh[i]!))
  const before = solver.solve(base).value
  const intact = largest(job.members, neighbours, new Uint8Array(job.members), [])
  const newTies = joins(job, neighbours, gone, random)
  const out = new Float64Array(job.weeks.length * REGROWN_FIELDS)
  job.weeks.forEach((week, h) => {
    const capacity = base.slice()
    const lane = new Map<string, number>()
    for (let s = 0; s < slots; s++) {
      const own = base[job.slotArc[s]!]!
      const returned = back[s]! <= week && job.mechanism !== "none" ? refill[s]! : 0
      const missing = own * share[s]!
      if (missing === 0) continue
      capacity[job.slotArc[s]!]! += missing * (returned - 1)
      if (job.slotLane[s]! >= 0 && moved[s]! <= week && job.mechanism !== "none" && returned < 1) {
        const key = `${job.slotLayer[s]} ${job.slotLane[s]}`
        lane.set(key, (lane.get(key) ?? 0) + missing * (1 - returned) * moves[s]!)
      }
    }
    loose.forEach((part, i) => {
      capacity[job.looseArc[i]!]! *= 1 - part
    })
    displace(job, capacity, lane)
    const filled = new Set<number>()
    for (let s = 0; s < slots; s++)
      if (job.mechanism !== "none" && gone[job.slotMember[s]!] && back[s]! <= week) filled.add(job.slotMember[s]!)
    const at = h * REGROWN_FIELDS
    out[at] = solver.solve(capacity).value
    out[at + 1] = before
    out[at + 2] = largest(
      job.members,
      neighbours,
      gone,
      job.mechanism === "none" ? [] : newTies.filter((t) => t.of < 0 || filled.has(t.of)),
    )
    out[at + 3] = intact
  })
  return out
}

const drawn = (random: Rng, low: number, high: number): number => low + (high - low) * random.next()

function normal(random: Rng): number {
  return Math.sqrt(-2 * Math.log(Math.max(random.next(), 1e-12))) * Math.cos(2 * Math.PI * random.next())
}

/** By what factor the mechanism makes a vacancy last longer; Infinity where it cannot fill it. */
function slowness(job: Job, s: number, stays: Uint8Array, gone: Uint8Array, neighbours: readonly number[][], mean: number): number {
  const member = job.slotMember[s]!
  switch (job.mechanism) {
    case "preferential":
      return Math.min(2, Math.max(0.5, mean / Math.max(0.5, neighbours[member]!.length)))
    case "triadic": {
      const left = neighbours[member]!.filter((v) => !gone[v]).length
      return left === 0 ? Infinity : 1 / Math.sqrt(left)
    }
    case "alike": {
      let left = 0
      for (let o = 0; o < stays.length; o++)
        if (o !== s && stays[o] && job.slotLayer[o] === job.slotLayer[s] && job.slotLane[o] === job.slotLane[s]) left++
      return left === 0 ? NOBODY_ALIKE : 1 / Math.sqrt(left)
    }
    default:
      return 1
  }
}

/** What a lane lost goes to the slots of its layer in other lanes, in proportion to what they carry. */
function displace(job: Job, capacity: Float64Array, lost: ReadonlyMap<string, number>): void {
  for (const [key, amount] of [...lost].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [layer, lane] = key.split(" ").map(Number) as [number, number]
    const others = [...job.slotArc.keys()].filter((s) => job.slotLayer[s] === layer && job.slotLane[s] !== lane && job.slotLane[s]! >= 0)
    const total = others.reduce((sum, s) => sum + capacity[job.slotArc[s]!]!, 0)
    if (total > 0) for (const s of others) capacity[job.slotArc[s]!]! *= 1 + amount / total
  }
}

interface Join {
  a: number
  b: number
  /** The vacancy with which it comes; -1: at once. */
  of: number
}

/** New ties: those of whoever fills a vacancy (he bears the number of the one who is gone), or among those left behind. */
function joins(job: Job, neighbours: readonly number[][], gone: Uint8Array, random: Rng): Join[] {
  const out: Join[] = []
  const left = [...gone.keys()].filter((v) => !gone[v])
  if (left.length === 0) return out
  const layerOf = new Map<number, number>()
  job.slotMember.forEach((v, s) => {
    if (!layerOf.has(v)) layerOf.set(v, job.slotLayer[s]!)
  })
  for (let v = 0; v < job.members; v++) {
    if (!gone[v]) continue
    const survivors = neighbours[v]!.filter((w) => !gone[w])
    if (job.mechanism === "triadic") {
      for (let i = 0; i < survivors.length; i++)
        for (let k = i + 1; k < survivors.length; k++) if (random.next() < PAIRED) out.push({ a: survivors[i]!, b: survivors[k]!, of: -1 })
      continue
    }
    const near = job.mechanism === "alike" ? left.filter((w) => Math.abs((layerOf.get(w) ?? -9) - (layerOf.get(v) ?? 9)) <= 1) : left
    const pool = near.length > 0 ? near : left
    const weight = job.mechanism === "preferential" ? pool.map((w) => 1 + neighbours[w]!.length) : pool.map(() => 1)
    const total = weight.reduce((a, b) => a + b, 0)
    for (let k = 0; k < NEW_TIES; k++) {
      let at = random.next() * total
      let i = 0
      while (i < pool.length - 1 && at >= weight[i]!) at -= weight[i++]!
      out.push({ a: v, b: pool[i]!, of: v })
    }
  }
  return out
}

/** Share of the members that are in the largest component; who is gone counts only with ties of whoever came for him. */
function largest(members: number, neighbours: readonly number[][], gone: Uint8Array, more: readonly Join[]): number {
  if (members === 0) return 0
  const parent = Int32Array.from({ length: members }, (_, v) => v)
  const root = (v: number): number => {
    let r = v
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]!]!
      r = parent[r]!
    }
    return r
  }
  const there = Uint8Array.from(gone, (g) => 1 - g)
  for (const { of } of more) if (of >= 0) there[of] = 1
  const unite = (a: number, b: number) => {
    const [x, y] = [root(a), root(b)]
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y)
  }
  for (let v = 0; v < members; v++) if (!gone[v]) for (const w of neighbours[v]!) if (!gone[w]) unite(v, w)
  for (const { a, b } of more) unite(a, b)
  const size = new Int32Array(members)
  for (let v = 0; v < members; v++) if (there[v]) size[root(v)]!++
  return Math.max(...size) / members
}
