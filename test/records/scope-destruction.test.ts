import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { literal } from "#store"
import { failureOf, journalOf, personAs, type TestApp, testApp } from "../support/store.ts"
import { ARRIVAL, number, OFFERS, ORGANISER, type Phone, phonesFolder } from "../support/world.ts"

const DUE = Date.parse(ARRIVAL.device.reviewBy)
let now = DUE - 86_400_000
const KEPT = OFFERS[0]!
const PRIVATE = "I dream of the yellow house"
const HEALTH = "the blood test came back"
const FRIEND = number(631)
const SHARED = "a file that lies on two phones\n"
const device = (reference: string, n: number): Phone => ({
  reference,
  event: `landing-${reference}`,
  own: number(n),
  arrival: true,
  cards: [
    ["Karwan boat", ORGANISER],
    ["Friend of the yellow house", FRIEND],
  ],
  lines: [
    { day: 1, way: "in", other: ORGANISER, text: KEPT },
    { day: 2, way: "out", other: FRIEND, text: PRIVATE },
    { day: 3, way: "out", other: FRIEND, text: HEALTH },
  ],
  more: { "broken.csv": `name,phone\n"${PRIVATE},1\nB,2\n`, "shared.txt": SHARED },
})

let app: TestApp
let investigation: string
let lead: Caller
let other: Caller
let examiner: Caller
const item: Record<string, string> = {}
let exhibits: { id: string; item: string; sha256: string; name: string; notes: string[] }[]

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  investigation = (await app.ask<{ id: string }>("investigations.open", { name: "destroy" })).id
  lead = await personAs(app, { id: "us_lead", roles: [{ role: "operations-lead", investigation }] })
  other = await personAs(app, { id: "us_other", roles: [{ role: "disclosure-officer", investigation }] })
  examiner = await personAs(app, { id: "us_examiner", roles: [{ role: "examiner", investigation }] })
  await app.ask(
    "records.intake",
    {
      investigation,
      paths: [phonesFolder([device("A1", 641), device("A2", 642)])],
      authority: "warrant 7 (invented)",
      grade: "1A",
      handling: "P",
    },
    lead,
  )
  await listed()
  for (const id of Object.values(item)) await app.ask("evidence.assign-examiner", { investigation, item: id, person: examiner.id }, lead)
})
afterAll(() => app.end())

async function listed(): Promise<void> {
  const { items } = await app.ask<{ items: { id: string; reference: string; exhibits: typeof exhibits }[] }>(
    "evidence.list",
    { investigation },
    lead,
  )
  for (const i of items) item[i.reference] = i.id
  exhibits = items.flatMap((i) => i.exhibits)
}
const decide = (rule: object, verdict: string) =>
  app.ask("records.decide-scope", { investigation, item: item.A1, rule, verdict, reason: "relates to who offers crossings" }, examiner)
const propose = (by: Caller = lead) =>
  app.ask<{ proposal: string; counts: Record<string, number> }>(
    "records.propose-destruction",
    { investigation, item: item.A1, ground: "BSAIA 2025 s.26(1)(b): does not relate to a facilitation offence" },
    by,
  )
const destroy = (proposal: string, by: Caller) =>
  app.ask<{ before: Record<string, number>; after: Record<string, number>; originals: { exhibit: string }[]; records: { count: number } }>(
    "records.destroy-out-of-scope",
    { investigation, item: item.A1, proposal },
    by,
  )

/** Every file below the data folder but the register's own, with Parquet opened; those that hold the text. */
async function holding(text: string): Promise<string[]> {
  const root = app.ground.folder
  const engine = await app.store.engine()
  const out: string[] = []
  try {
    for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      const path = join(root, name)
      if (name.startsWith("register") || name.startsWith("vault") || !statSync(path).isFile()) continue
      const plain = readFileSync(path).includes(text)
      const rows = name.endsWith(".parquet")
        ? await engine.all(`select * from read_parquet(${literal(path)}) t where contains(cast(t as varchar), ${literal(text)})`)
        : []
      if (plain || rows.length > 0) out.push(name)
    }
  } finally {
    engine.close()
  }
  return out.sort()
}

test("nothing is destroyed before its review, before every row is decided on, or by one person", async () => {
  expect((await failureOf(propose())).code).toBe("conflict.review-not-due")
  now = DUE + 1
  expect((await failureOf(propose())).code).toBe("conflict.rows-undecided")
  expect((await failureOf(propose(examiner))).code).toBe("refused.retain")
})

test("what is out of scope and the original are gone from every file, the past included; what is in scope stays readable", async () => {
  now = DUE - 86_400_000
  await decide({ words: ["boat", "uk"], identifiers: [ORGANISER] }, "in")
  // In scope by mistake for a while, so that derived things come to quote it.
  await decide({ words: ["yellow"] }, "in")
  await app.ask("network.rank", { investigation, top: 10 }, lead)
  const mistaken = await app.ask<{ id: string; fields: { body: string } }[]>("records.list", { investigation, kind: "message" }, lead)
  await decide({ records: [mistaken.find((r) => r.fields.body === PRIVATE)!.id] }, "sealed")
  const cards = await app.ask<{ id: string; fields: { label: string } }[]>("records.list", { investigation, kind: "contact" }, lead)
  await decide({ records: [cards.find((r) => r.fields.label.includes("yellow"))!.id] }, "sealed")
  await decide({ rest: true }, "sealed")
  now = DUE + 1
  const here = () => holding(PRIVATE)
  expect((await here()).some((f) => f.startsWith("segments/"))).toBe(true)
  const kept = await app.ask<{ id: string }[]>("records.list", { investigation, kind: "message" }, lead)
  const mine = exhibits.filter((e) => e.item === item.A1)

  const { proposal, counts } = await propose()
  expect((await failureOf(destroy(proposal, lead))).code).toBe("refused.second-person")
  expect((await failureOf(destroy("dc_00000000000000000000", other))).code).toBe("invalid.proposal-unknown")
  const done = await destroy(proposal, other)
  expect(done.before).toEqual(counts)
  expect(done.after).toEqual({ in: counts.in, sealed: 0, apart: 0, rejects: 0, originals: 0 })
  expect(done.originals.map((o) => o.exhibit).sort()).toEqual(mine.map((e) => e.id).sort())
  expect(done.records.count).toBe(counts.sealed! + counts.apart!)

  // The other device says the same, and keeps it: only files of this device are looked for.
  const held = await here()
  const segments = await app.store.register.transaction(
    (tx) =>
      app.store.segments.every(
        tx,
        mine.map((e) => e.id),
      ),
    "all",
  )
  const paths = new Set(segments.map((s) => s.path))
  expect(held.filter((f) => paths.has(f) || !f.startsWith("segments/"))).toEqual([])
  const live = await app.store.register.transaction((tx) => app.store.segments.every(tx), "all")
  expect(held.filter((f) => !live.some((s) => s.path === f))).toEqual([])
  expect((await holding(HEALTH)).filter((f) => paths.has(f))).toEqual([])

  const rows = await app.ask<{ id: string; item: string; fields: { body: string } }[]>(
    "records.list",
    { investigation, kind: "message" },
    lead,
  )
  expect(rows.map((r) => r.id)).toEqual(kept.map((r) => r.id))
  const own = rows.find((r) => r.item === item.A1)!
  expect(own.fields.body).toBe(KEPT)
  expect((await app.ask<{ record: { id: string } }>("records.show", { investigation, record: own.id }, lead)).record.id).toBe(own.id)
  expect((await app.ask<{ rows: object }>("records.scope-counts", { investigation, item: item.A1 }, lead)).rows).toEqual({
    in: counts.in,
    undecided: 0,
    sealed: 0,
    apart: 0,
  })
})

test("the original answers with a stub, its key is gone, and a phone that holds the same bytes keeps them", async () => {
  await listed()
  for (const e of exhibits.filter((x) => x.item === item.A1)) {
    const refused = await failureOf(app.ask("evidence.bytes", { exhibit: e.id }, lead))
    expect(refused.code).toBe("refused.destroyed")
    for (const word of ["Destroyed on 2027-02-01", lead.id, other.id, "s.26(1)(b)"]) expect(refused.message).toContain(word)
    expect((await failureOf(app.store.vault.open(e.id, e.sha256))).code).toBe("refused.no-key")
    expect(e.notes).toEqual([])
  }
  const shared = exhibits.find((e) => e.item === item.A2 && e.name === "shared.txt")!
  const bytes = (await Array.fromAsync(await app.store.vault.open(shared.id, shared.sha256))) as Uint8Array[]
  expect(Buffer.concat(bytes).toString()).toBe(SHARED)
})

test("the proof is in the journal, without a word of what went, and the record says it was done", async () => {
  const entries = (await journalOf(app)).filter((e) => e.header.procedure === "records.destroy-out-of-scope")
  expect(entries.some((e) => e.header.kind === "erasure")).toBe(true)
  expect(JSON.stringify(entries)).not.toContain("yellow")
  const record = await app.ask<{ destruction: { doneAt: string; confirmedBy: string }; alerts: { code: string }[] }>(
    "evidence.device-record",
    { investigation, item: item.A1 },
    lead,
  )
  expect(record.destruction).toMatchObject({ confirmedBy: other.id })
  expect(record.alerts.map((a) => a.code)).not.toContain("review-overdue")
  expect((await failureOf(propose(other))).code).toBe("conflict.already-destroyed")
})
