import { say } from "#vocabulary/sentences"

/**
 * Birth dates as lists and records write them, as stretches of days: "1967-07-18", "dd/mm/1962", "Feb 1970", "circa 1960", "between 1973
 * 1974". What cannot be read says nothing. Day before month, as in the lists of the United Kingdom and most of the world.
 */
export interface Born {
  /** First and last day that it can be, ISO. */
  from: string
  to: string
  /** One day is stated. */
  exact: boolean
}

/** A weight in hundredths of a bit, with a stable code for translation and the words. */
export interface Weighed {
  code: string
  weight: number
  words: string
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
/** How far "about" reaches to either side, in years. */
const ABOUT_YEARS = 2
const DAY_MS = 86_400_000

const two = (n: number): string => String(n).padStart(2, "0")

function stretch(year: number, month: number | null, day: number | null): Born | null {
  if (year < 1850 || year > 2100 || (month !== null && (month < 1 || month > 12))) return null
  if (month === null) return { from: `${year}-01-01`, to: `${year}-12-31`, exact: false }
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day === null) return { from: `${year}-${two(month)}-01`, to: `${year}-${two(month)}-${two(last)}`, exact: false }
  if (day < 1 || day > last) return null
  const at = `${year}-${two(month)}-${two(day)}`
  return { from: at, to: at, exact: true }
}

const known = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : null

function one(text: string): Born | null {
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(text)
  if (iso) return stretch(Number(iso[1]), known(iso[2]), known(iso[3]))
  const slashed = /^(\d{1,2}|dd)[/.](\d{1,2}|mm)[/.](\d{4})$/i.exec(text)
  if (slashed) {
    const month = known(slashed[2])
    return stretch(Number(slashed[3]), month, month === null ? null : known(slashed[1]))
  }
  const worded = /^(?:(\d{1,2})[ -])?([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})$/i.exec(text)
  if (worded) {
    const month = MONTHS.indexOf(worded[2]!.toLowerCase())
    return month < 0 ? null : stretch(Number(worded[3]), month + 1, known(worded[1]))
  }
  return null
}

/** Every birth date in a text; several stand beside each other behind semicolons. */
export function bornIn(text: string | null | undefined): Born[] {
  return (text ?? "").split(/\s*[;|]\s*/).flatMap((part) => {
    const plain = part.trim()
    const between = /^(?:between\s+)?(\d{4})(?:\s*(?:-|to|and|–)\s*|\s+)(\d{4})$/i.exec(plain)
    if (between) {
      const [from, to] = [stretch(Number(between[1]), null, null), stretch(Number(between[2]), null, null)]
      return from && to && from.from <= to.to ? [{ from: from.from, to: to.to, exact: false }] : []
    }
    const about = /^(?:circa|c\.|ca\.?|about|approximately|approx\.?)\s*(.+)$/i.exec(plain)
    const read = one(about ? about[1]! : plain)
    if (!read) return []
    if (!about) return [read]
    const year = (at: string, by: number) => String(Number(at.slice(0, 4)) + by)
    return [{ from: `${year(read.from, -ABOUT_YEARS)}-01-01`, to: `${year(read.to, ABOUT_YEARS)}-12-31`, exact: false }]
  })
}

/** 1 July is what the Iraqi registry enters for whoever knows only his year, 1 January what host countries do: such a day is a year. */
const isDefault = (born: Born): boolean => born.exact && /-(?:01-01|07-01)$/.test(born.from)

const widened = (born: Born): Born => (isDefault(born) ? stretch(Number(born.from.slice(0, 4)), null, null)! : born)

function pair(a: Born, b: Born): Weighed {
  if (a.exact && b.exact && a.from === b.from)
    return isDefault(a)
      ? {
          code: "birth.default-day",
          weight: 150,
          words: say("weigh.default-day", { day: a.from }),
        }
      : { code: "birth.same-day", weight: 750, words: say("weigh.same-day", { day: a.from }) }
  const swapped = (at: string) => `${at.slice(0, 4)}-${at.slice(8)}-${at.slice(5, 7)}`
  if (a.exact && b.exact && swapped(a.from) === b.from)
    return { code: "birth.swapped", weight: 500, words: say("weigh.swapped", { one: a.from, other: b.from }) }
  const [x, y] = [widened(a), widened(b)]
  const oneYear = x.from.slice(0, 4) === y.to.slice(0, 4) && y.from.slice(0, 4) === x.to.slice(0, 4)
  if (oneYear && !(x.exact && y.exact) && x.from <= y.to && y.from <= x.to)
    return { code: "birth.same-year", weight: 300, words: say("weigh.same-year", { year: x.from.slice(0, 4) }) }
  const both = { one: written(a), other: written(b) }
  if (a.from <= b.to && b.from <= a.to) return { code: "birth.fits", weight: 150, words: say("weigh.fits", both) }
  const days = (Date.parse(a.from > b.from ? a.from : b.from) - Date.parse(a.from > b.from ? b.to : a.to)) / DAY_MS
  if (days <= 366) return { code: "birth.near", weight: -100, words: say("weigh.near", both) }
  if (days <= 3 * 366) return { code: "birth.years", weight: -800, words: say("weigh.years", both) }
  return { code: "birth.different", weight: -2000, words: say("weigh.different", both) }
}

const written = (born: Born): string =>
  born.exact
    ? born.from
    : born.from.slice(0, 4) === born.to.slice(0, 4)
      ? born.from.slice(0, 4)
      : `${born.from.slice(0, 4)}–${born.to.slice(0, 4)}`

/** What the birth dates say for or against one person: the pair that says most for it, since lists give all that were ever used. Null when a side has none. */
export function compareBirths(a: readonly Born[], b: readonly Born[]): Weighed | null {
  const all = a.flatMap((one) => b.map((other) => pair(one, other)))
  return all.sort((x, y) => y.weight - x.weight || (x.words < y.words ? -1 : 1))[0] ?? null
}
