import { DAY, HOUR, WINDOW } from "./calendar.ts"
import { EXCHANGE_TOWN, HOME_TOWNS, type Town, TRANSIT_TOWNS } from "./geography.ts"
import type { Launch, World } from "./operation.ts"
import type { Draw } from "./parameters.ts"
import type { Group, Person, Registry } from "./people.ts"
import type { Rng } from "./rng.ts"

export interface Outlet {
  id: string
  kind: "exchange" | "travel office"
  latin: string
  native: string
  town: Town
  /** Takes deposits for journeys; an honest one never does. */
  arranges: boolean
  groups: Group[]
  clerks: Person[]
  /** Codes run on through the year and start again when the digits are used up. */
  firstCode: number
  codesPerDay: number
  codeLimit: number
}

export function codeAt(outlet: Outlet, rng: Rng, at: number): string {
  const day = (at - WINDOW.from) / DAY + 60
  return String(100 + ((outlet.firstCode + Math.floor(day * outlet.codesPerDay) + rng.integer(0, 3)) % (outlet.codeLimit - 100)))
}

export interface Deposit {
  id: string
  passenger: Person
  launch: Launch
  outlet: Outlet
  scope: "whole trip" | "stage" | "Channel"
  amount: number
  currency: "EUR" | "USD"
  /** Second instalment as a share of the amount; 0 when paid at once. */
  instalment: number
  code: string
  /** Only an alias stands in the book. */
  alias: string
  paidAt: number
  state: "released" | "refunded" | "held"
  settledAt: number | null
  signal: "word" | "unseen call" | "code" | "video or pin" | "guarantor"
}

const INVENTED: readonly (readonly [string, string])[] = [
  ["Kanzar", "کانزار"],
  ["Shewnim", "شەونم ئاوی"],
  ["Dwazde Bra", "دوازدە برا"],
  ["Gulezar Nwe", "گوڵەزاری نوێ"],
  ["Pirdi Zer", "پردی زەڕ"],
  ["Asoy Derya", "ئاسۆی دەریا"],
  ["Chwar Ruban", "چوار ڕووبان"],
  ["Hesarok Bazrgani", "هەسارۆک بازرگانی"],
  ["Barani Nisan", "بارانی نیسان"],
  ["Telarok", "تەلارۆک"],
  ["Zeryani Shin", "زەریانی شین"],
  ["Kewanok", "کەوانۆک"],
  ["Sedberg", "سەدبەرگ"],
]

/** Exchanges and travel offices with invented names; five of nine exchanges stand in one town. */
export function makeOutlets(
  draw: Draw,
  rng: Rng,
  registry: Registry,
  facilitators: readonly Person[],
  honest: readonly Person[],
): Outlet[] {
  const names = rng.shuffle(INVENTED)
  const financiers = facilitators.filter((f) => f.stage === 2 || f.stage === 10)
  const n = Math.max(4, draw.parameters.outlets)
  const outlets: Outlet[] = []
  for (let i = 0; i < n + draw.parameters.travelOffices; i++) {
    const base = names[i % names.length]!
    const round = Math.floor(i / names.length)
    const tail = round > 0 ? ` ${round + 1}` : ""
    const kind = i < n ? "exchange" : "travel office"
    const town = i < Math.ceil((n * 5) / 9) ? EXCHANGE_TOWN : rng.pick([...HOME_TOWNS.slice(1, 4), TRANSIT_TOWNS[0]!])
    // Outlet 0 is the honest exchange that everybody uses; of the others about half arrange journeys.
    const arranges = draw.smuggling && i > 0 && i % 2 === 1
    const clerks = i === 0 ? [...honest] : [registry.person(rng, "exchange-clerk", { language: "sorani", female: false })]
    if (arranges) {
      const own = financiers[(i >> 1) % Math.max(1, financiers.length)]
      if (own) clerks.push(own)
    }
    outlets.push({
      id: `outlet-${String(i + 1).padStart(2, "0")}`,
      kind,
      latin: `${base[0]}${tail} ${kind === "exchange" ? "Exchange" : "Travel"}`,
      native: `${kind === "exchange" ? "نووسینگەی ئاڵوگۆڕی" : "گەشت و گوزاری"} ${base[1]}${tail}`,
      town,
      arranges,
      groups: arranges ? [(["A", "B", "C"] as const)[(i >> 1) % 3]!, rng.pick(["A", "B", "C"] as const)] : [],
      clerks,
      firstCode: rng.integer(0, 4000),
      codesPerDay: rng.uniform(5, 16),
      codeLimit: rng.pick([999, 9999, 99_999]),
    })
  }
  return outlets
}

const SIGNALS = ["word", "unseen call", "code", "video or pin", "guarantor"] as const
const SIGNAL_SHARES = [35, 30, 15, 15, 5]

export function depositAlias(rng: Rng, person: Person): string {
  const given = person.name.parts[0]!
  return rng.pick([given[1], given[1], `${given[1]} ${person.name.parts[1]?.[1] ?? ""}`.trim(), `براکەی ${given[1]}`, `ئەبو ${given[1]}`])
}

/** Money left with an exchange until a passenger has arrived. Some pay cash on the beach and leave nothing. */
export function makeDeposit(world: World, rng: Rng, passenger: Person, launch: Launch): Deposit | null {
  const p = world.draw.parameters
  if (rng.chance(0.12)) return null
  const able = world.outlets.filter((o) => o.arranges && o.kind === "exchange" && o.groups.includes(launch.group))
  const outlet = able.length > 0 ? rng.pick(able) : world.outlets.find((o) => o.arranges)
  if (!outlet) return null
  const scope = rng.weighted(["whole trip", "stage", "Channel"] as const, [15, 25, 60])
  const euros = scope === "whole trip" ? rng.uniform(9000, 12_000) : scope === "stage" ? rng.uniform(3000, 3500) : rng.uniform(1000, 3000)
  const paidAt = launch.at - rng.logNormal(9, 0.8) * DAY
  const released = launch.succeeded && rng.chance(Math.min(0.98, p.released / Math.max(0.1, p.launchSuccess)))
  const refunded = !released && rng.chance(p.refunded / Math.max(0.05, 1 - p.released))
  const sigma = Math.log(Math.max(1.2, p.releaseP90H / p.releaseMedianH)) / 1.2816
  return {
    id: `deposit-${passenger.id}`,
    passenger,
    launch,
    outlet,
    scope,
    amount: Math.round(euros / 50) * 50,
    currency: rng.chance(0.7) ? "EUR" : "USD",
    instalment: rng.chance(p.instalments) ? rng.pick([0.5, 0.4, 0.3]) : 0,
    code: codeAt(outlet, rng, paidAt),
    alias: depositAlias(rng, passenger),
    paidAt: Math.max(WINDOW.from - 20 * DAY, paidAt),
    state: released ? "released" : refunded ? "refunded" : "held",
    settledAt: released
      ? launch.arrivedAt + rng.logNormal(p.releaseMedianH, sigma) * HOUR
      : refunded
        ? launch.at + rng.uniform(3, 25) * DAY
        : null,
    signal: rng.weighted(SIGNALS, SIGNAL_SHARES),
  }
}
