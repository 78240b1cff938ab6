/**
 * Proofs that a set of key players is the best for fragmentation: who can be parted, beside the integer program of Veremyev, Boginski and
 * Pasiliao (2014) under HiGHS and the enumeration. Ties at random, evenly or with hubs (`skew`); the same set to beat for all.
 * Usage: node bench/sets.ts [--nodes 100,300,1000] [--degree 3,8] [--skew 1,3] [--k 3,5] [--effort 4e8] ; prints JSON lines.
 */
import { parseArgs } from "node:util"
import { type Graph, graphFrom, keySets, rng } from "#kernels"
import { byEnumeration } from "../src/ground/kernels/sets/exact.ts"
import { byProgram, programOf } from "../src/ground/kernels/sets/integer.ts"
import { objectiveOf } from "../src/ground/kernels/sets/objective.ts"
import { byParting } from "../src/ground/kernels/sets/parting.ts"
import { exchanged, greedy } from "../src/ground/kernels/sets/search.ts"

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "100,300,1000" },
    degree: { type: "string", default: "3,8" },
    skew: { type: "string", default: "1,3" },
    k: { type: "string", default: "3,5" },
    effort: { type: "string", default: "4e8" },
  },
})
const numbers = (list: string) => list.split(",").map(Number)
const effort = Number(values.effort)

/** n·degree/2 ties; an end is drawn as the `skew`-th power of an even share of the nodes. */
function drawn(n: number, degree: number, skew: number): Graph {
  const random = rng(n, degree * 10 + skew)
  const end = () => Math.floor(n * random.next() ** skew)
  const ties = Array.from({ length: Math.round((n * degree) / 2) }, () => [end(), end()] as const)
  return graphFrom({ n, source: ties.map(([a]) => a), target: ties.map(([, b]) => b) }).graph
}

const solver = keySets.openSolver()
try {
  for (const n of numbers(values.nodes))
    for (const degree of numbers(values.degree))
      for (const skew of numbers(values.skew)) for (const k of numbers(values.k)) await measure(drawn(n, degree, skew), { degree, skew, k })
} finally {
  await solver.close()
}

async function measure(graph: Graph, of: { degree: number; skew: number; k: number }): Promise<void> {
  const { n } = graph
  const { k } = of
  const all = Int32Array.from({ length: n }, (_, v) => v)
  const may = new Uint8Array(n).fill(1)
  const objective = objectiveOf(graph, "fragment", 2)
  const known = exchanged(objective, all, greedy(objective, all, k, n), n, effort)
  const ways: Record<string, () => Promise<number | null>> = {
    parting: async () => {
      const { value, bound } = byParting(graph, objective, may, k, effort, known)
      return bound <= value + 1e-12 ? value : null
    },
    program: async () => {
      const program = programOf(graph, "fragment", 2, may, k)
      const solved = program && (await byProgram(program, may, k, solver))
      return solved?.optimal && solved.set ? objective.value(solved.set) : null
    },
    enumeration: async () => byEnumeration(graph, objective, all, k, effort)?.value ?? null,
  }
  const line: Record<string, unknown> = { n, ties: graph.m, ...of }
  for (const [way, prove] of Object.entries(ways)) {
    const began = performance.now()
    const value = await prove()
    line[way] = { ms: Math.round(performance.now() - began), proved: value === null ? null : Number(value.toFixed(6)) }
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
