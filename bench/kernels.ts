/**
 * Graph kernels beside their peers, in one run on the same graphs: `PEERS_PYTHON=… node bench/kernels.ts [ties ...]`, sizes in ties
 * (default 1 000 and 10 000; 100 000 and 1 000 000 take long). Three shapes: `general` (ties at random), `phone` (heavy-tailed, most people
 * hanging on one device) and `books` (address books of a few devices, a third of the people in two or three of them). One JSON line per
 * figure: wall-clock and processor seconds of both, least of up to ten runs; ratio = peer / ours (more than 1: ours is quicker),
 * and the largest difference between the scores. `ONLY=` names shapes or words of measures, `RESAMPLES=` how many draws (default 1 000).
 * What was measured stands in `bench/kernels.md`.
 *
 * Peers: graphology-metrics (a development dependency); igraph, NetworKit and graph-tool where one of the Pythons in `PEERS_PYTHON` (paths
 * with colons between, default `python3`) can import them, on as many threads as there are here. One that is absent is said to be.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { UndirectedGraph } from "graphology"
import { type Graph, graphFrom, keySets, leiden, measured, openPool, overDraws, rng, sampling } from "#kernels"

type Peer = (graph: UndirectedGraph, options: object) => Record<string, number>
// The peer's types describe an ES default export that its CommonJS files do not have.
const require = createRequire(import.meta.url)
const betweenness: Peer = require("graphology-metrics/centrality/betweenness.js")

const given = process.argv.slice(2).map(Number)
const sizes = given.length > 0 ? given : [1_000, 10_000]
const threads = availableParallelism()
const pool = openPool(threads)
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const round = (x: number) => Number(x.toPrecision(4))
const PYTHONS = (process.env.PEERS_PYTHON ?? "python3").split(":")
/** A graphology run of more arc visits than this is left out. */
const PATIENT = 2e9
/** Runs of which the least is told: three where each takes more than a second, one where it takes longer than this many. */
const TURNS = 10
const LONG = 20
const DRAWS = Number(process.env.RESAMPLES ?? 1_000)
/** Sources of a search that is not made from all: of resamples of more ties than the first figure, of one graph of more than the second. */
const SOURCES = 256
const EXACT_TIES = 20_000
const WHOLE_TIES = 50_000
const ONLY = (process.env.ONLY ?? "").split(",").filter((word) => word !== "")

interface Outcome {
  wall: number
  cpu: number
  scores: ArrayLike<number>
}

interface Case {
  name: string
  ours: (graph: Graph) => Promise<ArrayLike<number>>
  graphology?: (graph: UndirectedGraph) => Record<string, number>
  /** Where `ours`, or a peer's run, is a part of the work, how often it is to be counted. */
  times?: (graph: Graph) => number
  /** Python functions by peer, of `g` (igraph), `k` (NetworKit) or `t` (graph-tool). */
  python: { peer: string; run: string; times?: (graph: Graph) => number }[]
  /** Numbers of ties that the case is run at. */
  least?: number
  most?: number
}

const LOUD = "compared by quality, not by score"
const CASES: Case[] = [
  {
    name: "betweenness",
    ours: (graph) => measured(graph, "betweenness", { normalised: false }, pool),
    graphology: (g) => betweenness(g, { getEdgeWeight: null, normalized: false }),
    python: [
      { peer: "igraph", run: "lambda: g.betweenness()" },
      { peer: "networkit", run: "lambda: (lambda c: (c.run(), [x / 2 for x in c.scores()])[1])(nk.centrality.Betweenness(k))" },
      { peer: "graph_tool", run: "lambda: [float(x) for x in gt.betweenness(t, norm=False)[0].a]" },
    ],
    most: WHOLE_TIES,
  },
  {
    name: `betweenness reckoned from ${SOURCES} sources`,
    ours: async (graph) => [(await measured(graph, "betweenness", { pivots: SOURCES }, pool)).length],
    times: (graph) => sampling.betweennessWork(graph, {}).sources / SOURCES,
    python: [
      {
        peer: "igraph",
        run: `lambda: [len(g.betweenness(sources=random.sample(range(n), ${SOURCES})))]`,
        times: (graph) => graph.n / SOURCES,
      },
      {
        peer: "networkit",
        run: `lambda: [len(nk.centrality.EstimateBetweenness(k, ${SOURCES}).run().scores())]`,
        times: (graph) => graph.n / SOURCES,
      },
      {
        peer: "graph_tool",
        run: `lambda: [len(gt.betweenness(t, pivots=random.sample(range(n), ${SOURCES}), norm=False)[0].a)]`,
        times: (graph) => graph.n / SOURCES,
      },
    ],
    least: WHOLE_TIES + 1,
  },
  {
    name: "closeness",
    ours: (graph) => measured(graph, "harmonic", { normalised: false }, pool),
    python: [
      { peer: "igraph", run: "lambda: [c * (g.vcount() - 1) for c in g.harmonic_centrality()]" },
      { peer: "networkit", run: "lambda: nk.centrality.HarmonicCloseness(k, False).run().scores()" },
      { peer: "graph_tool", run: "lambda: [float(x) for x in gt.closeness(t, harmonic=True, norm=False).a]" },
    ],
  },
  {
    name: "leiden until nothing is gained",
    ours: async (graph) => [leiden(graph).modularity],
    python: [{ peer: "igraph", run: "lambda: [g.community_leiden('modularity', n_iterations=-1).modularity]" }],
  },
  {
    name: "leiden of two passes",
    ours: async (graph) => [leiden(graph, { passes: 2 }).modularity],
    python: [
      { peer: "igraph", run: "lambda: [g.community_leiden('modularity', n_iterations=2).modularity]" },
      {
        peer: "networkit",
        run: "lambda: (lambda c: (c.run(), [nk.community.Modularity().getQuality(c.getPartition(), k)])[1])(nk.community.ParallelLeiden(k, iterations=2))",
      },
    ],
  },
  {
    name: "key players (greedy and exchange, k = 10)",
    ours: async (graph) => [(await keySets.keyPlayers(graph, { k: 10, goal: "fragment", effort: 0 }, pool)).value],
    python: [{ peer: "igraph", run: "lambda: [greedy(10)]" }],
    most: 100_000,
  },
  {
    name: `${DRAWS} resamples of betweenness`,
    ours: async (graph) => [(await overDraws(graph, "betweenness", { draws: DRAWS, keepEdge: 0.9 }, pool)).length],
    python: [{ peer: "igraph", run: "lambda: [resample(None)]", times: () => DRAWS }],
    most: EXACT_TIES,
  },
  {
    name: `${DRAWS} resamples of betweenness from ${SOURCES} sources`,
    ours: async (graph) => [
      (await overDraws(graph, "betweenness", { draws: DRAWS, keepEdge: 0.9, measure: { pivots: SOURCES } }, pool)).length,
    ],
    python: [{ peer: "igraph", run: `lambda: [resample(random.sample(range(n), ${SOURCES}))]`, times: () => DRAWS }],
    least: EXACT_TIES + 1,
    most: 50_000,
  },
]

/** As many nodes as make 4.6 ties each, ends at random. */
function general(ties: number): Graph {
  const random = rng(ties)
  const n = Math.ceil(ties / 4.6)
  return graphFrom({
    n,
    source: Array.from({ length: ties }, () => random.int(n)),
    target: Array.from({ length: ties }, () => random.int(n)),
  }).graph
}

/** Devices that know each other heavy-tailed, and around them two people in three whom one device knows. */
function phone(ties: number): Graph {
  const random = rng(ties, 1)
  const n = Math.ceil(ties / 1.6)
  const devices = Math.ceil(n / 3)
  const ends = [0]
  const source: number[] = []
  const target: number[] = []
  const join = (a: number, b: number) => {
    source.push(a)
    target.push(b)
    ends.push(b < devices ? b : 0)
  }
  for (let v = devices; v < n; v++) join(v, ends[random.int(ends.length)]!)
  for (let v = 1; source.length < ties; v = (v % (devices - 1)) + 1)
    join(v, random.int(3) === 0 ? random.int(devices) : ends[random.int(ends.length)]!)
  return graphFrom({ n, source, target }).graph
}

/** Devices that know each other a little, and people in the address book of one device, or of two or three. */
function books(ties: number): Graph {
  const random = rng(ties, 2)
  const devices = Math.max(4, Math.ceil(ties / 300))
  const source: number[] = []
  const target: number[] = []
  const device = () => Math.floor(random.next() ** 2 * devices)
  for (let d = 0; d < 3 * devices; d++) {
    source.push(d % devices)
    target.push(device())
  }
  let n = devices
  for (; source.length < ties; n++) {
    const known = random.int(3) > 0 ? 1 : 2 + random.int(2)
    for (let i = 0; i < known; i++) {
      source.push(device())
      target.push(n)
    }
  }
  return graphFrom({ n, source, target }).graph
}

const SCRIPT = `
import json, random, sys, time
file, n, threads, peer, run = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
edges = [tuple(map(int, line.split())) for line in open(file)]
if peer == 'igraph':
    import igraph
    version = igraph.__version__
    g = igraph.Graph(n=n, edges=edges)
    def greedy(k):
        h = g.copy()
        for _ in range(k):
            def after(v):
                c = h.copy(); c.delete_vertices([v])
                return sum(s * (s - 1) for s in c.connected_components().sizes())
            h.delete_vertices([min(range(h.vcount()), key=after)])
        m = h.vcount()
        return 1 - sum(s * (s - 1) for s in h.connected_components().sizes()) / (m * (m - 1))
    def resample(sources):
        h = g.subgraph_edges([e for e in range(g.ecount()) if random.random() < 0.9], delete_vertices=False)
        return len(h.betweenness(sources=sources))
elif peer == 'networkit':
    import networkit as nk
    version = nk.__version__
    nk.setNumberOfThreads(threads)
    k = nk.Graph(n)
    for a, b in edges: k.addEdge(a, b)
else:
    import graph_tool, graph_tool.centrality as gt
    version = graph_tool.__version__
    graph_tool.openmp_set_num_threads(threads)
    t = graph_tool.Graph(directed=False); t.add_vertex(n); t.add_edge_list(edges)
run = eval(run)
best = None
for turn in range(${TURNS}):
    wall, cpu = time.perf_counter(), time.process_time()
    scores = run()
    took = (time.perf_counter() - wall, time.process_time() - cpu)
    best = took if best is None else min(best, took)
    if took[0] > ${LONG} or turn > 1 and took[0] > 1: break
print(json.dumps({'version': version, 'wall': best[0], 'cpu': best[1], 'scores': list(scores)}))
`

function python(graph: Graph, file: string, peer: string, run: string): (Outcome & { version: string }) | string {
  let said = "absent"
  for (const program of PYTHONS) {
    const asked = spawnSync(program, ["-c", SCRIPT, file, String(graph.n), String(threads), peer, run], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    })
    if (asked.status === 0) return JSON.parse(asked.stdout)
    if (!asked.error && !/ModuleNotFoundError/.test(asked.stderr)) said = asked.stderr.trim().split("\n").at(-1) ?? "failed"
  }
  return said
}

/** The least of up to ten runs: the first pay for compiling. */
async function timed(run: () => Promise<ArrayLike<number>> | ArrayLike<number>): Promise<Outcome> {
  let best: Outcome | null = null
  for (let turn = 1; ; turn++) {
    const before = process.cpuUsage()
    const start = performance.now()
    const scores = await run()
    const { user, system } = process.cpuUsage(before)
    const took = { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, scores }
    if (best === null || took.wall < best.wall) best = took
    if (turn === TURNS || took.wall > LONG || (turn > 2 && took.wall > 1)) return best
  }
}

function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  let highest = 0
  for (let v = 0; v < a.length; v++) {
    most = Math.max(most, Math.abs(a[v]! - b[v]!))
    highest = Math.max(highest, Math.abs(a[v]!))
  }
  return round(most / (highest || 1))
}

function compared(what: object, ours: Outcome, peer: string, theirs: Outcome, [ourTimes, theirTimes] = [1, 1]): void {
  const counted = ({ wall, cpu }: Outcome, times: number) => ({
    wall: round(wall * times),
    cpu: round(cpu * times),
    ...(times > 1 ? { reckonedBy: round(times) } : {}),
  })
  const [own, other] = [counted(ours, ourTimes), counted(theirs, theirTimes)]
  say({
    ...what,
    peer,
    ours: own,
    theirs: other,
    ratio: round(other.wall / own.wall),
    ratioCpu: round(other.cpu / own.cpu),
    ...(ours.scores.length > 1
      ? { apart: apart(ours.scores, theirs.scores) }
      : { ours1: round(ours.scores[0]!), theirs1: round(theirs.scores[0]!), note: LOUD }),
  })
}

const folder = mkdtempSync(join(tmpdir(), "bench-"))
await measured(general(2_000), "betweenness", {}, pool)
for (const ties of sizes) {
  for (const [shape, graph] of [
    ["general", general(ties)],
    ["phone", phone(ties)],
    ["books", books(ties)],
  ] as const) {
    const file = join(folder, `${shape}-${ties}`)
    writeFileSync(file, Array.from(graph.from, (a, e) => `${a} ${graph.to[e]}`).join("\n"))
    for (const { name, ours: run, times: part = () => 1, graphology, python: peers, least = 0, most = Infinity } of CASES) {
      const what = { measure: name, shape, nodes: graph.n, ties: graph.m, threads }
      if (ties < least || ties > most) continue
      if (ONLY.length > 0 && !ONLY.every((word) => word === shape || name.includes(word))) continue
      const ours = await timed(() => run(graph))
      if (graphology && graph.n * graph.m * 4 < PATIENT) {
        const theirs = new UndirectedGraph()
        for (let v = 0; v < graph.n; v++) theirs.addNode(String(v))
        for (let e = 0; e < graph.m; e++) theirs.addEdge(String(graph.from[e]), String(graph.to[e]))
        compared(
          what,
          ours,
          "graphology-metrics",
          await timed(() => {
            const found = graphology(theirs)
            return Array.from({ length: graph.n }, (_, v) => found[String(v)]!)
          }),
        )
      }
      for (const { peer, run: asked, times = () => 1 } of peers) {
        const theirs = python(graph, file, peer, asked)
        if (typeof theirs === "string") say({ ...what, peer, ours: { wall: round(ours.wall), cpu: round(ours.cpu) }, absent: theirs })
        else compared(what, ours, `${peer} ${theirs.version}`, theirs, [part(graph), times(graph)])
      }
    }
  }
}
rmSync(folder, { recursive: true })
await pool.close()
