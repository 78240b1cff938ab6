import { afterAll, beforeAll, expect, test } from "vitest"
import { dice, seedOf } from "../support/dice.ts"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"

const die = dice(seedOf("TWO_MODE_SEED"), "who was where")
const PEOPLE = Array.from({ length: 14 }, (_, i) => `person ${i + 1}`)
const MEETINGS = Array.from({ length: 9 }, (_, i) => `meeting ${i + 1}`)
/** Who was at which meeting; a figure above one says nothing more. */
const WAS = PEOPLE.map(() => MEETINGS.map(() => (die.chance(0.3) ? 1 + die.roll(3) : 0)))
const matrix = [`,${MEETINGS.join(",")}`, ...PEOPLE.map((p, i) => `${p},${WAS[i]!.join(",")}`)].join("\n")

interface Graph {
  nodes: { id: string; label: string }[]
  edges: { a: string; b: string; weight: number }[]
}
interface Ranked {
  players: { label: string }[]
  blindSpots: string[]
  counts: { entities: number; ties: number }
}
const HINT = /No node stands at both ends of links/

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await take(app, "meetings", [folderOf({ "meetings.csv": matrix })], { as: "edges" })
})
afterAll(() => app.end())

/** Pairs of rows by the columns in which both have something: each weighs 1, or 1/(k−1) where k rows do. */
function shared(rows: readonly string[], table: readonly (readonly number[])[], newman: boolean): Map<string, number> {
  const out = new Map<string, number>()
  for (let column = 0; column < table[0]!.length; column++) {
    const there = rows.filter((_, i) => table[i]![column]! > 0)
    for (const [n, a] of there.entries())
      for (const b of there.slice(n + 1)) {
        const pair = [a, b].sort().join(" | ")
        out.set(pair, (out.get(pair) ?? 0) + (newman ? 1 / (there.length - 1) : 1))
      }
  }
  return out
}

test.each([
  ["first", PEOPLE, WAS],
  ["second", MEETINGS, MEETINGS.map((_, column) => WAS.map((row) => row[column]!))],
] as const)("nodes at the %s ends are tied by what they share, plainly or by Newman", async (mode, rows, table) => {
  for (const projection of ["plain", "newman"]) {
    const graph = await app.ask<Graph>("network.graph", { investigation: "meetings", mode, projection, leaves: true })
    const labels = new Map(graph.nodes.map((n) => [n.id, n.label]))
    const drawn = new Map(graph.edges.map((e) => [[labels.get(e.a)!, labels.get(e.b)!].sort().join(" | "), e.weight]))
    const expected = shared(rows, table, projection === "newman")
    expect([...drawn.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [pair, weight] of expected) expect(drawn.get(pair), pair).toBeCloseTo(weight, 12)
  }
})

test("who is ranked is of one kind, and a list of both kinds says that there are two", async () => {
  const both = await app.ask<Ranked>("network.rank", { investigation: "meetings", top: 30 })
  expect([both.counts.entities, both.blindSpots.some((s) => HINT.test(s))]).toEqual([PEOPLE.length + MEETINGS.length, true])
  const people = await app.ask<Ranked>("network.rank", { investigation: "meetings", mode: "first", top: 30, weighted: true })
  const there = PEOPLE.filter((_, i) => WAS[i]!.some((n) => n > 0))
  expect(people.players.map((p) => p.label).sort()).toEqual([...there].sort())
  expect([people.counts.ties, people.blindSpots.some((s) => HINT.test(s))]).toEqual([shared(PEOPLE, WAS, false).size, false])
  const { set } = await app.ask<{ set: string[] }>("plan.set", { investigation: "meetings", mode: "second", k: 2 })
  expect(set.filter((label) => MEETINGS.includes(label))).toHaveLength(2)
})

test("a draw keeps or drops what some share as a whole, with all ties that it makes", async () => {
  // Six meetings join ten people; eleven to fourteen were at one meeting only, together.
  const regulars = Array.from({ length: 10 }, (_, i) => `p${i + 1}`)
  const once = ["q1", "q2", "q3", "q4"]
  const links = [...regulars.flatMap((p) => [1, 2, 3, 4, 5, 6].map((m) => `${p},m${m}`)), ...once.map((q) => `${q},m7`)]
  await take(app, "once", [folderOf({ "once.csv": `source,target\n${links.join("\n")}\n` })], { as: "edges" })
  type Drawn = {
    players: { label: string; score: number; interval: [number, number] }[]
    draws: { keepEvent: number; says: string }
    counts: { events: number }
  }
  const ranked = await app.ask<Drawn>("network.rank", { investigation: "once", mode: "first", measure: "degree", top: 20 })
  expect([ranked.draws.keepEvent, ranked.counts.events]).toEqual([0.8, 1])
  expect(ranked.draws.says).toContain("what some share at the other end of links")
  // One meeting in five is dropped: then nobody of the four has a tie. A tie in ten alone would never take all three.
  for (const p of ranked.players) expect([p.label, p.interval[0] === 0]).toEqual([p.label, once.includes(p.label)])
  const both = await app.ask<Drawn>("network.rank", { investigation: "once", measure: "degree", top: 20 })
  expect([both.draws.keepEvent, both.draws.says.includes("seizure events")]).toEqual([1, true])
})

test("a snapshot of one kind of nodes says so under its name and is another than that of both", async () => {
  const named = async (more: object) =>
    app.ask<{ id: string; snapshot: string }>("network.name-snapshot", { investigation: "meetings", ...more })
  const [both, people] = [await named({ name: "both" }), await named({ name: "people", mode: "first" })]
  expect(people.snapshot).not.toBe(both.snapshot)
  const opened = await app.ask<{ parts: { mode?: string } }>("network.open-snapshot", { investigation: "meetings", snapshot: people.id })
  expect(opened.parts.mode).toBe("first")
})

test("where a node stands at both ends there is one kind of node, and what comes last in a file is no question of shared things", async () => {
  await take(app, "chain", [folderOf({ "chain.csv": "source,target\na,b\nb,c\n" })], { as: "edges" })
  const failure = await failureOf(app.ask("network.rank", { investigation: "chain", mode: "first" }))
  expect([failure.code, failure.message]).toEqual([
    "invalid.not-two-mode",
    "In this network 1 node stands at both ends of links, so that it has one kind of node.",
  ])
  expect((await failureOf(app.ask("plan.curve", { investigation: "meetings", mode: "first", ties: "last" }))).code).toBe("invalid.mode")
  await take(app, "none", [folderOf({ "none.csv": "source,target,weight\na,b,0\n" })], { as: "edges" })
  expect((await failureOf(app.ask("network.graph", { investigation: "none", mode: "second" }))).message).toBe(
    "There are no links as given here.",
  )
})
