import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { LIFT_DAYS } from "#vocabulary/standing"
import { failureOf, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, type Phone, phonesFolder } from "../support/world.ts"

const DAY = 86_400_000
const START = Date.parse("2026-11-01T12:00:00Z")
const MAN = number(500)
const BOY = number(501)
let now = START
let app: TestApp
let red: Caller
let blue: Caller
let bluer: Caller
let officer: Caller
let inspector: Caller
let entity: string
let records: string[]
let of: (n: number, team: string, role?: "analyst" | "prosecutor") => Promise<Caller>

const phones = (tag: string, grades: readonly string[]): Phone[] =>
  grades.map((code, n) => ({
    reference: `${tag}${n}`,
    event: `${tag}-raid-${n}`,
    own: number(510 + n),
    cards: [
      ["Karzan Pilot", MAN],
      ["Small Aso", BOY],
    ],
    lines: [MAN, BOY].flatMap((other) => OFFERS.map((text, day) => ({ day, way: "in" as const, other, text }))),
    sheet: { grade: { scheme: "3x5x2", code } },
  }))

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  await take(app, "east", [phonesFolder(phones("E", ["1A", "1A", "2B", "3E"]))])
  await take(app, "other", [phonesFolder(phones("O", ["1A", "1A"]))])
  const { id } = (await app.ask<{ id: string; name: string }[]>("investigations.list", {})).find((i) => i.name === "east")!
  of = (n, team, role = "analyst") =>
    personAs(app, { id: `us_0000000000000000e${String(n).padStart(3, "0")}`, team, roles: [{ role, investigation: id }] })
  red = await of(1, "red")
  blue = await of(2, "blue")
  bluer = await of(3, "red", "prosecutor")
  officer = await personAs(app, {
    id: "us_0000000000000000e004",
    team: "cleared",
    roles: [{ role: "cleared-officer", investigation: null }],
  })
  inspector = await personAs(app, { id: "us_0000000000000000e005", team: "", roles: [{ role: "inspector", investigation: null }] })
  entity = (await find("east", MAN))[0]!.id
  await app.ask("entities.set-standing", { investigation: "east", entity, standing: "victim", reason: "says that he was made to steer" })
  const messages = await app.ask<{ id: string; item: string; parties: { ids: { raw: string }[] }[] }[]>("records.list", {
    investigation: "east",
    kind: "message",
    limit: 1000,
  })
  const items = await app.ask<{ items: { id: string; reference: string }[] } | { id: string; reference: string }[]>("evidence.list", {
    investigation: "east",
  })
  const list = Array.isArray(items) ? items : items.items
  const reference = new Map(list.map((i) => [i.id, i.reference]))
  const by = (ref: string, who: string) =>
    messages.find((m) => reference.get(m.item) === ref && m.parties.some((p) => p.ids.some((i) => i.raw === who)))!.id
  const cards = await app.ask<typeof messages>("records.list", { investigation: "east", kind: "contact", limit: 1000 })
  const card = cards.find((c) => reference.get(c.item) === "E0" && c.parties.some((p) => p.ids.some((i) => i.raw === MAN)))!.id
  records = [by("E0", MAN), by("E1", MAN), by("E3", MAN), by("E0", BOY), card]
})
afterAll(() => app.end())

const find = async (investigation: string, words: string, by?: Caller) =>
  (await app.ask<{ entities: { id: string; label: string }[] }>("entities.list", { investigation, find: words }, by)).entities
const players = async (investigation: string) =>
  (await app.ask<{ players: { label: string }[] }>("network.rank", { investigation, top: 50 })).players.map((p) => p.label).sort()
const yes = { text: "papers and an interview with a social worker", by: "Social worker (invented)" }
const proposal = (more: object = {}) => ({
  investigation: "east",
  entity,
  conduct: [
    { record: records[0]!, conduct: "organises", shows: "offers a crossing at a price" },
    { record: records[1]!, conduct: "organises", shows: "offers another crossing" },
  ],
  age: { answer: "adult", ...yes },
  trafficking: { answer: "none-found", ...yes },
  compulsion: { answer: "none-found", ...yes },
  reason: "Karzan Pilot offers crossings in two raids, see +44 7700 900500",
  ...more,
})
const propose = (more: object = {}, by = red) =>
  app.ask<{ lifting: string; officer: string }>("entities.propose-lifting", proposal(more), by)
const second = (lifting: string, by = blue) =>
  app.ask<{ until: string }>(
    "entities.second-lifting",
    { investigation: "east", lifting, reason: "I read all of it and agree with it" },
    by,
  )
async function answer(word: string, by = officer): Promise<unknown> {
  const waiting = await app.ask<{ rerun: string; state: string }[]>("reruns.list", {}, by)
  const { rerun } = waiting[0]!
  const { sha256 } = await app.ask<{ sha256: string }>("reruns.show", { rerun }, by)
  return app.ask("reruns.answer", { rerun, word, reason: "looked at all holdings (invented)", seen: sha256, contact: "room 4" }, by)
}
const code = async (promise: Promise<unknown>) => (await failureOf(promise)).code

test("nothing is proposed without known answers, without two sound records of conduct from different exhibits, or for the unprotected", async () => {
  for (const field of ["age", "trafficking", "compulsion"]) {
    expect(await code(propose({ [field]: { answer: "unknown", ...yes } }))).toBe("refused.answer-unknown")
    expect(await code(propose({ [field]: { answer: field === "age" ? "child-or-disputed" : "signs", ...yes } }))).toBe(
      "refused.answer-protects",
    )
  }
  const shows = { conduct: "organises", shows: "offers a crossing" }
  const weak = {
    conduct: [
      { record: records[0]!, ...shows },
      { record: records[2]!, ...shows },
    ],
  }
  const another = {
    conduct: [
      { record: records[1]!, ...shows },
      { record: records[3]!, ...shows },
    ],
  }
  const twice = {
    conduct: [
      { record: records[0]!, ...shows },
      { record: records[0]!, ...shows },
    ],
  }
  const nowhere = {
    conduct: [
      { record: records[0]!, ...shows },
      { record: "rc_00000000000000000000", ...shows },
    ],
  }
  const samePhone = {
    conduct: [
      { record: records[0]!, ...shows },
      { record: records[4]!, ...shows },
    ],
  }
  for (const wrong of [weak, another, twice, nowhere, samePhone]) expect(await code(propose(wrong))).toBe("refused.lifting-evidence")
  expect(await code(propose({ conduct: [{ record: records[0]!, ...shows }] }))).toMatch(/^invalid/)
  expect(await code(propose({ conduct: [{ record: records[0]!, conduct: "steers", shows: "steered a boat" }] }))).toMatch(/^invalid/)
  const [boy] = await find("east", BOY)
  expect(await code(propose({ entity: boy!.id }))).toBe("invalid.not-protected")
  const tries = (await journalOf(app)).filter((e) => (e.payload as { refused?: string } | null)?.refused === "refused.lifting-evidence")
  expect(tries).toHaveLength(5)
})

test("two of different teams, and the cleared officer's word between them; then by name, here and for 28 days", async () => {
  expect(await players("east")).toEqual(["Small Aso"])
  const { lifting, officer: told } = await propose()
  expect(told).toBe("waiting")
  expect(await code(second(lifting))).toBe("refused.cleared-officer")
  await answer("proceed")
  expect(await code(second(lifting, red))).toBe("refused.second-person")
  expect(await code(second(lifting, bluer))).toBe("refused.second-person")
  expect(await code(second(lifting, await of(4, "cleared")))).toBe("refused.second-person")
  expect(await players("east")).toEqual(["Small Aso"])
  const { until } = await second(lifting)
  expect(Date.parse(until)).toBe(now + LIFT_DAYS * DAY)
  expect(await code(second(lifting))).toBe("conflict.lifting-settled")
  expect(await players("east")).toEqual(["Karzan Pilot", "Small Aso"])
  expect(await find("east", "Karzan")).toHaveLength(1)
  const shown = await app.ask<{ masked: boolean; lifted: string; liftings: { state: string }[]; standing: { protected: boolean } }>(
    "entities.show",
    { investigation: "east", entity },
  )
  expect(shown).toMatchObject({ masked: false, lifted: lifting, liftings: [{ state: "in force" }] })
  expect((await app.ask<{ blindSpots: string[] }>("network.rank", { investigation: "east" })).blindSpots.join(" ")).toMatch(
    /lifted for a time/,
  )
  // Elsewhere nothing is lifted.
  expect(await players("other")).toEqual(["Small Aso"])
  expect(await find("other", "Karzan")).toEqual([])
  now += LIFT_DAYS * DAY - 1
  expect(await players("east")).toEqual(["Karzan Pilot", "Small Aso"])
  now += 1
  expect(await players("east")).toEqual(["Small Aso"])
  expect(await find("east", MAN)).toEqual([])
  expect(
    (await app.ask<{ liftings: { state: string }[] }>("entities.show", { investigation: "east", entity })).liftings.map((l) => l.state),
  ).toEqual(["lapsed"])
  expect(await code(second(lifting))).toBe("conflict.lifting-settled")
})

test("oversight counts liftings and reads why, without a name or a number; others may not", async () => {
  const seen = await app.ask<{ counts: Record<string, number>; liftings: { proposed: { reason: string } }[] }>(
    "entities.liftings",
    {},
    inspector,
  )
  expect(seen.counts).toEqual({ proposed: 1, seconded: 1, inForce: 0, lapsed: 1, ended: 0 })
  expect(seen.liftings[0]!.proposed.reason).toMatch(/offers crossings in two raids/)
  expect(JSON.stringify(seen)).not.toMatch(/Karzan|7700|900500|en_|east/)
  expect(await code(app.ask("entities.liftings", {}, red))).toBe("refused.oversee")
})

test("it ends at once when somebody ends it, and when more protects than was known; a stop of the officer is a stop", async () => {
  const again = await propose()
  expect(again.officer).toBe("waiting")
  await answer("proceed")
  await second(again.lifting)
  expect(await players("east")).toContain("Karzan Pilot")
  await app.ask(
    "entities.end-lifting",
    { investigation: "east", lifting: again.lifting, reason: "charged: Karzan Pilot is named there" },
    blue,
  )
  expect(await players("east")).toEqual(["Small Aso"])
  expect(JSON.stringify(await app.ask("entities.liftings", {}, inspector))).not.toMatch(/Karzan/)
  now += DAY
  const third = await propose({ reason: "a third time, with the same records and a longer reason" })
  await answer("proceed")
  await second(third.lifting)
  expect(await players("east")).toContain("Karzan Pilot")
  await app.ask("entities.set-standing", { investigation: "east", entity, standing: "witness", reason: "agreed to give evidence" })
  expect(await players("east")).toEqual(["Small Aso"])
  now += DAY
  const fourth = await propose({ reason: "a fourth time, with the same records and another reason" })
  await answer("stop")
  expect(await code(second(fourth.lifting))).toBe("refused.cleared-officer")
  expect(await players("east")).toEqual(["Small Aso"])
})

test("a child is never lifted, nor is whoever is held to be one in another investigation, in the same words", async () => {
  const [here] = await find("east", BOY)
  const both = {
    entity: here!.id,
    conduct: [
      { record: records[3]!, conduct: "organises", shows: "offers a crossing" },
      { record: records[0]!, conduct: "organises", shows: "offers a crossing" },
    ],
  }
  await app.ask("entities.set-standing", {
    investigation: "east",
    entity: here!.id,
    standing: "smuggled-person",
    reason: "came by boat last year",
  })
  const failed = async () => {
    const { code: is, message, hint } = await failureOf(propose(both))
    return { is, message, hint }
  }
  expect((await failed()).is).toBe("refused.lifting-evidence")
  const [there] = await find("other", "Nobody")
  expect(there).toBeUndefined()
  const graph = await app.ask<{ nodes: { id: string; masked: boolean }[] }>("network.graph", {
    investigation: "other",
    leaves: true,
    nodes: 20_000,
  })
  expect(graph.nodes.some((n) => n.id === here!.id && n.masked)).toBe(true)
  await app.ask("entities.set-standing", {
    investigation: "other",
    entity: here!.id,
    standing: "age-disputed",
    reason: "says that he is sixteen",
  })
  const elsewhere = await failed()
  expect(elsewhere.is).toBe("refused.never-lifted")
  await app.ask("entities.set-standing", {
    investigation: "east",
    entity: here!.id,
    standing: "child",
    reason: "papers were found at last",
  })
  expect(await failed()).toEqual(elsewhere)
})
