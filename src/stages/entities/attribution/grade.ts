import type { AttributionGrade, Evidence } from "./evidence.ts"

/** From how many hundredths of a bit a claim is so graded. Starting values, not findings: they need fitting on authorised data. */
const SLIGHT = 150
const FAIR = 400
const STRONG = 600
/** A strong attribution rests on this many independent origins, whatever one of them weighs. */
const STRONG_ORIGINS = 2
/** What labels, bills and registers add together at most. */
const MOST_BY_NAMING = 150

export interface Graded {
  grade: AttributionGrade
  weight: number
  origins: number
  contradicted: boolean
}

/**
 * Grades a claim by what speaks for and against it. Of one origin only the weightiest counts, so that one phone said ten times is one
 * source; origins add up. Evidence of the class `naming` counts only beside something that attributes. More against never raises
 * the grade, more for never lowers it, and the order is of no matter.
 */
export function graded(evidence: readonly Evidence[]): Graded {
  const attributing = byOrigin(evidence.filter((e) => e.side === "for" && e.class === "attributing"))
  const naming = sum(byOrigin(evidence.filter((e) => e.side === "for" && e.class === "naming")))
  const against = sum(byOrigin(evidence.filter((e) => e.side === "against")))
  const speaks = sum(attributing)
  const origins = [...attributing.values()].filter((w) => w > 0).length
  const weight = speaks > 0 ? speaks + Math.min(MOST_BY_NAMING, naming) - against : -against
  const grade =
    speaks === 0 || weight < SLIGHT ? "none" : weight < FAIR ? "slight" : weight < STRONG || origins < STRONG_ORIGINS ? "fair" : "strong"
  return { grade, weight, origins, contradicted: against > 0 && weight < SLIGHT }
}

function byOrigin(evidence: readonly Evidence[]): Map<string, number> {
  const out = new Map<string, number>()
  for (const { origin, weight } of evidence) out.set(origin, Math.max(out.get(origin) ?? 0, weight))
  return out
}

const sum = (weights: ReadonlyMap<string, number>): number => [...weights.values()].reduce((a, b) => a + b, 0)
