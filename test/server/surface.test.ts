import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { request as httpRequest } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openSigner } from "#journal"
import { readNodeFile, type Served, serve } from "#server"
import { openStore } from "#store"
import { stageUpload } from "../../src/ground/access/staging.ts"
import { openSample, type Sample } from "../access/sample.ts"
import { failureOf } from "../support/store.ts"

const SITE = "https://linchpin.example.org"
const HOST = "linchpin.example.org"
let sample: Sample
let served: Served
let behind: Served
let key: string
let web: string

beforeAll(async () => {
  sample = await openSample()
  web = mkdtempSync(join(tmpdir(), "linchpin-web-"))
  writeFileSync(join(web, "index.html"), "<!doctype html><title>Workplace</title>")
  behind = await serve({ app: sample.gate, port: 0, staticFolder: web, behind: SITE, limits: { requests: 1000, attempts: 3 } })
  served = await serve({ app: sample.gate, port: 0, staticFolder: web, limits: { requests: 40, attempts: 3 } })
  key = readNodeFile(sample.folder)!.key
})
afterAll(async () => {
  await served?.close()
  await behind?.close()
  await sample?.close()
  rmSync(web, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
}
const raw = (port: number, method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (part) => {
        text += part
      })
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body: text }))
    })
    request.on("error", reject)
    request.end(body)
  })
const codeOf = ({ body }: Answer): string => (JSON.parse(body) as { code: string }).code

const at = (port: number) => ({ host: `127.0.0.1:${port}`, "content-type": "application/json" })

test("every kind of answer carries the headers: page, file, API, stream, failure, door", async () => {
  const auth = { ...at(behind.port), authorization: `Bearer ${key}` }
  // The node file is the later node's: its key is no key of this one, so that the API is asked there.
  const own = { ...at(served.port), authorization: `Bearer ${key}` }
  const answers: Record<string, Answer> = {
    page: await raw(served.port, "GET", "/", at(served.port)),
    "workplace address": await raw(served.port, "GET", "/i/x/network", at(served.port)),
    "no such file": await raw(served.port, "GET", "/none.js", at(served.port)),
    value: await raw(served.port, "POST", "/api/sample/add", own, '{"numbers":[1]}'),
    rows: await raw(served.port, "POST", "/api/sample/rows", { ...own, accept: "application/x-ndjson" }, '{"count":2}'),
    events: await raw(served.port, "POST", "/api/sample/ticks", own, '{"count":1}'),
    bytes: await raw(served.port, "POST", "/api/sample/file", own, "{}"),
    description: await raw(served.port, "GET", "/api/openapi.json", own),
    invalid: await raw(served.port, "POST", "/api/sample/add", own, "{"),
    refused: await raw(served.port, "GET", "/api/node", at(served.port)),
    "another host": await raw(served.port, "GET", "/", { host: "example.org" }),
    door: await raw(served.port, "GET", "/session", at(served.port)),
    "wrong key": await raw(behind.port, "GET", "/api/node", auth),
  }
  for (const [name, { headers }] of Object.entries(answers)) {
    const policy = String(headers["content-security-policy"])
    expect([name, policy]).toEqual([name, expect.stringContaining("default-src 'none'")])
    expect([name, /script-src ([^;]*)/.exec(policy)?.[1]]).toEqual([name, "'self'"])
    expect([name, /frame-ancestors ([^;]*)/.exec(policy)?.[1]]).toEqual([name, "'none'"])
    expect([name, headers["x-content-type-options"], headers["referrer-policy"], headers["x-frame-options"] !== undefined]).toEqual([
      name,
      "nosniff",
      "no-referrer",
      true,
    ])
    expect([name, headers["cross-origin-opener-policy"], headers["cross-origin-resource-policy"]]).toEqual([
      name,
      "same-origin",
      "same-origin",
    ])
    expect([name, headers["x-powered-by"], headers.server, headers["access-control-allow-origin"]]).toEqual([
      name,
      undefined,
      undefined,
      undefined,
    ])
  }
})

test("only behind a proxy with TLS does the node ask browsers to come back with TLS", async () => {
  expect((await raw(served.port, "GET", "/", at(served.port))).headers["strict-transport-security"]).toBeUndefined()
  expect((await raw(behind.port, "GET", "/", { host: HOST })).headers["strict-transport-security"]).toBe("max-age=31536000")
})

test("behind a proxy the node answers to the proxy's name and to its own loopback, and to no other", async () => {
  expect((await raw(behind.port, "GET", "/session", { host: HOST })).status).toBe(200)
  expect((await raw(behind.port, "GET", "/session", at(behind.port))).status).toBe(200)
  for (const host of ["example.org", `${HOST}.example.com`, `${HOST}:8443`])
    expect(codeOf(await raw(behind.port, "GET", "/session", { host }))).toBe("refused.host")
  expect(codeOf(await raw(served.port, "GET", "/session", { host: HOST }))).toBe("refused.host")
})

test("a page's origin is the address that it was asked at", async () => {
  const leave = (headers: Record<string, string>) =>
    raw(behind.port, "POST", "/session/leave", { "content-type": "application/json", ...headers }, "{}")
  expect((await leave({ host: HOST, origin: SITE })).status).toBe(200)
  for (const origin of ["http://linchpin.example.org", `http://127.0.0.1:${behind.port}`, "https://example.org"])
    expect(codeOf(await leave({ host: HOST, origin }))).toBe("refused.origin")
  expect(codeOf(await leave({ host: `127.0.0.1:${behind.port}`, origin: SITE }))).toBe("refused.origin")
  expect(codeOf(await leave({ host: HOST }))).toBe("refused.origin")
})

test("under TLS the cookie is bound to this host, path and TLS; on loopback it is strict", async () => {
  const left = (headers: Record<string, string>) =>
    raw(behind.port, "POST", "/session/leave", { "content-type": "application/json", ...headers }, "{}")
  expect((await left({ host: HOST, origin: SITE })).headers["set-cookie"]).toEqual([
    "__Host-linchpin=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0; Secure",
  ])
  expect((await left({ ...at(behind.port), origin: `http://127.0.0.1:${behind.port}` })).headers["set-cookie"]).toEqual([
    "linchpin=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0",
  ])
})

test("the one user of a node without sign-in does not come through a proxy", async () => {
  const own = { ...at(served.port), authorization: `Bearer ${key}` }
  for (const more of [{ "x-forwarded-for": "192.0.2.7" }, { forwarded: "for=192.0.2.7" }] as Record<string, string>[])
    expect(codeOf(await raw(served.port, "POST", "/api/sample/add", { ...own, ...more }, '{"numbers":[1]}'))).toBe("refused.forwarded")
  expect(codeOf(await raw(behind.port, "GET", `/enter?token=${behind.token}`, { host: HOST }))).toBe("refused.forwarded")
})

test("what is no site under TLS is no address of a proxy", async () => {
  for (const wrong of ["http://linchpin.example.org", "https://a.example.org/path", "https://u@example.org", "linchpin.example.org"])
    expect((await failureOf(serve({ app: sample.gate, port: 0, behind: wrong }))).code).toBe("invalid.behind")
})

test("failed attempts are counted by address, the one that the proxy tells where there is one", async () => {
  const attempt = (port: number, headers: Record<string, string>) =>
    raw(port, "POST", "/session/passkey", { "content-type": "application/json", ...headers }, '{"response":{}}')
  const direct = { ...at(served.port), origin: `http://127.0.0.1:${served.port}` }
  for (let n = 0; n < 3; n++) expect(codeOf(await attempt(served.port, direct))).toBe("refused.flow-over")
  const blocked = await attempt(served.port, direct)
  expect([blocked.status, codeOf(blocked)]).toEqual([429, "unavailable.too-many-requests"])
  expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(0)
  const from = (address: string) => ({ host: HOST, origin: SITE, "x-forwarded-for": address })
  for (let n = 0; n < 3; n++) await attempt(behind.port, from("192.0.2.1"))
  expect((await attempt(behind.port, from("192.0.2.1"))).status).toBe(429)
  expect((await attempt(behind.port, from("192.0.2.2"))).status).toBe(403)
})

test("a caller who asks without end is told to wait, and no other caller is", async () => {
  const own = { ...at(served.port), authorization: `Bearer ${key}` }
  const ask = () => raw(served.port, "POST", "/api/jobs/list", own, "{}")
  let last = await ask()
  for (let n = 0; n < 60 && last.status === 200; n++) last = await ask()
  expect([last.status, codeOf(last)]).toEqual([429, "unavailable.too-many-requests"])
  expect((JSON.parse(last.body) as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0)
  expect((await raw(served.port, "GET", "/session", at(served.port))).status).toBe(200)
})

test("what one caller has waiting is limited in files and bytes; dropping makes room", async () => {
  const stage = (bytes: number, limits?: { bytes: number; files: number }) =>
    stageUpload(
      sample.store,
      sample.caller,
      {
        name: "f",
        stream: (async function* () {
          yield Buffer.alloc(bytes)
        })(),
      },
      limits,
    )
  await stage(10, { bytes: 20, files: 2 })
  expect((await failureOf(stage(11, { bytes: 20, files: 2 }))).code).toBe("conflict.staging-full")
  await stage(10, { bytes: 20, files: 2 })
  expect((await failureOf(stage(0, { bytes: 100, files: 2 }))).code).toBe("conflict.staging-full")
  const listed = await sample.gate.invoke("uploads.list", { input: {}, caller: sample.caller })
  const held = listed.shape === "value" ? (listed.value as { handle: string; sizeBytes: number }[]) : []
  expect(held.map((u) => u.sizeBytes)).toEqual([10, 10])
  for (const { handle } of held) await sample.gate.invoke("uploads.drop", { input: { upload: handle }, caller: sample.caller })
  expect((await stage(20, { bytes: 20, files: 2 })).sizeBytes).toBe(20)
})

test("a key that others may read is not used", async () => {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-keys-"))
  openSigner(folder)
  expect(statSync(join(folder, "journal.key")).mode & 0o777).toBe(0o600)
  chmodSync(join(folder, "journal.key"), 0o640)
  expect(() => openSigner(folder)).toThrow(expect.objectContaining({ code: "refused.key-readable" }))
  writeFileSync(join(folder, "node.key"), Buffer.alloc(32, 1), { mode: 0o600 })
  chmodSync(join(folder, "node.key"), 0o644)
  expect((await failureOf(openStore({ folder }))).code).toBe("unavailable.key-readable-by-others")
  rmSync(folder, { recursive: true, force: true })
})
