import { float64, type Graph, int32 } from "./graph.ts"

/**
 * What shortest-path counting walks over. Every copy stands for one node of one part of the graph; parts are not joined to each
 * other. Copies that have the same neighbours are walked over as one class: rows, `many` and `mass` are of classes.
 */
export interface Pieces {
  readonly directed: boolean
  readonly starts: Int32Array
  readonly targets: Int32Array
  /** Lengths of arcs; empty when every arc counts 1. */
  readonly lengths: Float64Array
  /** Copies in each class. */
  readonly many: Float64Array
  /** How many nodes of the graph are reached through the copies of each class, themselves among them. */
  readonly mass: Float64Array
  /** The node that each copy stands for, and its class. */
  readonly home: Int32Array
  readonly as: Int32Array
  /** Per node: paths through it that need no search, ordered pairs. */
  readonly fixed: Float64Array
}

/** The graph as it stands, one copy per node, each a class of its own. */
export function whole(graph: Graph, lengths: Float64Array | null): Pieces {
  const { starts, targets } = graph.out
  const ones = float64(graph.n).fill(1)
  const home = int32(graph.n)
  for (let v = 0; v < graph.n; v++) home[v] = v
  const { n, directed } = graph
  return { directed, starts, targets, lengths: shared(lengths), many: ones, mass: ones, home, as: home, fixed: float64(n) }
}

/**
 * Takes an undirected graph apart at its articulation points, so that searches stay inside biconnected parts. A shortest path
 * between parts goes through the points that join them, hence each point carries the mass of all behind it. Parts of one edge
 * (trees hanging off, bridges) need no search at all. Exact, for any positive lengths. Linear. Where all arcs count 1, copies
 * with the same neighbours become one class (see `twins`).
 *
 * After Hopcroft and Tarjan 1973; Puzis et al. 2015, "Topology manipulations for speeding betweenness centrality computation";
 * Sariyüce et al. 2013, "Shattering and compressing networks for betweenness centrality".
 */
export function shatter(graph: Graph, lengths: Float64Array | null): Pieces {
  const { n } = graph
  const { starts, targets } = graph.out
  const { found, top, own, size, seen, reach } = biconnected(graph)
  const parts = top.length
  const fixed = float64(n)
  /** Nodes hanging below each node through parts that it is the top of. */
  const below = new Float64Array(n).fill(1)
  for (let part = 0; part < parts; part++) below[top[part]!]! += reach[part]!
  const total = (v: number) => size[seen[v]!]!
  for (let part = 0; part < parts; part++) {
    const mass = total(top[part]!) - reach[part]!
    fixed[top[part]!]! += (total(top[part]!) - mass) * (mass - 1)
  }
  const members = new Int32Array(parts).fill(1)
  for (let v = 0; v < n; v++) {
    if (own[v]! < 0) continue
    members[own[v]!]!++
    fixed[v]! += (total(v) - below[v]!) * (below[v]! - 1)
  }
  const copy = new Int32Array(n).fill(-1)
  const topCopy = new Int32Array(parts).fill(-1)
  const home: number[] = []
  const mass: number[] = []
  for (let part = 0; part < parts; part++) {
    if (members[part]! < 3) continue
    topCopy[part] = home.push(top[part]!) - 1
    mass.push(total(top[part]!) - reach[part]!)
  }
  for (let v = 0; v < n; v++) {
    if (own[v]! < 0 || members[own[v]!]! < 3) continue
    copy[v] = home.push(v) - 1
    mass.push(below[v]!)
  }
  const inPart = (v: number, part: number) => (own[v] === part ? copy[v]! : topCopy[part]!)
  const heads = new Int32Array(home.length + 1)
  const eachArc = (visit: (from: number, to: number, arc: number) => void) => {
    for (let v = 0; v < n; v++) {
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        const part = own[found[w]! > found[v]! ? w : v]!
        if (members[part]! >= 3) visit(inPart(v, part), inPart(w, part), arc)
      }
    }
  }
  eachArc((from) => {
    heads[from + 1]!++
  })
  for (let c = 0; c < home.length; c++) heads[c + 1]! += heads[c]!
  const arcs = heads[home.length]!
  const ends = new Int32Array(arcs)
  const long = new Float64Array(lengths ? arcs : 0)
  const fill = heads.slice()
  eachArc((from, to, arc) => {
    const at = fill[from]!++
    ends[at] = to
    if (lengths) long[at] = lengths[arc]!
  })
  const copies = { starts: heads, targets: ends, mass: Float64Array.from(mass), home: Int32Array.from(home), fixed }
  if (!lengths) return renumbered({ ...merged(copies), lengths: long })
  const alone = { as: copies.home.map((_, c) => c), many: copies.mass.map(() => 1) }
  return renumbered({ ...copies, ...alone, lengths: long })
}

type Copies = Pick<Pieces, "starts" | "targets" | "mass" | "home" | "fixed">

/**
 * Copies with the same neighbours as one class: every shortest path through one has its like through each other. Between two of
 * them, not neighbours themselves, a path goes by each of the neighbours; these pairs are counted here, and searches begin at a class
 * as at one copy of the weight of all, since no path from one leads through another.
 */
function merged({ starts, targets, mass, home, fixed }: Copies): Copies & Pick<Pieces, "as" | "many"> {
  const first = twins(starts, targets)
  const leads = first.filter((f, c) => f === c)
  const as = new Int32Array(home.length)
  for (let k = 0; k < leads.length; k++) as[leads[k]!] = k
  const many = new Float64Array(leads.length)
  const sum = new Float64Array(leads.length)
  const squares = new Float64Array(leads.length)
  for (let c = 0; c < home.length; c++) {
    const k = as[first[c]!]!
    as[c] = k
    many[k]! += 1
    sum[k]! += mass[c]!
    squares[k]! += mass[c]! ** 2
  }
  const heads = new Int32Array(leads.length + 1)
  const ends = new Int32Array(targets.length)
  let at = 0
  for (let k = 0; k < leads.length; k++) {
    const row = targets.subarray(starts[leads[k]!]!, starts[leads[k]! + 1]!)
    const between = row.some((d) => as[d] === k) ? 0 : (sum[k]! ** 2 - squares[k]!) / row.length
    for (let i = 0; i < row.length; i++) {
      const d = row[i]!
      fixed[home[d]!]! += between
      if (first[d] === d && as[d] !== k) ends[at++] = as[d]!
    }
    heads[k + 1] = at
  }
  return { starts: heads, targets: ends.subarray(0, at), mass: sum, many, home, as, fixed }
}

/**
 * For each node the first with the same neighbours, either both leaving each other out of account or not being neighbours: the
 * types I and II of Sariyüce et al. 2013. Rows list their targets in one order. Where two sets of neighbours have one hash, the second
 * is not looked for, which costs time and no exactness.
 */
function twins(starts: Int32Array, targets: Int32Array): Int32Array {
  const n = starts.length - 1
  const first = Int32Array.from({ length: n }, (_, v) => v)
  const hash = new Int32Array(n)
  const mixed = (v: number) => {
    const x = Math.imul(v + 1, 0x9e3779b1)
    return Math.imul(x ^ (x >>> 15), 0x85ebca6b)
  }
  for (let v = 0; v < n; v++) for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) hash[v]! += mixed(targets[arc]!)
  const same = (a: number, b: number): boolean => {
    if (starts[a + 1]! - starts[a]! !== starts[b + 1]! - starts[b]!) return false
    let j = starts[b]!
    for (let i = starts[a]!; i < starts[a + 1]!; i++) {
      if (targets[i] === b) continue
      if (targets[j] === a) j++
      if (targets[i] !== targets[j++]) return false
    }
    return true
  }
  const taken = new Uint8Array(n)
  for (const own of [0, 1]) {
    const known = new Map<number, number>()
    for (let v = 0; v < n; v++) {
      if (taken[v]) continue
      const key = (hash[v]! + own * mixed(v)) | 0
      const lead = known.get(key)
      if (lead === undefined) known.set(key, v)
      else if (same(lead, v)) {
        first[v] = lead
        taken[v] = taken[lead] = 1
      }
    }
  }
  return first
}

interface Biconnected {
  /** Order in which the search found each node. */
  found: Int32Array
  /** Part of the tree edge to each node's parent; -1 for a root. */
  own: Int32Array
  /** The node by which each part hangs on the rest, and how many nodes hang below it there. */
  top: number[]
  reach: number[]
  /** Component of each node and its number of nodes. */
  seen: Int32Array
  size: number[]
}

/** Depth-first search without recursion: phone networks have paths longer than the call stack. */
function biconnected(graph: Graph): Biconnected {
  const { n } = graph
  const { starts, targets } = graph.out
  const found = new Int32Array(n).fill(-1)
  const low = new Int32Array(n)
  const own = new Int32Array(n).fill(-1)
  const seen = new Int32Array(n)
  const next = starts.slice(0, n)
  const weight = new Int32Array(n).fill(1)
  const path = new Int32Array(n)
  const open = new Int32Array(n)
  const top: number[] = []
  const reach: number[] = []
  const size: number[] = []
  let clock = 0
  for (let root = 0; root < n; root++) {
    if (found[root]! >= 0) continue
    let depth = 0
    let opened = 0
    path[0] = root
    found[root] = low[root] = clock++
    seen[root] = size.length
    while (depth >= 0) {
      const v = path[depth]!
      if (next[v]! < starts[v + 1]!) {
        const w = targets[next[v]!++]!
        if (found[w]! < 0) {
          found[w] = low[w] = clock++
          seen[w] = size.length
          open[opened++] = w
          path[++depth] = w
        } else if (found[w]! < low[v]! && (depth === 0 || w !== path[depth - 1])) low[v] = found[w]!
        continue
      }
      if (--depth < 0) break
      const parent = path[depth]!
      weight[parent]! += weight[v]!
      if (low[v]! < low[parent]!) low[parent] = low[v]!
      if (low[v]! < found[parent]!) continue
      for (;;) {
        const w = open[--opened]!
        own[w] = top.length
        if (w === v) break
      }
      top.push(parent)
      reach.push(weight[v]!)
    }
    size.push(weight[root]!)
  }
  return { found, own, top, reach, seen, size }
}

/** Classes numbered in breadth-first order from the busiest of each part: neighbours end up close in memory. */
function renumbered(pieces: Omit<Pieces, "directed">): Pieces {
  const { starts, targets, lengths, mass, many, home, as, fixed } = pieces
  const count = mass.length
  const order = int32(count)
  const place = new Int32Array(count).fill(-1)
  const byDegree = Array.from({ length: count }, (_, c) => c).sort(
    (a, b) => starts[b + 1]! - starts[b]! - (starts[a + 1]! - starts[a]!) || a - b,
  )
  let tail = 0
  for (const root of byDegree) {
    if (place[root]! >= 0) continue
    let head = tail
    place[root] = tail
    order[tail++] = root
    for (; head < tail; head++) {
      const c = order[head]!
      for (let arc = starts[c]!; arc < starts[c + 1]!; arc++) {
        const d = targets[arc]!
        if (place[d]! >= 0) continue
        place[d] = tail
        order[tail++] = d
      }
    }
  }
  const heads = int32(count + 1)
  const ends = int32(targets.length)
  const long = float64(lengths.length)
  const masses = float64(count)
  const sizes = float64(count)
  let at = 0
  for (let c = 0; c < count; c++) {
    const old = order[c]!
    masses[c] = mass[old]!
    sizes[c] = many[old]!
    for (let arc = starts[old]!; arc < starts[old + 1]!; arc++) {
      ends[at] = place[targets[arc]!]!
      if (lengths.length > 0) long[at] = lengths[arc]!
      at++
    }
    heads[c + 1] = at
  }
  const homes = int32(home.length)
  homes.set(home)
  const classes = int32(home.length)
  for (let c = 0; c < home.length; c++) classes[c] = place[as[c]!]!
  return { directed: false, starts: heads, targets: ends, lengths: long, mass: masses, many: sizes, home: homes, as: classes, fixed }
}

function shared(lengths: Float64Array | null): Float64Array {
  const copy = float64(lengths?.length ?? 0)
  if (lengths) copy.set(lengths)
  return copy
}
