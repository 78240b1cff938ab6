import { Failure } from "#vocabulary/failure"
import type { Importer } from "../importer.ts"
import { edges } from "./edges.ts"

/** Every importer, in the order in which ties of confidence are decided. A new one is its file, its vector and a line here. */
export const IMPORTERS: readonly Importer[] = [edges]

/** The importer of that id. Throws `invalid.format-unknown` with what there is. */
export function importerOf(id: string): Importer {
  const found = IMPORTERS.find((i) => i.id === id)
  if (!found)
    throw new Failure("invalid.format-unknown", `There is no format ${id}.`, {
      at: "--as",
      hint: `Formats: ${IMPORTERS.map((i) => i.id).join(", ")}.`,
    })
  return found
}
