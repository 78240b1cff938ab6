/** Owns comparisons of ways to break a network. Says what would follow; never what to do. */
import { chainProcedure } from "./chain/procedure.ts"
import { curve } from "./curve.ts"
import { interdictProcedure, levers } from "./levers/procedures.ts"
import { set } from "./set.ts"

export const procedures = [curve, set, chainProcedure, levers, interdictProcedure]
