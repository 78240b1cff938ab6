import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rng } from "#kernels"
import { insertIdentity } from "../../src/stages/entities/identity/sql.ts"
import { failureOf, folderOf, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"

const CASE = "in_00000000000000000pm1"
/** Enough rows to learn on, and few enough to be quick. */
const PEOPLE = 260

let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock: () => Date.UTC(2026, 10, 22) })
  await openInvestigationAs(app, CASE, "registers")
  const [file] = await take(app, "registers", [join(register(1, PEOPLE), "a.csv")])
  expect(file!.read).toEqual({ person: 2 * PEOPLE })
})
afterAll(() => app?.end())

const HEADER = "rec_id,given_name,surname,date_of_birth,street_number,address_1,city,postcode,phone,email,soc_sec_id"
const GIVEN = "Karwan Shirin Rebin Nergiz Hiwa Soran Dilshad Runak Azad Twana Barzan Layla Sherko Avin Goran Jwan".split(" ")
const PARTS = "bar zan mir dosh kal tar ghar shaq lan rish gol han sur qan wez bush".split(" ")

/** A folder with a register in which every person stands twice, the second time now and then with a slip or without a number. */
function register(seed: number, people: number): string {
  const random = rng(seed)
  const pick = <T>(of: readonly T[]): T => of[random.int(of.length)]!
  const two = (n: number) => String(n).padStart(2, "0")
  const rows = Array.from({ length: people }, (_, n) => {
    const [given, family] = [pick(GIVEN), `${pick(PARTS)}${pick(PARTS)}${pick(PARTS)}i`]
    const born = `${1960 + random.int(45)}-${two(1 + random.int(12))}-${two(2 + random.int(26))}`
    const phone = `+9647${String(random.int(1e9)).padStart(9, "0")}`
    const home = `${1 + random.int(90)},${pick(PARTS)} Road,${pick(["Derby", "Hull", "Leeds", "Essen"])},${10000 + random.int(90000)}`
    const paper = 100_000_000 + random.int(9e8)
    const slip = random.next() < 0.2 ? family.slice(0, -1) : family
    return [
      `${n}a,${given},${family},${born},${home},${phone},,${paper}`,
      `${n}b,${given},${slip},${born},${home},${random.next() < 0.3 ? "" : phone},,`,
    ]
  })
  return folderOf({ "a.csv": [HEADER, ...rows.flat()].join("\n") })
}

interface Shown {
  fragments: number
  held: number
  decided: { same: number; other: number }
  inForce: {
    source: string
    hash: string
    adopted: boolean
    floor: number
    comparators: { comparator: string; levels: { m: number; u: number; weight: number }[] }[]
  }
  proposals: {
    source: string
    set: { hash: string } | null
    missing: string | null
    joins: number
    parts: number
    answered: { same: number; other: number }
  }[]
  adoptions: {
    decision: string
    hash: string
    state: string
    counts: boolean
    by: string
    learntOn: { fragments: number; decided: number }
  }[]
}
const investigation = CASE
const shown = (): Promise<Shown> => app.ask("entities.parameters", { investigation })
const adopt = (source: string, hash: string) =>
  app.ask<{ decision: string; state: string; consequences: string[] }>("entities.adopt-parameters", {
    investigation,
    source,
    hash,
    reason: "an invented reason",
  })
const withdraw = (decision: string) =>
  app.ask<{ state: string }>("entities.withdraw-parameters", { investigation, decision, reason: "an invented reason" })
/** Every answer about who is who, ids and weights included. */
async function picture(): Promise<string> {
  const list = await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation, limit: 5000 })
  const some = []
  for (const { id } of list.entities.slice(0, 3)) some.push(await app.ask("entities.show", { investigation, entity: id }))
  return JSON.stringify([list, some, await app.ask("entities.export", { investigation })])
}

test("what is in force says where it comes from, with whole weights that follow from its chances", async () => {
  const { inForce, proposals, fragments, adoptions } = await shown()
  expect(fragments).toBe(2 * PEOPLE)
  expect(inForce).toMatchObject({ source: "learnt", adopted: false })
  for (const { m, u, weight } of inForce.comparators.flatMap((c) => c.levels))
    expect(weight).toBe(Math.round(100 * Math.log2(Math.max(m, 1e-9) / Math.max(u, 1e-9))))
  expect(proposals.map((p) => [p.source, p.set !== null])).toEqual([
    ["shipped", true],
    ["learnt", true],
    ["decisions", false],
  ])
  expect(proposals[1]).toMatchObject({ joins: 0, parts: 0, set: { hash: inForce.hash } })
  expect(proposals[2]!.missing).toContain("decided")
  expect(adoptions).toEqual([])
})

test("what is adopted is what was shown, stays as it is when rows come in, and leaves nothing behind when it is withdrawn", async () => {
  const before = await picture()
  expect((await failureOf(adopt("learnt", "0".repeat(12)))).code).toBe("conflict.parameters-moved")
  expect((await failureOf(adopt("decisions", "0".repeat(12)))).code).toBe("invalid.too-little-learnt")
  const { inForce } = await shown()
  const adopted = await adopt("learnt", inForce.hash.slice(0, 12))
  expect(adopted).toMatchObject({ state: "in-force", consequences: [] })
  const after = await shown()
  expect(after.inForce).toMatchObject({ hash: inForce.hash, adopted: true })
  expect(after.adoptions).toMatchObject([
    { decision: adopted.decision, state: "in-force", counts: true, learntOn: { fragments: 2 * PEOPLE, decided: 0 } },
  ])
  const claims = (text: string) => text.replaceAll(/chances [^"]*/g, "")
  expect(claims(await picture())).toBe(claims(before))
  await withdraw(adopted.decision)
  expect(await picture()).toBe(before)
  expect((await failureOf(withdraw(adopted.decision))).code).toBe("conflict.undone")

  const again = await adopt("learnt", inForce.hash)
  await take(app, "registers", [join(register(2, 20), "a.csv")])
  const grown = await shown()
  expect(grown.fragments).toBe(2 * PEOPLE + 40)
  expect(grown.inForce).toMatchObject({ hash: inForce.hash, floor: inForce.floor, adopted: true })
  expect(grown.proposals[1]!.set!.hash).not.toBe(inForce.hash)
  await withdraw(again.decision)
  expect((await shown()).inForce).toMatchObject({ hash: grown.proposals[1]!.set!.hash, adopted: false })
})

test("whoever may not see what an adoption was learnt on has his own parameters", async () => {
  const sheet = { authority: "invented", grade: { scheme: "3x5x2", code: "1A" }, handling: "P", classification: "SECRET" }
  const secret = folderOf({
    "b.csv": `${HEADER}\n1,Sara,Zand,1990-02-03,5,Mill Road,Hull,40112,,,771\n2,Sara,Zand,1990-02-03,5,Mill Road,Hull,40112,,,771`,
    "material.json": JSON.stringify(sheet),
  })
  const viewer = await personAs(app, { id: "us_00000000000000000pm1", clearance: "OFFICIAL", roles: [{ role: "analyst", investigation }] })
  const own = () => app.ask<Shown>("entities.parameters", { investigation }, viewer)
  const before = await own()
  await take(app, "registers", [secret])
  const { proposals } = await shown()
  const { decision } = await adopt("learnt", proposals[1]!.set!.hash)
  expect((await shown()).adoptions.find((a) => a.decision === decision)).toMatchObject({ counts: true })
  expect(await own()).toEqual(before)
  await withdraw(decision)
})

test("decisions on pairs of rows are learnt from when there are enough", async () => {
  const records = await app.ask<{ id: string; place: { row: string } }[]>("records.list", { investigation, kind: "person", limit: 5000 })
  const keys = new Map(records.map((r) => [r.place.row, `fragment:${r.id}:0`]))
  // The first twenty rows' names stand in both registers.
  const pairs = [
    ...Array.from({ length: 30 }, (_, n) => ["same", `${n + 20}a`, `${n + 20}b`] as const),
    ...Array.from({ length: 40 }, (_, n) => ["not-same", `${n + 60}a`, `${n + 160}b`] as const),
  ]
  await app.store.register.transaction(async (tx) => {
    const { rows } = await tx.query<{ access_class: number }>("select access_class from exhibit where investigation = $1 limit 1", [CASE])
    for (const [decision, a, b] of pairs)
      await insertIdentity(tx, CASE, {
        id: `dc_${a.padStart(10, "0")}${b.padStart(10, "0")}`,
        access_class: rows[0]!.access_class,
        decision,
        left_keys: [keys.get(a)!],
        right_keys: [keys.get(b)!],
        part_of: null,
        reason: "an invented reason",
        records: [],
        rule: null,
        consequences: [],
        decided_by: app.caller.id,
        team: app.caller.team,
        decided_at: new Date(app.store.clock()),
        withdraws: null,
      })
  }, "all")
  const { decided, proposals } = await shown()
  // Of strangers most are kept apart whatever anything weighs: those teach nothing.
  expect(decided.same).toBe(30)
  expect(decided.other).toBeLessThan(40)
  expect(proposals[2]!.answered).toMatchObject({ same: 30, other: 40, otherHeld: 0 })
  const enough = decided.other >= 10
  expect(proposals[2]!.set !== null).toBe(enough)
})
