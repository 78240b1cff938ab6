import { createHash } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { accessClass, findInvestigation, gate, localCaller, openInvestigation, type Procedure, sightOf, staging } from "#access"
import { UNMARKED } from "#vocabulary/markings"
import { entriesOf, openSample, PROCEDURES, type Sample } from "./sample.ts"

const LOOKING = { need: "look", purpose: "investigation", at: 0 } as const
let sample: Sample
beforeAll(async () => {
  sample = await openSample()
})
afterAll(async () => {
  await sample?.close()
})

const ask = (name: string, input: unknown, more: { reason?: string; upload?: { name: string; stream: AsyncIterable<Uint8Array> } } = {}) =>
  sample.gate.invoke(name, { input, caller: sample.caller, ...more })
const refusal = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ name: "Failure", code, ...more })
async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}
const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = []
  for await (const row of rows) out.push(row)
  return out
}

test("invalid input names the field and says what it should hold", async () => {
  await expect(ask("sample.add", {})).rejects.toEqual(
    refusal("invalid.numbers-missing", { at: "numbers", hint: "numbers: what is to be added" }),
  )
  await expect(ask("sample.add", { numbers: [1], times: 1000 })).rejects.toEqual(
    refusal("invalid.times", { at: "times", hint: "times: how often" }),
  )
  await expect(ask("sample.add", { numbers: [1], detail: { depth: "x" } })).rejects.toEqual(
    refusal("invalid.detail", { at: "detail.depth" }),
  )
  await expect(ask("sample.add", { numbrs: [1] })).rejects.toEqual(
    refusal("invalid.unknown-field", { at: "numbrs", hint: "Did you mean numbers?" }),
  )
  await expect(ask("sample.add", [1])).rejects.toEqual(refusal("invalid.input"))
  await expect(ask("sample.ad", {})).rejects.toEqual(refusal("invalid.procedure-unknown", { hint: "Did you mean sample.add?" }))
})

test("a read leaves one entry, committed before the answer", async () => {
  const before = (await entriesOf(sample.store, "access")).length
  expect(await ask("sample.add", { numbers: [1, 2] }, { reason: "look\nat it" })).toEqual({
    shape: "value",
    value: { sum: 3, mode: "plain" },
    mark: null,
  })
  const entries = (await entriesOf(sample.store, "access")).slice(before)
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    header: { kind: "consultation", procedure: "sample.add", actor: sample.caller.id, ground: "look at it" },
    payload: { input: { numbers: [1, 2], times: 1, mode: "plain" }, notes: [{ looked: "numbers" }] },
  })
})

test("a decision's state and entry are committed together or not at all", async () => {
  const before = (await entriesOf(sample.store, "decisions")).length
  const notes = async () => (await sample.store.register.read.query("select words from sample_note where words like 'decided%'")).rows
  await expect(ask("sample.keep", { words: "decided wrongly", fail: true })).rejects.toEqual(refusal("conflict.sample"))
  expect([await notes(), (await entriesOf(sample.store, "decisions")).length]).toEqual([[], before])
  await ask("sample.keep", { words: "decided" })
  expect(await notes()).toEqual([{ words: "decided" }])
  expect((await entriesOf(sample.store, "decisions")).slice(before)).toMatchObject([
    { header: { kind: "decision", procedure: "sample.keep" } },
  ])
})

test("what would not fit into an entry is named by its hash", async () => {
  const words = "w".repeat(200_000)
  await ask("sample.keep", { words })
  const last = (await entriesOf(sample.store, "decisions")).at(-1)!
  expect(last.payload).toEqual({ input: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), sizeBytes: expect.any(Number) } })
})

test("every procedure refuses whom no rule grants it, and the refusal is written down", async () => {
  const stranger = { ...sample.caller, id: "us_00000000000000000002" }
  const input: Record<string, unknown> = {
    "sample.add": { numbers: [1] },
    "sample.keep": { words: "x" },
    "sample.rows": { count: 1 },
    "sample.hand-in": { label: "x" },
    "sample.work": { investigation: "Somebody's", steps: 1 },
    "sample.ticks": { count: 1 },
    "sample.tell": { investigation: "Somebody's", words: "x" },
    "investigations.open": { name: "Stranger's" },
    "jobs.follow": { job: "jb_00000000000000000000" },
    "jobs.stop": { job: "jb_00000000000000000000" },
    "journal.entry": { n: 0 },
    "journal.proof": { from: 1 },
    "journal.witness-request": { tree: "access" },
    "journal.timestamp-request": { tree: "access" },
    "journal.add-witness": { name: "x", key: "x" },
    "journal.add-clock": { name: "x", key: "x" },
    "journal.add-log": { name: "x", key: "x" },
    "journal.drop-party": { kind: "witness", name: "x" },
  }
  // Those of the node itself that need more than this are asked, role by role, in tests of their own.
  for (const { name } of PROCEDURES.filter((p) => input[p.name] || p.input.safeParse({}).success)) {
    const before = (await entriesOf(sample.store, "access")).length
    await expect(
      sample.gate.invoke(name, { input: input[name] ?? {}, caller: stranger, upload: { name: "f", stream: bytes("x") } }),
    ).rejects.toEqual(expect.objectContaining({ code: expect.stringMatching(/^refused\./) }))
    expect((await entriesOf(sample.store, "access")).slice(before)).toMatchObject([
      { header: { kind: "consultation", actor: stranger.id, procedure: name }, payload: { refused: expect.stringMatching(/^refused\./) } },
    ])
  }
  expect(
    (await sample.store.register.read.query("select 1 from investigation where name in ('Somebody''s', 'Stranger''s')")).rowCount,
  ).toBe(0)
})

test("an investigation that is not there and one in which no role was granted are refused alike", async () => {
  const { register } = sample.store
  const open = await register.transaction((tx) => openInvestigation(tx, sample.caller, { name: "Closed to you", at: 0 }))
  await register.read.query("update role_grant set ended_at = now() where investigation = $1", [open.id])
  const said = async (investigation: string) => {
    const answer = await ask("sample.keep", { investigation, words: "x" }).catch((e: unknown) => e)
    return JSON.stringify(answer).replaceAll(investigation, "")
  }
  const listOnly: Procedure = { ...sample.gate.find("sample.keep"), name: "sample.strict", opens: false }
  const strict = gate({ store: sample.store, procedures: [listOnly] })
  const told = async (investigation: string) =>
    JSON.stringify(
      await strict.invoke("sample.strict", { input: { investigation, words: "x" }, caller: sample.caller }).catch((e: unknown) => e),
    ).replaceAll(investigation, "")
  expect(await told("Closed to you")).toBe(await told("Never there"))
  expect(await told(open.id)).toContain("refused.investigation")
  // A name that somebody else has is no news to whoever may not know of it.
  expect(await said("Closed to you")).toBe(await said("Never there before"))
  expect(await findInvestigation(register.read, sample.caller, "Closed to you")).toBeNull()
})

test("an investigation is opened on first use only by procedures that say so, with an entry of its own", async () => {
  const before = (await entriesOf(sample.store, "decisions")).length
  await ask("sample.keep", { investigation: "Dinghy", words: "first" })
  await ask("sample.keep", { investigation: "Dinghy", words: "second" })
  const { rows } = await sample.store.register.read.query<{ id: string }>("select id from investigation where name = 'Dinghy'")
  expect((await entriesOf(sample.store, "decisions")).slice(before).map((e) => [e.header.investigation, e.payload])).toEqual([
    [rows[0]!.id, { opened: "Dinghy" }],
    [rows[0]!.id, { input: { investigation: "Dinghy", words: "first", fail: false } }],
    [rows[0]!.id, { input: { investigation: "Dinghy", words: "second", fail: false } }],
  ])
})

test("a sight holds the classes of the investigations in which a role stands, and row-level security shows no others", async () => {
  const { register } = sample.store
  const made = await register.transaction(async (tx) => {
    const a = await openInvestigation(tx, sample.caller, { name: "Sight A", at: 0 })
    const b = await openInvestigation(tx, sample.caller, { name: "Sight B", at: 0 })
    const marking = { ...UNMARKED, conditions: ["ask before sharing", "not in evidence"], originators: ["UK"] }
    const inA = await accessClass(tx, { ...marking, investigation: a.id })
    const inB = await accessClass(tx, { ...marking, investigation: b.id })
    const again = await accessClass(tx, {
      ...marking,
      investigation: a.id,
      conditions: ["not in evidence", "ask before sharing", "not in evidence"],
    })
    return { a, b, inA, inB, again }
  })
  expect(made.again).toBe(made.inA)
  for (const [words, cls] of [
    ["seen in A", made.inA],
    ["seen in B", made.inB],
  ] as const)
    await register.transaction((tx) => tx.query("insert into sample_marked (words, access_class) values ($1, $2)", [words, cls]), [cls])
  const sightA = await sightOf(register.read, await localCaller(register.read), { ...LOOKING, investigation: made.a })
  expect(sightA.classes).toEqual([made.inA])
  const seen = (classes: readonly number[] | undefined) =>
    register.transaction(
      async (tx) => (await tx.query<{ words: string }>("select words from sample_marked order by words")).rows.map((r) => r.words),
      classes,
    )
  expect(await seen(sightA.classes)).toEqual(["seen in A"])
  expect(await seen((await sightOf(register.read, await localCaller(register.read), LOOKING)).classes)).toEqual(["seen in A", "seen in B"])
  expect(await seen([])).toEqual([])
  expect(await seen(undefined)).toEqual([])
  expect((await register.read.query("select * from sample_marked")).rows).toEqual([])
  await expect(
    register.transaction((tx) => tx.query("insert into sample_marked values ('into B', $1)", [made.inB]), sightA.classes),
  ).rejects.toMatchObject({ code: "42501" })
  const nobody = await sightOf(register.read, { ...sample.caller, roles: [] }, LOOKING)
  expect(nobody.classes).toEqual([])
  expect(nobody.digest).not.toBe(sightA.digest)
})

test("rows end with a conflict when what may be seen is taken away on the way", async () => {
  const { register } = sample.store
  const count = async () => ((await ask("sample.rows", { count: 1200 })) as { rows: AsyncIterable<unknown> }).rows
  await register.transaction(async (tx) => {
    const i = await openInvestigation(tx, sample.caller, { name: "Ends meanwhile", at: 0 })
    await accessClass(tx, { ...UNMARKED, investigation: i.id })
  })
  const met: unknown[] = []
  await expect(
    (async () => {
      for await (const row of await count()) met.push(row)
    })(),
  ).rejects.toEqual(refusal("conflict.sight-lost"))
  expect(met.length).toBe(999)
  expect((await all(await count())).length).toBe(1200)
})

test("an upload is its caller's alone until it is dropped", async () => {
  const { store, caller } = sample
  const answer = await ask("sample.hand-in", { label: "phone" }, { upload: { name: "../../etc/chat.txt", stream: bytes("one ", "two") } })
  const value = (answer as { value: { handle: string } }).value
  expect(value).toEqual({
    handle: expect.stringMatching(/^st_/),
    name: "chat.txt",
    sizeBytes: 7,
    sha256: createHash("sha256").update("one two").digest("hex"),
    label: "phone",
  })
  expect((await entriesOf(store, "decisions")).at(-1)).toMatchObject({ header: { kind: "collection" } })
  const parts = await all((await staging.openUpload(store, caller, value.handle)).open() as AsyncIterable<Buffer>)
  expect(Buffer.concat(parts).toString()).toBe("one two")
  await expect(staging.openUpload(store, { ...caller, id: "us_00000000000000000002" }, value.handle)).rejects.toEqual(
    refusal("invalid.upload-unknown"),
  )
  await expect(staging.openUpload(store, caller, "../us_00000000000000000001/x")).rejects.toEqual(refusal("invalid.upload-unknown"))
  await staging.dropUpload(store, caller, value.handle)
  await expect(staging.openUpload(store, caller, value.handle)).rejects.toEqual(refusal("invalid.upload-unknown"))
  await expect(ask("sample.hand-in", { label: "x" })).rejects.toEqual(refusal("invalid.upload-missing"))
})

test("a job keeps its caller, commits step by step, and its outcome is its caller's to see", async () => {
  const before = (await entriesOf(sample.store, "decisions")).length
  const { job } = (await ask("sample.work", { investigation: "Long work", steps: 3 }, { reason: "because" })) as { job: string }
  const news = await all(((await ask("jobs.follow", { job })) as { events: AsyncIterable<{ state: string }> }).events)
  expect(news.at(-1)).toMatchObject({
    id: job,
    procedure: "sample.work",
    state: "done",
    result: { done: 3, by: sample.caller.id, investigation: "Long work" },
  })
  const entries = (await entriesOf(sample.store, "decisions")).slice(before)
  expect(entries.map((e) => e.header.kind)).toEqual(["decision", "job", "job", "job", "job"])
  expect(entries.slice(1).map((e) => e.header.ground)).toEqual(["because", "because", "because", "because"])
  expect(entries.at(-1)!.payload).toEqual({ note: { step: 3 } })
  await expect(
    all(((await ask("jobs.follow", { job: "jb_00000000000000000000" })) as { events: AsyncIterable<unknown> }).events),
  ).rejects.toEqual(refusal("invalid.job-unknown"))
})

test("a job does not run for a caller who may no longer work or see what he could when he asked", async () => {
  const { register } = sample.store
  const [opened, seen] = await register.transaction(async (tx) => {
    const i = await openInvestigation(tx, sample.caller, { name: "Taken away", at: 0 })
    return [i, await accessClass(tx, { ...UNMARKED, investigation: i.id, classification: "SECRET" })] as const
  })
  const job = {
    id: "jb_00000000000000000000",
    kind: "sample.work",
    input: {
      input: { investigation: "Taken away", steps: 1, fail: false },
      reason: null,
      purpose: "investigation",
      arrival: { via: "local", provedAt: null, scopes: null },
    },
    caller: sample.caller.id,
    investigation: opened.id,
    state: "running" as const,
    progress: null,
    result: null,
    failure: null,
    attempts: 1,
    createdAt: new Date(0),
    finishedAt: null,
  }
  const work = (classes: readonly number[]) =>
    sample.gate.handlers["sample.work"]!({ ...job, classes }, { progress: () => undefined, signal: new AbortController().signal })
  expect(await work([seen])).toMatchObject({ done: 1, investigation: "Taken away" })
  await expect(work([seen, 1_000_000])).rejects.toEqual(refusal("conflict.sight-lost"))
  await register.read.query("update role_grant set ended_at = now() where investigation = $1", [opened.id])
  await expect(work([seen])).rejects.toEqual(expect.objectContaining({ code: "refused.investigation" }))
})

test("a job that fails ends as the failure that it met", async () => {
  const { job } = (await ask("sample.work", { investigation: "Long work", steps: 1, fail: true })) as { job: string }
  const news = await all(((await ask("jobs.follow", { job })) as { events: AsyncIterable<unknown> }).events)
  expect(news.at(-1)).toMatchObject({ state: "failed", result: null, failure: { code: "conflict.sample", hint: "Reload." } })
})

test("an answer that is not as declared is a fault", async () => {
  await expect(ask("sample.lie", {})).rejects.toThrow(/answered what it does not declare/)
  expect(() => gate({ store: sample.store, procedures: [...PROCEDURES, PROCEDURES[0]!] })).toThrow(TypeError)
})
