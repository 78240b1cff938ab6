import { randomBytes } from "node:crypto"
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import fc from "../support/properties.ts"
import { failureOf, type TestStore, testStore } from "../support/store.ts"

const MIB = 1 << 20
let store: TestStore
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.end())

const bytesOf = async (stream: Readable): Promise<Buffer> => Buffer.concat((await Array.fromAsync(stream)) as Buffer[])
const streamOf = (content: Uint8Array, size = 70_001): Readable =>
  Readable.from(Array.from({ length: Math.ceil(content.length / size) }, (_, n) => Buffer.from(content.subarray(n * size, (n + 1) * size))))
const fileOf = (sha256: string): string => join(store.folder, "vault", sha256.slice(0, 2), sha256)

async function held(content: Uint8Array, exhibit: string): Promise<{ sha256: string; alreadyHeld: boolean }> {
  const staged = await store.vault.stage(streamOf(content))
  return { sha256: staged.sha256, ...(await store.register.transaction((tx) => staged.hold(tx, exhibit))) }
}
const read = async (exhibit: string, sha256: string, range?: { start: number; end: number }): Promise<Buffer> =>
  bytesOf(await store.vault.open(exhibit, sha256, range))

test.each([0, 1, 15, 16, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 17])(
  "%i bytes come back as they were, and are not on the disk in plain",
  async (size) => {
    const content = randomBytes(size)
    const { sha256 } = await held(content, `ex_size_${size}`)
    expect((await read(`ex_size_${size}`, sha256)).equals(content)).toBe(true)
    const sealed = readFileSync(fileOf(sha256))
    expect(sealed.length).toBeGreaterThanOrEqual(size + 16)
    if (size >= 15) expect(sealed.includes(content.subarray(0, 15))).toBe(false)
  },
)

test("any range is exactly that range, also beyond the end and across chunks", async () => {
  const content = randomBytes(2 * MIB + 333)
  const { sha256 } = await held(content, "ex_range")
  const edges = [0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, content.length - 1, content.length, content.length + 5]
  const at = fc.oneof(fc.constantFrom(...edges), fc.nat(content.length + 10))
  await fc.assert(
    fc.asyncProperty(at, at, async (start, end) => {
      expect((await read("ex_range", sha256, { start, end })).equals(content.subarray(start, Math.max(start, end)))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test("every flipped byte is found", async () => {
  const content = randomBytes(200)
  const { sha256 } = await held(content, "ex_flip")
  const sealed = readFileSync(fileOf(sha256))
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1 << (at % 8)
    writeFileSync(fileOf(sha256), changed)
    expect(await failureOf(read("ex_flip", sha256)), `byte ${at}`).toMatchObject({ code: "unavailable.seal-broken", at: sha256 })
  }
  writeFileSync(fileOf(sha256), sealed)
  expect((await read("ex_flip", sha256)).equals(content)).toBe(true)
})

test("cut, lengthened and reordered chunks are found, also by a range that does not touch the place", async () => {
  const content = randomBytes(3 * MIB)
  const { sha256 } = await held(content, "ex_cut")
  const path = fileOf(sha256)
  copyFileSync(path, `${path}.kept`)
  const sealed = readFileSync(path)
  const chunk = MIB + 16
  const broken: Record<string, Buffer> = {
    "a byte short": sealed.subarray(0, -1),
    "a chunk short": sealed.subarray(0, -chunk),
    "nothing left": Buffer.alloc(0),
    "ten bytes left": sealed.subarray(0, 10),
    "a byte more": Buffer.concat([sealed, Buffer.of(0)]),
    "two chunks changed round": Buffer.concat([sealed.subarray(chunk, 2 * chunk), sealed.subarray(0, chunk), sealed.subarray(2 * chunk)]),
    "a chunk twice": Buffer.concat([sealed.subarray(0, chunk), sealed.subarray(0, chunk), sealed.subarray(2 * chunk)]),
  }
  for (const [how, bytes] of Object.entries(broken)) {
    writeFileSync(path, bytes)
    expect((await failureOf(read("ex_cut", sha256))).code, how).toBe("unavailable.seal-broken")
  }
  truncateSync(path, chunk)
  expect((await failureOf(read("ex_cut", sha256, { start: 2 * MIB, end: 2 * MIB + 5 }))).code).toBe("unavailable.seal-broken")
  rmSync(path)
  expect((await failureOf(read("ex_cut", sha256))).code).toBe("unavailable.vault-file-missing")
  copyFileSync(`${path}.kept`, path)
  rmSync(`${path}.kept`)
  expect((await read("ex_cut", sha256)).equals(content)).toBe(true)
})

test("two exhibits hold one file: bytes once, a key each; without its key an exhibit has no content, without any nobody has", async () => {
  const content = randomBytes(MIB + 5)
  const first = await held(content, "ex_one")
  const inode = statSync(fileOf(first.sha256)).ino
  const second = await held(content, "ex_two")
  expect([first.alreadyHeld, second.alreadyHeld]).toEqual([false, true])
  expect(statSync(fileOf(first.sha256)).ino).toBe(inode)
  expect(readdirSync(join(store.folder, "vault", "aside"))).toEqual([])
  await store.register.transaction((tx) => tx.query("delete from blob_key where exhibit = 'ex_one'"))
  expect((await failureOf(read("ex_one", first.sha256))).code).toBe("refused.no-key")
  expect((await read("ex_two", first.sha256)).equals(content)).toBe(true)
  // A wrapped key says for whom it was wrapped: another exhibit cannot use it.
  await store.register.transaction((tx) =>
    tx.query("insert into blob_key (sha256, exhibit, wrapped) select sha256, 'ex_three', wrapped from blob_key where exhibit = 'ex_two'"),
  )
  await expect(read("ex_three", first.sha256)).rejects.toThrow()
  await store.register.transaction((tx) => tx.query("delete from blob_key where sha256 = $1", [first.sha256]))
  expect((await failureOf(read("ex_two", first.sha256))).code).toBe("refused.no-key")
})

test("two exhibits that seal the same bytes at the same time both hold them", async () => {
  const content = randomBytes(300_000)
  const exhibits = Array.from({ length: 6 }, (_, n) => `ex_race_${n}`)
  const all = await Promise.all(exhibits.map((e) => held(content, e)))
  expect(all.filter((h) => !h.alreadyHeld)).toHaveLength(1)
  for (const exhibit of exhibits) expect((await read(exhibit, all[0]!.sha256)).equals(content)).toBe(true)
})

test("a transaction that is rolled back holds nothing, and the same bytes can be sealed after it", async () => {
  const content = randomBytes(5000)
  const staged = await store.vault.stage(streamOf(content))
  await expect(
    store.register.transaction(async (tx) => {
      await staged.hold(tx, "ex_back")
      throw new RangeError("no")
    }),
  ).rejects.toThrow(RangeError)
  expect((await failureOf(read("ex_back", staged.sha256))).code).toBe("refused.no-key")
  expect((await held(content, "ex_back")).alreadyHeld).toBe(false)
  expect((await read("ex_back", staged.sha256)).equals(content)).toBe(true)
})

test("bytes that the disk lost are held again by all their exhibits when they are sealed anew", async () => {
  const content = randomBytes(5000)
  const { sha256 } = await held(content, "ex_lost_1")
  await held(content, "ex_lost_2")
  rmSync(fileOf(sha256))
  await held(content, "ex_lost_3")
  for (const exhibit of ["ex_lost_1", "ex_lost_2", "ex_lost_3"]) expect((await read(exhibit, sha256)).equals(content)).toBe(true)
})

test("content above a limit is not staged, and a source that breaks leaves nothing aside", async () => {
  expect((await failureOf(store.vault.stage(streamOf(randomBytes(1000)), { limitBytes: 999 }))).code).toBe("invalid.too-large")
  const breaking = Readable.from(
    (async function* () {
      yield Buffer.alloc(2 * MIB)
      throw new RangeError("the disk under it")
    })(),
  )
  await expect(store.vault.stage(breaking)).rejects.toThrow(RangeError)
  expect(readdirSync(join(store.folder, "vault", "aside"))).toEqual([])
})

test("sweeping removes what no row names and nothing else", async () => {
  const content = randomBytes(2000)
  const { sha256 } = await held(content, "ex_sweep")
  const staged = await store.vault.stage(streamOf(randomBytes(2000)))
  const orphan = "ab".repeat(32)
  writeFileSync(fileOf(sha256).replace(sha256, orphan), "left by a crash between rename and commit")
  expect(await store.vault.sweep()).toBe(2)
  expect(existsSync(fileOf(sha256).replace(sha256, orphan))).toBe(false)
  expect((await read("ex_sweep", sha256)).equals(content)).toBe(true)
  await staged.drop()
  expect(await store.vault.sweep()).toBe(0)
})

test("a destroyed exhibit opens nothing; content that another exhibit holds stays for that one, and goes with the last", async () => {
  const content = randomBytes(MIB + 5)
  const { sha256 } = await held(content, "ex_first")
  await held(content, "ex_second")
  const destroy = (exhibit: string) => store.register.transaction((tx) => store.vault.destroy(tx, exhibit))
  expect(await destroy("ex_first")).toEqual([{ sha256, sizeBytes: content.length, unheld: false }])
  expect(await store.vault.discard([sha256])).toBe(0)
  expect((await failureOf(read("ex_first", sha256))).code).toBe("refused.no-key")
  expect((await read("ex_second", sha256)).equals(content)).toBe(true)
  expect(await destroy("ex_second")).toEqual([{ sha256, sizeBytes: content.length, unheld: true }])
  expect(existsSync(fileOf(sha256))).toBe(true)
  expect(await store.vault.discard([sha256, sha256])).toBe(1)
  expect(existsSync(fileOf(sha256))).toBe(false)
  expect(await destroy("ex_second")).toEqual([])
  // The same bytes may come again, with a key of their own.
  await held(content, "ex_third")
  expect((await read("ex_third", sha256)).equals(content)).toBe(true)
})
