/**
 * The command line: every procedure as `linchpin <stage> <procedure>`, flags from its input, and a table of short forms. Holds
 * no rule of a stage. Results go to standard output, everything else to standard error; the exit code follows from the kind
 * of failure.
 */
export { type Installation, run } from "./run.ts"
export type { Terminal } from "./terminal.ts"
