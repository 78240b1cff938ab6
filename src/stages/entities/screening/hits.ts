import { createHmac } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { NAMES_VERSION } from "#names"
import { canonical } from "#store"
import type { People } from "../people.ts"
import type { Ground } from "../resolve.ts"
import { type Listed, type ListVersion, listedOf, type Screened, screenedOf } from "./gather.ts"
import { HIT_FROM, matches, WEAK_FROM } from "./match.ts"
import type { Facts, Reason } from "./weigh.ts"

/** Raised when the same people and lists would give other hits. */
const SCREENING = 3

/** What a side's evidence was, part by part, as keyed hashes: enough to tell what changed, and no name. */
export interface Digests {
  names: string
  births: string
  identifiers: string
}

/** Somebody of the case who may be somebody on a list. Never a merge and never a standing: a person decides. */
export interface Hit {
  entity: string
  keys: string[]
  label: string
  entry: string
  list: string
  date: string | null
  exhibit: string
  takenAt: string
  program: string | null
  listedNames: string[]
  bornAsWritten: string | null
  weight: number
  /** Too little to be told unasked: kept apart from the hits. */
  weak: boolean
  reasons: Reason[]
  records: string[]
  person: Digests
  listing: Digests
}

/** All hits under a sight, as they follow from it. */
export interface Screening {
  /** Tells one state of lists and case from the next. */
  digest: string
  people: number
  listings: number
  /** Protected people, who were not compared. */
  left: number
  versions: ListVersion[]
  hits: Hit[]
  /** Every entry and every key that was compared, so that a hit that went can be told why. */
  entries: string[]
  keys: string[]
}

const NAMES_SHOWN = 6

function digestsOf(key: Buffer, facts: Facts): Digests {
  const of = (value: unknown) => createHmac("sha256", key).update(canonical(value)).digest("hex").slice(0, 24)
  return {
    names: of(facts.names.map((n) => n.name).sort()),
    births: of(facts.births.map((b) => `${b.from} ${b.to}`).sort()),
    identifiers: of([...facts.identifiers.keys()].sort()),
  }
}

/** Compares everybody who may be asked about with the lists in sight, or opens what was worked out before of the same. */
export async function screeningOf(ground: Ground, people: People, progress: (fraction: number, words: string) => void): Promise<Screening> {
  const key = { ...people.key, screening: SCREENING, names: NAMES_VERSION, from: HIT_FROM, weakFrom: WEAK_FROM }
  const folder = await ground.store.derived.folder(
    "screening",
    key,
    async (into) => {
      progress(0.7, "Reading the lists")
      const { listed, versions } = await listedOf(ground, people)
      const screened = await screenedOf(people)
      const [hidden] = await people.engine.all<{ n: number }>("select count(*)::int as n from hidden")
      progress(0.8, "Comparing")
      const hits = [
        ...hitsOf(
          ground,
          screened.filter((s) => s.kind === "person"),
          listed.filter((l) => l.entryType === "individual"),
        ),
        ...hitsOf(
          ground,
          screened.filter((s) => s.kind === "outlet"),
          listed.filter((l) => l.entryType === "entity"),
        ),
      ].sort((a, b) => b.weight - a.weight || (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : a.entry < b.entry ? -1 : 1))
      const whole = {
        people: screened.length,
        listings: listed.length,
        left: hidden?.n ?? 0,
        versions,
        hits,
        entries: listed.map((l) => l.id),
        keys: screened.flatMap((s) => s.keys),
      }
      const digest = createHmac("sha256", ground.store.nodeKey).update(canonical(whole)).digest("hex")
      writeFileSync(join(into, "screening.json"), JSON.stringify({ digest, ...whole } satisfies Screening))
    },
    ground.classes.map((c) => `class:${c}`),
  )
  return JSON.parse(readFileSync(join(folder, "screening.json"), "utf8")) as Screening
}

function hitsOf(ground: Ground, screened: readonly Screened[], listed: readonly Listed[]): Hit[] {
  const of = new Map(screened.map((s) => [s.id, s]))
  const on = new Map(listed.map((l) => [l.id, l]))
  return matches(screened, listed, WEAK_FROM).map(({ a, b, weight, reasons }) => {
    const person = of.get(a)!
    const listing = on.get(b)!
    return {
      entity: person.id,
      keys: person.keys,
      label: person.label,
      entry: listing.id,
      list: listing.list,
      date: listing.date,
      exhibit: listing.exhibit,
      takenAt: listing.takenAt,
      program: listing.program,
      listedNames: listing.names.slice(0, NAMES_SHOWN).map((n) => n.name),
      bornAsWritten: listing.bornAsWritten,
      weight,
      weak: weight < HIT_FROM,
      reasons,
      records: listing.records.slice(0, 3),
      person: digestsOf(ground.store.nodeKey, person),
      listing: digestsOf(ground.store.nodeKey, listing),
    }
  })
}
