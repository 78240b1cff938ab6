import { rmSync } from "node:fs"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"

/** An SQLite file made in one transaction per table. Its bytes depend on what goes in and on the library's version alone. */
export class Database {
  #db: DatabaseSync
  constructor(path: string, schema: string) {
    rmSync(path, { force: true })
    this.#db = new DatabaseSync(path)
    this.#db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
    this.#db.exec(schema)
  }
  /** Inserts rows that all have the same columns; returns how many. */
  fill(table: string, columns: readonly string[], rows: Iterable<readonly SQLInputValue[]>): number {
    const statement = this.#db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`)
    let n = 0
    this.#db.exec("BEGIN")
    for (const row of rows) {
      statement.run(...row)
      n++
    }
    this.#db.exec("COMMIT")
    return n
  }
  close(): void {
    this.#db.close()
  }
}
