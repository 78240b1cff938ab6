/** Makes labelled pairs of names by rule. The same seed makes the same pairs; no rule knows the comparator. */
import { HABITS, type NameOf, NISBAS, PEOPLE_NAMES, SHORT_FORMS, spell } from "./people.ts"

export interface LabelledPair {
  name1: string
  name2: string
  same: boolean
  rule: string
  /** Every word of it stands in the product's table of forms. */
  listed: boolean
  /** Half of the pairs were looked at while rules were written, the other half is for the report. Both have the same names. */
  part: "tune" | "report"
}

export type Draw = (below: number) => number

/** Mulberry32. */
export function dice(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

type Who = readonly [given: NameOf, father: NameOf, grandfather: NameOf]

export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) next.push(Math.min(row[j]! + (a[i] === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1))
    row = next
  }
  return row.at(-1)!
}

/** How Arabic writes a Sorani name that it does not have: without most vowels, other letters for those it lacks. */
export const arabicOf = (sorani: string): string =>
  sorani
    .replace(/[ەێ]/g, "")
    .replaceAll("ۆ", "و")
    .replaceAll("ڕ", "ر")
    .replaceAll("ڵ", "ل")
    .replaceAll("ڤ", "ف")
    .replaceAll("وو", "و")
    .replaceAll("گ", "ك")
    .replaceAll("چ", "ج")
    .replaceAll("ژ", "ز")
    .replaceAll("پ", "ب")

/** One slip of the hand in the longest word: a letter left out, doubled or exchanged with its neighbour. */
export function slip(text: string, draw: Draw): string {
  const words = text.split(" ")
  const at = words.findIndex((w) => w.length === Math.max(...words.map((x) => x.length)))
  const word = words[at]!
  const place = 1 + draw(word.length - 2)
  words[at] = [
    word.slice(0, place) + word.slice(place + 1),
    word.slice(0, place) + word[place]! + word.slice(place),
    word.slice(0, place) + word[place + 1]! + word[place]! + word.slice(place + 2),
  ][draw(3)]!
  return words.join(" ")
}

/** Names that differ from each by one or two letters of Hawar: what a careless eye takes for one. */
const nearOf = (names: readonly NameOf[]) =>
  new Map(
    names.map((name) => [
      name,
      names.filter(
        (other) => other !== name && editDistance(name.hawar.toLowerCase(), other.hawar.toLowerCase()) <= (name.hawar.length > 4 ? 2 : 1),
      ),
    ]),
  )

export function makePairs(count: number, seed: number, names: readonly NameOf[] = PEOPLE_NAMES): LabelledPair[] {
  const near = nearOf(names)
  const draw = dice(seed)
  const pick = <T>(of: readonly T[]): T => of[draw(of.length)]!
  const out: LabelledPair[] = []
  const latin = (who: readonly NameOf[], habit = pick(HABITS)) => who.map((n) => spell(n.hawar, habit)).join(" ")
  const sorani = (who: readonly NameOf[]) => who.map((n) => n.sorani).join(" ")
  const arabic = (who: readonly NameOf[]) => who.map((n) => n.arabic || arabicOf(n.sorani)).join(" ")
  const any = (who: readonly NameOf[]) => pick([latin, latin, sorani])(who)
  const noise = (text: string) =>
    text
      .replaceAll("ی", pick(["ي", "ى", "ی"]))
      .replaceAll("ک", pick(["ك", "ک"]))
      .replaceAll("ە", pick(["ه\u200c", "ە"]))
      .replaceAll("ڕ", pick(["ر", "ڕ"]))
      .replace(/(?<=\p{L})ا/u, pick(["ـا", "ا"]))
  const other = (...not: NameOf[]) => {
    let found = pick(names)
    while (not.includes(found)) found = pick(names)
    return found
  }

  const SAME: Readonly<Record<string, (who: Who) => [string, string] | null>> = {
    "Sorani and a romanisation": (w) => [sorani(w), latin(w)],
    "two romanisations": (w) => [latin(w, "hawar"), latin(w, pick(HABITS.filter((h) => h !== "hawar")))],
    "English and French, German or Turkish": (w) => [
      latin(w, pick(["english", "english-long"] as const)),
      latin(w, pick(["german", "french", "turkish"] as const)),
    ],
    "Arabic and a romanisation": (w) => (w.every((n) => n.arabic) ? [arabic(w), latin(w)] : null),
    "Sorani and Arabic spelling": (w) => [sorani(w), arabic(w)],
    "grandfather left out": (w) => [any(w), any(w.slice(0, 2))],
    "grandfather for a surname": (w) => [any(w), any([w[0], w[2]])],
    "family name first": (w) => [any(w), pick([`${latin(w.slice(2))}, ${latin(w.slice(0, 2))}`, sorani([w[2], w[0], w[1]])])],
    "title added": (w) => [any(w), `${pick(["Haji", "Mam", "Kak", "Dr.", "Sheikh", "Mala", "Mamosta"])} ${latin(w)}`],
    "short form": (w) => (SHORT_FORMS[w[0].hawar] ? [any(w), `${SHORT_FORMS[w[0].hawar]} ${latin(w.slice(1))}`] : null),
    "place or tribe added": (w) => {
      const [from, at] = pick(NISBAS)
      return pick([true, false]) ? [any(w), `${latin(w)} ${at}`] : [any(w), `${sorani(w)} ${from}`]
    },
    "kunya added": (w) => [any(w), `Abu ${latin([other(...w)])} ${latin(w)}`],
    "given name shortened to its initial": (w) => [any(w), `${spell(w[0].hawar, "english")[0]}. ${latin(w.slice(1))}`],
    "letters of another keyboard": (w) => [sorani(w), noise(sorani(w))],
    "one slip of writing": (w) => [latin(w, "english"), slip(latin(w, "english"), draw)],
    "written together": (w) => [latin(w, "english"), latin(w, "english").replace(" ", "")],
    "son of": (w) => [any(w), latin(w).replace(" ", pick([" bin ", " ibn ", " kuri "]))],
  }
  const OTHER: Readonly<Record<string, (who: Who) => [string, string] | null>> = {
    "sibling: same father and grandfather": (w) => [any(w), any([other(...w), w[1], w[2]])],
    "sibling with a name like it": (w) => (near.get(w[0])!.length > 0 ? [any(w), any([pick(near.get(w[0])!), w[1], w[2]])] : null),
    "same given name and grandfather, other father": (w) => [any(w), any([w[0], other(...w), w[2]])],
    "same given name, a father with a name like it": (w) =>
      near.get(w[1])!.length > 0 ? [any(w), any([w[0], pick(near.get(w[1])!), w[2]])] : null,
    "namesake: same given name": (w) => [any(w), any([w[0], other(...w), other(...w)])],
    "father of the other": (w) => [any(w), any([w[1], w[2], other(...w)])],
    "father of the other, grandfather left out": (w) => [any(w), any([w[1], w[2]])],
    "given name and father exchanged": (w) => [any(w), any([w[1], w[0], w[2]])],
    "father of, not the one": (w) => [`Abu ${latin([w[0]])} ${latin(w.slice(1))}`, latin(w)],
    "brothers named after the Merciful": (w) => {
      const [a, b] = [PEOPLE_NAMES.find((n) => n.hawar === "Ebdulrehman")!, PEOPLE_NAMES.find((n) => n.hawar === "Ebdulrehîm")!]
      return [any([a, w[1], w[2]]), any([b, w[1], w[2]])]
    },
    "other tribe": (w) => {
      const [a, b] = [pick(NISBAS), pick(NISBAS)]
      return a === b ? null : [`${latin(w.slice(0, 2))} ${a[1]}`, `${latin(w.slice(0, 2))} ${b[1]}`]
    },
    "nothing in common": (w) => [any(w), any([other(...w), other(...w), other(...w)])],
  }
  const rules = [
    ...Object.entries(SAME).map(([rule, make]) => ({ rule, make, same: true })),
    ...Object.entries(OTHER).map(([rule, make]) => ({ rule, make, same: false })),
  ]
  for (let n = 0; out.length < count; n++) {
    const given = pick(names)
    const father = other(given)
    const who: Who = [given, father, other(given, father)]
    const { rule, make, same } = rules[n % rules.length]!
    const made = make(who)
    if (!made) continue
    out.push({
      name1: made[0],
      name2: made[1],
      same,
      rule,
      listed: who.every((name) => name.listed),
      part: draw(2) === 0 ? "tune" : "report",
    })
  }
  return out
}
