import { join } from "node:path"
import { DAY } from "./calendar.ts"
import { BEACHES, BORDER, STORE, TRANSIT_TOWNS } from "./geography.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import type { World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import type { Rng } from "./rng.ts"
import type { TruthFolder, TruthLeads } from "./truth.ts"
import { type Cell, CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = [
  "item",
  "what",
  "make",
  "model",
  "serial",
  "serial_state",
  "quantity",
  "power_hp",
  "length_m",
  "date",
  "place",
  "lat",
  "lon",
  "driver",
  "driver_phone",
  "holder",
  "plate",
  "circumstances",
  "power",
  "safety",
] as const

const MAPPING = {
  title: "Seized boats, engines and equipment",
  table: CSV_FORM,
  id: "item",
  records: ["hull", "engine", ""].map((type) => ({
    kind: "seizure",
    when: type === "" ? { column: "what", not: ["hull", "engine"] } : { column: "what", is: [type] },
    fields: {
      what: "what",
      make: "make",
      model: "model",
      serial: "serial",
      serialState: "serial_state",
      quantity: "quantity",
      powerHp: "power_hp",
      lengthM: "length_m",
      placeName: "place",
      lat: "lat",
      lon: "lon",
      circumstances: "circumstances",
      legalPower: "power",
      safetyItem: { column: "safety", values: { yes: true, no: false } },
    },
    at: { column: "date", format: "ymd", zone: "Europe/Paris" },
    parties: [
      ...(type === ""
        ? []
        : [
            {
              part: "holder",
              name: "holder",
              ids: [{ type, column: "serial", ...(type === "engine" ? { issuer: { column: "make" } } : {}) }],
            },
          ]),
      {
        part: "driver",
        name: "driver",
        ids: [
          { type: "phone", column: "driver_phone" },
          { type: "plate", column: "plate" },
        ],
      },
    ],
  })),
}

interface Run {
  supplier: Person | null
  make: string
  model: string
  prefix: string
  next: number
  serials: string[]
  lawful: string[]
}

const MAKES: readonly (readonly [string, string, string])[] = [
  ["Haidong Marine", "HD40", "HD40K"],
  ["Marlok", "M40-S", "MLK4"],
  ["Sevenline", "SL40", "7L40A"],
]

/** Seizures of hulls and engines, three production runs behind the engines, and a fishing co-operative that bought out of one of them. */
export function writeBoats(world: World, evidence: string, leads: TruthLeads, truth: TruthFolder): FileCount[] {
  const rng = world.rng.fork("boats")
  const p = world.draw.parameters
  const suppliers = world.facilitators.filter((f) => f.stage === 7)
  const size = world.draw.scale === "S" ? 3 : world.draw.scale === "M" ? 8 : 24
  const runs: Run[] = Array.from({ length: size }, (_, i) => {
    const [make, model, prefix] = MAKES[i % MAKES.length]!
    return {
      supplier: suppliers.length > 0 ? suppliers[i % suppliers.length]! : null,
      make,
      model,
      prefix,
      next: rng.integer(10_000, 90_000),
      serials: [],
      lawful: [],
    }
  })
  const serialOf = (run: Run) => {
    run.next += rng.integer(1, p.runGapHigh)
    return `${run.prefix}${String(run.next).padStart(6, "0")}`
  }
  const counts: FileCount[] = []
  const seizures = world.draw.smuggling ? p.boatSeizures : 1
  const lastHull: string[] = []
  for (let s = 0; s < seizures; s++) {
    const launch = rng.pick(world.launches)
    const at = launch.at - rng.uniform(0, 12) * DAY
    const place = s % 3 === 0 ? BORDER : s % 3 === 1 ? STORE : rng.pick([...BEACHES, TRANSIT_TOWNS[7]!])
    const id = `BOAT${String(s + 1).padStart(2, "0")}`
    const run = runs[s % runs.length]!
    const drivers = launch.crew.filter((f) => f.stage === 5 || f.stage === 7)
    const driver = drivers.length > 0 ? rng.pick(drivers) : null
    const rows: Cell[][] = []
    const common = (what: string) => {
      const stamp = new Date(at).toISOString().slice(0, 10)
      return {
        what,
        place: place.latin,
        lat: place.lat,
        lon: place.lon,
        stamp,
        driver: driver ? driver.name.latin : "",
        phone: driver ? simAt(driver, at).number : "",
      }
    }
    const plate = `OS-${rng.pick(["XA", "XB", "XC"])} ${rng.digits(4)}`
    const add = (
      what: string,
      make: string,
      model: string,
      serial: string,
      state: string,
      quantity: number,
      hp: number | "",
      length: number | "",
      safety: boolean,
    ) => {
      const c = common(what)
      rows.push([
        `${id}-${rows.length + 1}`,
        what,
        make,
        model,
        serial,
        state,
        quantity,
        hp,
        length,
        c.stamp,
        c.place,
        c.lat,
        c.lon,
        c.driver,
        c.phone,
        "",
        plate,
        world.draw.smuggling ? "in a van behind a forerunner car" : "declared; papers in order; given back the next day",
        "customs and BSAIA 2025 s.13",
        safety ? "yes" : "no",
      ])
    }
    const hulls = world.draw.smuggling ? share(p.hulls, seizures, s) : 4
    for (let i = 0; i < hulls; i++) {
      const [win, state] = hullMark(world, rng, lastHull)
      add("hull", "no maker's plate", "", win, state, 1, "", rng.pick([8, 8.5, 9, 9.2, 12]), false)
    }
    const engines = world.draw.smuggling ? share(p.engines, seizures, s) : 4
    for (let i = 0; i < engines; i++) {
      const serial = serialOf(run)
      const state =
        !world.draw.smuggling || rng.chance(p.engineReadable)
          ? "read"
          : rng.chance(p.engineGround / (1 - Math.min(0.95, p.engineReadable)))
            ? "defaced"
            : "absent"
      if (state === "read") {
        run.serials.push(serial)
        truth.identity("engine", serial, run.supplier?.id ?? "", "", "", id)
      }
      add("engine", run.make, run.model, state === "read" ? serial : "", state, 1, 40, "", false)
    }
    add("pump", "", "", "", "", rng.integer(2, 30), "", "", false)
    add("life-jackets", "", "", "", "", rng.integer(20, 160), "", "", true)
    const folder = putSheet(
      evidence,
      id,
      sheet(`${id}/01`, at, place, {
        kind: "boat",
        title: `Hulls, engines and equipment found at ${place.latin}`,
        authority: "Customs control, report on the spot",
        power: "customs and BSAIA 2025 s.13",
        grounds: world.draw.smuggling
          ? "Load was not declared; hulls without plates folded behind furniture."
          : "Stopped for a check of the load.",
        seizureEvent: eventOf(`stop-${id.slice(4)}`, place === BORDER ? "border" : "stop", place, at),
        region: "DE",
        language: "de",
        holder: { description: "driver of the van", standing: "unknown" },
        files: { "seizure.csv": { mapping: MAPPING } },
      }),
    )
    counts.push(countFor(`${id}/seizure.csv`, { seizure: writeCsv(join(folder, "seizure.csv"), HEADER, rows) }))
  }
  counts.push(fishers(world, evidence, runs[0]!, serialOf, leads))
  for (const run of runs) leads.engineRuns.push({ supplier: run.supplier?.id ?? null, serials: run.serials, lawful: run.lawful })
  return counts
}

const share = (total: number, parts: number, i: number) => Math.floor(total / parts) + (i < total % parts ? 1 : 0)

/** The craft identification number on a hull (EN ISO 10087): none, copied from another or false, partial, readable. */
function hullMark(world: World, rng: Rng, seen: string[]): [string, string] {
  const p = world.draw.parameters
  const fresh = () => `CN-XQD${rng.digits(5)}-${rng.pick([..."ABCDEFGHIJKL"])}5-26`
  const draw = world.draw.smuggling ? rng.unit() : 1
  if (draw < p.hullNone) return ["", "absent"]
  if (draw < p.hullNone + p.hullFalse) {
    const copied = seen.length > 0 && rng.chance(0.5) ? rng.pick(seen) : fresh().replace(/-(.)5-26$/, "-$13-99")
    return [copied, "copied"]
  }
  if (draw < p.hullNone + p.hullFalse + p.hullPartial) return [fresh().replace(/\d{3}-/, "???-"), "partial"]
  const win = fresh()
  seen.push(win)
  return [win, "read"]
}

/** Lawful engines of the same production run: a co-operative's own list, handed in when asked. */
function fishers(world: World, evidence: string, run: Run, serialOf: (run: Run) => string, leads: TruthLeads): FileCount {
  const place = BEACHES[3]!
  const at = world.launches.at(-1)!.at
  const rows = world.services.fishers.map((fisher, i) => {
    const serial = serialOf(run)
    run.lawful.push(serial)
    return [
      `COOP-${i + 1}`,
      "engine",
      run.make,
      run.model,
      serial,
      "read",
      1,
      40,
      "",
      new Date(at).toISOString().slice(0, 10),
      place.latin,
      place.lat,
      place.lon,
      "",
      "",
      fisher.name.latin,
      "",
      "listed by a fishing co-operative at our request; invoices seen",
      "handed over",
      "no",
    ]
  })
  leads.trails.push({ kind: "fishing co-operative", about: run.lawful.join(" "), says: "engines of the same run, bought openly" })
  const folder = putSheet(
    evidence,
    "COOP01",
    sheet("COOP01/01", at, place, {
      kind: "engine",
      title: "Engines of a fishing co-operative, its own list",
      authority: "Handed over on request",
      power: "none needed; voluntary",
      grounds: "Serials near those seized were sold to the co-operative.",
      seizureEvent: eventOf("handover-coop", "handover", place, at),
      region: "FR",
      language: "fr",
      holder: { description: "fishing co-operative", standing: "unknown" },
      files: { "engines.csv": { mapping: MAPPING } },
    }),
  )
  return countFor("COOP01/engines.csv", { seizure: writeCsv(join(folder, "engines.csv"), HEADER, rows) })
}
