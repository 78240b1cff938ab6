/** Both sides of the measurement: listed individuals of OFAC's files (public domain), who they are when a record spells them, and invented innocents. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import Papa from "papaparse"
import { type Born, bornIn } from "../../src/stages/entities/screening/births.ts"
import type { Subject } from "../../src/stages/entities/screening/match.ts"
import { type Draw, dice, slip } from "../names/pairs.ts"
import { PEOPLE_NAMES, spell } from "../names/people.ts"

/** What is known of a birth: the day, the year only, the day that a registry enters for it, a day with an error, nothing. */
export const BIRTHS = ["none", "day", "year", "default day", "wrong by digits"] as const
export type BirthKnown = (typeof BIRTHS)[number]

const subject = (id: string, names: string[], births: readonly Born[]): Subject => ({
  id,
  names: names.map((name) => ({ name, records: [] })),
  births,
  identifiers: new Map(),
})

const rowsOf = (shared: string, file: string) =>
  Papa.parse<string[]>(readFileSync(join(shared, "watchlists", file), "utf8"), { skipEmptyLines: true }).data

/** Individuals with all their names; weak aliases as such. */
export function listedIndividuals(shared: string): Subject[] {
  const aliases = Map.groupBy(rowsOf(shared, "ofac-alt.csv"), ([id]) => id!.trim())
  return rowsOf(shared, "ofac-sdn.csv")
    .filter((row) => row[2]?.trim() === "individual")
    .map((row): Subject => {
      const id = row[0]!.trim()
      const births = [...row.at(-1)!.matchAll(/DOB ([^;.]+)/g)].flatMap(([, text]) => bornIn(text))
      const main = subject(id, [row[1]!], births)
      const more = (aliases.get(id) ?? []).map((alias) => ({
        name: alias[3]!,
        weak: /weak/.test(alias[2] ?? "") || /weak/.test(alias[4] ?? ""),
        records: [],
      }))
      return { ...main, names: [...main.names, ...more] }
    })
}

const pad = (n: number) => String(n).padStart(2, "0")

/** As a record might have the birth date of somebody born on that day. */
function known(day: string, how: BirthKnown, draw: Draw): Born[] {
  const [year, month, date] = day.split("-") as [string, string, string]
  if (how === "none") return []
  if (how === "year") return bornIn(year)
  if (how === "default day") return bornIn(`${year}-${draw(2) === 0 ? "01-01" : "07-01"}`)
  if (how === "wrong by digits")
    return draw(2) === 0 && Number(date) <= 12
      ? bornIn(`${year}-${date}-${month}`)
      : bornIn(`${Number(year) + (draw(2) === 0 ? 1 : -1)}-${month}-${date}`)
  return bornIn(day)
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/mm/i, "m"],
  [/ss/i, "s"],
  [/ou/i, "u"],
  [/(?<=\w)ee/i, "i"],
  [/(?<=[a-z])i(?=[a-z])/i, "ee"],
  [/(?<=[a-z])u(?=[a-z])/i, "ou"],
  [/(?<=[b-df-hj-np-tv-z])a(?=[a-z])/i, "e"],
  [/y(?=[ai])/i, "i"],
  [/q/i, "k"],
  [/kh/i, "x"],
]

const PERTURBED = ["as listed", "given name first", "one spelling", "two spellings", "a middle part left out", "one slip"] as const

/** A listed individual as somebody else wrote him down. */
function perturbed(name: string, how: (typeof PERTURBED)[number], draw: Draw): string {
  const [family, given] = name.split(",").map((part) => part.trim())
  const said = given ? `${given} ${family}` : name
  const respell = (text: string) => {
    const fitting = SPELLINGS.filter(([pattern]) => pattern.test(text))
    const rule = fitting[draw(Math.max(1, fitting.length))]
    return rule ? text.replace(rule[0], rule[1]) : text
  }
  if (how === "as listed") return name
  if (how === "one spelling") return respell(said)
  if (how === "two spellings") return respell(respell(said))
  if (how === "a middle part left out") {
    const words = said.split(" ")
    return words.length > 2 ? [words[0], ...words.slice(2)].join(" ") : said
  }
  return how === "one slip" ? slip(said, draw) : said
}

export interface Probe extends Subject {
  /** The entry that it is; null of an innocent. */
  of: string | null
  birth: BirthKnown
  words: number
}

/** Listed individuals with one stated day of birth, each written otherwise; every way of knowing the birth in turn. */
export function listedProbes(listed: readonly Subject[], count: number, seed: number): Probe[] {
  const draw = dice(seed)
  const able = listed.filter((one) => one.births.some((born) => born.exact) && one.names[0]!.name.includes(","))
  return Array.from({ length: count }, (_, n) => {
    const one = able[draw(able.length)]!
    const birth = BIRTHS[n % BIRTHS.length]!
    const name = perturbed(one.names[0]!.name, PERTURBED[draw(PERTURBED.length)]!, draw)
    const day = one.births.find((born) => born.exact)!.from
    return { ...subject(`p${n}`, [name], known(day, birth, draw)), of: one.id, birth, words: name.split(/\s+/).length }
  })
}

/** Invented people with two or three names of the region, the usual ones oftener, in Sorani or as somebody spells it. */
export function innocents(count: number, seed: number): Probe[] {
  const draw = dice(seed)
  // The lower of two throws: names at the head of the list, which are the usual ones, come oftener.
  const name = () => PEOPLE_NAMES[Math.min(draw(PEOPLE_NAMES.length), draw(PEOPLE_NAMES.length))]!
  return Array.from({ length: count }, (_, n) => {
    const birth = BIRTHS[n % BIRTHS.length]!
    const words = 2 + draw(2)
    const own = Array.from({ length: words }, name)
    const latin = draw(3) > 0
    const text = own.map((one) => (latin ? spell(one.hawar, draw(2) === 0 ? "english" : "hawar") : one.sorani)).join(" ")
    const day = `${1955 + draw(50)}-${pad(1 + draw(12))}-${pad(1 + draw(28))}`
    return { ...subject(`i${n}`, [text], known(day, birth, draw)), of: null, birth, words }
  })
}
