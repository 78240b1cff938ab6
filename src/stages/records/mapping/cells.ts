import { tidy } from "#vocabulary/digits"
import { epochMoment } from "#vocabulary/epochs"
import type { ColumnType } from "#vocabulary/kinds"
import type { Moment } from "#vocabulary/record"
import { readMoment, type TimeContext } from "#vocabulary/time"
import { countryOf } from "./issuers.ts"

/** Cells as values. Each answers `undefined` for a filled cell that it cannot read: the caller keeps the words. */

const YES = /^(?:yes|y|true|1|x|✓|✔|ja|oui|evet|نعم|بله|بەڵێ)$/iu
const NO = /^(?:no|n|false|0|nein|non|hayır|لا|خیر|نەخێر|-)$/iu

export function booleanOf(text: string): boolean | undefined {
  const word = tidy(text)
  return YES.test(word) ? true : NO.test(word) ? false : undefined
}

/**
 * A number with the separators of any of the routes. With one kind of sign followed by exactly three digits both readings are
 * possible: `decimal` decides, else a comma groups and a point divides, except where it repeats.
 */
export function numberOf(text: string, decimal?: "." | "," | undefined): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text)
  const bare = tidy(text)
    .replace(/[\s'’\u066c_]/g, "")
    .replace(/\u066b/g, ".")
    .replace(/^\u2212/, "-")
  if (/^[-+]?\d+$/.test(bare)) return Number(bare)
  if (/^[-+]?\d*\.?\d+[eE][-+]?\d+$/.test(bare)) return Number(bare)
  if (!/^[-+]?[\d.,]*\d[\d.,]*$/.test(bare)) return undefined
  const points = bare.split(".").length - 1
  const commas = bare.split(",").length - 1
  const grouped = (sign: string) => new RegExp(`^[-+]?\\d{1,3}(?:\\${sign}\\d{3})+$`)
  if (points > 0 && commas > 0) {
    const last = bare.lastIndexOf(".") > bare.lastIndexOf(",") ? "." : ","
    const group = last === "." ? "," : "."
    const [whole, part] = [bare.slice(0, bare.lastIndexOf(last)), bare.slice(bare.lastIndexOf(last) + 1)]
    if (whole.includes(last) || !grouped(group).test(whole)) return undefined
    return Number(`${whole.replaceAll(group, "")}.${part}`)
  }
  const sign = points > 0 ? "." : ","
  const count = points + commas
  const asGroups = grouped(sign).test(bare)
  if (asGroups && (count > 1 || (decimal === undefined ? sign === "," : decimal !== sign))) return Number(bare.replaceAll(sign, ""))
  return count === 1 ? Number(bare.replace(sign, ".")) : undefined
}

/** Seconds of `137`, `02:17` (minutes and seconds), `00:02:17`, `2m 17s`. */
export function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const bare = tidy(text)
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$/.exec(bare)
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  const words = /^(?:(\d+) ?h(?:ours?|rs?)?)? ?(?:(\d+) ?m(?:in(?:utes?)?)?)? ?(?:(\d+) ?s(?:ec(?:onds?)?)?)?$/i.exec(bare)
  if (words !== null && bare !== "") return Number(words[1] ?? 0) * 3600 + Number(words[2] ?? 0) * 60 + Number(words[3] ?? 0)
  const number = numberOf(bare)
  return number === undefined || number < 0 ? undefined : Math.round(number)
}

const INWARD =
  /^(?:in|incoming|inbound|received|mt|mtc|terminating|terminated|credit|cr|c|eingehend|ankommend|ein|haben|entrant|reçu|crédit|وارد|دائن|ورودی|بستانکار|هاتوو|gelen|giriş|alacak|\+)$/iu
const OUTWARD =
  /^(?:out|outgoing|outbound|sent|mo|moc|originating|originated|debit|dr|d|ausgehend|abgehend|aus|soll|sortant|émis|débit|صادر|مدين|خروجی|بدهکار|چوو|ڕۆشتوو|giden|çıkış|borç|-)$/iu

/** `in`, `out`, or the word as written. */
export function directionOf(text: string): string {
  const word = tidy(text)
  return INWARD.test(word) ? "in" : OUTWARD.test(word) ? "out" : text.trim()
}

export const unread = (raw: string): Moment => ({ ms: null, raw, precision: "unknown", zone: "unknown", calendar: "gregorian" })

const TOKENS = /yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|SSS|a/g
const SHAPES: Readonly<Record<string, string>> = {
  yyyy: "(?<y>\\d{4})",
  yy: "(?<y>\\d{2})",
  MMMM: "(?<b>\\p{L}+)",
  MMM: "(?<b>\\p{L}+)",
  a: "(?<a>\\p{L}[\\p{L}.]*)",
}

/** A date pattern as an expression with named groups; letters y M d H h m s S a count, everything else stands for itself. */
export function patternOf(format: string): RegExp {
  let out = ""
  let at = 0
  for (const token of format.matchAll(TOKENS)) {
    out += format.slice(at, token.index).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    const name = token[0] === "SSS" ? "f" : ({ M: "M", d: "d", H: "H", h: "H", m: "m", s: "s" } as Record<string, string>)[token[0][0]!]
    out += SHAPES[token[0]] ?? (token[0] === "SSS" ? "(?<f>\\d{1,9})" : `(?<${name}>\\d{1,2})`)
    at = token.index + token[0].length
  }
  return new RegExp(`^${out}${format.slice(at).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`, "u")
}

export interface TimeForm {
  format: string | undefined
  pattern: RegExp | null
  context: TimeContext
}

export type TimeAnswer = { moment: Moment; ambiguous: boolean; yearMissing: boolean }

/** A time cell under its mapping. Never refuses: what cannot be read keeps its words with `ms: null`. */
export function momentOf(raw: string, form: TimeForm): TimeAnswer {
  const text = tidy(raw)
  if (form.format === "unix" || form.format === "unix-ms") {
    const moment = epochMoment(text, form.format === "unix" ? "unix-s" : "unix-ms")
    return { moment: moment === null ? unread(raw) : { ...moment, raw }, ambiguous: false, yearMissing: false }
  }
  let asked = raw
  if (form.pattern !== null) {
    const groups = form.pattern.exec(text)?.groups
    if (groups === undefined) return { moment: unread(raw), ambiguous: false, yearMissing: false }
    const two = (part: string | undefined) => (part ?? "1").padStart(2, "0")
    const year = groups["y"]
    const day =
      groups["b"] !== undefined
        ? `${groups["d"] ?? ""} ${groups["b"]} ${year ?? ""}`
        : year === undefined
          ? `${two(groups["d"])}/${two(groups["M"])}`
          : year.length === 2
            ? `${two(groups["d"])}/${two(groups["M"])}/${year}`
            : `${year}-${two(groups["M"])}-${two(groups["d"])}`
    const clock =
      groups["H"] === undefined
        ? ""
        : ` ${two(groups["H"])}:${two(groups["m"] ?? "00")}${groups["s"] === undefined ? "" : `:${two(groups["s"])}`}${groups["f"] === undefined ? "" : `.${groups["f"]}`}`
    asked = `${day}${clock}${groups["a"] === undefined ? "" : ` ${groups["a"]}`}`
  }
  const answer = readMoment(asked, form.pattern === null ? form.context : { ...form.context, order: "dmy" })
  if (!answer.ok) return { moment: unread(raw), ambiguous: false, yearMissing: answer.code === "year-missing" }
  return { moment: { ...answer.moment, raw }, ambiguous: answer.ambiguous && form.pattern === null, yearMissing: false }
}

const DAY_FIELDS = new Set(["birthDate", "expiry"])

/** `1971-06-24`, `1971-06`, `1971` as far as it is known; the words where it is not. */
export function dayOf(raw: string, order: TimeContext["order"]): string {
  const answer = readMoment(raw, { order })
  if (!answer.ok || answer.moment.ms === null) return raw.trim()
  const iso = new Date(answer.moment.ms).toISOString()
  return answer.moment.precision === "year" ? iso.slice(0, 4) : answer.moment.precision === "month" ? iso.slice(0, 7) : iso.slice(0, 10)
}

export interface CellForm {
  field: string
  type: ColumnType
  decimal: "." | "," | undefined
  /** How days and instants in this column are written. */
  time: TimeForm
}

/** The value of a filled cell for a field; `undefined` = it cannot be read as that. */
export function cellValue(raw: string, form: CellForm): unknown {
  switch (form.type) {
    case "text":
      if (form.field === "direction" || form.field === "side") return directionOf(raw)
      if (DAY_FIELDS.has(form.field)) return dayOf(raw, form.time.context.order)
      if (form.field === "issuer") return countryOf(raw) ?? raw.trim()
      if (form.field === "currency" && /^[A-Za-z]{3}$/.test(raw.trim())) return raw.trim().toUpperCase()
      return raw.trim()
    case "integer": {
      const number = form.field === "durationS" ? secondsOf(raw) : numberOf(raw, form.decimal)
      return number === undefined || !Number.isSafeInteger(number) ? undefined : number
    }
    case "number":
      return form.field === "durationS"
        ? secondsOf(raw)
        : numberOf(form.field === "commission" ? raw.replace(/[%٪]\s*$/, "") : raw, form.decimal)
    case "boolean":
      return booleanOf(raw)
    case "instant":
      return momentOf(raw, form.time).moment.ms ?? undefined
    case "json":
      try {
        return JSON.parse(raw) as unknown
      } catch {
        return raw
      }
  }
}
