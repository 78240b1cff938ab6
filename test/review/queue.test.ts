import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { difference } from "../../src/stages/network/review/effect.ts"
import { failureOf, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, ORGANISER, type Phone, passengers, phonesFolder } from "../support/world.ts"

const ID = "in_00000000000000000011"
const OPEN = { investigation: ID }
const KARWAN = [number(301), number(302)] as const
const HIWA = [number(311), number(312)] as const
const LONE = number(320)
let app: TestApp
let first: Caller
let second: Caller

/** Somebody saved under one full name with two numbers on different phones: one person perhaps, and a name alone does not say so. */
const twoNumbers = (label: string, numbers: readonly string[], n: number): [string, string] => [label, numbers[n < 3 ? 0 : 1]!]

beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, ID, "queue")
  const phones: Phone[] = passengers(6).map((p, n) => ({
    ...p,
    cards: [
      ...p.cards!,
      twoNumbers("Karwan Hawleri Sefin", KARWAN, n),
      twoNumbers("Hiwa Shoresh Dilan", HIWA, n),
      ["Lone Example Person", LONE],
    ],
    lines: [
      ...p.lines!,
      { day: 40 + n, way: "in" as const, other: KARWAN[n < 3 ? 0 : 1], text: OFFERS[n % OFFERS.length]! },
      { day: 41 + n, way: "in" as const, other: KARWAN[n < 3 ? 0 : 1], text: OFFERS[(n + 1) % OFFERS.length]! },
      ...(n < 4 ? [{ day: 50 + n, way: "in" as const, other: HIWA[n < 3 ? 0 : 1], text: OFFERS[(n + 2) % OFFERS.length]! }] : []),
      { day: 60, way: "in" as const, other: LONE, text: "good morning" },
    ],
  }))
  await take(app, ID, [phonesFolder(phones)])
  const roles = [{ role: "analyst" as const, investigation: ID }]
  first = await personAs(app, { id: "us_000000000000000first", roles, team: "blue" })
  second = await personAs(app, { id: "us_00000000000000second", roles, team: "green" })
})
afterAll(() => app.end())

interface Pair {
  pair: string
  a: { entity: string; names: string[]; identifiers: string[] }
  b: { entity: string; names: string[]; identifiers: string[] }
  together: boolean
  effect: number
  how: string
}
interface Queue {
  pairs: Pair[]
  of: number
  answered: number
  own: { checked: number; wrong: number }
}

const queue = (by: Caller) => app.ask<Queue>("entities.queue", { ...OPEN, limit: 50 }, by)
const ranks = async () =>
  new Map(
    (await app.ask<{ players: { entity: string; rank: number }[] }>("network.rank", { ...OPEN, top: 100 })).players.map((p) => [
      p.entity,
      p.rank,
    ]),
  )
const about = (pair: Pair, key: string) => [...pair.a.identifiers, ...pair.b.identifiers].includes(`phone:${key}`)

test("the queue stands in the order of what each pair would change, and joining for real changes that", async () => {
  const { pairs } = await queue(first)
  expect(pairs.map((p) => p.effect)).toEqual(pairs.map((p) => p.effect).toSorted((x, y) => y - x))
  const [karwan, hiwa] = [
    pairs.find((p) => about(p, KARWAN[0]) && about(p, KARWAN[1]))!,
    pairs.find((p) => about(p, HIWA[0]) && about(p, HIWA[1]))!,
  ]
  expect([karwan.together, hiwa.together]).toEqual([false, false])
  expect([karwan.how, hiwa.how]).toEqual(["recomputed", "recomputed"])
  expect(karwan.effect).toBeGreaterThan(0)
  const before = await ranks()
  const truly: number[] = []
  for (const pair of [karwan, hiwa]) {
    const [a, b] = [pair.a.identifiers[0]!, pair.b.identifiers[0]!]
    const { decision, state } = await app.ask<{ decision: string; state: string }>(
      "entities.decide",
      { ...OPEN, a, b, decision: "same", reason: "to see what it does", records: [] },
      first,
    )
    expect(state).toBe("waits")
    expect(await ranks()).toEqual(before)
    await app.ask("entities.second", { ...OPEN, decision, agrees: true, reason: "to see what it does" }, second)
    const joined = await app.ask<{ a: { entity: string }; together: boolean }>("entities.why", { ...OPEN, a, b })
    expect(joined.together).toBe(true)
    const became = new Map([pair.a.entity, pair.b.entity].map((e) => [e, joined.a.entity]))
    truly.push(difference(before, await ranks(), became).effect)
    const undone = await app.ask<{ decision: string }>("entities.undo", { ...OPEN, decision, reason: "seen what it does" }, first)
    await app.ask("entities.second", { ...OPEN, decision: undone.decision, agrees: true, reason: "seen what it does" }, second)
    expect(await ranks()).toEqual(before)
  }
  // What was foretold is what came.
  expect(truly).toEqual([karwan.effect, hiwa.effect].map((e) => expect.closeTo(e, 5)))
  expect(Math.sign(pairs.indexOf(karwan) - pairs.indexOf(hiwa))).toBe(Math.sign(truly[1]! - truly[0]!))
})

test("a consequential answer waits; the second reader sees the pair without the first answer, and agreement counts", async () => {
  const pair = (await queue(first)).pairs.find((p) => about(p, KARWAN[0]) && about(p, KARWAN[1]))!
  const said = await app.ask("entities.answer", { ...OPEN, pair: pair.pair, answer: "same", reason: "one voice on two numbers" }, first)
  expect(said).toEqual({ pair: pair.pair, answer: "same" })
  expect((await queue(first)).pairs.map((p) => p.pair)).not.toContain(pair.pair)
  const shown = (await queue(second)).pairs.find((p) => p.pair === pair.pair)!
  expect(shown).toEqual(pair)
  expect(JSON.stringify(await queue(second))).not.toContain("one voice")
  expect(
    (await failureOf(app.ask("entities.answer", { ...OPEN, pair: pair.pair, answer: "same", reason: "again and again" }, first))).code,
  ).toBe("invalid.pair-unknown")
  await app.ask("entities.answer", { ...OPEN, pair: pair.pair, answer: "same", reason: "the same picture" }, second)
  expect(await app.ask("entities.why", { ...OPEN, a: `phone:${KARWAN[0]}`, b: `phone:${KARWAN[1]}` })).toMatchObject({ together: true })
  expect((await queue(second)).pairs.map((p) => p.pair)).not.toContain(pair.pair)
})

test("an unsure answer changes nothing and takes the pair off one's own queue only", async () => {
  const pair = (await queue(first)).pairs.find((p) => about(p, HIWA[0]) && about(p, HIWA[1]))!
  const before = await ranks()
  await app.ask("entities.answer", { ...OPEN, pair: pair.pair, answer: "unsure", reason: "cannot tell" }, first)
  expect(await ranks()).toEqual(before)
  expect((await queue(first)).pairs.map((p) => p.pair)).not.toContain(pair.pair)
  expect((await queue(second)).pairs.map((p) => p.pair)).toContain(pair.pair)
})

test("each sees his own rate of error, whoever leads sees all, and nobody else", async () => {
  expect((await queue(first)).own).toMatchObject({ checked: 0, wrong: 0 })
  const lead = await app.ask<{ readers: { reader: string; answered: number }[] }>("entities.readers", OPEN)
  expect(lead.readers.map((r) => [r.reader, r.answered])).toEqual([
    [first.id, 2],
    [second.id, 1],
  ])
  expect((await failureOf(app.ask("entities.readers", OPEN, first))).code).toMatch(/^refused\./)
})

test("why two are one is told with every weight and record; of two that nothing ties, that is told", async () => {
  const why = await app.ask<{ says: string; direct: { rule: string; parts: unknown[]; records: string[] }[] }>("entities.why", {
    ...OPEN,
    a: `phone:${KARWAN[0]}`,
    b: `phone:${KARWAN[1]}`,
  })
  expect(why.direct.map((s) => s.rule)).toEqual(["decided"])
  expect(await app.ask("entities.why", { ...OPEN, a: `phone:${LONE}`, b: `phone:${ORGANISER}` })).toMatchObject({
    together: false,
    direct: [],
    path: [],
    weight: null,
  })
  expect((await failureOf(app.ask("entities.why", { ...OPEN, a: "phone:+447700900999", b: `phone:${LONE}` }))).code).toBe(
    "invalid.entity-unknown",
  )
})
