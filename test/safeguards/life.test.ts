import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, folderOf, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, type Phone, phonesFolder } from "../support/world.ts"

interface Alert {
  id: string
  kind: string
  urgency: string
  state: string
  signs: number
  evidenceAt: string | null
  place: string | null
  lat: number | null
  lon: number | null
  contact: string
  sentence: string | null
  byHand: boolean
  foundAt: string
  dueAt: string
  deliveredAt: string | null
  deliveredAfterMs: number | null
  acknowledgedAfterMs: number | null
  escalatedAt: string | null
  outcome: string | null
}

const START = Date.UTC(2025, 5, 2, 12)
const MINUTE = 60_000
const DISTRESS = "Rebwar said call +447700900555. We are 40 people, the boat is sinking, help us, 51.0512, 1.4021"

const phone = (reference: string, text: string, more: Partial<Phone> = {}): Phone => ({
  reference,
  event: `event-${reference}`,
  own: number(300),
  lines: [{ day: 1, way: "out", other: number(301), text }],
  ...more,
})

let now = START
let app: TestApp
let duty: Caller
let analyst: Caller

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  await app.ask("investigations.open", { name: "raven", title: "Raven (secret name)" })
  duty = await personAs(app, { id: "us_duty", roles: [{ role: "duty-officer", investigation: null }] })
  analyst = await personAs(app, { id: "us_analyst", roles: [{ role: "programme-lead", investigation: null }] })
})
afterAll(() => app.end())

/** The first alert that the duty officer's stream gives and that fits, as his screen gets it. */
async function alertWhere(fits: (a: Alert) => boolean): Promise<Alert> {
  const stop = new AbortController()
  const answer = await app.gate.invoke("safeguards.follow", { input: {}, caller: duty, signal: stop.signal })
  if (answer.shape !== "events") throw new Error("not a stream")
  for await (const alerts of answer.events as AsyncIterable<Alert[]>) {
    const found = alerts.find(fits)
    if (!found) continue
    stop.abort()
    return found
  }
  throw new Error("the stream ended")
}

describe("a boat in distress", () => {
  let alert: Alert

  test("reaches the duty officer, who works in no investigation, as the records are committed", async () => {
    await take(app, "raven", [phonesFolder([phone("D1", DISTRESS)])])
    alert = await alertWhere((a) => a.kind === "boat")
    expect(alert).toMatchObject({ urgency: "now", state: "open", lat: 51.0512, lon: 1.4021, byHand: false, signs: 1 })
    expect(alert.evidenceAt).toBe("2025-06-02T09:00:00.000Z")
    // By the injected clock, which stood still: no step waited for a timer.
    expect(alert.deliveredAfterMs).toBe(0)
    expect(Date.parse(alert.dueAt) - Date.parse(alert.foundAt)).toBe(3 * MINUTE)
  })

  test("with the least that is needed: no names, no numbers, not the investigation", () => {
    expect(alert.sentence).toContain("the boat is sinking")
    const told = JSON.stringify(alert)
    for (const hidden of ["Rebwar", "900555", "900300", "raven", "Raven", "rc_", "ex_", "it_", "in_"]) expect(told).not.toContain(hidden)
  })

  test("nobody but a duty officer sees it", async () => {
    for (const name of ["safeguards.inbox", "safeguards.follow"])
      expect((await failureOf(app.gate.invoke(name, { input: {}, caller: analyst }))).code).toBe("refused.duty")
  })

  test("is above everything when nobody takes it on in time", async () => {
    now = START + 4 * MINUTE
    const [first] = await app.ask<Alert[]>("safeguards.inbox", {}, duty)
    expect(first).toMatchObject({ id: alert.id, state: "overdue", escalatedAt: new Date(now).toISOString() })
    const [raised] = await app.ask<{ escalated: boolean; sources: { record: string }[] }[]>("safeguards.raised", { investigation: "raven" })
    expect(raised).toMatchObject({ escalated: true, sources: [{ record: expect.stringMatching(/^rc_/) as string }] })
  })

  test("is taken on once, and closed by saying who was told", async () => {
    const taken = await app.ask<Alert>("safeguards.acknowledge", { alert: alert.id }, duty)
    expect(taken).toMatchObject({ state: "acknowledged", acknowledgedAfterMs: 4 * MINUTE })
    expect((await failureOf(app.ask("safeguards.acknowledge", { alert: alert.id }, duty))).code).toBe("conflict.alert-taken")
    const remark = "Coastguard told, reference 17"
    expect((await failureOf(app.ask("safeguards.close", { alert: alert.id, outcome: "acted", told: ["nobody"], remark }, duty))).code).toBe(
      "invalid.nobody-told",
    )
    const closed = await app.ask<Alert>("safeguards.close", { alert: alert.id, outcome: "acted", told: ["coastguard"], remark }, duty)
    expect(closed).toMatchObject({ state: "closed", outcome: "acted" })
    expect((await failureOf(app.ask("safeguards.close", { alert: alert.id, outcome: "acted", told: ["police"], remark }, duty))).code).toBe(
      "conflict.alert-closed",
    )
  })

  test("every step is in the journal, in its order", async () => {
    const steps = (await journalOf(app)).filter(({ payload }) => JSON.stringify(payload).includes(alert.id))
    expect(steps.map((s) => `${s.header.kind} ${s.header.procedure}`).sort()).toEqual(
      [
        "disclosure safeguards.watch",
        "consultation safeguards.follow",
        "decision safeguards.watch",
        "decision safeguards.acknowledge",
        "decision safeguards.close",
      ].sort(),
    )
    expect(steps.find((s) => s.header.kind === "disclosure")!.header.recipients).toEqual(["duty officer"])
    expect(steps.find((s) => s.header.procedure === "safeguards.watch" && s.header.kind === "decision")!.payload).toEqual({
      escalated: [alert.id],
    })
  })
})

test("an old message is no emergency, whatever it says", async () => {
  now = START + 10 * 24 * 60 * MINUTE
  await take(app, "raven", [
    phonesFolder([
      phone("D2", "help us the boat is sinking, we are 20 people"),
      phone("D3", "our boy 12 years old is alone in the camp, no parents"),
    ]),
  ])
  // The stream gives what there is in order; the child of ten days ago is still looked for, the boat is not.
  const child = await alertWhere((a) => a.kind === "lone-child")
  expect(child).toMatchObject({ urgency: "soon", sentence: null })
  expect((await app.ask<Alert[]>("safeguards.inbox", {}, duty)).map((a) => a.kind)).toEqual(["lone-child"])
  now = START
})

test("a row that nobody decided on: an examiner must look, and nobody else learns what it says", async () => {
  await take(app, "raven", [phonesFolder([phone("D4", DISTRESS, { arrival: true, own: number(310) })])])
  const alert = await alertWhere((a) => a.kind === "examine")
  expect(alert).toMatchObject({ place: null, lat: null, lon: null, sentence: null, evidenceAt: null })
  const rows = await app.ask<{ sources: { record: string; kind: string; item: string }[] }[]>("safeguards.to-examine", {
    investigation: "raven",
  })
  expect(rows.flatMap((r) => r.sources.map((s) => s.kind))).toEqual(["boat"])
  const raised = await app.ask<{ alert: string }[]>("safeguards.raised", { investigation: "raven" })
  expect(raised.map((r) => r.alert)).not.toContain(alert.id)
  const found = (await journalOf(app)).find(({ payload }) => JSON.stringify(payload).includes(alert.id))!
  expect(JSON.stringify(found.payload)).not.toMatch(/boat|sinking|51\.05/)
})

test("ten messages within the hour are one alert", async () => {
  const lines = Array.from({ length: 10 }, (_, n) => ({
    day: 1,
    way: "out" as const,
    other: number(302),
    text: `help ${n}, boat is sinking`,
  }))
  await take(app, "raven", [phonesFolder([phone("D5", "", { lines })])])
  const alert = await alertWhere((a) => a.kind === "boat" && a.state === "open" && a.signs === 10)
  expect((await app.ask<Alert[]>("safeguards.inbox", {}, duty)).filter((a) => a.kind === "boat" && a.state === "open")).toHaveLength(1)
  expect(alert.signs).toBe(10)
})

test("whoever works here can raise one by hand; the record stays in its investigation", async () => {
  const { alert } = await app.ask<{ alert: string }>(
    "safeguards.raise",
    { kind: "captive", words: "A man is held in a flat above the shop", place: "Zakho" },
    analyst,
  )
  const mine = (await app.ask<Alert[]>("safeguards.inbox", {}, duty)).find((a) => a.id === alert)!
  expect(mine).toMatchObject({ kind: "captive", byHand: true, urgency: "now", place: "Zakho", contact: "us_analyst" })
  await app.ask("safeguards.set-contact", { investigation: "raven", contact: "Desk 4, +44 7700 900999" })
  const record = "rc_00000000000000000001"
  const { alert: second } = await app.ask<{ alert: string }>("safeguards.raise", {
    investigation: "raven",
    kind: "threat",
    words: "Somebody is to be thrown off",
    record,
  })
  const told = (await app.ask<Alert[]>("safeguards.inbox", {}, duty)).find((a) => a.id === second)!
  expect(told.contact).toBe("Desk 4, +44 7700 900999")
  expect(JSON.stringify(told)).not.toContain(record)
  const raised = await app.ask<{ alert: string; sources: { record: string }[] }[]>("safeguards.raised", { investigation: "raven" })
  expect(raised.find((r) => r.alert === second)!.sources.map((s) => s.record)).toEqual([record])
  expect((await failureOf(app.ask("safeguards.raise", { investigation: "raven", kind: "boat", words: "sinking" }, analyst))).code).toBe(
    "refused.investigation",
  )
})

test("a posted caption and a report are listened to, an advert's contact list is not", async () => {
  const mapping = {
    kind: "post",
    at: { column: "at", format: "ymd", zone: "UTC" },
    fields: { caption: "text" },
    constants: { platform: "tiktok" },
    parties: [{ part: "author", ids: [{ type: "handle", column: "by" }] }],
  }
  const folder = folderOf({
    "material.json": {
      reference: "P1",
      kind: "account",
      authority: "warrant 7 (invented)",
      grade: { scheme: "3x5x2", code: "1A" },
      handling: "P",
      files: { "posts.csv": { as: "table", mapping } },
    },
    "posts.csv": `at,by,text\n2025-06-02 10:00,@someone_1,"They are holding my brother in Zawiya, they beat him, they want 6000 dollars"\n`,
  })
  await take(app, "raven", [folder])
  const alert = await alertWhere((a) => a.kind === "captive" && !a.byHand)
  expect(alert.sentence).toBeNull()
})
