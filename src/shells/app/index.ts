/** The composition: which procedures, which migrations, which worker. Holds no rule. */
export { type App, openApp, PROCEDURES } from "./compose.ts"
