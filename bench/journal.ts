/**
 * What the journal costs, beside the same without it: appends (one transaction each, and all in one) beside inserts of the same
 * bytes into a plain table; reads through the gate with and without the entry being written; the sequencer; one page of a list;
 * and the verification of a file of a million entries in a process of its own, with time and memory.
 * Usage: node bench/journal.ts [--entries 4000] [--reads 1000] [--file 1000000] ; prints one JSON line per measurement.
 * With DATABASE_URL (an empty database, of whose tables the user is owner), on that server.
 */
import { execFileSync } from "node:child_process"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { append, type Entry, openSigner, searchEntries, sequence } from "../src/ground/journal/index.ts"
import { leafHash, rootOf } from "../src/ground/journal/tree.ts"
import { canonical, type Tx } from "../src/ground/store/index.ts"
import { openApp } from "../src/shells/app/index.ts"

const { values } = parseArgs({
  options: {
    entries: { type: "string", default: "4000" },
    reads: { type: "string", default: "1000" },
    file: { type: "string", default: "1000000" },
  },
})
const [ENTRIES, READS, FILE] = [Number(values.entries), Number(values.reads), Number(values.file)]
const WRITERS = 8
const TURNS = 7
const tell = (what: string, figures: object) => process.stdout.write(`${JSON.stringify({ what, ...figures })}\n`)
const AT = Date.UTC(2026, 10, 22, 12)

const entry = (i: number): Entry => ({
  kind: "consultation",
  actor: "us_00000000000000000001",
  at: AT + i,
  investigation: "in_00000000000000000001",
  procedure: "records.list",
  ground: "who sold the hull",
  purpose: "investigation",
  payload: { input: { kind: "message", find: `words ${i}`, limit: 100 } },
})
const leafOf = (i: number) => {
  const { payload: _, at, ...rest } = entry(i)
  return canonical({ ...rest, tree: "access", at: new Date(at).toISOString(), payload: "0".repeat(64) })
}

async function perSecond(count: number, run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return Math.round((count / (performance.now() - from)) * 1000)
}

/** `count` calls by some writers at once. */
async function atOnce(count: number, run: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let i = next++; i < count; i = next++) await run(i)
    }),
  )
}

/** The same many times with and without, in turns, so that a busy machine slows both alike; figures per second, and the ratio of the middle turn. */
async function inTurns(
  count: number,
  withIt: () => Promise<unknown>,
  without: () => Promise<unknown>,
  between: (on: boolean) => Promise<unknown>,
) {
  const turns: { on: number; off: number }[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    await between(true)
    const on = await perSecond(count, withIt)
    await between(false)
    turns.push({ on, off: await perSecond(count, without) })
  }
  await between(true)
  const middle = turns.sort((a, b) => a.on / a.off - b.on / b.off)[Math.floor(TURNS / 2)]!
  return { ...middle, ratio: ratio(middle.on, middle.off) }
}

const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100

const folder = mkdtempSync(join(tmpdir(), "linchpin-journal-"))
const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL, worker: false })
const { register } = app.store
const asOwner = <T>(run: (tx: Tx) => Promise<T>) =>
  register.transaction(async (tx) => {
    await tx.query("set local role none")
    return run(tx)
  })

try {
  tell("machine", { cpu: cpus()[0]?.model, cpus: cpus().length, node: process.version })
  await asOwner(async (tx) => {
    await tx.query("create table bench_plain (id bigint generated always as identity primary key, leaf text, salt bytea, body text)")
    await tx.query("grant insert on bench_plain to linchpin_app")
  })
  const salt = Buffer.alloc(32, 7)
  const plain = (tx: Tx, i: number) =>
    tx.query("insert into bench_plain (leaf, salt, body) values ($1, $2, $3)", [leafOf(i), salt, canonical(entry(i).payload)])
  await register.transaction((tx) => append(tx, entry(0)))
  await register.transaction((tx) => plain(tx, 0))

  const nothing = async () => undefined
  const own = (write: (tx: Tx, i: number) => Promise<unknown>, count: number) => () =>
    atOnce(count, (i) => register.transaction((tx) => write(tx, i)))
  const all = (write: (tx: Tx, i: number) => Promise<unknown>, count: number) => () =>
    register.transaction(async (tx) => {
      for (let i = 0; i < count; i++) await write(tx, i)
    })
  const count = Math.ceil(ENTRIES / TURNS)
  const write = (tx: Tx, i: number) => append(tx, entry(i))
  tell("appends beside a plain table, one transaction each", {
    writers: WRITERS,
    ...(await inTurns(count, own(write, count), own(plain, count), nothing)),
  })
  tell("appends beside a plain table, all in one transaction", await inTurns(count, all(write, count), all(plain, count), nothing))

  await sequence(register)
  await asOwner((tx) =>
    tx.query(
      "insert into journal_entry (leaf) select replace($1, '00:00.000Z', lpad((i / 1000 % 60)::text, 2, '0') || '.000Z') from generate_series(1, $2) i",
      [leafOf(0), ENTRIES * 5],
    ),
  )
  // The app's own sequencer takes part: one of the two works at a time, until none is left.
  const sequencer = await perSecond(ENTRIES * 5, async () => {
    await sequence(register)
  })
  tell("sequencer", { entries: ENTRIES * 5, perSecond: sequencer })

  const look = () => app.gate.invoke("investigations.list", { input: {}, caller: app.caller! })
  await atOnce(100, look)
  const { rows } = await asOwner((tx) => tx.query<{ text: string }>("select pg_get_functiondef('journal_append'::regproc) as text"))
  const writing = rows[0]!.text
  const silent =
    "create or replace function journal_append(entry_leaf text, entry_salt bytea, entry_body text) returns void language sql as 'select'"
  const looks = Math.ceil(READS / TURNS)
  const many = () => atOnce(looks, look)
  // The same request with the entry's statement doing nothing: what is left out is the writing alone.
  const logged = await inTurns(looks, many, many, (on) => asOwner((tx) => tx.query(on ? writing : silent)))
  tell("reads through the gate, logged beside not logged", { callers: WRITERS, ...logged })

  await sequence(register)
  await asOwner((tx) => tx.query("analyze journal_entry"))
  const page = (wanted: object) => searchEntries(register.read, { tree: "access", ...wanted }, { order: "newest", limit: 50 })
  for (const [name, wanted] of Object.entries({
    all: {},
    actor: { actor: "us_00000000000000000001" },
    rare: { procedure: "investigations.list" },
    nothing: { text: "words that nobody said" },
  }))
    tell(`a page of the list, ${name}`, {
      pagesPerSecond: await perSecond(20, async () => {
        for (let i = 0; i < 20; i++) await page(wanted)
      }),
    })
} finally {
  await app.close()
}

const path = join(folder, "journal.jsonl")
const signer = openSigner(folder)
const hashes: Buffer[] = []
for (let i = 0; i < FILE; i++) hashes.push(leafHash(Buffer.from(leafWith(i).leaf)))
const out = createWriteStream(path)
const write = async (line: object) => {
  if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, "drain")
}
await write({ journal: 1, key: signer.verifierKey, sizes: { decisions: 0, access: FILE } })
await write({ checkpoint: signer.note({ tree: "decisions", size: 0, root: rootOf([]) }) })
await write({ checkpoint: signer.note({ tree: "access", size: FILE, root: rootOf(hashes) }) })
for (let i = 0; i < FILE; i++) {
  const { leaf, salt, payload } = leafWith(i)
  await write({ entry: `access:${i}`, hash: hashes[i]!.toString("hex"), leaf, salt: salt.toString("hex"), payload })
}
out.end()
await finished(out)
const verifier = pathToFileURL(join(import.meta.dirname, "../src/ground/journal/verify.ts")).href
const script = `const from = performance.now(); const { verifyJournal } = await import(${JSON.stringify(verifier)})
const verdict = await verifyJournal(${JSON.stringify(path)}, { key: ${JSON.stringify(signer.verifierKey)} })
console.log(JSON.stringify({ ok: verdict.ok, entries: verdict.checked, seconds: Math.round((performance.now() - from) / 100) / 10, cpuSeconds: Math.round(process.cpuUsage().user / 100_000) / 10, memoryMB: Math.round(process.resourceUsage().maxRSS / 1024) }))`
const told = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })
tell("verification of a file", { fileMB: Math.round(statSync(path).size / 1e6), ...(JSON.parse(told) as object) })
rmSync(folder, { recursive: true, force: true })

function leafWith(i: number): { leaf: string; salt: Buffer; payload: string } {
  const { payload, at, ...rest } = entry(i)
  const salt = Buffer.alloc(32, i)
  const body = canonical(payload)
  const committed = createHmac("sha256", salt).update(body).digest("hex")
  return { leaf: canonical({ ...rest, tree: "access", at: new Date(at).toISOString(), payload: committed }), salt, payload: body }
}
