/**
 * Who may do and see what, and the one gate through which everything asked of the system passes: `procedure` declares, `gate`
 * validates, judges, journals and runs. Owns people, investigations as compartments, role grants, access classes and the
 * callers' staging area. Authority is enforced here and nowhere else.
 */
export * as deconfliction from "./announcements/announced.ts"
export { type Answer, type Gate, gate, type Request } from "./gate.ts"
export { nearest } from "./nearest.ts"
export { outside } from "./outside/prepare.ts"
export { procedures } from "./own.ts"
export * as directory from "./people/directory.ts"
export * as permissions from "./permissions.ts"
export { type Bytes, type Context, type Effect, localPath, type Over, type Procedure, procedure, type Shape } from "./procedure.ts"
export * as protection from "./protection.ts"
export { answeredBy, answerOf, askCleared } from "./reruns/ask.ts"
export * as settings from "./settings.ts"
export {
  type Arrival,
  accessClass,
  type Caller,
  callerOf,
  findInvestigation,
  type Investigation,
  joinedMarking,
  localCaller,
  type Marking,
  openInvestigation,
  type Sight,
  sightOf,
} from "./sight.ts"
export { migrations } from "./sql.ts"
export * as staging from "./staging.ts"
export { kebab } from "./validate.ts"
