import { randomBytes } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import type { Numbered } from "#journal"
import { draw, needed } from "../../src/stages/safeguards/samples/draw.ts"
import fc from "../support/properties.ts"
import { failureOf, journalOf, personAs, type TestApp, testApp } from "../support/store.ts"

interface Sample {
  id: string
  poolSize: number
  size: number
  seed: string
  counts: { adequate: number; inadequate: number; followUp: number; open: number }
}
interface Drawn {
  turn: number
  entry: string
  ground: string | null
  said: Record<string, unknown>
  about: string[]
  left: string[]
  actor: string
}

const START = Date.UTC(2026, 2, 2, 9)
const PERIOD = { from: new Date(START - 1).toISOString(), to: new Date(START + 86_400_000).toISOString() }
let app: TestApp
let inspector: Caller
let analyst: Caller

beforeAll(async () => {
  app = await testApp({ clock: () => START })
  inspector = await personAs(app, { id: "us_inspector", roles: [{ role: "inspector", investigation: null }] })
  analyst = await personAs(app, { id: "us_analyst", roles: [{ role: "opener", investigation: null }] })
  await app.ask("investigations.open", { name: "secret-heron" }, analyst)
  for (let n = 0; n < 40; n++)
    await app.gate.invoke("investigations.list", { input: {}, caller: analyst, reason: `tasking ${n}: who works where` })
})
afterAll(() => app.end())

const drawn = (more: object = {}) => app.ask<Sample>("safeguards.draw-sample", { pool: "reasons", ...PERIOD, size: 10, ...more }, inspector)
const shown = async (sample: string) => (await app.ask<{ items: Drawn[] }>("safeguards.sample-show", { sample }, inspector)).items

test("a sample is drawn by the root of the journal, and whoever has the journal draws the same one", async () => {
  const sample = await drawn()
  expect(sample).toMatchObject({ poolSize: 40, size: 10, counts: { open: 10, adequate: 0 } })
  const items = await shown(sample.id)
  const pool = (await journalOf(app)).filter((e) => e.header.ground?.startsWith("tasking"))
  const again = draw(pool, Buffer.from(sample.seed, "hex"), 10)
  expect(items.map((i) => i.entry)).toEqual(again.map((e) => `${e.tree}:${e.n}`))
  expect(items.every((i) => i.ground?.startsWith("tasking"))).toBe(true)
})

test("another draw has another seed, since the first is in the journal now", async () => {
  const [a, b] = [await drawn(), await drawn()]
  expect(a.seed).not.toBe(b.seed)
  const draws = (await journalOf(app)).filter((e) => e.header.procedure === "safeguards.draw-sample")
  expect(draws.length).toBeGreaterThanOrEqual(2)
})

test("every entry is as likely as every other", () => {
  const pool = Array.from({ length: 20 }, (_, n) => ({ tree: "access", n }) as Numbered)
  const hits = new Array<number>(20).fill(0)
  for (let k = 0; k < 2000; k++) for (const e of draw(pool, randomBytes(32), 5)) hits[e.n]!++
  // 500 expected, standard deviation under 20: six of them either way.
  expect(Math.min(...hits)).toBeGreaterThan(380)
  expect(Math.max(...hits)).toBeLessThan(620)
})

test("of a payload only what a judgement needs is shown", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string()), (more) => {
      const { said, left } = needed({ input: { ...more, reason: "because", find: "Rebwar" }, about: ["en_1", 3] })
      return said.find === undefined && said.reason === "because" && left.includes("find")
    }),
  )
  expect(needed(null)).toEqual({ said: {}, about: [], left: [] })
})

test("each entry is judged with a remark, counted, and reported", async () => {
  const sample = await drawn()
  const judge = (turn: number, verdict: string) =>
    app.ask("safeguards.judge-sample", { sample: sample.id, turn, verdict, remark: "reads as a reason" }, inspector)
  await judge(1, "adequate")
  await judge(2, "follow-up")
  expect(await judge(3, "inadequate")).toEqual({ adequate: 1, inadequate: 1, followUp: 1, open: 7 })
  expect((await failureOf(judge(11, "adequate"))).code).toBe("invalid.sample-item")
  const report = await app.ask<{ pool: string; counts: Sample["counts"] }[]>("safeguards.sample-report", {}, inspector)
  expect(report.find((r) => r.pool === "reasons")!.counts).toMatchObject({ adequate: 1, inadequate: 1, followUp: 1 })
  const counts = await app.ask<{ alerts: { all: number } }>("safeguards.rights-report", {}, inspector)
  expect(counts).toMatchObject({ alerts: { all: 0, medianToScreenMs: null }, requests: { all: 0 }, breaches: { all: 0 } })
})

test("an inspector learns no name of an investigation, sees no case, and nobody else draws", async () => {
  const sample = await drawn({ size: 40 })
  expect(JSON.stringify(await shown(sample.id))).not.toContain("heron")
  expect((await failureOf(app.ask("safeguards.samples", {}, analyst))).code).toBe("refused.oversee")
  expect((await failureOf(app.ask("safeguards.inbox", {}, inspector))).code).toBe("refused.duty")
  expect((await failureOf(drawn({ pool: "liftings" }))).code).toBe("invalid.pool-empty")
})

test("nobody judges what he did himself", async () => {
  await app.gate.invoke("safeguards.samples", { input: {}, caller: inspector, reason: "own round" })
  const sample = await drawn({ size: 200 })
  const own = (await shown(sample.id)).find((i) => i.actor === inspector.id)!
  const judging = app.ask("safeguards.judge-sample", { sample: sample.id, turn: own.turn, verdict: "adequate", remark: "mine" }, inspector)
  expect((await failureOf(judging)).code).toBe("refused.own-act")
})
