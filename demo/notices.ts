import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { LANDINGS, UK_TOWNS } from "./geography.ts"
import { putSheet, registerSheet } from "./material.ts"
import { drawName, spelledName } from "./names.ts"
import type { World } from "./operation.ts"
import { type Cell, CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

/** What is public: how many arrived on each day, and who is wanted by name. */
export function writeNotices(world: World, evidence: string): FileCount[] {
  return [arrivals(world, evidence), wanted(world, evidence)]
}

const ARRIVALS_MAPPING = {
  title: "Arrivals by day, whole country",
  table: CSV_FORM,
  records: [
    {
      kind: "event",
      fields: { what: "what", placeName: "place", lat: "lat", lon: "lon", summary: "summary" },
      at: { column: "date", format: "ymd", zone: "Europe/London" },
      parties: [],
    },
  ],
}

/** Arrivals of the whole country: the measure against which a fall after an arrest must be held. */
function arrivals(world: World, evidence: string): FileCount {
  const rng = world.rng.fork("arrivals")
  const place = LANDINGS[0]!
  const rows = world.days.map((day): Cell[] => {
    const people = Array.from({ length: day.boats }, () => Math.max(8, Math.round(rng.normal(62, 11)))).reduce((a, b) => a + b, 0)
    return [
      new Date(day.at).toISOString().slice(0, 10),
      "arrivals",
      place.latin,
      place.lat,
      place.lon,
      `${day.boats} boats, ${people} people`,
    ]
  })
  const files = { "arrivals.csv": { mapping: ARRIVALS_MAPPING } }
  const folder = putSheet(
    evidence,
    "ARR01",
    registerSheet("ARR01/01", place, WINDOW.to - DAY, "Arrivals by day, whole country", "public", files, "GB"),
  )
  return countFor("ARR01/arrivals.csv", {
    event: writeCsv(join(folder, "arrivals.csv"), ["date", "what", "place", "lat", "lon", "summary"], rows),
  })
}

const WANTED_MAPPING = {
  title: "Wanted notices",
  table: CSV_FORM,
  id: "notice",
  records: [
    {
      kind: "listing",
      fields: {
        list: "list",
        program: "ground",
        entryType: "type",
        birthDate: "born",
        nationality: "nationality",
        remarks: "remarks",
        nativeId: "notice",
      },
      parties: [{ part: "subject", name: "name", ids: [{ type: "name", column: "name" }] }],
    },
  ],
}

/** Wanted notices of a partner: one of the principals by name, in one of its spellings, among people of other cases. */
function wanted(world: World, evidence: string): FileCount {
  const rng = world.rng.fork("wanted")
  const sought = world.facilitators.filter((f) => f.wanted)
  const others = Array.from({ length: 24 }, () =>
    drawName(rng, rng.pick(["sorani", "arabic", "turkish", "persian", "albanian"] as const), false),
  )
  const names = [
    ...sought.map((f) => ({ name: spelledName(rng, f.name, 3), born: f.birthDate, ground: "facilitation" })),
    ...others.map((n) => ({
      name: n.latin,
      born: `${rng.integer(1965, 2000)}-0${rng.integer(1, 9)}-${rng.integer(10, 28)}`,
      ground: rng.pick(["fraud", "theft", "drugs", "assault"]),
    })),
  ]
  const rows = rng
    .shuffle(names)
    .map((n, i): Cell[] => [
      `WN-${String(i + 1).padStart(4, "0")}`,
      "partner's wanted notices",
      n.ground,
      "individual",
      n.name,
      n.born,
      rng.pick(["IQ", "TR", ""]),
      "",
    ])
  const files = { "notices.csv": { mapping: WANTED_MAPPING } }
  const place = UK_TOWNS[0]!
  const folder = putSheet(
    evidence,
    "WANT01",
    registerSheet("WANT01/01", place, WINDOW.to - 2 * DAY, "Wanted notices of a partner", "police-to-police exchange", files, "GB"),
  )
  const header = ["notice", "list", "ground", "type", "name", "born", "nationality", "remarks"]
  return countFor("WANT01/notices.csv", { listing: writeCsv(join(folder, "notices.csv"), header, rows) })
}
