import { afterAll, beforeAll, expect, test } from "vitest"
import { failureOf, folderOf, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"

const CASE = "screened"
const ID = "in_00000000000000000007"
const OPEN = { investigation: CASE }
let app: TestApp
let today = Date.parse("2026-03-01T12:00:00Z")

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

const papers = (reference: string, rows: readonly string[], marking: object = {}) => ({
  [`${reference}/material.json`]: {
    reference,
    kind: "document",
    authority: "port",
    grade: { scheme: "3x5x2", code: "1A" },
    handling: "P",
    region: "GB",
    files: { "inspections.csv": { as: "table", mapping: INSPECTIONS } },
    ...marking,
  },
  [`${reference}/inspections.csv`]: `at,name,phone,born\n${rows.map((r) => `2025-06-01 10:00,${r}`).join("\n")}\n`,
})

interface Entry {
  id: number
  names: string
  born?: string
  document?: string
  aliases?: readonly string[]
}

/** A list of the UN's form, with invented people. */
const listOf = (date: string, entries: readonly Entry[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="${date}"><INDIVIDUALS>${entries
    .map(
      (e) =>
        `<INDIVIDUAL><DATAID>${e.id}</DATAID><FIRST_NAME>${e.names}</FIRST_NAME><UN_LIST_TYPE>Invented</UN_LIST_TYPE>${(e.aliases ?? []).map((a) => `<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>${a}</ALIAS_NAME></INDIVIDUAL_ALIAS>`).join("")}${e.born ? `<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>${e.born}</DATE></INDIVIDUAL_DATE_OF_BIRTH>` : ""}</INDIVIDUAL>`,
    )
    .join("\n")}</INDIVIDUALS></CONSOLIDATED_LIST>\n`

const ZERDESHT: Entry = { id: 101, names: "Zerdesht Qaladizayi Mirkhan", born: "1979-03-14" }
const HARDI: Entry = { id: 102, names: "Hardi Qeredaghi Shwani" }
const CHILD: Entry = { id: 103, names: "Dyari Halgurd Sefin" }

interface Hit {
  entity: string
  label: string
  entry: string
  list: string
  date: string | null
  exhibit: string
  weight: number
  state: string
  silent: boolean
  because: { code: string }[]
  cameBack: { code: string }[]
  reasons: { part: string; code: string; words: string }[]
  records: string[]
}
interface Counts {
  run: string
  unchanged: boolean
  new: number
  changed: number
  gone: number
  same: number
  silent: number
  left: number
}

const run = () => app.ask<Counts>("screening.run", OPEN)
const hits = async (show = "delta") => (await app.ask<{ hits: Hit[] }>("screening.hits", { ...OPEN, show })).hits
const takeList = (date: string, entries: readonly Entry[]) => {
  today += 86_400_000
  return take(app, CASE, [folderOf({ [`un-${date}.xml`]: listOf(date, entries) })])
}

beforeAll(async () => {
  app = await testApp({ clock: () => today })
  await openInvestigationAs(app, ID, CASE)
  await take(app, CASE, [
    folderOf({
      ...papers("D1", [
        `Zerdesht Qaladizayi Mirkhan,${number(1)},1979-03-14`,
        `هەردی قەرەداغی شوانی,${number(2)},`,
        `Dyari Halgurd Sefin,${number(3)},2012-05-06`,
        `Somebody Else Entirely,${number(4)},`,
      ]),
    }),
  ])
  await takeList("2026-01-10", [ZERDESHT, HARDI, CHILD])
})
afterAll(() => app.end())

test("whoever fits is a hit with reasons, list, date and source; nobody is merged and nobody is given a standing", async () => {
  const before = await app.ask<{ entities: { label: string }[] }>("entities.list", OPEN)
  expect(await run()).toMatchObject({ unchanged: false, new: 2, changed: 0, gone: 0, left: 1 })
  const found = await hits()
  expect(found.map((h) => [h.label, h.entry, h.state])).toEqual([
    ["Zerdesht Qaladizayi Mirkhan", "account:un-sc:101", "new"],
    ["هەردی قەرەداغی شوانی", "account:un-sc:102", "new"],
  ])
  expect(found[0]).toMatchObject({ list: "UN Security Council consolidated list", date: "2026-01-10" })
  expect(found[0]!.reasons.map((r) => r.code)).toEqual(["name.fits", "birth.same-day"])
  for (const h of found)
    for (const record of h.records)
      expect(await app.ask("records.show", { ...OPEN, record })).toMatchObject({ record: { kind: "listing" } })
  const after = await app.ask<{ entities: { label: string }[] }>("entities.list", OPEN)
  expect(after).toEqual(before)
  expect(JSON.stringify(after)).not.toContain("un-sc")
  const shown = await app.ask<{ standing: { standing: string } }>("entities.show", { ...OPEN, entity: found[0]!.entity })
  expect(shown.standing.standing).toBe("unknown")
})

test("a protected person is never looked up", async () => {
  const text = JSON.stringify([await hits("all"), await app.ask("screening.lists", OPEN)])
  expect(text).not.toContain("Dyari")
  expect(text).not.toContain("un-sc:103")
})

test("without an update there is nothing to tell; after one only what changed is told", async () => {
  expect(await run()).toMatchObject({ unchanged: true, new: 0, changed: 0, gone: 0, same: 2 })
  await takeList("2026-02-10", [{ ...ZERDESHT, aliases: ["Zero Invented"] }, HARDI])
  expect(await app.ask("screening.lists", OPEN)).toMatchObject({ changed: true })
  expect(await run()).toMatchObject({ unchanged: false, new: 0, changed: 1, gone: 0, same: 1 })
  const [changed, ...more] = await hits()
  expect(more).toEqual([])
  expect(changed).toMatchObject({ entry: "account:un-sc:101", state: "changed", date: "2026-02-10", because: [{ code: "listing.names" }] })
  await takeList("2026-03-10", [{ ...ZERDESHT, aliases: ["Zero Invented"] }])
  expect(await run()).toMatchObject({ changed: 0, gone: 1, same: 1 })
  expect(await hits()).toMatchObject([{ entry: "account:un-sc:102", state: "gone", because: [{ code: "gone.entry" }] }])
  const lists = await app.ask<{ lists: { date: string; superseded: boolean }[] }>("screening.lists", OPEN)
  expect(lists.lists.map((l) => [l.date, l.superseded])).toEqual([
    ["2026-03-10", false],
    ["2026-02-10", true],
    ["2026-01-10", true],
  ])
})

test("decided not to be him, a hit is silent until the listing or the person's evidence changes, and says why it came back", async () => {
  const [hit] = await hits("open")
  await app.ask("screening.decide", {
    ...OPEN,
    entity: hit!.entity,
    entry: hit!.entry,
    decision: "not-him",
    reason: "another man, seen in person",
  })
  expect(await hits("open")).toEqual([])
  expect(await hits("silent")).toMatchObject([{ entry: hit!.entry, silent: true }])
  // The same list under a later date says nothing new of him.
  await takeList("2026-04-10", [{ ...ZERDESHT, aliases: ["Zero Invented"] }])
  expect(await run()).toMatchObject({ new: 0, changed: 0, silent: 1 })
  expect(await hits()).toEqual([])
  await takeList("2026-05-10", [{ ...ZERDESHT, aliases: ["Zero Invented"], born: "1979-03-15" }])
  expect(await run()).toMatchObject({ changed: 1, silent: 0 })
  expect(await hits("open")).toMatchObject([{ silent: false, cameBack: [{ code: "listing.births" }] }])
  await app.ask("screening.decide", { ...OPEN, entity: hit!.entity, entry: hit!.entry, decision: "not-him", reason: "still another man" })
  expect(await hits("open")).toEqual([])
  today += 86_400_000
  await take(app, CASE, [folderOf(papers("D2", [`Zerdesht Mirkhan Qaladizayi Also,${number(1)},1979-03-15`]))])
  expect(await hits("open")).toMatchObject([{ cameBack: [{ code: "person.names" }, { code: "person.births" }] }])
})

test("what nobody may see changes nothing: hits, runs and decisions that rest on it are not there", async () => {
  const low = await personAs(app, { id: "us_0000000000000000low1", roles: [{ role: "analyst", investigation: ID }], clearance: "OFFICIAL" })
  const asked = async () => {
    const told = await app.ask<{ run: string | null; hits: unknown[]; ran: string | null }>("screening.hits", { ...OPEN, show: "all" }, low)
    return told
  }
  const before = await asked()
  today += 86_400_000
  await take(app, CASE, [folderOf(papers("S1", [`Hidden Invented Person,${number(9)},`], { classification: "SECRET" }))])
  await takeList("2026-06-10", [{ ...ZERDESHT, aliases: ["Zero Invented"], born: "1979-03-15" }])
  const wide = await app.ask<Counts>("screening.run", OPEN)
  expect(wide.unchanged).toBe(false)
  const after = await asked()
  expect(after.run).toBe(before.run)
  expect(
    (
      await failureOf(
        app.ask(
          "screening.decide",
          { ...OPEN, entity: "en_00000000000000000000", entry: "account:un-sc:101", decision: "unsure", reason: "nobody" },
          low,
        ),
      )
    ).code,
  ).toBe("invalid.hit-unknown")
})

test("two usual names are no hit: the pair is kept apart as weak, told to whoever asks, and can be decided", async () => {
  today += 86_400_000
  await take(app, CASE, [folderOf(papers("W1", [`Ibrahim Khalid,${number(12)},`]))])
  await takeList("2026-07-10", [{ id: 112, names: "Ibrahim Khaled" }])
  const weak = () =>
    app.ask<{ hits: (Hit & { weak: boolean; innocents: number })[]; weak: number; threshold: number }>("screening.hits", {
      ...OPEN,
      show: "weak",
    })
  const told = await weak()
  expect(told.hits).toMatchObject([{ label: "Ibrahim Khalid", entry: "account:un-sc:112", weak: true }])
  expect(told.weak).toBe(1)
  expect(told.hits[0]!.weight).toBeLessThan(told.threshold)
  expect(told.hits[0]!.innocents).toBeGreaterThan(0)
  const entries = (of: Hit[]) => of.map((hit) => hit.entry)
  expect(entries(await hits("open"))).not.toContain("account:un-sc:112")
  await run()
  expect(entries(await hits("delta"))).not.toContain("account:un-sc:112")
  const { entity, entry } = told.hits[0]!
  await app.ask("screening.decide", { ...OPEN, entity, entry, decision: "not-him", reason: "another man of this name" })
  expect((await weak()).hits).toEqual([])
  expect(entries(await hits("silent"))).toContain("account:un-sc:112")
})
