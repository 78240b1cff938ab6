import { randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, type IntakeFile, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { COUSIN, number, ORGANISER, passengers, phonesFolder } from "../support/world.ts"
import { columnsWith, erased, filesWith, type Order, proposed, tablesWith } from "./erasing.ts"

const I = "Person"
const HIS = number(555)
let app: TestApp
let officer: Caller
let files: IntakeFile[]
beforeAll(async () => {
  app = await testApp()
  officer = await personAs(app, { id: "us_officer", roles: [{ role: "data-protection-officer", investigation: null }] })
  files = await take(app, I, [
    phonesFolder(
      passengers(3, (n) => ({
        cards: [
          ["Mam Karwan", ORGANISER],
          ["Zilan Qertaxi", HIS],
        ],
        lines: [
          { day: 1, way: "in", other: HIS, text: "zqhiswords come from him" },
          { day: 2, way: "out", other: HIS, text: `zqanswer${"abc"[n]} to him` },
          { day: 3, way: "in", other: COUSIN, text: `zqcousin says call 07700 900555 or nobody` },
          { day: 4, way: "in", other: COUSIN, text: "zqother has nothing to do with it" },
        ],
        calls: [{ day: 5, way: "in", other: HIS }],
      })),
    ),
  ])
})
afterAll(() => app.end())

interface Told {
  id: string
  kind: string
  fields: Record<string, unknown>
  parties: { part: string; ids: unknown[]; name?: string | null }[]
}
const rows = async (kind: string) => app.ask<Told[]>("records.list", { investigation: I, kind, limit: 1000 })
const entityOf = async (find: string) =>
  (await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation: I, find })).entities[0]!.id

test("single rows go with what they mention; the original is kept as evidence and opens no more", async () => {
  const [row] = (await rows("message")).filter((r) => r.fields.body === "zqanswera to him")
  const order = await erased(app, officer, { investigation: I, records: [row!.id] })
  expect((await rows("message")).some((r) => r.id === row!.id)).toBe(false)
  expect(await tablesWith(app, ["zqanswera"])).toEqual([])
  expect(filesWith(app.ground.folder, ["zqanswera"])).toEqual([])
  const { exhibit } = files.find((f) => f.path.endsWith("P01/messages.csv"))!
  expect((await failureOf(app.ask("evidence.bytes", { exhibit }))).code).toBe("refused.restricted")
  const stub = await app.ask<{ restricted: string[]; records: { count: number } }>("retention.stub", {
    investigation: I,
    erasure: order.id,
  })
  expect([stub.restricted, stub.records.count]).toEqual([[exhibit], 1])
})

test("of a person, rows about him alone go; in rows with others he, his words and his number go, and the rest stays", async () => {
  const before = { messages: await rows("message"), calls: await rows("call"), cards: await rows("contact") }
  await app.ask("entities.list", { investigation: I, find: "qertaxi" })
  const entity = await entityOf(HIS)
  const order = await erased(app, officer, { investigation: I, entity })
  expect(order.state).toBe("done")
  expect((await rows("contact")).length).toBe(before.cards.length - 3)
  const messages = await rows("message")
  expect(messages.length).toBe(before.messages.length)
  const bodies = messages.map((m) => m.fields.body ?? null)
  expect(bodies.filter((b) => b === "zqother has nothing to do with it").length).toBe(3)
  expect(bodies.filter((b) => typeof b === "string" && b.startsWith("zqanswer")).length).toBe(2)
  expect(bodies.some((b) => typeof b === "string" && (b.includes("zqhiswords") || b.includes("zqcousin")))).toBe(false)
  expect((await rows("call")).map((c) => c.id)).toEqual(before.calls.map((c) => c.id))
  const words = [HIS.slice(-9), "Qertaxi", "zqhiswords", "zqcousin"]
  expect(await tablesWith(app, words)).toEqual([])
  expect(await columnsWith(app, words)).toEqual([])
  expect(filesWith(app.ground.folder, words)).toEqual([])
  expect((await app.ask<{ entities: unknown[] }>("entities.list", { investigation: I, find: HIS })).entities).toEqual([])
})

test("nobody orders what he proposed, what has changed since he saw it, or without the office; what is withdrawn is not ordered", async () => {
  const item = files.find((f) => f.path.endsWith("P02/messages.csv"))!.item
  const both = await personAs(app, {
    id: "us_both",
    roles: [
      { role: "data-protection-officer", investigation: null },
      { role: "operations-lead", investigation: (await app.ask<{ id: string }[]>("investigations.list", {}))[0]!.id },
    ],
  })
  const target = { investigation: I, item }
  const { id, digest } = await proposed(app, officer, target)
  const order = (erasure: string, by: Caller, seen = digest) =>
    app.ask("retention.erase", { erasure, digest: seen, reason: "agreed to by me" }, by)
  expect((await failureOf(order(id, officer, randomBytes(32).toString("hex")))).code).toBe("conflict.preview-stale")
  const analyst = await personAs(app, { id: "us_analyst", roles: [] })
  expect((await failureOf(order(id, analyst))).code).toBe("refused.erase")
  const own = await app.ask<Order>(
    "retention.propose-erasure",
    { ...target, ground: "obligation", reason: "proposed by the officer himself" },
    both,
  )
  expect((await failureOf(order(own.id, both))).code).toBe("refused.same-person")
  await app.ask("retention.withdraw-erasure", { investigation: I, erasure: id, reason: "needed after all" })
  expect((await failureOf(order(id, officer))).code).toBe("conflict.erasure-not-open")
  expect((await failureOf(app.ask("retention.erase-preview", { investigation: I, item, whole: true }))).code).toBe("invalid.erasure-target")
})

test("words go from a row only where a second person ordered it", async () => {
  const { exhibit } = files[0]!
  const { id } = await proposed(app, officer, { investigation: I, exhibit })
  const blank = app.store.register.transaction(
    (tx) =>
      tx.query("select linchpin_blank($1, 'exhibit', $2, $3)", [id, JSON.stringify({ id: exhibit }), JSON.stringify({ name: "gone" })]),
    "all",
  )
  await expect(blank).rejects.toMatchObject({ code: "LE001" })
})

test("of a whole investigation nothing is left but stubs", async () => {
  const [inv] = await app.ask<{ id: string }[]>("investigations.list", {})
  await app.ask("records.list", { investigation: I, kind: "message", limit: 5 })
  const order = await erased(app, officer, { investigation: I, whole: true })
  expect(order.state).toBe("done")
  const words = ["zqother", "Karwan", "warrant for"]
  expect(await tablesWith(app, words)).toEqual([])
  expect(await columnsWith(app, words)).toEqual([])
  expect(filesWith(app.ground.folder, words)).toEqual([])
  expect(await app.ask("evidence.list", { investigation: inv!.id })).toEqual({ items: [] })
  expect((await app.ask<Order[]>("retention.erasures", { investigation: inv!.id }))[0]).toMatchObject({ id: order.id, state: "done" })
})
