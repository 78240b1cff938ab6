import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Launch, World } from "./operation.ts"
import type { Draw } from "./parameters.ts"
import type { Group, PartTaken, Person, PersonKind } from "./people.ts"
import type { PhonePlan } from "./plan.ts"
import { visible } from "./plan.ts"
import { csvCell, OutFile } from "./writers/outfile.ts"
import type { FileCount } from "./writers/tally.ts"

export interface TruthPerson {
  id: string
  kind: PersonKind
  name: string
  native: string
  spellings: string[]
  nicknames: (readonly [string, string])[]
  /** Times in ms UTC. `account` is the number that messengers show. */
  numbers: { number: string; account: string; from: number; to: number }[]
  birthDate: string
  female: boolean
  child: boolean
  ageDisputed: boolean
  group: Group | null
  stage: number | null
  wanted: boolean
  /** May never be shown as a player, whatever he is tied to. */
  protected: boolean
  /** False: no exhibit holds a trace of him. */
  visible: boolean
  parts: PartTaken[]
  attempts: number
  kin: string[]
  notes: string[]
}

export interface TruthTie {
  a: string
  b: string
  withinStage: boolean
  /** Exhibits whose holder is one end and that hold the other; empty: nobody wrote it down. */
  shownBy: string[]
}

export interface TruthLaunch {
  id: string
  group: Group
  at: number
  beach: string
  landing: string | null
  succeeded: boolean
  arrivedAt: number | null
  people: number
  children: number
  crew: string[]
  pilot: Launch["pilot"]
  fatal: boolean
  phones: string[]
}

export interface TruthDeposit {
  id: string
  passenger: string
  launch: string
  outlet: string
  scope: string
  amount: number
  currency: string
  code: string
  alias: string
  paidAt: number
  state: "released" | "refunded" | "held"
  settledAt: number | null
  signal: string
}

/** Links that nobody wrote down, for the measures of detectors. */
export interface TruthLeads {
  deposits: TruthDeposit[]
  /** Engine serials of one consignment; `lawful` is the fishing co-operative's share of the same run. */
  engineRuns: { supplier: string | null; serials: string[]; lawful: string[] }[]
  documentSeries: { forger: string | null; numbers: string[] }[]
  advertOperators: { operator: string; person: string | null; accounts: string[] }[]
  spokenOf: { exhibit: string; person: string; at: number }[]
  trails: { kind: string; about: string; says: string }[]
}

/** What one phone holds of the journey, for checks of the generator itself. */
export interface TruthPhone {
  exhibit: string
  class: PhonePlan["class"]
  format: PhonePlan["format"]
  event: string
  owners: string[]
  wiped: boolean
  unreadable: boolean
  seizedAt: number
  cards: number
  lines: number
  calls: number
  linesInScope: number
  /** People on it who belong to the journey: facilitators, and on a facilitator's phone his clients. */
  peopleInScope: number
  people: number
  /** Facilitators who are saved on it. */
  known: string[]
  services: string[]
}

export interface DemoTruth {
  seed: number
  scale: Draw["scale"]
  smuggling: boolean
  invisiblePrincipal: boolean
  parameters: Draw["parameters"]
  /** Everybody but those met on one phone only, who stand in `bystanders.csv`. */
  people: TruthPerson[]
  network: { nodes: string[]; ties: TruthTie[] }
  events: {
    launches: TruthLaunch[]
    lull: { from: number; to: number }
    seizures: { id: string; kind: string; at: number; exhibits: string[] }[]
  }
  leads: TruthLeads
  phones: TruthPhone[]
  records: { files: FileCount[]; total: number }
  outlets: { id: string; kind: string; name: string; native: string; town: string; arranges: boolean; clerks: string[] }[]
}

export function truthOf(world: World, person: Person): TruthPerson {
  return {
    id: person.id,
    kind: person.kind,
    name: person.name.latin,
    native: person.name.native,
    spellings: person.name.parts.flatMap((p) => p.slice(2)),
    nicknames: person.nicknames,
    numbers: person.sims.map((s) => ({ number: s.number, account: s.account, from: Math.round(s.from), to: Math.round(s.to) })),
    birthDate: person.birthDate,
    female: person.female,
    child: person.child,
    ageDisputed: person.ageDisputed,
    group: person.group,
    stage: person.stage,
    wanted: person.wanted,
    protected: person.protected,
    visible: visible(world, person),
    parts: person.parts,
    attempts: person.attempts,
    kin: person.kin,
    notes: person.notes,
  }
}

/** Writes truth while the demo is made; what grows with the phones goes to disk at once. */
export class TruthFolder {
  readonly folder: string
  #identities: OutFile
  #bystanders: OutFile
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.folder = folder
    this.#identities = new OutFile(join(folder, "identities.csv"))
    this.#identities.write("type,value,person,from,to,where\n")
    this.#bystanders = new OutFile(join(folder, "bystanders.csv"))
    this.#bystanders.write("id,kind,name,native,number,account,exhibit\n")
  }
  identity(type: string, value: string, person: string, from = "", to = "", where = ""): void {
    this.#identities.write(`${[type, value, person, from, to, where].map(csvCell).join(",")}\n`)
  }
  bystander(person: Person, exhibit: string): void {
    const sim = person.sims[0]!
    this.#bystanders.write(
      `${[person.id, person.kind, person.name.latin, person.name.native, sim.number, sim.account, exhibit].map(csvCell).join(",")}\n`,
    )
    this.identity("phone", sim.number, person.id)
    if (sim.account !== sim.number) this.identity("account", sim.account, person.id)
  }
  person(person: Person): void {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10)
    for (const s of person.sims) {
      this.identity("phone", s.number, person.id, day(s.from), day(s.to))
      if (s.account !== s.number) this.identity("account", s.account, person.id, day(s.from), day(s.to))
    }
    this.identity("name", person.name.latin, person.id)
    this.identity("name", person.name.native, person.id)
    for (const n of person.nicknames) {
      this.identity("nickname", n[0], person.id)
      this.identity("nickname", n[1], person.id)
    }
  }
  json(name: string, value: unknown): void {
    writeFileSync(join(this.folder, name), `${JSON.stringify(value, null, 1)}\n`)
  }
  /** An array with one element a line. */
  lines(name: string, values: Iterable<unknown>): void {
    const out = new OutFile(join(this.folder, name))
    let first = true
    out.write("[")
    for (const value of values) {
      out.write(`${first ? "" : ","}\n${JSON.stringify(value)}`)
      first = false
    }
    out.write("\n]\n")
    out.close()
  }
  close(): void {
    this.#identities.close()
    this.#bystanders.close()
  }
}

export function tiesShown(world: World, met: ReadonlyMap<string, ReadonlySet<string>>): TruthTie[] {
  const shown = new Map<string, string[]>()
  for (const [key, exhibits] of met) shown.set(key, [...exhibits])
  return world.ties.map((t) => ({
    a: t.a.id,
    b: t.b.id,
    withinStage: t.withinStage,
    shownBy: (shown.get(`${t.a.id}-${t.b.id}`) ?? []).sort(),
  }))
}

export function launchTruth(launch: Launch, plans: readonly PhonePlan[]): TruthLaunch {
  return {
    id: launch.id,
    group: launch.group,
    at: launch.at,
    beach: launch.beach.latin,
    landing: launch.succeeded ? launch.landing.latin : null,
    succeeded: launch.succeeded,
    arrivedAt: launch.succeeded ? launch.arrivedAt : null,
    people: launch.passengers.length,
    children: launch.passengers.filter((p) => p.child).length,
    crew: [...new Set(launch.crew.map((c) => c.id))],
    pilot: launch.pilot,
    fatal: launch.fatal,
    phones: plans.filter((p) => p.class === "arrival" && p.launch === launch).map((p) => p.reference),
  }
}

/** The ground truth of a generated folder. Throws when a file of it is missing or no JSON. */
export function readTruth(folder: string): DemoTruth {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, "truth", name), "utf8")) as T
  const draw = read<Draw & { outlets: DemoTruth["outlets"] }>("parameters.json")
  return {
    seed: draw.seed,
    scale: draw.scale,
    smuggling: draw.smuggling,
    invisiblePrincipal: draw.invisiblePrincipal,
    parameters: draw.parameters,
    people: read("people.json"),
    network: read("network.json"),
    events: read("events.json"),
    leads: read("leads.json"),
    phones: read("phones.json"),
    records: read("records.json"),
    outlets: draw.outlets,
  }
}
