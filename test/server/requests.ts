import { request as httpRequest } from "node:http"
import { connect } from "node:net"
import type { Dice } from "../support/dice.ts"
import { filled, type Pool, type Schema } from "../support/inputs.ts"

/** A request as it goes over the wire. */
export interface Wire {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | string | undefined
  /** Ends the connection after so many bytes of the body. */
  cutAt?: number
}

export interface Came {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
}

/** A procedure as the OpenAPI document tells of it. */
export interface Told {
  name: string
  path: string
  shape: string
  schema: Schema
}

/** The procedures of an OpenAPI document, from nothing but the document. */
export function toldBy(document: Schema): Told[] {
  return Object.entries(document.paths as Record<string, { post: Schema }>).map(([path, { post }]) => {
    const own = post["x-linchpin"] as { shape: string; input?: Schema }
    const content = (post.requestBody as { content: Record<string, { schema: Schema }> }).content
    return { name: post.operationId as string, path, shape: own.shape, schema: own.input ?? content["application/json"]!.schema }
  })
}

const HUGE = "x".repeat(200_000)
/** What readers of JSON, of Unicode, of paths and of SQL trip over. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -1e308,
  Number.MIN_VALUE,
  2 ** 53,
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202e\u0627\u0644",
  "'; drop table item; --",
  "${7*7}{{7*7}}",
  "../../../../etc/passwd",
  "%00",
  "__proto__",
  "constructor",
  HUGE,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, toString: 1, constructor: { prototype: {} } },
  Array(2000).fill("x"),
  "2026-99-99T99:99:99Z",
  "in_00000000000000000000",
  "IN_00000000000000000001",
]

const places = (value: unknown, at: readonly (string | number)[] = []): (string | number)[][] => [
  [...at],
  ...(value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => places(inner, [...at, Array.isArray(value) ? Number(key) : key]))
    : []),
]

/** The value with one part of it replaced, taken out or added to. */
export function broken(value: unknown, throws: Dice): unknown {
  const copy = structuredClone(value)
  const where = throws.pick(places(copy))
  const odd = throws.pick(ODD)
  if (where.length === 0)
    return throws.chance(0.5) && copy !== null && typeof copy === "object"
      ? { ...copy, [throws.pick(["extra", "__proto__x", "", "Investigation", HUGE.slice(0, 500)])]: odd }
      : odd
  let holder = copy as Record<string | number, unknown>
  for (const step of where.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  const last = where.at(-1)!
  if (throws.chance(0.3)) delete holder[last]
  else holder[last] = odd
  return copy
}

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`
/** Bodies that are no JSON object, or hardly one. */
const BODIES: readonly (string | Buffer)[] = [
  "",
  "{",
  "null",
  "[]",
  '"text"',
  "12",
  "{}{}",
  "\ufeff{}",
  '{"a":1,}',
  '{"a":NaN}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"investigation":"a","investigation":"b"}',
  '{"a":"\\ud800"}',
  deep(5000),
  `[${"[".repeat(3000)}`,
  Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.alloc(300_000, 0x20),
]
const HEADERS: readonly (readonly [string, string])[] = [
  ["content-type", "text/plain"],
  ["content-type", "application/xml"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-type", "application/json; charset=utf-7"],
  ["content-type", "application/octet-stream"],
  ["content-type", ""],
  ["x-linchpin-reason", "%"],
  ["x-linchpin-reason", "%00%0a%ed%a0%80"],
  ["x-linchpin-reason", "y".repeat(6000)],
  ["x-linchpin-reason", encodeURIComponent("a\0b\n سالح")],
  ["x-linchpin-purpose", "curiosity"],
  ["x-linchpin-purpose", "oversight"],
  ["x-linchpin-purpose", "%zz"],
  ["x-linchpin-input", "%7B"],
  ["x-linchpin-input", "{"],
  ["x-linchpin-name", encodeURIComponent("../../\0name")],
  ["accept", "text/event-stream"],
  ["accept", "application/x-ndjson"],
  ["accept", "\u00ff;q=nothing"],
  ["accept-encoding", "nothing"],
  ["content-encoding", "gzip"],
  ["if-none-match", "*"],
  ["range", "bytes=0-1"],
  ["expect", "100-continue"],
  ["x-forwarded-for", "10.0.0.1"],
  ["x-forwarded-host", "example.org"],
  ["cookie", "linchpin=; linchpin"],
  ["origin", "https://example.org"],
  ["authorization", "Bearer lpt_nothing"],
  ["authorization", "Basic Og=="],
  ["host", "example.org"],
]
const METHODS = ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"] as const
const PATHS = [
  "/api/evidence/nothing",
  "/api/%00/list",
  "/api/__proto__/constructor",
  "/api/evidence",
  "//api//evidence//list",
  "/api/evidence/list/more",
  `/api/${"a".repeat(5000)}/b`,
  "/api/evidence/list?input=%",
  "/enter",
  "/enter?token[]=x",
  "/api/openapi.json?x",
  "/../package.json",
  "/api/node/",
] as const

export interface Made {
  wire: Wire
  told: Told
  /** The input as it was made, where it went out whole and unbroken; to be checked against the procedure itself. */
  input: unknown
  signedIn: boolean
  ground: string
}

/** One request, valid or broken in some way. `ground` goes along as the reason, so that its entries can be found again. */
export function made(all: readonly Told[], document: Schema, throws: Dice, pool: Pool, ground: string, auth: Record<string, string>): Made {
  const told = throws.pick(all)
  const upload = told.shape === "upload"
  let input = filled(told.schema, throws, pool, "", document)
  const signedIn = throws.chance(0.85)
  const wire: Wire = {
    method: "POST",
    path: told.path,
    headers: {
      ...(signedIn ? auth : {}),
      "content-type": upload ? "application/octet-stream" : "application/json",
      "x-linchpin-reason": ground,
    },
    body: undefined,
  }
  const way = throws.pick(["valid", "valid", "valid", "value", "value", "value", "body", "header", "method", "path", "cut"] as const)
  if (way === "value") input = broken(input, throws)
  const json = JSON.stringify(input) ?? ""
  wire.body = upload ? Buffer.from("bytes of an invented file") : json
  if (upload) wire.headers["x-linchpin-input"] = encodeURIComponent(json.length > 4000 ? "{}" : json.toWellFormed())
  if (way === "body") wire.body = throws.pick(BODIES)
  if (way === "header") {
    const [name, value] = throws.pick(HEADERS)
    wire.headers[name] = value
  }
  if (way === "method") wire.method = throws.pick(METHODS)
  if (way === "path") wire.path = throws.pick(PATHS)
  if (way === "cut") wire.cutAt = throws.roll(Math.max(1, Buffer.byteLength(wire.body)))
  return { wire, told, input: way === "valid" || way === "value" ? input : undefined, signedIn, ground }
}

const WAIT_MS = 60_000

/** Sends it, and gives what came; null where the connection ended without an answer, which only a cut request may meet. */
export function send(port: number, { method, path, headers, body, cutAt }: Wire): Promise<Came | null> {
  if (cutAt !== undefined) return sendCut(port, { method, path, headers, body, cutAt })
  const bodiless = ["GET", "HEAD", "TRACE"].includes(method)
  const length = bodiless || body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: "127.0.0.1", port, path, method, headers: { host: `127.0.0.1:${port}`, ...length, ...headers }, timeout: WAIT_MS },
      (response) => {
        let text = ""
        response.setEncoding("utf8")
        response.on("data", (part) => {
          text += part
          // What goes on as long as somebody listens has answered with its first words.
          if (!response.headers["content-type"]?.startsWith("text/event-stream")) return
          resolve({ status: response.statusCode!, headers: response.headers, body: text })
          response.destroy()
        })
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body: text }))
        response.on("error", reject)
      },
    )
    request.on("timeout", () => request.destroy(new Error(`no answer to ${method} ${path} in ${WAIT_MS} ms`)))
    request.on("error", reject)
    request.end(bodiless ? undefined : body)
  })
}

function sendCut(port: number, { method, path, headers, body = "", cutAt = 0 }: Wire): Promise<Came | null> {
  const bytes = Buffer.from(body)
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers, "content-length": String(bytes.length) }).map(
    ([k, v]) => `${k}: ${v}`,
  )
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`)
      socket.end(bytes.subarray(0, cutAt))
    })
    let text = ""
    socket.on("data", (part) => {
      text += part.toString()
    })
    socket.on("error", reject)
    socket.on("close", () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
      resolve(status ? { status: Number(status), headers: {}, body: text.split("\r\n\r\n").slice(1).join("\r\n\r\n") } : null)
    })
  })
}
