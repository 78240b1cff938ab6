/**
 * Graph kernels beside their peers, in one run on one graph: `node bench/kernels.ts [nodes ...]`. One JSON line per figure:
 * seconds of each (best of three runs), ratio = peer / ours (more than 1: ours is faster), and the largest difference between the scores.
 * Peers: graphology-metrics (a development dependency) and, where `python3` can import it, igraph.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { UndirectedGraph } from "graphology"
import { type Graph, graphFrom, type MeasureName, type MeasureOptions, measured, openPool, rng } from "#kernels"

type Peer = (graph: UndirectedGraph, options: object) => Record<string, number>
// The peer's types describe an ES default export that its CommonJS files do not have.
const require = createRequire(import.meta.url)
const [betweenness, closeness, pagerank]: Peer[] = ["betweenness", "closeness", "pagerank"].map((name) =>
  require(`graphology-metrics/centrality/${name}.js`),
)

const given = process.argv.slice(2).map(Number)
const sizes = given.length > 0 ? given : [500, 2000, 5000]
const pool = openPool()
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const round = (x: number) => Number(x.toPrecision(4))

interface Case {
  name: MeasureName
  options: MeasureOptions
  peer: (graph: UndirectedGraph) => Record<string, number>
  /** A Python expression over `g`, an igraph graph. */
  igraph: string
}

const CASES: Case[] = [
  {
    name: "betweenness",
    options: { normalised: false },
    peer: (g) => betweenness!(g, { getEdgeWeight: null, normalized: false }),
    igraph: "g.betweenness()",
  },
  {
    name: "betweenness",
    options: { normalised: false, weighted: true, length: "weight" },
    peer: (g) => betweenness!(g, { getEdgeWeight: "weight", normalized: false }),
    igraph: "g.betweenness(weights='w')",
  },
  {
    name: "closeness",
    options: {},
    peer: (g) => closeness!(g, { wassermanFaust: true }),
    igraph: "[c * (g.subcomponent_size[v] - 1) / (g.vcount() - 1) if c == c else 0 for v, c in enumerate(g.closeness())]",
  },
  {
    name: "pagerank",
    options: {},
    peer: (g) => pagerank!(g, { getEdgeWeight: null, tolerance: 1e-12, maxIterations: 1000 }),
    igraph: "g.pagerank()",
  },
]

/** Three ties per node to nodes that are already well connected, a third of all nodes hanging on by one tie only. */
function contacts(n: number): Graph {
  const random = rng(n)
  const source: number[] = []
  const target: number[] = []
  const weight: number[] = []
  const ends = [0]
  for (let v = 1; v < n; v++) {
    for (let tie = random.int(3) === 0 ? 1 : 4; tie > 0; tie--) {
      const w = random.int(4) === 0 ? random.int(v) : ends[random.int(ends.length)]!
      source.push(v)
      target.push(w)
      weight.push(1 + random.int(9))
      ends.push(v, w)
    }
  }
  return graphFrom({ n, source, target, weight, repeats: "last" }).graph
}

function peerGraph({ n, m, from, to, weight }: Graph): UndirectedGraph {
  const graph = new UndirectedGraph()
  for (let v = 0; v < n; v++) graph.addNode(String(v))
  for (let e = 0; e < m; e++) graph.addEdge(String(from[e]), String(to[e]), { weight: weight[e]! })
  return graph
}

const PYTHON = `
import json, sys, time
import igraph
rows = [line.split() for line in open(sys.argv[1])]
g = igraph.Graph(n=int(sys.argv[2]), edges=[(int(a), int(b)) for a, b, w in rows])
g.es['w'] = [float(w) for a, b, w in rows]
sizes = g.connected_components()
g.subcomponent_size = [sizes.size(c) for c in sizes.membership]
for expression in sys.argv[3:]:
    seconds = []
    while len(seconds) < 3 and not (seconds and min(seconds) > 2):
        start = time.perf_counter()
        scores = eval(expression)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({'version': igraph.__version__, 'seconds': min(seconds), 'scores': scores}))
`

function igraphRun(graph: Graph): { version: string; seconds: number; scores: number[] }[] | null {
  if (spawnSync("python3", ["-c", "import igraph"]).status !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), "bench-"))
  const file = join(folder, "edges")
  writeFileSync(file, Array.from(graph.from, (a, e) => `${a} ${graph.to[e]} ${graph.weight[e]}`).join("\n"))
  const run = spawnSync("python3", ["-c", PYTHON, file, String(graph.n), ...CASES.map((c) => c.igraph)], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  })
  rmSync(folder, { recursive: true })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
}

/** The best of three runs, or the only one when it takes long: the first pays for compiling. */
async function timed<T>(run: () => T | Promise<T>): Promise<[T, number]> {
  let least = Infinity
  for (let turn = 1; ; turn++) {
    const start = performance.now()
    const result = await run()
    least = Math.min(least, (performance.now() - start) / 1000)
    if (turn === 3 || least > 2) return [result, least]
  }
}

const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = 0
  let highest = 0
  for (let v = 0; v < a.length; v++) {
    most = Math.max(most, Math.abs(a[v]! - b[v]!))
    highest = Math.max(highest, Math.abs(a[v]!))
  }
  return round(most / (highest || 1))
}

await measured(contacts(300), "betweenness", {}, pool)
for (const n of sizes) {
  const graph = contacts(n)
  const theirs = peerGraph(graph)
  const reference = igraphRun(graph)
  for (const [i, { name, options, peer }] of CASES.entries()) {
    const what = { measure: name, weighted: options.weighted === true, nodes: graph.n, edges: graph.m }
    const [alone, oneThread] = await timed(() => measured(graph, name, options))
    const [, allThreads] = await timed(() => measured(graph, name, options, pool))
    const ours = { oneThread: round(oneThread), threads: pool.workers, allThreads: round(allThreads) }
    const [scores, seconds] = await timed(() => peer(theirs))
    const list = Array.from({ length: n }, (_, v) => scores[String(v)]!)
    say({
      ...what,
      ...ours,
      peer: "graphology-metrics",
      seconds: round(seconds),
      ratio: round(seconds / oneThread),
      ratioAll: round(seconds / allThreads),
      apart: apart(alone, list),
    })
    const other = reference?.[i]
    if (!other) say({ ...what, ...ours, peer: "igraph", absent: true })
    else
      say({
        ...what,
        ...ours,
        peer: `python-igraph ${other.version}`,
        seconds: round(other.seconds),
        ratio: round(other.seconds / oneThread),
        ratioAll: round(other.seconds / allThreads),
        apart: apart(alone, other.scores),
      })
  }
}
await pool.close()
