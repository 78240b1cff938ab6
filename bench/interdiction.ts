/**
 * Interdiction on a layered network: nodes × scenarios × levers, solved for one budget and for a curve of budgets, with proof or gap.
 * Usage: node bench/interdiction.ts [--nodes 1000] [--scenarios 100] [--levers 8] [--seeds 1-3] [--aversion 0.5] ; prints JSON lines.
 */
import { parseArgs } from "node:util"
import { flows, rng } from "#kernels"

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "1000" },
    scenarios: { type: "string", default: "100" },
    levers: { type: "string", default: "8" },
    seeds: { type: "string", default: "1-3" },
    aversion: { type: "string", default: "0.5" },
  },
})
const LAYERS = 10

/** Ten layers of nodes, each tied to some of the next; a lever takes a share of the capacity of a tenth of one layer. */
function layered(seed: number, nodes: number, scenarios: number, levers: number): flows.Interdiction {
  const r = rng(seed)
  const wide = Math.floor((nodes - 2) / LAYERS)
  const node = (layer: number, i: number) => 1 + layer * wide + i
  const arcs: { from: number; to: number; layer: number }[] = []
  for (let i = 0; i < wide; i++) arcs.push({ from: 0, to: node(0, i), layer: 0 })
  for (let layer = 1; layer < LAYERS; layer++)
    for (let i = 0; i < wide; i++) for (let k = 0; k < 4; k++) arcs.push({ from: node(layer - 1, r.int(wide)), to: node(layer, i), layer })
  for (let i = 0; i < wide; i++) arcs.push({ from: node(LAYERS - 1, i), to: nodes - 1, layer: LAYERS })
  const base = arcs.map(() => 1 + r.int(20))
  return {
    network: { n: nodes, source: 0, sink: nodes - 1, from: arcs.map((a) => a.from), to: arcs.map((a) => a.to) },
    scenarios: Array.from({ length: scenarios }, () => base.map((c) => (r.next() < 0.2 ? 0 : c * (0.5 + r.next())))),
    cutters: Array.from({ length: levers }, () => {
      const layer = r.int(LAYERS + 1)
      const own = arcs.flatMap((a, arc) => (a.layer === layer && r.next() < 0.3 ? [arc] : []))
      return { cost: 1 + r.int(4), cuts: own.map((arc) => ({ arc, share: 0.4 + 0.6 * r.next() })) }
    }),
    aversion: Number(values.aversion),
  }
}

const [first, last] = values.seeds.split("-").map(Number)
const solver = flows.openSolver()
for (let seed = first!; seed <= (last ?? first!); seed++) {
  const problem = layered(seed, Number(values.nodes), Number(values.scenarios), Number(values.levers))
  const began = performance.now()
  const plans = await flows.interdict(problem, [4, 8, 12], solver)
  process.stdout.write(
    `${JSON.stringify({
      seed,
      nodes: problem.network.n,
      arcs: problem.network.from.length,
      scenarios: problem.scenarios.length,
      levers: problem.cutters.length,
      seconds: Math.round(performance.now() - began) / 1000,
      plans: plans.map((p) => ({
        budget: p.budget,
        value: p.value,
        bound: p.bound,
        gap: p.value > 0 ? (p.value - p.bound) / p.value : 0,
        optimal: p.optimal,
        rounds: p.rounds,
      })),
    })}\n`,
  )
}
await solver.close()
