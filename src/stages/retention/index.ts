/**
 * Owns how long things are kept and how they go: review clocks by power and group, recorded reviews, erasure by order of a second
 * person, and the stubs that prove it. What the law orders destroyed goes from every place, the past included; the proof stays.
 */
import { orderProcedures } from "./orders.ts"
import { reviewProcedures } from "./review.ts"

export { previewErasure } from "./preview.ts"
export { migrations } from "./sql.ts"
export const procedures = [...reviewProcedures, ...orderProcedures]
