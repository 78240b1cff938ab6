import { createReadStream, existsSync, statSync } from "node:fs"
import { Failure } from "#vocabulary/failure"

/** One row of a table of pairs: its columns as they stand, and where it begins. */
export interface PairRow {
  line: number
  cells: Record<string, string>
}

const REQUIRED = ["name1", "name2"]
const AT_MOST = 20_000

const notText = (path: string, cause?: unknown) =>
  new Failure("invalid.pairs-encoding", `${path} is not text in UTF-8.`, { at: path, hint: "Save it as CSV in UTF-8.", cause })

async function* texts(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    for await (const part of createReadStream(path)) yield decoder.decode(part as Uint8Array, { stream: true })
    yield decoder.decode()
  } catch (cause) {
    if (cause instanceof TypeError) throw notText(path, cause)
    throw cause
  }
}

const MARKS: ReadonlySet<string> = new Set([",", '"', "\n"])
const MARK = /[,"\n]/g
const QUOTE = /"/g

/** Where the next mark stands, or the end. */
function endOf(text: string, from: number, mark: RegExp): number {
  mark.lastIndex = from
  return mark.exec(text)?.index ?? text.length
}

/** Rows of comma-separated values after RFC 4180, as they are read; CR LF or LF. `line` counts from 1. */
async function* rowsOf(path: string): AsyncGenerator<{ line: number; cells: string[] }> {
  let cells: string[] = []
  let cell = ""
  let state: "plain" | "quoted" | "closing" = "plain"
  let [line, begun] = [1, 1]
  const broken = (why: string) =>
    new Failure("invalid.pairs-row", `Line ${begun} of ${path}: ${why}.`, {
      at: `line ${begun}`,
      hint: "Mend the row; a quote within quotes is written twice.",
    })
  const ended = () => {
    cells.push(cell)
    const row = { line: begun, cells }
    cells = []
    cell = ""
    state = "plain"
    begun = line
    return row
  }
  for await (const text of texts(path)) {
    for (let at = 0; at < text.length; at++) {
      const c = text[at]!
      // What stands between marks is taken over in one piece: a table has some hundred times more letters than marks.
      if (state === "quoted" ? c !== '"' : state === "plain" && !MARKS.has(c)) {
        const end = endOf(text, at, state === "quoted" ? QUOTE : MARK)
        const piece = text.slice(at, end)
        cell += piece
        if (state === "quoted") for (const letter of piece) if (letter === "\n") line++
        if (cell.length > AT_MOST) throw broken("a cell does not end; a quote is missing")
        at = end - 1
        continue
      }
      if (c === "\n") line++
      if (state === "quoted") state = "closing"
      else if (c === '"' && state === "closing") {
        cell += c
        state = "quoted"
      } else if (c === '"' && cell.trim() === "") {
        cell = ""
        state = "quoted"
      } else if (c === ",") {
        cells.push(cell)
        cell = ""
        state = "plain"
      } else if (c === "\n") {
        if (state === "plain" && cell.endsWith("\r")) cell = cell.slice(0, -1)
        yield ended()
      } else if (state === "closing" && (c === "\r" || c === " ")) continue
      else if (state === "closing") throw broken("something follows a closing quote")
      else cell += c
    }
  }
  if (state === "quoted") throw broken("a quote is not closed")
  if (cell !== "" || cells.length > 0) yield ended()
}

/**
 * Reads a table of name pairs row by row. The first row names the columns, `name1` and `name2` among them; every other column is kept
 * as it is. Empty lines are passed over; cells that a row leaves out at its end are empty.
 */
export async function* readPairs(path: string): AsyncGenerator<PairRow> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Failure("invalid.no-such-path", `There is no file at ${path}.`, { at: path })
  let columns: string[] | null = null
  /** Place of the last column that every row must have. */
  let last = 0
  for await (const { line, cells } of rowsOf(path)) {
    if (cells.length === 1 && cells[0]!.trim() === "") continue
    if (!columns) {
      columns = cells.map((name, at) => (at === 0 ? name.replace(/^\ufeff/, "") : name).trim())
      const missing = REQUIRED.filter((name) => !columns!.includes(name))
      if (missing.length > 0)
        throw new Failure("invalid.pairs-columns", `${path} has no column ${missing.join(" and ")}.`, {
          at: "line 1",
          hint: "The first line names the columns: name1,name2 and, if you like, schema (Person, Company, Vessel).",
        })
      last = Math.max(...REQUIRED.map((name) => columns!.indexOf(name)))
      continue
    }
    // What a row leaves out at its end is empty; a cell too many is a name with a comma that was not quoted.
    if (cells.length > columns.length || cells.length <= last)
      throw new Failure("invalid.pairs-row", `Line ${line} of ${path}: ${cells.length} cells under ${columns.length} columns.`, {
        at: `line ${line}`,
        hint: "A name with a comma stands in double quotes.",
      })
    yield { line, cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ""])) }
  }
  if (!columns)
    throw new Failure("invalid.pairs-columns", `${path} is empty.`, {
      at: "line 1",
      hint: "The first line names the columns: name1,name2.",
    })
}
