import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fold } from "#names"
import { type DemoTruth, readTruth } from "./truth.ts"

/** Somebody in the ranked list, with what identifies him: keys as the entities stage writes them. */
export interface Scored {
  label: string
  keys: readonly string[]
}

/** Who somebody is in the invented operation. */
export interface Known {
  person: string | null
  kind: string
  protected: boolean
}

export interface DemoScore {
  /** Of the first ten: principals, organisers, financiers (outlets that arrange journeys among them) and suppliers, forgers too. */
  hits: number
  /** Of the first ten: people who work for them. */
  aides: number
  /** Of the first ten: everybody else, with what they are. */
  wrong: { label: string; kind: string }[]
  /** Anywhere in the whole list: relatives, passengers, children, hotlines, taxis, lawyers, … */
  never: { label: string; kind: string }[]
  players: number
  /** Hits among the first ten by bare degree and bare betweenness over everything that is tied to anything. */
  rawDegree: number
  rawBetweenness: number
  /** True organisers, financiers and suppliers in all, and how many of them any exhibit shows. */
  truth: { all: number; visible: number; principals: number; principalsInList: number }
}

/** What the picture is for: those who run, pay and supply. */
const SOUGHT = new Set(["principal", "organiser", "financier", "supplier", "forger", "outlet"])
const NEVER = new Set([
  "passenger",
  "relative",
  "acquaintance",
  "hotline",
  "taxi",
  "lawyer",
  "interpreter",
  "shop",
  "police-covert",
  "fisher",
])

/** Tells who an entity is, by the truth's own list of identifiers. Names count only where nobody else has them. */
export function whoIs(folder: string): (keys: readonly string[]) => Known {
  const truth = readTruth(folder)
  const people = new Map(truth.people.map((p) => [p.id, p]))
  const byKey = new Map<string, Set<string>>()
  const add = (key: string, person: string) => byKey.set(key, (byKey.get(key) ?? new Set()).add(person))
  const [, ...lines] = readFileSync(join(folder, "truth/identities.csv"), "utf8").trim().split("\n")
  for (const line of lines) {
    const [type, value, person] = cells(line)
    if (!type || !value || !person) continue
    if (type === "phone" || type === "account") add(value, person)
    else if (type === "handle") add(`handle:${value.toLowerCase().replace(/^@/, "")}`, person)
    else if (type === "document") add(`document:${value.toUpperCase()}`, person)
    else add(`name:${fold(value)}`, person)
  }
  const outlets = new Map(truth.outlets.flatMap((o) => [o.name, o.native].map((n) => [fold(n), o] as const)))
  return (keys) => {
    const votes = new Map<string, number>()
    const vote = (key: string, weight: number) => {
      const found = byKey.get(key)
      for (const person of found ?? []) votes.set(person, (votes.get(person) ?? 0) + weight / found!.size)
    }
    for (const key of keys) {
      const [type, ...rest] = key.split(":")
      const value = rest.join(":")
      const number = /\+\d{6,}/.exec(value)?.[0]
      if (type === "outlet") {
        const outlet = outlets.get(fold(value))
        if (outlet) return { person: null, kind: outlet.arranges ? "outlet" : "honest outlet", protected: false }
      }
      if (number) vote(number, 100)
      else if (type === "handle") vote(`handle:${value.split(":").at(-1)}`, 100)
      else if (type === "document") vote(`document:${value.split(":").at(-1)}`, 100)
      else if (type === "name" || type === "alias") vote(`name:${fold(value.split(":").at(-1)!)}`, 1)
    }
    const [best] = [...votes].sort(
      (a, b) => b[1] - a[1] || rankOf(people.get(a[0])?.kind) - rankOf(people.get(b[0])?.kind) || (a[0] < b[0] ? -1 : 1),
    )
    const person = best ? people.get(best[0]) : undefined
    return person
      ? { person: person.id, kind: person.kind, protected: person.protected }
      : { person: best?.[0] ?? null, kind: best ? "bystander" : "unknown", protected: best !== undefined }
  }
}

/** A nickname that an organiser shares with somebody is the organiser's when nothing else decides. */
const rankOf = (kind: string | undefined): number => (kind && SOUGHT.has(kind) ? 0 : kind === "aide" ? 1 : 2)

function cells(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"|([^,]*)(?:,|$)/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? "")
}

/** Holds a ranked list, and the two bare ones, against the truth. */
export function score(
  folder: string,
  players: readonly Scored[],
  rawDegree: readonly Scored[],
  rawBetweenness: readonly Scored[],
): DemoScore {
  const truth: DemoTruth = readTruth(folder)
  const who = whoIs(folder)
  const known = players.map((p) => ({ label: p.label, ...who(p.keys) }))
  const hitsIn = (list: readonly Scored[]) =>
    new Set(
      list.slice(0, 10).flatMap((p, i) => {
        const k = who(p.keys)
        return SOUGHT.has(k.kind) && !k.protected ? [k.person ?? `${k.kind} ${i}`] : []
      }),
    ).size
  const first = known.slice(0, 10)
  const sought = truth.people.filter((p) => SOUGHT.has(p.kind))
  return {
    hits: hitsIn(players),
    aides: first.filter((k) => k.kind === "aide").length,
    wrong: first.filter((k) => !SOUGHT.has(k.kind) && k.kind !== "aide").map(({ label, kind }) => ({ label, kind })),
    never: known.filter((k) => NEVER.has(k.kind) || (k.protected && k.kind !== "unknown")).map(({ label, kind }) => ({ label, kind })),
    players: players.length,
    rawDegree: hitsIn(rawDegree),
    rawBetweenness: hitsIn(rawBetweenness),
    truth: {
      all: sought.length,
      visible: sought.filter((p) => p.visible).length,
      principals: sought.filter((p) => p.kind === "principal").length,
      principalsInList: new Set(known.filter((k) => k.kind === "principal").map((k) => k.person)).size,
    },
  }
}
