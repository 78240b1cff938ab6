import { parentPort } from "node:worker_threads"
import loaded from "highs"
import type { MilpAnswer, SolverQuestion, SolverReply } from "./milp.ts"

const port = parentPort
if (!port) throw new Error("milp-worker.ts runs as a worker thread only")
// The package's types are those of its CommonJS build; Node loads the other one, whose default export is the loader itself.
const highs = await (loaded as unknown as typeof loaded.default)()
const { modelStatus, variableType } = highs.constants

function solve({ milp, nodes, gap, heuristics }: SolverQuestion): MilpAnswer {
  const { cost, lower, upper, integer, rows } = milp
  const finite = (v: number) => (v === Infinity ? highs.infinity : v === -Infinity ? -highs.infinity : v)
  const starts = [0]
  for (const row of rows) starts.push(starts.at(-1)! + row.index.length)
  return highs.withModel(
    {
      numCols: cost.length,
      numRows: rows.length,
      colCost: [...cost],
      colLower: lower.map(finite),
      colUpper: upper.map(finite),
      rowLower: rows.map((r) => finite(r.lower)),
      rowUpper: rows.map((r) => finite(r.upper)),
      matrix: {
        format: "csr",
        numRows: rows.length,
        numCols: cost.length,
        starts,
        indices: rows.flatMap((r) => [...r.index]),
        values: rows.flatMap((r) => [...r.value]),
      },
      integrality: integer.map((i) => (i ? variableType.integer : variableType.continuous)),
    },
    (model): MilpAnswer => {
      model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: gap, mip_max_nodes: nodes })
      if (!heuristics) model.options.set({ mip_heuristic_effort: 0 })
      model.run()
      const status = model.getModelStatus()
      if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
        return { status: "infeasible", x: new Float64Array(0), value: Infinity, bound: Infinity }
      const whole = integer.some((i) => i > 0)
      const value = model.getObjectiveValue()
      if (status === modelStatus.optimal)
        return {
          status: "optimal",
          x: Float64Array.from(model.getSolution().colValue),
          value,
          bound: whole ? Number(model.info.get("mip_dual_bound")) : value,
        }
      if (status !== modelStatus.solutionLimit && status !== modelStatus.iterationLimit) throw new Error(`its status is ${status}`)
      const bound = Number(model.info.get("mip_dual_bound"))
      const met = Number(model.info.get("primal_solution_status")) === highs.constants.solutionStatus.feasible
      return met
        ? { status: "limit", x: Float64Array.from(model.getSolution().colValue), value, bound }
        : { status: "limit", x: new Float64Array(0), value: Infinity, bound }
    },
  )
}

port.on("message", (question: SolverQuestion) => {
  let reply: SolverReply
  try {
    reply = { answer: solve(question) }
  } catch (error) {
    reply = { failed: (error as Error).message }
  }
  port.postMessage(reply)
})
