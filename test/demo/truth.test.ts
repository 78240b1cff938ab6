import { readFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, test } from "vitest"
import { readTruth } from "../../demo/index.ts"
import { inReservedRange } from "../../demo/numbers.ts"
import { filesUnder, operation } from "./folder.ts"

const ordinary = await operation(1)
const hidden = await operation(3)
const lawful = await operation(4)

const FACILITATING = ["principal", "organiser", "financier", "supplier", "forger", "aide"]

test("a seed without smuggling has no facilitator, no tie, no deposit and no nickname spoken of", () => {
  const { truth } = lawful
  expect(truth.smuggling).toBe(false)
  expect(truth.people.filter((p) => FACILITATING.includes(p.kind) || p.parts.length > 0)).toEqual([])
  expect(truth.network).toEqual({ nodes: [], ties: [] })
  expect(truth.leads.deposits).toEqual([])
  expect(truth.leads.spokenOf).toEqual([])
  expect(truth.phones.flatMap((p) => p.known)).toEqual([])
  expect(truth.records.total).toBeGreaterThan(10_000)
  const seized = readFileSync(join(lawful.folder, "evidence/BOAT01/seizure.csv"), "utf8")
  expect(seized).not.toMatch(/defaced|copied|forerunner/)
})

test("nobody who travels, serves or stands by has a part in anything", () => {
  for (const { truth } of [ordinary, hidden]) {
    const acting = truth.people.filter((p) => p.parts.length > 0)
    expect(acting.length).toBeGreaterThan(30)
    expect(acting.filter((p) => !FACILITATING.includes(p.kind))).toEqual([])
    const passengers = truth.people.filter((p) => p.kind === "passenger")
    expect(passengers.length).toBeGreaterThan(500)
    expect(passengers.filter((p) => !p.protected || p.group !== null || p.stage !== null)).toEqual([])
  }
})

test("steering is an act in an event, not a part in the network", () => {
  const { truth } = ordinary
  const pilots = truth.events.launches.flatMap((l) => (l.pilot && l.pilot.how !== "repeat crew" ? [l.pilot.person] : []))
  expect(pilots.length).toBeGreaterThan(5)
  for (const id of pilots) expect(truth.people.find((p) => p.id === id)?.parts).toEqual([])
})

test("the network has stage organisers, three principals and few ties between rivals", () => {
  const { truth } = ordinary
  const of = new Map(truth.people.map((p) => [p.id, p]))
  const nodes = truth.network.nodes.map((id) => of.get(id)!)
  expect(nodes.filter((p) => p.kind === "principal")).toHaveLength(3)
  expect(nodes.filter((p) => p.wanted)).toHaveLength(1)
  expect(new Set(nodes.map((p) => p.stage)).size).toBe(11)
  const rivals = truth.network.ties.filter((t) => {
    const [a, b] = [of.get(t.a)!, of.get(t.b)!]
    return a.kind === "organiser" && b.kind === "organiser" && a.group !== b.group && a.group !== "shared" && b.group !== "shared"
  })
  expect(rivals.length).toBeLessThanOrEqual(3)
  expect(truth.network.ties.some((t) => t.shownBy.length === 0)).toBe(true)
  expect(truth.network.ties.some((t) => t.shownBy.length > 0)).toBe(true)
})

test("no principal is saved on a phone of somebody who arrived, and no organiser on many", () => {
  const { truth } = ordinary
  const kind = new Map(truth.people.map((p) => [p.id, p.kind]))
  const arrivals = truth.phones.filter((p) => p.class === "arrival")
  const times = new Map<string, number>()
  for (const id of arrivals.flatMap((p) => p.known)) times.set(id, (times.get(id) ?? 0) + 1)
  for (const [id, n] of times) {
    expect(kind.get(id)).not.toBe("principal")
    if (kind.get(id) === "organiser") expect(n).toBeLessThanOrEqual(3)
  }
})

/** Everything that can be read as text in a folder: tables and reports as they are, databases by their cells. */
function textOf(folder: string): string {
  return filesUnder(folder)
    .map((name) => {
      const path = join(folder, name)
      if (!/\.(db|sqlitedb|storedata|sqlite)$/.test(name)) return /\.(xml|csv|json|vcf)$/.test(name) ? readFileSync(path, "utf8") : ""
      const db = new DatabaseSync(path, { readOnly: true })
      const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all()
      const cells = (table: string) => {
        const all = db.prepare(`SELECT * FROM ${table}`)
        // Times of iOS are too large for a plain number.
        all.setReadBigInts(true)
        return all
          .all()
          .flatMap((row) => Object.values(row))
          .join("\n")
      }
      const text = tables.map((t) => cells(String(t.name))).join("\n")
      db.close()
      return text
    })
    .join("\n")
}

test("an invisible principal has no number in any exhibit and is spoken of in none; organisers have", () => {
  const { truth, folder } = hidden
  const [gone, ...more] = truth.people.filter((p) => !p.visible)
  expect(more).toEqual([])
  expect(gone?.kind).toBe("principal")
  const text = textOf(join(folder, "evidence"))
  for (const { number, account } of gone!.numbers) for (const n of [number, account]) expect(text.includes(n.slice(1))).toBe(false)
  expect(truth.leads.spokenOf.filter((s) => s.person === gone!.id)).toEqual([])
  const seen = truth.people.filter((p) => p.kind === "organiser" && p.numbers.some((n) => text.includes(n.number.slice(1))))
  expect(seen.length).toBeGreaterThan(0)
})

test("every number lies in a range reserved for fiction or held by no operator, and is written in the exhibits as such", () => {
  for (const { truth, folder } of [ordinary, lawful]) {
    for (const p of truth.people) for (const n of p.numbers) expect([n.number, n.account].map(inReservedRange)).toEqual([true, true])
    const numbers = textOf(join(folder, "evidence")).match(/(?<![\d.])\+\d{9,14}(?!\d)/g) ?? []
    expect(numbers.length).toBeGreaterThan(1000)
    expect([...new Set(numbers)].filter((n) => !inReservedRange(n))).toEqual([])
  }
})

test("no two people hold one number at the same time", () => {
  const { truth } = ordinary
  const held = new Map<string, { id: string; from: number; to: number }[]>()
  for (const p of truth.people)
    for (const s of p.numbers) held.set(s.number, [...(held.get(s.number) ?? []), { id: p.id, from: s.from, to: s.to }])
  const shared = [...held.values()].filter((h) => h.length > 1)
  expect(shared.length).toBeGreaterThan(0)
  for (const holders of shared) {
    const [first, second] = holders.toSorted((a, b) => a.from - b.from)
    expect(second!.from).toBeGreaterThanOrEqual(first!.to)
  }
})

test("nobody is called Bakhtiar, in any spelling or script", () => {
  const text = textOf(ordinary.folder)
  expect(text).not.toMatch(/bakhti?y?ar|baxti?yar|bextiyar/i)
  expect(text).not.toMatch(/بەختیار|بختيار|بختیار/)
})

test("the false trails are planted", () => {
  const kinds = ordinary.truth.leads.trails.map((t) => t.kind)
  for (const kind of [
    "hotline",
    "honest exchange",
    "arrest in a weather lull",
    "camp handset",
    "police covert number",
    "fishing co-operative",
    "planted boss",
  ])
    expect(kinds).toContain(kind)
  for (const kind of ["hotline", "taxi", "lawyer", "interpreter", "police-covert", "fisher"])
    expect(ordinary.truth.people.some((p) => p.kind === kind && p.parts.length === 0)).toBe(true)
  const raid = ordinary.truth.events.seizures.find((s) => s.kind === "raid")!
  expect(raid.at).toBeGreaterThanOrEqual(ordinary.truth.events.lull.from)
  expect(raid.at).toBeLessThan(ordinary.truth.events.lull.to)
})

test("truth reads back as it was returned", () => {
  expect(readTruth(ordinary.folder)).toEqual(ordinary.truth)
})
