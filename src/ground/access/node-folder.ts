import { existsSync, realpathSync } from "node:fs"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import type { Procedure } from "./procedure.ts"

/** The node's setting with the folder from which people who sign in may have files read; none: from nowhere. */
export const INTAKE_FOLDER = "intake-folder"

/**
 * A path of the input that leads to what the node itself keeps, or to a folder around it: whoever could have that read or taken in would
 * hold everybody's material, and the node's keys. What a demonstration wrote for taking in is no secret of the node's.
 */
export function pathIntoNode(procedure: Procedure, input: Readonly<Record<string, unknown>>, folder: string): string | null {
  const paths = pathsOf(procedure, input)
  if (paths.length === 0) return null
  const own = realpathSync(folder)
  for (const path of paths) {
    const there = placeOf(path)
    const inside = there === own ? "" : there.startsWith(own + sep) ? relative(own, there) : null
    if ((inside !== null && !inside.startsWith("demo-")) || own.startsWith(there.endsWith(sep) ? there : there + sep)) return path
  }
  return null
}

/**
 * A path of the input that does not lie in the folder from which people who sign in may have files read: on a node that several
 * share, whoever may take something in must not read with the node's own rights whatever lies on its machine.
 */
export function pathBeyond(procedure: Procedure, input: Readonly<Record<string, unknown>>, allowed: string | null): string | null {
  const within = allowed && existsSync(allowed) ? realpathSync(allowed) : null
  const folder = within?.endsWith(sep) ? within : `${within}${sep}`
  return pathsOf(procedure, input).find((path) => within === null || !`${placeOf(path)}${sep}`.startsWith(folder)) ?? null
}

const pathsOf = (procedure: Procedure, input: Readonly<Record<string, unknown>>): string[] =>
  procedure
    .pathFields()
    .flatMap((field) => input[field])
    .filter((path) => typeof path === "string")

/** Where a path leads; of one that leads nowhere yet, where its nearest folder does. */
function placeOf(path: string): string {
  const whole = resolve(path)
  if (existsSync(whole)) return realpathSync(whole)
  const above = dirname(whole)
  return above === whole ? whole : join(placeOf(above), basename(whole))
}
