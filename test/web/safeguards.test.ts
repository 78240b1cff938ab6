import { afterAll, beforeAll, expect, test } from "vitest"
import { folderOf } from "../support/store.ts"
import { number } from "../support/world.ts"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, type Workplace } from "./workplace.ts"

let workplace: Workplace
beforeAll(async () => {
  if (BROWSER) workplace = await openWorkplace()
}, PATIENCE_MS)
afterAll(async () => workplace?.close())

const MAPPING = {
  kind: "message",
  at: { column: "at", format: "ymd", zone: "UTC" },
  fields: { body: "text" },
  constants: { app: "whatsapp" },
  parties: [{ part: "recipient", ids: [{ type: "phone", column: "other" }] }],
}

/** A phone on which somebody cried for help an hour ago. */
function phone(): string {
  const at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16).replace("T", " ")
  return folderOf({
    "material.json": {
      reference: "D1",
      kind: "device",
      authority: "Warrant 1",
      grade: { scheme: "3x5x2", code: "1A" },
      handling: "P",
      files: { "messages.csv": { as: "table", mapping: MAPPING } },
    },
    "messages.csv": `at,other,text\n${at},${number(7)},"Rebwar! help us, the boat is sinking, 51.0512, 1.4021"\n`,
  })
}

test.skipIf(!BROWSER)(
  `an alert comes to the open duty screen by itself, is taken on and closed, and says neither name nor investigation${ON_BROWSER}`,
  async () => {
    const { page, context, complaints } = await workplace.enter()
    page.setDefaultTimeout(PATIENCE_MS / 3)
    await page.goto(`${workplace.url}/care/duty`)
    await page.locator("[data-live=true]").waitFor()
    await page.getByText("No alert is open.").waitFor()
    const other = await workplace.enter()
    await workplace.ask(other.page, "investigations/open", { name: "raven-secret" })
    await workplace.takenIn(other.page, { investigation: "raven-secret", paths: [phone()] })
    const card = page.locator(".alert-card")
    await card.filter({ hasText: "Boat in distress" }).waitFor()
    await expect.poll(() => card.textContent()).toContain("51.0512")
    expect(await page.locator("main").textContent()).not.toMatch(/Rebwar|raven|900007/)
    await card.getByRole("button", { name: "Take on" }).click()
    await card.getByText("taken on", { exact: true }).waitFor()
    await card.getByRole("button", { name: "Close" }).first().click()
    await card.getByLabel("Coastguard").check()
    await card.getByLabel("What was done").fill("Told at once, reference 17")
    await card.getByRole("button", { name: "Close" }).last().click()
    await page.locator(".alert-card[data-state=closed]").waitFor()
    expect(complaints).toEqual([])
    await other.context.close()
    await context.close()
  },
  PATIENCE_MS,
)
