import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { request as httpRequest } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readNodeFile, type Served, serve } from "#server"
import { entriesOf, openSample, PROCEDURES, type Sample } from "../access/sample.ts"

let sample: Sample
let served: Served
let key: string
let web: string

beforeAll(async () => {
  sample = await openSample()
  web = mkdtempSync(join(tmpdir(), "linchpin-web-"))
  writeFileSync(join(web, "index.html"), "<!doctype html><title>Workplace</title>")
  writeFileSync(join(web, "app.js"), "export {}")
  served = await serve({ app: sample.gate, port: 0, staticFolder: web, release: "0.1.0", bodyLimitBytes: 100_000 })
  key = readNodeFile(sample.folder)!.key
})
afterAll(async () => {
  await served?.close()
  await sample?.close()
  rmSync(web, { recursive: true, force: true })
})

const post = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  fetch(`${served.url}/api/${name}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: typeof input === "string" || input instanceof Uint8Array ? input : JSON.stringify(input),
  })

/** Status and body of a request with headers that fetch would not let through. */
const raw = (
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port: served.port, path, method, headers }, (response) => {
      let body = ""
      response.on("data", (part) => {
        body += part
      })
      response.on("end", () => resolve({ status: response.statusCode!, body, headers: response.headers }))
    })
    request.on("error", reject)
    request.end(method === "POST" ? "{}" : undefined)
  })

test("the node file holds address and key, for its user only, and goes with the node", async () => {
  expect(statSync(join(sample.folder, "node.json")).mode & 0o777).toBe(0o600)
  expect(readNodeFile(sample.folder)).toEqual({ url: served.url, port: served.port, pid: process.pid, key })
  const second = await openSample()
  const other = await serve({ app: second.gate, port: 0 })
  await expect(serve({ app: second.gate, port: other.port })).rejects.toMatchObject({ code: "unavailable.port" })
  await other.close()
  expect(readNodeFile(second.folder)).toBeNull()
  await second.close()
})

test("it listens on loopback and answers to no other name", async () => {
  const auth = { authorization: `Bearer ${key}` }
  for (const host of ["example.org", `example.org:${served.port}`, "127.0.0.1", `0.0.0.0:${served.port}`]) {
    const { status, body } = await raw("/api/node", { host, ...auth })
    expect([status, JSON.parse(body).code]).toEqual([403, "refused.host"])
  }
  expect((await raw("/api/node", { host: `localhost:${served.port}`, ...auth })).status).toBe(200)
})

test("another origin is refused, with the key too", async () => {
  for (const headers of [
    { origin: "https://example.org" },
    { origin: "null" },
    { origin: `http://127.0.0.1:${served.port + 1}` },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const response = await raw("/api/node", {
      host: `127.0.0.1:${served.port}`,
      authorization: `Bearer ${key}`,
      ...(headers as Record<string, string>),
    })
    expect([response.status, JSON.parse(response.body).code]).toEqual([403, "refused.origin"])
  }
})

test("without key or session nothing is told, not even what there is", async () => {
  for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: key }, { cookie: "linchpin=wrong" }] as Record<
    string,
    string
  >[])
    for (const path of ["/api/openapi.json", "/api/node", "/api/nothing/here"]) {
      const { status, body } = await raw(path, { host: `127.0.0.1:${served.port}`, ...headers })
      expect([status, JSON.parse(body).code]).toEqual([403, "refused.not-signed-in"])
    }
})

test("a token opens one session, which is written down; the session works from the node's own pages only", async () => {
  const entered = await fetch(`${served.url}/enter?token=${served.token}`, { redirect: "manual" })
  expect([entered.status, entered.headers.get("location")]).toEqual([303, "/"])
  const cookie = entered.headers.get("set-cookie")!
  expect(cookie).toMatch(/^linchpin=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/)
  expect((await entriesOf(sample.store, "access")).at(-1)!.header.kind).toBe("sign-in")
  const again = await fetch(`${served.url}/enter?token=${served.token}`, { redirect: "manual" })
  expect([again.status, await again.json()]).toEqual([403, expect.objectContaining({ code: "refused.token" })])
  const session = { host: `127.0.0.1:${served.port}`, cookie: cookie.split(";")[0]!, "content-type": "application/json" }
  const withoutOrigin = await raw("/api/investigations/list", session, "POST")
  expect([withoutOrigin.status, JSON.parse(withoutOrigin.body).code]).toEqual([403, "refused.origin"])
  expect((await raw("/api/investigations/list", { ...session, origin: served.url }, "POST")).body).toBe("[]")
  expect((await raw("/api/node", session)).status).toBe(200)
})

test("pages come with a policy that lets no foreign script in; every address of the workplace is the one page", async () => {
  const page = await fetch(`${served.url}/network/sn_1`)
  expect(await page.text()).toContain("Workplace")
  const policy = page.headers.get("content-security-policy")!
  expect(policy.split(";").find((p) => p.startsWith("script-src "))).toBe("script-src 'self'")
  expect(policy).toContain("default-src 'none'")
  expect([page.headers.get("x-content-type-options"), page.headers.get("referrer-policy"), page.headers.get("x-powered-by")]).toEqual([
    "nosniff",
    "no-referrer",
    null,
  ])
  expect((await fetch(`${served.url}/app.js`)).headers.get("content-type")).toContain("javascript")
  expect((await fetch(`${served.url}/none.js`)).status).toBe(404)
  expect(await (await fetch(`${served.url}/..%2f..%2fetc/passwd`)).text()).not.toContain("root:")
})

test("a value, and the failure of each kind with its status", async () => {
  const response = await post("sample/add", { numbers: [2, 3] }, { "x-linchpin-reason": encodeURIComponent("wegen der Lieferung – 7") })
  expect([response.status, await response.json()]).toEqual([200, { sum: 5, mode: "plain" }])
  expect((await entriesOf(sample.store, "access")).at(-1)!.header.ground).toBe("wegen der Lieferung – 7")
  const failing = async (name: string, input: unknown) => {
    const answer = await post(name, input)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  expect(await failing("sample/add", {})).toEqual([400, "invalid.numbers-missing"])
  expect(await failing("sample/ad", {})).toEqual([400, "invalid.procedure-unknown"])
  expect(await failing("sample/add", "{")).toEqual([400, "invalid.request"])
  expect(await failing("sample/keep", { words: "x".repeat(120_000) })).toEqual([400, "invalid.body-too-large"])
  expect(await failing("sample/tell", { words: "x" })).toEqual([403, "refused.second-person"])
  expect(await failing("sample/keep", { words: "x", fail: true })).toEqual([409, "conflict.sample"])
  expect(await failing("sample/rows", { count: 1, breakAt: 0 })).toEqual([503, "unavailable.sample"])
  expect((await fetch(`${served.url}/api/sample/add`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(400)
})

test("a fault of the software leaves without its inside", async () => {
  const answer = await post("sample/break", {})
  const body = await answer.text()
  expect([answer.status, JSON.parse(body).code]).toEqual([503, "unavailable.fault"])
  expect(body).not.toMatch(/secret|TypeError|\.ts/)
})

test("rows come as one array or as lines that tell whether all came", async () => {
  const array = await post("sample/rows", { count: 3 })
  expect(await array.json()).toEqual([0, 1, 2].map((n) => ({ n, text: `row ${n}, "quoted"` })))
  expect(await (await post("sample/rows", { count: 0 })).json()).toEqual([])
  const lines = async (input: unknown) =>
    (await (await post("sample/rows", input, { accept: "application/x-ndjson" })).text())
      .trim()
      .split("\n")
      .map((l) => JSON.parse(l) as unknown)
  expect(await lines({ count: 1 })).toEqual([{ row: { n: 0, text: 'row 0, "quoted"' } }, { end: 1 }])
  expect((await lines({ count: 5, breakAt: 2 })).at(-1)).toEqual({
    failure: { code: "unavailable.sample", message: "The disk went away." },
  })
  await expect(post("sample/rows", { count: 5, breakAt: 2 }).then((r) => r.json())).rejects.toThrow()
})

test("a file comes as its bytes with its type and name", async () => {
  const answer = await post("sample/file", { mediaType: "application/octet-stream" })
  expect(answer.headers.get("content-type")).toBe("application/octet-stream")
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${encodeURIComponent("سالح file.txt")}`)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.concat([Buffer.from("first "), Buffer.from([0xff, 0])]))
})

test("an upload larger than a JSON body may be streams into its caller's staging area", async () => {
  const answer = await post("sample/hand-in", new Uint8Array(300_000), {
    "content-type": "application/octet-stream",
    "x-linchpin-input": encodeURIComponent(JSON.stringify({ label: "گوشی" })),
    "x-linchpin-name": encodeURIComponent("phone ۱.zip"),
  })
  expect(await answer.json()).toMatchObject({ name: "phone ۱.zip", sizeBytes: 300_000, label: "گوشی" })
  const refused = await post("sample/hand-in", new Uint8Array(5_000_000), { "content-type": "application/octet-stream" })
  expect([refused.headers.get("connection"), await refused.json()]).toEqual([
    "close",
    expect.objectContaining({ code: "invalid.label-missing" }),
  ])
})

interface Sent {
  event: string
  data: unknown
}
const sent = async (response: Response): Promise<Sent[]> =>
  (await response.text())
    .split("\n\n")
    .filter((block) => block !== "" && !block.startsWith(":"))
    .map((block) => ({ event: /^event: (.*)$/m.exec(block)?.[1] ?? "", data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as unknown }))

test("events, a job's progress, and a value's progress are server-sent", async () => {
  const ticks = await post("sample/ticks", { count: 2 })
  expect(ticks.headers.get("content-type")).toBe("text/event-stream")
  expect(await sent(ticks)).toEqual([
    { event: "", data: { tick: 0 } },
    { event: "", data: { tick: 1 } },
    { event: "end", data: null },
  ])
  const got = await fetch(`${served.url}/api/sample/ticks?input=${encodeURIComponent('{"count":1}')}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(await sent(got)).toEqual([
    { event: "", data: { tick: 0 } },
    { event: "end", data: null },
  ])
  expect(await sent(await post("sample/add", { numbers: [1] }, { accept: "text/event-stream" }))).toEqual([
    { event: "progress", data: { fraction: 0.5, words: "adding", counts: { numbers: 1 } } },
    { event: "value", data: { sum: 1, mode: "plain" } },
    { event: "end", data: null },
  ])
  expect(await sent(await post("sample/keep", { words: "x", fail: true }, { accept: "text/event-stream" }))).toEqual([
    { event: "failure", data: { code: "conflict.sample", message: "The state has moved.", hint: "Reload." } },
  ])
  const queued = await post("sample/work", { investigation: "By HTTP", steps: 2 })
  const { job } = (await queued.json()) as { job: string }
  expect(queued.status).toBe(202)
  const news = await sent(await post("jobs/follow", { job }))
  expect(news.at(-2)).toMatchObject({ data: { id: job, state: "done", result: { done: 2 } } })
})

test("the description is OpenAPI 3.1 of every procedure, with every reference found in it", async () => {
  const response = await fetch(`${served.url}/api/openapi.json`, { headers: { authorization: `Bearer ${key}` } })
  const document = (await response.json()) as {
    openapi: string
    paths: Record<string, { post: { operationId: string; responses: object; requestBody: object } }>
    components: { schemas: object }
  }
  expect(document.openapi).toBe("3.1.0")
  expect(Object.keys(document.paths).toSorted()).toEqual(PROCEDURES.map((p) => `/api/${p.name.replace(".", "/")}`).toSorted())
  const operations = Object.values(document.paths).map((p) => p.post)
  expect(new Set(operations.map((o) => o.operationId)).size).toBe(PROCEDURES.length)
  for (const o of operations) expect(Object.keys(o.responses)).toEqual(expect.arrayContaining(["400", "403", "409", "503"]))
  const text = JSON.stringify(document)
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1]!)
  expect([
    references.length > 20,
    references.filter((r) => !Object.hasOwn(document.components.schemas, r)),
    text.includes("#/$defs"),
  ]).toEqual([true, [], false])
  expect(document.components.schemas).toMatchObject({
    "sample.add.input": { required: ["numbers"], properties: { times: { default: 1, description: "how often" } } },
  })
  expect(readFileSync(join(sample.folder, "node.json"), "utf8")).not.toContain(served.token)
})
