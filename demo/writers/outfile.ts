import { closeSync, openSync, writeSync } from "node:fs"

const CHUNK = 1 << 18

/** A text file written in chunks: memory stays flat however long it gets. */
export class OutFile {
  #fd: number
  #held: string[] = []
  #length = 0
  constructor(path: string) {
    this.#fd = openSync(path, "w")
  }
  write(text: string): void {
    this.#held.push(text)
    this.#length += text.length
    if (this.#length > CHUNK) this.#flush()
  }
  #flush(): void {
    const bytes = Buffer.from(this.#held.join(""), "utf8")
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
    this.#held = []
    this.#length = 0
  }
  close(): void {
    this.#flush()
    closeSync(this.#fd)
  }
}

/** How `writeCsv` writes, for the mapping on a sheet (RFC 4180). */
export const CSV_FORM = { encoding: "utf-8", separator: ",", quote: '"', header: true } as const

export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ""
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export type Cell = string | number | boolean | null | undefined

/** A CSV file with a header row; returns the number of data rows. */
export function writeCsv(path: string, header: readonly string[], rows: Iterable<readonly Cell[]>): number {
  const out = new OutFile(path)
  out.write(`${header.map(csvCell).join(",")}\n`)
  let n = 0
  for (const row of rows) {
    out.write(`${row.map(csvCell).join(",")}\n`)
    n++
  }
  out.close()
  return n
}
