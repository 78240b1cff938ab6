import { resolve } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type App, openApp } from "#app"
import { readNodeFile, type Served, serve } from "#server"
import { PURPOSE_IDS } from "#vocabulary/roles"
import { dice, LONG, seedOf } from "../support/dice.ts"
import type { Schema } from "../support/inputs.ts"
import { type Ground, ground, journalOf, openInvestigationAs, take, testApp } from "../support/store.ts"
import { passengers, phonesFolder } from "../support/world.ts"
import { type Came, type Made, made, send, toldBy } from "./requests.ts"

/**
 * The OpenAPI document of a running node, asked back at it: each procedure, valid and broken, signed in and not. No answer is a fault,
 * none tells of the inside, and what was asked stands in the journal. `FUZZ_SEED=…` sends the same requests again.
 */
const SEED = seedOf("FUZZ_SEED")
const COUNT = Number(process.env.FUZZ ?? (LONG ? 8000 : 1500))
const AT_ONCE = 4

let own: Ground
let app: App
let served: Served
let auth: Record<string, string>
let document: Schema
const known = new Map<string, unknown[]>()

beforeAll(async () => {
  own = await ground({ migrated: true })
  const filling = await testApp({ ground: own })
  await openInvestigationAs(filling, "in_00000000000000000001", "fuzzed")
  const files = await take(filling, "fuzzed", [phonesFolder(passengers(2))])
  const entities = (await filling.ask<{ entities: { id: string }[] }>("entities.list", { investigation: "fuzzed" })).entities
  const records = await filling.ask<{ id: string }[]>("records.list", { investigation: "fuzzed", kind: "message" })
  known.set("investigation", ["fuzzed", "fuzzed", "in_00000000000000000001", "in_00000000000000000009"])
  known.set(
    "exhibit",
    files.map((f) => f.exhibit),
  )
  known.set(
    "item",
    files.map((f) => f.item),
  )
  known.set(
    "entity",
    entities.map((e) => e.id),
  )
  known.set(
    "record",
    records.map((r) => r.id),
  )
  known.set("records", known.get("record")!)
  await filling.close()
  app = await openApp({ folder: own.folder, databaseUrl: own.databaseUrl, worker: false })
  served = await serve({
    app: app.gate,
    port: 0,
    release: "0",
    bodyLimitBytes: 250_000,
    limits: { requests: 1_000_000, attempts: 1_000_000 },
  })
  auth = { authorization: `Bearer ${readNodeFile(own.folder)!.key}` }
  const told = await send(served.port, { method: "GET", path: "/api/openapi.json", headers: auth, body: undefined })
  document = JSON.parse(told!.body) as Schema
})
afterAll(async () => {
  await served?.close()
  await app?.close()
  await own?.remove()
})

/** What an answer must never hold: frames of a stack, places in the sources, the data folder, words of the database or the engine. */
const INSIDE = [
  /\n\s+at \S+ \(/,
  /\.ts:\d+/,
  /node_modules/,
  /node:internal/,
  /syntax error at or near/,
  /Parser Error|Binder Error|Conversion Error/,
  /violates \w+ constraint/,
]

function wrongWith({ wire, signedIn }: Made, came: Came | null): string | null {
  if (came === null) return wire.cutAt === undefined ? "no answer" : null
  const { status, body } = came
  const code = codeOf(body)
  if (status >= 500 && (code === null || !code.startsWith("unavailable.") || code === "unavailable.fault")) return `status ${status}`
  const told = INSIDE.find((inside) => inside.test(body)) ?? [own.folder, resolve("src")].find((path) => body.includes(path))
  if (told) return `it tells of the inside: ${told}`
  if (!signedIn && wire.path.startsWith("/api/") && status < 400) return `answered ${status} to nobody`
  // What the parser of HTTP itself turns away has no body of ours.
  if (status >= 400 && body !== "" && wire.method !== "HEAD" && code === null && status !== 431)
    return `a failure without a code: ${body.slice(0, 200)}`
  return null
}

function codeOf(body: string): string | null {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === "string" ? code : null
  } catch {
    return null
  }
}

/**
 * An entry is due for every call that the gate admitted or refused: whoever asked, a procedure, and an input that it takes. It is not due for what
 * could not be read as one, and not for a decision that failed, which leaves nothing.
 */
function isDue({ told, wire, input, signedIn }: Made, came: Came | null): boolean {
  if (came === null || !signedIn || wire.method !== "POST" || wire.path !== told.path) return false
  if (!/^fuzz \d+$/.test(wire.headers["x-linchpin-reason"] ?? "")) return false
  const procedure = app.gate.find(told.name)
  // What comes as events has its status before it has failed or not.
  if (wire.headers.accept === "text/event-stream" && procedure.shape !== "events") return false
  if (came.status < 300) return true
  const code = codeOf(came.body)
  if (code === null || came.status >= 500 || procedure.effect !== "read") return false
  if (code.startsWith("refused.")) return !BEFORE_THE_GATE.has(code)
  return input !== undefined && writable(input) && procedure.input.strict().safeParse(input).success
}

/** Whoever is turned away like this has not been heard as anybody yet. */
const BEFORE_THE_GATE = new Set([
  "refused.host",
  "refused.origin",
  "refused.forwarded",
  "refused.not-signed-in",
  "refused.token",
  "refused.token-unknown",
])

/** Whether the gate takes the text of an input at all. */
const writable = (input: unknown): boolean => {
  const json = JSON.stringify(input) ?? ""
  return !json.includes("\\u0000") && !/\\ud[89a-f]/.test(json)
}

test(`${COUNT} requests made from the OpenAPI document: no fault, nothing of the inside, an entry where one is due`, async () => {
  const all = toldBy(document)
  expect(all.map((t) => t.name).sort()).toEqual(app.gate.procedures.map((p) => p.name).sort())
  const throws = dice(SEED)
  const pool = (field: string) => known.get(field) ?? (field === "purpose" ? PURPOSE_IDS : [])
  const wrong: string[] = []
  const due: Made[] = []
  const statuses = new Map<number, number>()
  let sent = 0
  const one = async (): Promise<void> => {
    while (sent < COUNT) {
      const n = sent++
      // Every procedure comes up in turn.
      const asked = made([all[n % all.length]!], document, throws, pool, `fuzz ${n}`, auth)
      const came = await send(served.port, asked.wire).catch((error: Error) => {
        wrong.push(`${n} ${asked.wire.method} ${asked.wire.path}: ${error.message}`)
        return null
      })
      statuses.set(came?.status ?? 0, (statuses.get(came?.status ?? 0) ?? 0) + 1)
      const why = wrongWith(asked, came)
      if (why)
        wrong.push(
          `${n} ${asked.wire.method} ${asked.wire.path.slice(0, 80)} ${String(asked.wire.body).slice(0, 300)} ${JSON.stringify(asked.wire.headers).slice(0, 200)}: ${why}`,
        )
      if (isDue(asked, came)) due.push(asked)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  process.stdout.write(`${COUNT} requests, ${JSON.stringify(Object.fromEntries([...statuses].sort()))}, FUZZ_SEED=${SEED}\n`)
  expect(wrong.slice(0, 20), `FUZZ_SEED=${SEED}, ${wrong.length} wrong`).toEqual([])
  const grounds = new Set((await journalOf(app)).map((e) => e.header.ground))
  expect(
    due.filter((d) => !grounds.has(d.ground)).map((d) => [d.told.name, d.ground, String(d.wire.body).slice(0, 200), d.wire.headers]),
    `FUZZ_SEED=${SEED}`,
  ).toEqual([])
  expect(due.length).toBeGreaterThan(COUNT / 10)
}, 1_800_000)
