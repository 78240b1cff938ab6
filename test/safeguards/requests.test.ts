import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Caller } from "#access"
import { dueOf, monthsLater } from "../../src/stages/safeguards/requests/deadline.ts"
import { letterOf, type Told } from "../../src/stages/safeguards/requests/letter.ts"
import fc from "../support/properties.ts"
import { failureOf, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { COUSIN, number, phonesFolder } from "../support/world.ts"

interface Request {
  id: string
  state: string
  dueAt: string | null
  extendBy: string | null
  overdue: boolean
  items: number
  undecided: number
}
interface Shown {
  request: Request
  items: {
    n: number
    exhibit: string
    scope: string
    kinds: Record<string, number>
    foundBy: string[]
    ownDevice: boolean
    banner: string
    suggestions: { ground: string }[]
  }[]
}

const day = (iso: string) => Date.parse(`${iso}T10:00:00Z`)

describe("the time to answer", () => {
  test.each([
    ["2026-01-31", "2026-02-28"],
    ["2026-11-22", "2026-12-22"],
    ["2028-01-30", "2028-02-29"],
    ["2026-12-15", "2027-01-15"],
  ])("a request of %s is due on %s", (received, due) => {
    const { at } = dueOf({ receivedAt: day(received), waits: [], extended: false })
    expect(new Date(at!).toISOString()).toBe(`${due}T23:59:59.999Z`)
  })

  test("it runs from proof of identity, stands still while the subject is asked, and lasts three months when that was announced", () => {
    const clock = { receivedAt: day("2026-03-01"), waits: [], extended: false }
    expect(dueOf({ ...clock, identifiedAt: null })).toEqual({ at: null, extendBy: null, why: "identity awaited" })
    const dates = (c: Parameters<typeof dueOf>[0]) => new Date(dueOf(c).at!).toISOString().slice(0, 10)
    expect(dates({ ...clock, identifiedAt: day("2026-03-10") })).toBe("2026-04-10")
    expect(dates({ ...clock, waits: [{ from: day("2026-03-05"), to: day("2026-03-09") }] })).toBe("2026-04-06")
    expect(dueOf({ ...clock, waits: [{ from: day("2026-03-05"), to: null }] }).at).toBeNull()
    expect(dates({ ...clock, extended: true })).toBe("2026-06-01")
  })

  test("a month later is never in the month after", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: 1, max: 24 }), (at, months) => {
        const [from, to] = [new Date(at), new Date(monthsLater(at, months))]
        const passed = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
        return passed === months && to.getUTCDate() <= from.getUTCDate()
      }),
    )
  })
})

describe("the letter", () => {
  const about = { reference: "rq_1", subject: "A. Person", kind: "access", receivedAt: "2026-01-02", refusal: null, done: null } as const
  const silent: Told = { decision: "silent", ground: "b", kinds: [{ title: "message", count: 40 }], origin: "a device" }
  const given: Told = { decision: "give", ground: null, kinds: [{ title: "contact card", count: 2 }], origin: "a device" }

  test("is the same to the letter where nothing is held and where silence is kept, however much there is", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 20 }), (grounds) => {
        const hidden = grounds.map((ground) => ({ ...silent, ground: ground as "a" }))
        expect(letterOf({ ...about, items: hidden })).toBe(letterOf({ ...about, items: [] }))
        expect(letterOf({ ...about, items: [given, ...hidden] })).toBe(letterOf({ ...about, items: [given] }))
      }),
    )
  })

  test("says what is given and why what is withheld is, and always which rights there are", () => {
    const text = letterOf({ ...about, items: [given, { ...silent, decision: "withhold" }] })
    expect(text).toContain("contact card: 2")
    expect(text).toContain("section 45(4)(b)")
    expect(text).not.toContain("message: 40")
    for (const t of [
      text,
      letterOf({ ...about, items: [] }),
      letterOf({ ...about, items: [], refusal: "the fifth of its kind this week" }),
    ])
      expect(t).toContain("Information Commissioner")
  })
})

describe("a request from entry to answer", () => {
  let app: TestApp
  let officer: Caller
  let now = day("2026-03-01")
  let request: Request
  const step = (name: string, more: object = {}) => app.ask<Request>(name, { request: request.id, ...more }, officer)

  beforeAll(async () => {
    app = await testApp({ clock: () => now })
    await app.ask("investigations.open", { name: "raven" })
    await app.ask("investigations.open", { name: "heron" })
    officer = await personAs(app, { id: "us_dpo", roles: [{ role: "data-protection-officer", investigation: null }] })
    const cards = [
      ["Karwan Hassan", COUSIN],
      ["Mam", number(400)],
    ] as const
    await take(app, "raven", [
      phonesFolder([
        { reference: "R1", event: "e1", own: number(500), cards, lines: [{ day: 1, way: "in", other: COUSIN, text: "greet mother" }] },
      ]),
    ])
    await take(app, "heron", [
      phonesFolder([
        {
          reference: "R2",
          event: "e2",
          own: COUSIN,
          arrival: true,
          cards: [["Aunt", number(401)]],
          lines: [{ day: 1, way: "out", other: number(401), text: "hello" }],
        },
      ]),
    ])
  }, 60_000)
  afterAll(() => app.end())

  test("its time begins with proof of identity", async () => {
    request = await app.ask<Request>(
      "safeguards.request-enter",
      {
        kind: "access",
        subject: "Karwan Hassan",
        wants: "Everything that you hold about me",
        channel: "letter, answer to his solicitor",
        receivedAt: new Date(now).toISOString(),
        names: ["کاروان حەسەن"],
        identifiers: [{ type: "phone", raw: COUSIN.replace("+44", "0"), region: "GB" }],
      },
      officer,
    )
    expect(request).toMatchObject({ state: "identity awaited", dueAt: null })
    now = day("2026-03-05")
    request = await step("safeguards.request-clock", { step: "identified", words: "passport seen by the solicitor" })
    expect(request).toMatchObject({ state: "to search", dueAt: "2026-04-05T23:59:59.999Z" })
  })

  test("the search finds every holding of every investigation, undecided rows too, by reference and never by text", async () => {
    expect(await step("safeguards.request-search")).toMatchObject({ found: 3, bySound: 0 })
    const { items, request: after } = await app.ask<Shown>("safeguards.request-show", { request: request.id }, officer)
    expect(after).toMatchObject({ state: "to decide", items: 3, undecided: 3 })
    const [own, other] = [items.find((i) => i.ownDevice)!, items.find((i) => i.kinds.contact)!]
    expect(own.scope).toBe("undecided")
    expect(other).toMatchObject({ scope: "in", kinds: { contact: 1 } })
    expect(other.foundBy).toContain("phone")
    expect(other.suggestions.map((s) => s.ground)).toContain("b")
    expect(JSON.stringify(items)).not.toMatch(/greet|hello|Karwan/)
  })

  test("whoever is no data protection officer learns nothing of it", async () => {
    const analyst = await personAs(app, { id: "us_a", roles: [{ role: "programme-lead", investigation: null }] })
    expect((await failureOf(app.ask("safeguards.requests", {}, analyst))).code).toBe("refused.rights")
    expect((await failureOf(app.ask("safeguards.request-show", { request: request.id }, analyst))).code).toBe("refused.rights")
  })

  test("no answer before every item is decided, and no restriction without a ground", async () => {
    expect((await failureOf(step("safeguards.request-close"))).code).toBe("conflict.request-not-ready")
    const reason = "The investigation is running and he is not told of it."
    expect((await failureOf(step("safeguards.request-decide", { n: 1, decision: "silent", reason }))).code).toBe("refused.ground-missing")
    const { items } = await app.ask<Shown>("safeguards.request-show", { request: request.id }, officer)
    for (const i of items) {
      const decision = i.ownDevice ? { decision: "give" } : { decision: "silent", ground: "b" }
      await step("safeguards.request-decide", { n: i.n, ...decision, reason })
    }
    const { text, ready } = await app.ask<{ text: string; ready: boolean }>("safeguards.request-letter", { request: request.id }, officer)
    expect(ready).toBe(true)
    expect(text).not.toMatch(/raven|heron|R1|45\(4\)|investigation is running/)
    expect(text).toContain("BSAIA 2025 s.23")
  })

  test("the answer is kept as it was sent, and reading and telling are journalled as what they are", async () => {
    expect(await step("safeguards.request-close")).toMatchObject({ state: "closed", overdue: false })
    expect((await failureOf(step("safeguards.request-close"))).code).toBe("conflict.request-closed")
    const steps = (await journalOf(app)).flatMap((e) => (e.header.actor === "us_dpo" ? `${e.header.kind} ${e.header.procedure}` : []))
    expect(steps).toEqual(
      expect.arrayContaining([
        "consultation safeguards.request-search",
        "consultation safeguards.request-show",
        "decision safeguards.request-decide",
        "disclosure safeguards.request-close",
      ]),
    )
  })

  test("two more months can be announced within the first one only; what is late is said", async () => {
    const input = {
      kind: "erasure",
      subject: "B. Person",
      wants: "erase me",
      channel: "mail",
      receivedAt: new Date(now).toISOString(),
      identityNeeded: false,
    }
    request = await app.ask<Request>("safeguards.request-enter", { ...input, identifiers: [{ type: "phone", raw: number(401) }] }, officer)
    now = day("2026-04-20")
    expect((await app.ask<Request[]>("safeguards.requests", {}, officer)).find((r) => r.id === request.id)).toMatchObject({ overdue: true })
    const late = step("safeguards.request-clock", { step: "extended", words: "many requests at once" })
    expect((await failureOf(late)).code).toBe("refused.too-late-to-extend")
  })

  test("erasure is handed over by reference", async () => {
    await step("safeguards.request-search")
    const { items } = await app.ask<Shown>("safeguards.request-show", { request: request.id }, officer)
    expect(items.length).toBeGreaterThan(0)
    await step("safeguards.request-decide", { n: 1, decision: "give", reason: "It is not needed any longer." })
    const over = await app.ask<{ next: string; items: { exhibit: string; records: string[] }[] }>(
      "safeguards.request-hand-over",
      { request: request.id },
      officer,
    )
    expect(over).toMatchObject({ next: "retention.erase-preview", items: [{ exhibit: items[0]!.exhibit }] })
    expect(over.items[0]!.records.length).toBeGreaterThan(0)
  })

  test("what is put right stands beside the record, which stays as it is", async () => {
    const [record] = await app.ask<{ id: string; fields: object }[]>("records.list", { investigation: "raven", kind: "contact" })
    const words = "The number is not his: he gave it back in 2024."
    await step("safeguards.annotate", { record: record!.id, state: "rectified", words })
    expect(await app.ask("safeguards.notes-of", { investigation: "raven", record: record!.id })).toMatchObject([
      { state: "rectified", words },
    ])
    expect(await app.ask("safeguards.notes-of", { investigation: "heron" })).toEqual([])
    const again = await app.ask<{ id: string }[]>("records.list", { investigation: "raven", kind: "contact" })
    expect(again.find((r) => r.id === record!.id)).toEqual(record)
  })
})
