import { foldWord, tokensOf } from "../text/fold.ts"
import { lexicon, spot } from "../text/lexicon.ts"
import { DOMAINS, LABEL_WORDS, MEDICAL_FILE, TEXT_WORDS } from "./apart-words.ts"

/** Material that is set apart from what an examiner reads and a rule moves: it can come into scope only row by row. */
export const CATEGORIES = {
  privileged: "communication with a lawyer",
  medical: "health",
  asylum: "an asylum claim",
  child: "a child",
} as const
export type Category = keyof typeof CATEGORIES
export const CATEGORY_IDS = Object.keys(CATEGORIES) as [Category, ...Category[]]

/** Why a row stands apart, without a word of what it says. */
export const WHYS = {
  label: "its own name or title",
  party: "a party that the device has under such a name",
  address: "the domain of an address",
  words: "words in its text",
  file: "the form of a file",
  holder: "the holder of the device is a child",
  examiner: "the examiner's decision",
} as const
export type Why = keyof typeof WHYS

/** Raised when the words change: exhibits sorted before stay as they were sorted. */
export const APART_VERSION = 1

const labels = lexicon(LABEL_WORDS)
const texts = lexicon(TEXT_WORDS)

const found = (lex: typeof labels, text: string): Category[] => {
  const tokens = tokensOf(foldWord(text))
  const vietnamese = /[\u0111\u01a1\u01b0\u1ea0-\u1ef9]/i.test(text)
  return [...new Set(spot(lex, tokens, vietnamese).map((h) => h.payload))]
}

/** What the name of a person, a chat or a file says. A name of many words is a sentence and no label. */
export const byLabel = (text: string): Category[] => (text.length > 120 ? [] : found(labels, text))

export const byWords = (text: string): Category[] => found(texts, text)

/** By the domain of an e-mail address. */
export function byAddress(address: string): Category[] {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase()
  return DOMAINS.flatMap(([category, pattern]) => (pattern.test(domain) ? [category] : []))
}

/** By path and media type of a file or attachment. */
export function byFile(path: string, mediaType: string | null): Category[] {
  const spoken = path.replace(/[_\-./\\]+/g, " ")
  const said = [...found(labels, spoken), ...found(texts, spoken)]
  if (MEDICAL_FILE.test(path) || (mediaType !== null && MEDICAL_FILE.test(mediaType))) said.push("medical")
  return [...new Set(said)]
}
