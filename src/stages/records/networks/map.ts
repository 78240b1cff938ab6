import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { isTableMapping } from "../mapping/schema.ts"

const column = z.string().min(1).optional()

/** What `--map` may say of a network in a table: which sheet of a workbook it is in, and which columns hold the ends, the weight and the time. */
const NetworkMap = z
  .strictObject({ sheet: column, source: column, target: column, weight: column, time: column })
  .refine((m) => (m.source === undefined) === (m.target === undefined), { message: "source and target are named together" })
  .refine((m) => m.source !== undefined || (m.weight === undefined && m.time === undefined), {
    message: "weight and time are named with source and target",
  })
/** One, as an example. */
export const NETWORK_MAP = '{"source": "caller", "target": "callee", "weight": "calls"}'
export type NetworkMap = z.output<typeof NetworkMap>

/** Reads the map of a network; null where none was given, or one for tables. Throws `invalid.mapping`. */
export function networkMap(given: unknown): NetworkMap | null {
  if (given === undefined || given === null || isTableMapping(given)) return null
  const { data, error } = NetworkMap.safeParse(given)
  if (data) return data
  throw new Failure("invalid.mapping", `The map of a network cannot be used: ${error.issues.map((i) => i.message).join(" · ")}`, {
    hint: `Such as ${NETWORK_MAP}; of a workbook also "sheet".`,
  })
}
