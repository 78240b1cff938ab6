import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { en } from "../../web/src/language/en.ts"
import { ARRIVAL } from "../support/world.ts"
import { arrivalChat, callTable, edgeList, HIDDEN, raidChat } from "./material.ts"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, type Workplace } from "./workplace.ts"

/** A text's key, where its text should stand. */
const KEY = new RegExp(`\\b(?:${Object.keys(en).join("|")})\\.[a-zA-Z]+`, "g")

let workplace: Workplace
beforeAll(async () => {
  if (BROWSER) workplace = await openWorkplace()
}, PATIENCE_MS)
afterAll(async () => workplace?.close())

const journey = (name: string, run: () => Promise<void>) => test.skipIf(!BROWSER)(`${name}${ON_BROWSER}`, run, PATIENCE_MS)

/** Opens an investigation through its form and gives its address. */
async function opened(page: Page, name: string): Promise<string> {
  await page.goto(`${workplace.url}/`)
  await page.getByLabel("Short name").fill(name)
  await page.getByRole("button", { name: "Open" }).click()
  await page.waitForURL(/\/i\/in_\w+\/intake$/)
  return page.url().replace(/\/intake$/, "")
}

async function takeIn(page: Page, path: string, more: Record<string, string> = {}): Promise<void> {
  const fields = { "Files or folders": path, Authority: "Warrant 1", Grade: "1A", Handling: "P", ...more }
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).first().fill(value)
  await page.getByRole("button", { name: "Seal and read" }).click()
}

journey(
  "a refusal stands at its field with its hint, and then an edge list is ranked as structure only, down to the record in its file",
  async () => {
    const { page, context, complaints } = await workplace.enter()
    const base = await opened(page, "Meetings")
    await takeIn(page, edgeList(), { Authority: "" })
    const refusal = page.getByRole("alert").filter({ hasText: "authority" })
    await refusal.waitFor()
    await expect.poll(() => page.getByLabel("Authority").getAttribute("aria-invalid")).toBe("true")
    await expect.poll(() => page.getByRole("status").count()).toBe(0)

    await page.getByLabel("Authority").fill("Open data")
    await page.getByLabel("Read as").fill("edges")
    await page.getByRole("button", { name: "Seal and read" }).click()
    await page.getByText("1 file taken in").waitFor()
    // What was there is what was read and what was not.
    await expect.poll(() => page.locator(".sum").first().textContent()).toBe("9 = 8 + 1")
    await page.getByRole("button", { name: "Show 1 rejected row" }).click()
    const rejects = page.getByRole("dialog", { name: "What could not be read" })
    await rejects.getByText("bytes").waitFor()
    await expect.poll(() => rejects.locator("tbody tr").count()).toBe(1)
    await page.keyboard.press("Escape")

    await page.getByRole("link", { name: "Network" }).click()
    const first = page.locator(".player-line").first()
    await first.waitFor()
    await expect.poll(() => page.locator("[data-basis]").getAttribute("data-basis")).toBe("structure only")
    await expect.poll(() => first.locator(".player-name").textContent()).toBe("Bridge")
    // No bare rank: the range is there in words, and blind spots stand beside the list.
    await expect
      .poll(() => first.getByRole("img").getAttribute("aria-label"))
      .toMatch(/^score 0\.6000, 5th to 95th percentile \d\.\d{4} to \d\.\d{4}$/)
    await expect.poll(() => page.getByRole("heading", { name: "Blind spots" }).isVisible()).toBe(true)
    await expect.poll(() => page.getByRole("heading", { name: "Identifiers to resolve" }).isVisible()).toBe(true)
    await page.locator("[data-settled=true]").waitFor()
    await expect.poll(() => page.locator(".left-out").textContent()).toContain("All 7 people and things and 8 ties are drawn.")

    // Direction is for measures of structure, and the list says what it means.
    const filters = page.getByRole("form", { name: "What is counted" })
    await expect.poll(() => filters.getByLabel("By direction").isDisabled()).toBe(true)
    await filters.getByLabel("Measure").selectOption("pagerank")
    await filters.getByLabel("By direction").check()
    await filters.getByRole("button", { name: "Apply" }).click()
    await page.getByText("Ties are counted by direction").waitFor()
    await expect.poll(() => first.locator(".player-name").textContent()).toBe("Fero")
    expect(new URL(page.url()).searchParams.get("directed")).toBe("true")
    await filters.getByRole("button", { name: "Reset" }).click()
    await page.getByText("Ties are counted without direction.").waitFor()
    await page.locator("[data-settled=true]").waitFor()

    await first.click()
    expect(new URL(page.url()).searchParams.get("who")).toMatch(/^en_/)
    await expect.poll(() => page.locator(".chosen .tie").count()).toBe(2)
    await page.locator(".player-detail").getByRole("button", { name: "Record 1" }).click()
    const record = page.getByRole("dialog", { name: "Record" })
    await record.getByText("Where it stands").waitFor()
    await expect.poll(() => record.locator("tr[aria-current=true]").count()).toBe(1)
    await expect.poll(() => record.locator(".facts").first().textContent()).toContain("meetings.csv")
    await expect.poll(() => record.locator("tr").count()).toBeGreaterThan(5)
    await page.keyboard.press("Escape")
    await record.waitFor({ state: "detached" })

    await page.getByRole("link", { name: "Every claim and its source" }).first().click()
    await page.getByRole("heading", { level: 1, name: "Bridge" }).waitFor()
    expect(page.url().startsWith(`${base}/entities/en_`)).toBe(true)
    await expect.poll(() => page.locator(".records tbody tr").count()).toBe(2)

    await page.getByRole("button", { name: "State a standing" }).click()
    await page.getByLabel("Standing", { exact: true }).selectOption("witness")
    await page.getByRole("textbox", { name: "Reason" }).fill("no")
    await page.getByRole("button", { name: "Sign" }).first().click()
    await page.getByRole("alert").waitFor()
    await page.getByRole("textbox", { name: "Reason" }).fill("Gave a statement to the police.")
    await page.getByRole("button", { name: "Sign" }).first().click()
    await page.getByRole("heading", { level: 1, name: "Protected person" }).waitFor()
    // Protection takes the name away here and in the list.
    await expect.poll(() => page.getByText("Bridge").count()).toBe(0)
    await page.getByRole("link", { name: "Network" }).click()
    await page.locator(".player-line").first().waitFor()
    await page.locator("[data-settled=true]").waitFor()
    await expect.poll(() => page.locator(".legend").textContent()).toContain("protected: structure without a name (1)")
    expect(complaints.filter((c) => !c.includes("400"))).toEqual([])
    await context.close()
  },
)

journey("files of the user's own machine are handed in once, and taken in as one seized thing when the ground suffices", async () => {
  const { page, context } = await workplace.enter()
  const base = await opened(page, "Handed in")
  await page.locator("input[type=file]").setInputFiles([edgeList(), raidChat()])
  const files = page.getByRole("list", { name: "Files to hand in" }).getByRole("listitem")
  await files.nth(1).waitFor()
  await expect.poll(() => files.count()).toBe(2)
  const staged: string[] = []
  page.on("request", (r) => r.url().endsWith("/api/evidence/stage") && staged.push(decodeURIComponent(r.headers()["x-linchpin-name"]!)))

  for (const [label, value] of Object.entries({ Grade: "1A", Handling: "P" })) await page.getByLabel(label).first().fill(value)
  await page.getByRole("button", { name: "Seal and read" }).click()
  await page.getByRole("alert").filter({ hasText: "authority" }).waitFor()
  await files.getByText("handed in").nth(1).waitFor()
  await page.getByLabel("Authority").fill("Warrant 1")
  await page.getByRole("button", { name: "Seal and read" }).click()
  await page.getByText("2 files taken in").waitFor()
  expect(staged).toEqual(["meetings.csv", "WhatsApp Chat with Bero.txt"])
  await expect.poll(() => page.locator(".sum").allTextContents()).toContain("9 = 8 + 1")
  await expect.poll(() => files.count()).toBe(0)

  await page.goto(`${base}/evidence`)
  await page.locator("article").first().waitFor()
  await expect.poll(() => page.locator("article").count()).toBe(1)
  await expect.poll(() => page.locator("table.files tbody tr").count()).toBe(2)
  await context.close()
})

journey("the first rows of a table are shown under a mapping that can be changed, and read with it", async () => {
  const { page, context } = await workplace.enter()
  await opened(page, "Looked at")
  const look = page.getByRole("button", { name: "Look at the first rows" })
  await expect.poll(() => look.isDisabled()).toBe(true)
  await page.getByLabel("Files or folders").fill(callTable())
  await look.click()
  const mapping = page.getByRole("textbox", { name: "Mapping" })
  await mapping.waitFor()
  await page.getByText("2 records of the first rows").waitFor()
  await expect.poll(() => page.locator(".look .facts").textContent()).toContain("colour")
  await expect.poll(() => page.getByRole("checkbox", { name: "Read every table" }).isChecked()).toBe(false)
  const suggested = JSON.parse(await mapping.inputValue()) as Record<string, unknown>
  expect(Object.keys(suggested).length).toBeGreaterThan(0)
  await mapping.fill("{")
  await page.getByText("This is not JSON.").waitFor()
  await mapping.fill('{"records": "nothing of the kind"}')
  await page.getByRole("button", { name: "Look again with this mapping" }).click()
  await page.getByRole("alert").filter({ hasText: "invalid.mapping" }).waitFor()
  await mapping.fill(JSON.stringify(suggested))
  await page.getByRole("button", { name: "Look again with this mapping" }).click()
  await page.getByRole("alert").waitFor({ state: "detached" })
  await expect.poll(() => page.getByRole("checkbox", { name: "Read every table" }).isChecked()).toBe(true)
  const sent = page.waitForRequest(/\/api\/records\/intake$/)
  for (const [label, value] of Object.entries({ Authority: "Warrant 1", Grade: "1A", Handling: "P" }))
    await page.getByLabel(label).first().fill(value)
  await page.getByRole("button", { name: "Seal and read" }).click()
  expect((await sent).postDataJSON()).toMatchObject({ map: suggested })
  await page.getByText("1 file taken in").waitFor()
  await context.close()
})

journey("whatever the node can be asked is on one page: a value, rows, a job, a file, and a decision only with its purpose", async () => {
  const { page, context, complaints } = await workplace.enter()
  await workplace.takenIn(page, { investigation: "Asked", paths: [edgeList()], as: "edges" })
  await page.goto(`${workplace.url}/`)
  await page.getByRole("link", { name: "Asked" }).click()
  await page.getByRole("link", { name: "All that can be asked" }).click()
  const list = page.getByRole("navigation", { name: "Procedures" })
  await list.getByRole("link").first().waitFor()
  const document = (await (await page.request.get(`${workplace.url}/api/openapi.json`)).json()) as { paths: Record<string, unknown> }
  await expect.poll(() => list.getByRole("link").count()).toBe(Object.keys(document.paths).length)

  const choose = (name: string) =>
    list
      .locator("li", { has: page.getByText(name, { exact: true }) })
      .getByRole("link")
      .click()
  const submit = page.getByRole("button", { name: "Ask", exact: true })
  const answer = page.getByRole("region", { name: "Answer" })

  await choose("entities.list")
  await page.getByLabel("limit").fill("many")
  await submit.click()
  await page.getByText("This is not a number.").waitFor()
  await page.getByLabel("limit").fill("2")
  await submit.click()
  await answer
    .getByText("entities:")
    .or(answer.getByText("entities", { exact: true }))
    .first()
    .waitFor()
  await expect.poll(() => answer.textContent()).toContain("2 entries")

  await choose("records.list")
  await page.getByLabel("kind").selectOption("link")
  await submit.click()
  await answer.getByText("8 rows").waitFor()

  await choose("network.rank")
  await page.getByLabel("top").fill("1")
  await submit.click()
  await answer
    .locator("summary", { hasText: /^players/ })
    .locator("..")
    .locator("summary")
    .nth(1)
    .click()
  await answer.getByText("Bridge").first().waitFor()

  await choose("journal.export")
  await submit.click()
  const saved = page.waitForEvent("download")
  await answer.getByRole("link").click()
  expect((await saved).suggestedFilename()).not.toBe("")

  await choose("investigations.open")
  await page.getByLabel("name").fill("By the list")
  await submit.click()
  await page.getByText("State why").waitFor()
  await page.getByLabel("Why, for the journal").fill("A new operation.")
  await submit.click()
  await answer.getByText("By the list").first().waitFor()
  const listed = await workplace.ask<{ name: string }[]>(page, "investigations/list", {})
  expect(listed.map((i) => i.name)).toContain("By the list")
  expect(complaints).toEqual([])
  await context.close()
})

/** Completes the record of the only device of "Landing". */
async function recorded(page: Page): Promise<void> {
  const { items } = await workplace.ask<{ items: { id: string }[] }>(page, "evidence/list", { investigation: "Landing" })
  const device = { investigation: "Landing", item: items[0]!.id }
  const { device: said, grounds, officer } = ARRIVAL
  const { takenFrom, takenAt, service, relevantPerson } = said
  await workplace.ask(page, "evidence/record-device", { ...device, grounds, officer, takenFrom, takenAt, service, relevantPerson })
}

journey("rows of a device seized on arrival stay undecided until a rule for that one device is signed", async () => {
  const { page, context } = await workplace.enter()
  const base = await opened(page, "Landing")
  await page.getByLabel("Seized from a person on arrival").check()
  await takeIn(page, arrivalChat(), { "Power of seizure": "BSAIA 2025 s.23", "Exhibit reference": "LDG1/01" })
  await page.getByText("1 file taken in").waitFor()
  await page.locator("table.files a").click()
  await page.getByText("Rows of this device are undecided").waitFor()
  await expect.poll(() => page.locator(".row-line").count()).toBe(0)

  await recorded(page)
  await page.getByRole("link", { name: "Scope", exact: true }).click()
  await page.getByRole("link", { name: "Alerts on devices" }).click()
  await page.getByText("nobody authorised that it is read").waitFor()
  await page.getByRole("link", { name: "LDG1/01" }).click()
  await page.getByText("refused.not-authorised").first().waitFor()
  await page.getByRole("tab", { name: "Authorise" }).click()
  await page.getByLabel("Rank or grade").fill("sergeant")
  await page.getByLabel("Given on paper by").fill("Insp Example")
  await page.getByLabel("Why it is necessary to read this device").fill("It names whoever arranged the crossing.")
  await page.getByRole("button", { name: "Authorise this device" }).click()
  await page.getByText("refused.rank-too-low").waitFor()
  await page.getByLabel("Rank or grade").fill("inspector")
  await page.getByRole("button", { name: "Authorise this device" }).click()
  const rows = page.locator(".examine .records tbody tr")
  await rows.first().waitFor()
  await expect.poll(() => rows.count()).toBe(5)
  await page.getByLabel("Words").fill("قاچاخچی")
  await page.getByLabel("Why this relates").fill("short")
  await page.getByRole("button", { name: "Sign for this device" }).click()
  await page.getByRole("alert").filter({ hasText: "reason" }).waitFor()
  await expect.poll(() => rows.count()).toBe(5)

  await page.getByLabel("Why this relates").fill("Messages speak of who arranges the crossing.")
  await page.getByRole("button", { name: "Sign for this device" }).click()
  await page.getByText("2 rows moved into scope").first().waitFor()
  await expect.poll(() => page.locator(".decided").textContent()).toContain("3 rows of this device stay undecided")
  await page.getByText("Messages speak of who arranges the crossing.").last().waitFor()
  await rows.nth(3).waitFor({ state: "detached" })
  await expect.poll(() => rows.count()).toBe(3)

  // In scope now, and only these: the exhibit shows two.
  await page.goto(`${base}/evidence`)
  await page.locator("table.files a").first().click()
  await page.locator(".row-line").first().waitFor()
  await expect.poll(() => page.locator(".row-line").count()).toBe(2)
  await context.close()
})

journey("a message is shown in its conversation, and copying keeps every code point", async () => {
  const { page, context } = await workplace.enter({ permissions: ["clipboard-read", "clipboard-write"] })
  await opened(page, "Raid")
  await takeIn(page, raidChat())
  await page.getByText("1 file taken in").waitFor()
  await page.locator("table.files a").click()
  await page.locator(".row-button").nth(1).click()
  const record = page.getByRole("dialog", { name: "Record" })
  await record.locator(".conversation li[aria-current=true]").waitFor()
  await expect.poll(() => record.locator(".conversation li").count()).toBe(2)
  await expect.poll(() => record.getByText("U+200B").count()).toBe(1)
  await record.getByRole("button", { name: "Copy text" }).click()
  await record.getByRole("button", { name: "Copied" }).waitFor()
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`باشە${HIDDEN}abc`)
  await context.close()
})

journey("in Sorani the page runs from right to left, says nothing by its key, and keeps identifiers left to right", async () => {
  const { page, context, complaints } = await workplace.enter()
  await workplace.takenIn(page, { investigation: "Ties", paths: [edgeList()], as: "edges" })
  await page.goto(`${workplace.url}/`)
  await page.getByText("کوردیی ناوەندی").click()
  await page.getByRole("heading", { level: 1, name: "لێکۆڵینەوەکان" }).waitFor()
  expect(await page.evaluate("[document.documentElement.dir, document.documentElement.lang]")).toEqual(["rtl", "ckb"])
  await page.getByRole("link", { name: "Ties" }).click()
  const marking = page.locator(".marking")
  await marking.getByText("OFFICIAL").waitFor()
  for (const section of ["وەرگرتن", "کەرەستەکان", "سنووری بەکارهێنان", "تۆڕ", "کەس و شتەکان", "چەماوە", "هەموو ئەوەی دەپرسرێت"]) {
    await page.getByRole("link", { name: section, exact: true }).click()
    await page.getByRole("heading", { level: 1 }).waitFor()
    await page.locator(".working").first().waitFor({ state: "detached" })
    // Names of procedures look like keys, and are shown as what they are.
    const words = await page.evaluate<string>(
      "(() => { const all = document.querySelector('#workplace').cloneNode(true); for (const id of all.querySelectorAll('bdi.identifier')) id.remove(); return all.textContent })()",
    )
    expect(words.match(KEY) ?? []).toEqual([])
    expect(words).not.toMatch(/\{\{|undefined|NaN|\[object/)
  }
  await page.getByRole("link", { name: "کەرەستەکان", exact: true }).click()
  const name = page.locator("table.files bdi.identifier").first()
  await name.waitFor()
  expect(await page.evaluate("getComputedStyle(document.querySelector('table.files bdi.identifier')).direction")).toBe("ltr")
  await expect.poll(() => page.locator(".sum").first().textContent()).toBe("٩ = ٨ + ١")
  await page.reload()
  await page.getByRole("heading", { level: 1 }).waitFor()
  expect(await page.evaluate("document.documentElement.dir")).toBe("rtl")
  expect(complaints).toEqual([])
  await context.close()
})

journey("a stranger's window is told to sign in and sees nothing", async () => {
  const context = await workplace.browser.newContext()
  const page = await context.newPage()
  await page.goto(`${workplace.url}/`)
  await page.getByRole("alert").getByText("linchpin serve").waitFor()
  await expect.poll(() => page.getByRole("link").count()).toBe(0)
  await context.close()
})
