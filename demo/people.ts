import { DAY, WINDOW } from "./calendar.ts"
import { drawName, LANGUAGE_SHARES, type Language, type Name, nameOf, siblingName } from "./names.ts"
import { NICKNAMES } from "./names-table.ts"
import type { Country, Exchange } from "./numbers.ts"
import type { Draw } from "./parameters.ts"
import type { Rng } from "./rng.ts"

export type PersonKind =
  | "principal"
  | "organiser"
  | "financier"
  | "supplier"
  | "forger"
  | "aide"
  | "passenger"
  | "relative"
  | "acquaintance"
  | "hotline"
  | "taxi"
  | "lawyer"
  | "interpreter"
  | "exchange-clerk"
  | "shop"
  | "fisher"
  | "police-covert"
  | "officer"
  | "holder"

export type Group = "A" | "B" | "C" | "shared"

/** One number in one person's hands for a while. */
interface Sim {
  number: string
  from: number
  to: number
  /** E.164 under which the messenger account runs; differs when the account stayed on an older SIM. */
  account: string
}

/** What a person did in one event, by stage of the journey (1 to 10). Only facilitators have any. */
export interface PartTaken {
  event: string
  stage: number
}

export interface Person {
  id: string
  kind: PersonKind
  name: Name
  female: boolean
  language: Language
  birthDate: string
  birthDefault: boolean
  child: boolean
  ageDisputed: boolean
  nicknames: (readonly [string, string])[]
  sims: Sim[]
  group: Group | null
  /** Main stage; null for those who facilitate nothing. */
  stage: number | null
  wanted: boolean
  protected: boolean
  parts: PartTaken[]
  /** How often a passenger tried before giving up or arriving; 0 for everybody else. */
  attempts: number
  kin: string[]
  notes: string[]
}

/** Stages 1 to 10 of the journey: people at scale S, principals apart. */
const STAGE_PEOPLE = [10, 9, 3, 10, 10, 11, 9, 16, 6, 9] as const
/** Where organisers sit, in turn. */
const ORGANISER_STAGES = [8, 4, 1, 6, 8, 2, 5, 7, 10, 8, 3] as const
const GROUPS: readonly Group[] = ["A", "B", "C"]

const KIND_BY_STAGE: Readonly<Record<number, PersonKind>> = { 2: "financier", 3: "forger", 7: "supplier", 10: "financier" }

const HOME: Readonly<Record<Language, Country>> = {
  sorani: "IQ",
  "sorani-latin": "IQ",
  kurmanji: "IQ",
  arabic: "IQ",
  persian: "IR",
  pashto: "AF",
  turkish: "TR",
  english: "GB",
  french: "FR",
  german: "DE",
  albanian: "AL",
  vietnamese: "VN",
  emoji: "IQ",
}

export function homeOf(language: Language): Country {
  return HOME[language]
}

const LANGUAGES = Object.keys(LANGUAGE_SHARES) as Language[]
const SPOKEN = LANGUAGES.filter((l) => l !== "emoji")

function drawLanguage(rng: Rng): Language {
  return rng.weighted(
    SPOKEN,
    SPOKEN.map((l) => LANGUAGE_SHARES[l]),
  )
}

/** Makes people with ids in order of birth into the demo, P000001 and on. */
export class Registry {
  #next = 1
  readonly exchange: Exchange
  readonly draw: Draw
  constructor(draw: Draw, exchange: Exchange) {
    this.draw = draw
    this.exchange = exchange
  }

  person(
    rng: Rng,
    kind: PersonKind,
    with_: {
      language?: Language
      name?: Name
      country?: Country
      female?: boolean
      child?: boolean
      sims?: number
      birthDate?: string
    } = {},
  ): Person {
    const language = with_.language ?? drawLanguage(rng)
    const female = with_.female ?? rng.chance(0.3)
    const name = with_.name ?? drawName(rng, language, female)
    const child = with_.child ?? false
    const year = child ? rng.integer(2010, 2016) : rng.integer(1974, 2006)
    const birthDefault = rng.chance(this.draw.parameters.defaultBirthDates)
    const day = birthDefault
      ? rng.pick(["07-01", "01-01"])
      : `${String(rng.integer(1, 12)).padStart(2, "0")}-${String(rng.integer(1, 28)).padStart(2, "0")}`
    const person: Person = {
      id: `P${String(this.#next++).padStart(6, "0")}`,
      kind,
      name,
      female,
      language,
      birthDate: with_.birthDate ?? `${year}-${day}`,
      birthDefault,
      child,
      ageDisputed: false,
      nicknames: [],
      sims: [],
      group: null,
      stage: null,
      wanted: false,
      protected: false,
      parts: [],
      attempts: 0,
      kin: [],
      notes: [],
    }
    this.#giveSims(rng, person, with_.sims ?? 1, with_.country ?? HOME[language])
    return person
  }

  /** SIMs one after the other over the window; an account stays on the older SIM now and then. */
  #giveSims(rng: Rng, person: Person, n: number, country: Country): void {
    const p = this.draw.parameters
    let from = WINDOW.from - 400 * DAY
    for (let i = 0; i < n; i++) {
      const last = i === n - 1
      const number = this.exchange.number(i > 0 && rng.chance(0.3) ? rng.pick(["TR", "FR", "IQ"] as const) : country)
      const start = i === 0 ? WINDOW.from - 30 * DAY : from
      const to = last ? WINDOW.to + 60 * DAY : start + rng.uniform(p.simDaysLow, Math.max(p.simDaysLow + 1, p.simDaysHigh)) * DAY
      const before = person.sims.at(-1)
      const account = rng.chance(p.accountNotSim) ? (before?.account ?? this.exchange.number(country)) : number
      person.sims.push({ number, from: n === 1 ? WINDOW.from - 400 * DAY : start, to, account })
      from = to
    }
  }
}

/** The SIM in use at a moment; before the first the first, after the last the last. */
export function simAt(person: Person, at: number): Sim {
  if (at < person.sims[0]!.from) return person.sims[0]!
  return person.sims.find((s) => at >= s.from && at < s.to) ?? person.sims[person.sims.length - 1]!
}

function stageCounts(total: number): number[] {
  const sum = STAGE_PEOPLE.reduce((a, b) => a + b, 0)
  const counts = STAGE_PEOPLE.map((n) => Math.max(1, Math.round((n * total) / sum)))
  for (let i = 7; counts.reduce((a, b) => a + b, 0) !== total; i = (i + 1) % 10) {
    const off = total - counts.reduce((a, b) => a + b, 0)
    if (off > 0) counts[i]!++
    else if (counts[i]! > 1) counts[i]!--
  }
  return counts
}

const FACILITATOR_LANGUAGES: readonly Language[] = [
  "sorani",
  "sorani-latin",
  "kurmanji",
  "arabic",
  "turkish",
  "persian",
  "albanian",
  "french",
]
const FACILITATOR_WEIGHTS = [46, 8, 12, 14, 9, 6, 3, 2]

/** Principals, stage organisers and aides in three rival groups with shared suppliers. */
export function makeFacilitators(registry: Registry, rng: Rng): Person[] {
  const p = registry.draw.parameters
  const total = Math.max(30, p.facilitators)
  const counts = stageCounts(total - 3)
  const people: Person[] = []
  for (const group of GROUPS) {
    const principal = registry.person(rng, "principal", {
      language: "sorani",
      female: false,
      sims: rng.integer(p.simsLow, Math.max(p.simsLow, p.simsHigh)),
    })
    principal.group = group
    principal.wanted = group === "B"
    people.push(principal)
  }
  counts.forEach((n, index) => {
    const stage = index + 1
    for (let i = 0; i < n; i++) {
      const language = rng.weighted(FACILITATOR_LANGUAGES, FACILITATOR_WEIGHTS)
      const person = registry.person(rng, KIND_BY_STAGE[stage] ?? "aide", {
        language,
        female: rng.chance(0.08),
        sims: rng.weighted([1, 2, 3], [60, 30, 10]),
        ...(stage === 6 || stage === 8 ? { country: rng.pick(["FR", "IQ", "TR"] as const) } : {}),
      })
      person.stage = stage
      const sharing = stage === 3 || stage === 7 ? 0.6 : stage === 2 || stage === 10 ? 0.4 : 0
      person.group = rng.chance(sharing) ? "shared" : GROUPS[(i + index) % 3]!
      people.push(person)
    }
  })
  promote(registry, people, rng)
  nickname(people, rng)
  const recruiters = people.filter((f) => f.stage === 1 && f.kind === "aide")
  for (const f of rng.sample(recruiters, 2)) {
    f.protected = true
    f.notes.push("exploited recruiter: works off a debt under threat; possible victim of trafficking")
  }
  return people
}

/** Makes organisers out of aides, stage by stage, with more SIMs than an aide has. */
function promote(registry: Registry, people: Person[], rng: Rng): void {
  const p = registry.draw.parameters
  const organisers = Math.max(9, Math.round(p.organiserShare * people.length))
  const groupsAt = new Map<number, number>()
  for (let k = 0; k < organisers; k++) {
    const stage = ORGANISER_STAGES[k % ORGANISER_STAGES.length]!
    const turn = groupsAt.get(stage) ?? Math.floor(k / 3)
    groupsAt.set(stage, turn + 1)
    const wish = GROUPS[turn % 3]!
    const free = people.filter((f) => f.stage === stage && f.kind !== "organiser")
    const found = free.find((f) => f.group === wish) ?? free[0]
    if (!found) continue
    found.kind = "organiser"
    const fresh = registry.person(rng, "organiser", {
      language: found.language,
      sims: rng.integer(p.simsLow, Math.max(p.simsLow, p.simsHigh)),
    })
    found.sims = fresh.sims
  }
}

/** Organisers and principals go by nicknames, aides now and then; two nicknames are held by two or three people. */
function nickname(people: Person[], rng: Rng): void {
  const names = rng.shuffle(NICKNAMES)
  let next = 0
  const numbered = (): readonly [string, string] => {
    const base = names[next % names.length]!
    const round = Math.floor(next / names.length)
    next++
    return round === 0 ? base : [`${base[0]} ${round + 1}`, `${base[1]} ${round + 1}`]
  }
  for (const f of people) if (f.kind === "principal" || f.kind === "organiser" || rng.chance(0.2)) f.nicknames.push(numbered())
  const organisers = people.filter((f) => f.kind === "organiser")
  const aides = people.filter((f) => f.kind !== "organiser" && f.kind !== "principal" && f.nicknames.length === 0)
  for (const shared of rng.sample(organisers, 2))
    for (const other of rng.sample(aides, rng.integer(1, 2))) {
      if (other.nicknames.length > 0) continue
      other.nicknames.push(shared.nicknames[0]!)
      other.notes.push(`shares the nickname ${shared.nicknames[0]![0]} with ${shared.id}`)
    }
}

/** People around the journey who are part of nothing: each is met by many and guilty of nothing. */
export interface Services {
  hotline: Person
  taxis: Person[]
  lawyers: Person[]
  interpreters: Person[]
  /** The honest exchange that many use. */
  honestClerks: Person[]
  campHandset: Person
  covert: Person
  fishers: Person[]
  plantedBoss: Person
  uncle: Person
}

export function makeServices(registry: Registry, rng: Rng, facilitators: readonly Person[]): Services {
  const many = (n: number, make: () => Person) => Array.from({ length: n }, make)
  const size = registry.draw.scale === "S" ? 1 : registry.draw.scale === "M" ? 2 : 4
  const hotline = registry.person(rng, "hotline", { language: "english", country: "FR" })
  hotline.notes.push("sea rescue hotline run by volunteers: rings nobody, is rung by everybody")
  const campHandset = registry.person(rng, "shop", { language: "english", country: "FR" })
  campHandset.notes.push("handset of an aid group in the camp, lent to anybody: many hands, no one user")
  const covert = registry.person(rng, "police-covert", { language: "sorani", country: "FR" })
  covert.notes.push("police covert number: asks for prices and boats, buys nothing")
  const uncle = registry.person(rng, "relative", { language: "sorani" })
  const shared = facilitators.find((f) => f.kind === "organiser")?.nicknames[0]
  if (shared) {
    uncle.nicknames.push(shared)
    uncle.notes.push(`an uncle at home who has been called ${shared[0]} for forty years`)
  }
  const plantedBoss = registry.person(rng, "acquaintance", { language: "sorani", female: false, country: "DE" })
  plantedBoss.notes.push("planted boss: named as head by a rival's tip-offs; a greengrocer")
  return {
    hotline,
    taxis: many(2 * size, () =>
      registry.person(rng, "taxi", { language: rng.pick(["french", "arabic", "turkish"] as const), country: "FR", female: false }),
    ),
    lawyers: many(2 * size, () => registry.person(rng, "lawyer", { language: "english" })),
    interpreters: many(2 * size, () => registry.person(rng, "interpreter", { language: "sorani", country: "GB" })),
    honestClerks: many(2, () => registry.person(rng, "exchange-clerk", { language: "sorani", female: false })),
    campHandset,
    covert,
    fishers: many(3, () => registry.person(rng, "fisher", { language: "french", country: "FR", female: false })),
    plantedBoss,
    uncle,
  }
}

/** One passenger. Children travel with an adult of the same father's name where there is one. */
export function makePassenger(registry: Registry, rng: Rng, kinOf: Person | null): Person {
  const p = registry.draw.parameters
  const child = kinOf !== null || rng.chance(p.under18 / 3)
  const language = kinOf?.language ?? drawLanguage(rng)
  const female = rng.chance(p.women)
  const name = kinOf
    ? nameOf([drawName(rng, language, female).parts[0]!, ...kinOf.name.parts.slice(0, 2)])
    : drawName(rng, language, female)
  const person = registry.person(rng, "passenger", { language, female, child, name })
  person.protected = true
  if (kinOf) {
    person.kin.push(kinOf.id)
    kinOf.kin.push(person.id)
  }
  if (!child && rng.chance(p.ageDisputed)) {
    person.ageDisputed = true
    person.birthDate = `${rng.pick([2007, 2008, 2009])}-${rng.pick(["01-01", "07-01"])}`
  }
  return person
}

/** A brother or sister of a passenger: same father, same grandfather, a default birth date for both. */
export function makeSibling(registry: Registry, rng: Rng, of: Person): Person {
  const female = rng.chance(0.4)
  const sibling = registry.person(rng, "passenger", {
    language: of.language,
    female,
    name: siblingName(rng, of.name, of.language, female),
    birthDate: of.birthDate,
  })
  sibling.protected = true
  sibling.child = of.child
  sibling.kin.push(of.id)
  of.kin.push(sibling.id)
  of.notes.push(`sibling pair with ${sibling.id}`)
  sibling.notes.push(`sibling pair with ${of.id}`)
  return sibling
}
