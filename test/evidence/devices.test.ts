import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import type { Caller } from "#access"
import { PROCEDURES } from "../../src/shells/app/compose.ts"
import { demandsSecret } from "../../src/stages/evidence/devices/coercion.ts"
import { cannotReach, POWERS, powerOf } from "../../src/stages/evidence/devices/powers.ts"
import { failureOf, folderOf, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { ARRIVAL, number, type Phone, phonesFolder } from "../support/world.ts"

const NOW = Date.UTC(2026, 1, 10)
let now = NOW
let app: TestApp
let lead: Caller
let inspector: Caller
let examiner: Caller
let second: Caller
let investigation: string

interface Record_ {
  device: { item: string; reference: string }
  facts: { grounds?: string; officer?: string; receipt?: object }
  relevantPerson: string | null
  authorisations: { authoriser: string; rank: string; person: string | null; withdrawnAt: string | null }[]
  examiner: { person: string } | null
  alerts: { code: string; since: string | null }[]
  history: { kind: string; said: Record<string, unknown>; reason: string | null; by: string }[]
}

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  const opened = await app.ask<{ id: string }>("investigations.open", { name: "devices" })
  investigation = opened.id
  const person = (id: string, ...roles: ("operations-lead" | "authorising-officer" | "examiner")[]) =>
    personAs(app, { id, roles: roles.map((role) => ({ role, investigation })) })
  lead = await person("us_lead", "operations-lead")
  inspector = await person("us_inspector", "authorising-officer")
  examiner = await person("us_examiner", "examiner")
  second = await person("us_second", "examiner")
})
afterAll(() => app.end())

const SECRET = "the blue coat of my daughter"
const phone = (reference: string, event: string, sheet: object = {}): Phone => ({
  reference,
  event,
  own: number(Number(/\d+$/.exec(reference)![0]) + 300),
  arrival: true,
  lines: [{ day: 1, way: "out", other: number(555), text: SECRET }],
  sheet: { grounds: `The holder of ${reference} pointed at a chat about the boat.`, ...sheet },
})
const bare = { grounds: undefined, officer: undefined, authoriser: undefined, authoriserRank: undefined, device: undefined }
async function taken(p: Phone, by: Caller = lead): Promise<string> {
  const { files } = await app.ask<{ files: { item: string }[] }>(
    "records.intake",
    { investigation, paths: [phonesFolder([p])], authority: "warrant 7 (invented)", grade: "1A", handling: "P" },
    by,
  )
  return files[0]!.item
}
const record = (item: string) => app.ask<Record_>("evidence.device-record", { investigation, item }, lead)
const say = (item: string, facts: object, by: Caller = lead) =>
  app.ask<Record_>("evidence.record-device", { investigation, item, ...facts }, by)
const authorise = (item: string, more: object = {}, by: Caller = inspector) =>
  app.ask<Record_>(
    "evidence.authorise-device",
    { investigation, item, rank: "Inspector", reason: "names whoever arranged the boat", ...more },
    by,
  )
const assign = (item: string, person: string, by: Caller = lead) =>
  app.ask<Record_>("evidence.assign-examiner", { investigation, item, person }, by)
const rows = (item: string, by: Caller = examiner) => app.ask<unknown[]>("records.undecided", { investigation, item, kind: "message" }, by)
const codes = (r: Record_) => r.alerts.map((a) => a.code).sort()
const COMPLETE = {
  officer: "PC Example Nine",
  takenFrom: "person",
  takenAt: "2026-02-09T10:00:00Z",
  service: "police",
  relevantPerson: ARRIVAL.device.relevantPerson,
}

test("a sheet that lacks nothing makes the record and the authority; the device is read by its assigned examiner alone", async () => {
  const item = await taken(phone("A01", "landing-a"))
  const before = await record(item)
  expect(before.authorisations).toMatchObject([{ authoriser: ARRIVAL.authoriser, rank: "inspector", person: null }])
  expect(codes(before)).toEqual(["no-examiner"])
  for (const who of [lead, inspector, examiner]) expect((await failureOf(rows(item, who))).kind).toBe("refused")
  expect((await failureOf(rows(item))).code).toBe("refused.not-assigned")
  await assign(item, examiner.id)
  expect(JSON.stringify(await rows(item))).toContain(SECRET)
  expect((await failureOf(rows(item, second))).code).toBe("refused.not-assigned")
  const decided = app.ask(
    "records.decide-scope",
    { investigation, item, rule: { words: ["boat"] }, reason: "speaks of the crossing" },
    second,
  )
  expect((await failureOf(decided)).code).toBe("refused.not-assigned")
  expect(codes(await record(item))).toEqual([])
})

test("a device without authority is taken in and not read, until all that lacked is recorded and one inspector authorised it", async () => {
  const item = await taken(phone("B01", "landing-b", bare))
  await assign(item, examiner.id)
  expect((await failureOf(rows(item))).code).toBe("refused.not-authorised")
  expect(codes(await record(item))).toEqual(
    ["grounds", "not-authorised", "officer", "receipt-missing", "relevant-person", "return-not-set"].sort(),
  )
  const early = await failureOf(authorise(item))
  expect(early.code).toBe("refused.record-incomplete")
  for (const lack of ["grounds", "who took it", "s.22"]) expect(early.message).toContain(lack)
  await say(item, { ...COMPLETE, grounds: "He showed the message of the man who sold him the place." })
  expect((await failureOf(authorise(item, { rank: "Sergeant" }))).code).toBe("refused.rank-too-low")
  expect((await failureOf(authorise(item, { rank: "G5", service: "nca" }))).code).toBe("refused.rank-too-low")
  for (const by of [lead, examiner]) expect((await failureOf(authorise(item, {}, by))).code).toBe("refused.authorise")
  expect((await failureOf(authorise(item, { authoriser: "Somebody Else" }))).code).toBe("invalid.authoriser")
  const after = await authorise(item)
  expect(after.authorisations).toMatchObject([{ authoriser: inspector.name, rank: "Inspector", person: inspector.id }])
  expect(codes(after)).toContain("superintendent-not-informed")
  expect(JSON.stringify(await rows(item))).toContain(SECRET)
  await say(item, { superintendentInformed: { at: "2026-02-10T00:00:00Z", who: "Supt Example" } })
  expect(codes(await record(item))).not.toContain("superintendent-not-informed")
})

test("copied grounds are refused, with another number in them too; empty ones are invalid", async () => {
  const first = await taken(phone("C01", "landing-c"))
  const copy = await taken(phone("C02", "landing-c"))
  expect((await record(first)).authorisations).toHaveLength(1)
  const held = await record(copy)
  expect([held.authorisations, codes(held).includes("grounds-copied")]).toEqual([[], true])
  const copied = await failureOf(say(copy, { grounds: "the holder of C02 pointed at a chat about the BOAT!", reason: "typed again" }))
  expect(copied.code).toBe("refused.grounds-copied")
  expect((await failureOf(say(copy, { grounds: "   " }))).code).toMatch(/^invalid/)
  expect((await failureOf(authorise(copy))).code).toBe("refused.record-incomplete")
  await say(copy, { grounds: "She asked us to call the number of the driver in it.", reason: "individual grounds" })
  expect((await authorise(copy)).authorisations).toHaveLength(1)
  // The same words on another occasion are no copy.
  expect((await record(await taken(phone("C03", "landing-d")))).authorisations).toHaveLength(1)
})

test("who took it, who authorises it and who reads it are three people", async () => {
  const item = await taken(phone("D01", "landing-e", { ...bare, grounds: "He tried to throw it overboard." }))
  await say(item, { ...COMPLETE, officer: inspector.name })
  expect((await failureOf(authorise(item))).code).toBe("refused.same-person")
  await say(item, { officer: examiner.name, reason: "wrong name" })
  expect((await failureOf(assign(item, examiner.id))).code).toBe("refused.same-person")
  await say(item, { officer: "PC Example Nine", reason: "wrong name again" })
  await authorise(item)
  expect((await failureOf(say(item, { officer: inspector.name, reason: "once more" }))).code).toBe("refused.same-person")
  expect((await failureOf(assign(item, inspector.id))).code).toBe("refused.not-an-examiner")
  await assign(item, examiner.id)
  const history = (await record(item)).history
  expect(history.map((h) => h.kind)).toEqual(["recorded", "recorded", "recorded", "recorded", "authorised", "assigned"])
  expect(history.map((h) => h.said.officer).filter(Boolean)).toEqual([inspector.name, examiner.name, "PC Example Nine"])
})

test("changes are added with a reason, and nothing of the history goes", async () => {
  const item = await taken(phone("E01", "landing-f"))
  expect((await failureOf(say(item, {}))).code).toBe("invalid.nothing-recorded")
  expect((await failureOf(say(item, { officer: "Another" }))).code).toBe("invalid.reason-missing")
  await say(item, { officer: "Another", reason: "the first name was a colleague's" })
  const { facts, history } = await record(item)
  expect(facts.officer).toBe("Another")
  expect(history.filter((h) => h.kind === "recorded").map((h) => [h.said.officer, h.reason])).toEqual([
    [ARRIVAL.officer, "from the sheet at intake"],
    ["Another", "the first name was a colleague's"],
  ])
  const change = app.store.register.transaction((tx) => tx.query("update device_statement set said = '{}'"), "all")
  await expect(change).rejects.toThrow(/permission denied/)
  const remove = app.store.register.transaction((tx) => tx.query("delete from device_statement"), "all")
  await expect(remove).rejects.toThrow(/permission denied/)
})

test("an authority ends at its time or when it is withdrawn; then nobody reads", async () => {
  const item = await taken(phone("F01", "landing-g", { ...bare, grounds: "He wrote on it while others rowed." }))
  await say(item, COMPLETE)
  await assign(item, examiner.id)
  await authorise(item, { until: new Date(NOW + 3_600_000).toISOString() })
  expect(await rows(item)).toHaveLength(1)
  now = NOW + 2 * 3_600_000
  expect((await failureOf(rows(item))).code).toBe("refused.not-authorised")
  expect(codes(await record(item))).toContain("authority-ended")
  await authorise(item, { acts: ["access", "examine"] })
  expect(await rows(item)).toHaveLength(1)
  const sign = () =>
    app.ask("records.decide-scope", { investigation, item, rule: { words: ["coat"] }, reason: "speaks of the crossing" }, examiner)
  expect((await failureOf(sign())).code).toBe("refused.not-authorised")
  await app.ask("evidence.withdraw-authority", { investigation, item, reason: "the line of enquiry was closed" }, inspector)
  expect((await failureOf(rows(item))).code).toBe("refused.not-authorised")
  now = NOW
})

test("overdue returns and reviews, missing receipts and powers that were not in use yet are alerted", async () => {
  const item = await taken(
    phone("G01", "landing-h", {
      device: {
        ...ARRIVAL.device,
        takenAt: "2025-12-20T10:00:00Z",
        receipt: { given: false },
        returnBy: "2026-02-05T00:00:00Z",
        reviewBy: "2026-02-06T00:00:00Z",
        superintendentInformed: undefined,
      },
    }),
  )
  expect(codes(await record(item))).toEqual(
    ["no-examiner", "not-in-use-then", "receipt-not-given", "return-overdue", "review-overdue", "superintendent-not-informed"].sort(),
  )
  const { devices, without } = await app.ask<{
    devices: { item: string; alerts: { code: string; since: string | null }[] }[]
    without: number
  }>("evidence.device-alerts", { investigation }, lead)
  const mine = devices.find((d) => d.item === item)!
  expect(mine.alerts.find((a) => a.code === "return-overdue")).toMatchObject({ since: "2026-02-05T00:00:00Z" })
  expect(without).toBeGreaterThan(0)
  await say(item, { returned: { at: "2026-02-09T10:00:00Z", to: "the holder" }, receipt: { given: true, language: "ar" }, reason: "found" })
  expect(codes(await record(item))).not.toContain("return-overdue")
})

test("who is no relevant person by the recorded answers is not read", async () => {
  const limbs = { ...ARRIVAL.device.relevantPerson.limbs, "leave-since": "yes" }
  const item = await taken(
    phone("H01", "landing-i", { device: { ...ARRIVAL.device, relevantPerson: { ...ARRIVAL.device.relevantPerson, limbs } } }),
  )
  const held = await record(item)
  expect([held.relevantPerson, held.authorisations, codes(held).includes("not-relevant-person")]).toEqual(["no", [], true])
  expect((await failureOf(authorise(item))).code).toBe("refused.record-incomplete")
})

test("a power tied to premises takes no telephone from a person", async () => {
  expect(powerOf("Immigration Act 2016 s.48")?.id).toBe("gb-ia-2016-s48")
  for (const p of POWERS.filter((q) => q.reach === "premises"))
    expect(cannotReach(p, { from: "person", onArrival: false })).toContain("premises")
  const s48 = powerOf("Immigration Act 2016 section 48")!
  expect(cannotReach(s48, { from: null, onArrival: false })).not.toBe(null)
  expect(cannotReach(s48, { from: "premises", onArrival: false })).toBe(null)
  const refused = await failureOf(taken(phone("I01", "landing-j", { power: "Immigration Act 2016 s.48" })))
  expect(refused.code).toBe("refused.power-cannot-reach")
  const item = await taken(phone("I02", "landing-j", { ...bare, power: undefined }))
  expect((await failureOf(say(item, { power: "IA 2016 s 48" }))).code).toBe("refused.power-cannot-reach")
  const held = await app.ask<{ items: { reference: string }[] }>("evidence.list", { investigation }, lead)
  expect(held.items.some((i) => i.reference === "I01")).toBe(false)
})

test("whatever was taken under ss.23-24 waits for its examiner, and nothing that lies open comes under them afterwards", async () => {
  const listed = async () =>
    (await app.ask<{ items: { reference: string; undecided: boolean }[] }>("evidence.list", { investigation }, lead)).items
  await taken(phone("I03", "landing-q", { onArrival: false, power: "BSAIA 2025 s.24" }))
  expect((await listed()).find((i) => i.reference === "I03")).toMatchObject({ undecided: true })
  const open = await taken({ ...phone("I04", "raid-q"), arrival: false, sheet: { power: "PACE 1984 s.19" } })
  const changed = await failureOf(say(open, { power: "BSAIA 2025 s.23", reason: "wrong power on the sheet" }))
  expect(changed.code).toBe("refused.taken-in-open")
})

test("uses beyond section 26 are refused at intake; what it permits is written where nothing is", async () => {
  for (const use of ["deciding the asylum claim", "prosecution", "any offence", "investigating section 25 offences and removal"])
    expect((await failureOf(taken(phone("J01", "landing-k", { permittedUses: [use] })))).code).toBe("refused.uses-exceed-power")
  const oversight = taken(phone("J01", "landing-k", { purposes: ["investigation", "oversight"] }))
  expect((await failureOf(oversight)).code).toBe("refused.uses-exceed-power")
  const item = await taken(phone("J02", "landing-k"))
  const { items } = await app.ask<{ items: { id: string; permittedUses: string[]; purposes: string[] }[] }>(
    "evidence.list",
    { investigation },
    lead,
  )
  const shown = items.find((i) => i.id === item)!
  expect(shown.permittedUses.join()).toContain("section 25 or 25A")
  expect(shown.purposes).toEqual(["investigation", "prosecution", "rights", "safeguarding"])
})

const VECTORS = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/evidence/coercion.json"), "utf8")) as {
  text: string
  demands: boolean
}[]

test.each(VECTORS)("a demand for a PIN is found, and an honest record is not taken for one: $text", ({ text, demands }) => {
  expect(demandsSecret(text)).toBe(demands)
})

test("words that coerce are refused in grounds and receipt, at intake and later", async () => {
  const sheet = { grounds: "He must give his PIN or he will be detained." }
  expect((await failureOf(taken(phone("K01", "landing-l", sheet)))).code).toBe("refused.coercion")
  const item = await taken(phone("K02", "landing-l"))
  const receipt = { given: true, language: "en", words: "You have to tell us the passcode, otherwise your claim will be refused." }
  expect((await failureOf(say(item, { receipt, reason: "the form's words" }))).code).toBe("refused.coercion")
})

test("the candour export holds every device of a power and period, with what is missing", async () => {
  const ask = (more: object) =>
    app.ask<{ reference: string; missing: string; provision: string | null; takenAt: string }[]>(
      "evidence.devices-under",
      { investigation, ...more },
      lead,
    )
  const all = await ask({})
  const { items } = await app.ask<{ items: { undecided: boolean }[] }>("evidence.list", { investigation }, lead)
  expect(all.length).toBe(items.length)
  expect(all.find((r) => r.reference === "I04")!.missing).toContain("no grounds")
  const unlisted = await ask({ power: "unlisted" })
  expect(unlisted.map((r) => r.reference)).toEqual(["I02"])
  const under = await ask({ power: "gb-bsaia-2025-s23" })
  expect(under.length + unlisted.length + 1).toBe(all.length)
  expect(under.find((r) => r.reference === "G01")!.missing).toContain("not in use yet")
  const early = await ask({ power: "gb-bsaia-2025-s23", to: "2026-01-05T00:00:00Z" })
  expect(early.map((r) => r.reference)).toEqual(["G01"])
  expect((await failureOf(app.ask("evidence.devices-under", { investigation }, examiner))).code).toBe("refused.export")
})

test("no procedure takes, authorises, assigns, decides on or destroys several devices at once", async () => {
  const acting = PROCEDURES.filter((p) => p.effect !== "read" && /^evidence\.(?!stage)|^records\.(?!intake)/.test(p.name))
  expect(acting.length).toBeGreaterThan(4)
  for (const p of acting) {
    const { properties = {} } = z.toJSONSchema(p.input, { io: "input", unrepresentable: "any" }) as {
      properties?: Record<string, { type?: string }>
    }
    const names = Object.keys(properties)
    expect(names.filter((n) => /^(items|devices|exhibits|references)$/.test(n))).toEqual([])
    if ("item" in properties) expect([p.name, properties.item!.type]).toEqual([p.name, "string"])
  }
  const [one, two] = [await taken(phone("L01", "landing-m")), await taken(phone("L02", "landing-n"))]
  for (const item of [[one, two], `${one},${two}`, "*", ""]) expect((await failureOf(authorise(item as string))).code).toMatch(/^invalid/)
})

test("what was said of a device is in the journal, and a device of another investigation is unknown", async () => {
  const item = await taken(phone("M01", "landing-o"))
  await assign(item, examiner.id)
  expect((await journalOf(app)).some((e) => e.header.procedure === "evidence.assign-examiner")).toBe(true)
  await app.ask("investigations.open", { name: "other" })
  const elsewhere = app.ask("evidence.device-record", { investigation: "other", item })
  expect((await failureOf(elsewhere)).code).toBe("invalid.item-unknown")
})

test("on a node with one user an authority on paper names who gave it", async () => {
  const [file] = await take(app, "devices", [folderOf({ "z.txt": "hello\n" })], {
    onArrival: true,
    power: "BSAIA 2025 s.23",
    reference: "N01",
    kind: "device",
    grounds: "She said that the price was sent to it.",
    officer: "PC Example Nine",
    device: { takenFrom: "person", relevantPerson: ARRIVAL.device.relevantPerson },
  })
  const paper = (more: object) =>
    app.ask<Record_>("evidence.authorise-device", {
      investigation,
      item: file!.item,
      rank: "inspector",
      reason: "names the seller of the place",
      ...more,
    })
  expect((await failureOf(paper({}))).code).toBe("invalid.authoriser")
  expect((await failureOf(paper({ authoriser: "PC example nine" }))).code).toBe("refused.same-person")
  const given = await paper({ authoriser: "Insp Example", givenAt: "2026-02-09T12:00:00Z" })
  expect(given.authorisations).toMatchObject([{ authoriser: "Insp Example", person: null }])
})
