/** Owns comparisons of ways to break a network. Says what would follow; never what to do. */
import { chainProcedure } from "./chain/procedure.ts"
import { curve } from "./curve.ts"
import { interdictProcedure, levers } from "./levers/procedures.ts"
import { compare } from "./options/compare.ts"
import { decide, decisions, score } from "./options/decisions.ts"
import { regrowProcedure } from "./regrowth/procedure.ts"
import { set } from "./set.ts"

export { migrations } from "./options/sql.ts"
export const procedures = [curve, set, chainProcedure, levers, interdictProcedure, regrowProcedure, compare, decide, decisions, score]
