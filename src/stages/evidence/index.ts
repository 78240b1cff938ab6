/**
 * Owns what was taken in: items with the power they were taken under, seizure events, continuity, exhibits sealed by hash, and
 * the scope decisions over their rows. Reads nothing out of them: that is `records`.
 */
export { finishDestruction, insertDestruction, selectDestructions, stripReadings } from "./devices/destruction.ts"
export { examinable, reviewDue } from "./devices/examination.ts"
export type { Content, Contents } from "./material.ts"
export { openExhibit } from "./material.ts"
export { procedures } from "./procedures.ts"
export { IntakeRequest, internClasses, planIntake, seal, type TakenIn } from "./seal.ts"
export { Sheet } from "./sheet.ts"
export {
  type ExhibitRow,
  type ItemRow,
  insertScopeRule,
  type MemberReading,
  migrations,
  type Reading,
  selectExhibits,
  selectItems,
  selectScopeRules,
  selectSeizureEvents,
  updateReading,
} from "./sql.ts"
