import { describe, expect, test } from "vitest"
import { components, dismantle, graphFrom, induced, MEASURES, type MeasureName, shareLeft } from "#kernels"
import fc from "../support/properties.ts"
import { build, graphs } from "./oracles.ts"

/** Everything from the start after each removal; the highest number goes first among equals. */
function naive(graph: ReturnType<typeof build>, name: MeasureName): { order: number[]; lcc: number[] } {
  let left = Array.from({ length: graph.n }, (_, v) => v)
  const order: number[] = []
  const lcc = [components(graph).largest]
  while (left.length > 0) {
    const scores = MEASURES[name](induced(graph, Int32Array.from(left)))
    const most = Math.max(...scores)
    const gone = left.findLast((_, i) => scores[i]! > most - 1e-9 * Math.abs(most) || scores[i] === most)!
    left = left.filter((v) => v !== gone)
    order.push(gone)
    lcc.push(components(induced(graph, Int32Array.from(left))).largest)
  }
  return { order, lcc: lcc.map((size) => size / lcc[0]!) }
}

describe("dismantle", () => {
  test.each(Object.keys(MEASURES) as MeasureName[])("by %s removes whom a full recomputation puts highest", async (name) => {
    await fc.assert(
      fc.asyncProperty(graphs(false, 9), async (list) => {
        const graph = build(list)
        const { order, lcc } = await dismantle(graph, name)
        expect({ order: [...order], lcc: [...lcc] }).toEqual(naive(graph, name))
      }),
      { numRuns: 60 },
    )
  })

  test("of a directed graph recomputes likewise", async () => {
    await fc.assert(
      fc.asyncProperty(graphs(true, 8), async (list) => {
        const graph = build(list)
        const { order, lcc } = await dismantle(graph, "betweenness")
        expect({ order: [...order], lcc: [...lcc] }).toEqual(naive(graph, "betweenness"))
      }),
      { numRuns: 60 },
    )
  })

  const path = graphFrom({ n: 7, source: [0, 1, 2, 3, 4, 5], target: [1, 2, 3, 4, 5, 6] }).graph

  test("ranks once when not told to recompute", async () => {
    const { order, lcc } = await dismantle(path, "betweenness", { recompute: false })
    expect([...order]).toEqual([3, 4, 2, 5, 1, 6, 0])
    expect([...lcc].map((s) => s * 7)).toEqual([7, 3, 3, 2, 2, 1, 1, 0])
  })

  test("stops after the removals asked for, never takes whom it must not, and breaks ties by the order given", async () => {
    const { order, lcc } = await dismantle(path, "betweenness", {
      removals: 2,
      removable: [1, 1, 1, 0, 1, 1, 1],
      tieOrder: [0, 1, 2, 3, 4, 5, 6],
    })
    expect([...order]).toEqual([2, 4])
    expect([...lcc].map((s) => s * 7)).toEqual([7, 4, 2])
  })
})

test("shareLeft is the largest component after each removal, whoever is named, also twice", () => {
  fc.assert(
    fc.property(graphs(false), graphs(true), fc.infiniteStream(fc.nat()), (one, other, stream) => {
      for (const list of [one, other]) {
        const graph = build(list)
        const order = Array.from({ length: graph.n }, () => stream.next().value % graph.n)
        const sizes = [[], ...order.map((_, i) => order.slice(0, i + 1))].map(
          (gone: number[]) =>
            components(
              graph,
              Array.from({ length: graph.n }, (_, v) => (gone.includes(v) ? 0 : 1)),
            ).largest,
        )
        expect([...shareLeft(graph, order)]).toEqual(sizes.map((size) => size / sizes[0]!))
      }
    }),
  )
})
