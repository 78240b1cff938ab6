import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { type Served, serve } from "#server"
import { failureOf, journalOf, personAs, type TestApp, testApp } from "../support/store.ts"
import { Browser } from "./browser.ts"
import { CLIENT, type Issuer, startIssuer } from "./issuer.ts"

const MINUTE = 60_000
let skew = 0
let app: TestApp
let served: Served
let issuer: Issuer
let admin: Caller
/** Every address that this process asked through `fetch`, tests included. */
const asked: string[] = []
const real = globalThis.fetch

beforeAll(async () => {
  app = await testApp({ clock: () => Date.now() + skew })
  served = await serve({ app: app.gate, port: 0, limits: { attempts: 1000, requests: 100_000 } })
  issuer = await startIssuer([`${served.url}/session/callback`])
  admin = await personAs(app, { id: "us_oidc_admin", roles: [{ role: "administrator", investigation: null }] })
  for (const id of ["us_oidc_a", "us_oidc_b", "us_oidc_c"]) await personAs(app, { id, roles: [] })
  globalThis.fetch = (input, init) => {
    asked.push(new URL(input instanceof Request ? input.url : input).origin)
    return real(input, init)
  }
  const path = join(app.ground.folder, "provider.secret")
  writeFileSync(path, `${CLIENT.secret}\n`, { mode: 0o600 })
  await app.ask("sign-in.configure", { name: "Test provider", issuer: issuer.url, clientId: CLIENT.id, secret: true }, admin)
  await app.ask("sign-in.bind", { person: "us_oidc_a", subject: "alan@idp" }, admin)
})
afterEach(() => {
  skew = 0
  issuer.tamper = null
  issuer.account = null
})
afterAll(async () => {
  globalThis.fetch = real
  await served?.close()
  await issuer?.close()
  await app?.end()
})

const begin = async (browser: Browser, wish: object = {}): Promise<string> => {
  const response = await browser.post(`${served.url}/session/provider`, wish)
  const told = (await response.json()) as { address: string; code?: string }
  if (!told.address) throw new Error(`${response.status} ${JSON.stringify(told)}`)
  return told.address
}
/** Goes to the provider and comes back to the door of the callback, without knocking. */
const returning = (browser: Browser, address: string) => browser.walk(address, `${served.url}/session/callback`)
const knock = async (browser: Browser, callback: string) => (await browser.get(callback)).headers.get("location")
const signIn = async (browser: Browser, account: string, wish: object = {}) => {
  issuer.account = account
  return knock(browser, await returning(browser, await begin(browser, wish)))
}
const state = async (browser: Browser) =>
  (await (await browser.get(`${served.url}/session`)).json()) as { person: { id: string; session: string; provedAt: string } | null }
const entries = async (word: string) =>
  (await journalOf(app)).filter((e) => e.header.kind === "sign-in" && JSON.stringify(e.payload ?? "").includes(word))

test("a bound person signs in through the provider, and is who asks from then on", async () => {
  const browser = new Browser()
  expect((await state(browser)).person).toBeNull()
  expect(await signIn(browser, "alan@idp", { back: "/i/somewhere" })).toBe("/i/somewhere")
  expect(await state(browser)).toMatchObject({
    provider: "Test provider",
    person: { id: "us_oidc_a", name: "us_oidc_a", way: "provider" },
  })
  expect((await browser.post(`${served.url}/api/jobs/list`, {})).status).toBe(200)
  expect((await entries('"signedIn":"provider"')).at(-1)!.header.actor).toBe("us_oidc_a")
})

test("what the browser is sent with: code, PKCE with S256, state, nonce, and nothing of the secret", async () => {
  const sent = new URL(await begin(new Browser())).searchParams
  expect(Object.fromEntries(sent)).toEqual({
    client_id: CLIENT.id,
    redirect_uri: `${served.url}/session/callback`,
    scope: "openid",
    response_type: "code",
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
    max_age: "36000",
  })
})

test("whom the provider knows and this node does not is refused, and that is an entry", async () => {
  const browser = new Browser()
  expect(await signIn(browser, "stranger@idp")).toBe("/sign-in?failed=refused.identity-unknown")
  expect((await state(browser)).person).toBeNull()
  expect((await entries("refused.identity-unknown")).at(-1)).toMatchObject({
    header: { actor: "nobody" },
    payload: { issuer: issuer.url, subject: "stranger@idp", wanted: "sign-in" },
  })
})

test("an answer with another state is refused", async () => {
  const browser = new Browser()
  issuer.account = "alan@idp"
  const callback = new URL(await returning(browser, await begin(browser)))
  callback.searchParams.set("state", "x".repeat(43))
  expect(await knock(browser, callback.href)).toBe("/sign-in?failed=refused.provider-answer")
  expect((await state(browser)).person).toBeNull()
})

test("an answer in another browser, or a second time, is refused", async () => {
  const browser = new Browser()
  issuer.account = "alan@idp"
  const callback = await returning(browser, await begin(browser))
  expect(await knock(new Browser(), callback)).toBe("/sign-in?failed=refused.flow-over")
  expect(await knock(browser, callback)).toBe("/")
  expect(await knock(browser, callback)).toBe("/sign-in?failed=refused.flow-over")
})

test("a code that was used, brought under a new flow, is refused by its PKCE", async () => {
  const [first, second] = [new Browser(), new Browser()]
  issuer.account = "alan@idp"
  const callback = new URL(await returning(first, await begin(first)))
  const address = await begin(second)
  callback.searchParams.set("state", new URL(address).searchParams.get("state")!)
  expect(await knock(second, callback.href)).toBe("/sign-in?failed=refused.provider-answer")
  expect((await state(second)).person).toBeNull()
})

test("an identity token for another nonce is refused", async () => {
  const browser = new Browser()
  issuer.account = "alan@idp"
  const address = new URL(await begin(browser))
  address.searchParams.set("nonce", "n".repeat(43))
  expect(await knock(browser, await returning(browser, address.href))).toBe("/sign-in?failed=refused.provider-answer")
})

test("an identity token that was changed on the way is refused by its signature", async () => {
  const browser = new Browser()
  issuer.tamper = (body) => {
    const [head, claims, signature] = body.id_token!.split(".") as [string, string, string]
    const changed = { ...(JSON.parse(Buffer.from(claims, "base64url").toString()) as object), sub: "alan@idp" }
    body.id_token = [head, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".")
  }
  expect(await signIn(browser, "stranger@idp")).toBe("/sign-in?failed=refused.provider-answer")
  issuer.tamper = (body) => {
    const [, claims] = body.id_token!.split(".") as [string, string]
    body.id_token = [Buffer.from('{"alg":"none"}').toString("base64url"), claims, ""].join(".")
  }
  expect(await signIn(new Browser(), "alan@idp")).toBe("/sign-in?failed=refused.provider-answer")
})

test("an identity token that has expired, or is of the future, is told as a matter of clocks", async () => {
  const browser = new Browser()
  issuer.account = "alan@idp"
  skew = 6 * MINUTE
  // The node that is asked took the provider's description under the right clock: another one is asked anew.
  const late = await serve({ app: app.gate, port: 0 })
  try {
    const other = await startIssuer([`${late.url}/session/callback`])
    other.account = "alan@idp"
    await app.ask("sign-in.configure", { name: "Other", issuer: other.url, clientId: CLIENT.id, secret: true }, admin)
    const address = ((await (await browser.post(`${late.url}/session/provider`, {})).json()) as { address: string }).address
    const callback = await browser.walk(address, `${late.url}/session/callback`)
    expect((await browser.get(callback)).headers.get("location")).toBe("/sign-in?failed=unavailable.provider-clock")
    await other.close()
    const gone = await browser.post(`${late.url}/session/provider`, {})
    expect(gone.status).toBe(200)
    await app.ask("sign-in.configure", { name: "Test provider", issuer: issuer.url, clientId: CLIENT.id, secret: true }, admin)
  } finally {
    await late.close()
  }
})

test("whoever cancels at the provider is back without a session", async () => {
  const browser = new Browser()
  issuer.account = null
  expect(await knock(browser, await returning(browser, await begin(browser)))).toBe("/sign-in?failed=refused.provider-answer")
  expect((await state(browser)).person).toBeNull()
})

test("an invited person binds the identity that the provider vouches for; the code is good once", async () => {
  const { code } = await app.ask<{ code: string }>("sign-in.invite", { person: "us_oidc_b" }, admin)
  const browser = new Browser()
  expect(await signIn(browser, "berivan@idp", { for: "enrol", code })).toBe("/")
  expect(await state(browser)).toMatchObject({ person: { id: "us_oidc_b" } })
  const again = await new Browser().post(`${served.url}/session/provider`, { for: "enrol", code })
  expect([again.status, await again.json()]).toEqual([403, expect.objectContaining({ code: "refused.invitation" })])
  expect(await signIn(new Browser(), "berivan@idp")).toBe("/")
  const decided = (await journalOf(app)).filter((e) => JSON.stringify(e.payload ?? "").includes('"enrolled":"provider"'))
  expect(decided.map((e) => [e.header.tree, e.header.kind, e.header.actor])).toEqual([["decisions", "decision", "us_oidc_b"]])
  expect(JSON.stringify(await journalOf(app))).not.toContain(code)
})

test("an identity is one person's; two flows of one invitation give one of them", async () => {
  const { code } = await app.ask<{ code: string }>("sign-in.invite", { person: "us_oidc_c" }, admin)
  expect(await signIn(new Browser(), "alan@idp", { for: "enrol", code })).toBe("/sign-in?failed=refused.identity-bound")
  const [one, two] = [new Browser(), new Browser()]
  issuer.account = "cemal@idp"
  const first = await returning(one, await begin(one, { for: "enrol", code }))
  issuer.account = "other@idp"
  const second = await returning(two, await begin(two, { for: "enrol", code }))
  expect(await knock(one, first)).toBe("/")
  expect(await knock(two, second)).toBe("/sign-in?failed=refused.invitation")
  expect(await signIn(new Browser(), "other@idp")).toBe("/sign-in?failed=refused.identity-unknown")
  expect((await failureOf(app.ask("sign-in.bind", { person: "us_oidc_c", subject: "alan@idp" }, admin))).code).toBe(
    "conflict.identity-bound",
  )
})

test("proving again asks the provider anew and renews the session's proof, for the same person only", async () => {
  const browser = new Browser()
  await signIn(browser, "alan@idp")
  const before = (await state(browser)).person!
  await app.store.register.read.query("update sign_in_session set proved_at = proved_at - interval '1 hour' where id = $1", [
    before.session,
  ])
  const stale = (await state(browser)).person!
  const address = await begin(browser, { for: "prove", back: "/account" })
  expect(new URL(address).searchParams.get("prompt")).toBe("login")
  issuer.account = "alan@idp"
  expect(await knock(browser, await returning(browser, address))).toBe("/account")
  const after = (await state(browser)).person!
  expect(after.session).toBe(before.session)
  expect(Date.parse(after.provedAt) - Date.parse(stale.provedAt)).toBeGreaterThan(59 * MINUTE)
  browser.forget(issuer.url)
  expect(await signIn(browser, "berivan@idp", { for: "prove" })).toBe("/sign-in?failed=refused.other-person")
  expect((await state(browser)).person).toMatchObject({ id: "us_oidc_a" })
  const nobody = await new Browser().post(`${served.url}/session/provider`, { for: "prove" })
  expect(await nobody.json()).toMatchObject({ code: "refused.not-signed-in" })
})

test("signing out ends the session, also for a copy of its cookie", async () => {
  const browser = new Browser()
  await signIn(browser, "alan@idp")
  const cookie = browser.cookie(served.url, "linchpin")!
  expect((await browser.post(`${served.url}/session/leave`, {})).status).toBe(200)
  expect(browser.cookie(served.url, "linchpin")).toBeUndefined()
  browser.setCookie(served.url, "linchpin", cookie)
  expect((await state(browser)).person).toBeNull()
  expect((await entries('"why":"signed-out"')).length).toBeGreaterThan(0)
})

test("the administrator ends all of a person's sessions, and unbinding ends them too", async () => {
  const [one, two] = [new Browser(), new Browser()]
  await signIn(one, "alan@idp")
  await signIn(two, "alan@idp")
  expect(await app.ask("sign-in.end", { person: "us_oidc_a" }, admin)).toMatchObject({ sessions: expect.any(Number), tokens: 0 })
  expect([(await state(one)).person, (await state(two)).person]).toEqual([null, null])
  one.forget(issuer.url)
  await signIn(one, "berivan@idp")
  expect((await state(one)).person).toMatchObject({ id: "us_oidc_b" })
  await app.ask("sign-in.unbind", { person: "us_oidc_b", issuer: issuer.url, subject: "berivan@idp" }, admin)
  expect((await state(one)).person).toBeNull()
  expect(await signIn(one, "berivan@idp")).toBe("/sign-in?failed=refused.identity-unknown")
})

test("a page of another site cannot begin, and no answer leads to another site", async () => {
  const browser = new Browser()
  for (const headers of [{ origin: "https://example.org" }, { "sec-fetch-site": "cross-site" }])
    expect((await browser.post(`${served.url}/session/provider`, {}, headers)).status).toBe(403)
  const bare = await real(`${served.url}/session/provider`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
  expect(await bare.json()).toMatchObject({ code: "refused.origin" })
  for (const back of ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/a b"])
    expect(await (await browser.post(`${served.url}/session/provider`, { back })).json()).toMatchObject({ code: "invalid.sign-in" })
})

test("a provider that does not answer, answers with no description, or describes another place is told as that", async () => {
  const configure = (input: object) =>
    failureOf(app.ask("sign-in.configure", { name: "X", clientId: CLIENT.id, ...input }, admin)).then((f) => f.code)
  const closed = await startIssuer([])
  await closed.close()
  expect(await configure({ issuer: closed.url })).toBe("unavailable.provider")
  expect(await configure({ issuer: served.url })).toBe("unavailable.provider")
  for (const wrong of ["http://example.org", "ftp://127.0.0.1", "example", "https://user@example.org", "https://example.org/?x"])
    expect(await configure({ issuer: wrong })).toBe("invalid.issuer")
})

test("the client's secret is read from a file that nobody else may read", async () => {
  const path = join(app.ground.folder, "provider.secret")
  const input = { name: "X", issuer: issuer.url, clientId: CLIENT.id, secret: true }
  chmodSync(path, 0o644)
  expect((await failureOf(app.ask("sign-in.configure", input, admin))).code).toBe("refused.secret-readable")
  chmodSync(path, 0o600)
  writeFileSync(path, "")
  expect((await failureOf(app.ask("sign-in.configure", input, admin))).code).toBe("invalid.client-secret")
  writeFileSync(path, CLIENT.secret)
  expect(JSON.stringify(await journalOf(app))).not.toContain(CLIENT.secret)
})

test("a client without a secret signs people in as well", async () => {
  await app.ask("sign-in.configure", { name: "Public", issuer: issuer.url, clientId: "public" }, admin)
  expect(await signIn(new Browser(), "alan@idp")).toBe("/")
  await app.ask("sign-in.configure", { name: "Test provider", issuer: issuer.url, clientId: CLIENT.id, secret: true }, admin)
})

test("endpoints at an origin that nobody named are not asked", async () => {
  const elsewhere = await startIssuer([`${served.url}/session/callback`])
  const path = "/.well-known/openid-configuration"
  const description = (await (await real(`${issuer.url}${path}`)).json()) as Record<string, string>
  const before = globalThis.fetch
  // The description names another place for its tokens.
  globalThis.fetch = async (input, init) =>
    String(input).endsWith(path) ? Response.json({ ...description, token_endpoint: `${elsewhere.url}/token` }) : before(input, init)
  try {
    await app.ask("sign-in.configure", { name: "Moved", issuer: issuer.url, clientId: CLIENT.id, secret: true }, admin)
    expect(await signIn(new Browser(), "alan@idp")).toBe("/sign-in?failed=refused.provider-origin")
    expect(asked).not.toContain(elsewhere.url)
  } finally {
    globalThis.fetch = before
    await elsewhere.close()
  }
  await app.ask("sign-in.configure", { name: "Test provider", issuer: issuer.url, clientId: CLIENT.id, secret: true }, admin)
})

test("in all of this the node asked nobody but its provider", () => {
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter((origin) => new URL(origin).hostname !== "127.0.0.1")).toEqual([])
})
