/**
 * Owns how long things are kept and how they go: review clocks by power and group, recorded reviews. What was decided is never
 * changed.
 */
import { reviewProcedures } from "./review.ts"

export { migrations } from "./sql.ts"
export const procedures = [...reviewProcedures]
