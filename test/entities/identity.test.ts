import { afterAll, beforeAll, expect, test } from "vitest"
import type * as access from "#access"
import type { Failure } from "#vocabulary/failure"
import { failureOf, folderOf, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, type Phone, phonesFolder } from "../support/world.ts"

const CASE = "in_000000000000000000id"
const OPEN = { investigation: "identity" }
/** Each look at everybody is worked out anew after a decision. */
const PATIENCE_MS = 400_000
const REASON = "looked at both with the records side by side"
const [ANA, BEN, CAS, DAN, TWIN, VICTIM] = [401, 402, 403, 404, 405, 406].map((n) => number(n)) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const KINGS = [number(411), number(412)] as const
const GHOST = number(420)

let app: TestApp
let analyst: access.Caller
let peer: access.Caller
let other: access.Caller
let outsider: access.Caller

const card = (name: string, ...numbers: string[]): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\n${numbers.map((n) => `TEL:${n}\r\n`).join("")}END:VCARD\r\n`

const INSPECTIONS = {
  records: [
    {
      kind: "document-inspection",
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields: { birthDate: "born", outcome: "outcome", documentType: "type" },
      parties: [
        {
          part: "holder",
          name: "name",
          ids: [
            { type: "phone", column: "phone" },
            { type: "document", column: "number", issuer: "IRQ" },
          ],
        },
      ],
    },
  ],
}

const offering = (to: string, n: number): Phone => ({
  reference: `O${n}`,
  event: `raid-${n}`,
  own: number(500 + n),
  cards: [[`King ${to.slice(-3)}`, to]],
  lines: OFFERS.map((text, day) => ({ day, way: "in" as const, other: to, text })),
})

beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, CASE, OPEN.investigation)
  const who = (id: string, team: string, clearance: "OFFICIAL" | "TOP SECRET" = "TOP SECRET") =>
    personAs(app, {
      id,
      team,
      clearance,
      roles: [
        { role: "analyst", investigation: CASE },
        { role: "examiner", investigation: CASE },
      ],
    })
  analyst = await who("us_0000000000000000000a", "blue")
  peer = await who("us_0000000000000000000b", "blue")
  other = await who("us_0000000000000000000c", "red")
  outsider = await who("us_0000000000000000000d", "blue", "OFFICIAL")
  const saved: Phone = {
    reference: "A1",
    event: "raid-a",
    own: number(450),
    cards: [
      ["Ana", ANA],
      ["Ben", BEN],
      ["Dan", DAN],
      ["Vic", VICTIM],
    ],
    more: { "cards.vcf": card("Cas", CAS, TWIN) },
  }
  await take(app, OPEN.investigation, [
    phonesFolder([saved, ...KINGS.flatMap((king, k) => [1, 2, 3].map((n) => offering(king, 10 * k + n)))]),
    folderOf({
      "D1/material.json": {
        reference: "D1",
        kind: "document",
        authority: "port",
        grade: { scheme: "3x5x2", code: "1A" },
        handling: "P",
        region: "GB",
        files: { "inspections.csv": { as: "table", mapping: INSPECTIONS } },
      },
      "D1/inspections.csv": `at,name,phone,number,born,outcome,type
2025-06-01 10:00,Dan One,${DAN},A1111111,1980-03-04,genuine,passport
2025-06-02 10:00,Ana Two,${ANA},B2222222,1991-05-06,genuine,passport
`,
    }),
    phonesFolder([
      {
        reference: "S1",
        event: "raid-s",
        own: number(451),
        cards: [
          ["Ghost", GHOST],
          ["Cas", CAS],
        ],
        sheet: { classification: "SECRET" },
      },
    ]),
  ])
})
afterAll(() => app.end())

const ask = <T>(name: string, input: object, by = analyst): Promise<T> => app.ask<T>(name, { ...OPEN, ...input }, by)
interface Entity {
  id: string
  masked: boolean
  asked: { id: string; became: string } | null
  identifiers: { key: string; fragment: string }[]
}
const idOf = async (phone: string): Promise<string> => {
  const { entities } = await ask<{ entities: { id: string }[] }>("entities.list", { find: phone })
  expect(entities).toHaveLength(1)
  return entities[0]!.id
}
const show = (entity: string): Promise<Entity> => ask("entities.show", { entity })
const numbersOf = async (phone: string): Promise<string[]> => (await show(await idOf(phone))).identifiers.map((i) => i.key).sort()
const key = (phone: string): string => `phone:${phone}`
interface Answer {
  decision: string
  state: string
  consequences: string[]
}
const decide = (a: string, b: string, decision: string, more: object = {}, by = analyst): Promise<Answer> =>
  ask("entities.decide", { a, b, decision, reason: REASON, ...more }, by)
const undo = (decision: string, by = analyst): Promise<Answer> => ask("entities.undo", { decision, reason: "taken back in a test" }, by)
/** Every byte that is said of people and ties. */
const everything = async (): Promise<string> => {
  const list = await ask<{ entities: { id: string }[] }>("entities.list", { limit: 5000 })
  const shown = []
  for (const { id } of list.entities.slice(0, 4)) shown.push(await show(id))
  const { snapshot: _, ...rank } = await ask<{ snapshot: string }>("network.rank", { top: 50 })
  return JSON.stringify([list, shown, rank, await ask("entities.conflicts", {}), await ask("entities.export", {})])
}
const refused = async (promise: Promise<unknown>): Promise<Failure> => failureOf(promise)

test("a decision that two are the same joins them, the old ids lead to where they are, and undoing restores every byte", {
  timeout: PATIENCE_MS,
}, async () => {
  const [ana, ben] = [await idOf(ANA), await idOf(BEN)]
  const fragment = (await show(ben)).identifiers.find((i) => i.key === key(BEN))!.fragment
  const before = await everything()
  const { decision, state } = await decide(ana, ben, "same")
  expect(state).toBe("in-force")
  expect(await numbersOf(BEN)).toEqual(await numbersOf(ANA))
  expect(await numbersOf(BEN)).toEqual(expect.arrayContaining([key(ANA), key(BEN)]))
  const now = await idOf(BEN)
  // Of two ids one goes on, and the other says where its bearer is.
  expect([ana, ben]).toContain(now)
  const gone = now === ana ? ben : ana
  expect(await show(gone)).toMatchObject({ id: now, asked: { id: gone, became: "merged-into" } })
  expect(await show(fragment)).toMatchObject({ id: now, asked: { id: fragment, became: "part-of" } })
  expect(await refused(decide(gone, key(CAS), "same"))).toMatchObject({ code: "conflict.entity-moved" })
  await undo(decision)
  expect(await everything()).toBe(before)
  expect((await show(fragment)).id).toBe(ben)
  expect(await refused(undo(decision))).toMatchObject({ code: "conflict.undone" })
})

test("a same, a not-same: whoever is the same as the one is not the same as the other, and the contradiction is named", async () => {
  const notSame = await decide(key(ANA), key(CAS), "not-same")
  const same = await decide(key(ANA), key(BEN), "same")
  const failure = await refused(decide(key(BEN), key(CAS), "same"))
  expect(failure).toMatchObject({ code: "refused.identity-conflict", at: notSame.decision })
  const path = await refused(decide(key(BEN), key(ANA), "not-same"))
  expect(path).toMatchObject({ code: "refused.identity-conflict", at: same.decision })
  await undo(notSame.decision)
  const joined = await decide(key(BEN), key(CAS), "same")
  expect(await numbersOf(ANA)).toEqual(expect.arrayContaining([key(BEN), key(CAS), key(TWIN)]))
  for (const { decision } of [joined, same]) await undo(decision)
})

test("two genuine passports with two birth dates are two people: what ties them is cut and shown, and nobody can decide otherwise", async () => {
  const failure = await refused(decide(key(ANA), key(DAN), "same"))
  expect(failure.code).toBe("refused.identity-conflict")
  expect(failure.message).toContain("1980-03-04 and 1991-05-06")
  // A third record gives both numbers to one party: the link is there, and cut.
  await take(app, OPEN.investigation, [
    phonesFolder([{ reference: "A2", event: "raid-b", own: number(452), more: { "both.vcf": card("Somebody", ANA, DAN) } }]),
  ])
  expect(await idOf(ANA)).not.toBe(await idOf(DAN))
  const { conflicts } = await ask<{ conflicts: { kind: string; words: string; against: string[]; records: string[] }[] }>(
    "entities.conflicts",
    {
      entity: await idOf(ANA),
    },
  )
  expect(conflicts.map((c) => c.kind)).toEqual(["two-birth-dates"])
  expect(conflicts[0]!.against).toHaveLength(2)
  expect(conflicts[0]!.records).toHaveLength(1)
})

test("an entity is split as somebody says: what goes together stays together, and the parts are never one again by records", {
  timeout: PATIENCE_MS,
}, async () => {
  const whole = await idOf(TWIN)
  expect(await idOf(CAS)).toBe(whole)
  const before = await everything()
  const { decision } = await ask<Answer>("entities.split", { entity: whole, parts: [[key(TWIN)]], reason: REASON })
  expect(await idOf(TWIN)).not.toBe(await idOf(CAS))
  await take(app, OPEN.investigation, [
    phonesFolder([{ reference: "A3", event: "raid-c", own: number(453), more: { "both.vcf": card("Cas", CAS, TWIN) } }]),
  ])
  expect(await idOf(TWIN)).not.toBe(await idOf(CAS))
  const { decisions } = await ask<{ decisions: { says: string; state: string }[] }>("entities.decisions", { entity: await idOf(TWIN) })
  expect(decisions.map((d) => [d.says, d.state])).toEqual([["not-same", "in-force"]])
  await undo(decision)
  expect(await idOf(TWIN)).toBe(await idOf(CAS))
  expect(before).not.toBe(await everything())
  expect(await refused(ask("entities.split", { entity: whole, parts: [[key(BEN)]], reason: REASON }))).toMatchObject({
    code: "invalid.part",
  })
})

test("what joins two who are ranked waits for a second reader of another team, and so does its undoing", async () => {
  const [one, two] = [await idOf(KINGS[0]), await idOf(KINGS[1])]
  const players = async () => (await ask<{ players: { entity: string }[] }>("network.rank", { top: 50 })).players.map((p) => p.entity)
  expect(await players()).toEqual(expect.arrayContaining([one, two]))
  const made = await decide(one, two, "same")
  expect(made).toMatchObject({ state: "waits", consequences: ["two-ranked", "first-ten"] })
  expect(await players()).toHaveLength(2)
  const second = (decision: string, agrees: boolean, by: access.Caller) =>
    ask<Answer>("entities.second", { decision, agrees, reason: "read it again" }, by)
  for (const by of [analyst, peer]) expect(await refused(second(made.decision, true, by))).toMatchObject({ code: "refused.second-person" })
  expect(await second(made.decision, true, other)).toMatchObject({ state: "in-force" })
  expect(await players()).toHaveLength(1)
  expect(await refused(second(made.decision, false, other))).toMatchObject({ code: "conflict.read-already" })
  const back = await undo(made.decision)
  expect(back.state).toBe("waits")
  expect(await players()).toHaveLength(1)
  // The second reader does not agree, and later does.
  await second(back.decision, false, other)
  await second((await undo(made.decision)).decision, true, other)
  expect(await players()).toEqual(expect.arrayContaining([one, two]))
})

test("a protected person decided to be somebody else protects whom he is", async () => {
  const [hidden, ben] = [await idOf(VICTIM), await idOf(BEN)]
  await ask("entities.set-standing", { entity: hidden, standing: "victim", reason: "said so to an officer" })
  // By an identifier nobody finds out who is protected.
  expect(await refused(decide(key(VICTIM), ben, "same"))).toMatchObject({ code: "invalid.entity-unknown" })
  const made = await decide(hidden, ben, "same")
  expect(made).toMatchObject({ state: "waits", consequences: ["protected"] })
  await ask("entities.second", { decision: made.decision, agrees: true, reason: "read it again" }, other)
  expect(await show(ben)).toMatchObject({ masked: true, identifiers: [] })
  expect((await ask<{ entities: unknown[] }>("entities.list", { find: BEN })).entities).toEqual([])
  const told = JSON.stringify([await ask("entities.decisions", {}), await ask("entities.conflicts", {})])
  for (const words of [VICTIM, BEN]) expect(told).not.toContain(words)
})

test("a decision is seen by those who may see its reasons, and joins nobody for anybody else", async () => {
  const [ghost] = await ask<{ id: string; parties: { ids: { raw: string }[] }[] }[]>("records.list", { kind: "contact", limit: 1000 }).then(
    (all) => all.filter((r) => r.parties.some((p) => p.ids.some((i) => i.raw === GHOST))),
  )
  const before = await ask<object>("entities.list", { limit: 5000 }, outsider)
  const made = await decide(key(GHOST), key(CAS), "same", { records: [ghost!.id] })
  expect(await numbersOf(CAS)).toContain(key(GHOST))
  expect(await ask("entities.list", { limit: 5000 }, outsider)).toEqual(before)
  const listed = await ask<{ decisions: { decision: string }[] }>("entities.decisions", {}, outsider)
  expect(JSON.stringify(listed)).not.toContain(made.decision)
  expect(await refused(undo(made.decision, outsider))).toMatchObject({ code: "invalid.decision-unknown" })
})
