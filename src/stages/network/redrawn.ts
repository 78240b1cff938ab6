/** The network as it would look on other evidence: drawn from what is held, or under the scenarios of the stability range. */
export { drawsSaid, thinned } from "./draws.ts"
export { type ResampledNetwork, type ResampledNetworks, resampledNetworks } from "./range/resample.ts"
