import { z } from "zod"
import { type Judged, type Readable, type ReadingRow, STATES } from "./judged.ts"

/** What a second reader said. */
export const Reading = z.object({ agrees: z.boolean(), reason: z.string(), by: z.string(), at: z.string() })

/** The row that undoes a decision, or would. */
export const Undoing = z.object({
  decision: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(STATES),
  reading: Reading.nullable(),
})

export const readingOf = (reading: ReadingRow | null): z.infer<typeof Reading> | null =>
  reading && { agrees: reading.agrees, reason: reading.reason, by: reading.read_by, at: reading.read_at.toISOString() }

export function undoingOf<Row extends Readable>(undoing: Judged<Row> | null): z.infer<typeof Undoing> | null {
  if (!undoing) return null
  const { row, state, reading } = undoing
  return { decision: row.id, reason: row.reason, by: row.decided_by, at: row.decided_at.toISOString(), state, reading: readingOf(reading) }
}
