/**
 * Graph kernels: numbers in, numbers out. Nothing here knows what a node stands for; callers turn ids into 0..n-1 and back,
 * and by numbering nodes they decide how equal scores are ordered. The same input and seed give the same bytes on any number
 * of threads. Each kernel is synchronous and pure; those that can use threads take a pool, and run here without one.
 */
export * as brokers from "./brokerage.ts"
export * as communities from "./communities.ts"
export { type Components, components } from "./components.ts"
export { type DismantleOptions, type Dismantling, dismantle, shareLeft } from "./dismantle.ts"
export { type Contributions, type DrawOptions, overDraws, type RangeOptions, type Ranges, rangesOf } from "./draws.ts"
export * as flows from "./flows.ts"
export { type EdgeList, type Graph, graphFrom, induced, type Rows } from "./graph.ts"
export { type Communities, type LeidenOptions, leiden } from "./leiden.ts"
export * as linkage from "./linkage/fellegi-sunter.ts"
export { MEASURES, type Measure, type MeasureName, measured } from "./measures.ts"
export * as temporal from "./motifs.ts"
export type { MeasureOptions } from "./options.ts"
export { openPool, type Pool } from "./pool.ts"
export { type Rng, rng } from "./rng.ts"
export * as sampling from "./sampling.ts"
export * as keySets from "./sets/key-players.ts"
export * as tieMeasures from "./tie-betweenness.ts"
