import { z } from "zod"
import type { Procedure } from "#access"
import type { Dice } from "./dice.ts"

export type Schema = { readonly [key: string]: unknown }

/** What may stand in a field of that name; nothing where the schema alone decides. */
export type Pool = (field: string) => readonly unknown[]

/** The JSON schema of a procedure's input, as the OpenAPI document gives it. */
export const schemaOf = (procedure: Procedure): Schema => z.toJSONSchema(procedure.input, { io: "input", unrepresentable: "any" }) as Schema

const ID = /^\^([a-z]{2}_)/
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"

const idWith = (prefix: string, dice: Dice): string => prefix + Array.from({ length: 20 }, () => LETTERS[dice.roll(32)]!).join("")

/** Text that some patterns of this project's inputs take. */
const SAMPLES = ["GB", "a", "0a1b", "2026-01-01", "12:00", "a".repeat(64), "+447700900123", "invented/1", "1", "en", "A1"]

/** A value that the schema takes, as far as the schema tells. `field` is the name under which it stands. */
export function filled(schema: Schema, dice: Dice, pool: Pool, field = "", root: Schema = schema, depth = 0): unknown {
  if (typeof schema.$ref === "string") return filled(resolved(schema.$ref, root), dice, pool, field, root, depth)
  const known = pool(field)
  if (known.length > 0 && schema.type !== "array" && schema.type !== "object") return dice.pick(known)
  if ("const" in schema) return schema.const
  if (Array.isArray(schema.enum)) return dice.pick(schema.enum as unknown[])
  const either = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (either) return filled(dice.pick(either), dice, pool, field, root, depth + 1)
  if (Array.isArray(schema.allOf))
    return Object.assign({}, ...(schema.allOf as Schema[]).map((s) => filled(s, dice, pool, field, root, depth + 1)))
  switch (schema.type) {
    case "string":
      return textOf(schema, dice)
    case "integer":
    case "number":
      return numberOf(schema, dice)
    case "boolean":
      return dice.chance(0.5)
    case "null":
      return null
    case "array": {
      const least = (schema.minItems as number | undefined) ?? 0
      const most = Math.min((schema.maxItems as number | undefined) ?? 3, least + 2)
      const items = (schema.items ?? {}) as Schema
      return Array.from({ length: least + dice.roll(most - least + 1) }, () => filled(items, dice, pool, field, root, depth + 1))
    }
    case "object": {
      const required = new Set((schema.required as string[] | undefined) ?? [])
      const out: Record<string, unknown> = {}
      for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, Schema>))
        if (required.has(name) || (depth < 4 && dice.chance(0.35))) out[name] = filled(inner, dice, pool, name, root, depth + 1)
      return out
    }
    default:
      return dice.pick<unknown>([{}, [], "text", 1, null, { kind: "contact" }])
  }
}

function resolved(ref: string, root: Schema): Schema {
  let at: unknown = root
  for (const step of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) at = (at as Record<string, unknown>)[step.replaceAll("~1", "/")]
  return at as Schema
}

function textOf(schema: Schema, dice: Dice): string {
  const least = (schema.minLength as number | undefined) ?? 0
  if (schema.format === "date-time") return new Date(Date.UTC(2025, dice.roll(12), 1 + dice.roll(28))).toISOString()
  if (schema.format === "date") return `2025-0${1 + dice.roll(9)}-1${dice.roll(9)}`
  const pattern = typeof schema.pattern === "string" ? new RegExp(schema.pattern, "u") : null
  const prefix = typeof schema.pattern === "string" ? ID.exec(schema.pattern)?.[1] : undefined
  if (prefix) return idWith(prefix, dice)
  if (pattern) return SAMPLES.find((s) => pattern.test(s) && s.length >= least) ?? "a"
  return dice.pick(["invented words of a reason", "x", "سالح", "0"]).padEnd(least, " and more")
}

function numberOf(schema: Schema, dice: Dice): number {
  const low = Math.max((schema.minimum as number | undefined) ?? 0, -1000)
  const over = (schema.exclusiveMinimum as number | undefined) ?? null
  const from = over === null ? low : over + 1
  const high = Math.min((schema.maximum as number | undefined) ?? from + 20, from + 20)
  return from + dice.roll(Math.floor(high - from) + 1)
}
