import i18next from "i18next"
import { NAME_REASONS, type NameReason } from "#vocabulary/name-reasons"
import { type ReadBack, readBack } from "#vocabulary/sentences"
import { gradeWord } from "./attribution-words.ts"
import { SORANI } from "./ckb-sentences.ts"
import { en } from "./en.ts"
import { digits } from "./numbers.ts"

type Vocabulary =
  | "measures"
  | "layers"
  | "standings"
  | "conducts"
  | "bases"
  | "stages"
  | "ways"
  | "kinds"
  | "parts"
  | "entityKinds"
  | "itemKinds"
  | "eventKinds"
  | "identifierTypes"
  | "subjects"
  | "roles"
  | "needs"
  | "takenFrom"
  | "purposes"
  | "services"
  | "answers"
  | "limbs"
  | "statements"
  | "scopes"
  | "apartCategories"
  | "deviceAlerts"

/** The word of a vocabulary for an id that the node gave; the id itself where the vocabulary has none. */
export function wordOf(vocabulary: Vocabulary, id: string): string {
  const words = en[vocabulary] as Record<string, string>
  return Object.hasOwn(words, id) ? i18next.t(`${vocabulary}.${id}` as "kinds.message") : id
}

/** A sentence for the screen: translated where it is one that the node is known to say, else as said, in English. */
export interface Said {
  text: string
  /** False: still in the node's English. */
  translated: boolean
}

/** The word of a vocabulary for a title that the node said; the title itself where it is none of the vocabulary's. */
const wordOfTitle = (vocabulary: "layers" | "stages" | "ways") => {
  const ids = new Map(Object.entries(en[vocabulary]).map(([id, title]) => [title, id]))
  return (title: string): string => {
    const id = ids.get(title)
    return id === undefined ? title : wordOf(vocabulary, id)
  }
}

const layerOf = wordOfTitle("layers")
const layerList = (titles: string): string =>
  titles
    .split(/, (?!engines)/)
    .map(layerOf)
    .join("، ")

/** `label (layer, layer); label (layer)`: labels stay, layers are translated. */
const closest = (list: string): string =>
  list
    .split("; ")
    .map((one) => one.replace(/ \(([^()]*)\)$/, (_, layers: string) => ` (${layerList(layers)})`))
    .join("؛ ")

const nameCodes = Object.fromEntries(Object.entries(NAME_REASONS).map(([code, words]) => [words, code as NameReason]))
/** `reason: word = word; reason`: the names' words stay, the reasons are translated. */
const alike = (list: string): string =>
  list
    .split("; ")
    .map((one) => {
      const [words = one, ...about] = one.split(": ")
      const code = nameCodes[words]
      return code ? [i18next.t(`names.codes.${code}`), ...about.map(isolated)].join(": ") : isolated(one)
    })
    .join("؛ ")

/** What stands in a gap of that name, where it is a word of a vocabulary. */
const GAPS: Readonly<Record<string, (value: string) => string>> = {
  layers: layerList,
  closest,
  grade: gradeWord,
  stage: wordOfTitle("stages"),
  way: wordOfTitle("ways"),
  title: (title) => (title === en.plans.options.gone ? i18next.t("plans.options.gone") : title),
  alike,
}
const NUMBER = /^[\d.,]+$/
/** A name or quote has its own direction, whatever stands around it (U+2068, U+2069). */
const isolated = (text: string): string => `\u2068${text}\u2069`

const inSorani = ({ id, values, quotes }: ReadBack): string => {
  const text = SORANI[id].replace(/\{(\w+)\}/g, (_, gap: string) => {
    const value = values[gap]!
    return NUMBER.test(value) ? digits(value) : isolated(Object.hasOwn(GAPS, gap) ? GAPS[gap]!(value) : value)
  })
  return quotes ? `${text}: ${isolated(quotes)}` : text
}

export function said(sentence: string): Said {
  if (i18next.language === "en") return { text: sentence, translated: true }
  const read = readBack(sentence)
  return read ? { text: read.map(inSorani).join(" "), translated: true } : { text: sentence, translated: false }
}
