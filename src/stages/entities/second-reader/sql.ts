import type { Tx } from "#store"
import type { ReadingRow } from "./judged.ts"

/** The table of one sort of decisions, and the table of what second readers say of them. */
export interface Tables {
  decisions: string
  readings: string
}

const READING = ["decision", "access_class", "agrees", "reason", "read_by", "team", "read_at"] as const

/** False when somebody read it before. */
export async function insertReading(tx: Tx, { readings }: Tables, r: ReadingRow): Promise<boolean> {
  const done = await tx.query(
    `insert into ${readings} (${READING.join(", ")}) values ($1,$2,$3,$4,$5,$6,$7) on conflict do nothing`,
    READING.map((column) => r[column]),
  )
  return done.rowCount === 1
}

/** What was said of the decisions of an investigation that the transaction's classes show. */
export async function selectReadings(tx: Tx, { decisions, readings }: Tables, investigation: string): Promise<ReadingRow[]> {
  const { rows } = await tx.query<ReadingRow & Record<string, unknown>>(
    `select ${READING.map((column) => `r.${column}`).join(", ")}
     from ${readings} r join ${decisions} d on d.id = r.decision where d.investigation = $1 order by r.decision`,
    [investigation],
  )
  return rows
}
