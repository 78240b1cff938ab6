import { Worker } from "node:worker_threads"
import { Failure } from "#vocabulary/failure"

/** A mixed-integer linear program to minimise. */
export interface Milp {
  cost: readonly number[]
  lower: readonly number[]
  /** `Infinity` where there is no upper bound. */
  upper: readonly number[]
  /** 1 for whole numbers. */
  integer: readonly number[]
  /** lower ≤ Σ value·x ≤ upper. */
  rows: readonly { lower: number; upper: number; index: readonly number[]; value: readonly number[] }[]
}

export interface MilpAnswer {
  /** `limit`: the best found when the limit of nodes was reached; `x` is empty and `value` Infinity where there was none yet. */
  status: "optimal" | "infeasible" | "limit"
  x: Float64Array
  value: number
  /** No solution lies below. */
  bound: number
}

export interface MilpOptions {
  /** Nodes of the search tree. Nodes and never seconds, so that a slow machine gives the same answer. */
  nodes?: number
  /** A solution this near to its bound is called optimal; default 1e-9. */
  gap?: number
  /** Look for solutions beside the search tree; default true. Without, less work for who has a good one already. */
  heuristics?: boolean
}

export interface SolverQuestion {
  milp: Milp
  nodes: number
  gap: number
  heuristics: boolean
}

/** Solves one program after the other in a thread of its own. */
export interface Solver {
  /** Throws `unavailable.solver` when the solver breaks or has no answer. */
  solve(milp: Milp, options?: MilpOptions): Promise<MilpAnswer>
  close(): Promise<void>
}

export type SolverReply = { answer: MilpAnswer } | { failed: string }

const NODES = 200_000

/** Starts HiGHS (Huangfu and Hall 2018) as WebAssembly. The same program gives the same answer: one thread, a fixed seed, no clock. */
export function openSolver(): Solver {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  const ask = (milp: Milp, options: MilpOptions) =>
    new Promise<MilpAnswer>((done, failed) => {
      const own = worker ?? new Worker(new URL("./milp-worker.ts", import.meta.url))
      worker = own
      const broken = (words: string, cause?: unknown) =>
        failed(
          new Failure("unavailable.solver", `The solver gave no answer: ${words}.`, {
            hint: "Ask again with fewer levers or scenarios.",
            ...(cause === undefined ? {} : { cause }),
          }),
        )
      const settle = (reply: SolverReply) => {
        own.off("error", died)
        if ("answer" in reply) done(reply.answer)
        else broken(reply.failed)
      }
      const died = (error: unknown) => {
        own.off("message", settle)
        worker = undefined
        broken((error as Error).message, error)
      }
      own.once("message", settle)
      own.once("error", died)
      const { nodes = NODES, gap = 1e-9, heuristics = true } = options
      own.postMessage({ milp, nodes, gap, heuristics } satisfies SolverQuestion)
    })
  return {
    solve: (milp, options = {}) => {
      const next = last.then(() => ask(milp, options))
      last = next.catch(() => undefined)
      return next
    },
    async close() {
      await last
      await worker?.terminate()
      worker = undefined
    },
  }
}
