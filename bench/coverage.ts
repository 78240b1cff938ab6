/**
 * Key players with a share of the phones never seized, held against the complete network of the invented operation:
 *  - of the truly first ten, how many stand among the first ten of each method: involvement (ours), and degree, betweenness and PageRank over
 *    everything that is tied to anything, over the players alone, and chance;
 *  - coverage: the share of (player, seed) whose place in the complete network lies inside the stability range, with the median width, beside
 *    the draws alone and beside a range of one constant width that is given the very coverage of ours;
 *  - the boss nobody phones: what is said where there is no smuggling, and where no principal stands in the list.
 *
 * A player's value in the complete network is his involvement when everything is known: all parts that he took in all launches, each at the
 * ceiling of one event, and all ties. His place is among those of the list whom the network has; doubtful joins are taken as right here.
 * `node bench/coverage.ts [--scale S] [--seeds 101-130] [--missing 0.2] [--worlds DIR] [--anew] [--fit]`; worlds are kept in DIR, and `--anew`
 * reads them again with the code as it is. `--fit` says what `CALIBRATION` would have to be on these seeds; the shipped one was fitted on
 * seeds 31 to 38 and 61 to 71: others measure it.
 */
import { parseArgs } from "node:util"
import { type Graph, MEASURES, rng } from "#kernels"
import { namedGraph } from "#network"
import { involvement } from "../src/stages/network/measures/involvement.ts"
import { CALIBRATION, featuresOf, type Observed, roomAt } from "../src/stages/network/range/calibration.ts"
import { NOMINAL, placesOf, placesOver } from "../src/stages/network/range/range.ts"
import { evidenceOf, rangesOfList } from "../src/stages/network/range/scorer.ts"
import { involvementInput } from "../src/stages/network/rank.ts"
import { aboveOthers, isStrong, verdictOf } from "../src/stages/network/unseen/principals.ts"
import { completeValues } from "./complete-network.ts"
import { type SeenWorld, seedsOf, seenWorld, WORLDS } from "./worlds.ts"

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "S" },
    seeds: { type: "string", default: "101-130" },
    missing: { type: "string", default: "0.2" },
    worlds: { type: "string", default: WORLDS },
    anew: { type: "boolean", default: false },
    fit: { type: "boolean", default: false },
  },
})
const seeds = seedsOf(values.seeds)
const round = (x: number) => Math.round(x * 1000) / 1000
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / Math.max(1, x.length)
const FIRST = 10
const RANDOM_DRAWS = 200

interface Covered extends Observed {
  seed: number
  /** Place in the complete network. */
  truth: number
  range: [number, number]
}

/** Who runs, pays and supplies; the others work for them. */
const SOUGHT = ["principal", "organiser", "financier", "supplier", "forger", "outlet"]
interface Found {
  top: number
  sought: number
}
const found = new Map<string, Found[]>()
const tally = (method: string, share: Found) => found.set(method, [...(found.get(method) ?? []), share])
const covered: Covered[] = []
const verdicts: { smuggling: boolean; listed: number; recognised: number; strong: string[]; verdict: string }[] = []
const never: { seed: number; label: string; kind: string }[] = []

function measure(world: SeenWorld): void {
  const who = (entity: string) => world.known[entity]?.person ?? null
  const { players } = world
  const listed = new Set(players.map((p) => who(p.entity)))
  const principals = world.truth.people.filter((p) => p.kind === "principal")
  const above = aboveOthers(players, world.ties, new Map(world.spokenNames))
  const strong = above.filter(isStrong)
  verdicts.push({
    smuggling: world.smuggling,
    listed: principals.filter((p) => listed.has(p.id)).length,
    recognised: principals.filter((p) => strong.some((a) => who(a.entity) === p.id)).length,
    strong: strong.map((a) => world.known[a.entity]?.kind ?? "unknown"),
    verdict: verdictOf(players.length, above, world.unknownNames).verdict,
  })
  never.push(...world.never.map((n) => ({ seed: world.seed, ...n })))
  if (!world.smuggling) return
  const value = completeValues(world)
  const top = new Set(
    [...value]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, FIRST)
      .map(([id]) => id),
  )
  const share = (entities: readonly string[]): Found => ({ top: topOf(entities), sought: soughtOf(entities) })
  const soughtOf = (entities: readonly string[]) =>
    new Set(entities.slice(0, FIRST).flatMap((e) => (SOUGHT.includes(world.known[e]?.kind ?? "") ? [who(e) ?? e] : []))).size / FIRST
  const topOf = (entities: readonly string[]) =>
    new Set(
      entities
        .slice(0, FIRST)
        .map(who)
        .filter((p) => p !== null && top.has(p)),
    ).size / FIRST
  const net = namedGraph(
    players.map((p) => p.entity),
    world.ties,
  )
  const { input } = involvementInput(net, players)
  const score = involvement(input)
  const order = (ids: readonly string[], s: ArrayLike<number>) => [...ids.keys()].sort((a, b) => s[b]! - s[a]! || a - b).map((v) => ids[v]!)
  tally("involvement", share(order(net.ids, score)))
  const everybody = namedGraph([...new Set(world.ties.flatMap((t) => [t.a, t.b]))].sort(), world.ties)
  const bare = (graph: Graph, name: "degree" | "betweenness" | "pagerank") => MEASURES[name](graph, graph.n > 3000 ? { pivots: 400 } : {})
  for (const name of ["degree", "betweenness", "pagerank"] as const) {
    tally(`${name} of everybody`, share(order(everybody.ids, bare(everybody.graph, name))))
    tally(`${name} of players`, share(order(net.ids, bare(net.graph, name))))
  }
  for (const [name, ids] of [
    ["everybody", everybody.ids],
    ["players", net.ids],
  ] as const) {
    const each = Array.from({ length: RANDOM_DRAWS }, (_, d) => share(rng(world.seed, d + 1).shuffle([...ids])))
    tally(`chance of ${name}`, { top: mean(each.map((e) => e.top)), sought: mean(each.map((e) => e.sought)) })
  }
  const doubts = players.map(() => null)
  const ranged = rangesOfList(input, score, players.map(evidenceOf), doubts, {
    measure: "involvement",
    weighted: false,
    top: FIRST,
    seed: 1,
  })
  const first = placesOf(score, new Uint8Array(input.n).fill(1))
  const places = placesOver(input, (d) => involvement(d.input), first, doubts, 1)
  const own = players.map((p) => value.get(who(p.entity) ?? ""))
  const truth = placesOf(
    own.map((x) => x ?? 0),
    own.map((x) => Number(x !== undefined)),
  )
  for (let v = 0; v < input.n; v++) {
    const rank = ranged.of[v]!.rank
    if (own[v] === undefined || rank === null) continue
    const drawn = places.flatMap(({ place, draws }) =>
      Array.from({ length: draws }, (_, d) => place[d * input.n + v]!).filter((x) => !Number.isNaN(x)),
    )
    covered.push({
      seed: world.seed,
      truth: truth[v]!,
      place: first[v]!,
      drawn,
      evidence: evidenceOf(players[v]!),
      range: [(rank[0] - 1) / input.n, rank[1] / input.n],
    })
  }
}

const began = performance.now()
for (const seed of seeds)
  measure(
    await seenWorld(seed, {
      folder: values.worlds,
      scale: values.scale as SeenWorld["scale"],
      missing: Number(values.missing),
      anew: values.anew,
    }),
  )

const median = (x: readonly number[]) => [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)] ?? 0
const inside = (range: (c: Covered) => readonly [number, number]) =>
  mean(covered.map((c) => Number(range(c)[0] <= c.truth && c.truth <= range(c)[1])))
const width = (range: (c: Covered) => readonly [number, number]) => median(covered.map((c) => range(c)[1] - range(c)[0]))
const constant = (half: number) => (c: Covered) => [Math.max(0, c.place - half), Math.min(1, c.place + half)] as const
const draws = (c: Covered) => {
  const sorted = [...c.drawn].sort((a, b) => a - b)
  return [sorted[Math.floor(0.05 * (sorted.length - 1))] ?? 0, sorted[Math.ceil(0.95 * (sorted.length - 1))] ?? 1] as const
}
/** The least parameter in hundredths that reaches a coverage. */
const reaching = (wanted: number, range: (x: number) => (c: Covered) => readonly [number, number]) =>
  Array.from({ length: 101 }, (_, i) => i / 100).find((x) => inside(range(x)) >= wanted) ?? 1
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

say({
  scale: values.scale,
  seeds: values.seeds,
  missing: Number(values.missing),
  worlds: seeds.length,
  smuggling: verdicts.filter((v) => v.smuggling).length,
  seconds: Math.round((performance.now() - began) / 1000),
})
for (const [method, shares] of found) {
  const tops = shares.map((s) => s.top)
  say({
    method,
    ofTheTrueFirstTen: round(mean(tops)),
    least: round(Math.min(...tops)),
    most: round(Math.max(...tops)),
    runsPaysOrSupplies: round(mean(shares.map((s) => s.sought))),
  })
}
const ours = (c: Covered) => c.range
const coverage = inside(ours)
const half = reaching(coverage, constant)
say({ coverage: round(coverage), nominal: NOMINAL, players: covered.length, medianWidth: round(width(ours)) })
say({ drawsAlone: round(inside(draws)), medianWidth: round(width(draws)) })
say({ constantWidth: round(inside(constant(half))), half, medianWidth: round(width(constant(half))) })
if (values.fit) say({ fitted: fitOf(covered), shipped: CALIBRATION })
const count = (of: (v: (typeof verdicts)[number]) => boolean) => verdicts.filter(of).length
say({
  noSmuggling: { worlds: count((v) => !v.smuggling), saidNothing: count((v) => !v.smuggling && v.verdict === "nothing") },
  nobodyAtTheHeadListed: {
    worlds: count((v) => v.smuggling && v.listed === 0),
    saidNotVisible: count((v) => v.smuggling && v.listed === 0 && v.verdict === "not visible"),
  },
  aPrincipalListed: {
    worlds: count((v) => v.smuggling && v.listed > 0),
    saidPartlyVisible: count((v) => v.smuggling && v.listed > 0 && v.verdict === "partly visible"),
  },
  principals: {
    listed: verdicts.reduce((n, v) => n + v.listed, 0),
    recognised: verdicts.reduce((n, v) => n + v.recognised, 0),
    takenForHeads: verdicts.flatMap((v) => v.strong).sort(),
  },
})
say({ mustNotBeInAList: never })

/** Least squares on everybody, and the half-width that held `NOMINAL` of the seeds left out one at a time. */
function fitOf(all: readonly Covered[]): Record<keyof typeof CALIBRATION, number> {
  const line = (own: readonly Covered[]) =>
    leastSquares(
      own.map((c) => [1, ...featuresOf(c)] as const),
      own.map((c) => c.truth),
    )
  const misses = [...new Set(all.map((c) => c.seed))].flatMap((seed) => {
    const [base, drawn, evidence] = line(all.filter((c) => c.seed !== seed))
    return all
      .filter((c) => c.seed === seed)
      .map((c) => {
        const [mean, log] = featuresOf(c)
        const middle = base + drawn * mean + evidence * log
        return Math.abs(c.truth - middle) / roomAt(middle)
      })
  })
  misses.sort((a, b) => a - b)
  const half = misses[Math.min(misses.length, Math.ceil((misses.length + 1) * NOMINAL)) - 1]!
  const [base, drawn, evidence] = line(all)
  return { base: round(base), drawn: round(drawn), evidence: round(evidence), half: round(half) }
}

type Three = readonly [number, number, number]

/** Normal equations of three unknowns by Cramer's rule. */
function leastSquares(rows: readonly Three[], told: readonly number[]): Three {
  const sum = (of: (row: Three, i: number) => number) => rows.reduce((n, row, i) => n + of(row, i), 0)
  const m = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum((r) => r[i]! * r[j]!)))
  const y = [0, 1, 2].map((i) => sum((r, at) => r[i]! * told[at]!))
  const det = ([a, b, c]: number[][]) =>
    a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) -
    a![1]! * (b![0]! * c![2]! - b![2]! * c![0]!) +
    a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!)
  const solved = (k: number) => det(m.map((row, i) => row.map((x, j) => (j === k ? y[i]! : x)))) / det(m)
  return [solved(0), solved(1), solved(2)]
}
