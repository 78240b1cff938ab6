import { existsSync, realpathSync } from "node:fs"
import { relative, resolve, sep } from "node:path"
import { z } from "zod"
import type { Procedure } from "./procedure.ts"

interface Described {
  format?: string
  items?: Described
  properties?: Record<string, Described>
}

/** The fields of a procedure that name a place on the machine of the node. */
function pathFields({ input }: Procedure): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Described
  return Object.entries(properties).flatMap(([name, field]) => (field.format === "path" || field.items?.format === "path" ? [name] : []))
}

const fieldsOf = new WeakMap<Procedure, string[]>()

/**
 * A path of the input that leads to what the node itself keeps, or to a folder around it: whoever could have that read or taken in would
 * hold everybody's material, and the node's keys. What a demonstration wrote for taking in is no secret of the node's.
 */
export function pathIntoNode(procedure: Procedure, input: Readonly<Record<string, unknown>>, folder: string): string | null {
  let fields = fieldsOf.get(procedure)
  if (!fields) {
    fields = pathFields(procedure)
    fieldsOf.set(procedure, fields)
  }
  if (fields.length === 0) return null
  const own = realpathSync(folder)
  for (const path of fields.flatMap((field) => input[field])) {
    if (typeof path !== "string") continue
    const there = existsSync(path) ? realpathSync(path) : resolve(path)
    const inside = there === own ? "" : there.startsWith(own + sep) ? relative(own, there) : null
    if ((inside !== null && !inside.startsWith("demo-")) || own.startsWith(there.endsWith(sep) ? there : there + sep)) return path
  }
  return null
}
