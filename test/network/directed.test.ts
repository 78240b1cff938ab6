import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Graph, MEASURES, rng } from "#kernels"
import { readBack } from "#vocabulary/sentences"
import { arcsOf, namedGraph } from "../../src/stages/network/graph.ts"
import { LAYERS, type LayerId } from "../../src/stages/network/layers.ts"
import type { TieRow } from "../../src/stages/network/snapshot.ts"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"
import { takeCase } from "./case.ts"

interface Ranking {
  measure: string
  players: {
    label: string
    rank: number
    score: number
    interval: [number, number]
    range: { scenarios: unknown[] }
    reasons: { words: string }[]
  }[]
  counts: { ties: number }
  range: { says: string }
  variant: { directed: boolean; weighted: boolean; arcs: number | null; says: string }
}

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())
const edges = (text: string) => folderOf({ "net.csv": text })
const rank = (investigation: string, more: object = {}): Promise<Ranking> => app.ask("network.rank", { investigation, top: 100, ...more })
const scores = ({ players }: Ranking) => Object.fromEntries(players.map((p) => [p.label, p.score]))

/** A row of one event between two people. */
const row = (a: string, b: string, layer: LayerId, more: Partial<TieRow> = {}): TieRow => ({
  a,
  b,
  layer,
  event: "e",
  n: 4,
  forth: 4,
  weight: 4,
  forthWeight: 4,
  backWeight: 0,
  share: 1,
  records: [],
  firstAt: null,
  lastAt: null,
  sure: "named",
  ...more,
})

describe("arcs", () => {
  test("are parted by records, of a bare link by what the file gives each way, and halved where a layer has no direction", () => {
    expect(arcsOf(row("a", "b", "messages", { forth: 3 }))).toEqual([0.75, 0.25])
    expect(arcsOf(row("a", "b", "calls", { forth: 0 }))).toEqual([0, 1])
    expect(arcsOf(row("a", "b", "links", { n: 2, forth: 1, weight: 6, forthWeight: 5, backWeight: 1 }))).toEqual([5, 1])
    for (const { id, weight } of LAYERS.filter((l) => !l.directed)) expect(arcsOf(row("a", "b", id))).toEqual([weight / 2, weight / 2])
    expect(LAYERS.filter((l) => !l.directed).map((l) => l.id)).toEqual(["money", "goods", "documents", "reports", "places"])
  })

  test("of all layers together weigh what the edge weighs without direction", () => {
    const ties = LAYERS.map(({ id }, i) => row("a", "b", id, { forth: i % 5 }))
    const [whole, parted] = [namedGraph(["a", "b"], ties).graph, namedGraph(["a", "b"], ties, { directed: true }).graph]
    expect([whole.m, parted.m]).toEqual([1, 2])
    expect(parted.weight[0]! + parted.weight[1]!).toBeCloseTo(whole.weight[0]!, 12)
  })
})

test("a small directed network: who is reached and who reaches differ, by an oracle of powers of the matrix", async () => {
  // a and b write to c, c to d, d back to c; e writes to a alone.
  const arcs = [
    [0, 2],
    [1, 2],
    [2, 3],
    [3, 2],
    [4, 0],
  ] as const
  const names = [..."abcde"]
  await take(app, "small", [edges(`source,target\n${arcs.map(([s, t]) => `${names[s]},${names[t]}`).join("\n")}\n`)], { as: "edges" })
  // PageRank as in the paper: a matrix of chances, raised until it settles.
  let mass = names.map(() => 0.2)
  for (let round = 0; round < 500; round++) {
    const next = names.map(() => 0.15 / 5)
    for (const [v, m] of mass.entries()) {
      const own = arcs.filter(([s]) => s === v)
      for (const t of names.keys()) next[t]! += 0.85 * m * (own.length === 0 ? 1 / 5 : own.filter(([, to]) => to === t).length / own.length)
    }
    mass = next
  }
  const pagerank = await rank("small", { measure: "pagerank", directed: true })
  for (const [v, name] of names.entries()) expect(scores(pagerank)[name]).toBeCloseTo(mass[v]!, 10)
  expect(pagerank.players[0]!.label).toBe("c")
  expect(pagerank.variant).toMatchObject({ directed: true, weighted: false, arcs: 5 })
  expect(pagerank.variant.says).toContain("by direction")
  expect(pagerank.counts.ties).toBe(4)
  expect(pagerank.players[0]!.reasons[0]!.words).toContain("Of these ties 3 ties come in and 1 tie go out.")
  // Closeness of c: reached by a, b and d in one step and by e in two, so 4 / 5 of 4 / 4. Nobody reaches b or e.
  const close = await rank("small", { measure: "closeness", directed: true })
  expect(scores(close).c).toBeCloseTo(4 / 5, 12)
  expect([scores(close).b, scores(close).e]).toEqual([0, 0])
  expect(close.variant.says).toContain("along the directions")
  // Betweenness: a between e and c, e and d; c between a, b, e and d. Twelve ordered pairs of others.
  const between = scores(await rank("small", { measure: "betweenness", directed: true }))
  expect([between.a, between.c]).toEqual([expect.closeTo(2 / 12, 12), expect.closeTo(3 / 12, 12)])
  const without = await rank("small", { measure: "closeness" })
  expect(scores(without).b).toBeGreaterThan(0)
  expect(without.variant).toMatchObject({ directed: false, arcs: null })
})

test("weights of a file stand on the arc that it gives them", async () => {
  await take(app, "weights", [edges("source,target,weight\na,b,5\nb,a,1\nb,c,1\nc,b,4\n")], { as: "edges" })
  const { players, variant } = await rank("weights", { measure: "pagerank", directed: true, weighted: true })
  // Of b's ties 1 goes to a and 1 to c; a and c give all that they have to b.
  const score = Object.fromEntries(players.map((p) => [p.label, p.score]))
  expect(score.a).toBeCloseTo(score.c!, 12)
  expect(score.b).toBeGreaterThan(score.a!)
  expect(variant.weighted).toBe(true)
  const lopsided = scores(await rank("weights", { measure: "closeness", directed: true, weighted: true }))
  // Lengths are 1 / weight. To a: from b 1, from c 1/4 + 1; to c: from b 1, from a 1/5 + 1.
  expect(lopsided.a).toBeCloseTo(2 / (1 + 1.25), 12)
  expect(lopsided.c).toBeCloseTo(2 / (1 + 1.2), 12)
})

test("links of a file that has no directions count both ways, half each, beside arcs of the same file", async () => {
  const text = '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Edges\n1 2 6\n*Arcs\n3 2 4\n'
  await take(app, "mixed", [folderOf({ "net.net": text })], { as: "edges" })
  const { players, variant } = await rank("mixed", { measure: "closeness", directed: true, weighted: true })
  expect(variant.arcs).toBe(3)
  const score = Object.fromEntries(players.map((p) => [p.label, p.score]))
  // To b: from a 1/3, from c 1/4; to a: from b 1/3, from c 1/4 + 1/3; nobody reaches c.
  expect(score).toEqual({ b: expect.closeTo(2 / (1 / 3 + 1 / 4), 12), a: expect.closeTo(2 / (1 / 3 + 1 / 4 + 1 / 3), 12), c: 0 })
})

test("a network with every tie both ways has the same scores by direction as without, degree twice as high", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = rng(seed)
    const ids = Array.from({ length: 4 + random.int(9) }, (_, i) => `p${String(i).padStart(2, "0")}`)
    const ties = ids.flatMap((a, i) =>
      ids.slice(i + 1).flatMap((b) => {
        if (random.next() < 0.65) return []
        const weight = 1 + random.int(5)
        return [row(a, b, "links", { n: 2, forth: 1, weight: 2 * weight, forthWeight: weight, backWeight: weight })]
      }),
    )
    const graphs = [namedGraph(ids, ties).graph, namedGraph(ids, ties, { directed: true }).graph] as const
    const both = (of: (g: Graph) => Float64Array) => graphs.map((g) => [...of(g)]) as [number[], number[]]
    for (const weighted of [false, true])
      for (const [name, factor] of [
        ["degree", weighted ? 1 : 2],
        ["closeness", weighted ? 0.5 : 1],
        ["betweenness", 1],
        ["pagerank", 1],
      ] as const) {
        const [plain, directed] = both((g) => MEASURES[name](g, { weighted }))
        expect(directed).toEqual(plain.map((s) => expect.closeTo(s * factor, 9)))
      }
    const [plain, directed] = both((g) => MEASURES.strength(g))
    expect(directed).toEqual(plain.map((s) => expect.closeTo(s, 9)))
    const [k, kDirected] = both((g) => MEASURES.core(g))
    expect(kDirected).toEqual(k)
  }
})

test("people with conduct: reports tie both ways, half each, and that is said; involvement has no direction and says what to do", async () => {
  const told = (event: string, day: string, who: number, other?: number) => ({
    event,
    day,
    who,
    does: "supplies",
    stage: 7,
    text: "boats near Calais",
    ...(other ? { with: other } : {}),
  })
  await takeCase(app, "told", [told("e1", "2026-03-01", 1, 2), told("e2", "2026-03-02", 2, 3), told("e3", "2026-03-03", 3)])
  const close = await rank("told", { measure: "betweenness", directed: true })
  expect(close.variant.says).toContain("half each: reports.")
  expect(close.players.map((p) => [p.label, p.score])).toEqual(
    (await rank("told", { measure: "betweenness" })).players.map((p) => [p.label, p.score]),
  )
  expect(close.players[0]!.label).toBe(number(2))
  expect(close.players[0]!.range.scenarios.length).toBeGreaterThan(0)
  for (const more of [{}, { measure: "involvement" }]) {
    const failure = await failureOf(rank("told", { directed: true, ...more }))
    expect(failure).toMatchObject({ code: "invalid.measure", at: "directed" })
    expect(failure.hint).toMatch(/Leave directed out, or name a measure of structure: degree/)
  }
})

test("every measure of structure is ranked by direction, and says what direction is to it", async () => {
  await take(app, "every", [edges("source,target\na,b\nb,c\nc,a\nc,d\nd,e\ne,d\nf,a\n")], { as: "edges" })
  for (const measure of Object.keys(MEASURES)) {
    const { players, variant, range } = await rank("every", { measure, directed: true })
    expect([measure, players.length]).toEqual([measure, 6])
    for (const p of players) expect(p.score).toBeGreaterThanOrEqual(p.interval[0] - 1e-9)
    // Each sentence is one that a screen can say in another language, and one of them is the measure's own.
    expect(readBack(variant.says)!.map((s) => s.id)).toContain(`direction.${measure}`)
    expect(players.every((p) => readBack(p.reasons[0]!.words) !== null)).toBe(true)
    expect(readBack(range.says)!.map((s) => s.id)).toEqual(["range.other-measure", "range.unseen"])
  }
  expect((await rank("every", { measure: "core", directed: true })).variant.says).toMatch(/A core has no direction/)
  expect((await rank("every", { measure: "core", weighted: true })).variant).toMatchObject({ weighted: false })
})
