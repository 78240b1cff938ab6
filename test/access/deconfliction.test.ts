import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, journalOf, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, ORGANISER, passengers, phonesFolder } from "../support/world.ts"

const HERE = "in_00000000000000000001"
const ELSEWHERE = "in_00000000000000000002"
const reason = "both work on one number"
let app: TestApp
/** Works where the number is met, and leads where it is hidden. */
let analyst: Caller
let owner: Caller

beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, HERE, "Here")
  await openInvestigationAs(app, ELSEWHERE, "Elsewhere")
  await take(app, HERE, [phonesFolder(passengers(4, () => ({})))])
  analyst = await personAs(app, { id: "us_analyst", roles: [{ role: "analyst", investigation: HERE }] })
  owner = await personAs(app, { id: "us_owner", team: "green", roles: [{ role: "operations-lead", investigation: ELSEWHERE }] })
})
afterAll(() => app.end())

const players = async () =>
  (await app.ask<{ players: { label: string; entity: string }[] }>("network.rank", { investigation: HERE, top: 50 }, analyst)).players
const look = (identifier: string, by = analyst, investigation = HERE) =>
  app.ask<{ announced: { contact: string }[] }>("deconfliction.look", { investigation, type: "phone", identifier }, by)
const shown = (entity: string) => app.ask<{ announced: unknown }>("entities.show", { investigation: HERE, entity }, analyst)
const make = (verb: "announce" | "covert", identifier: string, contact: string) =>
  app.ask<{ announcement: string }>(
    `deconfliction.${verb}`,
    { investigation: ELSEWHERE, type: "phone", identifier, contact, reason },
    owner,
  )

test("whoever meets exactly an announced identifier is asked to speak to its owner, and learns nothing else", async () => {
  const [boss] = await players()
  const before = JSON.stringify(await shown(boss!.entity))
  expect(await look(ORGANISER)).toEqual({ announced: [] })
  const { announcement } = await make("announce", ORGANISER, "Desk 7, +44 7700 900999")
  const national = `0${ORGANISER.slice(3)}`
  expect(await look(ORGANISER)).toEqual({ announced: [{ contact: "Desk 7, +44 7700 900999" }] })
  expect((await failureOf(look(national))).code).toBe("invalid.identifier")
  expect(await look(number(998))).toEqual({ announced: [] })
  const { announced, ...rest } = (await shown(boss!.entity)) as { announced: unknown }
  expect(announced).toEqual([{ contact: "Desk 7, +44 7700 900999" }])
  // Nothing but the contact differs from what was shown before.
  expect({ ...(JSON.parse(before) as object), announced: [] }).toEqual({ ...rest, announced: [] })
  // Its own team is not sent to itself.
  expect(await look(ORGANISER, owner, ELSEWHERE)).toEqual({ announced: [] })
  expect((await failureOf(make("announce", ORGANISER, "again"))).code).toBe("conflict.announced")
  await app.ask("deconfliction.withdraw", { investigation: ELSEWHERE, announcement, reason }, owner)
  expect(await look(ORGANISER)).toEqual({ announced: [] })
  expect((await failureOf(app.ask("deconfliction.withdraw", { investigation: ELSEWHERE, announcement, reason }, owner))).code).toBe(
    "invalid.announcement-unknown",
  )
})

test("a covert identifier is in nobody's list, whoever holds what of it, until it is withdrawn", async () => {
  const before = await players()
  expect(before.length).toBeGreaterThan(0)
  const { announcement } = await make("covert", ORGANISER, "Covert desk")
  const during = await players()
  expect(during.some((p) => p.label === before[0]!.label)).toBe(false)
  const { entities } = await app.ask<{ entities: unknown[] }>("entities.list", { investigation: HERE, find: ORGANISER }, analyst)
  expect(entities).toEqual([])
  // It is kept out, and announces nothing.
  expect(await look(ORGANISER)).toEqual({ announced: [] })
  await app.ask("deconfliction.withdraw", { investigation: ELSEWHERE, announcement, reason }, owner)
  expect((await players()).map((p) => p.label)).toEqual(before.map((p) => p.label))
})

test("neither the register nor the journal keeps the identifier, and only who may release announces", async () => {
  const identifier = number(997)
  await make("covert", identifier, "Covert desk")
  const digits = identifier.slice(-9)
  const { rows } = await app.store.register.read.query("select * from announcement")
  expect(JSON.stringify(rows)).not.toContain(digits)
  const { rows: kept } = await app.store.register.read.query("select * from protection")
  expect(JSON.stringify(kept)).not.toContain(digits)
  const entries = (await journalOf(app)).filter((e) => e.header.procedure === "deconfliction.covert")
  expect(entries.at(-1)!.payload).toMatchObject({
    input: { identifier: { keyed: expect.stringMatching(/^[0-9a-f]{64}$/) }, type: "phone" },
  })
  expect(JSON.stringify(entries)).not.toContain(digits)
  const input = { investigation: HERE, type: "phone", identifier, contact: "x y z", reason }
  for (const verb of ["announce", "covert"])
    expect((await failureOf(app.ask(`deconfliction.${verb}`, input, analyst))).code).toBe("refused.release")
})
