/**
 * How right fragments of papers, passengers and cards are joined: the adults of an invented operation stand on inspected papers, on lines of a ferry
 * and on cards, one to five times each, with other papers, in two scripts, with slips, exchanged and registry days. Right and wrong are pairs
 * of records of one person and of two that are held for one. Usage: node bench/fragments.ts [--seeds 1-3]; prints one JSON line per seed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { generate, type TruthPerson } from "#demo"
import { rng } from "#kernels"
import { openApp } from "../src/shells/app/index.ts"
import { openPeople } from "../src/stages/entities/index.ts"
import { seedsOf } from "./worlds.ts"

const { values } = parseArgs({ options: { seeds: { type: "string", default: "1-3" } } })

const AT = { column: "at", format: "ymd", zone: "UTC" }
const PAPER = { type: "document", column: "number", issuer: { column: "issuer" } }
const FORMS = {
  inspections: {
    header: "person,at,name,issuer,number,born",
    record: {
      kind: "document-inspection",
      fields: { issuer: "issuer", number: "number", birthDate: "born" },
      at: AT,
      parties: [{ part: "holder", name: "name", ids: [PAPER] }],
    },
  },
  lines: {
    header: "person,at,name,issuer,number,born,carrier,service",
    record: {
      kind: "passenger",
      fields: { carrier: "carrier", service: "service", birthDate: "born" },
      at: AT,
      parties: [{ part: "passenger", name: "name", ids: [PAPER] }],
    },
  },
  cards: {
    header: "person,name,phone,born",
    record: {
      kind: "contact",
      fields: { label: "name", birthDate: "born" },
      parties: [{ part: "contact", name: "name", ids: [{ type: "phone", column: "phone" }] }],
    },
  },
} as const
type Form = keyof typeof FORMS

/** Writes the lists and books below `folder`; each row names its person in a column that no mapping takes. */
function writeLists(folder: string, people: readonly TruthPerson[], seed: number): void {
  const random = rng(seed)
  const pick = <T>(of: readonly T[]): T => of[random.int(of.length)]!
  const spelt = ({ name, native }: TruthPerson): string => {
    const n = random.next() < 0.3 ? native : name
    const r = random.next()
    const at = 1 + random.int(n.length - 2)
    const words = n.split(" ")
    return r < 0.1 ? n.slice(0, at) + n.slice(at + 1) : r < 0.2 && words.length > 2 ? words.slice(0, 2).join(" ") : n
  }
  const born = ({ birthDate }: TruthPerson): string => {
    const [year, month, day] = birthDate.split("-") as [string, string, string]
    const r = random.next()
    if (r < 0.08 && Number(day) <= 12) return `${year}-${day}-${month}`
    if (r < 0.15) return `${year}-07-01`
    if (r < 0.2) return ""
    return r < 0.25 ? `${year}-${month}-${day[0]}${day[1] === "9" ? 8 : Number(day[1]) + 1}` : birthDate
  }
  const paper = () => [pick(["IRQ", "SYR", "BGR", "GRC", ""]), `${pick([..."ABGKLM"])}${10_000_000 + random.int(9e7)}`]
  const rows = new Map<string, string[]>()
  const add = (form: Form, thing: number, cells: readonly string[]) => {
    const key = `${form}-${thing}`
    const known = rows.get(key) ?? []
    if (known.length === 0) rows.set(key, known)
    known.push(cells.join(","))
  }
  for (const person of people) {
    const own = paper()
    for (let n = 1 + random.int(3); n > 0; n--) {
      const given = random.next() < 0.4 ? own : paper()
      const cells = [person.id, `2026-0${1 + random.int(6)}-1${random.int(9)}`, spelt(person), ...given, born(person)]
      if (random.next() < 0.5) add("inspections", random.int(4), cells)
      else add("lines", random.int(4), [...cells, "North Line", `NL ${random.int(4)}`])
    }
    for (let n = random.int(3); n > 0; n--)
      add("cards", random.int(6), [
        person.id,
        spelt(person),
        `+9647${100_000_000 + random.int(8e8)}`,
        random.next() < 0.5 ? born(person) : "",
      ])
  }
  for (const [key, lines] of rows) {
    const { header, record } = FORMS[key.split("-")[0] as Form]
    mkdirSync(join(folder, key), { recursive: true })
    const sheet = {
      reference: key,
      kind: key.startsWith("cards") ? "device" : "register",
      authority: "request (invented)",
      grade: { scheme: "3x5x2", code: "1A" },
      handling: "P",
      region: "GB",
      zone: "UTC",
      seizureEvent: { id: key, kind: "handover" },
      files: { "table.csv": { as: "table", mapping: { records: [record] } } },
    }
    writeFileSync(join(folder, key, "material.json"), JSON.stringify(sheet))
    writeFileSync(join(folder, key, "table.csv"), `${[header, ...lines].join("\n")}\n`)
  }
}

const pairs = (sizes: Iterable<number>): number => [...sizes].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
const counted = (keys: Iterable<string>): number[] => [...Map.groupBy(keys, (k) => k).values()].map((own) => own.length)

for (const seed of seedsOf(values.seeds)) {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-fragments-"))
  const truth = await generate({ folder: join(folder, "demo"), seed, scale: "S" })
  const people = truth.people.filter((p) => !p.child && !p.ageDisputed && p.name.includes(" ") && p.birthDate < "2006")
  writeLists(join(folder, "lists"), people, seed)
  const app = await openApp({ folder: join(folder, "node"), databaseUrl: process.env.DATABASE_URL })
  try {
    const input = { paths: [join(folder, "lists")], investigation: "fragments" }
    const asked = await app.gate.invoke("records.intake", { input, caller: app.caller! })
    if (asked.shape !== "job") throw new Error("an intake is a job")
    for await (const job of app.store.jobs.watch(asked.job)) if (job.state === "failed") throw new Error(job.failure?.message)
    const read = app.store.register.read
    const investigation = (await read.query<{ id: string }>("select id from investigation where name = 'fragments'")).rows[0]!.id
    const classes = (await read.query<{ id: number }>("select id from access_class order by id")).rows.map((r) => r.id)
    const began = process.cpuUsage()
    const picture = await openPeople({ store: app.store, classes, investigation, digest: "fragments" })
    const used = process.cpuUsage(began)
    // A record is whom its fragment is held for, else whom its identifiers are, else nobody but itself.
    const found = await (await picture.structure()).all<{ person: string; entity: string }>(
      `with stated as (select id, json_extract_string(extra, '$.person') as person from "document-inspection" union all
         select id, json_extract_string(extra, '$.person') from passenger union all select id, json_extract_string(extra, '$.person') from contact)
       select s.person, coalesce(f.entity, (select min(i.entity) from m join identity i using (key) where m.record = s.id and m.type <> 'name'), s.id) as entity
       from stated s left join identity f on f.key = 'fragment:' || s.id || ':0'`,
    )
    picture.close()
    const right = pairs(counted(found.map((r) => `${r.person} ${r.entity}`)))
    const one = pairs(counted(found.map((r) => r.person)))
    const wrong = pairs(counted(found.map((r) => r.entity))) - right
    process.stdout.write(
      `${JSON.stringify({ seed, people: people.length, records: found.length, pairs: one, right, wrong, recall: Number((right / one).toFixed(3)), cpuSeconds: Number(((used.user + used.system) / 1e6).toFixed(1)) })}\n`,
    )
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
