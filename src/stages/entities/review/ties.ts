import type { ShownClaim } from "../shown-claims.ts"

/** Which keys hang together by the claims that were followed. */
export function neighboursOf(claims: readonly ShownClaim[]): Map<string, ShownClaim[]> {
  const out = new Map<string, ShownClaim[]>()
  for (const claim of claims) {
    if (claim.refused !== null) continue
    for (const key of [claim.a, claim.b]) {
      const list = out.get(key)
      if (list) list.push(claim)
      else out.set(key, [claim])
    }
  }
  return out
}

const otherEnd = (claim: ShownClaim, key: string): string => (claim.a === key ? claim.b : claim.a)

/**
 * The claims that lead from one side to the other, such that the weakest of them is as heavy as it can be; of equally strong ways the
 * first found in the claims' own order. Null where none leads there.
 */
export function strongestPath(claims: readonly ShownClaim[], from: ReadonlySet<string>, to: ReadonlySet<string>): ShownClaim[] | null {
  const near = neighboursOf(claims)
  const best = new Map<string, number>([...from].map((key) => [key, Number.POSITIVE_INFINITY]))
  const came = new Map<string, ShownClaim>()
  const done = new Set<string>()
  for (;;) {
    let at: string | undefined
    for (const [key, weight] of best)
      if (!done.has(key) && (at === undefined || weight > best.get(at)! || (weight === best.get(at)! && key < at))) at = key
    if (at === undefined) return null
    if (to.has(at)) break
    done.add(at)
    for (const claim of near.get(at) ?? []) {
      const key = otherEnd(claim, at)
      const weight = Math.min(best.get(at)!, claim.weight)
      if (!done.has(key) && weight > (best.get(key) ?? Number.NEGATIVE_INFINITY)) {
        best.set(key, weight)
        came.set(key, claim)
      }
    }
  }
  let at = [...to].filter((key) => best.has(key)).sort((x, y) => best.get(y)! - best.get(x)! || (x < y ? -1 : 1))[0]!
  const path: ShownClaim[] = []
  while (!from.has(at)) {
    const claim = came.get(at)!
    path.unshift(claim)
    at = otherEnd(claim, at)
  }
  return path
}

/** What hangs on the far side of one claim once it is cut: keys nearer to `a` and keys nearer to `b` by the claims that remain. */
export function partedBy(claim: ShownClaim, claims: readonly ShownClaim[]): { a: string[]; b: string[]; bridge: boolean } {
  const near = neighboursOf(claims.filter((c) => c !== claim))
  const side = new Map<string, "a" | "b">([
    [claim.a, "a"],
    [claim.b, "b"],
  ])
  let bridge = true
  const queue = [claim.a, claim.b]
  for (let at = 0; at < queue.length; at++) {
    const key = queue[at]!
    for (const next of near.get(key) ?? []) {
      const other = otherEnd(next, key)
      const known = side.get(other)
      if (known === undefined) {
        side.set(other, side.get(key)!)
        queue.push(other)
      } else if (known !== side.get(key)) bridge = false
    }
  }
  const of = (which: "a" | "b") => [...side].flatMap(([key, s]) => (s === which ? [key] : [])).sort()
  return { a: of("a"), b: of("b"), bridge }
}
