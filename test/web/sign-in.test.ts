import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openApp } from "#app"
import { makeDemo } from "#sign-in"
import { DEMO_ORGANISATIONS, DEMO_PEOPLE } from "../../src/shells/app/demo-people.ts"
import { BROWSER, ON_BROWSER, openWorkplace, PATIENCE_MS, violations, type Workplace } from "./workplace.ts"

let workplace: Workplace
beforeAll(async () => {
  if (BROWSER) workplace = await openWorkplace()
}, PATIENCE_MS)
afterAll(async () => {
  await workplace?.close()
}, PATIENCE_MS)

/** Pictures are kept where a folder for them is named. */
const picture = async (page: Page, name: string) => {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/sign-in-${name}.png`, fullPage: true })
}

/** A window of nobody, at the address that has a name, with an authenticator that verifies its user. */
async function stranger(): Promise<{ page: Page; at: (path: string) => string; complaints: string[] }> {
  const { page, context, complaints } = await workplace.enter()
  await context.clearCookies()
  const devtools = await context.newCDPSession(page)
  await devtools.send("WebAuthn.enable")
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, at: (path) => workplace.url.replace("127.0.0.1", "localhost") + path, complaints }
}

/** Signing out begins the page anew: what is asked of it before that is asked of the page that goes. */
const leave = (page: Page, button: string): Promise<unknown> =>
  Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: button }).click()])

test.skipIf(!BROWSER)(
  `an invited person makes a passkey, makes a token, signs out and comes in again${ON_BROWSER}`,
  async () => {
    const { page: local } = await workplace.enter()
    await local.getByText("One local user holds every role; nobody signs in.").waitFor()
    await picture(local, "strip")
    await workplace.ask<{ id: string }>(local, "people/enter", {
      name: "Anna Whitcombe",
      organisation: "local",
      team: "North Sea",
    })
    await local.goto(`${workplace.url}/node/sign-in`)
    await local.getByRole("button", { name: "Change Anna Whitcombe" }).click()
    await local.getByRole("button", { name: "Make an invitation" }).click()
    const code = (await local.getByText(/^lpi_/).textContent())!
    await picture(local, "ways-in")
    expect(await violations(local)).toEqual([])

    const { page, at, complaints } = await stranger()
    await page.goto(at("/enrol"))
    await page.getByLabel("Code of the invitation").fill(code)
    await page.getByLabel("Name of this passkey").fill("Work laptop")
    await picture(page, "enrol")
    expect(await violations(page)).toEqual([])
    await page.getByRole("button", { name: "Make a passkey" }).click()
    await page.getByRole("link", { name: "Anna Whitcombe" }).click()
    await page.getByRole("heading", { name: "My account" }).waitFor()
    await page.getByRole("cell", { name: "Work laptop" }).waitFor()
    await page.getByLabel("What for").fill("Nightly export")
    await page.getByRole("button", { name: "Make a token" }).click()
    await page.getByText(/^lpt_[0-9A-Za-z]{49}$/).waitFor()
    await picture(page, "account")
    expect(await violations(page)).toEqual([])

    await leave(page, "Sign out")
    await page.getByRole("button", { name: "Use a passkey" }).waitFor()
    await picture(page, "sign-in")
    expect(await violations(page)).toEqual([])
    await page.getByRole("button", { name: "Use a passkey" }).click()
    await page.getByRole("link", { name: "Anna Whitcombe" }).waitFor()

    await page.getByText("کوردیی ناوەندی").click()
    await page.getByRole("link", { name: "Anna Whitcombe" }).click()
    await page.getByRole("heading", { name: "هەژماری من" }).waitFor()
    await expect.poll(() => page.locator("html").getAttribute("dir")).toBe("rtl")
    await picture(page, "account-ckb")
    await leave(page, "بچۆ دەرەوە")
    await page.getByRole("heading", { name: "چوونەژوورەوە" }).waitFor()
    await page.emulateMedia({ colorScheme: "dark" })
    await picture(page, "sign-in-ckb-dark")
    expect(await violations(page)).toEqual([])
    // Whoever holds no role is refused what the first page asks of the journal; the browser says so for each.
    expect(complaints.filter((c) => !c.includes("403 (Forbidden)"))).toEqual([])
  },
  PATIENCE_MS,
)

/** A folder that is the demonstration's, without its evidence. */
async function demonstration(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-demo-"))
  const app = await openApp({ folder, worker: false })
  await app.gate.invoke("investigations.open", { input: { name: "demo" }, caller: app.caller! })
  await app.store.register.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>("select id from investigation")
    const investigation = rows[0]!.id
    await makeDemo(tx, { organisations: DEMO_ORGANISATIONS, people: DEMO_PEOPLE, investigation, at: app.store.clock() })
  })
  await app.close()
  return folder
}

test.skipIf(!BROWSER)(
  `in the demonstration a visitor looks as somebody with one role${ON_BROWSER}`,
  async () => {
    const folder = await demonstration()
    const demo = await openWorkplace(folder)
    try {
      const { page } = await demo.enter()
      await page.getByText("Demonstration: one local user holds every role; nobody signs in.").waitFor()
      await page.getByRole("combobox", { name: "Look as" }).click()
      await page.getByRole("option", { name: /Sam Pickersgill/ }).waitFor()
      await picture(page, "look-as")
      expect(await violations(page)).toEqual([])
      await page.getByRole("option", { name: /Sam Pickersgill/ }).click()
      await page.getByText("Demonstration: you look as somebody invented, who has one role.").waitFor()
      await page
        .getByText(/no role/i)
        .or(page.getByRole("heading", { name: "Investigations" }))
        .first()
        .waitFor()
      await expect.poll(() => page.getByRole("link", { name: "demo" }).count()).toBe(0)
      await page.getByRole("combobox", { name: "Look as" }).click()
      await page.getByRole("option", { name: /Anna Whitcombe/ }).click()
      await page.getByRole("link", { name: "demo" }).click()
      await page.getByRole("navigation", { name: /./ }).first().waitFor()
      await picture(page, "looking")
    } finally {
      await demo.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  PATIENCE_MS,
)
