import type { ItemRow } from "#evidence"
import { after, type GroupId, groupOf, type Line, lineOf } from "./schedule.ts"
import type { ReviewRow } from "./sql.ts"

/** `due`: nobody has decided and the day has come. `destroy`, `hand-back`: it was decided, and it is still here. */
export type ClockState = "running" | "due" | "destroy" | "hand-back"

export interface Clock {
  group: GroupId
  line: Line
  /** The day by which somebody must decide. */
  reviewBy: Date
  state: ClockState
  overdueDays: number
  last: ReviewRow | null
}

const DAY = 86_400_000

/**
 * Where an item's review stands. The clock starts when the item was taken in and starts again with each decision to keep it; a
 * decision to destroy it or to hand it back is an alert until it was carried out.
 */
export function clockOf(item: ItemRow, formats: readonly string[], reviews: readonly ReviewRow[], now: number): Clock {
  const last = reviews.at(-1) ?? null
  const group = last?.grouped ?? groupOf({ onArrival: item.on_arrival, originator: item.originator, formats })
  const line = lineOf(group, item.taken_in_at)
  const reviewBy = last ? (last.keep_until ?? last.decided_at) : after(item.taken_in_at, line.period)
  const overdueDays = Math.max(0, Math.floor((now - reviewBy.getTime()) / DAY))
  const state = last && last.decision !== "keep" ? last.decision : reviewBy.getTime() <= now ? "due" : "running"
  return { group, line, reviewBy, state, overdueDays, last }
}

/** The latest day to which a decision made now may keep an item of the group. */
export const keepAtMost = (group: GroupId, item: ItemRow, now: number): Date => after(new Date(now), lineOf(group, item.taken_in_at).period)
