import { afterAll, beforeAll, expect, test } from "vitest"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, type Workplace } from "./workplace.ts"

let workplace: Workplace
beforeAll(async () => {
  if (BROWSER) workplace = await openWorkplace()
}, PATIENCE_MS)
afterAll(() => workplace?.close(), PATIENCE_MS)

const journey = (name: string, run: () => Promise<void>) => test.skipIf(!BROWSER)(`${name}${ON_BROWSER}`, { timeout: PATIENCE_MS }, run)

journey("the oversight body reads who did what, finds its own look in the list, and its browser proves one entry", async () => {
  const { page, context, complaints } = await workplace.enter()
  await workplace.ask(page, "investigations/open", { name: "Watched" })
  await page.goto(`${workplace.url}/journal`)
  await page.getByText("journal unwitnessed").waitFor()
  const rows = page.locator("table.journal-rows tbody tr")
  await rows.getByText("journal.list").first().waitFor()
  await page.getByText("Decisions", { exact: true }).first().click()
  await rows.getByText("investigations.open").waitFor()
  await page.getByLabel("Procedure").fill("investigations.open")
  await page.getByRole("button", { name: "Look", exact: true }).click()
  await page.waitForURL(/procedure=investigations\.open/)
  await rows.locator("a").first().click()
  await page.getByText("the entry is in the journal, exactly so, at this place").waitFor()
  await page.getByText("Watched").first().waitFor()
  const saved = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save the proof" }).click()
  expect((await saved).suggestedFilename()).toMatch(/^decisions-\d+\.tlog-proof$/)
  const seen = await workplace.ask<object[]>(page, "journal/list", { tree: "access", procedure: "journal.entry" })
  expect(seen.length).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  await context.close()
})

journey("the page tells how far somebody outside vouches, and says in words when a file is not what it should be", async () => {
  const { page, context } = await workplace.enter()
  await page.goto(`${workplace.url}/journal`)
  await page.getByText("nobody").first().waitFor()
  await page.locator("summary", { hasText: "Files" }).click()
  const saved = page.waitForEvent("download")
  await page.getByRole("button", { name: "Sign now" }).click()
  expect((await saved).suggestedFilename()).toBe("checkpoints.txt")
  await page.getByText(/^Signed: Decisions/).waitFor()
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Take back a cosigned checkpoint" }).click()
  await (await chooser).setFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("nothing") })
  await page.getByText("invalid.checkpoint").waitFor()
  await context.close()
})
