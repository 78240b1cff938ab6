import type { Marking } from "#vocabulary/marking-join"

/** How an answer is marked, as the node tells it. */
export interface Mark {
  marking: Marking
  banner: string
  withheld: string[]
}

const marks = new Map<string, Mark | null>()
const keyOf = (name: string, input: unknown): string => `${name} ${JSON.stringify(input)}`

/** Keeps how the answer to a question is marked; null for one that rests on no material. */
export function noteMark(name: string, input: unknown, mark: Mark | null): void {
  marks.set(keyOf(name, input), mark)
}

/** How the answer to a question was marked when it came. */
export const markNoted = (name: string, input: unknown): Mark | null => marks.get(keyOf(name, input)) ?? null

/** Reads the mark off an answer's head. */
export function markOf(response: Response): Mark | null {
  const told = response.headers.get("x-linchpin-mark")
  return told === null ? null : (JSON.parse(decodeURIComponent(told)) as Mark)
}
