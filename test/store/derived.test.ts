import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { canonical } from "#store"
import fc from "../support/properties.ts"
import { failureOf, type TestStore, testStore } from "../support/store.ts"

let store: TestStore
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.end())

const words = (folder: string): string => readFileSync(join(folder, "a.txt"), "utf8")

test("a folder is made once per key, whatever the order of the key's fields, and found again", async () => {
  let made = 0
  const build = async (folder: string) => {
    made++
    writeFileSync(join(folder, "a.txt"), "made")
  }
  const first = await store.derived.folder("one", { a: 1, b: [2, { c: 3, d: undefined }] }, build)
  expect(await store.derived.folder("one", { b: [2, { c: 3 }], a: 1 }, build)).toBe(first)
  expect(await store.derived.find("one", { a: 1, b: [2, { c: 3 }] })).toBe(first)
  expect(await store.derived.find("one", { a: 1 })).toBeNull()
  expect(await store.derived.find("two", { a: 1, b: [2, { c: 3 }] })).toBeNull()
  expect([made, words(first)]).toEqual([1, "made"])
})

test("a folder is whole or absent: one whose making broke is not there, and is made anew", async () => {
  const half = async (folder: string) => {
    writeFileSync(join(folder, "a.txt"), "half")
    throw new RangeError("broke")
  }
  await expect(store.derived.folder("half", 1, half)).rejects.toThrow(RangeError)
  expect(await store.derived.find("half", 1)).toBeNull()
  expect(readdirSync(join(store.folder, "derived")).filter((n) => n.startsWith("aside"))).toEqual([])
  const whole = await store.derived.folder("half", 1, async (folder) => writeFileSync(join(folder, "a.txt"), "whole"))
  expect(words(whole)).toBe("whole")
})

test("a folder that a crash left unlisted is not trusted, by its maker or by the sweep", async () => {
  const folder = await store.derived.folder("crash", 1, async (at) => writeFileSync(join(at, "a.txt"), "listed"))
  await store.register.read.query("delete from derived where name = 'crash'")
  expect(await store.derived.find("crash", 1)).toBeNull()
  const again = await store.derived.folder("crash", 1, async (at) => writeFileSync(join(at, "a.txt"), "anew"))
  expect([again, words(again)]).toEqual([folder, "anew"])
  mkdirSync(join(store.folder, "derived", "crash", "ff".repeat(32)))
  mkdirSync(join(store.folder, "derived", "aside-0011"))
  expect(await store.derived.sweep()).toBe(2)
  expect([existsSync(again), words(again)]).toEqual([true, "anew"])
})

test("several who make one folder at a time get one, and nobody's reading is pulled away", async () => {
  const first = Promise.withResolvers<void>()
  const slow = store.derived.folder("race", 1, async (at) => {
    await first.promise
    writeFileSync(join(at, "a.txt"), "same")
  })
  const quick = await store.derived.folder("race", 1, async (at) => writeFileSync(join(at, "a.txt"), "same"))
  const inode = readFileSync(join(quick, "a.txt"))
  first.resolve()
  expect(await slow).toBe(quick)
  expect(readFileSync(join(quick, "a.txt"))).toEqual(inode)
  const many = await Promise.all(
    Array.from({ length: 5 }, () => store.derived.folder("race", 2, async (at) => writeFileSync(join(at, "a.txt"), "same"))),
  )
  expect(new Set(many).size).toBe(1)
})

test("a folder that somebody removed by hand is made anew", async () => {
  const build = async (at: string) => writeFileSync(join(at, "a.txt"), "made")
  const folder = await store.derived.folder("removed", 1, build)
  const { rmSync } = await import("node:fs")
  rmSync(folder, { recursive: true })
  expect(words(await store.derived.folder("removed", 1, build))).toBe("made")
})

test("canonical JSON is the same for equal values and different for different ones", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      if (value !== null && typeof value === "object" && !Array.isArray(value))
        expect(canonical(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonical(value))
    }),
  )
})

test("what rests on something that is forgotten goes, and what says nothing of it; the rest stays", async () => {
  const make = (key: string, rests?: string[]) =>
    store.derived.folder("rests", key, async (folder) => writeFileSync(join(folder, "a.txt"), key), rests)
  const [a, b, c] = [await make("a", ["one", "two"]), await make("b", ["three"]), await make("c")]
  await store.derived.forget(["two"])
  expect([a, b, c].map((folder) => existsSync(folder))).toEqual([false, true, false])
  expect(await store.derived.find("rests", "a")).toBeNull()
  expect(words(await make("a", ["one"]))).toBe("a")
})

test("what is built while something is forgotten is not kept", async () => {
  const building = store.derived.folder("late", 1, async (folder) => {
    writeFileSync(join(folder, "a.txt"), "from before")
    await store.derived.forget(["anything"])
  })
  expect((await failureOf(building)).code).toBe("conflict.forgotten-meanwhile")
  expect(await store.derived.find("late", 1)).toBeNull()
  expect(readdirSync(join(store.folder, "derived")).filter((n) => n.startsWith("aside"))).toEqual([])
})
