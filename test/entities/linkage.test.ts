import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { LONG } from "../support/dice.ts"
import { SHARED } from "../support/material.ts"
import { folderOf, type TestApp, take, testApp } from "../support/store.ts"

let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock: () => Date.UTC(2026, 10, 22) })
})
afterAll(() => app.end())

/** Clusters of an investigation by the ids of its tables' rows. */
async function clusters(investigation: string): Promise<Map<string, string>> {
  const rows = await app.ask<{ record: string; entity: string }[]>("entities.export", { investigation, format: "clusters" })
  expect(new Set(rows.map((r) => r.record)).size).toBe(rows.length)
  return new Map(rows.map((r) => [r.record, r.entity]))
}

const HEADER = "rec_id,given_name,surname,date_of_birth,street_number,address_1,city,postcode,phone,email,soc_sec_id"
/** Two rows of each story, and whether they are of one person. */
const STORIES: readonly (readonly [name: string, one: boolean, a: string, b: string])[] = [
  [
    "two scripts, one birthday and telephone",
    true,
    "Karwan,Rasul,1990-03-14,,,Derby,,+447700900101,,",
    "کاروان,ڕەسوڵ,1990-03-14,,,,,+447700900101,,",
  ],
  [
    "day and month exchanged, the same home",
    true,
    "Shirin,Kalmirzad,1985-04-09,12,Elm Road,Hull,40112,,,",
    "Shireen,Kalmirzad,1985-09-04,12,Elm Rd,Hull,40112,,,",
  ],
  [
    "a slip in the number of the paper, a move",
    true,
    "Bakhtiar,Doshghari,1979-11-23,4,Park Lane,Leeds,51233,,,77120934",
    "Bextiyar,Doshghari,1979-11-23,,,Essen,90210,,,77120943",
  ],
  [
    "father and son of one name at one address",
    false,
    "Ali,Sorchemi,1951-02-17,8,Mill Lane,Derby,33441,,,",
    "Ali,Sorchemi,1983-09-30,8,Mill Lane,Derby,33441,,,",
  ],
  ["twins", false, "Darla,Wezgoli,1998-01-07,3,Dock Street,Hull,20115,,,", "Darlene,Wezgoli,1998-01-07,3,Dock Street,Hull,20115,,,"],
  [
    "brothers with one telephone",
    false,
    "Hemin,Tebqani,1994-05-12,9,Iron Road,Leeds,60117,+447700900102,,",
    "Hiwa,Tebqani,1996-08-21,9,Iron Road,Leeds,60117,+447700900102,,",
  ],
  [
    "one name and a registry's default birth date",
    false,
    "Goran,Lanmandi,1988-07-01,,,London,,,,",
    "Goran,Lanmandi,1988-07-01,,,London,,,,",
  ],
  ["one name, nothing else", false, "Rizgar,Firbushi,,,,Bari,,,,", "Rizgar,Firbushi,,,,Bari,,,,"],
  ["one office's mailbox", false, "Azad,Namjaki,,,,,,,info@example.org,", "Azadeh,Zorkhashi,,,,,,,info@example.org,"],
  [
    "a child's two rows",
    true,
    "Tara,Sursali,2015-03-11,2,Well Street,Derby,71100,,,",
    "Tara,Sursali,2015-03-11,2,Well Street,Derby,71100,,,",
  ],
]

test("stories: what is of one person is joined, and what a family shares joins nobody", async () => {
  const rows = STORIES.flatMap(([, , a, b], n) => [`s${n}a,${a}`, `s${n}b,${b}`])
  const folder = folderOf({ "register.csv": [HEADER, ...rows].join("\n") })
  const [file] = await take(app, "stories", [join(folder, "register.csv")])
  expect(file!.read).toEqual({ person: rows.length })
  const of = await clusters("stories")
  expect(Object.fromEntries(STORIES.map(([name], n) => [name, of.get(`s${n}a`) === of.get(`s${n}b`)]))).toEqual(
    Object.fromEntries(STORIES.map(([name, one]) => [name, one])),
  )
  const found = await app.ask<{ entities: { id: string; label: string }[] }>("entities.list", { investigation: "stories", limit: 500 })
  // The child is nobody's to find: no name, and the ids of its rows stand for nobody.
  expect(found.entities.map((e) => e.label).join()).not.toContain("Tara")
  expect(found.entities.map((e) => e.id)).not.toContain(of.get("s9a"))
})

test("a claim names what agrees, strongest first, with both rows", async () => {
  const of = await clusters("stories")
  const shown = await app.ask<{ claims: { rule: string; reason: string; records: string[] }[]; labels: { name: string }[] }>(
    "entities.show",
    {
      investigation: "stories",
      entity: of.get("s0a")!,
    },
  )
  const claim = shown.claims.find((c) => c.rule === "linkage")!
  expect(claim.records).toHaveLength(2)
  expect(claim.reason).toContain("birth-date the same day")
  expect(shown.labels.map((l) => l.name).sort()).toEqual(["Karwan Rasul", "کاروان ڕەسوڵ"])
})

/** Pairwise F1 of clusters against the truth, both by row. */
function f1(found: ReadonlyMap<string, string>, truth: ReadonlyMap<string, string>): number {
  const pairs = (groups: Iterable<string>) => {
    const sizes = new Map<string, number>()
    for (const g of groups) sizes.set(g, (sizes.get(g) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  }
  const rows = [...truth.keys()]
  const right = pairs(rows.map((r) => `${truth.get(r)} ${found.get(r)}`))
  return (2 * right) / (pairs(truth.values()) + pairs(rows.map((r) => found.get(r) ?? r)))
}

const table = (name: string): string[][] =>
  readFileSync(`${SHARED}/identity/${name}.csv`, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map((cell) => cell.trim()))

test.skipIf(!SHARED).each([
  ["febrl1", 0.98, (row: string[]) => row[0]!.split("-")[1]!],
  ["fake_1000", 0.88, (row: string[]) => row.at(-1)!],
  ...(LONG
    ? ([
        ["febrl2", 0.96, (row: string[]) => row[0]!.split("-")[1]!],
        ["febrl3", 0.94, (row: string[]) => row[0]!.split("-")[1]!],
      ] as const)
    : []),
] as const)("shared data: %s is resolved without labels and without a mapping to F1 of at least %d", async (name, least, person) => {
  await take(app, name, [`${SHARED}/identity/${name}.csv`])
  const truth = new Map(table(name).map((row) => [row[0]!, person(row)]))
  expect(f1(await clusters(name), truth)).toBeGreaterThanOrEqual(least)
})
