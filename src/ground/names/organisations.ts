/** Names of organisations and vessels: legal forms, generic words, numbers, first letters, slips of writing. */
import type { Bearer } from "./compare.ts"
import { exchange, slips, spokenDistance } from "./distance.ts"
import { fold } from "./fold.ts"
import { keeping } from "./keeping.ts"
import type { NameLevel } from "./likeness.ts"
import { MATCH, type Verdict } from "./persons.ts"
import type { Reason } from "./reasons.ts"
import type { Rule } from "./rules.ts"
import { soundOf, voiceOf } from "./sounds.ts"
import { COUNTRIES, GENERIC, LEGAL_FORMS, LINKING, LOOSE_FORMS, NUMBERS, SHIP_PREFIXES, SHORTENED } from "./tables/organisation-words.ts"
import { plain } from "./words.ts"

interface Mark {
  text: string
  voice: string
  kind: "word" | "number" | "generic" | "link" | "country"
  /** In brackets, or a word for a part of the world: a branch rather than another house. */
  aside: boolean
  weight: number
}

interface Named {
  folded: string
  marks: Mark[]
  forms: Set<string>
  /** Spellings of the forms that allow no other beside them. */
  strict: boolean
  letters: string
  /** All letters and digits of the name as given. */
  squeezed: string
}

/** Longest first, so that no form hides a longer one that begins like it. */
const FORM_LIST = Object.entries(LEGAL_FORMS)
  .flatMap(([kind, spellings]) => spellings.split("|").map((spelling) => ({ kind, words: plain(fold(spelling)).split(" ") })))
  .sort((a, b) => b.words.length - a.words.length)

const ROMAN = /^(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})$/
const ROMAN_DIGITS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }

function roman(word: string): number {
  const values = [...word].map((c) => ROMAN_DIGITS[c]!)
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}

/** Words in order; single letters with stops between them in one piece; brackets kept as marks of their own. */
function wordsIn(name: string): string[] {
  return plain(fold(name))
    .replace(/(?<=\p{L})['\u2018\u2019`\u00b4ʼʿʾ](?=\p{L})/gu, "")
    .replace(/(?<![\p{L}\d])(?:\p{L}\.\s?){2,}(?:\p{L}(?![\p{L}\d]))?/gu, (letters) => ` ${letters.replace(/[.\s]/g, "")} `)
    .replace(/(?<![\p{L}\d])(\p{L})\/(\p{L})(?![\p{L}\d])/gu, "$1$2")
    .replace(/[()]/g, " $& ")
    .split(/[^\p{L}\p{M}\p{N}()]+/u)
    .filter(Boolean)
    .flatMap((word) => (SHORTENED[word] ?? word).split(" "))
}

function numberOf(word: string): number | null {
  const digits = /^(\d+)(?:st|nd|rd|th)?$/.exec(word)?.[1]
  if (digits !== undefined) return Number(digits)
  return Object.hasOwn(NUMBERS, word) ? NUMBERS[word]! : null
}

/** A long word of a form is known with one letter wrong. */
function sameFormWord(word: string | undefined, form: string): boolean {
  return word === form || (word !== undefined && form.length >= 7 && Math.abs(word.length - form.length) <= 1 && slips(word, form) <= 1)
}

function withoutForms(words: string[], named: Named): string[] {
  const out: string[] = []
  for (let at = 0; at < words.length; at++) {
    const form = FORM_LIST.find(({ words: form }) => form.every((word, next) => sameFormWord(words[at + next], word)))
    // A name of nothing but a form is a name.
    if (!form || form.words.length === words.length) {
      out.push(words[at]!)
      continue
    }
    if (form.kind !== "plain") named.forms.add(form.kind)
    if (!LOOSE_FORMS.has(form.words.join(" ")) && form.kind !== "plain") named.strict = true
    at += form.words.length - 1
  }
  return out.some((word) => !LINKING.has(word)) ? out : words
}

const WEIGHTS: Readonly<Record<Mark["kind"], number>> = { word: 1, number: 0.7, generic: 0.55, link: 0.05, country: 0.7 }

function mark(text: string, aside: boolean, rules: ReadonlySet<Rule>): Mark {
  const generic = rules.has("generic-words") && GENERIC.has(text)
  const kind = LINKING.has(text) ? "link" : generic ? "generic" : COUNTRIES.has(text) ? "country" : "word"
  const part = /^(?:europe|asia|africa|america)$/.test(text)
  return { text, voice: voiceOf(text), kind, aside: aside || part, weight: text.length === 1 && kind !== "link" ? 0.4 : WEIGHTS[kind] }
}

function parse(name: string, bearer: Exclude<Bearer, "person">, rules: ReadonlySet<Rule>): Named {
  const named: Named = { folded: fold(name), marks: [], forms: new Set(), strict: false, letters: "", squeezed: "" }
  let words = wordsIn(name)
  named.squeezed = words.join("").replace(/[()]/g, "")
  if (rules.has("legal-forms") && bearer === "organisation") words = withoutForms(words, named)
  if (bearer === "vessel" && words.length > 1 && SHIP_PREFIXES.has(words[0]!)) words = words.slice(1)
  let aside = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === "(" || word === ")") {
      aside = word === "("
      continue
    }
    const number = rules.has("numbers") ? numberOf(word) : null
    if (number !== null) {
      const next = words[at + 1] === undefined ? null : numberOf(words[at + 1]!)
      const tens = number >= 20 && number % 10 === 0 && next !== null && next < 10 && /^\p{L}/u.test(word)
      named.marks.push({ text: String(tens ? number + next : number), voice: "", kind: "number", aside, weight: 0.7 })
      if (tens) at++
    } else if (rules.has("numbers") && at > 0 && ROMAN.test(word)) {
      named.marks.push({ text: String(roman(word)), voice: "", kind: "number", aside, weight: 0.7 })
    } else named.marks.push(mark(word, aside, rules))
  }
  named.letters = named.marks.map((m) => m.text).join("")
  return named
}

const NAMES = keeping<string, Named>(50_000)

const parsed = (name: string, bearer: Exclude<Bearer, "person">, rules: ReadonlySet<Rule>): Named =>
  NAMES(rules, `${bearer} ${name}`, () => parse(name, bearer, rules))

interface Match {
  a: number
  b: number
  score: number
  slip: boolean
}

/** Long words that differ in vowels as romanisations do: Qaeda, Qaida. */
function said(a: Mark, b: Mark): boolean {
  const longest = Math.max(a.voice.length, b.voice.length)
  return Math.min(a.voice.length, b.voice.length) >= 5 && spokenDistance(a.voice, b.voice, 1) / longest <= 0.1
}

/** How alike two words are; `letters` = how long both names are at least, by which a slip is judged. */
function agree(a: Mark, b: Mark, letters: number, rules: ReadonlySet<Rule>): { score: number; slip: boolean } {
  const none = { score: 0, slip: false }
  if (a.text === b.text) return { score: 1, slip: false }
  if (a.kind === "number" || b.kind === "number") return none
  if (a.kind === "country" && b.kind === "country") return none
  if (a.kind !== "link" && b.kind !== "link" && said(a, b)) return { score: 0.9, slip: false }
  const crossed = /\p{Script=Latin}/u.test(a.text) !== /\p{Script=Latin}/u.test(b.text)
  const shorter = Math.min(a.text.length, b.text.length)
  if (shorter >= 4 && (crossed || exchange(a.text[0]!, b.text[0]!) < 1) && soundOf(a.text) === soundOf(b.text))
    return { score: 0.95, slip: false }
  if (crossed || a.kind === "link" || b.kind === "link") return none
  const wrong = slips(a.text, b.text)
  if (wrong / Math.max(a.text.length, b.text.length) <= 0.16) return { score: 0.9, slip: false }
  const slip = rules.has("slips") && ((wrong === 1 && letters >= 5 && shorter >= 3) || (wrong === 2 && letters >= 12 && shorter >= 5))
  return slip ? { score: 0.8, slip: true } : none
}

function matchesOf(short: Named, long: Named, rules: ReadonlySet<Rule>): Match[] {
  const lengthOf = ({ marks }: Named) => marks.reduce((sum, m) => sum + (m.kind === "link" ? 0 : m.text.length), 0)
  const letters = Math.min(lengthOf(short), lengthOf(long))
  const all: Match[] = []
  short.marks.forEach((one, a) => {
    long.marks.forEach((other, b) => {
      const { score, slip } = agree(one, other, letters, rules)
      if (score > 0) all.push({ a, b, score, slip })
    })
  })
  all.sort((x, y) => y.score - x.score || Math.abs(x.a - x.b) - Math.abs(y.a - y.b) || x.a + x.b - (y.a + y.b) || x.a - y.a)
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  let slipped = false
  return all.filter(({ a, b, slip }) => {
    if (usedA.has(a) || usedB.has(b) || (slip && slipped)) return false
    usedA.add(a)
    usedB.add(b)
    slipped ||= slip
    return true
  })
}

/** One word that is the first letters of the other name's words (three or more). */
function acronym(a: Named, b: Named): boolean {
  const [one, ...more] = a.marks.filter((m) => m.kind !== "link")
  const others = b.marks.filter((m) => m.kind !== "link")
  return !!one && more.length === 0 && others.length >= 3 && one.text === others.map((m) => m.text[0]).join("")
}

const OTHER_FORM = 0.69
const OTHER_NUMBER = 0.74
/** A number that only one has: another of a series. */
const SERIES = 0.66
const CONTRADICTED = 0.6
const LEFT_OUT = 0.85
const ASIDE = 0.3

const texts = (marks: readonly Mark[]) => marks.map((m) => m.text).join(" ")
const weigh = (marks: readonly Mark[]) => marks.reduce((sum, m) => sum + m.weight, 0)

/** What a mark costs that only the other name lacks. The first of a series is often not counted. */
function omitted(m: Mark): number {
  if (m.kind === "number" && m.text === "1") return 0.1
  return m.aside ? ASIDE * m.weight : LEFT_OUT * (m.kind === "number" || m.kind === "country" ? 1 : m.weight)
}

function verdict(score: number, because: Reason[]): Verdict {
  const level: NameLevel = score >= 0.999 ? "exact" : score >= MATCH ? "similar" : "different"
  return { score: Math.round(score * 1000) / 1000, because, level, weight: 0 }
}

export function compareOrganisations(a: string, b: string, bearer: Exclude<Bearer, "person">, rules: ReadonlySet<Rule>): Verdict {
  const [one, other] = [parsed(a, bearer, rules), parsed(b, bearer, rules)]
  if (one.marks.length === 0 || other.marks.length === 0) return verdict(0, [{ code: "nothing-to-compare", left: "", right: "" }])
  if (one.folded === other.folded) return verdict(1, [{ code: "same-letters", left: "", right: "" }])
  const swap = one.marks.length !== other.marks.length ? one.marks.length > other.marks.length : one.folded > other.folded
  return swap ? judge(other, one, rules) : judge(one, other, rules)
}

function judge(short: Named, long: Named, rules: ReadonlySet<Rule>): Verdict {
  if (rules.has("acronyms") && (acronym(short, long) || acronym(long, short)))
    return verdict(0.8, [{ code: "acronym", left: texts(short.marks), right: texts(long.marks) }])
  const because: Reason[] = []
  const matches = matchesOf(short, long, rules)
  const aloneShort = short.marks.filter((_, at) => !matches.some((m) => m.a === at))
  const aloneLong = long.marks.filter((_, at) => !matches.some((m) => m.b === at))
  for (const { a, b, score, slip } of matches) {
    const [left, right] = [short.marks[a]!, long.marks[b]!]
    if (left.kind === "link") continue
    because.push({ code: slip ? "slip" : score === 1 ? "same-word" : "similar", left: left.text, right: right.text })
  }
  const numbers = [aloneShort, aloneLong].map((marks) => marks.filter((m) => m.kind === "number"))
  const otherNumber = numbers[0]!.length > 0 && numbers[0]!.length === numbers[1]!.length
  const rest = [aloneShort, aloneLong].map((marks) => marks.filter((m) => !(otherNumber && m.kind === "number")))
  const shared = matches.reduce((sum, { a, b }) => sum + Math.max(short.marks[a]!.weight, long.marks[b]!.weight), 0)
  const matched = matches.reduce((sum, { a, b, score }) => sum + Math.max(short.marks[a]!.weight, long.marks[b]!.weight) * score, 0)
  const contrary = Math.min(weigh(rest[0]!), weigh(rest[1]!))
  const missing = rest.flat().reduce((sum, m) => sum + omitted(m), 0)
  const base = shared + contrary + missing
  let score = base === 0 ? 0 : matched / base
  if ((short.letters === long.letters || short.squeezed === long.squeezed) && score < 0.95) {
    score = 0.95
    because.unshift({ code: "together", left: "", right: "" })
  } else if (contrary > 0.2 && rules.has("contradiction")) {
    score = Math.min(score, CONTRADICTED)
    because.push({ code: "differs", left: texts(rest[0]!), right: texts(rest[1]!) })
  } else if (missing > 0 && shared > 0) because.push({ code: "without", left: texts(rest[0]!), right: texts(rest[1]!) })
  if (numbers.some((marks) => marks.some((m) => m.text !== "1")) && numbers[0]!.length !== numbers[1]!.length) {
    score = Math.min(score, SERIES)
    because.push({ code: "number", left: texts(numbers[0]!), right: texts(numbers[1]!) })
  }
  if (otherNumber) {
    score *= OTHER_NUMBER
    because.push({ code: "number", left: texts(numbers[0]!), right: texts(numbers[1]!) })
  }
  const otherForm =
    short.strict &&
    long.strict &&
    short.forms.size > 0 &&
    long.forms.size > 0 &&
    !short.forms.isSubsetOf(long.forms) &&
    !long.forms.isSubsetOf(short.forms)
  if (otherForm) {
    score = Math.min(score, OTHER_FORM)
    because.push({ code: "other-legal-form", left: "", right: "" })
  } else if (short.forms.size !== long.forms.size && shared > 0) because.push({ code: "legal-form", left: "", right: "" })
  return verdict(score, because.length > 0 ? because : [{ code: "no-word-in-common", left: "", right: "" }])
}
