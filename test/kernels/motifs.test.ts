import { expect, test } from "vitest"
import { communities, graphFrom, leiden, temporal } from "#kernels"
import fc from "../support/properties.ts"
import { KARATE } from "./oracles.ts"

const row = fc.record({ from: fc.nat(3), to: fc.nat(3), at: fc.nat(12), kind: fc.nat(2), tag: fc.integer({ min: -1, max: 1 }) })
const step = fc.record({ from: fc.nat(2), to: fc.nat(2), kind: fc.option(fc.nat(2), { nil: undefined }), tagged: fc.boolean() })

test("motifs are all sequences of events that follow the steps within the window", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.array(step, { minLength: 1, maxLength: 3 }), fc.nat(8), (rows, steps, within) => {
      const tuples = steps.reduce<number[][]>((all) => all.flatMap((t) => rows.map((_, e) => [...t, e])), [[]])
      const begun = steps.map((_, i) => tuples.map((t) => t.slice(0, i + 1)))
      const fits = (tuple: number[]) => {
        const ends = tuple.flatMap((e, i) => [
          [steps[i]!.from, rows[e]!.from],
          [steps[i]!.to, rows[e]!.to],
        ])
        const ordered = tuple.every((e, i) => i === 0 || rows[e]!.at > rows[tuple[i - 1]!]!.at)
        const one = ends.every(([r, v]) => ends.every(([q, u]) => (r === q) === (v === u)))
        const kinds = tuple.every((e, i) => steps[i]!.kind === undefined || steps[i]!.kind === rows[e]!.kind)
        const tags = tuple.filter((_, i) => steps[i]!.tagged).map((e) => rows[e]!.tag)
        const about = tags.every((tag) => tag >= 0 && tag === tags[0])
        return ordered && one && kinds && about && rows[tuple.at(-1)!]!.at - rows[tuple[0]!]!.at <= within
      }
      const expected = tuples.filter(fits)
      const column = (name: keyof (typeof rows)[number]) => rows.map((r) => r[name])
      const events = { from: column("from"), to: column("to"), at: column("at"), kind: column("kind"), tag: column("tag") }
      const given = steps.map(({ kind, ...ends }) => (kind === undefined ? ends : { ...ends, kind }))
      const found = temporal.motifs(events, given, { within, keep: 1e6 })
      expect(found.count).toBe(expected.length)
      expect(found.reached).toEqual(begun.map((of) => new Map(of.filter(fits).map((t) => [t.join(), t])).size))
      expect(found.instances.map((i) => [...i].join()).sort()).toEqual(expected.map((i) => i.join()).sort())
    }),
  )
})

test("pay, call, move, word, release: the five steps of one journey, once, and not when the word comes after the money", () => {
  // customer 0, organiser 1, driver 2, outlet 3
  const steps = [
    { from: 0, to: 3, kind: 0 },
    { from: 1, to: 2, kind: 1 },
    { from: 2, to: 0, kind: 2 },
    { from: 0, to: 1, kind: 3 },
    { from: 3, to: 1, kind: 4 },
  ]
  const events = { from: [0, 1, 2, 0, 3, 0], to: [3, 2, 0, 1, 1, 1], at: [1, 5, 9, 20, 22, 30], kind: [0, 1, 2, 3, 4, 3] }
  const found = temporal.motifs(events, steps, { within: 48, keep: 5 })
  expect([found.count, found.instances.map((i) => [...i])]).toEqual([1, [[0, 1, 2, 3, 4]]])
  expect(temporal.motifs({ ...events, at: [1, 5, 9, 20, 19, 30] }, steps, { within: 48 }).count).toBe(0)
  expect(temporal.motifs(events, steps, { within: 20 }).count).toBe(0)
})

test("consensus over seeds is one partition whatever the seed, and says who is firm in it", () => {
  const one = communities.consensus(KARATE, { runs: 30, seed: 1 })
  const other = communities.consensus(KARATE, { runs: 30, seed: 900 })
  expect(one.label).toEqual(other.label)
  expect(one.modularity).toBeGreaterThan(0.41)
  expect(one.modularity).toBeLessThanOrEqual(leiden(KARATE).modularity + 1e-12)
  expect(one.firmness.every((f) => f > 0 && f <= 1)).toBe(true)
  // Two cliques of six joined by two nodes that could be in either: those are less firm than the rest.
  const clique = (first: number) => Array.from({ length: 36 }, (_, i) => [first + Math.floor(i / 6), first + (i % 6)] as const)
  const ties = [...clique(0), ...clique(6), [0, 12], [6, 12], [1, 13], [7, 13]] as const
  const { graph } = graphFrom({ n: 14, source: ties.map((t) => t[0]), target: ties.map((t) => t[1]) })
  const { label, firmness } = communities.consensus(graph, { runs: 40 })
  expect(new Set(label.subarray(0, 6)).size).toBe(1)
  expect(Math.min(firmness[12]!, firmness[13]!)).toBeLessThan(Math.min(...firmness.subarray(1, 6)))
  expect(communities.consensus(graphFrom({ n: 2, source: [], target: [] }).graph).count).toBe(2)
})
