import type { Graph } from "../graph.ts"

interface Ball {
  nodes: Int32Array
  /** Steps to each of `nodes`. */
  far: Int32Array
}

/** Balls of more nodes than this in all are searched again each time instead of being kept. */
const MOST_KEPT = 20_000_000

/** The nodes within some steps of a node, itself first; the answer is good until the next call. */
export function ballsOf({ n, out: { starts, targets } }: Graph): (v: number, steps: number) => Ball {
  const seen = new Int32Array(n).fill(-1)
  const queue = new Int32Array(n)
  const far = new Int32Array(n)
  const kept = new Map<number, Ball>()
  let held = 0
  let turn = 0
  return (source, steps) => {
    const known = kept.get(source)
    if (known) return known
    turn++
    queue[0] = source
    far[0] = 0
    seen[source] = turn
    let tail = 1
    for (let head = 0; head < tail && far[head]! < steps; head++) {
      const v = queue[head]!
      for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
        const w = targets[arc]!
        if (seen[w] === turn) continue
        seen[w] = turn
        far[tail] = far[head]! + 1
        queue[tail++] = w
      }
    }
    if (held + tail > MOST_KEPT) return { nodes: queue.subarray(0, tail), far: far.subarray(0, tail) }
    held += tail
    const ball = { nodes: queue.slice(0, tail), far: far.slice(0, tail) }
    kept.set(source, ball)
    return ball
  }
}

/** Σ 1/d over ordered pairs of the nodes that are not gone. Thirty-two searches at a time, one bit each (Then et al. 2014). */
export function nearness({ n, out: { starts, targets } }: Graph): (gone: Uint8Array) => number {
  const seen = new Int32Array(n)
  const now = new Int32Array(n)
  const next = new Int32Array(n)
  let front = new Int32Array(n)
  let after = new Int32Array(n)
  return (gone) => {
    let sum = 0
    for (let first = 0; first < n; ) {
      let width = 0
      let lanes = 0
      seen.fill(0)
      for (; first < n && lanes < 32; first++) {
        if (gone[first]) continue
        now[first] = seen[first] = 1 << lanes++
        front[width++] = first
      }
      for (let far = 1; width > 0; far++) {
        let wide = 0
        for (let i = 0; i < width; i++) {
          const v = front[i]!
          const bits = now[v]!
          now[v] = 0
          for (let arc = starts[v]!; arc < starts[v + 1]!; arc++) {
            const w = targets[arc]!
            const fresh = bits & ~seen[w]!
            if (fresh === 0 || gone[w]) continue
            if (next[w] === 0) after[wide++] = w
            next[w]! |= fresh
          }
        }
        let met = 0
        for (let i = 0; i < wide; i++) {
          const w = after[i]!
          const fresh = next[w]!
          next[w] = 0
          now[w] = fresh
          seen[w]! |= fresh
          met += ones(fresh)
        }
        sum += met / far
        ;[front, after] = [after, front]
        width = wide
      }
    }
    return sum
  }
}

function ones(bits: number): number {
  let x = bits - ((bits >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
