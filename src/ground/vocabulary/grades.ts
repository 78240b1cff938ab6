/**
 * Grades of intelligence: how reliable the source is and how the information is known, judged apart from each other. A grade is
 * kept as it was given, with its scheme. Grades are never averaged; a crosswalk between schemes is a hint and loses something.
 */
import { Failure } from "./failure.ts"

interface Scheme {
  title: string
  source: Readonly<Record<string, string>>
  information: Readonly<Record<string, string>>
  handling: Readonly<Record<string, string>> | null
  /** Source codes and information codes that mean: take with great care. */
  weak: string
}

export const SCHEMES = {
  "3x5x2": {
    title: "UK 3x5x2 (College of Policing, in use since about 2016)",
    source: { "1": "Reliable", "2": "Untested", "3": "Not reliable" },
    information: {
      A: "Known directly to the source",
      B: "Known indirectly to the source but corroborated",
      C: "Known indirectly to the source",
      D: "Not known",
      E: "Suspected to be false",
    },
    handling: { P: "Lawful sharing permitted", C: "Lawful sharing permitted with conditions" },
    weak: "3E",
  },
  "5x5x5": {
    title: "UK 5x5x5 (before 3x5x2; stays in old data)",
    source: { A: "Always reliable", B: "Mostly reliable", C: "Sometimes reliable", D: "Unreliable", E: "Untested" },
    information: {
      "1": "Known to be true",
      "2": "Known personally to the source",
      "3": "Not known personally to the source but corroborated",
      "4": "Cannot be judged",
      "5": "Suspected to be false",
    },
    handling: {
      "1": "UK law enforcement",
      "2": "UK non-prosecuting parties",
      "3": "Foreign law enforcement",
      "4": "Originator only",
      "5": "Conditions apply",
    },
    weak: "D5",
  },
  "4x4": {
    title: "Europol 4x4 (Regulation (EU) 2016/794 Art. 29)",
    source: {
      A: "No doubt, or reliable in all instances",
      B: "Reliable in most instances",
      C: "Unreliable in most instances",
      X: "Cannot be assessed",
    },
    information: {
      "1": "Accuracy not in doubt",
      "2": "Known personally to the source, not to the official",
      "3": "Not known personally to the source but corroborated",
      "4": "Not known personally to the source and cannot be corroborated",
    },
    handling: null,
    weak: "C",
  },
  admiralty: {
    title: "Admiralty (NATO)",
    source: {
      A: "Completely reliable",
      B: "Usually reliable",
      C: "Fairly reliable",
      D: "Not usually reliable",
      E: "Unreliable",
      F: "Reliability cannot be judged",
    },
    information: {
      "1": "Confirmed by other sources",
      "2": "Probably true",
      "3": "Possibly true",
      "4": "Doubtful",
      "5": "Improbable",
      "6": "Truth cannot be judged",
    },
    handling: null,
    weak: "E5",
  },
} as const satisfies Record<string, Scheme>

export type SchemeId = keyof typeof SCHEMES
export const SCHEME_IDS = Object.keys(SCHEMES) as SchemeId[]

export interface Grade {
  scheme: SchemeId
  /** Source and information as written together, in capitals: `1A`, `B2`. */
  code: string
  source: string
  information: string
  /** The handling that was written with it (`1AP`, `B24`), else null. */
  handling: string | null
  /** Other schemes in which the code has a meaning, when the scheme was not named. */
  alsoPossible: SchemeId[]
}

function possibilities(ids: readonly SchemeId[]): string {
  return ids
    .map((id) => {
      const scheme: Scheme = SCHEMES[id]
      return `${id}: source ${Object.keys(scheme.source).join(" ")}, information ${Object.keys(scheme.information).join(" ")}`
    })
    .join("; ")
}

function inScheme(id: SchemeId, code: string): Omit<Grade, "alsoPossible"> | null {
  const scheme: Scheme = SCHEMES[id]
  const [source, information, handling, more] = code
  if (!source || !information || more !== undefined) return null
  if (!Object.hasOwn(scheme.source, source) || !Object.hasOwn(scheme.information, information)) return null
  if (handling !== undefined && (scheme.handling === null || !Object.hasOwn(scheme.handling, handling))) return null
  return { scheme: id, code: source + information, source, information, handling: handling ?? null }
}

/**
 * Reads `1A`, `2D`, `1AP`, `B24`, `X4`, or with its scheme `admiralty:B2`. A letter and a digit alone are taken as Europol 4x4 where
 * that has them, else 5x5x5 (three parts) or Admiralty; `alsoPossible` names the other readings. Throws `invalid.grade` with what is
 * possible.
 */
export function parseGrade(text: string, scheme?: SchemeId): Grade {
  const named = /^\s*([\w]+)\s*:\s*(.+)$/.exec(text)
  const asked = scheme ?? (named ? SCHEME_IDS.find((id) => id === named[1]!.toLowerCase()) : undefined)
  const code = (named ? named[2]! : text).toUpperCase().replace(/[\s/.\-|]/g, "")
  const refuse = (ids: readonly SchemeId[]) =>
    new Failure("invalid.grade", `"${text}" is no grade${asked ? ` of ${asked}` : ""}`, { hint: `possible: ${possibilities(ids)}` })
  if (named && !asked) throw refuse(SCHEME_IDS)
  const readings = (asked ? [asked] : (["3x5x2", "4x4", "5x5x5", "admiralty"] as const)).flatMap((id) => inScheme(id, code) ?? [])
  // Two parts could be an old 5x5x5 without its handling; that is rarer than an Admiralty grade.
  readings.sort((a, b) => Number(a.scheme === "5x5x5" && a.handling === null) - Number(b.scheme === "5x5x5" && b.handling === null))
  const [first, ...others] = readings
  if (!first) throw refuse(asked ? [asked] : SCHEME_IDS)
  return { ...first, alsoPossible: others.map((other) => other.scheme) }
}

/**
 * Reads a grade as it was written in a record, `scheme:code` or the code alone. Null for none and for one that no scheme knows: what its
 * author wrote stays readable, and grades nothing.
 */
export function readGrade(written: string | null): Grade | null {
  if (!written) return null
  const colon = written.indexOf(":")
  const scheme = SCHEME_IDS.find((id) => id === written.slice(0, Math.max(0, colon)))
  try {
    return parseGrade(written.slice(colon + 1), scheme)
  } catch {
    return null
  }
}

/** In words, for a screen or a statement. */
export function gradeText(grade: Grade): string {
  const scheme: Scheme = SCHEMES[grade.scheme]
  return `${grade.code} (${grade.scheme}): source ${scheme.source[grade.source]!.toLowerCase()}; information ${scheme.information[grade.information]!.toLowerCase()}`
}

/** An unreliable source or information suspected false: shown differently, left out on request. */
export function isWeak(grade: Grade): boolean {
  return SCHEMES[grade.scheme].weak.includes(grade.source) || SCHEMES[grade.scheme].weak.includes(grade.information)
}

/** As of 2026-11-22; the schemes' owners publish no official table. */
const TO_EUROPOL_SOURCE: Readonly<Record<string, readonly [string, string]>> = {
  "1": ["B", "1 could be A or B: B is taken"],
  "2": ["X", ""],
  "3": ["C", ""],
}
const TO_EUROPOL_INFORMATION: Readonly<Record<string, readonly [string | null, string]>> = {
  A: ["2", "Europol's 1 has no twin"],
  B: ["3", ""],
  C: ["4", "C and D merge"],
  D: ["4", "C and D merge"],
  E: [null, "Europol has no grade for suspected false"],
}

/** How a 3x5x2 grade would most nearly be written in Europol's 4x4. */
export interface Crosswalk {
  hint: true
  asOf: "2026-11-22"
  /** Null where there is no counterpart. */
  code: string | null
  losses: string[]
}

/** Null for grades of other schemes. The grade itself stays what it was; never exchange it for the hint. */
export function europolHint(grade: Grade): Crosswalk | null {
  if (grade.scheme !== "3x5x2") return null
  const [source, sourceLoss] = TO_EUROPOL_SOURCE[grade.source]!
  const [information, informationLoss] = TO_EUROPOL_INFORMATION[grade.information]!
  return {
    hint: true,
    asOf: "2026-11-22",
    code: information === null ? null : source + information,
    losses: [sourceLoss, informationLoss].filter(Boolean),
  }
}
