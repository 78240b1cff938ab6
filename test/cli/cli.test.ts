import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { z } from "zod"
import { callerOf, gate, procedure } from "#access"
import { type Installation, run } from "#cli"
import { exportJournal, openSigner } from "#journal"
import { readNodeFile, type Served, serve } from "#server"
import * as signIn from "#sign-in"
import { openSample, PROCEDURES, type Sample } from "../access/sample.ts"

/** Where words go in a test. */
class Sheet extends Writable {
  readonly parts: Buffer[] = []
  private readonly begun = Promise.withResolvers<void>()
  /** When the first word has come. */
  readonly first = this.begun.promise
  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.parts.push(Buffer.from(part))
    this.begun.resolve()
    done()
  }
  get text(): string {
    return Buffer.concat(this.parts).toString("utf8")
  }
}

const DEMO = procedure({
  name: "demo.run",
  title: "The invented operation",
  input: z.object({ scale: z.enum(["S", "M", "L"]).default("S") }),
  output: z.object({ scale: z.string() }),
  needs: "take-in",
  effect: "read",
  shape: "value",
  run: async (_ctx, { scale }) => ({ scale }),
})

let folder: string
let opened = 0
const installation: Installation = {
  procedures: [...PROCEDURES, DEMO],
  open: async (at) => {
    opened++
    const sample = await openSample(at, true, [DEMO])
    return { gate: sample.gate, close: sample.close }
  },
  release: "0.1.0",
}

function start(line: string | readonly string[], signal: AbortSignal) {
  const [stdout, stderr] = [new Sheet(), new Sheet()]
  const words = typeof line === "string" ? line.split(" ") : line
  return { stdout, stderr, ended: run([...words, "--data", "d"], installation, { stdout, stderr, folder, signal }) }
}

async function typed(line: string | readonly string[]) {
  const { stdout, stderr, ended } = start(line, new AbortController().signal)
  const code = await ended
  return { code, out: stdout.text, err: stderr.text, bytes: Buffer.concat(stdout.parts) }
}

const json = async (line: string | readonly string[]) => {
  const { code, out } = await typed([...(typeof line === "string" ? line.split(" ") : line), "--json"])
  return [code, JSON.parse(out) as unknown]
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "linchpin-cli-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("flags come from the input: repeated, negated, numbers, choices, paths, JSON, one letter", async () => {
  expect(await json("sample add --numbers 1 --numbers=2.5 --times 2 --mode rounded --no-loud --from ./a/b -k 3")).toEqual([
    0,
    { sum: 7, mode: "rounded", from: join(folder, "a/b"), k: 3 },
  ])
  expect(await json(["sample", "add", "--numbers", "-4", "--detail", '{"depth":2}', "--loud"])).toEqual([0, { sum: -4, mode: "plain" }])
  writeFileSync(join(folder, "detail.json"), '{"depth":"two"}')
  expect(await json("sample add --numbers 1 --detail detail.json")).toEqual([
    2,
    { failure: expect.objectContaining({ at: "detail.depth" }) },
  ])
  expect(await json("sample add --numbers 1 --detail none.json")).toEqual([
    2,
    { failure: expect.objectContaining({ code: "invalid.flag-value" }) },
  ])
})

test("exit codes follow the kind of failure, and --json always prints one value", async () => {
  const failing = async (line: string) => {
    const [code, value] = await json(line)
    return [code, (value as { failure: { code: string } }).failure.code]
  }
  expect(await failing("sample add")).toEqual([2, "invalid.numbers-missing"])
  expect(await failing("sample tell --words x")).toEqual([3, "refused.second-person"])
  expect(await failing("sample keep --words x --fail")).toEqual([4, "conflict.sample"])
  expect(await failing("sample rows --count 1 --break-at 0")).toEqual([5, "unavailable.sample"])
  expect(await failing("sample rows --count 9 --break-at 5")).toEqual([5, "unavailable.sample"])
  expect(await failing("sample work --investigation I --steps 1 --fail")).toEqual([4, "conflict.sample"])
})

test("an unknown command, flag or value is invalid, and the nearest is named", async () => {
  const said = async (line: string) => {
    const { code, out, err } = await typed(line)
    return [code, out, err.trim().split("\n").at(-1)]
  }
  expect(await said("sampel add")).toEqual([2, "", "Did you mean linchpin sample add?"])
  expect(await said("sample ad")).toEqual([2, "", "Did you mean linchpin sample add?"])
  expect(await said("sample add --nubmers 1")).toEqual([2, "", "Did you mean --numbers?"])
  expect(await said("sample add --numbers one")).toEqual([2, "", "It takes a number."])
  expect(await said("sample add --numbers 1 --mode plian")).toEqual([2, "", "Did you mean plain?"])
  expect(await said("sample add stray --numbers 1")).toEqual([2, "", "Values go behind their flag: --help shows the flags."])
})

test("help is drawn from the list and from the input", async () => {
  const { code, out } = await typed("sample add --help")
  expect(code).toBe(0)
  expect(out).toMatch(/--numbers N +what is to be added; required, may be repeated/)
  expect(out).toMatch(/--mode plain\|rounded +default "plain"/)
  expect(out).toMatch(/^ {2}-k N$/m)
  const all = await typed("--help")
  for (const p of installation.procedures) expect(all.out).toContain(`${p.name.replace(".", " ")} `)
})

test("every shape gives one JSON value", async () => {
  const file = join(folder, "phone.bin")
  writeFileSync(file, "twelve bytes")
  expect(await json("sample rows --count 2")).toEqual([0, [0, 1].map((n) => ({ n, text: `row ${n}, "quoted"` }))])
  expect(await json("sample rows --count 0")).toEqual([0, []])
  expect(await json("sample file --media-type text/plain")).toEqual([
    0,
    expect.objectContaining({ mediaType: "text/plain", name: "سالح file.txt" }),
  ])
  expect(await json("sample file --media-type application/zip")).toEqual([
    2,
    { failure: expect.objectContaining({ code: "invalid.out-missing" }) },
  ])
  expect(await json(["sample", "hand-in", "--label", "x", "--in", "phone.bin"])).toEqual([
    0,
    expect.objectContaining({ name: "phone.bin", sizeBytes: 12, label: "x" }),
  ])
  expect(await json("sample hand-in --label x")).toEqual([2, { failure: expect.objectContaining({ code: "invalid.in-missing" }) }])
  expect(await json("sample ticks --count 2")).toEqual([0, [{ tick: 0 }, { tick: 1 }]])
  expect(await json("sample work --investigation I --steps 2")).toEqual([0, { done: 2, by: "us_00000000000000000001", investigation: "I" }])
})

test("people get tables, progress goes to standard error, files get the whole answer", async () => {
  const table = await typed("sample rows --count 2")
  expect(table.out).toBe('n  text\n0  row 0, "quoted"\n1  row 1, "quoted"\n')
  const value = await typed("sample add --numbers 1")
  expect([value.out, value.err]).toEqual(["sum   1\nmode  plain\n", " 50 % adding (1 numbers)\n"])
  expect((await typed("sample rows --count 1 --form csv")).out).toBe('n,text\r\n0,"row 0, ""quoted"""\r\n')
  expect((await typed("sample rows --count 1 --form ndjson")).out).toBe(`${JSON.stringify({ n: 0, text: 'row 0, "quoted"' })}\n`)
  await typed("sample rows --count 2 --out rows.csv")
  expect(readFileSync(join(folder, "rows.csv"), "utf8")).toBe('n,text\r\n0,"row 0, ""quoted"""\r\n1,"row 1, ""quoted"""\r\n')
  expect(await json("sample file --out got.bin")).toEqual([
    0,
    { out: join(folder, "got.bin"), sizeBytes: 8, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
  expect(readFileSync(join(folder, "got.bin"))).toEqual(Buffer.concat([Buffer.from("first "), Buffer.from([0xff, 0])]))
  expect((await typed("sample file")).bytes).toEqual(readFileSync(join(folder, "got.bin")))
  expect((await typed("sample file --out none/there")).code).toBe(2)
})

test("words out of evidence cannot move the cursor or turn the line round", async () => {
  const { out } = await typed(["sample", "keep", "--words", "a\u001b[2Jb\u202ec\nd"])
  expect(out).toBe("kept  a [2Jbc d\n")
})

test("demo runs its procedure and, unless told otherwise, serves until it is stopped", async () => {
  expect(await json("demo --no-serve --scale M")).toEqual([0, { scale: "M" }])
  const stop = new AbortController()
  const serving = start("demo --port 0", stop.signal)
  await serving.stderr.first
  const node = readNodeFile(join(folder, "d"))!
  expect((await fetch(`${node.url}/api/node`, { headers: { authorization: `Bearer ${node.key}` } })).status).toBe(200)
  stop.abort()
  expect([await serving.ended, serving.stderr.text.includes(`${node.url}/enter?token=`)]).toEqual([0, true])
  expect(readNodeFile(join(folder, "d"))).toBeNull()
})

test("serve prints where to enter; a second one on the folder is a conflict, and commands go to the first", async () => {
  const stop = new AbortController()
  const serving = start("serve --port 0 --json", stop.signal)
  await serving.stdout.first
  const node = readNodeFile(join(folder, "d"))!
  const before = opened
  expect(await json("serve --port 0")).toEqual([4, { failure: expect.objectContaining({ code: "conflict.node-running" }) }])
  expect(await json("sample add --numbers 1")).toEqual([0, { sum: 1, mode: "plain" }])
  expect(opened).toBe(before)
  stop.abort()
  expect(await serving.ended).toBe(0)
  expect(JSON.parse(serving.stdout.text)).toEqual({
    url: node.url,
    port: node.port,
    token: expect.any(String),
    enter: expect.stringContaining(`${node.url}/enter?token=`),
  })
})

test("a node file left by a dead node does not stop the command", async () => {
  writeFileSync(join(folder, "d", "node.json"), JSON.stringify({ url: "http://127.0.0.1:9", port: 9, pid: process.pid, key: "x" }), {
    mode: 0o600,
  })
  expect(await json("sample add --numbers 1")).toEqual([0, { sum: 1, mode: "plain" }])
  rmSync(join(folder, "d", "node.json"))
})

test("verify needs nothing but the file", async () => {
  const sample: Sample = await openSample(join(folder, "d"), true)
  const path = join(folder, "journal.jsonl")
  const signer = openSigner(sample.folder)
  await exportJournal(sample.store.register, signer, path)
  await sample.close()
  const before = opened
  expect(await json(["verify", "journal.jsonl", "--key", signer.verifierKey])).toEqual([
    0,
    { ok: true, kind: "journal", checked: expect.any(Number), leftOut: 0, first: null, key: "given", outside: [] },
  ])
  writeFileSync(path, readFileSync(path, "utf8").replace("sample.add", "sample.sub"))
  expect(await json("verify journal.jsonl")).toEqual([
    4,
    expect.objectContaining({ ok: false, first: { at: expect.stringMatching(/^(decisions|access):\d+$/), why: expect.any(String) } }),
  ])
  expect(await json("verify missing.jsonl")).toEqual([2, { failure: expect.objectContaining({ code: "invalid.path" }) }])
  expect([opened, existsSync(join(folder, "linchpin-data"))]).toEqual([before, false])
})

test("the journal that a node hands out verifies, and says who asked for what", async () => {
  await typed(["sample", "add", "--numbers", "5", "--reason", "the same number on two phones"])
  const [, signed] = (await json("journal checkpoint")) as [number, { key: string; checkpoints: { tree: string; note: string }[] }]
  writeFileSync(join(folder, "kept"), signed.checkpoints.find((c) => c.tree === "access")!.note)
  await typed("journal export --out handed-out.jsonl")
  const [code, verdict] = await json(["verify", "handed-out.jsonl", "--key", signed.key, "--checkpoint", "kept"])
  expect([code, verdict]).toEqual([0, expect.objectContaining({ ok: true, first: null, key: "given" })])
  // An entry is listed once the sequencer has numbered it.
  const [asked, ...more] = await vi.waitFor(
    async () => {
      const [, rows] = (await json("journal list --kind consultation")) as [
        number,
        { n: number; procedure: string; ground: string | null }[],
      ]
      const grounded = rows.filter((r) => r.ground !== null)
      expect(grounded).not.toEqual([])
      return grounded
    },
    { timeout: 60_000, interval: 250 },
  )
  expect([asked, more]).toEqual([
    expect.objectContaining({ procedure: "sample.add", ground: "the same number on two phones", payload: "kept" }),
    [],
  ])
  expect(await json(["journal", "entry", "--n", String(asked!.n)])).toEqual([
    0,
    expect.objectContaining({ payload: expect.objectContaining({ input: { numbers: [5], times: 1, mode: "plain" } }) }),
  ])
})

test("every shape is the same asked of a running node", async () => {
  const sample = await openSample(join(folder, "d"), true)
  const served: Served = await serve({ app: sample.gate, port: 0 })
  const before = opened
  expect(await json("sample rows --count 2")).toEqual([0, [0, 1].map((n) => ({ n, text: `row ${n}, "quoted"` }))])
  expect(await json("sample rows --count 5 --break-at 3 --out lost.json")).toEqual([
    5,
    { failure: expect.objectContaining({ code: "unavailable.sample" }) },
  ])
  expect(await json("sample file --out again.bin")).toEqual([0, expect.objectContaining({ sizeBytes: 8 })])
  expect(await json(["sample", "hand-in", "--label", "ی", "--in", "phone.bin"])).toEqual([
    0,
    expect.objectContaining({ name: "phone.bin", label: "ی" }),
  ])
  expect(await json("sample ticks --count 2")).toEqual([0, [{ tick: 0 }, { tick: 1 }]])
  expect(await json("sample work --investigation I --steps 2")).toEqual([0, expect.objectContaining({ done: 2 })])
  expect(await json("sample keep --words x --fail")).toEqual([
    4,
    { failure: { code: "conflict.sample", message: "The state has moved.", hint: "Reload." } },
  ])
  expect((await typed("sample add --numbers 1")).err).toBe(" 50 % adding (1 numbers)\n")
  expect(opened).toBe(before)
  await served.close()
  await sample.close()
})

test("a token in the environment says who asks, here and of a running node", async () => {
  const sample = await openSample(join(folder, "d"), true)
  const person = "us_0000000000000c0mmand"
  const { read } = sample.store.register
  await read.query("insert into person (id, name, organisation) values ($1, 'By token', 'local')", [person])
  const maker = await callerOf(read, person, { via: "session", provedAt: 0, scopes: null })
  const made = await gate({ store: sample.store, procedures: signIn.procedures }).invoke("tokens.make", {
    input: { label: "script", scopes: ["own"] },
    caller: maker,
  })
  const { token } = (made as { value: { token: string } }).value
  const asTyped = async (line: string) => {
    const [stdout, stderr] = [new Sheet(), new Sheet()]
    const words = [...line.split(" "), "--json", "--data", "d"]
    const code = await run(words, { ...installation, token }, { stdout, stderr, folder, signal: new AbortController().signal })
    return [code, JSON.parse(stdout.text)] as unknown
  }
  const lacks = [3, { failure: expect.objectContaining({ code: "refused.look" }) }]
  const served = await serve({ app: sample.gate, port: 0 })
  expect(await asTyped("jobs list")).toEqual([0, []])
  expect(await asTyped("sample add --numbers 1")).toEqual(lacks)
  await served.close()
  await sample.close()
  expect(await asTyped("jobs list")).toEqual([0, []])
  expect(await asTyped("sample add --numbers 1")).toEqual(lacks)
})
