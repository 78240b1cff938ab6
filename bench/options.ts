/**
 * The chosen plan against the ground truth: k players chosen by interdiction over the scenarios of the picture, beside the first k by
 * betweenness, by degree, and 20 random sets of k, all removed from the operation as it is in truth (every part that anybody took in any
 * launch, every tie), with and without regrowth. Usage: node bench/options.ts --data DIR[,DIR…] [--k 5] ; each DIR as `linchpin demo` left
 * it. Prints one JSON line per seed; `behind` is how much more gets through than under the best baseline, beyond that baseline's range.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import * as access from "#access"
import { openApp } from "#app"
import { readTruth, whoIs } from "#demo"
import { flows, MEASURES, rng } from "#kernels"
import { namedGraph, resampledNetworks } from "#network"
import { openSnapshot } from "../src/stages/network/snapshot.ts"
import { chainOf, flowOf, rangeOf, scenariosOf } from "../src/stages/plan/chain/chain.ts"
import { participationsOf } from "../src/stages/plan/chain/participation.ts"
import { MECHANISMS, REPLACED_AFTER } from "../src/stages/plan/regrowth/regrowth.ts"

const { values } = parseArgs({ options: { data: { type: "string", default: "linchpin-data" }, k: { type: "string", default: "5" } } })
const k = Number(values.k)
const RANDOM_SETS = 20
const RUNS = 100
const LOAD = 47

for (const folder of values.data.split(",")) {
  const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL, worker: false, watch: false })
  try {
    const truthFolder = join(folder, readdirSync(folder).find((f) => /^demo-[SML]-\d+$/.test(f))!)
    const { sight, investigation } = await app.store.register.transaction(async (tx) => {
      const own = (await access.findInvestigation(tx, app.caller!, "demo"))!
      return {
        investigation: own,
        sight: await access.sightOf(tx, app.caller!, { need: "plan", purpose: "investigation", at: app.store.clock(), investigation: own }),
      }
    })
    const snapshot = await openSnapshot(
      { store: app.store, classes: sight.classes, investigation: investigation.id, digest: sight.digest },
      {},
    )
    try {
      const parts = await participationsOf(snapshot)
      const chain = chainOf(parts)
      const resampled = await resampledNetworks(snapshot, { draws: 3, seed: 1 })
      const event = new Map(resampled.events.map((e, i) => [e, i]))
      const scenarios = scenariosOf(
        chain,
        resampled.networks.map((n) => ({
          keeps: (e) => n.event[event.get(e) ?? -1] !== 0,
          unseen: n.present.filter((p) => p === 0).length / Math.max(1, n.present.length),
        })),
        1,
      ).filter((s) => flowOf(chain, s) !== null)
      const players = parts.players.map((p) => p.entity)
      const solver = flows.openSolver()
      const [plan] = await flows.interdict(
        {
          network: chain.network,
          scenarios: scenarios.map((s) => s.capacity),
          cutters: players.map((entity) => ({
            cost: 1,
            cuts: chain.slots.flatMap((s) => (s.participation.entity === entity ? [{ arc: s.arc, share: 1 }] : [])),
          })),
        },
        [k],
        solver,
      )
      await solver.close()
      const net = namedGraph(players, await snapshot.ties())
      const first = (score: Float64Array) => [...score.keys()].sort((a, b) => score[b]! - score[a]! || a - b).slice(0, k)
      const degree = first(MEASURES.degree(net.graph))
      const betweenness = first(MEASURES.betweenness(net.graph))
      // What changes nothing is not chosen; so that sets are of one size, they are filled up by whose share of a stage's work is largest.
      const work = new Float64Array(players.length)
      for (const cell of chain.cells) {
        const days = (s: number) => chain.slots[s]!.participation.days.length * chain.slots[s]!.share
        const total = cell.slots.reduce((sum, s) => sum + days(s), 0)
        for (const s of cell.slots) work[players.indexOf(chain.slots[s]!.participation.entity)]! += days(s) / total
      }
      const chosen = [...new Set([...plan!.chosen, ...first(work)])].slice(0, k)
      const keys = new Map(
        (await (await snapshot.people.structure()).all<{ id: string; keys: string[] }>("select id, keys from entity")).map((r) => [
          r.id,
          r.keys,
        ]),
      )
      const who = whoIs(truthFolder)
      const person = (v: number) => who(keys.get(players[v]!) ?? []).person
      const truth = truthOf(truthFolder)
      const sets: Record<string, (string | null)[][]> = {
        chosen: [chosen.map(person)],
        betweenness: [betweenness.map(person)],
        degree: [degree.map(person)],
        random: Array.from({ length: RANDOM_SETS }, (_, i) => [...rng(7, i).shuffle(players.map((_, v) => v))].slice(0, k).map(person)),
      }
      const out: Record<string, unknown> = {
        folder,
        players: players.length,
        k,
        chosenByFlow: plan!.chosen.length,
        proved: plan!.optimal,
        weeks: truth.weeks,
      }
      for (const mechanism of MECHANISMS.map((m) => m.id)) {
        const of: Record<string, { change: ReturnType<typeof rangeOf>; parts: ReturnType<typeof rangeOf> }[]> = {}
        for (const [name, all] of Object.entries(sets)) {
          const runs = await Promise.all(all.map((set) => truth.without(set, mechanism)))
          of[name] = [0, 1].map((h) => ({
            change: rangeOf(runs.flatMap((r) => r.change[h]!)),
            parts: rangeOf(runs.flatMap((r) => r.parts[h]!)),
          }))
        }
        out[mechanism] = [4, 52].map((weeks, h) => {
          const show = (field: "change" | "parts") => {
            const range = (name: string) => of[name]![h]![field]
            const best = ["betweenness", "degree", "random"].reduce((a, b) => (range(b).middle < range(a).middle ? b : a))
            const told = Object.fromEntries(
              Object.keys(sets).map((n) => [n, [range(n).low, range(n).middle, range(n).high].map((x) => Math.round(x * 1000) / 1000)]),
            )
            return { ...told, best, behind: Math.max(0, range("chosen").middle - range(best).high) }
          }
          return { weeks, flow: show("change"), largest: show("parts") }
        })
      }
      process.stdout.write(`${JSON.stringify(out)}\n`)
    } finally {
      snapshot.close()
    }
  } finally {
    await app.close()
  }
}

/** The operation as it is: each group its own chain, whoever works for several in each of them as often as he took part. */
function truthOf(folder: string) {
  const { people, network, events } = readTruth(folder)
  const groupOf = new Map(events.launches.map((l) => [l.id, l.group as string]))
  const at = events.launches.map((l) => l.at)
  const weeks = Math.max(1, (Math.max(...at) - Math.min(...at)) / (7 * 86_400_000))
  const groups = [...new Set(groupOf.values())].sort()
  const members = people.filter((p) => p.parts.length > 0 || network.nodes.includes(p.id)).map((p) => p.id)
  const index = new Map(members.map((id, i) => [id, i]))
  const from: number[] = []
  const to: number[] = []
  const capacity: number[] = []
  const slots: { arc: number; member: number; layer: number; lane: number }[] = []
  const sink = 1 + groups.length * 9
  const node = (group: number, stage: number) => (stage === 0 ? 0 : stage === 10 ? sink : 1 + group * 9 + stage - 1)
  groups.forEach((group, g) => {
    for (let stage = 1; stage <= 10; stage++)
      for (const p of people) {
        const often = p.parts.filter((part) => part.stage === stage && groupOf.get(part.event) === group).length
        if (often === 0) continue
        slots.push({ arc: from.length, member: index.get(p.id)!, layer: stage, lane: g })
        from.push(node(g, stage - 1))
        to.push(node(g, stage))
        capacity.push((often * LOAD) / weeks)
      }
  })
  const ties = network.ties.filter((t) => index.has(t.a) && index.has(t.b))
  const without = async (set: readonly (string | null)[], mechanism: flows.Mechanism) => {
    const gone = new Set(set.flatMap((id) => (id === null ? [] : (index.get(id) ?? []))))
    const extra = [...gone].filter((m) => !slots.some((s) => s.member === m))
    const values = await flows.regrow({
      network: { n: sink + 1, source: 0, sink, from: [...from, ...extra.map(() => 0)], to: [...to, ...extra.map(() => 0)] },
      members: members.length,
      ties: { from: ties.map((t) => index.get(t.a)!), to: ties.map((t) => index.get(t.b)!) },
      slots: [...slots, ...extra.map((member, i) => ({ arc: from.length + i, member, layer: 0, lane: -1 }))],
      scenarios: [[...capacity, ...extra.map(() => 0)]],
      lost: [...slots.map((s): [number, number] => (gone.has(s.member) ? [1, 1] : [0, 0])), ...extra.map((): [number, number] => [1, 1])],
      arcs: [],
      median: Array.from({ length: 11 }, (_, stage) => REPLACED_AFTER[stage] ?? 8),
      mechanism,
      weeks: [4, 52],
      runs: RUNS,
      seed: 1,
      shift: [0, 0.8],
    })
    const each = (h: number, now: number, before: number) =>
      Array.from({ length: RUNS }, (_, r) => {
        const base = (r * 2 + h) * flows.REGROWN_FIELDS
        return values[base + before]! > 0 ? values[base + now]! / values[base + before]! - 1 : 0
      })
    return { change: [each(0, 0, 1), each(1, 0, 1)], parts: [each(0, 2, 3), each(1, 2, 3)] }
  }
  return { weeks, without }
}
