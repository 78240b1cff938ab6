import { linesOf, utcOf } from "../parts/fields.ts"

/** As much of JSON Schema as a form is drawn from. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** How a field is filled in: what has no way of its own is written as JSON. */
export type Way = "text" | "long" | "number" | "time" | "yes-no" | "one-of" | "some-of" | "lines" | "json"

export interface Field {
  name: string
  way: Way
  required: boolean
  description: string | undefined
  /** What holds when nothing is filled in. */
  otherwise: unknown
  choices: string[]
}

/** A field as it was filled in. */
export type Filled = string | boolean | string[]
export type Wrong = "notJson" | "notNumber" | "notTime" | "missing"

const LONG = 200

const strings = (list: readonly unknown[] | undefined): string[] | null => (list?.every((v) => typeof v === "string") ? [...list] : null)

function wayOf(schema: Schema): { way: Way; choices: string[] } {
  const told = schema.anyOf?.filter((s) => s.type !== "null")
  if (told?.length === 1) return wayOf(told[0]!)
  const choices = strings(schema.enum)
  if (choices) return { way: "one-of", choices }
  const plain = (way: Way) => ({ way, choices: [] })
  const type = Array.isArray(schema.type) ? schema.type.find((t) => t !== "null") : schema.type
  if (type === "string" && schema.format === "date-time") return plain("time")
  if (type === "string") return plain(schema.maxLength !== undefined && schema.maxLength > LONG ? "long" : "text")
  if (type === "number" || type === "integer") return plain("number")
  if (type === "boolean") return plain("yes-no")
  if (type !== "array") return plain("json")
  const some = strings(schema.items?.enum)
  if (some) return { way: "some-of", choices: some }
  return plain(schema.items?.type === "string" ? "lines" : "json")
}

/**
 * The fields of an input. An investigation that must be named is the one of the page, and is no field; one that need not be named
 * stays a field, since such a procedure can go to another.
 */
export function fieldsOf(input: Schema): { fields: Field[]; investigation: boolean } {
  const required = new Set(input.required)
  const fields = Object.entries(input.properties ?? {})
    .filter(([name]) => name !== "investigation" || !required.has(name))
    .map(([name, schema]) => ({
      name,
      ...wayOf(schema),
      required: required.has(name),
      description: schema.description,
      otherwise: schema.default,
    }))
  return { fields, investigation: required.has("investigation") && input.properties?.investigation !== undefined }
}

/** A field before it is filled in. */
export const emptyOf = ({ way, otherwise }: Field): Filled => (way === "yes-no" ? otherwise === true : way === "some-of" ? [] : "")

/** What a field says: a value, nothing (then the node's own holds), or what is wrong with it. */
export function saidOf(field: Field, filled: Filled): { value?: unknown; wrong?: Wrong } {
  if (typeof filled === "boolean") return { value: filled }
  if (Array.isArray(filled)) return filled.length > 0 ? { value: filled } : field.required ? { wrong: "missing" } : {}
  const text = filled.trim()
  if (text === "") return field.required ? { wrong: "missing" } : {}
  switch (field.way) {
    case "number":
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { wrong: "notNumber" }
    case "time": {
      const at = utcOf(text)
      return at ? { value: at } : { wrong: "notTime" }
    }
    case "lines":
      return { value: linesOf(text) }
    case "json": {
      const read = jsonOf(text)
      return read ? { value: read.value } : { wrong: "notJson" }
    }
    default:
      return { value: text }
  }
}

/** What a text holds as JSON; null when it is none. */
export function jsonOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
