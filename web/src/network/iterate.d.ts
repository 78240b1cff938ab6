declare module "graphology-layout-forceatlas2/iterate.js" {
  interface Settings {
    linLogMode: boolean
    outboundAttractionDistribution: boolean
    adjustSizes: boolean
    edgeWeightInfluence: number
    scalingRatio: number
    strongGravityMode: boolean
    gravity: number
    slowDown: number
    barnesHutOptimize: boolean
    barnesHutTheta: number
  }
  /** One step; ten cells a node (x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed), three an edge (source cell, target cell, weight). */
  export default function iterate(settings: Settings, nodes: Float32Array, edges: Float32Array): unknown
}
