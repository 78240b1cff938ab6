import { join } from "node:path"
import { DAY, HOUR, MINUTE, WINDOW } from "./calendar.ts"
import { BORDER, CAMPS, STORE, type Town, TRANSIT_TOWNS, UK_TOWNS } from "./geography.ts"
import { putSheet, registerSheet } from "./material.ts"
import { drawName } from "./names.ts"
import { writeNotices } from "./notices.ts"
import { deviceNumbers } from "./numbers.ts"
import type { World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import { visible } from "./plan.ts"
import { type Cell, CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"
import { writeXlsx } from "./writers/xlsx.ts"

const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ")

/** What carriers, customs, cameras and money businesses hand over on request. */
export async function writeRegisters(world: World, evidence: string): Promise<FileCount[]> {
  return [
    ...callData(world, evidence),
    numberPlates(world, evidence),
    customs(world, evidence),
    ...writeNotices(world, evidence),
    await moneyBusiness(world, evidence),
  ]
}

const CALL_HEADER = ["caller", "callee", "start", "duration_s", "type", "cell_id", "lat", "lon", "azimuth", "imei"] as const
const CALL_MAPPING = {
  title: "Call data",
  table: CSV_FORM,
  records: [
    {
      kind: "call-data",
      fields: { type: "type", durationS: "duration_s", cell: "cell_id", lat: "lat", lon: "lon", azimuth: "azimuth" },
      at: { column: "start", format: "ymd", zone: "UTC" },
      parties: [
        {
          part: "caller",
          ids: [
            { type: "phone", column: "caller" },
            { type: "imei", column: "imei" },
          ],
        },
        { part: "callee", ids: [{ type: "phone", column: "callee" }] },
      ],
    },
  ],
}

/** Call data of a few numbers over about sixty days each: those of aides under suspicion. */
function callData(world: World, evidence: string): FileCount[] {
  const rng = world.rng.fork("call data")
  const p = world.draw.parameters
  const able = world.facilitators.filter((f) => f.stage === 8 || f.stage === 5 || f.stage === 7)
  const out: FileCount[] = []
  for (let i = 0; i < p.callDataNumbers; i++) {
    const owner = able.length > 0 ? rng.pick(able) : world.services.taxis[0]!
    const from = WINDOW.from + rng.uniform(10, 150) * DAY
    const to = Math.min(WINDOW.to, from + p.callDataDays * DAY)
    const id = `CDR${String(i + 1).padStart(2, "0")}`
    const { imei } = deviceNumbers(rng)
    const ties = world.ties.flatMap((t) => (t.a === owner ? [t.b] : t.b === owner ? [t.a] : [])).filter((x) => visible(world, x))
    const strangers = Array.from({ length: 12 }, () => world.registry.exchange.number(rng.pick(["FR", "IQ", "TR"] as const)))
    const rows: Cell[][] = []
    for (let day = from; day < to; day += DAY)
      for (let k = rng.poisson(5); k > 0; k--) {
        const at = day + rng.uniform(8, 24) * HOUR
        const own = simAt(owner, at).number
        const tie: Person | null = ties.length > 0 && rng.chance(0.3) ? rng.pick(ties) : null
        const other = tie ? simAt(tie, at).number : rng.chance(0.1) ? simAt(world.services.taxis[0]!, at).number : rng.pick(strangers)
        const cell = rng.pick(CAMPS)
        const out_ = rng.chance(0.5)
        rows.push([
          out_ ? own : other,
          out_ ? other : own,
          stamp(at),
          rng.chance(0.7) ? Math.round(rng.logNormal(60, 1)) : 0,
          rng.chance(0.85) ? "voice" : "sms",
          `208-01-${rng.integer(1000, 1040)}`,
          cell.lat,
          cell.lon,
          rng.pick([0, 120, 240]),
          out_ ? imei : "",
        ])
      }
    const folder = putSheet(
      evidence,
      id,
      registerSheet(
        `${id}/01`,
        CAMPS[0]!,
        to + 4 * DAY,
        "Call data of one number",
        "Investigatory Powers Act 2016 Part 3, via partner",
        { "calls.csv": { mapping: CALL_MAPPING } },
        "FR",
      ),
    )
    out.push(countFor(`${id}/calls.csv`, { "call-data": writeCsv(join(folder, "calls.csv"), CALL_HEADER, rows) }))
  }
  return out
}

const PLATE_MAPPING = {
  title: "Number-plate readings",
  table: CSV_FORM,
  records: [
    {
      kind: "number-plate",
      fields: { placeName: "place", lat: "lat", lon: "lon", camera: "camera", confidence: "confidence", heading: "heading" },
      at: { column: "read_at", format: "ymd", zone: "UTC" },
      parties: [{ part: "driver", ids: [{ type: "plate", column: "plate" }] }],
    },
  ],
}

/** A van and the car that drives ahead of it, among other traffic on the same road. */
function numberPlates(world: World, evidence: string): FileCount {
  const rng = world.rng.fork("plates")
  const rows: Cell[][] = []
  const road = [BORDER, STORE, CAMPS[0]!]
  const add = (plate: string, place: Town, at: number) =>
    rows.push([
      plate,
      stamp(at),
      place.latin,
      place.lat,
      place.lon,
      `CAM-${place.latin.slice(0, 3).toUpperCase()}-${rng.integer(1, 4)}`,
      Math.round(rng.uniform(0.82, 0.99) * 100) / 100,
      "W",
    ])
  const pairs = Array.from({ length: 4 }, () => [`OS XA ${rng.digits(4)}`, `OS XB ${rng.digits(4)}`] as const)
  for (let i = 0; i < (world.draw.smuggling ? 14 : 0); i++) {
    const [front, van] = rng.pick(pairs)
    let at = rng.pick(world.launches).at - rng.uniform(2, 9) * DAY
    for (const place of road.slice(rng.integer(0, 1))) {
      add(front, place, at)
      add(van, place, at + rng.uniform(4, 12) * MINUTE)
      at += rng.uniform(7, 11) * HOUR
    }
  }
  for (let i = 0; i < 60; i++)
    add(`OS X${rng.pick([..."CDEFG"])} ${rng.digits(4)}`, rng.pick(road), WINDOW.from + rng.unit() * (WINDOW.to - WINDOW.from))
  const header = ["plate", "read_at", "place", "lat", "lon", "camera", "confidence", "heading"]
  const folder = putSheet(
    evidence,
    "ANPR01",
    registerSheet(
      "ANPR01/01",
      STORE,
      WINDOW.to - 4 * DAY,
      "Number-plate readings on one road",
      "partner request",
      { "readings.csv": { mapping: PLATE_MAPPING } },
      "DE",
    ),
  )
  rows.sort((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1))
  return countFor("ANPR01/readings.csv", { "number-plate": writeCsv(join(folder, "readings.csv"), header, rows) })
}

const CUSTOMS_MAPPING = {
  title: "Customs declarations",
  table: CSV_FORM,
  id: "declaration",
  records: [
    {
      kind: "customs",
      fields: {
        declaration: "declaration",
        goods: "goods",
        hsCode: "hs_code",
        quantity: "quantity",
        weightKg: "weight_kg",
        origin: "origin",
        destination: "destination",
        amount: "value",
        currency: "currency",
      },
      at: { column: "date", format: "ymd", zone: "UTC" },
      parties: [
        { part: "consignor", name: "consignor", ids: [{ type: "name", column: "consignor" }] },
        {
          part: "consignee",
          name: "consignee",
          ids: [
            { type: "name", column: "consignee" },
            { type: "phone", column: "phone" },
          ],
        },
      ],
    },
  ],
}

function customs(world: World, evidence: string): FileCount {
  const rng = world.rng.fork("customs")
  const suppliers = world.facilitators.filter((f) => f.stage === 7)
  const makers = ["Haidong Marine Works", "Marlok Outboards", "Sevenline Leisure"]
  const rows = Array.from({ length: 46 }, (_, i) => {
    const ours = suppliers.length > 0 && rng.chance(0.25) ? rng.pick(suppliers) : null
    const consignee = ours ?? { name: drawName(rng, rng.pick(["german", "turkish", "french"] as const), false) }
    const goods = rng.pick(["inflatable boats, leisure", "outboard engines under 50 hp", "camping goods", "spare parts"])
    const at = WINDOW.from + rng.unit() * (WINDOW.to - WINDOW.from)
    return [
      `26DE${rng.digits(10)}`,
      new Date(at).toISOString().slice(0, 10),
      goods,
      goods.startsWith("infl") ? "8903.11" : goods.startsWith("outb") ? "8407.21" : "6306.22",
      rng.integer(1, ours ? 30 : 6),
      rng.integer(40, 2400),
      rng.pick(["CN", "TR"]),
      "DE",
      rng.integer(8, 300) * 100,
      "EUR",
      rng.pick(makers),
      consignee.name.latin,
      ours ? simAt(ours, at).number : i % 3 === 0 ? world.registry.exchange.number("DE") : "",
    ]
  })
  const header = [
    "declaration",
    "date",
    "goods",
    "hs_code",
    "quantity",
    "weight_kg",
    "origin",
    "destination",
    "value",
    "currency",
    "consignor",
    "consignee",
    "phone",
  ]
  const folder = putSheet(
    evidence,
    "CUST01",
    registerSheet(
      "CUST01/01",
      STORE,
      WINDOW.to - 4 * DAY,
      "Customs declarations of boats and engines",
      "BSAIA 2025 s.30 and partner request",
      { "declarations.csv": { mapping: CUSTOMS_MAPPING } },
      "DE",
    ),
  )
  return countFor("CUST01/declarations.csv", { customs: writeCsv(join(folder, "declarations.csv"), header, rows) })
}

const MONEY_MAPPING = {
  title: "Records of a money business",
  table: { header: true },
  id: "reference",
  records: [
    {
      kind: "transfer",
      fields: {
        amount: "amount",
        currency: "currency",
        method: "method",
        purpose: "purpose",
        reference: "reference",
        fee: "fee",
        status: "status",
        nativeId: "reference",
      },
      at: { column: "date", format: "ymd", zone: "Europe/London" },
      parties: [
        {
          part: "payer",
          name: "sender",
          ids: [{ type: "phone", column: "sender_phone" }],
        },
        { part: "payee", name: "receiver", ids: [{ type: "phone", column: "receiver_phone" }] },
        { part: "counter-outlet", name: "paid_out_at", ids: [{ type: "outlet", column: "paid_out_at" }] },
      ],
    },
  ],
}

/** A registered money business in Britain: mostly people who send money home, now and then an aide who is paid. */
async function moneyBusiness(world: World, evidence: string): Promise<FileCount> {
  const rng = world.rng.fork("money business")
  const n = world.draw.scale === "S" ? 220 : world.draw.scale === "M" ? 2400 : 9000
  const watchers = world.facilitators.filter((f) => f.stage === 9 || f.stage === 10)
  const rows = Array.from({ length: n }, (_, i) => {
    const ours = watchers.length > 0 && rng.chance(0.06) ? rng.pick(watchers) : null
    const at = WINDOW.from + rng.unit() * (WINDOW.to - WINDOW.from)
    const sender = ours?.name ?? drawName(rng, rng.pick(["sorani", "arabic", "persian"] as const), rng.chance(0.35))
    const receiver = drawName(rng, "sorani", rng.chance(0.4))
    const amount = ours ? rng.integer(6, 19) * 100 : Math.max(20, Math.round(rng.logNormal(180, 0.8) / 10) * 10)
    return [
      `MB${String(i + 1).padStart(6, "0")}`,
      stamp(at),
      sender.latin,
      ours ? simAt(ours, at).number : rng.chance(0.4) ? world.registry.exchange.number("IQ") : "",
      receiver.latin,
      rng.chance(0.5) ? world.registry.exchange.number("IQ") : "",
      amount,
      "GBP",
      Math.round(amount * rng.uniform(1, 3)) / 100,
      "msb",
      rng.pick(["family support", "family support", "medical", "rent", "tuition", "gift"]),
      "paid",
      rng.pick(world.outlets).latin,
    ]
  })
  const header = [
    "reference",
    "date",
    "sender",
    "sender_phone",
    "receiver",
    "receiver_phone",
    "amount",
    "currency",
    "fee",
    "method",
    "purpose",
    "status",
    "paid_out_at",
  ]
  const place = UK_TOWNS[3] ?? TRANSIT_TOWNS[0]!
  const folder = putSheet(
    evidence,
    "MSB01",
    registerSheet(
      "MSB01/01",
      place,
      WINDOW.to - 6 * DAY,
      "Transfers of a registered money business",
      "POCA 2002 production order",
      { "transfers.xlsx": { mapping: MONEY_MAPPING } },
      "GB",
    ),
  )
  return countFor("MSB01/transfers.xlsx", { transfer: await writeXlsx(join(folder, "transfers.xlsx"), "Transfers", header, rows) })
}
