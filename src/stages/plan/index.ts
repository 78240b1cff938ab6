/** Owns comparisons of ways to break a network. Says what would follow; never what to do. */
import { curve } from "./curve.ts"

export const procedures = [curve]
