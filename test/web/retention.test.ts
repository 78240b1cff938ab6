import { afterAll, beforeAll, expect, test } from "vitest"
import { ground, personAs, take, testApp } from "../support/store.ts"
import { passengers, phonesFolder } from "../support/world.ts"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, type Workplace } from "./workplace.ts"

let workplace: Workplace
let investigation: string
let item: string
beforeAll(async () => {
  if (!BROWSER) return
  const own = await ground({ migrated: true })
  const app = await testApp({ ground: own, clock: () => Date.now() - 40 * 86_400_000 })
  const files = await take(app, "Kept", [phonesFolder(passengers(3, (n) => ({ arrival: n === 0, sheet: { title: `Phone ${n + 1}` } })))])
  investigation = (await app.ask<{ id: string }[]>("investigations.list", {}))[0]!.id
  item = files.find((f) => f.path.includes("/P02/"))!.item
  const lead = await personAs(app, { id: "us_lead", roles: [{ role: "operations-lead", investigation }] })
  await app.ask("retention.propose-erasure", { investigation, item, ground: "obligation", reason: "ordered by the court on 3 May" }, lead)
  await app.close()
  workplace = await openWorkplace(own.folder)
}, PATIENCE_MS)
afterAll(() => workplace?.close(), PATIENCE_MS)

const journey = (name: string, run: () => Promise<void>) => test.skipIf(!BROWSER)(`${name}${ON_BROWSER}`, { timeout: PATIENCE_MS }, run)

journey("what is due is seen and reviewed; an erasure is proposed, ordered by another person, and proved by its stub", async () => {
  const { page, context, complaints } = await workplace.enter()
  await page.goto(`${workplace.url}/i/${investigation}/retention`)
  await page.getByText("1 item needs a decision").waitFor()
  await page.getByText("12 days over").waitFor()
  await page.getByRole("button", { name: "Review", exact: true }).first().click()
  await page.getByText("Destroy", { exact: true }).click()
  await page.getByLabel("Why it is still needed, or no more").fill("nothing on it relates to the offences")
  await page.getByRole("button", { name: "Record the decision" }).click()
  await page.getByText("to be destroyed").waitFor()
  await page.getByLabel("Which").selectOption(item)
  await page.getByRole("button", { name: "Show what would go" }).click()
  await page.getByText("Digest of the preview").waitFor()
  await page.getByRole("link", { name: "Orders (data protection officer)" }).click()
  await page.getByText("ordered by the court on 3 May").waitFor()
  await page.getByRole("button", { name: "Show what would go" }).click()
  await page.getByText("Digest of the preview").waitFor()
  await page.getByLabel("Why you order it").fill("the court's order was seen")
  await page.getByRole("button", { name: "Order and carry out" }).click()
  await page.getByText("done", { exact: true }).waitFor({ timeout: 120_000 })
  await page.goto(`${workplace.url}/i/${investigation}/retention`)
  await page.locator("ul.claims a").first().click()
  await page.getByText("The journal holds the entry of this erasure").waitFor()
  await page.getByRole("link", { name: /^decisions:\d+$/ }).waitFor()
  const { items } = await workplace.ask<{ items: { id: string }[] }>(page, "evidence/list", { investigation })
  expect(items.map((i) => i.id)).not.toContain(item)
  expect(complaints).toEqual([])
  await context.close()
})
