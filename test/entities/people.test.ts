import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, type TestApp, take, testApp } from "../support/store.ts"
import {
  COLLECTOR,
  COUSIN,
  DRIVER,
  HOTLINE,
  number,
  OFFERS,
  ORGANISER,
  type Phone,
  passengers,
  phoneFiles,
  phonesFolder,
} from "../support/world.ts"

const OPEN = { investigation: "people" }
const CHILD = number(600)
const WITNESS = number(120)
let app: TestApp

/** Somebody who offers crossings to several people of several events: conduct by any rule. */
const offering = (to: string, event: string, own: string): Phone => ({
  reference: `O-${event}`,
  event,
  own,
  lines: OFFERS.map((text, n) => ({ day: n, way: "in" as const, other: to, text })),
})

const INSPECTIONS = {
  records: [
    {
      kind: "document-inspection",
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields: { birthDate: "born" },
      parties: [{ part: "holder", name: "name", ids: [{ type: "phone", column: "phone" }] }],
    },
  ],
}

beforeAll(async () => {
  app = await testApp()
  const phones = passengers(6, (n) => (n === 0 ? { sheet: { holder: { standing: "victim" } } } : n === 1 ? { arrival: true } : {}))
  // Two more who offer crossings in every landing: one is a child by birth date, one will be decided a witness.
  for (const [n, phone] of phones.entries())
    phones[n] = {
      ...phone,
      cards: [...phone.cards!, ["Little Hama", CHILD], ["Uncle Rebin", WITNESS]],
      lines: [
        ...phone.lines!,
        { day: 50 + n, way: "in", other: CHILD, text: OFFERS[n]! },
        { day: 60 + n, way: "in", other: WITNESS, text: OFFERS[n]! },
      ],
    }
  await take(app, "people", [phonesFolder(phones)])
  await take(app, "people", [
    folderOf({
      "D1/material.json": {
        reference: "D1",
        kind: "document",
        authority: "port",
        grade: { scheme: "3x5x2", code: "1A" },
        handling: "P",
        region: "GB",
        files: { "inspections.csv": { as: "table", mapping: INSPECTIONS } },
      },
      "D1/inspections.csv": `at,name,phone,born\n2025-06-01 10:00,Hama Small,${CHILD},2010-04-05\n2025-06-01 10:00,Grown One,${ORGANISER},1980-01-01\n`,
    }),
  ])
})
afterAll(() => app.end())

interface Player {
  entity: string
  label: string
  rank: number
  score: number
  interval: [number, number]
  stability: number
  reasons: { words: string; innocent: string | null; records: string[] }[]
  missing: string[]
}
interface Ranking {
  basis: string
  players: Player[]
  identifiersToResolve: { identifiers: string[]; entity: string; items: number; events: number }[]
  blindSpots: string[]
}
const rank = (more: object = {}): Promise<Ranking> => app.ask("network.rank", { ...OPEN, top: 1000, ...more })
const find = async (words: string): Promise<{ id: string; label: string; masked: boolean; player: boolean }[]> =>
  (
    await app.ask<{ entities: { id: string; label: string; masked: boolean; player: boolean }[] }>("entities.list", {
      ...OPEN,
      find: words,
    })
  ).entities
/** Protected people as the drawing holds them: structure without a name. No list has them. */
const masked = async (): Promise<{ id: string; label: string }[]> =>
  (
    await app.ask<{ nodes: { id: string; label: string; masked: boolean }[] }>("network.graph", { ...OPEN, leaves: true, nodes: 20_000 })
  ).nodes.filter((n) => n.masked)
const MEASURES = ["involvement", "betweenness", "degree", "strength", "closeness", "katz"] as const

test("whoever did nothing is never ranked, by no measure and at no depth", async () => {
  for (const measure of MEASURES) {
    const { players, basis } = await rank({ measure })
    expect(basis).toBe("conduct")
    expect(players.map((p) => p.label).sort(), measure).toEqual(["Mam Karwan", "Uncle Rebin"])
  }
})

test("every rank has a range, a stability, reasons with records and the innocent reading, and what is missing", async () => {
  const { players, blindSpots } = await rank({ top: 1 })
  expect(players).toHaveLength(1)
  for (const p of (await rank()).players) {
    expect(p.interval[0]).toBeLessThanOrEqual(p.score)
    expect(p.interval[1]).toBeGreaterThanOrEqual(p.score)
    expect(p.stability).toBeGreaterThanOrEqual(0)
    expect(p.stability).toBeLessThanOrEqual(1)
    expect(p.reasons.some((r) => r.records.length > 0 && r.innocent !== null)).toBe(true)
    expect(p.missing).toContain("any record of money")
  }
  expect(blindSpots.join(" ")).toMatch(/1 of 7 seized things are devices seized on arrival/)
  expect(blindSpots.at(-1)).toMatch(/whom no exhibit mentions/)
})

test("numbers that many exhibits share stand on a list of their own, without person and without score", async () => {
  const { identifiersToResolve } = await rank()
  expect(identifiersToResolve.map((i) => i.identifiers)).toEqual(
    expect.arrayContaining([[`phone:${HOTLINE}`], [`phone:${COUSIN}`], [`phone:${DRIVER}`]]),
  )
  for (const one of identifiersToResolve) expect(Object.keys(one).sort()).toEqual(["entity", "events", "identifiers", "items"])
  expect(JSON.stringify(identifiersToResolve)).not.toMatch(/Help at sea|Cousin|score/)
})

test("every reason leads to records, every record to its place, and the place to bytes that say it", async () => {
  const { players } = await rank()
  let seen = 0
  for (const { reasons } of players)
    for (const { records } of reasons)
      for (const id of records) {
        const { record } = await app.ask<{
          record: { exhibit: string; place: { byteStart: number; byteEnd: number }; fields: { body?: string } }
        }>("records.show", { ...OPEN, record: id })
        const { byteStart: start, byteEnd: end } = record.place
        const bytes = await app.ask<Buffer>("evidence.bytes", { exhibit: record.exhibit, start, end })
        expect(bytes.length).toBe(end - start)
        expect(bytes.toString("utf8")).toContain(record.fields.body)
        seen++
      }
  expect(seen).toBeGreaterThan(10)
})

test("a child by birth date is not ranked, not found, without name anywhere, and nothing is asserted of it", async () => {
  expect(await find("Hama")).toEqual([])
  expect(await find(CHILD)).toEqual([])
  const { entities } = await app.ask<{ entities: { id: string; label: string; masked: boolean }[] }>("entities.list", {
    ...OPEN,
    limit: 5000,
  })
  expect(entities.filter((e) => e.masked)).toEqual([])
  const children = (await masked()).filter((e) => e.label === "Protected person (child)")
  expect(children).toHaveLength(1)
  const child = children[0]!.id
  const shown = await app.ask<Record<string, unknown>>("entities.show", { ...OPEN, entity: child })
  expect(shown).toMatchObject({
    masked: true,
    labels: [],
    identifiers: [],
    claims: [],
    conduct: [],
    mentions: [],
    sources: [],
    standing: { standing: "child", protected: true },
  })
  const graph = await app.ask<{ nodes: { id: string; label: string; masked: boolean }[] }>("network.graph", { ...OPEN, leaves: true })
  expect(graph.nodes.find((n) => n.id === child)).toMatchObject({ label: "Protected person (child)", masked: true })
  for (const answer of [shown, graph, await rank(), entities, await app.ask("entities.export", { ...OPEN, format: "ftm" })]) {
    expect(JSON.stringify(answer)).not.toContain("Hama")
    expect(JSON.stringify(answer)).not.toContain(CHILD)
  }
  const [record] = await app.ask<{ id: string }[]>("records.list", { ...OPEN, kind: "message" })
  const assertion = app.ask("entities.assert-conduct", {
    ...OPEN,
    entity: child,
    conduct: "organises",
    reasoning: "the messages seem to say so, again and again",
    records: [record!.id],
  })
  expect((await failureOf(assertion)).code).toBe("refused.protected")
})

test("the holder of a device seized on arrival is presumed smuggled, and so is whoever a sheet calls a victim", async () => {
  // The device on arrival has no row in scope, so that its holder is not even there; the victim's device has.
  expect((await masked()).filter((e) => e.label === "Protected person")).toHaveLength(1)
  expect(await find(number(200))).toEqual([])
  expect(await find(number(202))).toHaveLength(1)
})

test("a decided witness leaves the ranking at once, keeps protection through a merge, and is in no blind spot", async () => {
  const [witness] = await find(WITNESS)
  expect(witness).toMatchObject({ label: "Uncle Rebin", player: true, masked: false })
  await app.ask("entities.set-standing", { ...OPEN, entity: witness!.id, standing: "witness", reason: "agreed to give evidence" })
  expect((await rank()).players.map((p) => p.label)).toEqual(["Mam Karwan"])
  expect(await find("Rebin")).toEqual([])
  // One card that gives both numbers to one person: the organiser's number and the witness's are one entity now.
  const joined: Phone = { reference: "M1", event: "raid-merge", own: number(700), cards: [] }
  await take(app, "people", [
    folderOf({
      ...phoneFiles(joined),
      "M1/card.vcf": `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rebin New\r\nTEL:${WITNESS}\r\nTEL:${number(130)}\r\nEND:VCARD\r\n`,
    }),
    phonesFolder([offering(number(130), "raid-more", number(701)), offering(number(130), "raid-again", number(702))]),
  ])
  expect(await find(number(130))).toEqual([])
  expect((await app.ask<Record<string, unknown>>("entities.show", { ...OPEN, entity: witness!.id })).masked).toBe(true)
  const { players, blindSpots, identifiersToResolve } = await rank()
  expect(players.map((p) => p.label)).toEqual(["Mam Karwan"])
  expect(JSON.stringify([blindSpots, identifiersToResolve])).not.toMatch(/Rebin/)
  const graph = await app.ask<{ nodes: { label: string }[] }>("network.graph", { ...OPEN, leaves: true })
  expect(JSON.stringify(graph)).not.toMatch(/Rebin/)
})

test("an analyst's assertion ranks somebody unprotected, with his reasoning, and needs records that are there", async () => {
  const [driver] = await find(DRIVER)
  expect(driver!.player).toBe(false)
  const messages = await app.ask<{ id: string; parties: { ids: { raw: string }[] }[] }[]>("records.list", {
    ...OPEN,
    kind: "message",
    limit: 1000,
  })
  const own = messages.filter((m) => m.parties.some((p) => p.ids.some((i) => i.raw === DRIVER)))
  const say = (records: string[]) =>
    app.ask("entities.assert-conduct", {
      ...OPEN,
      entity: driver!.id,
      conduct: "transports",
      stage: 4,
      reasoning: "he waits at the beach each time (invented)",
      records,
    })
  expect((await failureOf(say(["rc_00000000000000000000"]))).code).toBe("invalid.record-unknown")
  await say([own[0]!.id, own[1]!.id])
  const { players, identifiersToResolve } = await rank()
  const ranked = players.find((p) => p.entity === driver!.id)!
  expect(ranked.reasons[0]).toMatchObject({
    words: "he waits at the beach each time (invented)",
    innocent: "an inference of a person, not a record",
    records: [own[0]!.id, own[1]!.id],
  })
  expect(identifiersToResolve.some((i) => i.entity === driver!.id)).toBe(false)
})

test("the collector whose number others write is spoken of, not spoken to", async () => {
  const [collector] = await find(COLLECTOR)
  const shown = await app.ask<{ mentions: unknown[]; conduct: unknown[] }>("entities.show", { ...OPEN, entity: collector!.id })
  expect(shown.mentions).toEqual([])
  expect(collector!.player).toBe(false)
})

test("an entity that is not there and one of another investigation are the same to the asker", async () => {
  const [known] = await find(DRIVER)
  await app.ask("investigations.open", { name: "strangers" })
  for (const entity of [known!.id, "en_00000000000000000000"])
    expect((await failureOf(app.ask("entities.show", { investigation: "strangers", entity }))).code).toBe("invalid.entity-unknown")
})
