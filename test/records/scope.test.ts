import { afterAll, beforeAll, expect, test } from "vitest"
import { KIND_NAMES } from "#vocabulary/kinds"
import { failureOf, type TestApp, take, testApp } from "../support/store.ts"
import { COLLECTOR, HOTLINE, number, ORGANISER, passengers, phonesFolder } from "../support/world.ts"

/** Kinds that these phones hold; that no other kind has rows of them is asked once. */
const KINDS = ["message", "call", "contact", "statement"] as const
/** What only the devices seized on arrival hold. */
const SECRET = "the blue coat of my daughter"
const FRIEND = number(555)
const OPEN = { investigation: "scope" }
let app: TestApp
let arrival: string
let other: string
let exhibits: string[]

beforeAll(async () => {
  app = await testApp()
  const phones = passengers(4, (n) => (n >= 2 ? { arrival: true } : {}))
  for (const n of [2, 3])
    phones[n] = {
      ...phones[n]!,
      cards: [...phones[n]!.cards!, ["Best Friend", FRIEND]],
      lines: [...phones[n]!.lines!, { day: 40, way: "out", other: FRIEND, text: SECRET }],
      more: { "private.txt": `${SECRET}\n`, "broken.csv": 'name,phone\n"A,1\nB,2\n' },
    }
  const files = await take(app, "scope", [phonesFolder(phones)])
  exhibits = files.filter((f) => f.undecided).map((f) => f.exhibit)
  const items = [...new Set(files.filter((f) => f.undecided).map((f) => f.item))]
  arrival = items[0]!
  other = items[1]!
})
afterAll(() => app.end())

interface Row {
  id: string
  item: string
  kind: string
  fields: Record<string, unknown>
  parties: { ids: { raw: string }[] }[]
}
const inScope = async (kinds: readonly string[] = KINDS): Promise<Row[]> => {
  const out: Row[] = []
  for (const kind of kinds) out.push(...(await app.ask<Row[]>("records.list", { ...OPEN, kind, limit: 100_000 })))
  return out
}
const waiting = async (item: string): Promise<Row[]> => {
  const out: Row[] = []
  for (const kind of KINDS) out.push(...(await app.ask<Row[]>("records.undecided", { ...OPEN, item, kind, limit: 5000 })))
  return out
}
const decide = (rule: object, item = arrival) =>
  app.ask<{ item: string; moved: Record<string, number>; left: number }>("records.decide-scope", {
    ...OPEN,
    item,
    rule,
    reason: "relates to the organiser's offers of crossings",
  })
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Everything that the procedures of reading answer, as one text. */
async function allReads(): Promise<string> {
  const parts: unknown[] = [await inScope()]
  parts.push(await app.ask("records.rejects", OPEN))
  for (const find of [undefined, "friend", FRIEND.slice(-6), "blue coat"])
    parts.push(await app.ask("entities.list", { ...OPEN, ...(find ? { find } : {}), limit: 5000 }))
  const { entities } = await app.ask<{ entities: { id: string }[] }>("entities.list", { ...OPEN, limit: 5000 })
  for (const { id } of entities.slice(0, 8)) parts.push(await app.ask("entities.show", { ...OPEN, entity: id }))
  for (const format of ["clusters", "ftm"]) parts.push(await app.ask("entities.export", { ...OPEN, format }))
  parts.push(await app.ask("network.rank", { ...OPEN, top: 1000 }))
  parts.push(await app.ask("network.graph", { ...OPEN, nodes: 20_000, leaves: true }))
  parts.push(await app.ask("network.analyse", OPEN))
  parts.push(await app.ask("plan.curve", OPEN))
  return JSON.stringify(parts)
}

test("rows of a device seized on arrival reach no procedure but the examiner's", async () => {
  const before = await waiting(arrival)
  expect(before.length).toBe(6 + 1 + 4 + 3 + 1)
  expect(JSON.stringify(before)).toContain(SECRET)
  const reads = await allReads()
  expect(reads).not.toContain(SECRET)
  expect(reads).not.toContain(FRIEND.slice(-9))
  for (const row of [...before, ...(await waiting(other))]) expect(reads).not.toContain(row.id)
  for (const row of before.slice(0, 4))
    expect((await failureOf(app.ask("records.show", { ...OPEN, record: row.id }))).code).toBe("invalid.record-unknown")
  for (const exhibit of exhibits) {
    expect((await failureOf(app.ask("evidence.bytes", { exhibit }))).code).toBe("refused.undecided")
    expect((await failureOf(app.ask("evidence.bytes", { exhibit, start: 0, end: 10 }))).code).toBe("refused.undecided")
    for (const kind of KINDS) expect(await app.ask("records.list", { ...OPEN, kind, exhibit })).toEqual([])
  }
  expect((await inScope(KIND_NAMES)).every((row) => row.item !== arrival && row.item !== other)).toBe(true)
})

test("other procedures cannot rest on rows that nobody decided on", async () => {
  const [row] = await waiting(arrival)
  const { entities } = await app.ask<{ entities: { id: string }[] }>("entities.list", OPEN)
  const assertion = app.ask("entities.assert-conduct", {
    ...OPEN,
    entity: entities[0]!.id,
    conduct: "organises",
    reasoning: "because a private row seems to say so",
    records: [row!.id],
  })
  expect((await failureOf(assertion)).code).toBe("invalid.record-unknown")
})

test("a decision needs a reason, a device, and one of this investigation", async () => {
  expect((await failureOf(app.ask("records.decide-scope", { ...OPEN, item: arrival, rule: {}, reason: "short" }))).code).toMatch(/^invalid/)
  expect((await failureOf(decide({ words: ["game"] }, "it_00000000000000000000"))).code).toBe("invalid.item-unknown")
  await app.ask("investigations.open", { name: "elsewhere" })
  const elsewhere = app.ask("records.decide-scope", {
    investigation: "elsewhere",
    item: arrival,
    rule: { words: ["game"] },
    reason: "from another investigation",
  })
  expect((await failureOf(elsewhere)).code).toBe("invalid.item-unknown")
})

test("an empty rule moves nothing, nor does a window or a kind alone", async () => {
  const before = await waiting(arrival)
  for (const rule of [
    {},
    { kinds: ["message"] },
    { from: "2000-01-01T00:00:00Z" },
    { words: ["nobody wrote this"] },
    { identifiers: ["+447700900999"] },
  ]) {
    const { moved, left } = await decide(rule)
    expect([moved, left]).toEqual([{}, before.length])
  }
  expect(await waiting(arrival)).toEqual(before)
})

test("a rule moves exactly the rows that meet it, of its own device alone, and the sums stay equal", async () => {
  const [open, mine, theirs] = [await inScope(), await waiting(arrival), await waiting(other)]
  const says = (row: Row) =>
    String(row.fields.body ?? "")
      .toLowerCase()
      .includes("game") || row.parties.some((p) => p.ids.some((i) => i.raw === COLLECTOR))
  const wanted = mine.filter((r) => r.kind === "message" && says(r)).map((r) => r.id)
  expect(wanted.length).toBeGreaterThan(0)
  const { moved, left } = await decide({ words: ["GAME"], kinds: ["message"] })
  expect(moved).toEqual({ message: wanted.length })
  expect(left + sum(moved)).toBe(mine.length)
  const [openNow, mineNow, theirsNow] = [await inScope(), await waiting(arrival), await waiting(other)]
  expect(openNow.map((r) => r.id).sort()).toEqual([...open.map((r) => r.id), ...wanted].sort())
  expect(mineNow.map((r) => r.id).sort()).toEqual(
    mine
      .map((r) => r.id)
      .filter((id) => !wanted.includes(id))
      .sort(),
  )
  expect(theirsNow).toEqual(theirs)
  // What moved is the same row, not a new one.
  expect(openNow.filter((r) => wanted.includes(r.id)).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    mine.filter((r) => wanted.includes(r.id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
  const shown = await app.ask<{ record: Row; around: Row[] }>("records.show", { ...OPEN, record: wanted[0]! })
  expect(shown.around.map((r) => r.id).filter((id) => !openNow.some((o) => o.id === id))).toEqual([])
})

test("a second rule adds to the first; rows by number and by the examiner's choice", async () => {
  const before = await waiting(arrival)
  const withNumber = before.filter((r) => r.parties.some((p) => p.ids.some((i) => i.raw === ORGANISER)))
  const chosen = before.find((r) => r.fields.label === "Help at sea")!
  const { moved, left } = await decide({ identifiers: [ORGANISER.replace("+44", "0")], records: [chosen.id] })
  expect(sum(moved)).toBe(withNumber.length + 1)
  expect(left).toBe(before.length - sum(moved))
  const now = new Set((await inScope()).map((r) => r.id))
  for (const row of [...withNumber, chosen]) expect(now.has(row.id)).toBe(true)
  // The same rule again finds nothing more.
  expect((await decide({ identifiers: [ORGANISER] })).moved).toEqual({})
  const reads = await allReads()
  expect(reads).not.toContain(SECRET)
  expect(reads).not.toContain(FRIEND.slice(-9))
})

test("known identifiers are those in scope elsewhere, never the private ones of another device", async () => {
  const theirs = await waiting(other)
  const { moved } = await decide({ knownIdentifiers: true }, other)
  expect(sum(moved)).toBeGreaterThan(0)
  const left = await waiting(other)
  expect(left.some((r) => r.parties.some((p) => p.ids.some((i) => i.raw === FRIEND)))).toBe(true)
  expect(left.length + sum(moved)).toBe(theirs.length)
  expect(left.some((r) => r.parties.some((p) => p.ids.some((i) => i.raw === HOTLINE)))).toBe(false)
})

test("rows of a device in which all are chosen leave nothing waiting", async () => {
  const before = await waiting(other)
  const { left } = await decide({ records: before.map((r) => r.id) }, other)
  expect(left).toBe(0)
  expect(await waiting(other)).toEqual([])
  expect((await failureOf(app.ask("evidence.bytes", { exhibit: exhibits.at(-1)! }))).code).toBe("refused.undecided")
})

test("signed decisions are listed with rule, reason and signer, those that moved nothing too", async () => {
  const rules = await app.ask<
    { item: string; rule: { words: string[] }; reason: string; signedBy: string; signedAt: string; moved: object }[]
  >("records.scope-rules", OPEN)
  expect(rules.filter((r) => r.item === arrival)).toHaveLength(8)
  expect(
    rules.every(
      (r) =>
        r.reason === "relates to the organiser's offers of crossings" &&
        r.signedBy === app.caller.id &&
        !Number.isNaN(Date.parse(r.signedAt)),
    ),
  ).toBe(true)
  expect(rules.find((r) => r.rule.words[0] === "GAME")).toMatchObject({ item: arrival, moved: { message: 1 } })
})
