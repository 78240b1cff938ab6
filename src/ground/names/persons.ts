/** Names of people: words in any order, missing parts, scripts and spellings, joined words, slips of writing. */
import type { NameReason } from "#vocabulary/name-reasons"
import { align, alone, type Pair } from "./align.ts"
import { isSlip, type NameLevel } from "./likeness.ts"
import type { Prepared, Spoken } from "./prepare.ts"
import type { Reason } from "./reasons.ts"
import type { Rule } from "./rules.ts"
import { voiceOf } from "./sounds.ts"
import { lookUp, relation } from "./usage.ts"

export interface Verdict {
  score: number
  because: Reason[]
  level: NameLevel
  /** Weight of evidence in hundredths of a bit. */
  weight: number
}

/** From here on two names can be of one person. */
export const MATCH = 0.7
/** Parts that contradict each other keep a score below the mark, whatever else agrees; what else agrees still gives the order. */
const below = (score: number, mark: number) => (score > mark ? mark + (score - mark) * 0.1 : score)
const CONTRADICTED = 0.62
/** Weight of parts on both sides that differ, from which on the names contradict each other. */
const CONTRARY = 0.3
const ONE_WORD = 0.65
/** What a part costs that only one name has. */
const LEFT_OUT = 0.28
const SLIP = 0.75
const TOGETHER = 0.92
const MOHAMMED = lookUp(voiceOf("mohammed"))

const CODES: Readonly<Record<NameLevel, NameReason>> = {
  exact: "same-word",
  "same sound": "same-sound",
  form: "form",
  "short form": "short-form",
  similar: "similar",
  initial: "initial",
  part: "without",
  different: "differs",
  missing: "nothing-to-compare",
}

/** Share of a word's rarity that agreeing in it on this level is worth. */
const WORTH: Readonly<Record<NameLevel, number>> = {
  exact: 1,
  "same sound": 0.95,
  form: 0.9,
  "short form": 0.6,
  similar: 0.65,
  initial: 0.25,
  part: 0,
  different: 0,
  missing: 0,
}
/** In hundredths of a bit: that both have a part and it differs; that one has it and the other not. */
const AGAINST = -700
const SILENT = -40

const weigh = (words: readonly Spoken[]) => words.reduce((sum, word) => sum + word.weight, 0)
const texts = (words: readonly Spoken[]) => words.map((word) => word.text).join(", ")

/** The one word that is left on each side, if it is a slip of writing, joins the pairs. */
function withSlip(short: readonly Spoken[], long: readonly Spoken[], pairs: Pair[], rules: ReadonlySet<Rule>): Pair[] {
  if (!rules.has("slips") || pairs.some((pair) => pair.level === "initial")) return pairs
  const [a, more] = short.filter((word) => !pairs.some((pair) => pair.a.includes(word.at)))
  const rest = long.filter((word) => !pairs.some((pair) => pair.b.includes(word.at)))
  if (!a || more || pairs.length === 0 || pairs.some((pair) => pair.score < 0.95)) return pairs
  const letters = short.reduce((sum, word) => sum + word.letters.length, 0)
  const b = rest.find((word) => isSlip(a, word, letters))
  return b ? [...pairs, { level: "similar", score: SLIP, a: [a.at], b: [b.at], weight: Math.max(a.weight, b.weight) }] : pairs
}

/** Karim son of Rasul and Rasul son of Karim: the same words, another person. */
function exchanged(short: readonly Spoken[], long: readonly Spoken[], pairs: readonly Pair[]): boolean {
  const [first, second] = [pairs.find((pair) => pair.a[0] === 0), pairs.find((pair) => pair.a[0] === 1)]
  if (first?.b[0] !== 1 || second?.b[0] !== 0) return false
  const sons = (short[1]?.son ?? false) && (long[1]?.son ?? false)
  const others = pairs.filter((pair) => pair.a[0]! > 1)
  return sons || (others.length > 0 && others.every((pair) => pair.a[0] === pair.b[0]))
}

/** Abd al-X beside Y X: what stands before X is Abd on one side and another name on the other. */
function displaced(pairs: readonly Pair[], short: readonly Spoken[], long: readonly Spoken[]): boolean {
  return pairs.some(({ level, a, b }) => {
    const [one, other] = [short[a[0]!]!, long[b[0]!]!]
    if (level !== "short form" || (one.served === null) === (other.served === null)) return false
    const [at, side] = one.served === null ? [one.at, "a" as const] : [other.at, "b" as const]
    return at > 0 && !pairs.some((pair) => pair[side].includes(at - 1))
  })
}

/**
 * Karwan Rasul Ahmed beside Rasul Ahmed: the longer name without its given name is the father's name, unless a word tells that family names
 * are borne. Mohammed and compounds are left out before another given name.
 */
function isFathers(short: readonly Spoken[], long: readonly Spoken[], pairs: readonly Pair[]): boolean {
  const given = long[0]!
  if (short.length < 2 || short.length >= long.length || given.kind !== "name" || given.served !== null) return false
  if (relation(given.entry, MOHAMMED) === "form" || !pairs.every((pair) => pair.b[0] === pair.a[0]! + 1)) return false
  return pairs.length === short.length && !long.some((word) => word.family) && !short.some((word) => word.family)
}

function levelOf(pairs: readonly Pair[], alone: number, contrary: boolean, score: number): NameLevel {
  if (contrary || score < MATCH) return "different"
  if (alone > 0) return "part"
  const order: readonly NameLevel[] = ["initial", "similar", "short form", "form", "same sound", "exact"]
  return order.find((level) => pairs.some((pair) => pair.level === level)) ?? "similar"
}

function reasonOf(pair: Pair, short: readonly Spoken[], long: readonly Spoken[]): Reason {
  const left = pair.a.map((at) => short[at]!.text).join(" ")
  const right = pair.b.map((at) => long[at]!.text).join(" ")
  const sameBones = pair.level === "similar" && short[pair.a[0]!]!.bones === long[pair.b[0]!]!.bones
  const code =
    pair.a.length + pair.b.length > 2 ? "joined" : pair.score === SLIP ? "slip" : sameBones ? "same-consonants" : CODES[pair.level]
  return { code, left, right }
}

function evidence(pairs: readonly Pair[], short: readonly Spoken[], long: readonly Spoken[], contrary: number, missing: number): number {
  const agreed = pairs.reduce((sum, pair) => {
    const rarity = Math.min(
      ...[pair.a.map((at) => short[at]!), pair.b.map((at) => long[at]!)].map((words) =>
        words.reduce((all, word) => all + (word.link ? 0 : word.rarity), 0),
      ),
    )
    return sum + Math.round(rarity * WORTH[pair.level] * pair.score)
  }, 0)
  return agreed + contrary * AGAINST + missing * SILENT
}

export function comparePersons(one: Prepared, other: Prepared, rules: ReadonlySet<Rule>): Verdict {
  if (one.words.length === 0 || other.words.length === 0)
    return { score: 0, because: [{ code: "nothing-to-compare", left: "", right: "" }], level: "missing", weight: 0 }
  // One order for both callers.
  const swap = one.words.length !== other.words.length ? one.words.length > other.words.length : one.folded > other.folded
  return swap ? judge(other, one, rules) : judge(one, other, rules)
}

/** What is said of most pairs of names: no word of one stands for any of the other. */
function nothingShared(short: readonly Spoken[], long: readonly Spoken[]): Verdict {
  const contradicted = Math.min(weigh(short), weigh(long)) > CONTRARY
  return {
    score: 0,
    because: [
      contradicted ? { code: "differs", left: texts(short), right: texts(long) } : { code: "no-word-in-common", left: "", right: "" },
    ],
    level: "different",
    weight: evidence([], short, long, contradicted ? short.length : 0, long.length - short.length),
  }
}

function judge({ words: short, ...one }: Prepared, { words: long, ...other }: Prepared, rules: ReadonlySet<Rule>): Verdict {
  const pairs = withSlip(short, long, align(short, long, rules), rules)
  if (pairs.length === 0 && one.together !== other.together) return nothingShared(short, long)
  const aloneShort = [...alone(short, pairs, "a")].map((at) => short[at]!)
  const aloneLong = [...alone(long, pairs, "b")].map((at) => long[at]!)
  const shared = pairs.reduce((sum, pair) => sum + pair.weight, 0)
  const matched = pairs.reduce((sum, pair) => sum + pair.weight * pair.score, 0)
  const contrary = Math.min(weigh(aloneShort), weigh(aloneLong))
  const missing = Math.max(weigh(aloneShort), weigh(aloneLong)) - contrary
  const base = shared + 2 * contrary + LEFT_OUT * missing
  let score = base === 0 ? 0 : matched / base
  const because = [...pairs].sort((x, y) => y.score * y.weight - x.score * x.weight).map((pair) => reasonOf(pair, short, long))
  const contradicted = contrary > CONTRARY || displaced(pairs, short, long)
  if (contradicted && rules.has("contradiction")) score = below(score, CONTRADICTED)
  if (pairs.length === 1 && long.length > 1 && pairs[0]!.a.length + pairs[0]!.b.length === 2) {
    // One shared word, however alike, is the first name of many.
    score = below(score, ONE_WORD)
    because.push({ code: "one-word", left: "", right: "" })
  }
  if (one.together === other.together && one.together.length >= 4 && score < TOGETHER) {
    score = TOGETHER
    because.unshift({ code: "together", left: "", right: "" })
  }
  let another = false
  if (
    pairs.length > 1 &&
    rules.has("order") &&
    pairs.some((pair, at) => pairs.some((next, after) => after > at && (pair.a[0]! - next.a[0]!) * (pair.b[0]! - next.b[0]!) < 0))
  ) {
    if (exchanged(short, long, pairs)) {
      another = true
      score = below(score, ONE_WORD)
      because.unshift({ code: "father-and-son", left: "", right: "" })
    } else {
      score *= 0.98
      because.push({ code: "order", left: "", right: "" })
    }
  }
  if (rules.has("order") && isFathers(short, long, pairs)) {
    another = true
    score = below(score, ONE_WORD)
    because.unshift({ code: "given-left-out", left: "", right: "" })
  }
  if (contradicted) because.push({ code: "differs", left: texts(aloneShort), right: texts(aloneLong) })
  else if (missing > 0 && pairs.length > 0) because.push({ code: "without", left: texts(aloneShort), right: texts(aloneLong) })
  if (because.length === 0) because.push({ code: "no-word-in-common", left: "", right: "" })
  const counted = Math.min(aloneShort.length, aloneLong.length)
  const against = (contradicted ? counted : 0) + (another ? 1 : 0)
  return {
    score: Math.round(score * 1000) / 1000,
    because,
    level: levelOf(pairs, aloneShort.length + aloneLong.length, contradicted, score),
    weight: evidence(pairs, short, long, against, Math.max(aloneShort.length, aloneLong.length) - counted),
  }
}
