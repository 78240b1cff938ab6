/** Pairs of names of the region as they are met in the wild, beside those that `pairs.ts` spells by rule. */
import { createHash } from "node:crypto"
import { fold } from "../../src/ground/names/fold.ts"
import { compareNames, MATCH, scriptOf } from "../../src/ground/names/index.ts"
import { voiceOf } from "../../src/ground/names/sounds.ts"
import { isKnown } from "../../src/ground/names/usage.ts"
import { plain } from "../../src/ground/names/words.ts"
import { type Figures, figures } from "./figures.ts"
import { dice, editDistance, slip } from "./pairs.ts"
import { REGIONAL_NAMES } from "./regional-names.ts"

/** The half that was looked at while rules were written, and the half that was measured once afterwards. */
export type Half = "seen" | "held out"

/** Of a word that stands for a line: which half it is in. Chosen before anything was read. */
export const halfOf = (word: string, seen = 128): Half => (createHash("sha256").update(word).digest()[0]! < seen ? "seen" : "held out")

interface Spelled {
  language: string
  written: string[]
  latin: string[]
  listed: boolean
}

function namesOf(half: Half): Spelled[] {
  return Object.entries(REGIONAL_NAMES).flatMap(([language, lines]) =>
    lines
      .trim()
      .split("\n")
      .map((line) => {
        const [written, latin] = line.split(";").map((part) =>
          part
            .trim()
            .split(/\s+/)
            .map((word) => word.replaceAll("_", " ")),
        )
        const listed = [...written!, ...latin!].some((word) => isKnown(voiceOf(plain(fold(word)).replace(" ", ""))))
        return { language, written: written!, latin: latin!, listed }
      })
      .filter(({ latin }) => halfOf(latin[0]!) === half),
  )
}

/** Every spelling in Arabic letters with every one in Latin letters of the names of a half. */
export const regionalSpellings = (half: Half): [word: string, latin: string][] =>
  namesOf(half).flatMap(({ written, latin }) => written.flatMap((word) => latin.map((other): [string, string] => [word, other])))

type Who = readonly [given: Spelled, father: Spelled, grandfather: Spelled]

export interface RegionalPair {
  name1: string
  name2: string
  same: boolean
  rule: string
  language: string
  /** The table of forms has a spelling of one of its words. */
  listed: boolean
}

const SEED = 20_261_130
const COUNT = 4_000

export function regionalPairs(half: Half): RegionalPair[] {
  const names = namesOf(half)
  const draw = dice(SEED)
  const pick = <T>(of: readonly T[]): T => of[draw(of.length)]!
  const other = (language: string, ...not: Spelled[]) => {
    let found = pick(names)
    while (not.includes(found) || found.language !== language) found = pick(names)
    return found
  }
  const said = (who: readonly Spelled[], how: (name: Spelled) => string) => who.map(how).join(" ")
  const latin = (who: readonly Spelled[]) => said(who, (name) => pick(name.latin))
  const written = (who: readonly Spelled[]) => said(who, (name) => pick(name.written))
  const any = (who: readonly Spelled[]) => pick([latin, latin, written])(who)
  /** Two names of which a spelling differs by no more than two letters. */
  const near = new Map(
    names.map((name) => [
      name,
      names.filter(
        (n) =>
          n !== name &&
          n.language === name.language &&
          n.latin.some((a) => name.latin.some((b) => editDistance(a.toLowerCase(), b.toLowerCase()) <= (a.length > 4 ? 2 : 1))),
      ),
    ]),
  )
  const SAME: Readonly<Record<string, (who: Who) => [string, string] | null>> = {
    "letters of its own and Latin": (w) => [written(w), latin(w)],
    "two Latin spellings": (w) => [latin(w), latin(w)],
    "two spellings in its own letters": (w) =>
      w.every((n) => n.written.length > 1) ? [said(w, (n) => n.written[0]!), said(w, (n) => n.written[1]!)] : null,
    "grandfather left out": (w) => [any(w), any(w.slice(0, 2))],
    "grandfather for a surname": (w) => [any(w), any([w[0], w[2]])],
    "one slip of writing": (w) => {
      const name = latin(w)
      return [name, slip(name, draw)]
    },
  }
  const OTHER: Readonly<Record<string, (who: Who) => [string, string] | null>> = {
    "sibling: same father and grandfather": (w) => [any(w), any([other(w[0].language, ...w), w[1], w[2]])],
    "sibling with a name like it": (w) => (near.get(w[0])!.length > 0 ? [any(w), any([pick(near.get(w[0])!), w[1], w[2]])] : null),
    "same given name and grandfather, other father": (w) => [any(w), any([w[0], other(w[0].language, ...w), w[2]])],
    "father of the other": (w) => [any(w), any([w[1], w[2], other(w[0].language, ...w)])],
    "father of the other, grandfather left out": (w) => [any(w), any([w[1], w[2]])],
    "given name and father exchanged": (w) => [any(w), any([w[1], w[0], w[2]])],
    "nothing in common": (w) => [any(w), any([1, 2, 3].map(() => other(w[0].language, ...w)))],
  }
  const rules = [
    ...Object.entries(SAME).map(([rule, make]) => ({ rule, make, same: true })),
    ...Object.entries(OTHER).map(([rule, make]) => ({ rule, make, same: false })),
  ]
  const out: RegionalPair[] = []
  for (let n = 0; out.length < COUNT; n++) {
    const given = pick(names)
    const father = other(given.language, given)
    const who: Who = [given, father, other(given.language, given, father)]
    const { rule, make, same } = rules[n % rules.length]!
    const made = make(who)
    if (made) out.push({ name1: made[0], name2: made[1], same, rule, language: given.language, listed: who.some((name) => name.listed) })
  }
  return out
}

export interface RegionalReport extends Figures {
  names: number
  byLanguage: Record<string, Figures>
  byScript: Record<string, Figures>
  listed: Figures
  unlisted: Figures
  byRule: Record<string, { same: boolean; pairs: number; wrong: number }>
}

export function reportRegional(half: Half): RegionalReport {
  const judged = regionalPairs(half).map((p) => ({ ...p, score: compareNames(p.name1, p.name2).score }))
  const by = (of: (p: (typeof judged)[number]) => string) =>
    Object.fromEntries(Object.entries(Object.groupBy(judged, of)).map(([what, pairs]) => [what, figures(pairs!, MATCH)]))
  const listed = by((p) => (p.listed ? "listed" : "unlisted"))
  return {
    names: namesOf(half).length,
    ...figures(judged, MATCH),
    byLanguage: by((p) => p.language),
    byScript: by((p) => [scriptOf(p.name1), scriptOf(p.name2)].sort().join(" and ")),
    listed: listed.listed ?? figures([], MATCH),
    unlisted: listed.unlisted ?? figures([], MATCH),
    byRule: Object.fromEntries(
      Object.entries(Object.groupBy(judged, (p) => p.rule)).map(([rule, pairs]) => [
        rule,
        { same: pairs![0]!.same, pairs: pairs!.length, wrong: pairs!.filter((p) => p.score >= MATCH !== p.same).length },
      ]),
    ),
  }
}
