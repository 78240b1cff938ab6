import { afterAll, beforeAll, expect, test } from "vitest"
import { ARRIVAL } from "../support/world.ts"
import { arrivalChat, edgeList, raidChat } from "./material.ts"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, violations, type Workplace } from "./workplace.ts"

let workplace: Workplace
const at = { investigation: "", exhibit: "", item: "", entity: "", record: "" }

beforeAll(async () => {
  if (!BROWSER) return
  workplace = await openWorkplace()
  const { page, context } = await workplace.enter()
  const ask = <T>(name: string, input: object) => workplace.ask<T>(page, name, input)
  for (const input of [{ paths: [edgeList()], as: "edges" }, { paths: [raidChat()] }, { paths: [arrivalChat()], ...ARRIVAL }])
    await workplace.takenIn(page, { investigation: "Everything", ...input })
  const [investigation] = await ask<{ id: string }[]>("investigations/list", {})
  at.investigation = investigation!.id
  type Listed = { items: { id: string; undecided: boolean; exhibits: { id: string; rejected: number }[] }[] }
  const { items } = await ask<Listed>("evidence/list", { investigation: at.investigation })
  at.item = items.find((i) => i.undecided)!.id
  at.exhibit = items.flatMap((i) => i.exhibits).find((e) => e.rejected > 0)!.id
  const { entities } = await ask<{ entities: { id: string }[] }>("entities/list", { investigation: at.investigation })
  at.entity = entities[0]!.id
  const shown = await ask<{ sources: { id: string }[] }>("entities/show", { investigation: at.investigation, entity: at.entity })
  at.record = shown.sources[0]!.id
  await ask("safeguards/raise", { kind: "boat", words: "A boat is taking water off the beach", place: "Gravelines" })
  await ask("safeguards/breach-report", { what: "A list of callers was sent to a wrong address" })
  const asked = { kind: "access", subject: "A. Person", wants: "Everything", channel: "letter", receivedAt: "2026-01-02T10:00:00Z" }
  await ask("safeguards/request-enter", asked)
  await ask("safeguards/contest", {
    investigation: at.investigation,
    entity: at.entity,
    about: "standing",
    party: "defence",
    reason: "He was abroad then.",
  })
  const [from, to] = ["2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"]
  await ask("safeguards/draw-sample", { pool: "reasons", from, to })
  await context.close()
}, PATIENCE_MS)
afterAll(async () => workplace?.close())

/** Screens by name: their address, and what must be there before they are judged. */
const SCREENS: Record<string, [path: () => string, ready: string]> = {
  picker: [() => "/", "main li"],
  intake: [() => `/i/${at.investigation}/intake`, "form"],
  material: [() => `/i/${at.investigation}/evidence`, "article"],
  exhibit: [() => `/i/${at.investigation}/evidence/${at.exhibit}`, ".row-line"],
  scope: [() => `/i/${at.investigation}/scope`, "tbody tr"],
  alerts: [() => `/i/${at.investigation}/scope/alerts`, "h1"],
  candour: [() => `/i/${at.investigation}/scope/candour`, "table tbody tr"],
  device: [() => `/i/${at.investigation}/scope/${at.item}`, ".records"],
  network: [() => `/i/${at.investigation}/network?who=${at.entity}`, "[data-settled=true]"],
  stages: [() => `/i/${at.investigation}/network/stages`, "tbody tr"],
  head: [() => `/i/${at.investigation}/network/head`, "[role=alert]"],
  "collection plan": [() => `/i/${at.investigation}/network/collect`, "[role=alert]"],
  "groups and brokers": [() => `/i/${at.investigation}/network/groups`, "h1"],
  sequences: [() => `/i/${at.investigation}/network/sequences`, "form"],
  snapshots: [() => `/i/${at.investigation}/network/snapshots`, "form"],
  "people and things": [() => `/i/${at.investigation}/entities`, "tbody tr"],
  "two names": [() => `/i/${at.investigation}/entities/names`, "form"],
  "how rows are linked": [() => `/i/${at.investigation}/entities/linkage`, "h1"],
  entity: [() => `/i/${at.investigation}/entities/${at.entity}`, ".records"],
  journal: [() => "/journal", ".journal-rows tbody tr"],
  "journal entry": [() => "/journal/access/0", ".proof"],
  record: [() => `/i/${at.investigation}/records/${at.record}`, ".facts"],
  "record beside a screen": [() => `/i/${at.investigation}/evidence?record=${at.record}`, "[role=dialog] .facts"],
  "risk to life": [() => "/care/duty", ".alert-card"],
  requests: [() => "/care/requests", "tbody tr"],
  breaches: [() => "/care/breaches", ".breach-card"],
  "notices to owners": [() => "/care/notices", "h1"],
  oversight: [() => "/care/samples", "form"],
  contests: [() => `/i/${at.investigation}/contests`, ".contest"],
  curve: [() => `/i/${at.investigation}/curve`, "h1"],
  "key-player set": [() => `/i/${at.investigation}/set`, "h1"],
  "all that can be asked": [() => `/i/${at.investigation}/ask`, ".ask-list li"],
  "one procedure": [() => `/i/${at.investigation}/ask?procedure=network/rank`, ".ask-one form"],
  "a procedure that takes a file": [() => `/i/${at.investigation}/ask?procedure=evidence/stage`, ".ask-one form"],
}

test.skipIf(!BROWSER).each([
  ["en", "light"],
  ["ckb", "dark"],
] as const)(
  `no screen has a serious fault of accessibility: %s, %s${ON_BROWSER}`,
  async (language, colorScheme) => {
    const { page, context } = await workplace.enter({ colorScheme })
    await page.evaluate((l) => localStorage.setItem("linchpin.language", l), language)
    const found: Record<string, string[]> = {}
    for (const [name, [path, ready]] of Object.entries(SCREENS)) {
      await page.goto(`${workplace.url}${path()}`)
      await page.locator(ready).first().waitFor()
      await page.locator(".working").first().waitFor({ state: "detached" })
      const wrong = await violations(page)
      if (wrong.length > 0) found[name] = wrong
    }
    expect(found).toEqual({})
    await context.close()
  },
  PATIENCE_MS,
)

test.skipIf(!BROWSER)(`the first stop of the Tab key skips to the content${ON_BROWSER}`, async () => {
  const { page, context } = await workplace.enter()
  await page.goto(`${workplace.url}${SCREENS.material![0]()}`)
  await page.locator("article").first().waitFor()
  await page.keyboard.press("Tab")
  expect(await page.evaluate("document.activeElement.getAttribute('href')")).toBe("#content")
  await page.keyboard.press("Enter")
  expect(await page.evaluate("document.activeElement.id")).toBe("content")
  await context.close()
})

test.skipIf(!BROWSER)(`letters take the colours of a scheme in the moment in which it is chosen${ON_BROWSER}`, async () => {
  const { page, context } = await workplace.enter({ colorScheme: "light" })
  await page.locator("[role=radiogroup] label").first().waitFor()
  // Read before any frame is drawn: a fade would still show the colours of the scheme that goes. Buttons that come or go meanwhile do not count.
  const read = (await page.evaluate(`(async () => {
    const all = [...document.querySelectorAll("button, [role=radiogroup] label")]
    const colours = () => all.map((e) => getComputedStyle(e).color)
    const light = colours()
    document.documentElement.setAttribute("data-mantine-color-scheme", "dark")
    const dark = colours()
    await Promise.allSettled(document.getAnimations().flatMap((a) => (a instanceof CSSTransition ? a.finished : [])))
    const after = colours()
    return all.flatMap((e, i) => (e.isConnected ? [[light[i], dark[i], after[i]]] : []))
  })()`)) as [light: string, dark: string, after: string][]
  expect(read.filter(([light, dark]) => light !== dark).length).toBeGreaterThan(1)
  expect(read.filter(([, dark, after]) => dark !== after)).toEqual([])
  await context.close()
})
