import { existsSync, readFileSync } from "node:fs"
import { isAbsolute, resolve } from "node:path"
import { z } from "zod"
import { kebab, nearest, type Procedure } from "#access"
import { Failure } from "#vocabulary/failure"

/** How a field's words become a value. */
export type FieldForm = "text" | "path" | "number" | "boolean" | "json" | "text-or-number"

export interface Field {
  /** As in the input. */
  name: string
  /** As on the command line, without dashes. */
  flag: string
  form: FieldForm
  repeats: boolean
  required: boolean
  says: string
  choices: readonly string[]
  preset: unknown
}

type Schema = { [key: string]: unknown }

/** The fields of a procedure's input, as flags. */
export function fieldsOf(procedure: Procedure): Field[] {
  const root = z.toJSONSchema(procedure.input, { io: "input", unrepresentable: "any" }) as Schema
  const required = new Set((root.required as string[] | undefined) ?? [])
  return Object.entries((root.properties as Record<string, Schema> | undefined) ?? {}).map(([name, written]) => {
    const schema = plain(written, root)
    const repeats = schema.type === "array"
    const one = repeats ? plain((schema.items as Schema | undefined) ?? {}, root) : schema
    return {
      name,
      flag: kebab(name),
      form: formOf(one, root),
      repeats,
      required: required.has(name),
      says: String(written.description ?? schema.description ?? one.description ?? ""),
      choices: Array.isArray(one.enum) ? one.enum.map(String) : [],
      preset: written.default ?? schema.default,
    }
  })
}

/** Without references, and without null as one of two choices. */
function plain(schema: Schema, root: Schema): Schema {
  if (typeof schema.$ref === "string") {
    const found = schema.$ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter(Boolean)
      .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], root)
    return plain((found as Schema | undefined) ?? {}, root)
  }
  const options = (schema.anyOf as Schema[] | undefined)?.filter((o) => o.type !== "null")
  return options?.length === 1 ? { ...schema, anyOf: undefined, ...plain(options[0]!, root) } : schema
}

function formOf(schema: Schema, root: Schema): FieldForm {
  if (Array.isArray(schema.anyOf)) {
    const forms = new Set(schema.anyOf.map((o) => formOf(plain(o as Schema, root), root)))
    if (forms.size === 1) return [...forms][0]!
    return [...forms].every((f) => f === "text" || f === "number") ? "text-or-number" : "json"
  }
  if (schema.format === "path") return "path"
  if (schema.type === "string" || Array.isArray(schema.enum) || typeof schema.const === "string") return "text"
  if (schema.type === "number" || schema.type === "integer") return "number"
  return schema.type === "boolean" ? "boolean" : "json"
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

function readValue(field: Field, words: string, folder: string): unknown {
  const wrong = (hint: string, cause?: unknown) =>
    new Failure("invalid.flag-value", `--${field.flag} cannot be "${words}".`, { at: `--${field.flag}`, hint, cause })
  switch (field.form) {
    case "text":
      if (field.choices.length > 0 && !field.choices.includes(words)) {
        const meant = nearest(words, field.choices)
        throw wrong(meant ? `Did you mean ${meant}?` : `One of ${field.choices.join(", ")}.`)
      }
      return words
    case "path":
      return isAbsolute(words) ? words : resolve(folder, words)
    case "number":
      if (!NUMBER.test(words)) throw wrong("It takes a number.")
      return Number(words)
    case "text-or-number":
      return NUMBER.test(words) ? Number(words) : words
    case "boolean":
      if (words !== "true" && words !== "false") throw wrong("It takes true or false, or nothing for true.")
      return words === "true"
    case "json":
      try {
        return JSON.parse(words)
      } catch (cause) {
        const path = resolve(folder, words)
        if (!existsSync(path)) throw wrong("It takes JSON, or a file that holds it.", cause)
        return fileValue(path, wrong)
      }
  }
}

function fileValue(path: string, wrong: (hint: string, cause?: unknown) => Failure): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (cause) {
    throw wrong(`${path} does not hold JSON.`, cause)
  }
}

/** Flags that every command has. A procedure's own field of the same name goes before `out`, `in` and `reason`. */
export const COMMON = {
  data: { takes: "DIR", says: "data folder (default ./linchpin-data)" },
  json: { takes: null, says: "one JSON value on standard output, nothing else" },
  reason: { takes: "TEXT", says: "why; goes into the journal" },
  out: { takes: "FILE", says: "write the answer there" },
  in: { takes: "FILE", says: "the file to send" },
  help: { takes: null, says: "what this command takes" },
} as const
export type CommonFlag = keyof typeof COMMON

export interface Words {
  common: Partial<Record<CommonFlag, string>>
  input: Record<string, unknown>
}

const ALWAYS: readonly string[] = ["data", "json", "help"]

/**
 * Reads words into an input. `positional` names the field that bare words fill. Throws `invalid.flag-unknown` with the nearest
 * flag, `invalid.flag-value`, `invalid.word`.
 */
export function readWords(
  words: readonly string[],
  fields: readonly Field[],
  positional: readonly string[],
  folder: string,
  allowed: readonly CommonFlag[],
): Words {
  const read: Words = { common: {}, input: {} }
  const byFlag = new Map(fields.filter((f) => !ALWAYS.includes(f.flag)).map((f) => [f.flag, f]))
  const common = new Set<string>(allowed.filter((c) => !byFlag.has(c)))
  const bare: string[] = []
  const put = (field: Field, text: string) => {
    const value = readValue(field, text, folder)
    read.input[field.name] = field.repeats ? [...((read.input[field.name] as unknown[] | undefined) ?? []), value] : value
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === "--") {
      bare.push(...words.slice(i + 1))
      break
    }
    const [, dashes, name, given] = /^(--?)([a-zA-Z][\w-]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    if (name === undefined || (dashes === "-" && name.length > 1)) {
      bare.push(word)
      continue
    }
    const next = () => {
      const value = given ?? words[++i]
      if (value === undefined)
        throw new Failure("invalid.flag-value", `--${name} takes a value.`, { at: `--${name}`, hint: `--${name} VALUE` })
      return value
    }
    if (common.has(name)) {
      read.common[name as CommonFlag] = COMMON[name as CommonFlag].takes === null ? "" : next()
      continue
    }
    const field = byFlag.get(name) ?? fields.find((f) => f.name === name && !ALWAYS.includes(f.flag))
    const negated = name.startsWith("no-") ? byFlag.get(name.slice(3)) : undefined
    if (field)
      put(
        field,
        field.form === "boolean" && !field.repeats ? (given ?? (/^(true|false)$/.test(words[i + 1] ?? "") ? words[++i]! : "true")) : next(),
      )
    else if (negated?.form === "boolean") read.input[negated.name] = false
    else throw unknownFlag(name, [...byFlag.keys(), ...common])
  }
  placeBare(bare, positional, fields, put)
  return read
}

function unknownFlag(name: string, known: readonly string[]): Failure {
  const meant = nearest(name, known)
  return new Failure("invalid.flag-unknown", `There is no flag --${name} here.`, {
    at: `--${name}`,
    hint: meant ? `Did you mean --${meant}?` : "--help shows the flags.",
  })
}

function placeBare(
  bare: readonly string[],
  positional: readonly string[],
  fields: readonly Field[],
  put: (field: Field, text: string) => void,
): void {
  const places = positional.map((name) => fields.find((f) => f.name === name)).filter((f) => f !== undefined)
  let at = 0
  for (const word of bare) {
    const field = places[at]
    if (!field)
      throw new Failure("invalid.word", `"${word}" stands where nothing is expected.`, {
        at: word,
        hint: "Values go behind their flag: --help shows the flags.",
      })
    put(field, word)
    if (!field.repeats) at++
  }
}
