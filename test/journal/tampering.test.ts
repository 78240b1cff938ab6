import { createHash } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as journal from "#journal"
import type { Tx } from "#store"
import { signHead } from "../../src/ground/journal/checkpoint.ts"
import { writeJournal } from "../../src/ground/journal/export.ts"
import { extendsTree } from "../../src/ground/journal/tree.ts"
import fc from "../support/properties.ts"
import { type TestStore, testStore } from "../support/store.ts"

/**
 * Tampering straight in the database by whoever owns it: triggers switched off, constraints dropped. Each attack happens in a
 * transaction that is rolled back after the journal has been written out as that transaction sees it.
 */

const { append, erase, exportJournal, head, openSigner, proveConsistency, sequence, verifyJournal } = journal
const RUNS = process.env.LONG ? 250 : 30

let store: TestStore
let signer: journal.Signer
/** A checkpoint of each tree that somebody else keeps, and its size; some entries are younger. */
const kept = { decisions: "", access: "" }
const KEPT = { decisions: 290, access: 300 }
const SIZE = { decisions: 310, access: 320 }
const ERASED = [3, 150, 288]
/** What somebody copied of an entry before it was erased. */
let copied: { salt: Buffer; body: string }

const AT = Date.UTC(2026, 10, 22, 12)
const entry = (n: number, kind: journal.EntryKind): journal.Entry => ({
  kind,
  actor: `us_${String(n % 7).padStart(20, "0")}`,
  at: AT + n,
  investigation: `in_${n % 3}`,
  procedure: "entities.decide",
  payload: { n, name: `Invented ${n}` },
})

beforeAll(async () => {
  store = await testStore({ migrations: journal.migrations })
  signer = openSigner(store.ground.folder)
  const fill = async (from: number, until: number, kind: journal.EntryKind) => {
    await store.register.transaction(async (tx) => {
      for (let n = from; n < until; n++) await append(tx, entry(n, kind))
    })
    await sequence(store.register)
  }
  await fill(0, 289, "decision")
  const { rows } = await store.register.read.query<typeof copied>(
    "select p.salt, p.body from journal_payload p join journal_entry e on e.id = p.entry where e.tree = 'decisions' and e.n = $1",
    [ERASED[1]],
  )
  copied = rows[0]!
  await store.register.transaction((tx) => erase(tx, { actor: "us_0", at: AT }, "decisions", ERASED))
  await fill(0, 300, "consultation")
  for (const tree of journal.TREES) kept[tree] = await journal.checkpoint(store.register, signer, tree)
  await fill(290, SIZE.decisions, "decision")
  await fill(300, SIZE.access, "consultation")
  for (const tree of journal.TREES) writeFileSync(join(store.ground.folder, `kept-${tree}`), kept[tree])
})
afterAll(() => store?.end())

class Undone extends Error {}

/** What the verifier says of the journal after an attack that never was committed. */
async function after(attack: (tx: Tx) => Promise<void>, tree: journal.Tree): Promise<journal.Verdict> {
  let verdict: journal.Verdict | undefined
  await store.register
    .transaction(async (tx) => {
      await tx.query("set local role none")
      for (const table of ["entry", "payload", "subtree", "checkpoint"]) await tx.query(`alter table journal_${table} disable trigger user`)
      await tx.query(`do $$ declare c record; begin
        for c in select conrelid::regclass as t, conname from pg_constraint where contype in ('c', 'f') and conrelid::regclass::text like 'journal_%'
        loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$`)
      await attack(tx)
      const path = join(store.ground.folder, "attacked.jsonl")
      await writeJournal(tx, signer, path)
      verdict = await verifyJournal(path, { key: signer.verifierKey, checkpoint: join(store.ground.folder, `kept-${tree}`) })
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return verdict!
}

/** Gives entry n another leaf with the hash that belongs to it: only the root tells. */
const rewrite = (tx: Tx, tree: string, n: number) =>
  tx.query(
    `update journal_entry set leaf = replace(leaf, '"us_', '"us_9'), hash = sha256('\\x00'::bytea || convert_to(replace(leaf, '"us_', '"us_9'), 'UTF8'))
     where tree = $1 and n = $2`,
    [tree, n],
  )
const payloadOf = "(select id from journal_entry where tree = $1 and n = $2)"

/** Each attack on entry n of a tree, and where it must be named: `here`, or `stretch`, the kept checkpoint's whole stretch. */
const ATTACKS: Record<string, { run: (tx: Tx, tree: journal.Tree, n: number) => Promise<unknown>; named: "here" | "stretch" }> = {
  "header changed": {
    run: (tx, tree, n) => tx.query(`update journal_entry set leaf = replace(leaf, '"us_', '"us_9') where tree = $1 and n = $2`, [tree, n]),
    named: "here",
  },
  "header and hash changed": { run: rewrite, named: "stretch" },
  "hash changed": {
    run: (tx, tree, n) => tx.query("update journal_entry set hash = sha256('other') where tree = $1 and n = $2", [tree, n]),
    named: "here",
  },
  deleted: {
    run: async (tx, tree, n) => {
      await tx.query(`delete from journal_payload where entry = ${payloadOf}`, [tree, n])
      await tx.query("delete from journal_entry where tree = $1 and n = $2", [tree, n])
    },
    named: "here",
  },
  "deleted and renumbered": {
    run: async (tx, tree, n) => {
      await tx.query(`delete from journal_payload where entry = ${payloadOf}`, [tree, n])
      await tx.query("delete from journal_entry where tree = $1 and n = $2", [tree, n])
      await tx.query("update journal_entry set n = -n where tree = $1 and n > $2", [tree, n])
      await tx.query("update journal_entry set n = -n - 1 where tree = $1 and n < 0", [tree])
    },
    named: "stretch",
  },
  "two swapped": {
    run: async (tx, tree, n) => {
      await tx.query("update journal_entry set n = -1 where tree = $1 and n = $2", [tree, n])
      await tx.query("update journal_entry set n = $2 where tree = $1 and n = $2 + 1", [tree, n])
      await tx.query("update journal_entry set n = $2 + 1 where tree = $1 and n = -1", [tree, n])
    },
    named: "stretch",
  },
  inserted: {
    run: async (tx, tree, n) => {
      await tx.query("update journal_entry set n = -n - 2 where tree = $1 and n >= $2", [tree, n])
      await tx.query("update journal_entry set n = -n - 1 where tree = $1 and n < 0", [tree])
      await tx.query(
        `insert into journal_entry (leaf, n, hash) select leaf, $2::bigint, hash from journal_entry where tree = $1 and n = $2::bigint + 1`,
        [tree, n],
      )
    },
    named: "stretch",
  },
  "tail cut": {
    run: (tx, tree, n) => tx.query("delete from journal_entry where tree = $1 and n >= $2", [tree, n]),
    named: "here",
  },
  "payload changed": {
    run: (tx, tree, n) =>
      tx.query(`update journal_payload set body = '{"n":-1}', salt = coalesce(salt, sha256('')) where entry = ${payloadOf}`, [tree, n]),
    named: "here",
  },
  "payload gone": {
    run: (tx, tree, n) => tx.query(`update journal_payload set body = null, salt = null where entry = ${payloadOf}`, [tree, n]),
    named: "here",
  },
}

test("an untouched journal verifies against the checkpoints that somebody else keeps", async () => {
  for (const tree of journal.TREES)
    expect(await after(async () => undefined, tree)).toMatchObject({ ok: true, first: null, checked: KEPT.decisions + KEPT.access })
})

test(`${RUNS} random attacks in the database are each found, and named where the journal can tell`, async () => {
  const attacks = fc.record({ how: fc.constantFrom(...Object.keys(ATTACKS)), tree: fc.constantFrom(...journal.TREES), at: fc.nat() })
  await fc.assert(
    fc.asyncProperty(attacks, async ({ how, tree, at }) => {
      const n = at % (KEPT[tree] - 1)
      const unchanged = tree === "decisions" && (n === 289 || ERASED.includes(n)) && how.startsWith("payload")
      fc.pre(!unchanged)
      const { run, named } = ATTACKS[how]!
      const verdict = await after(async (tx) => {
        await run(tx, tree, n)
      }, tree)
      expect(verdict.ok).toBe(false)
      const first = verdict.first!.at
      if (named === "here") expect([how, first]).toEqual([how, `${tree}:${n}`])
      // A root says that one of the entries below it was changed: the stretch since the last checkpoint that agreed.
      else expect([how, first, verdict.first!.why]).toEqual([how, `${tree}:0`, expect.stringContaining(`${tree}:${KEPT[tree] - 1}`)])
    }),
    { numRuns: RUNS },
  )
})

test("an erased payload that comes back is found, with another text and with its own", async () => {
  const back = (body: string, salt: Buffer) => (tx: Tx) =>
    tx
      .query(`update journal_payload set body = $3, salt = $4 where entry = ${payloadOf}`, ["decisions", ERASED[1], body, salt])
      .then(() => undefined)
  const found = (why: string) => ({ ok: false, first: { at: `decisions:${ERASED[1]}`, why: expect.stringContaining(why) } })
  expect(await after(back('{"n":150,"name":"Somebody else"}', Buffer.alloc(32)), "decisions")).toMatchObject(found("payload changed"))
  expect(await after(back(copied.body, copied.salt), "decisions")).toMatchObject(found("says that it was erased"))
})

test("entries after the kept checkpoint are pinned by nobody outside: a rewrite of them is not found, and the verifier does not claim it", async () => {
  const verdict = await after(async (tx) => {
    await rewrite(tx, "decisions", 300)
    await signHead(tx, signer, "decisions")
  }, "decisions")
  expect(verdict).toMatchObject({ ok: true, outside: [] })
})

test("a tail that is rewritten with new roots, new subtrees and checkpoints signed anew is found by the kept checkpoint alone", async () => {
  for (const tree of journal.TREES) {
    let newer: { size: number; root: Buffer; proof: Buffer[] } | undefined
    const verdict = await after(async (tx) => {
      await rewrite(tx, tree, KEPT[tree] - 5)
      await tx.query("delete from journal_subtree where tree = $1 and place >= 1", [tree])
      await tx.query("delete from journal_checkpoint where tree = $1", [tree])
      const note = signer.note(await head(tx, tree, KEPT[tree]))
      await tx.query("insert into journal_checkpoint (tree, size, note) values ($1, $2, $3)", [tree, KEPT[tree], note])
      await signHead(tx, signer, tree)
      newer = { ...(await head(tx, tree)), proof: await proveConsistency(tx, tree, KEPT[tree], SIZE[tree]) }
    }, tree)
    expect(verdict).toMatchObject({
      ok: false,
      first: { at: `${tree}:0`, why: expect.stringContaining("given checkpoint signed another root") },
    })
    const older = Buffer.from(kept[tree].split("\n")[2]!, "base64")
    expect(newer!.size).toBe(SIZE[tree])
    expect(extendsTree(KEPT[tree], older, newer!.size, newer!.root, newer!.proof)).toBe(false)
  }
})

test("kept subtrees and checkpoints that were changed are found, and a head that does not continue the last is not signed", async () => {
  const noted = (note: string) => (tx: Tx) =>
    tx.query("update journal_checkpoint set note = $1 where tree = 'decisions'", [note]).then(() => undefined)
  expect(await after(noted(kept.decisions.replace("\n290\n", "\n289\n")), "decisions")).toMatchObject({
    ok: false,
    first: { at: "line 2" },
  })
  expect(await after(noted(kept.access), "access")).toMatchObject({
    ok: false,
    first: { at: "decisions:0", why: expect.stringContaining("no checkpoint vouches") },
  })
  await expect(
    store.register.transaction(async (tx) => {
      await tx.query("set local role none")
      await tx.query("alter table journal_subtree disable trigger user")
      await tx.query("update journal_subtree set hash = sha256('other') where tree = 'access'")
      await signHead(tx, signer, "access")
    }),
  ).rejects.toMatchObject({ code: "conflict.journal-rewritten" })
})

test("a tampering that was committed is written out by the whole export, unsigned, for the verifier to name", async () => {
  const own = await testStore({ migrations: journal.migrations })
  const key = openSigner(own.ground.folder)
  try {
    await own.register.transaction(async (tx) => {
      for (let n = 0; n < 12; n++) await append(tx, entry(n, "decision"))
    })
    await sequence(own.register)
    const path = join(own.ground.folder, "out.jsonl")
    await exportJournal(own.register, key, path)
    await own.register.transaction(async (tx) => {
      await tx.query("set local role none")
      await tx.query("alter table journal_entry disable trigger user")
      await tx.query("alter table journal_payload disable trigger user")
      await tx.query("delete from journal_payload where entry = (select id from journal_entry where n = 11)")
      await tx.query("delete from journal_entry where n = 11")
    })
    await expect(journal.checkpoint(own.register, key, "decisions")).rejects.toMatchObject({ code: "conflict.journal-rewritten" })
    await exportJournal(own.register, key, path)
    expect(await verifyJournal(path, { key: key.verifierKey })).toMatchObject({ ok: false, first: { at: "decisions:11" } })
  } finally {
    await own.end()
  }
})

test("a part of the journal verifies to the same root, the rest being hashes; a payload that is gone brings the entry that erased it", async () => {
  const path = join(store.ground.folder, "part.jsonl")
  const total = SIZE.decisions + SIZE.access
  const whole = await exportJournal(store.register, signer, path)
  expect([whole.entries, whole.leftOut]).toEqual([total, 0])
  const check = () => verifyJournal(path, { key: signer.verifierKey, checkpoint: join(store.ground.folder, "kept-decisions") })

  const one = await exportJournal(store.register, signer, path, { investigation: "in_0" })
  expect(await check()).toMatchObject({ ok: true, checked: one.entries, leftOut: total - one.entries })
  const shown = () =>
    readFileSync(path, "utf8")
      .split("\n")
      .filter((l) => l.startsWith('{"entry"'))
      .map((l) => JSON.parse(l) as { entry: string; leaf: string })
  const headers = shown().map((l) => JSON.parse(l.leaf) as journal.Header)
  expect(headers.filter((h) => h.investigation !== "in_0").map((h) => h.kind)).toEqual(["erasure"])
  expect(readFileSync(path, "utf8")).not.toContain("in_1")

  await exportJournal(store.register, signer, path, { tree: "decisions", from: 140, until: 160 })
  expect(shown().map((l) => l.entry)).toEqual([...Array.from({ length: 20 }, (_, i) => `decisions:${140 + i}`), "decisions:289"])
  expect(await check()).toMatchObject({ ok: true, checked: 21, leftOut: SIZE.decisions - 21 })
  await exportJournal(store.register, signer, path, { tree: "access", from: 0, until: 2 })
  expect(await check()).toMatchObject({ ok: false, first: { at: "given checkpoint" } })
  expect(await verifyJournal(path, { key: signer.verifierKey })).toMatchObject({ ok: true, checked: 2, leftOut: SIZE.access - 2 })
})

test("a part that was tampered with is found: in what is shown, in the hashes of the rest, and in how many they are", async () => {
  const path = join(store.ground.folder, "part.jsonl")
  await exportJournal(store.register, signer, path, { investigation: "in_2" })
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1)
  const first = lines.findIndex((l) => l.startsWith('{"entry"') || l.startsWith('{"leftOut"'))
  const bent = join(store.ground.folder, "bent.jsonl")
  const digest = (l: readonly string[]) => createHash("sha256").update(l.join("\n")).digest("hex")
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom("drop", "double", "hash", "shorten", "leaf", "claim"), async (at, how) => {
      const copy = [...lines]
      const i = first + (at % (lines.length - first))
      const was = JSON.parse(copy[i]!) as { leftOut?: string; hashes?: string; entry?: string; leaf?: string; hash?: string }
      if (how === "drop") copy.splice(i, 1)
      else if (how === "double") copy.splice(i, 0, copy[i]!)
      else if (was.hashes !== undefined) {
        const bytes = Buffer.from(was.hashes, "base64")
        if (how === "hash") bytes[at % bytes.length]! ^= 1
        const hashes = (
          how === "shorten" ? bytes.subarray(32) : how === "leaf" ? Buffer.concat([bytes, bytes.subarray(0, 32)]) : bytes
        ).toString("base64")
        copy[i] = JSON.stringify(how === "claim" ? { ...was, leftOut: "access:5" } : { ...was, hashes })
      } else if (how === "leaf") copy[i] = JSON.stringify({ ...was, leaf: was.leaf!.replace("us_0", "us_1") })
      // Hiding a shown entry behind its true hash is an omission that the root cannot tell; behind another hash it can.
      else if (how === "claim") copy[i] = JSON.stringify({ leftOut: was.entry, hashes: Buffer.alloc(32, at).toString("base64") })
      else copy[i] = JSON.stringify({ ...was, hash: "00".repeat(32) })
      fc.pre(digest(copy) !== digest(lines))
      writeFileSync(bent, `${copy.join("\n")}\n`)
      const verdict = await verifyJournal(bent, { key: signer.verifierKey })
      expect(verdict.ok).toBe(false)
      expect(verdict.first!.at).toMatch(/^((decisions|access):\d+|line \d+)$/)
    }),
    { numRuns: process.env.LONG ? 400 : 60 },
  )
})
