/**
 * From what was drawn to where somebody would stand if everything were known. Two things were seen on 16 invented operations (seeds 31 to 38
 * and 61 to 71, a fifth of the phones never seized) whose truth is known, and both are old acquaintances: places regress to the middle
 * (Galton 1886), and much is held of those whose phones were seized, so that much evidence goes with a place that is too near the head. The
 * middle of the range is a line through both, fitted by least squares; its half-width is the least that held nine in ten of operations left
 * out one at a time (normalised split-conformal: Lei et al. 2018), less towards the ends, where there is less room. With each operation
 * left out of the fit that it is judged by, .904 of 374 places lay inside, at a median width of .746 of the list; a constant width needs .814
 * for that. Operations differ: constants fitted on the first seven held .88 on the other nine, where a constant width held as much at less
 * (`bench/coverage.ts`). Real networks may be worse.
 */
export const CALIBRATION = {
  /** Of the middle: what all share, per place in the draws, and per e-fold of evidence over one full event. */
  base: 0.1523,
  drawn: 0.6166,
  evidence: 0.252,
  half: 0.4202,
} as const

/** Evidence (hundredths of a bit, all events together) that was seen: what lies outside is taken as at the edge. */
const SEEN = [300, 1470] as const
const FULL_EVENT = 400

export interface Observed {
  /** On the scale from 0, before the first, to 1, behind the last. */
  place: number
  /** Places in all draws with him. */
  drawn: readonly number[]
  /** Hundredths of a bit, all events together. */
  evidence: number
}

/** What the fit looks at: his mean place over the draws (his own place where no draw has him), and the logarithm of his evidence. */
export function featuresOf({ place, drawn, evidence }: Observed): [number, number] {
  const mean = drawn.length === 0 ? place : drawn.reduce((a, b) => a + b, 0) / drawn.length
  return [mean, Math.log(Math.min(SEEN[1], Math.max(SEEN[0], evidence)) / FULL_EVENT)]
}

/** How much room there is at a place: all of it in the middle, half of it at an end. */
export const roomAt = (place: number): number => 1 - Math.abs(Math.min(1, Math.max(0, place)) - 0.5)

/** The range of a place, on the scale from 0 to 1. It always holds the place itself. */
export function calibrated(observed: Observed): [number, number] {
  const [mean, log] = featuresOf(observed)
  const middle = CALIBRATION.base + CALIBRATION.drawn * mean + CALIBRATION.evidence * log
  const half = CALIBRATION.half * roomAt(middle)
  return [Math.max(0, Math.min(observed.place, middle - half)), Math.min(1, Math.max(observed.place, middle + half))]
}
