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
 * `node bench/coverage.ts [--scale S] [--seeds 1-30] [--missing 0.2] [--worlds DIR] [--fit]`; worlds are kept in DIR. `--fit` says what
 * `UNSEEN_WIDTH` would have to be on these seeds; the shipped one was fitted on seeds 31 to 38, which the measurement leaves out.
 */
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Rankable } from "#entities"
import { type Graph, MEASURES, rng } from "#kernels"
import { namedGraph } from "#network"
import { involvement } from "../src/stages/network/measures/involvement.ts"
import { NOMINAL, placesOf, placesOver, UNSEEN_WIDTH, widened } from "../src/stages/network/range/range.ts"
import { rangesOfList } from "../src/stages/network/range/scorer.ts"
import { involvementInput } from "../src/stages/network/rank.ts"
import { aboveOthers, verdictOf } from "../src/stages/network/unseen/principals.ts"
import { type SeenWorld, seenWorld } from "./worlds.ts"

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "S" },
    seeds: { type: "string", default: "1-30" },
    missing: { type: "string", default: "0.2" },
    worlds: { type: "string", default: join(tmpdir(), "linchpin-worlds") },
    fit: { type: "boolean", default: false },
  },
})
const seeds = values.seeds.split(",").flatMap((part) => {
  const [from, to] = part.split("-").map(Number)
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
})
const round = (x: number) => Math.round(x * 1000) / 1000
const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / Math.max(1, x.length)
const FIRST = 10
const RANDOM_DRAWS = 200

/** What somebody at a stage does, where the truth says the stage alone. Principals and organisers organise. */
const DOES: Readonly<Record<number, string>> = {
  1: "advertises",
  2: "holds-deposits",
  3: "forges",
  4: "transports",
  5: "transports",
  6: "shelters",
  7: "supplies",
  8: "transports",
  9: "finances",
  10: "launders",
}
const FULL = 400

/** Involvement of everybody in the complete network, by person. */
function completeValues(world: SeenWorld): Map<string, number> {
  const people = world.truth.people.map((p): Rankable => {
    const conduct = (stage: number) => (p.kind === "principal" || p.kind === "organiser" ? "organises" : DOES[stage]!)
    const reasons = p.parts.map(({ event, stage }) => ({
      conduct: conduct(stage),
      stage,
      strength: FULL,
      basis: "",
      rule: "",
      words: "",
      innocent: "",
      records: [],
      events: [event],
    }))
    return { entity: p.id, label: p.id, evidence: [], reasons, events: p.parts.length, items: 0 }
  })
  const ties = world.truth.ties.map((t) => {
    const [a, b] = [t.a, t.b].sort() as [string, string]
    return {
      a,
      b,
      layer: "messages" as const,
      event: "complete",
      n: 1,
      forth: 1,
      weight: 1,
      share: 1,
      records: [],
      firstAt: null,
      lastAt: null,
      sure: "named" as const,
    }
  })
  const net = namedGraph(
    people.map((p) => p.entity),
    ties,
  )
  const score = involvement(involvementInput(net, people).input)
  return new Map(net.ids.map((id, v) => [id, score[v]!]))
}

interface Covered {
  place: number
  observed: number
  drawn: number[]
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
const verdicts: { smuggling: boolean; principalListed: boolean; verdict: string }[] = []

function measure(world: SeenWorld): void {
  const who = (entity: string) => world.known[entity]?.person ?? null
  const { players } = world
  const listed = new Set(players.map((p) => who(p.entity)))
  const principals = world.truth.people.filter((p) => p.kind === "principal")
  verdicts.push({
    smuggling: world.smuggling,
    principalListed: principals.some((p) => listed.has(p.id)),
    verdict: verdictOf(players.length, aboveOthers(players, world.ties), world.unknownNames).verdict,
  })
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
  const ranged = rangesOfList(input, score, doubts, { measure: "involvement", weighted: false, top: FIRST, seed: 1 })
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
    covered.push({ place: truth[v]!, observed: first[v]!, drawn, range: [(rank[0] - 1) / input.n, rank[1] / input.n] })
  }
}

const began = performance.now()
for (const seed of seeds) measure(await seenWorld(values.worlds, seed, values.scale as SeenWorld["scale"], Number(values.missing)))

const median = (x: readonly number[]) => [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)] ?? 0
const inside = (range: (c: Covered) => readonly [number, number]) =>
  mean(covered.map((c) => Number(range(c)[0] <= c.place && c.place <= range(c)[1])))
const width = (range: (c: Covered) => readonly [number, number]) => median(covered.map((c) => range(c)[1] - range(c)[0]))
const constant = (half: number) => (c: Covered) => [Math.max(0, c.observed - half), Math.min(1, c.observed + half)] as const
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
say({ coverage: round(coverage), nominal: NOMINAL, players: covered.length, medianWidth: round(width(ours)), unseenWidth: UNSEEN_WIDTH })
say({ drawsAlone: round(inside(draws)), medianWidth: round(width(draws)) })
say({ constantWidth: round(inside(constant(half))), half, medianWidth: round(width(constant(half))) })
if (values.fit) say({ fitted: reaching(NOMINAL, (x) => (c) => widened(c.observed, c.drawn, x)) })
const count = (of: (v: (typeof verdicts)[number]) => boolean) => verdicts.filter(of).length
say({
  noSmuggling: { worlds: count((v) => !v.smuggling), saidNothing: count((v) => !v.smuggling && v.verdict === "nothing") },
  nobodyAtTheHeadListed: {
    worlds: count((v) => v.smuggling && !v.principalListed),
    saidNotVisible: count((v) => v.smuggling && !v.principalListed && v.verdict === "not visible"),
  },
  aPrincipalListed: {
    worlds: count((v) => v.smuggling && v.principalListed),
    saidPartlyVisible: count((v) => v.smuggling && v.principalListed && v.verdict === "partly visible"),
  },
})
