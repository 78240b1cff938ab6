import { type Grade, isWeak, readGrade } from "#vocabulary/grades"

/**
 * What one report weighs by its grade, hundredths of a bit. Source and information are judged apart and never averaged: the table
 * gives each pair its own weight. A direct report of a reliable source can carry somebody over the threshold of ranking alone; an
 * untested source's hearsay cannot, so that a rival's single malicious report ranks nobody. Starting values, not findings: they need
 * fitting on authorised data (sources §12).
 */
const BY_RELIABILITY = {
  reliable: { direct: 450, corroborated: 400, indirect: 300, unknown: 150 },
  untested: { direct: 260, corroborated: 280, indirect: 160, unknown: 60 },
  unreliable: { direct: 0, corroborated: 0, indirect: 0, unknown: 0 },
} as const

/** The weightiest report whose content the source does not know to be true. */
const RUMOUR = BY_RELIABILITY.reliable.unknown

type Reliability = keyof typeof BY_RELIABILITY
type Knowledge = keyof (typeof BY_RELIABILITY)["reliable"]

const SOURCE: Record<Grade["scheme"], Record<string, Reliability>> = {
  "3x5x2": { "1": "reliable", "2": "untested", "3": "unreliable" },
  "5x5x5": { A: "reliable", B: "reliable", C: "untested", D: "unreliable", E: "untested" },
  "4x4": { A: "reliable", B: "reliable", C: "unreliable", X: "untested" },
  admiralty: { A: "reliable", B: "reliable", C: "untested", D: "unreliable", E: "unreliable", F: "untested" },
}

const INFORMATION: Record<Grade["scheme"], Record<string, Knowledge>> = {
  "3x5x2": { A: "direct", B: "corroborated", C: "indirect", D: "unknown" },
  "5x5x5": { "1": "direct", "2": "direct", "3": "corroborated", "4": "unknown" },
  "4x4": { "1": "direct", "2": "direct", "3": "corroborated", "4": "unknown" },
  admiralty: { "1": "corroborated", "2": "direct", "3": "indirect", "4": "unknown", "6": "unknown" },
}

/** The weight of a report graded `scheme:code`; 0 for suspected false, an unreliable source, or no readable grade. */
export function gradeWeight(written: string | null): number {
  const grade = readGrade(written)
  if (grade === null || isWeak(grade)) return 0
  const source = SOURCE[grade.scheme][grade.source]
  const information = INFORMATION[grade.scheme][grade.information]
  return source && information ? BY_RELIABILITY[source][information] : 0
}

/**
 * What several reports of different roots weigh together: the strongest whole, each further one half of what stands before it,
 * because that their sources are independent is claimed and not shown. What a source does not know to be true counts once, however
 * many repeat it: a rumour is one rumour.
 */
export function reportStrength(grades: readonly (string | null)[]): number {
  const weights = grades.map((g) => gradeWeight(g)).filter((w) => w > 0)
  const rumour = Math.max(0, ...weights.filter((w) => w <= RUMOUR))
  const known = weights.filter((w) => w > RUMOUR).sort((a, b) => b - a)
  return [...known, ...(rumour > 0 ? [rumour] : [])].reduce((sum, w, i) => sum + w / 2 ** i, 0)
}
