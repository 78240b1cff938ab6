import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import { codeAt, type Deposit, depositAlias, type Outlet } from "./money.ts"
import { drawName, spelledName } from "./names.ts"
import type { World } from "./operation.ts"
import type { Rng } from "./rng.ts"
import { easternDigits } from "./talk.ts"
import type { TruthFolder } from "./truth.ts"
import { type Cell, CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = [
  "page",
  "line",
  "date",
  "code",
  "name",
  "phone",
  "amount",
  "currency",
  "in_out",
  "counter_outlet",
  "commission",
  "rate",
  "status",
  "released",
  "note",
  "struck_out",
  "reader",
  "second_reading",
  "outlet",
] as const

/** How the transcription's columns are read; written here by hand, as a transcriber would hand it in. */
const MAPPING = {
  title: "Transcribed exchange book",
  table: CSV_FORM,
  ditto: true,
  records: ["in", "out"].map((side) => ({
    kind: "book-entry",
    when: { column: "in_out", is: [side] },
    fields: {
      amount: "amount",
      currency: "currency",
      side: "in_out",
      code: "code",
      commission: "commission",
      rate: "rate",
      status: "status",
      releasedAt: "released",
      note: "note",
      page: "page",
      line: "line",
      struckOut: { column: "struck_out", values: { x: true } },
      reader: "reader",
      secondReading: "second_reading",
    },
    at: { column: "date", format: "dmy", zone: "Asia/Baghdad" },
    parties: [
      { part: "outlet", name: "outlet", ids: [{ type: "outlet", column: "outlet" }] },
      {
        part: side === "in" ? "payer" : "payee",
        name: "name",
        ids: [
          { type: "alias", column: "name" },
          { type: "phone", column: "phone" },
        ],
      },
      { part: "counter-outlet", name: "counter_outlet", ids: [{ type: "outlet", column: "counter_outlet" }] },
    ],
  })),
}

interface Entry {
  at: number
  code: string
  name: string
  /** Truth only: who stands behind the name. */
  person: string
  phone: string
  amount: number
  currency: string
  side: "in" | "out"
  counter: string
  commission: number | null
  status: string
  releasedAt: number | null
  note: string
}

const CURRENCIES = ["USD", "IQD", "EUR", "GBP", "TRY"] as const
const ORDINARY: readonly (readonly [string, number, number, readonly string[]])[] = [
  // Purpose, share, median in USD, notes as they are written.
  ["remittance", 52, 260, ["بۆ ماڵەوە", "حەواڵە", "بۆ دایک", ""]],
  ["rent", 14, 350, ["کرێی خانوو", "ایجار"]],
  ["tuition", 10, 900, ["قوتابخانە", "زانکۆ", "قسط"]],
  ["cars", 12, 6500, ["سەیارە", "نرخی سەیارە", "سيارة"]],
  ["medicine", 12, 480, ["نەخۆشخانە", "عەمەلیات", "دەرمان"]],
]

/** Partial books of a few exchanges, transcribed from photographs: mostly other people's ordinary money. */
export function writeBooks(world: World, evidence: string, truth: TruthFolder): FileCount[] {
  const p = world.draw.parameters
  const exchanges = world.outlets.filter((o) => o.kind === "exchange")
  const honest = exchanges.filter((o) => !o.arranges)
  const arranging = exchanges.filter((o) => o.arranges).toSorted((a, b) => depositsAt(world, b).length - depositsAt(world, a).length)
  const chosen: Outlet[] = []
  for (let i = 0; i < p.books; i++) {
    const next = i % 3 === 1 ? honest.shift() : (arranging.shift() ?? honest.shift())
    if (next) chosen.push(next)
  }
  const each = Math.round(p.bookLines / chosen.length)
  const takers = chosen.filter((o) => o.arranges).length
  const counts: FileCount[] = []
  chosen.forEach((outlet, i) => {
    const journey = outlet.arranges ? Math.round((p.bookLines * p.bookJourneyShare) / Math.max(1, takers)) : 0
    counts.push(...writeBook(world, outlet, `BOOK${String(i + 1).padStart(2, "0")}`, each, journey, evidence, truth))
  })
  return counts
}

function depositsAt(world: World, outlet: Outlet): Deposit[] {
  return [...world.deposits.values()].filter((d) => d.outlet === outlet)
}

function writeBook(
  world: World,
  outlet: Outlet,
  id: string,
  lines: number,
  journey: number,
  evidence: string,
  truth: TruthFolder,
): FileCount[] {
  const rng = world.rng.fork(`book/${id}`)
  // Partial: pages of five to nine months of the window.
  const length = (WINDOW.to - WINDOW.from) * rng.uniform(0.55, 0.85)
  const from = WINDOW.from + rng.uniform(0, WINDOW.to - WINDOW.from - length)
  const to = from + length
  const entries: Entry[] = []
  const deposits = rng.shuffle(depositsAt(world, outlet))
  for (const deposit of deposits) {
    if (entries.length >= journey) break
    for (const entry of journeyEntries(world, rng, deposit))
      if (entry.at >= from && entry.at < to && entries.length < journey) {
        entries.push(entry)
        truth.identity("alias", entry.name, entry.person, "", "", `${id}:${entry.code}`)
      }
  }
  while (entries.length < lines) {
    const entry = ordinaryEntry(world, rng, outlet, from, to)
    entries.push(entry, ...lawfulRelease(rng, entry, to).slice(0, lines - entries.length - 1))
  }
  entries.sort((a, b) => a.at - b.at)
  const folder = putSheet(
    evidence,
    id,
    sheet(`${id}/01`, to + 5 * DAY, outlet.town, {
      kind: "book",
      title: `Book of an exchange in ${outlet.town.latin}, transcribed from photographs`,
      authority: `Investigating judge's order 2026/${rng.integer(100, 999)}`,
      power: "Kurdistan Region, Code of Criminal Procedure, search of premises",
      grounds: "Named in messages of passengers as the place where money for crossings is left.",
      seizureEvent: eventOf(`book-${id.slice(4)}`, "book", outlet.town, to + 5 * DAY),
      zone: "Asia/Baghdad",
      holder: { description: "owner of the exchange", standing: "unknown" },
      files: { "book.csv": { mapping: MAPPING } },
    }),
  )
  const n = writeCsv(join(folder, "book.csv"), HEADER, bookRows(world, rng, outlet, entries))
  return [countFor(`${id}/book.csv`, { "book-entry": n })]
}

function journeyEntries(world: World, rng: Rng, deposit: Deposit): Entry[] {
  const p = world.draw.parameters
  const short = rng.chance(p.bookAliasOnly)
  const name = short ? deposit.alias : deposit.passenger.name.native
  const phone = short ? "" : deposit.passenger.sims[0]!.number
  const base = { person: deposit.passenger.id, code: deposit.code, currency: deposit.currency, counter: "", phone }
  const note = rng.weighted(["ئەمانەت", "امانت", "سەفەر", "گەیم", ""], [22, 10, 8, 5, 55])
  // What becomes of the money is mostly not written beside it; it shows in a later line, if that page is there.
  const told = rng.chance(0.35)
  const first = deposit.instalment > 0 ? Math.round((deposit.amount * (1 - deposit.instalment)) / 50) * 50 : deposit.amount
  const entries: Entry[] = [
    {
      ...base,
      at: deposit.paidAt,
      name,
      amount: first,
      side: "in",
      commission: null,
      status: told ? deposit.state : "",
      releasedAt: told && deposit.state === "released" ? deposit.settledAt : null,
      note,
    },
  ]
  if (deposit.instalment > 0)
    entries.push({
      ...base,
      at: deposit.paidAt + rng.uniform(2, 20) * DAY,
      name: deposit.alias,
      amount: deposit.amount - first,
      side: "in",
      commission: null,
      status: "",
      releasedAt: null,
      note,
    })
  if (deposit.settledAt !== null) {
    const commission = deposit.state === "released" ? Math.round(rng.uniform(3, 10) * 2) / 2 : null
    const bosses = deposit.launch.crew.filter((f) => f.nicknames.length > 0 && (f.stage === 10 || f.stage === 8 || f.stage === 2))
    const boss = deposit.state === "released" && bosses.length > 0 ? rng.pick(bosses) : null
    const payee = deposit.state === "refunded" ? deposit.alias : boss ? boss.nicknames[0]![1] : "کاکە"
    entries.push({
      ...base,
      at: deposit.settledAt,
      name: payee,
      person: boss ? boss.id : deposit.state === "refunded" ? deposit.passenger.id : "",
      phone: "",
      amount: Math.round(deposit.amount * (1 - (commission ?? 0) / 100)),
      side: "out",
      commission,
      status: told ? deposit.state : "",
      releasedAt: null,
      note: deposit.state === "refunded" ? "گەڕایەوە" : "",
    })
  }
  return entries
}

function ordinaryEntry(world: World, rng: Rng, outlet: Outlet, from: number, to: number): Entry {
  const p = world.draw.parameters
  const [, , median, notes] = rng.weighted(
    ORDINARY,
    ORDINARY.map((o) => o[1]),
  )
  const currency = rng.weighted(CURRENCIES, [48, 32, 10, 6, 4])
  const rate = currency === "IQD" ? 1480 : currency === "TRY" ? 41 : 1
  const raw = rng.logNormal(median, 0.7) * rate
  const step = currency === "IQD" ? 5000 : 10
  const other = rng.pick(world.outlets.filter((o) => o !== outlet))
  const at = from + rng.unit() * (to - from)
  const short = rng.chance(p.bookAliasOnly)
  const name = drawName(rng, rng.pick(["sorani", "sorani", "arabic", "kurmanji"] as const), rng.chance(0.25))
  return {
    at,
    code: codeAt(outlet, rng, at),
    person: "",
    name: short ? depositAlias(rng, { name } as Deposit["passenger"]) : rng.chance(0.7) ? name.native : spelledName(rng, name, 3),
    phone: short || !rng.chance(0.3) ? "" : world.registry.exchange.number("IQ"),
    amount: Math.max(step, Math.round(raw / step) * step),
    currency,
    side: rng.chance(0.52) ? "in" : "out",
    counter: rng.chance(0.7) ? other.native : "",
    commission: rng.chance(0.4) ? Math.round(rng.uniform(1, 3) * 2) / 2 : null,
    status: "",
    releasedAt: null,
    note: rng.pick(notes),
  }
}

/** Money held for a lawful reason and paid out under its code: a car until its papers come, a remittance until it is fetched. */
function lawfulRelease(rng: Rng, entry: Entry, to: number): Entry[] {
  if (entry.side !== "in" || !rng.chance(0.18)) return []
  const at = entry.at + (rng.chance(0.4) ? rng.uniform(4, 30) : rng.uniform(0.1, 3)) * DAY
  if (at >= to) return []
  const commission = Math.round(rng.uniform(1, 3) * 2) / 2
  entry.status = rng.chance(0.35) ? "released" : ""
  entry.releasedAt = entry.status === "" ? null : at
  if (rng.chance(0.3)) entry.note = rng.pick(["ئەمانەت", "امانت"])
  return [
    {
      ...entry,
      at,
      side: "out",
      name: rng.chance(0.5) ? entry.name : drawName(rng, "sorani", false).parts[0]![1],
      phone: "",
      counter: "",
      amount: Math.round(entry.amount * (1 - commission / 100)),
      commission,
      status: "",
      releasedAt: null,
      note: "",
    },
  ]
}

const LINES_A_PAGE = 22

/** The entries as they stand on paper: other digits, no year, no currency, ditto marks, struck out, read twice. */
function* bookRows(world: World, rng: Rng, outlet: Outlet, entries: readonly Entry[]): Generator<readonly Cell[]> {
  const p = world.draw.parameters
  let before: { date: string; currency: string } | null = null
  for (const [i, e] of entries.entries()) {
    const line = (i % LINES_A_PAGE) + 1
    if (line === 1) before = null
    const eastern = rng.chance(p.bookArabicDigits)
    const digits = (text: string) => (eastern ? easternDigits(text, "sorani") : text)
    const day = new Date(e.at)
    const short = `${day.getUTCDate()}/${day.getUTCMonth() + 1}`
    const date = digits(rng.chance(p.bookYearMissing) ? short : `${short}/${day.getUTCFullYear()}`)
    const amount = digits(String(e.amount))
    const ditto = before !== null && rng.chance(p.bookDitto)
    const sameDay = ditto && before?.date === date
    const currency = ditto && before?.currency === e.currency ? "〃" : rng.chance(p.bookCurrencyMissing) ? "" : e.currency
    const rate = e.currency === "IQD" ? String(1480 + rng.integer(-15, 15)) : ""
    const wrong = rng.chance(p.bookTwoReadings)
    const second = wrong ? digits(String(e.amount).replace(/[1-9]/, (d) => String((Number(d) % 9) + 1))) : ""
    const released = e.releasedAt === null ? "" : new Date(e.releasedAt).toISOString().slice(0, 10)
    yield [
      Math.floor(i / LINES_A_PAGE) + 1,
      line,
      sameDay ? "〃" : date,
      digits(e.code),
      e.name,
      e.phone,
      amount,
      currency,
      e.side,
      e.counter,
      e.commission === null ? "" : digits(String(e.commission)),
      digits(rate),
      e.status,
      released,
      e.note,
      rng.chance(p.bookStruckOut) ? "x" : "",
      rng.pick(["reader 1", "reader 2"]),
      second,
      outlet.native,
    ]
    before = { date, currency: e.currency }
  }
}
