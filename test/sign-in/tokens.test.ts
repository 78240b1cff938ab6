import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { callerOf, gate, outside } from "#access"
import { readNodeFile, type Served, serve } from "#server"
import { callerByToken } from "#sign-in"
import { NEED_IDS } from "#vocabulary/roles"
import { failureOf, journalOf, openInvestigationAs, personAs, type TestApp, testApp } from "../support/store.ts"

const INVESTIGATION = "in_0000000000000000t0ke"
const DAY_MS = 86_400_000
let now = Date.UTC(2026, 10, 22, 12)
let app: TestApp
let served: Served
beforeAll(async () => {
  app = await testApp({ clock: () => now })
  await openInvestigationAs(app, INVESTIGATION, "Tokens")
  served = await serve({ app: app.gate, port: 0, limits: { requests: 1000 } })
})
afterAll(async () => {
  await served?.close()
  await app?.end()
})

interface Made {
  token: string
  made: { id: string; state: string; lastUsedAt: string | null; expiresAt: string }
}

const analyst = (id: string) => personAs(app, { id, roles: [{ role: "analyst", investigation: INVESTIGATION }] })
const made = async (id: string, input: object) => app.ask<Made>("tokens.make", { label: "script", ...input }, await analyst(id))

const post = async (token: string, name: string, input: object): Promise<[number, unknown]> => {
  const response = await fetch(`${served.url}/api/${name.replace(".", "/")}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(input),
  })
  return [response.status, await response.json()]
}
const code = (code: string) => expect.objectContaining({ code })
const said = async (word: string) =>
  (await journalOf(app))
    .filter((e) => JSON.stringify(e.payload ?? "").includes(word))
    .map((e) => ({ actor: e.header.actor, payload: e.payload }))

test("a token is told once, opens what its scopes say, and is kept as a hash", async () => {
  const { token, made: view } = await made("us_token_once", { scopes: ["look", "own"] })
  expect(await post(token, "investigations.list", {})).toEqual([200, [expect.objectContaining({ id: INVESTIGATION })]])
  expect(await post(token, "evidence.list", { investigation: INVESTIGATION })).toEqual([200, expect.anything()])
  expect(await post(token, "network.rank", { investigation: INVESTIGATION })).toEqual([403, code("refused.analyse")])
  const rows = await app.store.register.read.query("select to_jsonb(t) as row from api_token t where id = $1", [view.id])
  expect(JSON.stringify(rows.rows)).not.toContain(token.slice(4, 30))
  expect(JSON.stringify(await journalOf(app))).not.toContain(token.slice(4, 30))
  expect(await app.ask("tokens.list", {}, await analyst("us_token_once"))).toEqual([
    expect.objectContaining({ id: view.id, state: "open", lastUsedAt: new Date(now).toISOString() }),
  ])
})

test("making, first use and end are entries; later uses are not", async () => {
  const { token, made: view } = await made("us_token_entries", { scopes: ["own"] })
  await post(token, "jobs.list", {})
  now += 120_000
  await post(token, "jobs.list", {})
  await app.ask("tokens.end", { token: view.id }, await analyst("us_token_entries"))
  expect(await post(token, "jobs.list", {})).toEqual([403, code("refused.token-ended")])
  expect(await said(`"tokenMade":"${view.id}"`)).toHaveLength(1)
  expect(await said(`"tokenFirstUsed":"${view.id}"`)).toEqual([{ actor: "us_token_entries", payload: expect.anything() }])
  expect(await said(`"refused":"refused.token-ended","token":"${view.id}"`)).toHaveLength(1)
  const entries = (await journalOf(app)).filter((e) => e.header.procedure === "tokens.end" && JSON.stringify(e.payload).includes(view.id))
  expect(entries.map((e) => e.header.kind)).toEqual(["decision"])
})

test("it ends by itself, and within 90 days at the latest", async () => {
  const { token, made: view } = await made("us_token_days", { scopes: ["own"], days: 2 })
  expect(Date.parse(view.expiresAt)).toBe(now + 2 * DAY_MS)
  now += 2 * DAY_MS - 1
  expect((await post(token, "jobs.list", {}))[0]).toBe(200)
  now += 1
  expect(await post(token, "jobs.list", {})).toEqual([403, code("refused.token-ended")])
  expect(await app.ask("tokens.list", {}, await analyst("us_token_days"))).toEqual([expect.objectContaining({ state: "expired" })])
  expect((await failureOf(made("us_token_days", { scopes: ["own"], days: 91 }))).code).toBe("invalid.days")
  await expect(
    app.store.register.read.query(
      "insert into api_token (id, secret_hash, person, label, scopes, made_at, expires_at) values ('x', 'x', 'us_token_days', 'x', '{own}', now(), now() + interval '91 days')",
    ),
  ).rejects.toThrow(/api_token/)
})

test("it never has more than its maker has now", async () => {
  const { token } = await made("us_token_roles", { scopes: [...NEED_IDS] })
  expect((await post(token, "people.list", {}))[0]).not.toBe(200)
  expect((await post(token, "evidence.list", { investigation: INVESTIGATION }))[0]).toBe(200)
  await app.store.register.read.query("update role_grant set ended_at = now() where person = 'us_token_roles'")
  expect(await post(token, "evidence.list", { investigation: INVESTIGATION })).toEqual([403, code("refused.investigation")])
  await app.store.register.read.query("update person set left_at = now() where id = 'us_token_roles'")
  expect(await post(token, "jobs.list", {})).toEqual([403, code("refused.token-ended")])
})

test("a token makes no token, ends no session, and reaches nobody beyond the node", async () => {
  const { token, made: view } = await made("us_token_own", { scopes: [...NEED_IDS] })
  for (const [name, input] of [
    ["tokens.make", { label: "x", scopes: ["own"] }],
    ["sessions.end", { session: "ss_00000000000000000000" }],
  ] as const)
    expect(await post(token, name, input)).toEqual([403, code("refused.token-own")])
  const tell = outside({
    name: "sample.tell",
    title: "Tell another service",
    input: z.object({ investigation: z.string().optional() }),
    body: z.object({}),
    needs: "own",
    question: async () => null,
    prepare: async () => ({ body: {}, recipients: ["local"] }),
    repeatable: false,
    perform: async () => null,
  })
  const caller = await callerByToken(app.store, token)
  const asked = gate({ store: app.store, procedures: [tell] }).invoke("sample.tell", { input: {}, caller })
  expect((await failureOf(asked)).code).toBe("refused.token-outside")
  expect((await app.ask<object[]>("tokens.end", { token: view.id }, caller)).length).toBe(1)
})

test("somebody else's token cannot be ended, nor is it told from one that is not there", async () => {
  const { made: view } = await made("us_token_a", { scopes: ["own"] })
  const other = await analyst("us_token_b")
  for (const token of [view.id, "tk_00000000000000000000"])
    expect((await failureOf(app.ask("tokens.end", { token }, other))).code).toBe("invalid.token-unknown")
  expect(await app.ask("tokens.list", {}, other)).toEqual([])
})

test("the one user of a node without sign-in needs no token", async () => {
  expect((await failureOf(app.ask("tokens.make", { label: "x", scopes: ["own"] }))).code).toBe("refused.local-user")
})

test("what is no token is refused alike, without a look into the register's rows", async () => {
  const { token } = await made("us_token_wrong", { scopes: ["own"] })
  for (const wrong of ["lpt_", `lpt_${"0".repeat(49)}`, token.slice(0, -1), token.toLowerCase()])
    expect(await post(wrong, "jobs.list", {})).toEqual([403, code("refused.token-unknown")])
  expect(await post(readNodeFile(app.ground.folder)!.key, "jobs.list", {})).toEqual([200, []])
})

test("where people sign in, the node's own key and the local user open nothing", async () => {
  const { token } = await made("us_token_persons", { scopes: ["own"] })
  const { read } = app.store.register
  await read.query("insert into node_setting (key, value) values ('sign-in', 'persons')")
  const { key } = readNodeFile(app.ground.folder)!
  expect(await post(key, "jobs.list", {})).toEqual([403, code("refused.not-signed-in")])
  expect((await fetch(`${served.url}/enter?token=${served.token}`, { redirect: "manual" })).status).toBe(403)
  expect((await failureOf(app.ask("jobs.list", {}))).code).toBe("refused.not-signed-in")
  const pretended = callerOf(read, app.caller.id, { via: "session", provedAt: now, scopes: null })
  expect((await failureOf(pretended)).code).toBe("refused.not-signed-in")
  expect(await post(token, "jobs.list", {})).toEqual([200, []])
  expect((await fetch(`${served.url}/api/node`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
  await read.query("update node_setting set value = 'local' where key = 'sign-in'")
})
