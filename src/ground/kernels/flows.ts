/** Flows through a network, what cuts them most within a budget, and how they come back. */
export { type FlowNetwork, flowSolver } from "./flow.ts"
export { type Cutter, flowUnder, type Interdiction, interdict, tailMean } from "./interdict.ts"
export { openSolver } from "./milp.ts"
export { MECHANISMS, type Mechanism, REGROWN_FIELDS, regrow } from "./regrow.ts"
