import { NAME_REASONS, type NameReason } from "#vocabulary/name-reasons"

/** Why two names are alike or not: a code, and the words that it is about. */
export interface Reason {
  code: NameReason
  /** Words of the name with fewer words (of two as long, the first in the order of letters), then of the other. */
  left: string
  right: string
}

/** A reason in English words. */
export function inWords({ code, left, right }: Reason): string {
  if (left === "" && right === "") return NAME_REASONS[code]
  if (code === "without" || code === "differs") return `${NAME_REASONS[code]}: ${[left, right].filter(Boolean).join(", ")}`
  return `${NAME_REASONS[code]}: ${left} = ${right}`
}
