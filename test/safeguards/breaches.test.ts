import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { NOTICE_KIND_IDS, NOTICE_LANGUAGES, noticeText } from "../../src/stages/safeguards/notices/texts.ts"
import { failureOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, phonesFolder } from "../support/world.ts"

interface Breach {
  id: string
  state: string
  dueAt: string
}
interface Notice {
  item: string
  reference: string
  kind: string
  state: string
}

const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 2, 9)
let now = START
let app: TestApp
let officer: Caller
let colleague: Caller

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  officer = await personAs(app, { id: "us_dpo", roles: [{ role: "data-protection-officer", investigation: null }] })
  colleague = await personAs(app, { id: "us_clerk", roles: [{ role: "programme-lead", investigation: null }] })
})
afterAll(() => app.end())

const listed = async (id: string) => (await app.ask<Breach[]>("safeguards.breaches", {}, officer)).find((b) => b.id === id)!
const step = (breach: string, more: object) =>
  app.ask<Breach>("safeguards.breach-step", { breach, words: "as found by the desk", ...more }, officer)

test("whoever sees a breach reports it; the clock of 72 hours runs from when it became known", async () => {
  const { breach, dueAt } = await app.ask<{ breach: string; dueAt: string }>(
    "safeguards.breach-report",
    { what: "A list of callers was sent to a wrong address", awareAt: new Date(START - 10 * HOUR).toISOString() },
    colleague,
  )
  expect(dueAt).toBe(new Date(START + 62 * HOUR).toISOString())
  expect((await failureOf(app.ask("safeguards.breaches", {}, colleague))).code).toBe("refused.rights")
  expect((await listed(breach)).state).toBe("to assess")
  now = START + 63 * HOUR
  expect((await listed(breach)).state).toBe("overdue")
  expect((await failureOf(step(breach, { step: "notified" }))).code).toBe("refused.delay-unexplained")
  await step(breach, { step: "risk", risk: "high", people: 40 })
  expect((await step(breach, { step: "notified", delay: "the list was found on Monday" })).state).toBe("to tell people")
  expect((await failureOf(step(breach, { step: "closed" }))).code).toBe("conflict.breach-open")
  const { text } = await app.ask<{ text: string }>("safeguards.breach-text", { breach }, officer)
  expect(text).toContain("Reasons for the delay: the list was found on Monday")
  expect(text).toContain("People, about: 40")
  expect(text).toContain("Not known yet")
  await step(breach, { step: "told-people" })
  expect((await step(breach, { step: "closed" })).state).toBe("closed")
  expect((await failureOf(step(breach, { step: "facts" }))).code).toBe("conflict.breach-closed")
})

test("a breach without likely risk is recorded and closed without a notification", async () => {
  const { breach } = await app.ask<{ breach: string }>(
    "safeguards.breach-report",
    { what: "An encrypted stick was lost and found" },
    colleague,
  )
  expect((await failureOf(step(breach, { step: "risk" }))).code).toBe("invalid.risk-missing")
  expect((await step(breach, { step: "risk", risk: "unlikely" })).state).toBe("to close")
  expect((await step(breach, { step: "closed" })).state).toBe("closed")
})

test("the owner of each device is to be told, and a delay has a reason", async () => {
  await app.ask("investigations.open", { name: "raven" })
  await take(app, "raven", [
    phonesFolder(
      ["N1", "N2"].map((reference, n) => ({
        reference,
        event: `e${n}`,
        own: number(600 + n),
        arrival: true,
        cards: [["A", number(610)] as const],
      })),
    ),
  ])
  const due = () => app.ask<Notice[]>("safeguards.notices", { open: true }, officer)
  expect((await due()).map((n) => `${n.reference} ${n.kind} ${n.state}`).sort()).toEqual(["N1 seizure due", "N2 seizure due"])
  now += 8 * 24 * HOUR
  const [first, second] = await due()
  expect(first!.state).toBe("overdue")
  const contact = "Desk 4, +44 7700 900999"
  expect(
    (await failureOf(app.ask("safeguards.notice-record", { item: first!.item, kind: "seizure", state: "delayed" }, officer))).code,
  ).toBe("invalid.reason-missing")
  expect(
    (await failureOf(app.ask("safeguards.notice-record", { item: first!.item, kind: "seizure", state: "sent", language: "ckb" }, officer)))
      .code,
  ).toBe("invalid.notice-incomplete")
  await app.ask(
    "safeguards.notice-record",
    { item: first!.item, kind: "seizure", state: "sent", language: "ckb", channel: "by hand", contact },
    officer,
  )
  await app.ask(
    "safeguards.notice-record",
    { item: second!.item, kind: "seizure", state: "not-reachable", reason: "no address known" },
    officer,
  )
  expect((await due()).map((n) => n.state)).toEqual(["not-reachable"])
  now += 90 * 24 * HOUR
  expect((await due()).filter((n) => n.kind === "retention")).toHaveLength(2)
  const { text, checked, rtl } = await app.ask<{ text: string; checked: boolean; rtl: boolean }>(
    "safeguards.notice-text",
    { item: first!.item, kind: "retention", language: "ckb", contact },
    officer,
  )
  expect([checked, rtl]).toEqual([false, true])
  expect(text).toContain("BSAIA 2025 s.23")
})

test("no notice asks for anything that opens a device, in any language, and translations say that nobody checked them", () => {
  for (const language of NOTICE_LANGUAGES)
    for (const kind of NOTICE_KIND_IDS) {
      const text = noticeText({
        kind,
        language,
        reference: "N1",
        takenOn: "2026-03-02",
        power: "BSAIA 2025 s.23",
        reason: null,
        contact: "Desk 4",
      })
      expect(text).not.toMatch(/\bpin\b|pass ?code|password|unlock|must give|رمز|كلمة السر|كلمة المرور|وشەی نهێنی|پین|باز کردن|کردنەوە/i)
      expect(/native|زمانی دایکی|لغته الأم|زبان مادری/.test(text)).toBe(language !== "en")
      expect(text).toContain("N1")
    }
})
