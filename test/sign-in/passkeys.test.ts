import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { type Served, serve } from "#server"
import { failureOf, journalOf, personAs, type TestApp, testApp } from "../support/store.ts"
import { Authenticator, type Deviation } from "./authenticator.ts"
import { Browser } from "./browser.ts"

const MINUTE = 60_000
let now = Date.UTC(2026, 10, 22, 9)
let app: TestApp
let served: Served
let admin: Caller
/** Passkeys belong to a name, never to a number. */
let site: string

beforeAll(async () => {
  app = await testApp({ clock: () => now })
  served = await serve({ app: app.gate, port: 0, limits: { attempts: 1000 } })
  site = `http://localhost:${served.port}`
  admin = await personAs(app, { id: "us_passkey_admin", roles: [{ role: "administrator", investigation: null }] })
})
afterAll(async () => {
  await served?.close()
  await app?.end()
})

const invite = async (person: string): Promise<string> => {
  await personAs(app, { id: person, roles: [] })
  return (await app.ask<{ code: string }>("sign-in.invite", { person }, admin)).code
}
type Creation = Parameters<Authenticator["create"]>[0] & { authenticatorSelection: object; attestation: string }
type Request = Parameters<Authenticator["get"]>[0] & { userVerification: string; allowCredentials: { id: string }[] }

const asked = async <T>(browser: Browser, wish: object): Promise<T> => {
  const response = await browser.post(`${site}/session/passkey/ask`, wish)
  const told = (await response.json()) as { options?: T; code?: string }
  if (!told.options) throw new Error(told.code)
  return told.options
}
const answer = async (browser: Browser, response: object, label?: string): Promise<string> => {
  const told = (await (await browser.post(`${site}/session/passkey`, { response, label })).json()) as { code?: string; back?: string }
  return told.code ?? told.back!
}
const enrol = async (browser: Browser, code: string, key: Authenticator, more: Deviation = {}): Promise<string> =>
  answer(browser, key.create(await asked<Creation>(browser, { for: "enrol", code }), site, more), "My phone")
const signIn = async (browser: Browser, key: Authenticator, more: Deviation = {}, wish: object = {}): Promise<string> =>
  answer(browser, key.get(await asked<Request>(browser, wish), site, more))
const who = async (browser: Browser) =>
  ((await (await browser.get(`${site}/session`)).json()) as { person: { id: string; provedAt: string; session: string } | null }).person

/** Somebody with a passkey, who is not signed in. */
async function enrolled(person: string): Promise<Authenticator> {
  const key = new Authenticator()
  expect(await enrol(new Browser(), await invite(person), key)).toBe("/")
  return key
}

test("an invited person enrols a passkey and is in; with it he comes in again", async () => {
  const key = new Authenticator()
  const browser = new Browser()
  const code = await invite("us_passkey_a")
  const options = await asked<Creation>(browser, { for: "enrol", code })
  expect(options).toMatchObject({
    rp: { id: "localhost" },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  })
  expect(await answer(browser, key.create(options, site), "My phone")).toBe("/")
  expect(await who(browser)).toMatchObject({ id: "us_passkey_a", way: "passkey" })
  const again = new Browser()
  expect(await signIn(again, key, {}, { back: "/account" })).toBe("/account")
  expect(await who(again)).toMatchObject({ id: "us_passkey_a" })
  const listed = await again.post(`${site}/api/passkeys/list`, {})
  expect(await listed.json()).toEqual([
    expect.objectContaining({ label: "My phone", site: "localhost", lastUsedAt: new Date(now).toISOString() }),
  ])
})

test("what is asked for is a verified user and any passkey of this site", async () => {
  const options = await asked<Request>(new Browser(), {})
  expect(options).toMatchObject({ rpId: "localhost", userVerification: "required", allowCredentials: [] })
})

test("an answer that is not one to this question is refused, and nothing opens", async () => {
  const key = await enrolled("us_passkey_b")
  const wrong: Record<string, Deviation> = {
    "another site's page": { origin: "https://example.org" },
    "another site": { site: "example.org" },
    "another challenge": { challenge: "c".repeat(43) },
    "no user verified": { unverified: true },
    "another key": { forged: true },
  }
  for (const [name, deviation] of Object.entries(wrong)) {
    const browser = new Browser()
    expect([name, await signIn(browser, key, deviation)]).toEqual([name, "refused.passkey-answer"])
    expect(await who(browser)).toBeNull()
  }
  expect(await signIn(new Browser(), new Authenticator())).toBe("refused.passkey-unknown")
  const refused = (await journalOf(app)).filter((e) => JSON.stringify(e.payload ?? "").includes("refused.passkey-answer"))
  expect(refused.length).toBe(Object.keys(wrong).length)
})

test("registration is refused for the same faults", async () => {
  const code = await invite("us_passkey_c")
  for (const deviation of [{ origin: "https://example.org" }, { site: "example.org" }, { challenge: "c".repeat(43) }, { unverified: true }])
    expect(await enrol(new Browser(), code, new Authenticator(), deviation)).toBe("refused.passkey-answer")
  expect(await enrol(new Browser(), code, new Authenticator())).toBe("/")
})

test("a counter that does not go on is refused: there may be a copy", async () => {
  const key = await enrolled("us_passkey_d")
  key.counter = 40
  expect(await signIn(new Browser(), key)).toBe("/")
  expect(await signIn(new Browser(), key, { counter: 41 })).toBe("refused.passkey-copied")
  expect(await signIn(new Browser(), key, { counter: 3 })).toBe("refused.passkey-copied")
  key.counter = 50
  expect(await signIn(new Browser(), key)).toBe("/")
})

test("a passkey without a counter works for ever", async () => {
  const key = await enrolled("us_passkey_e")
  for (let n = 0; n < 3; n++) expect(await signIn(new Browser(), key, { counter: 0 })).toBe("/")
})

test("an answer is good once, in the browser that was asked, for ten minutes", async () => {
  const key = await enrolled("us_passkey_f")
  const browser = new Browser()
  const signed = key.get(await asked<Request>(browser, {}), site)
  expect(await answer(new Browser(), signed)).toBe("refused.flow-over")
  expect(await answer(browser, signed)).toBe("/")
  expect(await answer(browser, signed)).toBe("refused.flow-over")
  const late = await asked<Request>(browser, {})
  now += 10 * MINUTE
  expect(await answer(browser, key.get(late, site))).toBe("refused.flow-over")
})

test("an invitation is good once, until it ends, and the last one counts", async () => {
  const first = await invite("us_passkey_g")
  const second = await invite("us_passkey_g")
  await expect(enrol(new Browser(), first, new Authenticator())).rejects.toThrow("refused.invitation")
  now += 24 * 60 * MINUTE
  await expect(enrol(new Browser(), second, new Authenticator())).rejects.toThrow("refused.invitation")
  const third = await invite("us_passkey_g")
  expect(await enrol(new Browser(), third, new Authenticator())).toBe("/")
  await expect(enrol(new Browser(), third, new Authenticator())).rejects.toThrow("refused.invitation")
  await expect(enrol(new Browser(), `${third.slice(0, -1)}x`, new Authenticator())).rejects.toThrow("refused.invitation")
  const rows = await app.store.register.read.query("select to_jsonb(v) as row from sign_in_invitation v")
  expect(JSON.stringify(rows.rows)).not.toContain(third.slice(4, 30))
})

test("two answers to one invitation give one passkey", async () => {
  const code = await invite("us_passkey_h")
  const [one, two] = [new Browser(), new Browser()]
  const [first, second] = [new Authenticator(), new Authenticator()]
  const [a, b] = [await asked<Creation>(one, { for: "enrol", code }), await asked<Creation>(two, { for: "enrol", code })]
  const ended = await Promise.all([answer(one, first.create(a, site)), answer(two, second.create(b, site))])
  expect(ended.sort()).toEqual(["/", "refused.invitation"])
  const { rows } = await app.store.register.read.query("select id from passkey where person = 'us_passkey_h'")
  expect(rows).toHaveLength(1)
})

test("a second passkey is added by whoever proved just now who he is, and one credential is one person's", async () => {
  const key = await enrolled("us_passkey_i")
  const browser = new Browser()
  await signIn(browser, key)
  const other = new Authenticator()
  expect(await answer(browser, other.create(await asked<Creation>(browser, { for: "add" }), site), "Key ring")).toBe("/")
  expect(await signIn(new Browser(), other)).toBe("/")
  expect(await answer(browser, other.create(await asked<Creation>(browser, { for: "add" }), site))).toBe("refused.passkey-known")
  now += 6 * MINUTE
  await expect(asked(browser, { for: "add" })).rejects.toThrow("refused.prove-again")
  expect(await signIn(browser, key, {}, { for: "prove" })).toBe("/")
  expect((await asked<Creation>(browser, { for: "add" })).rp.id).toBe("localhost")
  await expect(asked(new Browser(), { for: "add" })).rejects.toThrow("refused.not-signed-in")
})

test("proving again renews the session's proof, by a passkey of the same person only", async () => {
  const [key, other] = [await enrolled("us_passkey_j"), await enrolled("us_passkey_k")]
  const browser = new Browser()
  await signIn(browser, key)
  const before = (await who(browser))!
  now += 20 * MINUTE
  const options = await asked<Request>(browser, { for: "prove" })
  expect(options.allowCredentials).toEqual([expect.objectContaining({ id: key.credential.toString("base64url") })])
  expect(await answer(browser, key.get(options, site))).toBe("/")
  const after = (await who(browser))!
  expect([after.session, Date.parse(after.provedAt)]).toEqual([before.session, now])
  expect(await signIn(browser, other, {}, { for: "prove" })).toBe("refused.other-person")
})

test("an ended passkey, and one of a person who left, open nothing", async () => {
  const [key, other] = [await enrolled("us_passkey_l"), await enrolled("us_passkey_m")]
  const browser = new Browser()
  await signIn(browser, key)
  const [own] = (await (await browser.post(`${site}/api/passkeys/list`, {})).json()) as [{ id: string }]
  const ended = await browser.post(`${site}/api/passkeys/end`, { passkey: own.id })
  expect(await ended.json()).toEqual([])
  expect(await signIn(new Browser(), key)).toBe("refused.passkey-unknown")
  await app.store.register.read.query("update person set left_at = now() where id = 'us_passkey_m'")
  expect(await signIn(new Browser(), other)).toBe("refused.passkey-unknown")
})

test("lost passkeys are ended by the administrator", async () => {
  const key = await enrolled("us_passkey_n")
  expect(await app.ask("sign-in.end", { person: "us_passkey_n", passkeys: true }, admin)).toMatchObject({ sessions: 1, passkeys: 1 })
  expect(await signIn(new Browser(), key)).toBe("refused.passkey-unknown")
})

test("at an address that is a number there are no passkeys, and the page is told where there are", async () => {
  const response = await new Browser().post(`${served.url}/session/passkey/ask`, {})
  expect(await response.json()).toMatchObject({ code: "refused.passkey-address", hint: expect.stringContaining(site) })
  expect(await (await new Browser().get(`${served.url}/session`)).json()).toMatchObject({ passkeys: site })
})

test("a body that is no answer is refused, never a fault", async () => {
  const browser = new Browser()
  for (const response of [{}, { id: 7 }, { id: "x", response: {} }, { id: "x", response: { clientDataJSON: "%" } }]) {
    await asked(browser, {})
    expect(await answer(browser, response)).toMatch(/^refused\.passkey-(unknown|answer)$/)
  }
  const code = await invite("us_passkey_o")
  for (const response of [
    {},
    { id: "x", rawId: "x", type: "public-key", response: { attestationObject: "AAAA", clientDataJSON: "AAAA" } },
  ]) {
    await asked(browser, { for: "enrol", code })
    expect(await answer(browser, response)).toBe("refused.passkey-answer")
  }
})

test("a node is shut to its local user only when somebody who looks after it can sign in", async () => {
  expect((await failureOf(app.ask("sign-in.enable", {}))).code).toBe("refused.no-administrator")
  const { code } = await app.ask<{ code: string }>("sign-in.invite", { person: admin.id })
  const key = new Authenticator()
  await enrol(new Browser(), code, key)
  expect(await app.ask("sign-in.enable", {})).toMatchObject({ signIn: "persons" })
  expect((await failureOf(app.ask("jobs.list", {}))).code).toBe("refused.not-signed-in")
  const browser = new Browser()
  expect(await signIn(browser, key)).toBe("/")
  expect(await (await browser.post(`${site}/api/sign-in/enable`, {})).json()).toMatchObject({ code: "conflict.sign-in-enabled" })
  expect(await (await browser.get(`${site}/session`)).json()).toMatchObject({ signIn: "persons", local: false, demo: false })
})

test("neither a person that is not there nor the local user is invited", async () => {
  for (const person of ["us_00000000000000000001", "us_nobody"])
    expect((await failureOf(app.ask("sign-in.invite", { person }, admin))).code).toBe("invalid.person")
})
