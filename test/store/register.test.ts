import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { expect, test } from "vitest"
import { describeSchema, openStore } from "#store"
import { assertNoDrift } from "../../src/ground/store/migrations.ts"
import { embeddedIn } from "../../src/ground/store/postgres.ts"
import { openRegister } from "../../src/ground/store/register.ts"
import { MIGRATIONS, SCHEMA_FILE } from "../../src/shells/app/compose.ts"
import { failureOf, ground, testStore } from "../support/store.ts"

const table = { id: "9001-test", sql: "create table test_row (n int); grant select, insert on test_row to linchpin_app" }

test("migrations only add: new steps run once, a changed text and a newer register are refused", async () => {
  const own = await ground()
  const open = (migrations: { id: string; sql: string }[]) => openStore({ folder: own.folder, databaseUrl: own.databaseUrl, migrations })
  const first = await open([])
  await first.close()
  const second = await open([table])
  await second.register.read.query("insert into test_row values (1)")
  await second.close()
  const third = await open([table])
  expect((await third.register.read.query("select n from test_row")).rows).toEqual([{ n: 1 }])
  await third.close()
  expect((await failureOf(open([{ ...table, sql: `${table.sql};` }]))).code).toBe("conflict.migration-changed")
  expect((await failureOf(open([]))).code).toBe("conflict.newer-register")
  const again = await open([table])
  await again.close()
  await own.remove()
})

test("a step that fails leaves nothing of itself or of its fellows", async () => {
  const own = await ground()
  const open = (sql: string) => openStore({ folder: own.folder, databaseUrl: own.databaseUrl, migrations: [{ id: "9001-test", sql }] })
  await expect(open("create table half (n int); select no_such_column from half")).rejects.toThrow(/no_such_column/)
  const store = await open("create table half (n int, whole text)")
  expect((await store.register.transaction(describeSchema)).filter((line) => line.includes("half"))).toEqual([
    "column half.n integer",
    "column half.whole text",
    expect.stringMatching(/^table \S+ half rls=f$/),
  ])
  await store.close()
  await own.remove()
})

test("the declared schema is the live one, and a change by hand stops the start", async () => {
  const own = await ground()
  const declared = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as string[]
  const open = () => openStore({ folder: own.folder, databaseUrl: own.databaseUrl, migrations: MIGRATIONS, schema: declared })
  const store = await open()
  const live = await store.register.transaction(describeSchema)
  expect(live).toEqual(declared)
  await store.close()
  const { register, asOwner } = await openRegister(own.folder, own.databaseUrl)
  await asOwner((tx) => tx.query("drop policy item_sight on item"))
  await register.close()
  const failure = await failureOf(open())
  expect(failure).toMatchObject({ code: "unavailable.schema-drift" })
  expect(failure.message).toContain("policy item.item_sight")
  await own.remove()
})

test("drift names what is too much and what is missing", () => {
  expect(() => assertNoDrift(["a", "b"], ["a", "b"])).not.toThrow()
  expect(() => assertNoDrift(["a", "x"], ["a", "b"])).toThrow(/2 places; first: \+ x/)
})

test("rows with an access class are seen through it alone: no class none, wrong class none, right class its own, all everything", async () => {
  const store = await testStore()
  const segment = (id: string, cls: number) => ({
    id,
    dataset: "d",
    accessClass: cls,
    scope: "in" as const,
    path: `segments/d/${id}`,
    rows: 1,
    sizeBytes: 1,
    sha256: id,
    version: "1",
    exhibits: ["ex"],
  })
  await store.register.transaction((tx) => store.segments.list(tx, [segment("sg_a", 7), segment("sg_b", 8)]), [7, 8])
  const seen = (classes?: readonly number[] | "all") =>
    store.register.transaction(async (tx) => (await store.segments.live(tx, {})).map((s) => s.id), classes)
  expect(await seen()).toEqual([])
  expect(await seen([])).toEqual([])
  expect(await seen([9])).toEqual([])
  expect(await seen([7])).toEqual(["sg_a"])
  expect(await seen([8, 9])).toEqual(["sg_b"])
  expect(await seen("all")).toEqual(["sg_a", "sg_b"])
  expect((await store.register.read.query("select id from segment")).rowCount).toBe(0)
  await expect(store.register.transaction((tx) => store.segments.list(tx, [segment("sg_c", 9)]), [7])).rejects.toThrow(/row-level security/)
  // A class set in one transaction is gone in the next, on whatever connection.
  for (let n = 0; n < 20; n++) expect(await seen()).toEqual([])
  await store.end()
})

test("the app's role cannot change or remove what is listed", async () => {
  const store = await testStore({ migrations: MIGRATIONS })
  for (const sql of [
    "delete from segment",
    "update segment set path = 'x'",
    "delete from migration",
    "drop table segment",
    "update blob_key set wrapped = ''",
    "alter table segment disable row level security",
    "delete from exhibit",
    "update item set authority = 'other'",
  ])
    await expect(
      store.register.transaction((tx) => tx.query(sql), "all"),
      sql,
    ).rejects.toThrow(/permission denied|must be owner/)
  await store.end()
})

test("a transaction that throws leaves nothing, and what it threw comes out", async () => {
  const store = await testStore({ migrations: [table] })
  await expect(
    store.register.transaction(async (tx) => {
      await tx.query("insert into test_row values (1)")
      throw new RangeError("mine")
    }),
  ).rejects.toThrow(RangeError)
  expect((await store.register.read.query("select n from test_row")).rows).toEqual([])
  await store.end()
})

test("two processes' worth of stores open one folder at once, agree on one key, and both work", async () => {
  const own = await ground()
  const open = () => openStore({ folder: own.folder, databaseUrl: own.databaseUrl, migrations: [table] })
  const stores = await Promise.all([open(), open(), open()])
  expect(new Set(stores.map((s) => s.nodeKey.toString("hex"))).size).toBe(1)
  await Promise.all(stores.map((s, n) => s.register.read.query("insert into test_row values ($1)", [n])))
  expect((await stores[0]!.register.read.query("select count(*)::int as n from test_row")).rows).toEqual([{ n: 3 }])
  for (const store of stores) await store.close()
  await own.remove()
})

test("the node's key is for its owner alone: other modes are refused, and the data folder is closed to others", async () => {
  const store = await testStore()
  const path = join(store.folder, "node.key")
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(store.folder).mode & 0o777).toBe(0o700)
  await store.close()
  chmodSync(path, 0o640)
  const open = () => openStore({ folder: store.folder, databaseUrl: store.ground.databaseUrl })
  expect(await failureOf(open())).toMatchObject({ code: "unavailable.key-readable-by-others", at: path })
  chmodSync(path, 0o600)
  const again = await open()
  expect(again.nodeKey).toEqual(store.nodeKey)
  await again.close()
  await store.ground.remove()
})

test("a lock is held by one and freed by its holder", async () => {
  const store = await testStore()
  const { register } = store
  expect(await register.isLocked("x")).toBe(false)
  const one = await register.tryLock("x")
  expect([await register.isLocked("x"), await register.isLocked("y")]).toEqual([true, false])
  expect(await register.tryLock("x")).toBeNull()
  const other = await register.tryLock("y")
  await other!()
  await one!()
  await (await register.tryLock("x"))!()
  await store.end()
})

test("a server that drops visitors while it starts or stops is asked again", async () => {
  const store = await testStore()
  const { folder, databaseUrl } = store.ground
  const host = databaseUrl ? new URL(databaseUrl).searchParams.get("host")! : embeddedIn(folder).socketFolder
  const ways: Record<number, (visitor: Socket) => void> = {
    1: (visitor) => visitor.destroy(),
    2: (visitor) => visitor.once("data", () => visitor.end()),
    3: (visitor) => visitor.resetAndDestroy(),
    5: (visitor) => visitor.once("data", () => visitor.resetAndDestroy()),
  }
  let visitors = 0
  const door = createServer((visitor) => {
    visitor.on("error", () => undefined)
    const drop = ways[++visitors]
    if (drop) return drop(visitor)
    const inside = connect(join(host, ".s.PGSQL.5432"))
    inside.on("error", () => visitor.destroy())
    visitor.pipe(inside).pipe(visitor)
  })
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done))
  const name = databaseUrl ? new URL(databaseUrl).pathname.slice(1) : "linchpin"
  const through = `postgresql://linchpin@127.0.0.1:${(door.address() as AddressInfo).port}/${name}`
  const { register, asOwner, alone } = await openRegister(folder, through)
  expect(visitors).toBe(7)
  expect((await asOwner((tx) => tx.query("select 1 as n"))).rows).toEqual([{ n: 1 }])
  expect(await alone(async () => expect.unreachable("the other store has the folder open"))).toBe(false)
  await register.close()
  door.close()
  await store.end()
})

test("a folder is opened and closed by several at once, each last one ending the server", async () => {
  const own = await ground()
  const times = process.env.LONG ? 40 : 5
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let n = 0; n < times; n++) {
        const store = await openStore({ folder: own.folder, databaseUrl: own.databaseUrl })
        expect((await store.register.transaction((tx) => tx.query("select 1 as n"))).rows).toEqual([{ n: 1 }])
        await store.close()
      }
    }),
  )
  expect(existsSync(join(own.folder, "register", "postmaster.pid"))).toBe(false)
  await own.remove()
}, 600_000)

test("a folder is at rest once it is closed: nothing writes there any more, so that it can be copied, moved or removed", async () => {
  const own = await ground()
  for (let n = 0; n < 3; n++) {
    const store = await openStore({ folder: own.folder, databaseUrl: own.databaseUrl })
    await store.close()
    expect(existsSync(join(own.folder, "register", "postmaster.pid"))).toBe(false)
    const files = () =>
      readdirSync(own.folder, { recursive: true, encoding: "utf8" }).map((path) => `${path} ${statSync(join(own.folder, path)).mtimeMs}`)
    const atOnce = files()
    await wait(200)
    expect(files()).toEqual(atOnce)
  }
  await own.remove()
})

test("of several who close at one moment one ends the server", async () => {
  const own = await ground()
  for (let n = 0; n < 5; n++) {
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ folder: own.folder, databaseUrl: own.databaseUrl })))
    await Promise.all(stores.map((store) => store.close()))
    expect(existsSync(join(own.folder, "register", "postmaster.pid"))).toBe(false)
  }
  await own.remove()
})

test("a server that was killed holds up nobody who closes", async () => {
  const store = await testStore()
  if (!store.ground.databaseUrl)
    process.kill(Number(readFileSync(join(store.folder, "register", "postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL")
  await store.close()
  await store.ground.remove()
})

test("what an earlier process left in scratch is gone after opening alone", async () => {
  const store = await testStore()
  const left = store.scratch(".zip")
  const { writeFileSync } = await import("node:fs")
  writeFileSync(left, "plain content")
  await store.close()
  const again = await openStore({ folder: store.folder, databaseUrl: store.ground.databaseUrl })
  expect(() => statSync(left)).toThrow(/ENOENT/)
  await again.close()
  rmSync(store.folder, { recursive: true, force: true })
  await store.ground.remove()
})
