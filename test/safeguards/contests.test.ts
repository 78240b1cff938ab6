import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { COUSIN, ORGANISER, passengers, phonesFolder } from "../support/world.ts"

interface Contest {
  id: string
  state: string
  about: string
  entity: string
  outcome: string | null
}

let app: TestApp
let first: Caller
let second: Caller
let organiser: string
let holder: string
const investigation = "raven"

beforeAll(async () => {
  app = await testApp()
  await app.ask("investigations.open", { name: investigation })
  const [{ id }] = await app.ask<[{ id: string }]>("investigations.list", {})
  const roles = [{ role: "analyst" as const, investigation: id }]
  first = await personAs(app, { id: "us_first", roles })
  second = await personAs(app, { id: "us_second", roles, team: "green" })
  await take(app, investigation, [phonesFolder(passengers(4))])
  const find = async (words: string) =>
    (await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation, find: words })).entities[0]!.id
  organiser = await find(ORGANISER)
  holder = await find(COUSIN)
  await app.ask("entities.set-standing", { investigation, entity: holder, standing: "victim", reason: "Told of being held and beaten." })
}, 120_000)
afterAll(() => app.end())

const raise = (more: object, by = first) =>
  app.ask<{ contest: string }>(
    "safeguards.contest",
    { investigation, entity: organiser, party: "defence", reason: "He was abroad in those weeks.", ...more },
    by,
  )
const open = (entity?: string) => app.ask<Contest[]>("safeguards.contests", { investigation, ...(entity ? { entity } : {}) }, second)
const answer = (contest: string, by: Caller, outcome = "upheld") =>
  app.ask<Contest>(
    "safeguards.answer-contest",
    { investigation, contest, outcome, answer: "Looked at the records named and at his statement." },
    by,
  )

test("what is contested is shown with the person and freezes nothing", async () => {
  const before = await app.ask<object>("entities.show", { investigation, entity: organiser }, second)
  await raise({ about: "conduct" })
  expect(await open(organiser)).toMatchObject([{ state: "open", about: "conduct", entity: organiser }])
  expect(await open(holder)).toEqual([])
  expect(await app.ask<object>("entities.show", { investigation, entity: organiser }, second)).toEqual(before)
})

test("an attribution is contested by the identifier that is not his", async () => {
  expect((await failureOf(raise({ about: "attribution" }))).code).toBe("invalid.target")
  expect((await failureOf(raise({ about: "attribution", target: "phone:+447700900999" }))).code).toBe("invalid.target")
  await raise({ about: "attribution", target: `phone:${ORGANISER}`, party: "person" })
  expect(await open(organiser)).toHaveLength(2)
})

test("neither whoever contests nor whoever decided answers", async () => {
  const reason = "Named as an aide in the statement of a witness."
  await app.ask("entities.set-standing", { investigation, entity: organiser, standing: "suspect", reason }, second)
  const { contest } = await raise({ about: "standing" })
  expect((await failureOf(answer(contest, first))).code).toBe("refused.own-decision")
  expect((await failureOf(answer(contest, second))).code).toBe("refused.own-decision")
  expect(await answer(contest, app.caller, "partly")).toMatchObject({ state: "answered", outcome: "partly" })
  expect((await failureOf(answer(contest, app.caller))).code).toBe("conflict.contest-answered")
  const told = (await journalOf(app)).filter((e) => e.header.procedure === "safeguards.answer-contest" && e.header.kind === "decision")
  expect(told).toHaveLength(1)
})

test("the defence gets the method and every fact with its place, and the contests", async () => {
  const { text, facts } = await app.ask<{ text: string; facts: number }>("safeguards.method", { investigation, entity: organiser }, first)
  const shown = await app.ask<{ conduct: { rule: string; records: string[] }[] }>(
    "entities.show",
    { investigation, entity: organiser },
    first,
  )
  expect(shown.conduct.length).toBeGreaterThan(0)
  expect(facts).toBeGreaterThanOrEqual(shown.conduct.length)
  for (const c of shown.conduct) {
    expect(text).toContain(`rule ${c.rule}`)
    for (const record of c.records) expect(text).toMatch(new RegExp(`${record}: [a-z-]+, exhibit ex_`))
  }
  for (const said of ["what else it could be", "Linchpin", "He was abroad in those weeks.", "Answer: partly"]) expect(text).toContain(said)
  const entry = (await journalOf(app)).find((e) => e.header.procedure === "safeguards.method")!
  expect(entry.header.kind).toBe("disclosure")
})

test("of a protected person no method is told, because none is used", async () => {
  expect((await failureOf(app.ask("safeguards.method", { investigation, entity: holder }, first))).code).toBe("refused.protected")
})

test("a contest about a protected person tells no identifier, and no guess is answered", async () => {
  for (const target of [`phone:${COUSIN}`, "phone:+447700900999"]) await raise({ entity: holder, about: "attribution", target })
  const shown = await app.ask<(Contest & { target: string | null })[]>("safeguards.contests", { investigation, entity: holder }, second)
  expect(shown.map((c) => c.target)).toEqual([null, null])
  expect(JSON.stringify(shown)).not.toContain(COUSIN)
})
