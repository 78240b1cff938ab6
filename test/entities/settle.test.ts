import { mkdirSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Engine, fill, literal } from "#store"
import { SETTLED, settle } from "../../src/stages/entities/identity/settle.ts"
import { LONG } from "../support/dice.ts"
import fc from "../support/properties.ts"
import { type TestStore, testStore } from "../support/store.ts"

const RUNS = LONG ? 150 : 10
const phone = (n: number): string => `phone:+44770090${String(n).padStart(4, "0")}`

/** A world of claims, facts and decisions; `rounds` say in which of two states each is there. */
interface Part {
  claims: { a: number; b: number; weight: number; rule: string; there: number }[]
  born: { key: number; date: string; there: number }[]
  stated: { key: number; date: string; there: number }[]
  apart: { left: number; right: number; there: number }[]
}

const there = fc.constantFrom(1, 2, 3)
const place = fc.integer({ min: 0, max: 29 })
const parts: fc.Arbitrary<Part> = fc.record({
  claims: fc.uniqueArray(
    fc
      .record({
        a: place,
        b: place,
        weight: fc.constantFrom(500, 900, 1500, 3000),
        rule: fc.constantFrom("one-party", "linkage", "full-name"),
        there,
      })
      .filter((c) => c.a < c.b),
    { maxLength: 40, selector: (c) => `${c.a} ${c.b} ${c.rule}` },
  ),
  born: fc.uniqueArray(fc.record({ key: place, date: fc.constantFrom("1990-03-04", "1984-05-06"), there }), {
    maxLength: 6,
    selector: (b) => b.key,
  }),
  stated: fc.uniqueArray(fc.record({ key: place, date: fc.constantFrom("19900304", "19530728"), there }), {
    maxLength: 6,
    selector: (b) => b.key,
  }),
  apart: fc.array(
    fc.record({ left: place, right: place, there }).filter((a) => a.left !== a.right),
    { maxLength: 4 },
  ),
})

let store: TestStore
let folders = 0
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.end())

async function load(engine: Engine, { claims, born, stated, apart }: Part, state: number): Promise<void> {
  const now = <T extends { there: number }>(all: readonly T[]): T[] => all.filter((one) => (one.there & state) !== 0)
  const text = (names: readonly string[]) => names.map((n) => [n, "VARCHAR"] as const)
  await fill(
    engine,
    "claim",
    [...text(["a", "b"]), ["weight", "INTEGER"], ...text(["rule", "decision", "reason"])],
    now(claims).map((c) => [phone(c.a), phone(c.b), c.weight, c.rule, null, "invented"]),
  )
  await fill(
    engine,
    "fact_born",
    text(["key", "date", "record"]),
    now(born).map((b) => [phone(b.key), b.date, `rc_${b.key}`]),
  )
  await fill(
    engine,
    "fact_stated",
    text(["key", "date", "ids", "record"]),
    now(stated).map((f) => [phone(f.key), f.date, "", `rc_stated_${f.key}`]),
  )
  await fill(engine, "fact_place", [...text(["key"]), ["at_ms", "BIGINT"], ["lat", "DOUBLE"], ["lon", "DOUBLE"], ...text(["record"])], [])
  await fill(
    engine,
    "apart",
    text(["decision", "side", "key"]),
    now(apart).flatMap((a, n) => [
      [`dc_${n}`, "left", phone(a.left)],
      [`dc_${n}`, "right", phone(a.right)],
    ]),
  )
}

interface Settled {
  redone: number
  keys: number
  told: unknown
}

/** Settles a state, from a base or from nothing; keeps it where asked. */
async function settled(part: Part, state: number, base: string | null, keep: string | null = null): Promise<Settled> {
  const engine = await store.engine({ memoryLimit: "300MB" })
  try {
    await load(engine, part, state)
    await settle(engine, "sure", base)
    const { redone, keys } = await settle(engine, "all", base)
    if (keep !== null)
      for (const table of SETTLED.filter((t) => t !== "name_block"))
        await engine.exec(`copy ${table} to ${literal(`${keep}/whole-${table}.parquet`)} (format parquet)`)
    return {
      redone,
      keys,
      told: [await engine.all("select * from cluster order by all"), await engine.all("select * from refusal order by all")],
    }
  } finally {
    engine.close()
  }
}

const folder = (): string => {
  const made = `${store.folder}/derived/base-${folders++}`
  mkdirSync(made, { recursive: true })
  return made
}

test("what goes on from an earlier picture is what is worked out from nothing, whatever came, went or changed in between", async () => {
  await fc.assert(
    fc.asyncProperty(parts, async (part) => {
      const base = folder()
      await settled(part, 1, null, base)
      const [full, grown] = [await settled(part, 2, null), await settled(part, 2, base)]
      expect(grown.told).toEqual(full.told)
      expect(grown.keys).toBe(full.keys)
    }),
    { numRuns: RUNS },
  )
}, 600_000)

test("only what a change touches is redone", async () => {
  // A hundred pairs that nothing ties to each other; one of them gets a third number.
  const pairs = Array.from({ length: 100 }, (_, n) => ({ a: 2 * n, b: 2 * n + 1, weight: 1500, rule: "one-party", there: 3 }))
  const part: Part = { claims: [...pairs, { a: 7, b: 900, weight: 1500, rule: "one-party", there: 2 }], born: [], stated: [], apart: [] }
  const base = folder()
  await settled(part, 1, null, base)
  expect(await settled(part, 2, base)).toMatchObject({ redone: 3, keys: 201 })
  expect(await settled(part, 1, base)).toMatchObject({ redone: 0, keys: 200 })
})
