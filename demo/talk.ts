import type { Town } from "./geography.ts"
import type { Outlet } from "./money.ts"
import { chatLatin, LANGUAGE_SHARES, type Language } from "./names.ts"
import type { Person } from "./people.ts"
import { ALBANIAN } from "./phrases/albanian.ts"
import { ARABIC } from "./phrases/arabic.ts"
import type { OrdinaryTopic, Phrases, Topic } from "./phrases/categories.ts"
import { EMOJI } from "./phrases/emoji.ts"
import { ENGLISH } from "./phrases/english.ts"
import { FRENCH } from "./phrases/french.ts"
import { GERMAN } from "./phrases/german.ts"
import { KURMANJI } from "./phrases/kurmanji.ts"
import { PASHTO } from "./phrases/pashto.ts"
import { PERSIAN } from "./phrases/persian.ts"
import { SORANI } from "./phrases/sorani.ts"
import { TURKISH } from "./phrases/turkish.ts"
import { VIETNAMESE } from "./phrases/vietnamese.ts"
import type { Rng } from "./rng.ts"

export const BANKS: Readonly<Record<Language, Phrases>> = {
  sorani: SORANI,
  "sorani-latin": SORANI,
  kurmanji: KURMANJI,
  arabic: ARABIC,
  persian: PERSIAN,
  pashto: PASHTO,
  turkish: TURKISH,
  english: ENGLISH,
  french: FRENCH,
  german: GERMAN,
  albanian: ALBANIAN,
  vietnamese: VIETNAMESE,
  emoji: EMOJI,
}

const LANGUAGES = Object.keys(LANGUAGE_SHARES) as Language[]
const WEIGHTS = LANGUAGES.map((l) => LANGUAGE_SHARES[l])

export function writesArabicScript(language: Language): boolean {
  return language === "sorani" || language === "arabic" || language === "persian" || language === "pashto"
}

/** What a phrase may speak of. What is missing is drawn: ordinary prices, ordinary places. */
export interface Slots {
  nick?: readonly [string, string] | undefined
  person?: Person | undefined
  place?: Town | undefined
  price?: number | undefined
  amount?: number | undefined
  outlet?: Outlet | undefined
  code?: string | undefined
  n?: number | undefined
  time?: string | undefined
}

const EASTERN = "٠١٢٣٤٥٦٧٨٩"
const PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"

export function easternDigits(text: string, language: Language): string {
  const digits = language === "persian" || language === "pashto" ? PERSIAN_DIGITS : EASTERN
  return text.replace(/\d/g, (d) => digits[Number(d)]!)
}

function fill(rng: Rng, template: string, language: Language, slots: Slots, places: readonly Town[]): string {
  const native = writesArabicScript(language)
  const eastern = native && rng.chance(0.4)
  const digits = (n: string) => (eastern ? easternDigits(n, language) : n)
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    switch (slot) {
      case "nick":
        return slots.nick ? slots.nick[native ? 1 : 0] : native ? "ئەو" : "he"
      case "name": {
        const given = slots.person?.name.parts[0]
        return given ? given[native ? 1 : 0] : native ? "عەلی" : "Ali"
      }
      case "place": {
        const town = slots.place ?? rng.pick(places)
        return native ? town.native : town.latin
      }
      case "price":
        return digits(String(slots.price ?? rng.integer(14, 90) * 100))
      case "amount":
        return digits(String(slots.amount ?? rng.integer(2, 60) * 10))
      case "outlet":
        return slots.outlet ? (native ? slots.outlet.native : slots.outlet.latin) : native ? "سەرافەکە" : "saraf"
      case "code":
        return digits(slots.code ?? rng.digits(rng.integer(4, 6)))
      case "n":
        return digits(String(slots.n ?? rng.integer(2, 9)))
      default:
        return digits(slots.time ?? `${rng.integer(7, 22)}:${rng.pick(["00", "15", "30", "45"])}`)
    }
  })
}

/** The language that a chat between two people runs in: mostly the first speaker's own. */
export function chatLanguage(rng: Rng, own: Language): Language {
  return rng.chance(0.6) ? own : rng.weighted(LANGUAGES, WEIGHTS)
}

/** One utterance. Fifteen in a hundred (a parameter) run on in another language. */
export function say(rng: Rng, language: Language, topic: Topic, slots: Slots, places: readonly Town[], mixed: number): string {
  const tongue = language !== "emoji" && rng.chance(0.03) ? "emoji" : language
  const bank = BANKS[tongue]
  const template = rng.pick(bank[topic])
  const text = fill(rng, tongue === "sorani-latin" ? chatLatin(template) : template, tongue, slots, places)
  if (tongue === "emoji" || !rng.chance(mixed)) return text
  const other = rng.weighted(LANGUAGES, WEIGHTS)
  if (other === tongue) return text
  const tail = rng.pick(BANKS[other][topic === "code" || topic === "paycode" ? "hello" : "joke"])
  return `${text} ${fill(rng, other === "sorani-latin" ? chatLatin(tail) : tail, other, slots, places)}`
}

const ORDINARY_WEIGHTS: readonly (readonly [OrdinaryTopic, number])[] = [
  ["hello", 16],
  ["family", 14],
  ["food", 8],
  ["work", 10],
  ["health", 6],
  ["money", 6],
  ["car", 4],
  ["boat", 2],
  ["football", 6],
  ["code", 2],
  ["asylum", 4],
  ["plan", 13],
  ["joke", 10],
  ["faith", 5],
  ["media", 6],
]
const TOPICS = ORDINARY_WEIGHTS.map(([t]) => t)
const TOPIC_WEIGHTS = ORDINARY_WEIGHTS.map(([, w]) => w)

/** A topic of ordinary life; "ok" and its like come at the parameter's rate, whatever else is said. */
export function ordinaryTopic(rng: Rng, okShare: number): OrdinaryTopic {
  return rng.chance(okShare) ? "ok" : rng.weighted(TOPICS, TOPIC_WEIGHTS)
}
