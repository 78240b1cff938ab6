import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, folderOf, GROUNDS, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, type Phone, phonesFolder } from "../support/world.ts"

const CASE = { id: "in_00000000000000000001", name: "marked" }
let app: TestApp
let lead: Caller
let analyst: Caller
let provider: Caller
let green: Caller

const phone = (n: number, sheet: object): Phone => ({
  reference: `R${n}`,
  event: `raid-${n}`,
  own: number(100 + n),
  lines: OFFERS.map((text, day) => ({ day, way: "in" as const, other: number(200 + n), text })),
  sheet,
})

beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, CASE.id, CASE.name)
  const role = (r: "operations-lead" | "analyst" | "prosecutor") => [{ role: r, investigation: CASE.id }]
  lead = await personAs(app, { id: "us_00000000000000000011", roles: role("operations-lead"), organisation: "nca", team: "blue" })
  green = await personAs(app, { id: "us_00000000000000000012", roles: role("operations-lead"), organisation: "nca", team: "green" })
  analyst = await personAs(app, { id: "us_00000000000000000013", roles: role("analyst"), organisation: "nca", clearance: "OFFICIAL" })
  provider = await personAs(app, { id: "us_00000000000000000014", roles: role("operations-lead"), organisation: "bka", team: "bka" })
  await take(app, CASE.id, [
    phonesFolder([
      phone(1, { originator: "nca" }),
      phone(2, { originator: "nca", classification: "SECRET" }),
      phone(3, { originator: "bka", handling: "H2" }),
      phone(4, { originator: "nca", notInEvidence: true }),
    ]),
  ])
  await handIn(phone(6, { originator: "nca", audience: ["bka"] }), provider)
})

const handIn = (p: Phone, caller: Caller) =>
  app.ask("records.intake", { paths: [phonesFolder([p])], investigation: CASE.id, ...GROUNDS }, caller)
afterAll(() => app.end())

const invoke = (name: string, input: object, caller: Caller, purpose?: string) =>
  app.gate.invoke(name, { input: { investigation: CASE.id, ...input }, caller, ...(purpose ? { purpose } : {}) })
const referencesOf = async (caller: Caller, purpose?: string) => {
  const answer = await invoke("evidence.list", {}, caller, purpose)
  if (answer.shape !== "value") throw new Error("evidence.list gives a value")
  return { mark: answer.mark, refs: (answer.value as { items: { reference: string }[] }).items.map((i) => i.reference) }
}

test("each sees what clearance and audience let him, under the banner of exactly that", async () => {
  const [cleared, limited, partner] = [await referencesOf(lead), await referencesOf(analyst), await referencesOf(provider)]
  expect(cleared.refs).toEqual(["R1", "R2", "R3", "R4"])
  expect(limited.refs).toEqual(["R1", "R3", "R4"])
  expect(partner.refs).toEqual(["R1", "R2", "R3", "R4", "R6"])
  expect(cleared.mark?.banner).toBe("SECRET // H2 // Not to be used in evidence // Originators: bka, nca")
  expect(limited.mark?.banner).toBe("OFFICIAL // H2 // Not to be used in evidence // Originators: bka, nca")
  expect(partner.mark?.banner).toContain("Only for: bka")
  // An audience of nobody is nobody: not even whoever would take it in.
  for (const caller of [lead, provider, app.caller])
    expect((await failureOf(handIn(phone(5, { audience: [] }), caller))).code).toBe("refused.marked-beyond-you")
  expect((await failureOf(handIn(phone(7, { classification: "SECRET" }), analyst))).code).toBe("refused.marked-beyond-you")
})

test("an answer about one exhibit carries that exhibit's marking, not the whole sight's", async () => {
  const { value } = (await invoke("evidence.list", {}, lead)) as { value: { items: { reference: string; exhibits: { id: string }[] }[] } }
  const banners = []
  for (const item of value.items) {
    const shown = await app.gate.invoke("evidence.show", { input: { exhibit: item.exhibits[0]!.id }, caller: lead })
    banners.push([item.reference, shown.mark?.banner])
  }
  expect(banners).toEqual([
    ["R1", "OFFICIAL // Originators: nca"],
    ["R2", "SECRET // Originators: nca"],
    ["R3", "OFFICIAL // H2 // Originators: bka"],
    ["R4", "OFFICIAL // Not to be used in evidence // Originators: nca"],
  ])
})

test("what is not to be used in evidence is not there for a prosecution, and that is said", async () => {
  const { refs, mark } = await referencesOf(lead, "prosecution")
  expect(refs).toEqual(["R1", "R2", "R3"])
  expect(mark?.withheld).toEqual(["Not to be used in evidence (ask nca)"])
  expect((await failureOf(invoke("evidence.list", {}, lead, "curiosity"))).code).toBe("invalid.purpose")
  expect((await failureOf(invoke("evidence.list", {}, lead, "oversight"))).code).toBe("refused.look")
})

const exported = async (caller: Caller) => {
  const answer = await invoke("entities.export", { format: "ftm" }, caller)
  if (answer.shape !== "rows") throw new Error("entities.export gives rows")
  return { text: JSON.stringify(await Array.fromAsync(answer.rows)), withheld: answer.mark?.withheld }
}

test("what may not be disseminated does not leave until the originator permits it, and no longer than he does", async () => {
  const before = await exported(lead)
  expect(before.text).toContain(number(201))
  expect(before.text).not.toContain(number(203))
  expect(before.withheld).toEqual(["Not to be disseminated without the permission of the provider (ask bka)"])

  const permission = { originator: "bka", code: "H2", use: "sharing", reference: "BKA 7/26", reason: "agreed for the joint team" }
  expect((await failureOf(invoke("markings.permit", permission, lead))).code).toBe("refused.originator-alone")
  const given = (await invoke("markings.permit", permission, provider)) as { value: { id: string; inForce: boolean } }
  expect(given.value.inForce).toBe(true)
  const after = await exported(lead)
  expect(after.text).toContain(number(203))
  expect(after.withheld).toEqual([])

  const reserved = async () =>
    (
      (await invoke("markings.reserved", {}, lead)) as { value: { use: string; code: string; ask: string[]; permitted: boolean }[] }
    ).value.map(({ use, code, ask, permitted }) => [use, code, ask.join(), permitted])
  expect(await reserved()).toEqual([
    ["sharing", "H2", "bka", true],
    ["evidence", "not-in-evidence", "nca", false],
  ])
  await invoke("markings.withdraw", { permission: given.value.id }, provider)
  expect((await reserved())[0]).toEqual(["sharing", "H2", "bka", false])
  expect((await exported(lead)).text).not.toContain(number(203))
})

test("a permission that rests on a document counts once somebody of another team has confirmed it", async () => {
  const { value } = (await invoke("evidence.list", {}, lead)) as { value: { items: { exhibits: { id: string }[] }[] } }
  const document = value.items[0]!.exhibits[0]!.id
  const permission = { originator: "bka", code: "H2", use: "sharing", reference: "letter", reason: "letter of the provider", document }
  const given = (await invoke("markings.permit", permission, lead)) as { value: { id: string; inForce: boolean } }
  expect(given.value.inForce).toBe(false)
  expect((await exported(lead)).text).not.toContain(number(203))
  expect((await failureOf(invoke("markings.confirm", { permission: given.value.id }, lead))).code).toBe("refused.second-person")
  await invoke("markings.confirm", { permission: given.value.id }, green)
  expect((await exported(lead)).text).toContain(number(203))
  expect((await failureOf(invoke("markings.confirm", { permission: given.value.id }, provider))).code).toBe("conflict.permission-settled")
})

test("a grade is given anew and never overwritten, with the crosswalk beside it as a hint", async () => {
  const { value } = (await invoke("evidence.list", {}, lead)) as {
    value: { items: { id: string; reference: string; exhibits: { id: string }[] }[] }
  }
  const item = value.items[0]!
  expect(
    (await failureOf(invoke("evidence.regrade", { item: item.id, scheme: "4x4", code: "Z9", reason: "no such grade at all" }, lead))).code,
  ).toBe("invalid.grade")
  await invoke("evidence.regrade", { item: item.id, scheme: "3x5x2", code: "3E", reason: "the source was found to have lied" }, lead)
  const shown = (await app.gate.invoke("evidence.show", { input: { exhibit: item.exhibits[0]!.id }, caller: lead })) as {
    value: {
      item: { grade: string }
      gradings: { code: string; grader: string | null; europol: { code: string | null; losses: string[] } | null }[]
    }
  }
  expect(shown.value.item.grade).toBe("3E (3x5x2)")
  expect(shown.value.gradings.map((g) => [g.code, g.grader, g.europol?.code])).toEqual([
    ["1A", null, "B2"],
    ["3E", lead.id, null],
  ])
  expect(shown.value.gradings[1]!.europol!.losses).toEqual(["Europol has no grade for suspected false"])
})

test("reports with one root are one origin, through chains and rings, and the best single grade stands", async () => {
  const rows = [
    "urn,root,subject,source,information,assertion",
    `U1,,${number(300)},2,B,organises`,
    `U2,U1,${number(300)},2,B,organises`,
    `U3,U2,${number(300)},1,A,organises`,
    `V1,V2,${number(300)},2,C,organises`,
    `V2,V1,${number(300)},2,C,organises`,
  ].join("\n")
  const mapping = {
    records: [
      {
        kind: "intelligence-report",
        fields: { urn: "urn", rootUrn: "root", source: "source", information: "information", assertion: "assertion" },
        constants: { gradeScheme: "3x5x2" },
        parties: [{ part: "subject", ids: [{ type: "phone", column: "subject" }] }],
      },
    ],
  }
  const sheet = { ...GROUNDS, grade: { scheme: "3x5x2", code: "1A" }, kind: "report", files: { "reports.csv": { as: "table", mapping } } }
  await take(app, "reports", [folderOf({ "F1/material.json": sheet, "F1/reports.csv": rows })])
  const ranking = await app.ask<{
    players: { reasons: { words: string; support: { origins: number; best: string | null; banner: string | null } }[] }[]
    blindSpots: string[]
  }>("network.rank", { investigation: "reports" })
  expect(ranking.blindSpots.filter((b) => b.includes("rest on one"))).toEqual([
    "3 reports rest on one, U1: they count as one origin, however many they are.",
    "2 reports rest on one, V1: they count as one origin, however many they are.",
  ])
  const reason = ranking.players[0]!.reasons[0]!
  // Which words are quoted follows from the records' ids, which are this node's own.
  expect(reason.words).toContain("2 independent reports (5 reports in all), best graded 3x5x2:1A")
  expect(reason.support).toEqual({ origins: 1, best: "3x5x2:1A", banner: "OFFICIAL // Originators: this node" })
})

test("whoever leads tightens a marking, and its originator alone loosens it, with every row and every note on it", async () => {
  const itemsOf = async (caller: Caller) => {
    const { value } = (await invoke("evidence.list", {}, caller)) as { value: { items: { id: string; reference: string }[] } }
    return new Map(value.items.map((i) => [i.reference, i.id]))
  }
  const messages = async (caller: Caller) => {
    const rows = await app.ask<{ item: string }[]>("records.list", { investigation: CASE.id, kind: "message", limit: 1000 }, caller)
    return new Set(rows.map((r) => r.item))
  }
  const remark = (item: string, more: object, caller: Caller) =>
    app.ask<{ loosened: boolean; before: string; after: string }>(
      "records.remark",
      { investigation: CASE.id, item, classification: "OFFICIAL", handling: "P", reason: "agreed on the telephone", ...more },
      caller,
    )
  const r1 = (await itemsOf(lead)).get("R1")!
  const tighter = await remark(r1, { classification: "SECRET" }, provider)
  expect(tighter).toMatchObject({ loosened: false, before: "OFFICIAL // Originators: nca", after: "SECRET // Originators: nca" })
  expect((await itemsOf(analyst)).has("R1")).toBe(false)
  expect(await messages(analyst)).not.toContain(r1)
  expect(await messages(lead)).toContain(r1)

  expect((await failureOf(remark(r1, {}, provider))).code).toBe("refused.originator-alone")
  expect((await failureOf(remark(r1, {}, analyst))).code).toBe("refused.release")
  expect((await remark(r1, {}, lead)).loosened).toBe(true)
  expect((await itemsOf(analyst)).get("R1")).toBe(r1)
  expect(await messages(analyst)).toContain(r1)
  // The grade that was given meanwhile went along; nothing of it stays behind in another class.
  const { rows } = await app.store.register.transaction(
    (tx) =>
      tx.query<{ same: boolean }>(
        "select g.access_class = i.access_class as same from item_grading g join item i on i.id = g.item where i.id = $1",
        [r1],
      ),
    "all",
  )
  expect(rows).toEqual([{ same: true }])
  expect((await remark(r1, {}, lead)).loosened).toBe(false)
})

test("for people who sign in the node reads no path but in the intake folder that its administrator named", async () => {
  const outside = { paths: ["/etc/hostname"], investigation: CASE.id, ...GROUNDS }
  expect((await failureOf(app.ask("records.intake", outside, lead))).code).toBe("refused.path")
  expect((await failureOf(app.ask("records.preview", { path: "/etc/hostname" }, lead))).code).toBe("refused.path")
  expect((await failureOf(app.ask("uploads.intake-folder", { folder: "/etc" }, lead))).code).toBe("refused.administer")
  const inside = phonesFolder([phone(8, { originator: "nca" })])
  await app.ask("uploads.intake-folder", { folder: inside })
  await app.ask("records.intake", { ...outside, paths: [inside] }, lead)
  expect((await failureOf(app.ask("records.intake", { ...outside, paths: [`${inside}/../../etc/hostname`] }, lead))).code).toBe(
    "refused.path",
  )
  await app.ask("uploads.intake-folder", {})
  expect((await failureOf(app.ask("records.intake", { ...outside, paths: [inside] }, lead))).code).toBe("refused.path")
})
