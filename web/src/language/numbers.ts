import i18next from "i18next"

/** Sorani by hand: browsers often lack its data, and then silently write English. */
const DIGITS = "٠١٢٣٤٥٦٧٨٩"
const MONTHS_CKB = [
  "کانوونی دووەم",
  "شوبات",
  "ئازار",
  "نیسان",
  "ئایار",
  "حوزەیران",
  "تەمموز",
  "ئاب",
  "ئەیلوول",
  "تشرینی یەکەم",
  "تشرینی دووەم",
  "کانوونی یەکەم",
]
const MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** Western digits and separators as the language writes them. Only for figures that this page makes, never for data. */
export function digits(text: string): string {
  if (i18next.language !== "ckb") return text
  return text.replace(/[0-9,.%]/g, (c) => (c === "," ? "٬" : c === "." ? "٫" : c === "%" ? "٪" : DIGITS[Number(c)]!))
}

const grouped = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 4, minimumFractionDigits: 4 })
const few = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 0, signDisplay: "negative" })
const change = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" })

export const whole = (n: number): string => digits(grouped.format(n))
export const score = (n: number): string => digits(fine.format(n))
export const decimal = (n: number): string => digits(few.format(n))
export const share = (n: number): string => digits(percent.format(n))
/** More or less by so much: with its sign, unless it rounds to nothing. */
export const signedShare = (n: number): string => digits(change.format(n))

const two = (n: number): string => String(n).padStart(2, "0")

/** A moment in UTC, which is said beside it. `seconds` where the source is that fine. */
export function moment(iso: string, seconds = false): string {
  const d = new Date(iso)
  if (Number.isNaN(d.getTime())) return iso
  const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${seconds ? `:${two(d.getUTCSeconds())}` : ""}`
  return `${day(iso)}${i18next.language === "ckb" ? "، " : ", "}${digits(clock)} UTC`
}

export function day(iso: string): string {
  const d = new Date(iso)
  if (Number.isNaN(d.getTime())) return iso
  return i18next.language === "ckb"
    ? `${digits(String(d.getUTCDate()))}ی ${MONTHS_CKB[d.getUTCMonth()]}ی ${digits(String(d.getUTCFullYear()))}`
    : `${d.getUTCDate()} ${MONTHS_EN[d.getUTCMonth()]} ${d.getUTCFullYear()}`
}

const UNITS = ["B", "kB", "MB", "GB", "TB"]

export function size(bytes: number): string {
  let n = bytes
  let unit = 0
  while (n >= 1000 && unit < UNITS.length - 1) {
    n /= 1000
    unit++
  }
  return `${digits(few.format(n))} ${UNITS[unit]}`
}
