import iterate from "graphology-layout-forceatlas2/iterate.js"
import type { LayoutAnswer, LayoutQuestion } from "./layout.ts"

const NODE_CELLS = 10
const EDGE_CELLS = 3
/** Positions are told this often on the way, so that something is seen. */
const TOLD_EVERY_MS = 160

/** ForceAtlas2 (Jacomy et al. 2014) for a bounded number of steps from given positions: the same question has the same answer. */
self.onmessage = ({ data }: MessageEvent<LayoutQuestion>) => {
  const { x, y, from, to, weight, steps } = data
  const n = x.length
  const nodes = new Float32Array(n * NODE_CELLS)
  for (let v = 0; v < n; v++) {
    const at = v * NODE_CELLS
    nodes[at] = x[v]!
    nodes[at + 1] = y[v]!
    nodes[at + 6] = 1
    nodes[at + 7] = 1
    nodes[at + 8] = 1
  }
  const edges = new Float32Array(from.length * EDGE_CELLS)
  for (let e = 0; e < from.length; e++) {
    const source = from[e]! * NODE_CELLS
    const target = to[e]! * NODE_CELLS
    edges[e * EDGE_CELLS] = source
    edges[e * EDGE_CELLS + 1] = target
    edges[e * EDGE_CELLS + 2] = weight[e]!
    nodes[source + 6]! += 1
    nodes[target + 6]! += 1
  }
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0.5,
    scalingRatio: 8,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(n),
    barnesHutOptimize: n > 600,
    barnesHutTheta: 0.6,
  }
  const tell = (done: boolean) => {
    const answer: LayoutAnswer = { x: new Float32Array(n), y: new Float32Array(n), done }
    for (let v = 0; v < n; v++) {
      answer.x[v] = nodes[v * NODE_CELLS]!
      answer.y[v] = nodes[v * NODE_CELLS + 1]!
    }
    self.postMessage(answer)
  }
  let told = performance.now()
  for (let step = 0; step < steps; step++) {
    iterate(settings, nodes, edges)
    if (performance.now() - told > TOLD_EVERY_MS) {
      tell(false)
      told = performance.now()
    }
  }
  tell(true)
}
