/**
 * Screening: of listed individuals, written otherwise than they are listed, how many are found, and how many invented innocents are told as hits,
 * by threshold, by what is known of the birth, and by words in the name. Usage: node bench/screening.ts ; needs the shared data; prints JSON.
 * What the figures mean stands in bench/screening/README.md.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { matches } from "../src/stages/entities/screening/match.ts"
import { BIRTHS, innocents, listedIndividuals, listedProbes, type Probe } from "./screening/people.ts"

const SHARED = join(import.meta.dirname, "../../shared/data")
const COUNT = 1_000
const INNOCENTS = 3_000
const SEED = 20_261_201
const THRESHOLDS = [800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 2000]

if (!existsSync(SHARED)) process.stdout.write(`not measured: ${SHARED} is absent\n`)
else {
  const listed = listedIndividuals(SHARED)
  const weights = (probes: readonly Probe[]) => {
    const of = new Map(probes.map((p) => [p.id, p]))
    const best = new Map<string, { own: number; others: number[] }>(probes.map((p) => [p.id, { own: 0, others: [] }]))
    for (const { a, b, weight } of matches(probes, listed, THRESHOLDS[0]!)) {
      const one = best.get(a)!
      if (of.get(a)!.of === b) one.own = weight
      else one.others.push(weight)
    }
    return probes.map((p) => ({ ...p, ...best.get(p.id)! }))
  }
  const found = weights(listedProbes(listed, COUNT, SEED))
  const innocent = weights(innocents(INNOCENTS, SEED))
  const share = (count: number, of: number) => Math.round((10_000 * count) / Math.max(1, of)) / 10_000
  const rows = (of: (p: Probe) => boolean) =>
    THRESHOLDS.map((from) => {
      const [own, others] = [found.filter(of), innocent.filter(of)]
      return {
        from,
        missed: share(own.filter((p) => p.own < from).length, own.length),
        told: share(others.filter((p) => p.others.some((w) => w >= from)).length, others.length),
        hitsPerThousand: Math.round(
          (1_000 * others.reduce((sum, p) => sum + p.others.filter((w) => w >= from).length, 0)) / Math.max(1, others.length),
        ),
      }
    })
  const report = {
    listed: listed.length,
    all: rows(() => true),
    byBirth: Object.fromEntries(BIRTHS.map((birth) => [birth, rows((p) => p.birth === birth)])),
    twoWordsNoBirth: rows((p) => p.birth === "none" && p.words === 2),
    threeWordsNoBirth: rows((p) => p.birth === "none" && p.words > 2),
    firstOfItsHits: share(found.filter((p) => p.own > 0 && p.others.every((w) => w <= p.own)).length, found.length),
  }
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
}
