import { Failure } from "#vocabulary/failure"

/**
 * Largest flow from a source to a sink (Dinic 1970) with capacities that are not whole numbers. The same network is solved for many
 * capacities: the arrangement of its arcs is made once.
 */
export interface FlowNetwork {
  n: number
  source: number
  sink: number
  from: ArrayLike<number>
  to: ArrayLike<number>
}

export interface Flow {
  value: number
  /** On each arc. */
  flow: Float64Array
  /** 1 for the nodes on the source's side of a smallest cut. */
  near: Uint8Array
}

/** What is left of a capacity below this, and below this share of the largest, is nothing: sums of fractions do not come out even. */
const LEAST = 1e-9
const LEAST_SHARE = 1e-13

export interface FlowSolver {
  /**
   * Gives a largest flow; throws `invalid.graph` on a capacity that is negative, endless or no number. Of the largest ones it prefers what `prefer` (1 = first) lets through, and spreads the rest over the other arcs
   * in proportion to their capacities, roughly.
   */
  solve(capacity: ArrayLike<number>, prefer?: ArrayLike<number>): Flow
}

/** Steps in which arcs that are not preferred are opened. */
const STEPS = 4

export function flowSolver(network: FlowNetwork): FlowSolver {
  const { n, source, sink, from, to } = network
  const m = from.length
  // Arc e is edge 2e and its way back 2e + 1.
  const starts = new Int32Array(n + 1)
  for (let e = 0; e < m; e++) {
    starts[from[e]! + 1]!++
    starts[to[e]! + 1]!++
  }
  for (let v = 0; v < n; v++) starts[v + 1]! += starts[v]!
  const fill = starts.slice(0, n)
  const edges = new Int32Array(2 * m)
  for (let e = 0; e < m; e++) {
    edges[fill[from[e]!]!++] = 2 * e
    edges[fill[to[e]!]!++] = 2 * e + 1
  }
  const headOf = (edge: number) => (edge & 1 ? from[edge >> 1]! : to[edge >> 1]!)
  const residual = new Float64Array(2 * m)
  let nothing = LEAST
  const level = new Int32Array(n)
  const next = new Int32Array(n)
  const queue = new Int32Array(n)

  const levels = (): boolean => {
    level.fill(-1)
    level[source] = 0
    queue[0] = source
    let end = 1
    for (let at = 0; at < end; at++) {
      const v = queue[at]!
      for (let i = starts[v]!; i < starts[v + 1]!; i++) {
        const edge = edges[i]!
        const w = headOf(edge)
        if (level[w] !== -1 || residual[edge]! <= nothing) continue
        level[w] = level[v]! + 1
        queue[end++] = w
      }
    }
    return level[sink] !== -1
  }
  const path = new Int32Array(n)
  /** Pushes along shortest paths until none is left on these levels. */
  const push = (): void => {
    next.set(starts.subarray(0, n))
    let depth = 0
    let v = source
    for (;;) {
      if (v === sink) {
        let least = Infinity
        for (let d = 0; d < depth; d++) least = Math.min(least, residual[path[d]!]!)
        let cut = 0
        for (let d = depth - 1; d >= 0; d--) {
          const edge = path[d]!
          residual[edge]! -= least
          residual[edge ^ 1]! += least
          if (residual[edge]! <= nothing) cut = d
        }
        depth = cut
        v = headOf(path[depth]! ^ 1)
        continue
      }
      let found = false
      for (; next[v]! < starts[v + 1]!; next[v]!++) {
        const edge = edges[next[v]!]!
        const w = headOf(edge)
        if (residual[edge]! > nothing && level[w] === level[v]! + 1) {
          path[depth++] = edge
          v = w
          found = true
          break
        }
      }
      if (found) continue
      if (v === source) return
      level[v] = -1
      depth--
      v = headOf(path[depth]! ^ 1)
      next[v]!++
    }
  }
  const enlarge = () => {
    while (levels()) push()
  }
  return {
    solve(capacity, prefer) {
      residual.fill(0)
      nothing = LEAST
      for (let e = 0; e < m; e++) {
        if (!(capacity[e]! >= 0 && capacity[e]! < Infinity))
          throw new Failure("invalid.graph", `arc ${e} cannot have a capacity of ${capacity[e]}`, { at: `arc ${e}` })
        nothing = Math.max(nothing, capacity[e]! * LEAST_SHARE)
      }
      let open = prefer ? 0 : 1
      const set = (share: number) => {
        for (let e = 0; e < m; e++) {
          if (prefer?.[e] === 1) residual[2 * e]! += open === 0 ? capacity[e]! : 0
          else residual[2 * e]! += capacity[e]! * share
        }
      }
      if (!prefer) set(1)
      else {
        set(0)
        open = 1
      }
      enlarge()
      if (prefer)
        for (let step = 0; step < STEPS; step++) {
          set(1 / STEPS)
          enlarge()
        }
      const flow = Float64Array.from({ length: m }, (_, e) => Math.max(0, residual[2 * e + 1]!))
      let value = 0
      for (let e = 0; e < m; e++) value += to[e] === sink ? flow[e]! : from[e] === sink ? -flow[e]! : 0
      return { value, flow, near: Uint8Array.from(level, (l) => Number(l !== -1)) }
    },
  }
}
