import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import * as journal from "#journal"
import { extendsTree, includes, leafHash } from "../../src/ground/journal/tree.ts"
import { failureOf, personAs, type TestApp, testApp } from "../support/store.ts"
import { HAS_OPENSSL, openClock } from "./clock.ts"

/** Two whole nodes that witness each other, asked as people ask: through the gate. */
let dover: TestApp
let lille: TestApp
let inspector: Caller
let analyst: Caller
let administrator: Caller
let folder: string
let now = Date.UTC(2026, 10, 22, 12)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linchpin-journal-asked-"))
  ;[dover, lille] = await Promise.all([testApp({ clock: () => now }), testApp({ clock: () => now })])
  const open = (name: string) => dover.ask<{ id: string }>("investigations.open", { name })
  const watched = await open("Watched")
  await open("Other")
  inspector = await personAs(dover, { id: "us_0000000000000000000i", roles: [{ role: "inspector", investigation: null }] })
  administrator = await personAs(dover, { id: "us_0000000000000000000k", roles: [{ role: "administrator", investigation: null }] })
  analyst = await personAs(dover, { id: "us_0000000000000000000n", roles: [{ role: "analyst", investigation: watched.id }] })
  for (let i = 0; i < 12; i++) {
    now += 60_000
    await asked(dover, analyst, "evidence.list", { investigation: "Watched" }, `look number ${i}: the hull`)
  }
})
afterAll(async () => {
  await Promise.all([dover?.end(), lille?.end()])
  rmSync(folder, { recursive: true, force: true })
})

async function asked<T>(
  app: TestApp,
  caller: Caller,
  name: string,
  input: object,
  reason?: string,
  file?: Uint8Array | string,
): Promise<T> {
  const stream =
    file === undefined
      ? undefined
      : (async function* () {
          yield Buffer.from(file)
        })()
  const answer = await app.gate.invoke(name, { input, caller, reason, ...(stream ? { upload: { name: "file", stream } } : {}) })
  if (answer.shape === "value") return answer.value as T
  if (answer.shape === "rows") return (await Array.fromAsync(answer.rows)) as T
  if (answer.shape === "bytes") return Buffer.concat((await Array.fromAsync(answer.bytes.body)) as Uint8Array[]) as T
  throw new Error(`${name} has no value`)
}

interface Row {
  n: number
  at: string
  kind: string
  actor: string
  procedure: string | null
  investigation: string | null
  ground: string | null
  payload: string
}
const list = (input: object) => asked<Row[]>(dover, inspector, "journal.list", input)

test("the list narrows by kind, person, investigation, procedure, time and words, together", async () => {
  const looks = await list({ actor: analyst.id })
  expect(looks.map((r) => [r.procedure, r.investigation, r.kind])).toEqual(Array(12).fill(["evidence.list", "Watched", "consultation"]))
  expect((await list({ actor: analyst.id, text: "NUMBER 7:" })).map((r) => r.ground)).toEqual(["look number 7: the hull"])
  expect(await list({ actor: analyst.id, kind: "disclosure" })).toEqual([])
  await asked(dover, analyst, "evidence.list", { investigation: "Watched" }, 'he said "کەلەک" \\ twice')
  expect((await list({ actor: analyst.id, text: '"کەلەک" \\ TWICE' })).map((r) => r.ground)).toEqual(['he said "کەلەک" \\ twice'])
  expect(await list({ actor: analyst.id, text: "evidence.list" })).toEqual([])
  expect((await list({ concerning: "Watched", procedure: "evidence.list" })).length).toBe(13)
  expect(await list({ concerning: "Other", procedure: "evidence.list" })).toEqual([])
  const [since, until] = [looks[3]!.at, looks[6]!.at]
  expect((await list({ actor: analyst.id, since, until })).map((r) => r.n)).toEqual(looks.slice(3, 6).map((r) => r.n))
  expect((await list({ tree: "decisions" })).map((r) => [r.procedure, r.investigation])).toEqual([
    ["investigations.open", null],
    ["investigations.open", null],
  ])
  expect((await failureOf(list({ concerning: "Nobody's" }))).code).toBe("invalid.investigation-unknown")
})

test("pages follow each other in both directions, without a gap and without a repeat, while entries are added", async () => {
  const all = (await list({ actor: analyst.id })).map((r) => r.n)
  const newest = await list({ actor: analyst.id, order: "newest", limit: 5 })
  expect(newest.map((r) => r.n)).toEqual(all.toReversed().slice(0, 5))
  const next = await list({ actor: analyst.id, order: "newest", limit: 5, from: newest.at(-1)!.n - 1 })
  expect(next.map((r) => r.n)).toEqual(all.toReversed().slice(5, 10))
  expect((await list({ actor: analyst.id, order: "oldest", limit: 3, from: all[4] })).map((r) => r.n)).toEqual(all.slice(4, 7))
})

test("looking at the journal is in the journal; who has no such task is refused, and that too is written down", async () => {
  const [own] = await list({ actor: inspector.id, procedure: "journal.list", order: "newest", limit: 1 })
  const entry = await asked<{ payload: { input: object }; investigation: null }>(dover, inspector, "journal.entry", { n: own!.n })
  expect(entry.payload.input).toMatchObject({ actor: inspector.id, procedure: "journal.list", limit: 1 })
  for (const caller of [analyst, administrator])
    for (const [name, input] of [
      ["journal.list", {}],
      ["journal.entry", { n: 0 }],
      ["journal.export", {}],
      ["journal.state", {}],
      ["journal.proof", { from: 1 }],
    ] as const)
      expect((await failureOf(asked(dover, caller, name, input))).code).toMatch(/^refused\./)
  expect((await list({ actor: administrator.id, procedure: "journal.export" })).length).toBe(1)
})

test("one entry comes with a proof that holds against the signed checkpoint", async () => {
  interface Entry {
    n: number
    leaf: string
    hash: string
    payloadState: string
    proof: { size: number; root: string; path: string[]; checkpoint: string; text: string }
  }
  const all = await list({ actor: analyst.id })
  for (const n of [0, all[5]!.n, all.at(-1)!.n]) {
    const { leaf, hash, proof, payloadState } = await asked<Entry>(dover, inspector, "journal.entry", { n })
    const own = leafHash(Buffer.from(leaf))
    expect([own.toString("base64"), payloadState]).toEqual([hash, "kept"])
    expect(proof.checkpoint.split("\n").slice(1, 3)).toEqual([String(proof.size), proof.root])
    const path = proof.path.map((h) => Buffer.from(h, "base64"))
    expect(includes(own, n, proof.size, path, Buffer.from(proof.root, "base64"))).toBe(true)
    expect(proof.text).toBe(`c2sp.org/tlog-proof@v1\nindex ${n}\n${proof.path.map((h) => `${h}\n`).join("")}\n${proof.checkpoint}`)
  }
  expect((await failureOf(asked(dover, inspector, "journal.entry", { n: 100_000 }))).code).toBe("invalid.journal-place")
})

test("a later checkpoint is proved to continue an earlier one", async () => {
  type Proof = Record<"from" | "to", { size: number; root: string }> & { proof: string[] }
  const { from, to, proof } = await asked<Proof>(dover, inspector, "journal.proof", { from: 5 })
  const bytes = (base64: string) => Buffer.from(base64, "base64")
  expect(extendsTree(from.size, bytes(from.root), to.size, bytes(to.root), proof.map(bytes))).toBe(true)
  expect(extendsTree(from.size, bytes(to.root), to.size, bytes(to.root), proof.map(bytes))).toBe(false)
  expect((await failureOf(asked(dover, inspector, "journal.proof", { from: 5, to: 4 }))).code).toBe("invalid.journal-place")
})

test("an auditor of one investigation gets its entries alone, and the file verifies", async () => {
  const file = await asked<Buffer>(dover, inspector, "journal.export", { concerning: "Watched", recipients: ["Invented auditor"] })
  const path = join(folder, "part.jsonl")
  writeFileSync(path, file)
  expect(await journal.verifyJournal(path)).toMatchObject({ ok: true, checked: 13, first: null })
  expect(file.toString()).not.toContain("journal.list")
  const disclosures = await asked<{ actor: string; procedure: string; recipients: string[] }[]>(dover, inspector, "journal.list", {
    kind: "disclosure",
  })
  expect(disclosures.map((r) => [r.actor, r.procedure, r.recipients])).toEqual([[inspector.id, "journal.export", ["Invented auditor"]]])
})

test("two nodes witness each other by files, the keys having been recorded by administrators; the banner follows", async () => {
  const banner = () => asked<{ state: string; last: string | null }>(dover, analyst, "journal.witnessing", {})
  expect(await banner()).toEqual({ state: "never", last: null })
  const keysOf = (app: TestApp) => app.ask<{ key: string; witnessKey: string }>("journal.state", {})
  const [ours, theirs] = [await keysOf(dover), await keysOf(lille)]
  const recording = { name: "Lille", key: theirs.witnessKey }
  expect((await failureOf(asked(dover, inspector, "journal.add-witness", recording))).code).toBe("refused.administer")
  await asked(dover, administrator, "journal.add-witness", recording)
  await lille.ask("journal.add-log", { name: "Dover", key: ours.key })
  for (const tree of journal.TREES) {
    const request = await asked<Buffer>(dover, inspector, "journal.witness-request", { tree })
    const { note } = await asked<{ note: string }>(lille, lille.caller, "journal.cosign", {}, undefined, request)
    const taken = await asked<object>(dover, inspector, "journal.witness", {}, undefined, note)
    expect(taken).toMatchObject({ tree, witnesses: [{ name: "Lille", at: new Date(now).toISOString() }] })
  }
  expect(await banner()).toEqual({ state: "current", last: new Date(now).toISOString() })
  const again = await asked<Buffer>(dover, inspector, "journal.witness-request", { tree: "access" })
  expect(await failureOf(asked(lille, lille.caller, "journal.cosign", {}, undefined, again))).toMatchObject({
    code: "conflict.witness-size",
  })
  const { requests } = await asked<{ requests: { witness: string; tree: string; text: string }[] }>(
    dover,
    inspector,
    "journal.checkpoint",
    {},
  )
  for (const { text } of requests) await asked(lille, lille.caller, "journal.cosign", {}, undefined, text)
  expect(requests.map((r) => r.witness)).toContain("Lille")

  const path = join(folder, "whole.jsonl")
  writeFileSync(path, await asked<Buffer>(dover, inspector, "journal.export", {}))
  const { outside } = await journal.verifyJournal(path, { key: ours.key, witnesses: [theirs.witnessKey] })
  expect(outside.map((v) => [v.tree, v.key])).toEqual([
    ["decisions", "given"],
    ["access", "given"],
  ])
  const big = Buffer.alloc(300_000)
  expect((await failureOf(asked(dover, inspector, "journal.witness", {}, undefined, big))).code).toBe("invalid.too-large")
})

test.runIf(HAS_OPENSSL)("a time stamp goes out and comes back as files (needs openssl)", async () => {
  const clock = openClock()
  await asked(dover, administrator, "journal.add-clock", { name: "Clock", key: readFileSync(clock.rootFile, "utf8") })
  const request = await asked<Buffer>(dover, inspector, "journal.timestamp-request", { tree: "access" })
  const taken = await asked<object>(dover, inspector, "journal.timestamp", {}, undefined, clock.stamp(request))
  expect(taken).toMatchObject({ tree: "access", clock: "Clock" })
  const state = await asked<{ trees: { tree: string; witnessed: { by: { name: string }[] } }[] }>(dover, inspector, "journal.state", {})
  expect(state.trees.find((t) => t.tree === "access")!.witnessed.by.map((v) => v.name)).toEqual(["Clock", "Lille"])
  clock.end()
})
