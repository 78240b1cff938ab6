import i18next from "i18next"
import { gradeWord } from "./attribution-words.ts"
import { en } from "./en.ts"
import { digits } from "./numbers.ts"

type Vocabulary =
  | "measures"
  | "layers"
  | "standings"
  | "conducts"
  | "bases"
  | "stages"
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

type SaidKey = keyof typeof en.said

const INNOCENTS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(en.innocents).map(([key, words]) => [words, key]))

const FIXED: Readonly<Record<string, SaidKey>> = Object.fromEntries(
  (
    [
      "secondEvent",
      "anyMoney",
      "ownDevice",
      "onlyOthers",
      "onlyReports",
      "noTie",
      "structureOnly",
      "nobodyRanked",
      "bareNetwork",
      "unseen",
      "noTieAtAll",
    ] as const
  ).map((key) => [en.said[key], key]),
)

const layerIds = Object.fromEntries(Object.entries(en.layers).map(([id, title]) => [title, id]))
const layerList = (titles: string): string =>
  titles
    .split(/, (?!engines)/)
    .map((t) => (Object.hasOwn(layerIds, t) ? wordOf("layers", layerIds[t]!) : t))
    .join(i18next.language === "ckb" ? "، " : ", ")

const PATTERNS: readonly { is: RegExp; key: SaidKey; values: (m: RegExpExecArray) => Record<string, string | number> }[] = [
  { is: /^No tie between players comes from: (.*)\.$/, key: "absentLayers", values: (m) => ({ layers: layerList(m[1]!) }) },
  {
    is: /^“(.*)” is said to run it in (\d+) seizure events? and nobody knows/,
    key: "saidToRun",
    values: (m) => ({ name: m[1]!, n: digits(m[2]!) }),
  },
  {
    is: /^“(.*)” is spoken of in (\d+) seizure events? and nobody knows/,
    key: "spokenOf",
    values: (m) => ({ name: m[1]!, n: digits(m[2]!) }),
  },
  {
    is: /^(.*) would stand (\d+) instead of (\d+) if customers/,
    key: "wouldStand",
    values: (m) => ({ label: m[1]!, there: digits(m[2]!), here: digits(m[3]!) }),
  },
  {
    is: /^(\d+) of (\d+) seized things are devices seized on arrival/,
    key: "arrival",
    values: (m) => ({ n: digits(m[1]!), of: digits(m[2]!) }),
  },
  {
    is: /^Each of (\d+) draws keeps a seizure event with ([\d.]+) and a link with ([\d.]+)\.$/,
    key: "draws",
    values: (m) => ({ draws: digits(m[1]!), event: digits(m[2]!), edge: digits(m[3]!) }),
  },
  {
    is: /^Fewer than (\d+) seizure events: each of (\d+) draws keeps a link with ([\d.]+), and all events\.$/,
    key: "drawsFew",
    values: (m) => ({ from: digits(m[1]!), draws: digits(m[2]!), edge: digits(m[3]!) }),
  },
  {
    is: /^Tied to (\d+) of the others in (\d+) independent seizure events?; closest: (.*)\.$/,
    key: "tied_other",
    values: (m) => ({ others: digits(m[1]!), count: Number(m[2]), closest: closest(m[3]!) }),
  },
]

/** `label (layer, layer); label (layer)`: labels stay, layers are translated. */
function closest(list: string): string {
  return list
    .split("; ")
    .map((one) => one.replace(/ \(([^()]*)\)$/, (_, layers: string) => ` (${layerList(layers)})`))
    .join(i18next.language === "ckb" ? "؛ " : "; ")
}

const WEAKEST = / The weakest attribution of a number under these ties: (none|slight|fair|strong)\.$/

export function said(sentence: string): Said {
  if (i18next.language === "en") return { text: sentence, translated: true }
  const fixed = Object.hasOwn(FIXED, sentence) ? FIXED[sentence] : undefined
  if (fixed) return { text: i18next.t(`said.${fixed}` as "said.unseen"), translated: true }
  const innocent = Object.hasOwn(INNOCENTS, sentence) ? INNOCENTS[sentence] : undefined
  if (innocent) return { text: i18next.t(`innocents.${innocent}` as "innocents.trade"), translated: true }
  const weakest = WEAKEST.exec(sentence)
  if (weakest) {
    const head = said(sentence.slice(0, weakest.index))
    return { text: `${head.text} ${i18next.t("attribution.weakestUnder", { grade: gradeWord(weakest[1]!) })}`, translated: head.translated }
  }
  for (const { is, key, values } of PATTERNS) {
    const m = is.exec(sentence)
    if (m) return { text: i18next.t(`said.${key === "tied_other" ? "tied" : key}` as "said.unseen", values(m)), translated: true }
  }
  return { text: sentence, translated: false }
}
