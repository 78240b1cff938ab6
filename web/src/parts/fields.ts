/** Lines of a text field that hold something. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((l) => l.trim())
    .filter((l) => l !== "")

/** Names in a text field, separated by commas or lines. */
export const namesIn = (words: string): string[] =>
  words
    .split(/[,،\n]/)
    .map((w) => w.trim())
    .filter((w) => w !== "")

/** What a date field holds, as UTC; undefined when it is empty. All dates that are typed in are UTC, and their labels say so. */
export function utcOf(local: string): string | undefined {
  const ms = Date.parse(`${local}Z`)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
