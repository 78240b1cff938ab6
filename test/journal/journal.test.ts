import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as journal from "#journal"
import { extendsTree, includes, leafHash, rootOf } from "../../src/ground/journal/tree.ts"
import fc from "../support/properties.ts"
import { type TestStore, testStore } from "../support/store.ts"

const { append, exportJournal, head, openSigner, proveConsistency, proveInclusion, readEntries, sequence, verifyJournal } = journal

let store: TestStore
let signer: journal.Signer
let folder: string
const AT = Date.UTC(2026, 10, 22, 12)
const entry = (n: number, kind: journal.EntryKind = "decision"): journal.Entry => ({
  kind,
  actor: "us_00000000000000000001",
  at: AT + n,
  investigation: "in_test",
  procedure: "entities.decide",
  ground: "the same number on two phones",
  payload: { n, name: `Invented ${n} کاروان` },
})

beforeAll(async () => {
  store = await testStore({ migrations: journal.migrations })
  folder = store.ground.folder
  signer = openSigner(folder)
})
afterAll(async () => {
  await store?.end()
})

test("an entry is part of the journal when its transaction has committed and it has been numbered", async () => {
  const before = (await head(store.register.read, "decisions")).size
  await expect(
    store.register.transaction(async (tx) => {
      await append(tx, entry(0))
      throw new RangeError("the act failed")
    }),
  ).rejects.toThrow(RangeError)
  await store.register.transaction((tx) => append(tx, entry(1)))
  expect((await head(store.register.read, "decisions")).size).toBe(before)
  expect(await sequence(store.register)).toBe(1)
  const [last] = await readEntries(store.register.read, "decisions", before, 10)
  expect(last).toMatchObject({ n: before, tree: "decisions", payload: { n: 1, name: "Invented 1 کاروان" } })
  expect(last!.header).toMatchObject({ kind: "decision", at: "2026-11-22T12:00:00.001Z", ground: "the same number on two phones" })
})

test("kinds fall into two trees, numbered apart without gaps, however many write and number at once", async () => {
  const kinds = Object.keys(journal.TREE_OF) as journal.EntryKind[]
  const before = {
    decisions: (await head(store.register.read, "decisions")).size,
    access: (await head(store.register.read, "access")).size,
  }
  await Promise.all([
    ...Array.from({ length: 90 }, (_, i) => store.register.transaction((tx) => append(tx, entry(i, kinds[i % kinds.length]!)))),
    ...Array.from({ length: 4 }, () => sequence(store.register)),
  ])
  await sequence(store.register)
  for (const tree of journal.TREES) {
    const entries = await readEntries(store.register.read, tree, before[tree], 1000)
    expect(entries.map((e) => e.n)).toEqual(entries.map((_, i) => before[tree] + i))
    expect(entries.every((e) => journal.TREE_OF[e.header.kind] === tree)).toBe(true)
  }
  const after = { decisions: (await head(store.register.read, "decisions")).size, access: (await head(store.register.read, "access")).size }
  expect(after.decisions + after.access - before.decisions - before.access).toBe(90)
})

test("nobody changes, empties or numbers entries by hand: neither the app's role nor the owner", async () => {
  const { read } = store.register
  await append(read, entry(0))
  await sequence(store.register)
  for (const sql of [
    "delete from journal_entry",
    "update journal_entry set leaf = '{}'",
    "update journal_checkpoint set note = ''",
    "truncate journal_entry cascade",
  ])
    await expect(read.query(sql)).rejects.toMatchObject({ code: "42501" })
  await expect(read.query("insert into journal_entry (leaf, n, hash) values ('{}', 0, '')")).rejects.toMatchObject({ code: "42501" })
  await expect(read.query("update journal_entry set n = n + 1 where n is not null")).rejects.toMatchObject({ code: "LJ001" })
  await expect(read.query("update journal_payload set body = 'x', salt = 'y'")).rejects.toMatchObject({ code: "LJ001" })
  await expect(read.query("update journal_payload set body = null, salt = null")).rejects.toMatchObject({ code: "LJ001" })
  for (const sql of [
    "delete from journal_entry",
    "update journal_entry set leaf = '{}'",
    "truncate journal_entry cascade",
    "delete from journal_payload",
  ])
    await expect(
      store.register.transaction(async (tx) => {
        await tx.query("set role none")
        await tx.query("set session_replication_role = replica")
        await tx.query(sql)
      }),
    ).rejects.toMatchObject({ code: "LJ001" })
})

test("a number is given once, and none is left out", async () => {
  await store.register.transaction((tx) => append(tx, entry(7)))
  const { read } = store.register
  const size = (await head(read, "decisions")).size
  const number = (n: number) =>
    read.query(
      "update journal_entry set n = $1, hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) where n is null and tree = 'decisions'",
      [n],
    )
  await expect(number(size + 1)).rejects.toMatchObject({ code: "LJ001" })
  await expect(number(size - 1)).rejects.toMatchObject({ code: "23505" })
  await expect(
    read.query("update journal_entry set n = $1, hash = sha256('other') where n is null and tree = 'decisions'", [size]),
  ).rejects.toMatchObject({ code: "23514" })
  expect(await sequence(store.register)).toBe(1)
})

test("heads and proofs from kept subtrees equal those worked out leaf by leaf, past 256 and 512 entries", async () => {
  await store.register.transaction(async (tx) => {
    for (let i = 0; i < 700; i++) await append(tx, { kind: "consultation", actor: "us_00000000000000000001", at: AT + i })
  })
  await sequence(store.register)
  const { read } = store.register
  const { size, root } = await head(read, "access")
  const leaves = (await readEntries(read, "access", 0, 10_000)).map((e) => e.hash)
  expect(leaves.length).toBe(size)
  expect(root.equals(rootOf(leaves))).toBe(true)
  for (const [i, n] of [
    [0, size],
    [255, 256],
    [256, size],
    [511, 513],
    [size - 1, size],
    [300, 512],
  ] as const) {
    const path = await proveInclusion(read, "access", i, n)
    expect(includes(leaves[i]!, i, n, path, rootOf(leaves.slice(0, n)))).toBe(true)
  }
  for (const from of [1, 255, 256, 257, 512, 600, size]) {
    const older = await head(read, "access", from)
    expect(extendsTree(from, older.root, size, root, await proveConsistency(read, "access", from, size))).toBe(true)
  }
})

test("a follower meets every entry once and in order, also those numbered while it waits", async () => {
  const stop = new AbortController()
  const from = (await head(store.register.read, "decisions")).size
  const met: number[] = []
  const following = (async () => {
    for await (const e of journal.follow(store.register, { tree: "decisions", from, signal: stop.signal })) {
      met.push(e.n)
      if (met.length === 12) stop.abort()
    }
  })()
  const sequencing = journal.keepSequencing(store.register, (error) => {
    throw error
  })
  for (let i = 0; i < 12; i++) await store.register.transaction((tx) => append(tx, entry(i)))
  await following
  await sequencing()
  expect(met).toEqual(Array.from({ length: 12 }, (_, i) => from + i))
})

test("the signing key is private to its user and stays the same", () => {
  const path = join(folder, "journal.key")
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(openSigner(folder).verifierKey).toBe(signer.verifierKey)
  chmodSync(path, 0o640)
  expect(() => openSigner(folder)).toThrowError(expect.objectContaining({ code: "refused.key-readable" }))
  chmodSync(path, 0o600)
})

test("entries refuse what would not come back as it went in", async () => {
  const { read } = store.register
  await expect(append(read, { ...entry(0), ground: "two\nlines" })).rejects.toMatchObject({ code: "invalid.journal-text" })
  await expect(append(read, { ...entry(0), ground: "\ud800" })).rejects.toMatchObject({ code: "invalid.journal-text" })
  await expect(append(read, { ...entry(0), payload: "x".repeat(70_000) })).rejects.toMatchObject({ code: "invalid.journal-payload" })
})

test("a search keeps its purpose and a disclosure its recipients, in the header, each recipient once", async () => {
  const { read } = store.register
  const from = (await head(read, "access")).size
  await append(read, { ...entry(0, "consultation"), purpose: "who sold the hull" })
  await append(read, { ...entry(1, "disclosure"), recipients: ["or_erbil", "Crown Court", "or_erbil"] })
  await append(read, { ...entry(2, "disclosure"), recipients: [] })
  await sequence(store.register)
  const [search, told, nobody] = (await readEntries(read, "access", from, 3)).map((e) => e.header)
  expect([search!.purpose, search!.recipients]).toEqual(["who sold the hull", undefined])
  expect(told!.recipients).toEqual(["Crown Court", "or_erbil"])
  expect(Object.keys(nobody!)).not.toContain("recipients")
  await expect(append(read, { ...entry(3, "disclosure"), recipients: Array(101).fill("or_erbil") })).rejects.toMatchObject({
    code: "invalid.journal-recipients",
  })
  await expect(append(read, { ...entry(3, "disclosure"), recipients: ["a\nb"] })).rejects.toMatchObject({ code: "invalid.journal-text" })
})

test("a payload is erased only with an entry that says so; everything else still verifies", async () => {
  const path = join(folder, "erased.jsonl")
  const { read } = store.register
  const gone = await store.register.transaction((tx) =>
    journal.erase(tx, { actor: "us_00000000000000000001", at: AT, ground: "DPA 2018 s.47" }, "decisions", [0, 1]),
  )
  expect(gone).toBe(2)
  await exportJournal(store.register, signer, path)
  expect((await readEntries(read, "decisions", 0, 1))[0]).toMatchObject({ payload: null, header: { kind: "decision" } })
  expect(await verifyJournal(path, { key: signer.verifierKey })).toMatchObject({ ok: true, first: null })
  const lines = readFileSync(path, "utf8").split("\n")
  for (const n of [0, 1]) {
    const line = JSON.parse(lines.find((l) => l.startsWith(`{"entry":"decisions:${n}",`))!) as Written
    expect([line.salt, line.payload, (JSON.parse(line.leaf) as journal.Header).payload]).toEqual([undefined, undefined, expect.any(String)])
  }
})

test("exports while payloads are erased, more of them than connections, each verify", async () => {
  const from = (await head(store.register.read, "decisions")).size
  await store.register.transaction(async (tx) => {
    for (let i = 0; i < 10; i++) await append(tx, entry(i))
  })
  await sequence(store.register)
  const at = { actor: "us_00000000000000000001", at: AT }
  const exports = Array.from({ length: 14 }, async (_, i) => {
    const path = join(folder, `beside-${i}.jsonl`)
    await exportJournal(store.register, signer, path)
    return verifyJournal(path, { key: signer.verifierKey })
  })
  const erasures = Array.from({ length: 10 }, (_, i) => store.register.transaction((tx) => journal.erase(tx, at, "decisions", [from + i])))
  expect((await Promise.all(exports)).map((v) => v.first)).toEqual(Array(14).fill(null))
  expect(await Promise.all(erasures)).toEqual(Array(10).fill(1))
})

test("the verifier runs alone, and says which key it trusted", async () => {
  const path = join(folder, "whole.jsonl")
  const { entries } = await exportJournal(store.register, signer, path)
  const verifier = join(import.meta.dirname, "../../src/ground/journal/verify.ts")
  const alone = mkdtempSync(join(tmpdir(), "linchpin-verify-"))
  writeFileSync(join(alone, "verify.ts"), readFileSync(verifier))
  writeFileSync(join(alone, "key"), `${signer.verifierKey}\n`)
  const out = execFileSync(process.execPath, [join(alone, "verify.ts"), path, "--key", join(alone, "key")], { encoding: "utf8" })
  expect(JSON.parse(out)).toEqual({ ok: true, kind: "journal", checked: entries, leftOut: 0, first: null, key: "given", outside: [] })
  const other = openSigner(alone)
  const wrong = spawnSync(process.execPath, [join(alone, "verify.ts"), path, "--key", other.verifierKey], { encoding: "utf8" })
  expect([wrong.status, JSON.parse(wrong.stdout)]).toEqual([
    4,
    expect.objectContaining({ ok: false, first: { at: "line 1", why: expect.any(String) } }),
  ])
  rmSync(alone, { recursive: true })
})

interface Written {
  entry: string
  hash: string
  leaf: string
  salt?: string
  payload?: string
}

test("300 random tamperings are each found, with the first bad entry named", async () => {
  const path = join(folder, "original.jsonl")
  await exportJournal(store.register, signer, path)
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1)
  const first = lines.findIndex((l) => l.startsWith('{"entry"'))
  const count = lines.length - first
  const names = lines.slice(first).map((l) => (JSON.parse(l) as Written).entry)
  const bent = join(folder, "bent.jsonl")
  const nameAt = (i: number) => names[i]!
  const tampering = fc.record({
    at: fc.nat(),
    how: fc.constantFrom("byte", "drop", "swap", "double", "cut", "leaf", "payload", "unpayload", "insert"),
    byte: fc.nat(),
    flip: fc.integer({ min: 1, max: 255 }),
  })
  await fc.assert(
    fc.asyncProperty(tampering, async ({ at, how, byte, flip }) => {
      const copy = [...lines]
      let i = at % count
      const line = first + i
      const was = JSON.parse(copy[line]!) as Written
      let bytes: Buffer | null = null
      if (how === "byte") {
        const raw = Buffer.from(copy[line]!)
        raw[byte % raw.length]! ^= flip
        bytes = Buffer.concat([
          Buffer.from(`${copy.slice(0, line).join("\n")}\n`),
          raw,
          Buffer.from(`\n${[...copy.slice(line + 1), ""].join("\n")}`),
        ])
      } else if (how === "drop") copy.splice(line, 1)
      else if (how === "double") {
        copy.splice(line, 0, copy[line]!)
        i++
      } else if (how === "insert") copy.splice(line, 0, JSON.stringify({ ...was, entry: "decisions:9999" }))
      else if (how === "swap") {
        i = Math.min(i, count - 2)
        ;[copy[first + i], copy[first + i + 1]] = [copy[first + i + 1]!, copy[first + i]!]
      } else if (how === "cut") copy.length = line
      else if (how === "leaf") copy[line] = JSON.stringify({ ...was, leaf: was.leaf.replace("us_0000", "us_0001") })
      else if (how === "payload") copy[line] = JSON.stringify({ ...was, salt: was.salt ?? "00".repeat(32), payload: '{"n":-1}' })
      else {
        const { salt: _s, payload, ...rest } = was
        if (payload === undefined) fc.pre(false)
        copy[line] = JSON.stringify(rest)
      }
      writeFileSync(bent, bytes ?? `${copy.join("\n")}\n`)
      const verdict = await verifyJournal(bent, { key: signer.verifierKey })
      expect(verdict.ok).toBe(false)
      expect(verdict.first!.at).toBe(i < count ? nameAt(i) : `line ${first + i + 1}`)
    }),
    { numRuns: 300 },
  )
})

test("an entry changed together with its hash is found at the first checkpoint after it, and the stretch is named", async () => {
  const lines = readFileSync(join(folder, "original.jsonl"), "utf8").split("\n")
  const sizes = lines
    .filter((l) => l.startsWith('{"checkpoint"'))
    .map((l) => (JSON.parse(l) as { checkpoint: string }).checkpoint.split("\n"))
    .filter(([origin]) => origin!.endsWith("/access"))
    .map(([, size]) => Number(size))
  const bent = join(folder, "bent.jsonl")
  for (const n of [0, 3, 300, sizes.at(-1)! - 1]) {
    const copy = lines.map((l) => {
      if (!l.startsWith(`{"entry":"access:${n}",`)) return l
      const was = JSON.parse(l) as Written
      const leaf = was.leaf.replace("us_0000", "us_0001")
      return JSON.stringify({ ...was, hash: leafHash(Buffer.from(leaf)).toString("hex"), leaf })
    })
    writeFileSync(bent, copy.join("\n"))
    const agreed = Math.max(0, ...sizes.filter((s) => s <= n))
    const until = Math.min(...sizes.filter((s) => s > n))
    expect(await verifyJournal(bent, { key: signer.verifierKey })).toMatchObject({
      ok: false,
      first: { at: `access:${agreed}`, why: expect.stringContaining(`access:${until - 1}`) },
    })
  }
})

test("any bit flipped in the head or in a checkpoint is found", async () => {
  const raw = readFileSync(join(folder, "original.jsonl"))
  const upTo = raw.indexOf('{"entry"')
  const bent = join(folder, "bent.jsonl")
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: upTo - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const copy = Buffer.from(raw)
      copy[at]! ^= 1 << bit
      writeFileSync(bent, copy)
      expect((await verifyJournal(bent)).ok).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test("whoever holds the signing key and rewrites the past is found out by a checkpoint kept elsewhere, and by the consistency proof", async () => {
  const kept = join(folder, "kept")
  const { read } = store.register
  const note = await journal.checkpoint(store.register, signer, "decisions")
  writeFileSync(kept, note)
  const size = Number(note.split("\n")[1])
  const older = await head(read, "decisions", size)

  const second = await testStore({ migrations: journal.migrations })
  const other = second.ground.folder
  writeFileSync(join(other, "journal.key"), readFileSync(join(folder, "journal.key")), { mode: 0o600 })
  try {
    await second.register.transaction(async (tx) => {
      for (let i = 0; i < size + 20; i++) await append(tx, entry(i))
    })
    const forged = join(other, "forged.jsonl")
    await exportJournal(second.register, openSigner(other), forged)
    expect(await verifyJournal(forged, { key: signer.verifierKey })).toMatchObject({ ok: true })
    expect(await verifyJournal(forged, { key: signer.verifierKey, checkpoint: kept })).toMatchObject({
      ok: false,
      first: { at: "decisions:0", why: expect.stringContaining("given checkpoint") },
    })
    const newer = await head(second.register.read, "decisions")
    expect(
      extendsTree(size, older.root, newer.size, newer.root, await proveConsistency(second.register.read, "decisions", size, newer.size)),
    ).toBe(false)
  } finally {
    await second.end()
  }
  const whole = join(folder, "later.jsonl")
  await store.register.transaction((tx) => append(tx, entry(1)))
  await exportJournal(store.register, signer, whole)
  expect(await verifyJournal(whole, { key: signer.verifierKey, checkpoint: kept })).toMatchObject({ ok: true, first: null })
})
