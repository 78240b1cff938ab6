/**
 * Craft identification numbers (WIN, HIN, CIN): EN ISO 10087 as required by Directive 2013/53/EU annex I A 2.1 and Regulation (EU)
 * 2017/1. Fourteen characters: country 2, maker 3, serial 5, month letter A to L and last digit of the year of production, model
 * year 2. In the United States (33 CFR 181.25) twelve, without country. There is no check digit: a number that has the right shape
 * can still be invented or copied, and many seized inflatables have none.
 */
import { alpha2Of } from "./countries.ts"
import { tidyUpper } from "./digits.ts"
import type { Normalised } from "./values.ts"

export type HullState = "read" | "partial" | "absent" | "defaced" | "malformed"

export interface HullReading {
  state: HullState
  /** Normal form `CC-MMMSSSSS-MY-YY` when read, else what stood there, in capitals. */
  norm: string
  country: string | null
  maker: string | null
  serial: string | null
  /** 1 to 12, and the last digit of the year of production. */
  month: number | null
  yearDigit: number | null
  /** Two digits. */
  modelYear: string | null
  /** Why it is not a possible number; empty when it is. */
  faults: string[]
  /** What was assumed on the way: letters read as digits, no country written. */
  notes: string[]
}

const DEFACED = /ground|filed|removed|obliterat|defaced|scratched|illegible|unreadable|burn/i
const ABSENT =
  /^(?:none|absent|missing|no(?: (?:win|hin|cin|number|mark|marks))?|not (?:present|found|marked|marqué)|nil|n\/?a|-+|sans|aucun|keine?|yok|لا يوجد|ندارد|نییە)$/i
const NOTHING = { country: null, maker: null, serial: null, month: null, yearDigit: null, modelYear: null } as const

const AS_DIGIT: Readonly<Record<string, string>> = { O: "0", Q: "0", D: "0", I: "1", L: "1", Z: "2", S: "5", B: "8" }
const AS_LETTER: Readonly<Record<string, string>> = { "0": "O", "1": "I" }

function unread(state: HullState, norm: string, why: string): HullReading {
  return { state, norm, ...NOTHING, faults: [why], notes: [] }
}

/** Whether a digit of the production year can go with a two-digit model year: the same year, the one before, the one after. */
function yearsAgree(digit: number, modelYear: number): boolean {
  const apart = (((modelYear - digit) % 10) + 10) % 10
  return apart === 0 || apart === 1 || apart === 9
}

/** Reads a number as written on the hull or in a report. Never throws; what cannot be read has a state that says why. */
export function readHull(raw: string): HullReading {
  const text = tidyUpper(raw)
  if (text === "" || ABSENT.test(text)) return unread("absent", "", "no number on the hull")
  if (DEFACED.test(text) && !/[A-Z0-9]{10}/.test(text)) return unread("defaced", "", "the number was made unreadable")
  const body = text.replace(/^(?:WIN|HIN|CIN|HULL(?: (?:NO|ID|NUMBER))?)\s*[.:#]*\s*(?=[A-Z0-9?*]{2})/, "").replace(/[\s\-–—/.:]/g, "")
  if (/[?*_#…]/.test(body)) return unread("partial", body, "characters that could not be read")
  if (!/^[A-Z0-9]+$/.test(body)) return unread("malformed", body, "characters that a number does not have")
  if (body.length === 12)
    return fields(`US${body}`, body, ["twelve characters: read as a number of the United States, country not written"])
  if (body.length < 14) return unread("partial", body, `${body.length} of 14 characters`)
  if (body.length > 14) return unread("malformed", body, `${body.length} characters, a number has 14`)
  return fields(body, body, [])
}

function fields(full: string, written: string, notes: string[]): HullReading {
  const faults: string[] = []
  const turned = new Set<string>()
  const turn = (part: string, table: Readonly<Record<string, string>>) =>
    part.replace(/./g, (c) => {
      const other = Object.hasOwn(table, c) ? table[c]! : c
      if (other !== c) turned.add(`${c} read as ${other}`)
      return other
    })
  const country = turn(full.slice(0, 2), AS_LETTER)
  const maker = turn(full.slice(2, 5), AS_LETTER)
  // The serial has neither O nor I nor Q (33 CFR 181.25 b), so that they can only be misread digits.
  const serial = turn(full.slice(5, 10), { O: "0", Q: "0", I: "1" })
  const monthLetter = turn(full[10]!, { "1": "I", "8": "B" })
  const yearDigit = turn(full[11]!, AS_DIGIT)
  const modelYear = turn(full.slice(12), AS_DIGIT)
  const month = monthLetter.charCodeAt(0) - 64
  if (alpha2Of(country) === null) faults.push(`${country} is no country`)
  if (month < 1 || month > 12) faults.push(`${monthLetter} is no month: A to L`)
  if (!/^\d$/.test(yearDigit)) faults.push(`${yearDigit} is no digit of a year`)
  if (!/^\d\d$/.test(modelYear)) faults.push(`${modelYear} is no model year`)
  if (faults.length > 0) return { state: "malformed", norm: written, ...NOTHING, faults, notes }
  if (!yearsAgree(Number(yearDigit), Number(modelYear))) faults.push(`production digit ${yearDigit} does not fit model year ${modelYear}`)
  return {
    state: "read",
    norm: `${country}-${maker}${serial}-${monthLetter}${yearDigit}-${modelYear}`,
    country,
    maker,
    serial,
    month,
    yearDigit: Number(yearDigit),
    modelYear,
    faults,
    notes: [...notes, ...turned],
  }
}

/** Valid: `CC-MMMSSSSS-MY-YY` with a possible country, month and pair of years. */
export function hull(raw: string): Normalised {
  const reading = readHull(raw)
  const reason = [...reading.faults, ...reading.notes].join("; ")
  return { norm: reading.norm, valid: reading.state === "read" && reading.faults.length === 0, reason }
}
