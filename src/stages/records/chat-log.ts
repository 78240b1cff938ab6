import type { Identifier, Party } from "#vocabulary/record"
import type { Line } from "./text-source.ts"

/** One message of a text export: its first line and those that go on with it. */
export interface Entry<Head> {
  head: Head
  /** Text behind the head, lines joined by `\n`. */
  text: string
  /** Line number of the first line. */
  line: number
  byteStart: number
  byteEnd: number
  sound: boolean
}

/** What stands before the first message. */
interface Preface {
  text: string
  line: number
  byteStart: number
  byteEnd: number
}

/** Longest message in UTF-16 units; what is beyond it is cut, and the entry is unsound. */
const LONGEST = 4_000_000

/** Lines put together to messages; `headOf` gives null for a line that goes on with the one before. */
export async function* entries<Head extends { rest: string }>(
  source: AsyncIterable<Line>,
  headOf: (line: string) => Head | null,
  preface: (found: Preface) => void,
): AsyncGenerator<Entry<Head>> {
  let open: Entry<Head> | undefined
  let parts: string[] = []
  let units = 0
  let before: Preface | undefined
  const whole = (entry: Entry<Head>): Entry<Head> => ({ ...entry, text: parts.join("\n").replace(/\n+$/, "") })
  for await (const line of source) {
    const head = headOf(line.text)
    if (head) {
      if (open) yield whole(open)
      if (before) preface(before)
      before = undefined
      open = { head, text: "", line: line.number, byteStart: line.byteStart, byteEnd: line.byteEnd, sound: line.sound }
      parts = [head.rest]
      units = head.rest.length
    } else if (open) {
      open.byteEnd = line.byteEnd
      open.sound &&= line.sound && units + line.text.length <= LONGEST
      if (units + line.text.length <= LONGEST) parts.push(line.text)
      units += line.text.length
    } else if (line.text.trim() !== "" || before) {
      before = before
        ? { ...before, byteEnd: line.byteEnd }
        : { text: line.text, line: line.number, byteStart: line.byteStart, byteEnd: line.byteEnd }
    }
  }
  if (open) yield whole(open)
  if (before) preface(before)
}

/** Marks that change nothing but the direction in which a line is drawn. */
export function unmarked(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]/g, "")
}

/** The name before the first colon of a message line, and the text behind it; null when there is no such name. */
export function speaker(text: string): { name: string; body: string } | null {
  const m = /^([^\n]{1,200}?):(?=[\s\u200e\u200f\u202f\u00a0]|$)[ \u00a0\u202f]?/.exec(text)
  const name = unmarked(m?.[1] ?? "")
    .replace(/^[~\s]+/, "")
    .trim()
  return m && name !== "" ? { name, body: text.slice(m[0].length) } : null
}

/** A party of a chat export: a number is an identifier, anything else a name that the exporter's phone shows. */
export function participant(part: Party["part"], shown: string, platform: string, isPhone: (text: string) => boolean): Party {
  const ids: Identifier[] = isPhone(shown) ? [{ type: "phone", raw: shown, platform }] : []
  return { part, ids, name: ids.length > 0 ? null : shown }
}
