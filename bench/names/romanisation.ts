/**
 * How letters of Arabic script are written in Latin letters, learnt without alignments by expectation maximisation over all ways to cut a pair
 * of spellings into steps (Ristad and Yianilos, 1998): a letter written as up to four, or a Latin letter put in. From the part of the public
 * lists that may be looked at, the table of forms, and the names of `regional-names.ts` that may be looked at.
 */

import { fold } from "../../src/ground/names/fold.ts"
import { unitsOf } from "../../src/ground/names/romanised.ts"
import { FORMS } from "../../src/ground/names/tables/forms.ts"
import { plain, wordsOf } from "../../src/ground/names/words.ts"
import { regionalSpellings } from "./regional.ts"
import { seenSpellings } from "./tokens.ts"

interface Sample {
  units: string[]
  latin: string
  weight: number
}

const LONGEST = 4
/** Letters that are vowels, or can be. A consonant is written as consonants; the vowels between them are put in. */
const VOCAL = /^(?:[اآأإٱؤئءعوۉۇۆیىۑێۍېےەھه]|وو|ٱی|ٱو)$/
const canBe = (unit: string, latin: string) => VOCAL.test(unit) || !/[aeiou]/.test(latin)
const LATIN_AT_MOST = 16
const ROUNDS = 8
/** Rounds in which every step is kept; from then on what is hardly met goes. */
const OPEN_ROUNDS = 3
const LEAST = 2.5
const FLOOR = 1e-6

function sample(word: string, other: string, weight: number): Sample[] {
  const units = unitsOf(
    wordsOf(word)
      .map(({ core }) => core)
      .join(""),
  )
  const latin = plain(fold(other)).replace(/[^a-z]/g, "")
  return units.length > 0 && latin !== "" && latin.length <= LATIN_AT_MOST ? [{ units, latin, weight }] : []
}

function samples(shared: string): Sample[] {
  const forms = FORMS.trim()
    .split("\n")
    .flatMap((line) => {
      const full = line.split(";")[0]!.trim().split(/\s+/)
      const latin = full.filter((form) => /^\p{Script=Latin}+$/u.test(form))
      return full.filter((form) => /\p{Script=Arabic}/u.test(form)).flatMap((form) => latin.map((other) => [form, other] as const))
    })
  return [
    ...seenSpellings(shared).flatMap(([word, other]) => sample(word, other, 1)),
    ...forms.flatMap(([word, other]) => sample(word, other, 2)),
    ...regionalSpellings("seen").flatMap(([word, other]) => sample(word, other, 2)),
  ]
}

/** Before anything is learnt: one letter for one, vowels put in. */
function guess(step: string): number {
  const [unit, latin] = step.split("\t") as [string, string]
  if (unit === "") return 0.03 * (/[aeiouy]/.test(latin) ? 0.3 : 0.003)
  return 0.03 ** latin.length * (latin === "" ? 0.02 : latin.length === 1 ? 1 : 0.5)
}

export function romanisationTable(shared: string): string {
  const all = samples(shared)
  const numbers = new Map<string, number>()
  const steps: string[] = []
  const numberOf = (step: string) => {
    const known = numbers.get(step)
    if (known !== undefined) return known
    numbers.set(step, steps.length)
    return steps.push(step) - 1
  }
  let chances: Float64Array | null = null
  const chance = (step: number) => (chances ? (chances[step] ?? 0) : guess(steps[step]!))
  for (let round = 0; round < ROUNDS; round++) {
    const counts: number[] = []
    for (const { units, latin, weight } of all) {
      const width = latin.length + 1
      const arcs: [from: number, to: number, step: number][] = []
      for (let i = 0; i <= units.length; i++)
        for (let j = 0; j < width; j++) {
          if (j + 1 < width) arcs.push([i * width + j, i * width + j + 1, numberOf(`\t${latin[j]}`)])
          for (let k = 0; i < units.length && k <= LONGEST && j + k < width && canBe(units[i]!, latin.slice(j, j + k)); k++)
            arcs.push([i * width + j, (i + 1) * width + j + k, numberOf(`${units[i]}\t${latin.slice(j, j + k)}`)])
        }
      const forward = new Float64Array((units.length + 1) * width)
      const backward = new Float64Array(forward.length)
      forward[0] = 1
      backward[forward.length - 1] = 1
      for (const [from, to, step] of arcs) forward[to]! += forward[from]! * chance(step)
      for (const [from, to, step] of arcs.toReversed()) backward[from]! += backward[to]! * chance(step)
      const whole = forward.at(-1)!
      if (whole > 0)
        for (const [from, to, step] of arcs)
          counts[step] = (counts[step] ?? 0) + (weight * forward[from]! * chance(step) * backward[to]!) / whole
    }
    const kept = steps.map((_, step) => (round > OPEN_ROUNDS && (counts[step] ?? 0) < LEAST ? 0 : (counts[step] ?? 0)))
    const sum = kept.reduce((a, b) => a + b, 0)
    chances = Float64Array.from(kept, (count, step) => Math.max(count / sum, /^\t|\t$/.test(steps[step]!) ? FLOOR : 0))
  }
  return printed(all, steps, chances!)
}

/** Against chance, in hundredths of a bit: one line a letter, then what it is written as and what that is worth. */
function printed(all: readonly Sample[], steps: readonly string[], chances: Float64Array): string {
  const shares = (of: (one: Sample) => Iterable<string>) => {
    const counts = new Map<string, number>()
    let sum = 0
    for (const one of all)
      for (const letter of of(one)) {
        counts.set(letter, (counts.get(letter) ?? 0) + one.weight)
        sum += one.weight
      }
    return (letter: string) => (counts.get(letter) ?? 0) / sum
  }
  const [unitShare, latinShare] = [shares(({ units }) => units), shares(({ latin }) => latin)]
  const lines = new Map<string, [string, number][]>()
  steps.forEach((step, at) => {
    const [unit, latin] = step.split("\t") as [string, string]
    if (!(chances[at]! > 0)) return
    const byChance = [...latin].reduce((all, letter) => all * latinShare(letter), unit === "" ? 1 : unitShare(unit))
    lines.set(unit, [...(lines.get(unit) ?? []), [latin, Math.round(100 * Math.log2(chances[at]! / byChance))]])
  })
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([unit, own]) =>
        `${unit || "+"} ${own
          .sort(([, x], [, y]) => y - x)
          .map(([latin, worth]) => `${latin || "_"}${worth}`)
          .join(" ")}`,
    )
    .join("\n")
}
