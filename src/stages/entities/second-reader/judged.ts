/** A decision that a second reader may have to read, and that another row undoes. */
export interface Readable {
  id: string
  access_class: number
  /** Why a second reader is asked for; nothing where none is. */
  consequences: string[]
  reason: string
  decided_by: string
  team: string
  decided_at: Date
  /** The decision that this row undoes. */
  withdraws: string | null
}

/** What a second reader said of a decision. */
export interface ReadingRow {
  decision: string
  access_class: number
  agrees: boolean
  reason: string
  read_by: string
  team: string
  read_at: Date
}

/** What became of a decision. Only `in-force` counts. */
export const STATES = ["in-force", "waits", "refused", "undone"] as const
export type DecisionState = (typeof STATES)[number]

export interface Judged<Row extends Readable> {
  row: Row
  state: DecisionState
  reading: ReadingRow | null
  /** The row that undoes it, or would. */
  undoing: Judged<Row> | null
}

/** Decisions with what became of them, oldest first; undoings stand beside what they undo. */
export function judged<Row extends Readable>(rows: readonly Row[], readings: readonly ReadingRow[]): Judged<Row>[] {
  const readingOf = new Map(readings.map((r) => [r.decision, r]))
  const alone = (row: Row): Judged<Row> => {
    const reading = readingOf.get(row.id) ?? null
    const state = row.consequences.length === 0 ? "in-force" : reading === null ? "waits" : reading.agrees ? "in-force" : "refused"
    return { row, state, reading, undoing: null }
  }
  const undoings = Map.groupBy(rows.filter((r) => r.withdraws !== null).map(alone), (u) => u.row.withdraws!)
  return rows
    .filter((r) => r.withdraws === null)
    .map((row) => {
      const own = alone(row)
      const tries = undoings.get(row.id) ?? []
      // One that a second reader refused is past; it may be asked for again.
      const undoing = tries.find((u) => u.state === "in-force") ?? tries.find((u) => u.state === "waits") ?? null
      return { ...own, undoing, state: undoing?.state === "in-force" ? "undone" : own.state }
    })
}
