import { afterAll, beforeAll, expect, test } from "vitest"
import { type App, openApp } from "#app"
import { type Served, serve } from "#server"
import { beginSession, proveSession } from "../../src/ground/sign-in/sessions.ts"
import { setSetting } from "../../src/ground/sign-in/settings.ts"
import { type Ground, ground, journalOf, personAs, testApp } from "../support/store.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let now = Date.UTC(2026, 10, 22, 8)
let own: Ground
let app: App
let served: Served

const open = async () => {
  app = await openApp({ folder: own.folder, databaseUrl: own.databaseUrl, worker: false, clock: () => now })
  served = await serve({ app: app.gate, port: 0 })
}
const close = async () => {
  await served.close()
  await app.close()
}
beforeAll(async () => {
  own = await ground({ migrated: true })
  const first = await testApp({ ground: own })
  for (const id of ["us_session_a", "us_session_b"]) await personAs(first, { id, roles: [] })
  await setSetting(first.store.register.read, "sign-in", "persons")
  await first.close()
  await open()
})
afterAll(async () => {
  await close()
  await own.remove()
})

const begin = (person: string) => app.store.register.transaction((tx) => beginSession(tx, { person, way: "passkey", at: now }))

const post = async (secret: string, name: string, input: object = {}): Promise<[number, unknown]> => {
  const response = await fetch(`${served.url}/api/${name.replace(".", "/")}`, {
    method: "POST",
    headers: { cookie: `linchpin=${secret}`, origin: served.url, "content-type": "application/json" },
    body: JSON.stringify(input),
  })
  return [response.status, await response.json()]
}
const signedOut = [403, expect.objectContaining({ code: "refused.not-signed-in" })]

test("a session lapses half an hour after the last question", async () => {
  const { secret } = await begin("us_session_a")
  now += 29 * MINUTE
  expect(await post(secret, "jobs.list")).toEqual([200, []])
  now += 29 * MINUTE
  expect(await post(secret, "jobs.list")).toEqual([200, []])
  now += 30 * MINUTE
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
  now -= 5 * MINUTE
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
})

test("it ends after ten hours whatever is asked, and proving again does not lengthen it", async () => {
  const { id, secret } = await begin("us_session_a")
  for (let n = 0; n < 29; n++) {
    now += 20 * MINUTE
    expect((await post(secret, "jobs.list"))[0]).toBe(200)
  }
  await app.store.register.transaction((tx) => proveSession(tx, { id, person: "us_session_a" }, "passkey", now, now))
  now += 20 * MINUTE - 1
  expect((await post(secret, "jobs.list"))[0]).toBe(200)
  now += 1
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
})

test("a restart of the node ends no session, since the register holds it, as a hash", async () => {
  const { secret } = await begin("us_session_a")
  await close()
  await open()
  expect(await post(secret, "jobs.list")).toEqual([200, []])
  const { rows } = await app.store.register.read.query("select to_jsonb(s) as row from sign_in_session s")
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test("a node shortens sessions, and that holds for those that are open", async () => {
  const { secret } = await begin("us_session_a")
  await setSetting(app.store.register.read, "session-limits", JSON.stringify({ idleMinutes: 5, absoluteHours: 2 }))
  now += 5 * MINUTE
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
  await setSetting(app.store.register.read, "session-limits", JSON.stringify({ idleMinutes: 30, absoluteHours: 10 }))
})

test("a person lists and ends his own sessions, and no other's", async () => {
  const [here, there, other] = [await begin("us_session_b"), await begin("us_session_b"), await begin("us_session_a")]
  const [, listed] = (await post(here.secret, "sessions.list")) as [number, { id: string; endsAt: string }[]]
  expect(listed.map((s) => s.id).sort()).toEqual([here.id, there.id].sort())
  expect(new Date(listed[0]!.endsAt).getTime()).toBe(now + 10 * HOUR)
  expect((await post(here.secret, "sessions.end", { session: other.id }))[1]).toMatchObject({ code: "invalid.session-unknown" })
  expect((await post(here.secret, "sessions.end", { session: there.id }))[1]).toEqual([expect.objectContaining({ id: here.id })])
  expect(await post(there.secret, "jobs.list")).toEqual(signedOut)
  expect((await post(other.secret, "jobs.list"))[0]).toBe(200)
  expect((await journalOf(app)).filter((e) => JSON.stringify(e.payload ?? "").includes(`"sessionEnded":"${there.id}"`))).toHaveLength(1)
})

test("whoever leaves is out at once", async () => {
  const { id, secret } = await begin("us_session_b")
  expect((await post(secret, "jobs.list"))[0]).toBe(200)
  await app.store.register.read.query("update person set left_at = now() where id = 'us_session_b'")
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
  await app.store.register.read.query("update person set left_at = null where id = 'us_session_b'")
  expect(await post(secret, "jobs.list")).toEqual(signedOut)
  const { rows } = await app.store.register.read.query("select ended_why from sign_in_session where id = $1", [id])
  expect(rows).toEqual([{ ended_why: "left" }])
})

test("a session without a page's origin, or from another page, is no session", async () => {
  const { secret } = await begin("us_session_a")
  const cookie = `linchpin=${secret}`
  const ask = (headers: Record<string, string>) =>
    fetch(`${served.url}/api/jobs/list`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json", ...headers },
      body: "{}",
    })
  for (const headers of [{}, { origin: "https://example.org" }, { origin: served.url, "sec-fetch-site": "cross-site" }] as Record<
    string,
    string
  >[])
    expect(await (await ask(headers)).json()).toMatchObject({ code: "refused.origin" })
  expect((await ask({ origin: served.url, "sec-fetch-site": "same-origin" })).status).toBe(200)
})
