import { createHash } from "node:crypto"
import { open } from "node:fs/promises"
import { extname, resolve } from "node:path"
import type { Answer, Procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { csvLine, harmless, table, wording } from "./print.ts"
import { type Terminal, write } from "./terminal.ts"

export interface Delivery {
  json: boolean
  /** A file instead of standard output. */
  out: string | undefined
  /** What was asked: the form of rows may follow from it. */
  input: Record<string, unknown>
}

/** Failed after half of the answer was written: nothing may follow it there. */
export class Broken extends Error {}

type Told = Exclude<Answer, { shape: "job" }>
const ROWS_A_TABLE = 200

/** Hands an answer over: to the file if one was named, else to standard output, as one JSON value or in words. */
export async function deliver(answer: Told, procedure: Procedure, delivery: Delivery, terminal: Terminal): Promise<void> {
  const rowsAs = answer.shape === "rows" ? procedure.rowsAs?.(delivery.input) : undefined
  if (delivery.out !== undefined) return toFile(answer, resolve(terminal.folder, delivery.out), rowsAs, delivery.json, terminal)
  const { stdout } = terminal
  switch (answer.shape) {
    case "value":
      await write(
        stdout,
        `${delivery.json ? JSON.stringify(answer.value ?? null) : (procedure.show?.(answer.value) ?? wording(answer.value))}\n`,
      )
      return
    case "rows":
      if (delivery.json) return toJsonArray(answer.rows, stdout)
      if (!rowsAs) return toTables(answer.rows, terminal)
      for await (const part of written(answer.rows, rowsAs)) await write(stdout, part)
      return
    case "events":
      if (delivery.json) return toJsonArray(answer.events, stdout)
      for await (const event of answer.events) await write(stdout, `${procedure.show?.(event) ?? wording(event)}\n`)
      return
    case "bytes": {
      const { mediaType, name } = answer.bytes
      const textual = /^text\/|\b(nd)?json\b|\bxml\b/.test(mediaType)
      if (!textual && (delivery.json || stdout.isTTY))
        throw new Failure("invalid.out-missing", `The answer is a file (${mediaType}).`, {
          at: "--out",
          hint: `Say where it goes: --out ${name ?? "FILE"}.`,
        })
      if (!delivery.json) {
        for await (const part of answer.bytes.body) await write(stdout, part as Uint8Array)
        return
      }
      const parts: Uint8Array[] = []
      for await (const part of answer.bytes.body) parts.push(typeof part === "string" ? Buffer.from(part) : part)
      const text = Buffer.concat(parts).toString("utf8")
      await write(stdout, `${JSON.stringify(/\bjson\b/.test(mediaType) ? JSON.parse(text) : { mediaType, name: name ?? null, text })}\n`)
    }
  }
}

/** So much is held back: an answer that fails before is one failure, not half an array. */
const HELD_CHARACTERS = 4_000_000

async function toJsonArray(rows: AsyncIterable<unknown>, stdout: Terminal["stdout"]): Promise<void> {
  let held = "["
  let begun = false
  let before = ""
  try {
    for await (const row of rows) {
      held += before + JSON.stringify(row)
      before = ",\n"
      if (held.length < HELD_CHARACTERS) continue
      await write(stdout, held)
      begun = true
      held = ""
    }
  } catch (cause) {
    throw begun ? new Broken("half an array was written", { cause }) : cause
  }
  await write(stdout, `${held}]\n`)
}

async function toTables(rows: AsyncIterable<unknown>, { stdout }: Terminal): Promise<void> {
  let held: Record<string, unknown>[] = []
  let count = 0
  const show = async () => {
    if (held.length > 0) await write(stdout, `${table(held)}\n`)
    held = []
  }
  for await (const row of rows) {
    count++
    held.push(row !== null && typeof row === "object" ? (row as Record<string, unknown>) : { value: row })
    if (held.length === ROWS_A_TABLE) await show()
  }
  await show()
  if (count === 0) await write(stdout, "none\n")
}

/** Tells on standard output what was written; after a failure, nothing: then the file is not the whole. */
async function toFile(answer: Told, path: string, rowsAs: RowForm | undefined, json: boolean, { stdout }: Terminal): Promise<void> {
  const sum = createHash("sha256")
  let sizeBytes = 0
  const cannot = (cause: unknown) =>
    new Failure("invalid.out", `${path} cannot be written (${(cause as NodeJS.ErrnoException).code}).`, {
      at: "--out",
      hint: "Choose another place.",
      cause,
    })
  const file = await open(path, "w", 0o600).catch((cause: unknown) => {
    throw cannot(cause)
  })
  try {
    for await (const part of partsOf(answer, formOf(path) ?? rowsAs)) {
      sum.update(part)
      sizeBytes += part.length
      await file.writeFile(part).catch((cause: unknown) => {
        throw cannot(cause)
      })
    }
  } finally {
    await file.close()
  }
  const told = { out: path, sizeBytes, sha256: sum.digest("hex") }
  await write(stdout, json ? `${JSON.stringify(told)}\n` : `${harmless(path)}: ${sizeBytes} bytes, SHA-256 ${told.sha256}\n`)
}

type RowForm = "csv" | "ndjson" | "array"

function formOf(path: string): RowForm | undefined {
  const ending = extname(path).toLowerCase()
  if (ending === ".csv") return "csv"
  if (ending === ".json") return "array"
  return ending === ".ndjson" || ending === ".jsonl" ? "ndjson" : undefined
}

async function* partsOf(answer: Told, form: RowForm = "array"): AsyncGenerator<Buffer> {
  if (answer.shape === "bytes") for await (const part of answer.bytes.body) yield Buffer.from(part as Uint8Array)
  else if (answer.shape === "value") yield Buffer.from(`${JSON.stringify(answer.value ?? null)}\n`)
  else for await (const part of written(answer.shape === "rows" ? answer.rows : answer.events, form)) yield Buffer.from(part)
}

/** Rows as CSV with the first row's fields as columns, as a line of JSON each, or as one JSON array. */
async function* written(rows: AsyncIterable<unknown>, form: RowForm): AsyncGenerator<string> {
  let columns: string[] | null = null
  let before = "["
  for await (const row of rows) {
    if (form === "ndjson") yield `${JSON.stringify(row)}\n`
    else if (form === "csv") {
      const fields = row !== null && typeof row === "object" ? (row as Record<string, unknown>) : { value: row }
      if (!columns) {
        columns = Object.keys(fields)
        yield csvLine(columns)
      }
      yield csvLine(columns.map((c) => fields[c]))
    } else {
      yield before + JSON.stringify(row)
      before = ",\n"
    }
  }
  if (form === "array") yield before === "[" ? "[]\n" : "]\n"
}
