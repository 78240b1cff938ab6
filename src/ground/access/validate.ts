import type { z } from "zod"
import { Failure, type FailureKind } from "#vocabulary/failure"
import { nearest } from "./nearest.ts"
import type { Procedure } from "./procedure.ts"

/** camelCase to kebab-case: what a field is called on the command line and in codes. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

const invalid = (word: string): `${FailureKind}.${string}` => `invalid.${word}`

/** Throws a Failure that names the field and says what it should hold. */
export function validate(procedure: Procedure, input: unknown): Record<string, unknown> {
  const shape = procedure.input.shape as Record<string, z.ZodType>
  if (input === null || typeof input !== "object" || Array.isArray(input))
    throw new Failure("invalid.input", `${procedure.name} takes an object of fields.`, {
      hint: `Fields: ${Object.keys(shape).join(", ") || "none"}.`,
    })
  for (const field of Object.keys(input)) {
    if (Object.hasOwn(shape, field)) continue
    const meant = nearest(field, Object.keys(shape))
    throw new Failure("invalid.unknown-field", `${procedure.name} has no field ${field}.`, {
      at: field,
      hint: meant ? `Did you mean ${meant}?` : `Fields: ${Object.keys(shape).join(", ") || "none"}.`,
    })
  }
  const unwritable = placeOfUnwritable(input)
  if (unwritable !== null)
    throw new Failure("invalid.text", `${unwritable.join(".")}: the text holds a NUL or half a character.`, {
      at: unwritable.join("."),
      hint: "Send the text without it: neither the register nor the journal could give it back as it came.",
    })
  const parsed = procedure.input.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const path = issue.path.map(String)
  const field = path[0]
  if (field === undefined) throw new Failure("invalid.input", issue.message, { hint: "Look at the fields of this procedure." })
  const missing = path.length === 1 && (input as Record<string, unknown>)[field] === undefined
  const says = shape[field]?.description
  throw new Failure(
    invalid(missing ? `${kebab(field)}-missing` : kebab(field)),
    missing ? `${field} is missing.` : `${path.join(".")}: ${issue.message}`,
    {
      at: path.join("."),
      hint: says ? `${field}: ${says}` : missing ? `Give ${field}.` : `Correct ${field}.`,
    },
  )
}

/** Where in a value a text stands that could not be kept as it is: with a NUL, or with half of a surrogate pair. */
function placeOfUnwritable(value: unknown): string[] | null {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? [] : null
  if (value === null || typeof value !== "object") return null
  for (const [key, inner] of Object.entries(value)) {
    if (placeOfUnwritable(key) !== null) return ["a name of a field"]
    const place = placeOfUnwritable(inner)
    if (place !== null) return [key, ...place]
  }
  return null
}
