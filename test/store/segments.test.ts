import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Engine, fill, type Layout, type Scope, type Segment, type Value } from "#store"
import fc from "../support/properties.ts"
import { failureOf, type TestStore, testStore } from "../support/store.ts"

const LAYOUT: Layout = [
  ["id", "VARCHAR"],
  ["n", "BIGINT"],
  ["share", "DOUBLE"],
  ["yes", "BOOLEAN"],
]
let store: TestStore
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.end())

async function written(rows: readonly Value[][], dataset = "d", accessClass = 1, scope: Scope = "in"): Promise<Segment[]> {
  const writer = await store.segments.writer()
  try {
    for (const row of rows) await writer.append(dataset, LAYOUT, accessClass, scope, row)
    return await writer.finish(["ex_a"], "1")
  } finally {
    writer.close()
  }
}
const list = (segments: readonly Segment[], retire?: readonly string[]) =>
  store.register.transaction((tx) => store.segments.list(tx, segments, retire), "all")
const live = (filter: Parameters<TestStore["segments"]["live"]>[1]) =>
  store.register.transaction(async (tx) => (await store.segments.live(tx, filter)).map((s) => s.id), "all")

async function rowsOf(segments: readonly Segment[]) {
  const engine = await store.engine()
  try {
    await engine.mount([{ view: "v", files: segments.map((s) => s.path), columns: LAYOUT }])
    return await engine.all("select * from v")
  } finally {
    engine.close()
  }
}

test("rows come back as they went in, whatever characters they hold; half a surrogate pair becomes the replacement character", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("\0", "\u200f", "\ud83d", "\ude00", "ک", "'", "\\", "\r\n") }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
      const segments = await written(cells.map((c, n) => [c, n, n / 3, n % 2 === 0]))
      expect(await rowsOf(segments)).toEqual(cells.map((c, n) => ({ id: c.toWellFormed(), n, share: n / 3, yes: n % 2 === 0 })))
    }),
    { numRuns: 12 },
  )
})

test("a NUL does not cut a cell off, and a cell of a million characters is whole", async () => {
  const long = "نامە ".repeat(200_000)
  const segments = await written([
    ["before\0after", 1, 1, true],
    [long, 2, 1, true],
  ])
  const rows = await rowsOf(segments)
  expect(rows[0]!.id).toBe("before\0after")
  expect(rows[1]!.id === long).toBe(true)
})

test("what is no value is null: absent, not a number, infinite", async () => {
  const segments = await written([
    [undefined, null, Number.NaN, null],
    [null, Number.POSITIVE_INFINITY, 0.5, false],
  ])
  expect(await rowsOf(segments)).toEqual([
    { id: null, n: null, share: null, yes: null },
    { id: null, n: null, share: 0.5, yes: false },
  ])
})

test("rows of another dataset, class or scope go to another file, each with its own facts", async () => {
  const writer = await store.segments.writer()
  for (const [dataset, cls, scope] of [
    ["a", 1, "in"],
    ["a", 2, "in"],
    ["a", 1, "undecided"],
    ["b", 1, "in"],
    ["a", 1, "in"],
  ] as const)
    await writer.append(dataset, LAYOUT, cls, scope, ["x", 1, 1, true])
  const segments = await writer.finish(["ex_a", "ex_b"], "layout 1")
  writer.close()
  const facts = segments.map((s) => `${s.dataset} ${s.accessClass} ${s.scope} ${s.rows}`).sort()
  expect(facts).toEqual(["a 1 in 2", "a 1 undecided 1", "a 2 in 1", "b 1 in 1"])
  expect(segments.every((s) => s.exhibits.length === 2 && s.version === "layout 1" && /^[0-9a-f]{64}$/.test(s.sha256))).toBe(true)
})

test("twenty thousand rows keep their order and number, and a writer goes on after finishing", async () => {
  const writer = await store.segments.writer()
  for (let n = 0; n < 20_000; n++) await writer.append("many", LAYOUT, 1, "in", [String(n), n, 0, false])
  const first = await writer.finish(["ex_a"], "1")
  await writer.append("many", LAYOUT, 1, "in", ["after", 1, 0, false])
  const second = await writer.finish(["ex_b"], "1")
  expect(await writer.finish(["ex_c"], "1")).toEqual([])
  writer.close()
  expect(first.map((s) => s.rows)).toEqual([20_000])
  expect((await rowsOf(first)).map((r) => r.n)).toEqual(Array.from({ length: 20_000 }, (_, n) => n))
  expect((await rowsOf(second)).map((r) => r.id)).toEqual(["after"])
})

test("what is discarded is in no file, not even what was on its way", async () => {
  const writer = await store.segments.writer()
  for (let n = 0; n < 9_000; n++) void writer.append("gone", LAYOUT, 1, "in", ["gone", n, 0, false])
  writer.discard()
  await writer.append("gone", LAYOUT, 1, "in", ["kept", 0, 0, false])
  const segments = await writer.finish(["ex_a"], "1")
  writer.close()
  expect((await rowsOf(segments)).map((r) => r.id)).toEqual(["kept"])
  expect(readdirSync(join(store.folder, "segments", "aside"))).toEqual([])
})

test("as of a position is what was listed then: retired files before, their followers after", async () => {
  const [a] = await written([["a", 1, 1, true]], "history")
  const [b] = await written([["b", 1, 1, true]], "history")
  const [both] = await written([["both", 1, 1, true]], "history")
  const start = await store.register.transaction((tx) => store.segments.position(tx))
  const first = await list([a!])
  const second = await list([b!])
  const third = await list([both!], [a!.id, b!.id])
  expect([first, second, third]).toEqual([start + 1, start + 2, start + 3])
  const at = (asOf?: number) => live({ dataset: "history", ...(asOf === undefined ? {} : { asOf }) })
  expect(await at(start)).toEqual([])
  expect(await at(first)).toEqual([a!.id])
  expect(await at(second)).toEqual([a!.id, b!.id])
  expect(await at(third)).toEqual([both!.id])
  expect(await at()).toEqual([both!.id])
})

test("of two who replace one file at the same time one has a conflict, and his new files are not listed", async () => {
  const [old] = await written([["old", 1, 1, true]], "contested")
  await list([old!])
  const [mine] = await written([["mine", 1, 1, true]], "contested")
  const [theirs] = await written([["theirs", 1, 1, true]], "contested")
  const results = await Promise.allSettled([list([mine!], [old!.id]), list([theirs!], [old!.id])])
  expect(results.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"])
  const lost = results.find((r) => r.status === "rejected")!
  expect(lost.reason).toMatchObject({ code: "conflict.segment-retired" })
  expect(await live({ dataset: "contested" })).toEqual([results[0]!.status === "fulfilled" ? mine!.id : theirs!.id])
})

test("a class outside the transaction can be neither retired nor seen", async () => {
  const [secret] = await written([["s", 1, 1, true]], "secret", 5)
  await list([secret!])
  const other = store.register.transaction((tx) => store.segments.list(tx, [], [secret!.id]), [6])
  expect((await failureOf(other)).code).toBe("conflict.segment-retired")
  expect(await live({ dataset: "secret" })).toEqual([secret!.id])
})

test("the rows of a query become one file, and no file when there are none", async () => {
  const engine = await store.engine()
  await fill(engine, "t", LAYOUT, [["x", 1, 0.5, true]])
  const facts = { dataset: "q", accessClass: 1, scope: "in" as Scope, exhibits: ["ex_a"], version: "1" }
  const some = await store.segments.fromQuery(engine, "select * from t", facts)
  const none = await store.segments.fromQuery(engine, "select * from t where false", facts)
  engine.close()
  expect(some).toMatchObject({ ...facts, rows: 1 })
  expect(none).toBeNull()
  expect(await rowsOf([some!])).toEqual([{ id: "x", n: 1, share: 0.5, yes: true }])
})

test("sweeping removes files that no row names; retired files stay, because the past is asked for", async () => {
  const [kept] = await written([["k", 1, 1, true]], "swept")
  const [retired] = await written([["r", 1, 1, true]], "swept")
  const [orphan] = await written([["o", 1, 1, true]], "swept")
  await list([kept!, retired!])
  await list([], [retired!.id])
  await store.segments.sweep()
  const there = (s: Segment) => existsSync(join(store.folder, s.path))
  expect([there(kept!), there(retired!), there(orphan!)]).toEqual([true, true, false])
  expect(await store.segments.sweep()).toBe(0)
})

test("what goes is in no file any more, live or retired; the past keeps its positions, and what stays is as it was", async () => {
  const [old] = await written(
    [
      ["gone", 1, 1, true],
      ["stays", 2, 1, true],
    ],
    "loss",
  )
  const [next] = await written(
    [
      ["gone", 1, 1, true],
      ["stays", 2, 1, true],
      ["changes", 3, 1, true],
    ],
    "loss",
  )
  const [whole] = await written([["gone", 9, 1, true]], "loss")
  const [other] = await written([["stays", 4, 1, true]], "loss")
  const first = await list([old!])
  const second = await list([next!, whole!, other!], [old!.id])
  const engine = await store.engine()
  const rewriting = await store.segments.rewriteWithout(
    engine,
    {
      exhibits: ["ex_a"],
      rows: (dataset) => (dataset === "loss" ? "id = 'gone'" : null),
      altered: (dataset) => (dataset === "loss" ? { where: "id = 'changes'", columns: { n: "null" } } : null),
    },
    "all",
  )
  engine.close()
  expect([rewriting.lost, rewriting.altered, rewriting.past]).toEqual([{ loss: 2 }, { loss: 1 }, 1])
  const position = await store.register.transaction((tx) => store.segments.replace(tx, rewriting, "order"), "all")
  expect(position).toBe(second + 1)
  const rowsAt = async (asOf?: number) =>
    rowsOf(
      await store.register.transaction(
        (tx) => store.segments.live(tx, { dataset: "loss", ...(asOf === undefined ? {} : { asOf }) }),
        "all",
      ),
    )
  expect((await rowsAt(first)).map((r) => r.id)).toEqual(["stays"])
  expect((await rowsAt()).map((r) => [r.id, r.n]).sort()).toEqual([
    ["changes", null],
    ["stays", 2],
    ["stays", 4],
  ])
  const there = (s: Segment) => existsSync(join(store.folder, s.path))
  // Held: a restart keeps them for whoever has still to read what went.
  await store.segments.sweep()
  expect([old!, next!, whole!, other!].map(there)).toEqual([true, true, true, true])
  expect((await store.register.transaction((tx) => store.segments.replaced(tx, "order"))).map((r) => r.path).sort()).toEqual(
    [old!, next!, whole!].map((s) => s.path).sort(),
  )
  expect(await store.segments.removeReplaced("order")).toBe(3)
  expect(await store.segments.removeReplaced("order")).toBe(0)
  expect([old!, next!, whole!, other!].map(there)).toEqual([false, false, false, true])
})

test("files that nobody holds go with the next sweep after they were replaced; two who write one anew have a conflict", async () => {
  const [old] = await written(
    [
      ["gone", 1, 1, true],
      ["stays", 2, 1, true],
    ],
    "lost twice",
  )
  await list([old!])
  const engine = await store.engine()
  const loss = { exhibits: ["ex_a"], rows: (dataset: string) => (dataset === "lost twice" ? "id = 'gone'" : null), gone: ["ex_a"] }
  const one = await store.segments.rewriteWithout(engine, loss, "all")
  const two = await store.segments.rewriteWithout(engine, loss, "all")
  engine.close()
  await store.register.transaction((tx) => store.segments.replace(tx, one), "all")
  const second = store.register.transaction((tx) => store.segments.replace(tx, two), "all")
  expect((await failureOf(second)).code).toBe("conflict.segment-replaced")
  expect(existsSync(join(store.folder, old!.path))).toBe(true)
  expect(await store.segments.sweep()).toBeGreaterThan(0)
  expect(existsSync(join(store.folder, old!.path))).toBe(false)
  const left = await store.register.transaction((tx) => store.segments.live(tx, { dataset: "lost twice" }), "all")
  expect(left.map((s) => [s.rows, s.exhibits])).toEqual([[1, []]])
})

test("the engine reads and writes below the data folder only, and cannot be told otherwise", async () => {
  const outside = join(store.folder, "..", `outside-${process.pid}.csv`)
  writeFileSync(outside, "a\n1\n")
  mkdirSync(`${store.folder}-beside`, { recursive: true })
  writeFileSync(`${store.folder}-beside/a.csv`, "a\n1\n")
  const engine = await store.engine()
  for (const sql of [
    `select * from read_csv('${outside}')`,
    `select * from read_csv('${store.folder}-beside/a.csv')`,
    `select * from read_csv('${store.folder}/../${outside.split("/").at(-1)}')`,
    "select * from read_text('/etc/hostname')",
    "copy (select 1) to '/tmp/linchpin-outside.csv'",
    "attach '/tmp/linchpin-outside.db'",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "install httpfs",
    "load httpfs",
  ])
    await expect(engine.all(sql), sql).rejects.toThrow(/Permission|not allowed|disabled|locked|Cannot/i)
  engine.close()
})

test("a mounted view without files is empty and has its columns", async () => {
  const engine = await store.engine()
  await engine.mount([{ view: "nothing", files: [], columns: LAYOUT }])
  expect(await engine.all("select count(*) as n, count(share) as s from nothing")).toEqual([{ n: 0, s: 0 }])
  engine.close()
})

test("an engine that is opened after another finds nothing of it, whether it ended well, broke or was left in the middle of a stream", async () => {
  const endings: ((engine: Engine) => Promise<unknown>)[] = [
    async () => undefined,
    async (engine) => engine.all("select * from nowhere").catch(() => undefined),
    async (engine) => engine.stream("select * from kept").next(),
  ]
  for (const end of endings) {
    const first = await store.engine()
    await first.mount([{ view: "v", files: [], columns: LAYOUT }])
    await first.exec("create temp table kept as select range as n from range(5000)")
    await first.exec("create temp view w as select 'seen' as share")
    await end(first)
    first.close()
    const second = await store.engine()
    for (const name of ["kept", "w"]) await expect(second.all(`select * from ${name}`)).rejects.toThrow(/does not exist/)
    await second.mount([{ view: "v", files: [], columns: [["other", "VARCHAR"]] }])
    expect(await second.all("select count(other) as n from v")).toEqual([{ n: 0 }])
    await second.exec("create temp view v as select 'own' as other")
    expect(await second.all("select other from v")).toEqual([{ other: "own" }])
    second.close()
  }
})

test("rows in batches are the rows at once, lists, nulls and large numbers included", async () => {
  const engine = await store.engine()
  const sql = "select n, case when n % 2 = 0 then null else [n::varchar, null] end as l, n * 1000000000 as big from range(5000) t(n)"
  const streamed = (await Array.fromAsync(engine.stream(sql))).flat()
  expect(streamed).toEqual(await engine.all(sql))
  expect(streamed[1]).toEqual({ n: 1, l: ["1", null], big: 1_000_000_000 })
  engine.close()
})
