import { afterAll, beforeAll, expect, test } from "vitest"
import { type Served, serve } from "#server"
import { inventedPeople, makeDemo } from "#sign-in"
import { DEMO_ORGANISATIONS, DEMO_PEOPLE } from "../../src/shells/app/demo-people.ts"
import { failureOf, journalOf, openInvestigationAs, personAs, type TestApp, testApp } from "../support/store.ts"
import { Browser } from "./browser.ts"

const INVESTIGATION = "in_00000000000000000d3m"
let app: TestApp
let served: Served
let visitor: Browser

const start = async (): Promise<TestApp> => {
  const opened = await testApp()
  await openInvestigationAs(opened, INVESTIGATION, "demo")
  return opened
}
const make = (on: TestApp) =>
  on.store.register.transaction((tx) =>
    makeDemo(tx, { organisations: DEMO_ORGANISATIONS, people: DEMO_PEOPLE, investigation: INVESTIGATION, at: on.store.clock() }),
  )

beforeAll(async () => {
  app = await start()
  served = await serve({ app: app.gate, port: 0, limits: { attempts: 1000 } })
  visitor = new Browser()
  await visitor.get(`${served.url}/enter?token=${served.token}`)
})
afterAll(async () => {
  await served?.close()
  await app?.end()
})

interface State {
  demo: boolean
  looksAs: string | null
  invented: { id: string; roles: string[]; organisation: string }[]
}
const state = async (browser: Browser) => (await (await browser.get(`${served.url}/session`)).json()) as State
const lookAs = async (browser: Browser, person: string | null) => {
  const response = await browser.post(`${served.url}/session/look-as`, { person })
  return ((await response.json()) as { code?: string }).code ?? response.status
}
const ask = async (name: string, input: object = {}) => {
  const response = await visitor.post(`${served.url}/api/${name.replace(".", "/")}`, input)
  return ((await response.json()) as { code?: string }).code ?? response.status
}
const holding = (role: string): string => DEMO_PEOPLE.find((p) => p.role === role)!.id

test("on a node that is not the demonstration nobody looks as another", async () => {
  await personAs(app, { id: "us_looked_at", roles: [] })
  expect(await state(visitor)).toMatchObject({ demo: false, invented: [] })
  expect(await lookAs(visitor, "us_looked_at")).toBe("refused.look-as")
  await app.store.register.read.query("update person set left_at = now() where id = 'us_looked_at'")
})

test("a folder in which anybody was entered never becomes the demonstration", async () => {
  const other = await start()
  const { read } = other.store.register
  await personAs(other, { id: "us_real", roles: [] })
  expect(await make(other)).toBeNull()
  expect(await inventedPeople(read)).toEqual([])
  expect((await read.query("select 1 from node_setting where key = 'mode'")).rows).toEqual([])
  await other.end()
})

test("in the demonstration the visitor looks as each of its people, and sees what that role sees", async () => {
  const fresh = await start()
  await served.close()
  await app.end()
  app = fresh
  served = await serve({ app: app.gate, port: 0, limits: { attempts: 1000 } })
  visitor = new Browser()
  await visitor.get(`${served.url}/enter?token=${served.token}`)
  expect(await make(app)).toBe(DEMO_PEOPLE.length)
  const { demo, invented } = await state(visitor)
  expect([demo, invented.length]).toEqual([true, DEMO_PEOPLE.length])
  expect(invented.filter((p) => p.roles.length !== 1)).toEqual([])
  expect(await lookAs(visitor, holding("analyst"))).toBe(200)
  expect(await ask("evidence.list", { investigation: INVESTIGATION })).toBe(200)
  expect(await ask("people.list")).toBe("refused.administer")
  expect(await lookAs(visitor, holding("administrator"))).toBe(200)
  expect(await ask("people.list")).toBe(200)
  expect(await ask("evidence.list", { investigation: INVESTIGATION })).toBe("refused.investigation")
  expect((await state(visitor)).looksAs).toBe(holding("administrator"))
  expect(await lookAs(visitor, null)).toBe(200)
  expect(await ask("evidence.list", { investigation: INVESTIGATION })).toBe(200)
})

test("each change of view is an entry of the local user's, and what is asked is an entry of whom he looks as", async () => {
  await lookAs(visitor, holding("inspector"))
  await ask("jobs.list")
  const entries = await journalOf(app)
  expect(entries.find((e) => JSON.stringify(e.payload ?? "").includes(`"looksAs":"${holding("inspector")}"`))!.header).toMatchObject({
    kind: "sign-in",
    actor: app.caller.id,
  })
  expect(entries.filter((e) => e.header.actor === holding("inspector")).map((e) => e.header.procedure)).toEqual(["jobs.list"])
  await lookAs(visitor, null)
})

test("only the local user does so, only as somebody invented, and not through a proxy", async () => {
  expect(await lookAs(new Browser(), holding("analyst"))).toBe("refused.not-signed-in")
  expect(await lookAs(visitor, app.caller.id)).toBe("refused.look-as")
  const forwarded = await visitor.post(`${served.url}/session/look-as`, { person: null }, { "x-forwarded-for": "192.0.2.7" })
  expect(await forwarded.json()).toMatchObject({ code: "refused.forwarded" })
})

test("nobody signs in there: the demonstration stays one", async () => {
  expect((await failureOf(app.ask("sign-in.enable", {}))).code).toBe("refused.demo-node")
})
