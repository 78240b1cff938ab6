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
}

type Told = Exclude<Answer, { shape: "job" }>
const ROWS_A_TABLE = 200

/** Hands an answer over: to the file if one was named, else to standard output, as one JSON value or in words. */
export async function deliver(answer: Told, procedure: Procedure, delivery: Delivery, terminal: Terminal): Promise<void> {
  if (delivery.out !== undefined) return toFile(answer, resolve(terminal.folder, delivery.out), delivery.json, terminal)
  const { stdout } = terminal
  switch (answer.shape) {
    case "value":
      await write(
        stdout,
        `${delivery.json ? JSON.stringify(answer.value ?? null) : (procedure.show?.(answer.value) ?? wording(answer.value))}\n`,
      )
      return
    case "rows":
      return delivery.json ? toJsonArray(answer.rows, stdout) : toTables(answer.rows, terminal)
    case "events":
      if (delivery.json) return toJsonArray(answer.events, stdout)
      for await (const event of answer.events) await write(stdout, `${procedure.show?.(event) ?? wording(event)}\n`)
      return
    case "bytes": {
      const { mediaType, name } = answer.bytes
      const textual = /^text\/|[/+](json|xml|csv)\b/.test(mediaType)
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

async function toJsonArray(rows: AsyncIterable<unknown>, stdout: Terminal["stdout"]): Promise<void> {
  let before = "["
  for await (const row of rows) {
    await write(stdout, before + JSON.stringify(row))
    before = ",\n"
  }
  await write(stdout, before === "[" ? "[]\n" : "]\n")
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
async function toFile(answer: Told, path: string, json: boolean, { stdout }: Terminal): Promise<void> {
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
    for await (const part of partsOf(answer, path)) {
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

/** Rows become lines of JSON (.ndjson, .jsonl), CSV (.csv), or one JSON array. */
async function* partsOf(answer: Told, path: string): AsyncGenerator<Buffer> {
  if (answer.shape === "bytes") {
    for await (const part of answer.bytes.body) yield Buffer.from(part as Uint8Array)
    return
  }
  if (answer.shape === "value") {
    yield Buffer.from(`${JSON.stringify(answer.value ?? null)}\n`)
    return
  }
  const kind = extname(path).toLowerCase()
  const rows = answer.shape === "rows" ? answer.rows : answer.events
  let columns: string[] | null = null
  let before = "["
  for await (const row of rows) {
    if (kind === ".csv" && row !== null && typeof row === "object") {
      if (!columns) {
        columns = Object.keys(row)
        yield Buffer.from(csvLine(columns))
      }
      yield Buffer.from(csvLine(columns.map((c) => (row as Record<string, unknown>)[c])))
    } else if (kind === ".ndjson" || kind === ".jsonl") yield Buffer.from(`${JSON.stringify(row)}\n`)
    else {
      yield Buffer.from(before + JSON.stringify(row))
      before = ",\n"
    }
  }
  if (kind !== ".csv" && kind !== ".ndjson" && kind !== ".jsonl") yield Buffer.from(before === "[" ? "[]\n" : "]\n")
}
