import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { byAddress, byFile, byLabel, byWords } from "../../src/stages/records/scope/apart.ts"
import { failureOf, journalOf, personAs, type TestApp, testApp } from "../support/store.ts"
import { type Line, number, OFFERS, ORGANISER, type Phone, phonesFolder } from "../support/world.ts"

const VECTORS = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/records/apart.json"), "utf8")) as {
  label?: string
  words?: string
  address?: string
  file?: string
  is: string[]
}[]

test.each(VECTORS)("what must stand apart is found by name, words, address and file: %o", ({ label, words, address, file, is }) => {
  const found =
    label !== undefined
      ? byLabel(label)
      : words !== undefined
        ? byWords(words)
        : address !== undefined
          ? byAddress(address)
          : byFile(file!, null)
  expect(found).toEqual(is)
})

const LAWYER = number(610)
const FRIEND = number(611)
const WORDS_OF_LAWYER = "come to the office on monday with the blue folder"
const HEALTH = "the blood test came back"
const PRIVATE = "I dream of the yellow house"
const LINES: Line[] = [
  { day: 1, way: "in", other: ORGANISER, text: OFFERS[0]! },
  { day: 1, way: "out", other: ORGANISER, text: "how much for the boat?" },
  { day: 2, way: "in", other: LAWYER, text: WORDS_OF_LAWYER },
  { day: 3, way: "out", other: FRIEND, text: HEALTH },
  { day: 4, way: "out", other: FRIEND, text: PRIVATE },
  { day: 5, way: "out", other: FRIEND, text: "we go by boat on Friday" },
]
const phone = (reference: string, n: number, more: Partial<Phone> = {}): Phone => ({
  reference,
  event: `landing-${reference}`,
  own: number(n),
  arrival: true,
  cards: [
    ["Karwan boat", ORGANISER],
    ["My solicitor", LAWYER],
    ["Friend", FRIEND],
  ],
  lines: LINES,
  ...more,
})

let app: TestApp
let investigation: string
let lead: Caller
let examiner: Caller
const item: Record<string, string> = {}

interface Row {
  id: string
  kind: string
  fields: { body?: string; label?: string }
}

beforeAll(async () => {
  app = await testApp()
  investigation = (await app.ask<{ id: string }>("investigations.open", { name: "decisions" })).id
  lead = await personAs(app, { id: "us_lead", roles: [{ role: "operations-lead", investigation }] })
  examiner = await personAs(app, { id: "us_examiner", roles: [{ role: "examiner", investigation }] })
  const raid: Phone = { reference: "R1", event: "raid", own: number(620), lines: LINES.slice(0, 1), cards: [["Boss", ORGANISER]] }
  const phones = [
    raid,
    phone("A1", 621),
    phone("A2", 622, { more: { "broken.csv": 'name,phone\n"A,1\nB,2\n' } }),
    phone("A3", 623, { sheet: { holder: { standing: "child", description: "child on board" } } }),
    phone("A4", 624),
  ]
  await app.ask(
    "records.intake",
    { investigation, paths: [phonesFolder(phones)], authority: "warrant 7 (invented)", grade: "1A", handling: "P" },
    lead,
  )
  const { items } = await app.ask<{ items: { id: string; reference: string; undecided: boolean }[] }>(
    "evidence.list",
    { investigation },
    lead,
  )
  for (const i of items) {
    item[i.reference] = i.id
    if (i.undecided) await app.ask("evidence.assign-examiner", { investigation, item: i.id, person: examiner.id }, lead)
  }
})
afterAll(() => app.end())

const waiting = async (reference: string): Promise<Row[]> => {
  const out: Row[] = []
  for (const kind of ["message", "contact"])
    out.push(...(await app.ask<Row[]>("records.undecided", { investigation, item: item[reference], kind }, examiner)))
  return out
}
const open = async (): Promise<Row[]> => {
  const out: Row[] = []
  for (const kind of ["message", "contact"]) out.push(...(await app.ask<Row[]>("records.list", { investigation, kind, limit: 1000 }, lead)))
  return out
}
const decide = (reference: string, rule: object, more: object = {}) =>
  app.ask<{ moved: Record<string, number>; left: number }>(
    "records.decide-scope",
    { investigation, item: item[reference], rule, reason: "relates to who offers crossings", ...more },
    examiner,
  )
const counts = (reference: string) =>
  app.ask<{ rows: Record<string, number>; rejects: number; apart: { category: string; rows: number; byRule: number; lifted: number }[] }>(
    "records.scope-counts",
    { investigation, item: item[reference] },
    lead,
  )
interface Apart {
  record: string
  category: string
  why: string
  setBy: string | null
  lifted: boolean
}
const apart = (reference: string) => app.ask<Apart[]>("records.apart", { investigation, item: item[reference] }, examiner)

test("a lawyer's card, what was said with him and words of health stand apart before anybody reads the device", async () => {
  const rows = await waiting("A1")
  const text = JSON.stringify(rows)
  for (const secret of [WORDS_OF_LAWYER, HEALTH, LAWYER, "solicitor"]) expect(text).not.toContain(secret)
  expect(text).toContain(PRIVATE)
  const standing = await apart("A1")
  expect(standing.map((a) => a.category).sort()).toEqual(["medical", "privileged", "privileged"])
  expect(JSON.stringify(standing)).not.toContain(LAWYER)
  expect(await counts("A1")).toMatchObject({ rows: { in: 0, undecided: 6, sealed: 0, apart: 3 } })
  for (const a of standing)
    expect((await failureOf(app.ask("records.show", { investigation, record: a.record }, lead))).code).toBe("invalid.record-unknown")
})

test("no rule brings in what stands apart; one named row comes in with a reason, a lawyer's only on counsel's advice", async () => {
  const standing = await apart("A1")
  const [medical] = standing.filter((a) => a.category === "medical")
  const [privileged] = standing.filter((a) => a.category === "privileged")
  for (const rule of [
    { words: ["blood", "folder", "office"] },
    { identifiers: [LAWYER] },
    { records: [medical!.record, privileged!.record] },
    { words: ["blood"], records: [medical!.record] },
  ])
    expect((await decide("A1", rule)).moved).toEqual({})
  expect((await decide("A1", { words: ["folder"] }, { again: true })).moved).toEqual({})
  const row = (record: string) => app.ask<Row>("records.apart-row", { investigation, item: item.A1, record }, examiner)
  expect((await row(medical!.record)).fields.body).toBe(HEALTH)
  expect((await failureOf(row(privileged!.record))).code).toBe("refused.privileged")
  expect((await failureOf(decide("A1", { records: [privileged!.record] }))).code).toBe("refused.privileged")
  expect((await decide("A1", { records: [medical!.record] })).moved).toEqual({ message: 1 })
  expect(JSON.stringify(await open())).toContain(HEALTH)
  expect(
    (await decide("A1", { records: [privileged!.record] }, { counsel: "Counsel Example, outside the investigation" })).moved,
  ).not.toEqual({})
  expect((await counts("A1")).apart.find((a) => a.category === "medical")).toEqual({ category: "medical", rows: 0, byRule: 1, lifted: 1 })
  const rules = await app.ask<{ counsel: string | null }[]>("records.scope-rules", { investigation }, lead)
  expect(rules.map((r) => r.counsel).filter(Boolean)).toEqual(["Counsel Example, outside the investigation"])
})

test("a device that a child holds stands apart as a whole", async () => {
  expect(await waiting("A3")).toEqual([])
  const { rows, apart: by } = await counts("A3")
  expect(rows).toEqual({ in: 0, undecided: 0, sealed: 0, apart: 9 })
  expect(by.find((a) => a.category === "child")!.rows).toBe(9)
  expect((await decide("A3", { identifiers: [ORGANISER], words: ["boat"] })).moved).toEqual({})
})

test("rows are put out of scope by rule or by row, are decided on again by name, and the history keeps both", async () => {
  const before = await waiting("A4")
  const boat = before.filter((r) => /boat/i.test(r.fields.body ?? "") || /boat/i.test(r.fields.label ?? ""))
  expect((await decide("A4", { words: ["boat"] })).left).toBe(before.length - boat.length)
  const dream = before.find((r) => r.fields.body === PRIVATE)!
  expect((await decide("A4", { records: [dream.id] }, { verdict: "sealed" })).moved).toEqual({ message: 1 })
  expect((await waiting("A4")).some((r) => r.id === dream.id)).toBe(false)
  // A rule leaves alone what was decided.
  expect((await decide("A4", { words: ["boat", "dream"] }, { verdict: "sealed" })).moved).toEqual({})
  expect((await decide("A4", { words: ["friday"] }, { verdict: "sealed", again: true })).moved).toEqual({ message: 1 })
  expect(JSON.stringify(await open())).not.toContain("on Friday")
  expect((await decide("A4", { records: [dream.id] })).moved).toEqual({ message: 1 })
  expect(JSON.stringify(await open())).toContain(PRIVATE)
  expect((await decide("A4", { records: [dream.id] }, { verdict: "sealed" })).moved).toEqual({ message: 1 })
  expect((await failureOf(decide("A4", { rest: true }))).code).toBe("invalid.rest")
  expect((await decide("A4", { rest: true }, { verdict: "sealed" })).left).toBe(0)
  const { rows } = await counts("A4")
  expect([rows.undecided, rows.in! + rows.sealed!]).toEqual([0, before.length])
  const rules = await app.ask<{ item: string; verdict: string; rule: { records: string[] } }[]>(
    "records.scope-rules",
    { investigation },
    lead,
  )
  expect(rules.filter((r) => r.item === item.A4 && r.rule.records[0] === dream.id).map((r) => r.verdict)).toEqual([
    "sealed",
    "in",
    "sealed",
  ])
})

test("the examiner sets a row apart by hand, with its category", async () => {
  const dream = (await waiting("A2")).find((r) => r.fields.body === PRIVATE)!
  expect((await failureOf(decide("A2", { records: [dream.id] }, { verdict: "apart" }))).code).toBe("invalid.set-apart")
  expect((await failureOf(decide("A2", { words: ["dream"] }, { verdict: "apart", category: "medical" }))).code).toBe("invalid.set-apart")
  await decide("A2", { records: [dream.id] }, { verdict: "apart", category: "medical" })
  expect((await waiting("A2")).some((r) => r.id === dream.id)).toBe(false)
  expect((await apart("A2")).find((a) => a.record === dream.id)).toMatchObject({ category: "medical", setBy: examiner.id, lifted: false })
  expect((await decide("A2", { words: ["dream"] })).moved).toEqual({})
})

test("what could not be read of a device is seen by its examiner alone", async () => {
  const rejects = await app.ask<{ code: string }[]>("records.undecided-rejects", { investigation, item: item.A2 }, examiner)
  expect(rejects.length).toBeGreaterThan(0)
  expect(await app.ask("records.rejects", { investigation }, lead)).toEqual([])
  expect((await failureOf(app.ask("records.undecided-rejects", { investigation, item: item.A2 }, lead))).code).toBe("refused.examine")
})

test("a blind comparison tells the examiner of hits with their reason, and nobody of anything else", async () => {
  const run = await app.ask<{ compared: number; hits: number }>("records.compare-blind", { investigation, item: item.A2 }, examiner)
  expect(Object.keys(run).sort()).toEqual(["compared", "hits", "item"])
  const { hits, lastRun } = await app.ask<{
    hits: { record: string; value: string; type: string; foundIn: { reference: string }[] }[]
    lastRun: { compared: number; hits: number }
  }>("records.blind-hits", { investigation, item: item.A2 }, examiner)
  expect(new Set(hits.map((h) => h.value))).toEqual(new Set([ORGANISER, FRIEND].filter((n) => hits.some((h) => h.value === n))))
  const boss = hits.filter((h) => h.value === ORGANISER)
  expect(boss).toHaveLength(3)
  for (const h of boss) expect(h.foundIn.map((f) => f.reference)).toContain("R1")
  expect(lastRun).toMatchObject({ compared: run.compared, hits: run.hits })
  // What stands apart is not compared, and a number that is nowhere in scope is not shown.
  expect(JSON.stringify(hits)).not.toContain(LAWYER)
  expect((await failureOf(app.ask("records.blind-hits", { investigation, item: item.A2 }, lead))).code).toBe("refused.examine")
  await decide("A2", { records: [boss[0]!.record] })
  const after = await app.ask<{ hits: unknown[]; decided: number }>("records.blind-hits", { investigation, item: item.A2 }, examiner)
  expect([after.hits.length, after.decided]).toEqual([hits.length - 1, 1])
  const job = (await journalOf(app)).find((e) => e.header.procedure === "records.compare-blind")!
  expect(job.header.kind).toBe("combination")
})

test("a decision whose job is begun again after its commit is signed once", async () => {
  const { jobs, register } = app.store
  const rules = () => app.ask<{ item: string }[]>("records.scope-rules", { investigation }, lead)
  const before = (await rules()).length
  const { moved, left } = await decide("A2", { words: ["friday"] })
  const [last] = await jobs.list(examiner.id, 1)
  await register.read.query("update job set state = 'queued', result = null, finished_at = null where id = $1", [last!.id])
  await register.read.query("select pg_notify('linchpin_job', $1)", [last!.id])
  for await (const job of jobs.watch(last!.id)) if (job.state === "done") expect(job.result).toMatchObject({ moved, left })
  expect((await rules()).length).toBe(before + 1)
})
