import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { BORDER, HOME_TOWNS, type Town, TRANSIT_TOWNS } from "./geography.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import { drawName, type Name } from "./names.ts"
import type { World } from "./operation.ts"
import type { Person } from "./people.ts"
import type { Rng } from "./rng.ts"
import type { TruthFolder, TruthLeads } from "./truth.ts"
import { CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = [
  "inspection",
  "date",
  "place",
  "document_type",
  "issuer",
  "number",
  "mrz",
  "holder",
  "birth_date",
  "expiry",
  "outcome",
  "false_class",
  "level",
  "features",
  "findings",
] as const

const MAPPING = {
  title: "Travel-document inspections",
  table: CSV_FORM,
  id: "inspection",
  records: [
    {
      kind: "document-inspection",
      fields: {
        documentType: "document_type",
        issuer: "issuer",
        number: "number",
        mrz: "mrz",
        birthDate: "birth_date",
        expiry: "expiry",
        outcome: "outcome",
        falseClass: "false_class",
        level: "level",
        features: "features",
        findings: "findings",
      },
      at: { column: "date", format: "ymd" },
      parties: [{ part: "holder", name: "holder", ids: [{ type: "document", column: "number", issuer: { column: "issuer" } }] }],
    },
  ],
}

/** ICAO Doc 9303-3: weights 7, 3, 1; A-Z = 10-35; filler = 0; modulo 10. */
export function checkDigit(field: string): string {
  let sum = 0
  for (let i = 0; i < field.length; i++) {
    const c = field[i]!
    const value = c === "<" ? 0 : c >= "A" ? c.charCodeAt(0) - 55 : Number(c)
    sum += value * [7, 3, 1][i % 3]!
  }
  return String(sum % 10)
}

const mrzText = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase()
    .replace(/[^A-Z]+/g, "<")

/** The two lines of a TD3 passport (ICAO Doc 9303-4). */
export function td3(issuer: string, number: string, name: Name, birth: string, female: boolean, expiry: string): string {
  const [given = "", ...rest] = name.latin.split(" ")
  const first = `P<${issuer}${mrzText(rest.join(" "))}<<${mrzText(given)}`.slice(0, 44).padEnd(44, "<")
  const born = birth.replaceAll("-", "").slice(2)
  const until = expiry.replaceAll("-", "").slice(2)
  const core = `${number.padEnd(9, "<")}${checkDigit(number.padEnd(9, "<"))}${issuer}${born}${checkDigit(born)}${female ? "F" : "M"}${until}${checkDigit(until)}${"<".repeat(14)}<`
  const composite = checkDigit(core.slice(0, 10) + core.slice(13, 20) + core.slice(21, 43))
  return `${first}\n${core}${composite}`
}

/** Measured features of one printing source; an inspection measures them with a little error. */
interface Source {
  forger: Person | null
  micro: number
  hue: number
  offset: number
  paper: string
  numbers: string[]
}

const ISSUERS = ["IRQ", "IRQ", "IRQ", "SYR", "TUR", "IRN", "AFG", "BGR", "GRC", "ROU"] as const
const PLACES: readonly Town[] = [HOME_TOWNS[1]!, HOME_TOWNS[2]!, TRANSIT_TOWNS[0]!, BORDER]

export function writeDocuments(world: World, evidence: string, leads: TruthLeads, truth: TruthFolder): FileCount[] {
  const rng = world.rng.fork("documents")
  const p = world.draw.parameters
  const forgers = world.facilitators.filter((f) => f.stage === 3)
  const sources: Source[] = Array.from({ length: world.draw.smuggling ? p.series : 0 }, (_, i) => ({
    forger: forgers.length > 0 ? forgers[i % forgers.length]! : null,
    micro: rng.uniform(0.1, 0.9),
    hue: rng.uniform(180, 260),
    offset: rng.uniform(-1.2, 1.2),
    paper: rng.pick(["dull under UV", "bright under UV", "patchy under UV"]),
    numbers: [],
  }))
  const n = p.inspections
  const bad = Math.round(n * p.notGenuine)
  const plan: (Source | "single" | "genuine")[] = []
  for (const source of sources) for (let k = rng.integer(4, 9); k > 0 && plan.length < bad; k--) plan.push(source)
  while (plan.length < bad) plan.push("single")
  while (plan.length < n) plan.push("genuine")
  const order = rng.shuffle(plan)
  const people = rng.shuffle(world.passengers)
  const rows = order.map((kind, i) => inspection(rng, kind, i, people, truth))
  for (const s of sources) leads.documentSeries.push({ forger: s.forger?.id ?? null, numbers: s.numbers })
  const at = WINDOW.to - 5 * DAY
  const folder = putSheet(
    evidence,
    "DOCS01",
    sheet("DOCS01/01", at, PLACES[1]!, {
      kind: "document",
      title: "Inspections of travel documents, airports and border",
      authority: "Border inspection, register of the document units",
      power: "border control",
      grounds: "Every document inspected beyond the first line in the window.",
      seizureEvent: eventOf("border-documents", "border", PLACES[1]!, at),
      zone: "Asia/Baghdad",
      language: "en",
      files: { "inspections.csv": { mapping: MAPPING } },
    }),
  )
  return [countFor("DOCS01/inspections.csv", { "document-inspection": writeCsv(join(folder, "inspections.csv"), HEADER, rows) })]
}

function inspection(rng: Rng, kind: Source | "single" | "genuine", i: number, people: readonly Person[], truth: TruthFolder) {
  const known = kind !== "genuine" ? people[i % Math.max(1, people.length)] : undefined
  const name = known?.name ?? drawName(rng, rng.pick(["sorani", "arabic", "persian", "turkish"] as const), rng.chance(0.3))
  const issuer = kind === "genuine" ? rng.pick(ISSUERS) : rng.pick(["IRQ", "BGR", "GRC", "ROU"] as const)
  const number = `${rng.pick([..."ABGKLM"])}${rng.digits(8)}`
  const birth =
    known?.birthDate ?? `${rng.integer(1970, 2006)}-${rng.pick(["07-01", "01-01", `0${rng.integer(1, 9)}-${rng.integer(10, 28)}`])}`
  const expiry = `${rng.integer(2026, 2033)}-0${rng.integer(1, 9)}-${rng.integer(10, 28)}`
  let mrz = td3(issuer, number, name, birth, known?.female ?? false, expiry)
  // Half of the forgers know the check digits; the others do not.
  if (kind !== "genuine" && rng.chance(0.5)) mrz = mrz.slice(0, -1) + String((Number(mrz.at(-1)) + rng.integer(1, 9)) % 10)
  const source = typeof kind === "object" ? kind : null
  source?.numbers.push(number)
  if (known) truth.identity("document", `${issuer}:${number}`, known.id, "", "", "DOCS01")
  const measured = {
    microprint_mm: round(rng.normal(source?.micro ?? rng.uniform(0.1, 0.9), 0.01)),
    ink_hue: round(rng.normal(source?.hue ?? rng.uniform(180, 260), 0.8)),
    photo_offset_mm: round(rng.normal(source?.offset ?? rng.normal(0, 0.3), 0.03)),
    paper: source?.paper ?? rng.pick(["dull under UV", "bright under UV", "as specimen", "as specimen"]),
  }
  const outcome =
    kind === "genuine"
      ? rng.chance(0.03)
        ? "inconclusive"
        : "genuine"
      : source
        ? "false"
        : rng.pick(["false", "impostor", "obtained by fraud suspected"])
  return [
    `DOC-${String(i + 1).padStart(4, "0")}`,
    new Date(WINDOW.from + rng.unit() * (WINDOW.to - WINDOW.from - 10 * DAY)).toISOString().slice(0, 10),
    rng.pick(PLACES).latin,
    "passport",
    issuer,
    number,
    mrz,
    name.latin,
    birth,
    expiry,
    outcome,
    outcome === "false" ? (source ? "counterfeited" : rng.pick(["forged", "pseudo"])) : "",
    rng.pick([2, 2, 3]),
    JSON.stringify(measured),
    outcome === "genuine"
      ? ""
      : rng.pick([
          "laminate lifts at the corner",
          "microprint runs into a line",
          "page not of this booklet",
          "holder does not resemble the photograph",
        ]),
  ]
}

const round = (x: number) => Math.round(x * 1000) / 1000
