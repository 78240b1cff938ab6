/** Owns comparisons of ways to break a network. Says what would follow; never what to do. */
import { curve } from "./curve.ts"
import { set } from "./set.ts"

export const procedures = [curve, set]
