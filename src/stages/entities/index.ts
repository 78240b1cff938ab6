/**
 * Owns who is who: identifiers by normal form, the people behind them by graded claims, what they are (standing) and what they are
 * said to have done (conduct). `rankable` and `label` are the only ways in which later stages learn of people, and `masker` the way to
 * show records beside them: protected people have no name in any of these.
 */
export { type Masker, masker } from "./masker.ts"
export { sharedRoots } from "./origins.ts"
export { type Label, label, openPeople, type People } from "./people.ts"
export { procedures } from "./procedures.ts"
export {
  type ConductReason,
  RANKED_FROM,
  type Rankable,
  rankable,
  type SharedIdentifier,
  sharedIdentifiers,
  unknownNames,
} from "./rankable.ts"
export type { Ground } from "./resolve.ts"
export * as review from "./review/review.ts"
export { migrations } from "./sql.ts"
export { SupportView, supported } from "./support.ts"
