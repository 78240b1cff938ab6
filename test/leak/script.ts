import type { Classification } from "#vocabulary/markings"
import { INVESTIGATION_ROLES, type Purpose, type Role } from "#vocabulary/roles"
import { type Dice, dice } from "../support/dice.ts"
import { COLLECTOR, number, OFFERS, ORGANISER, type Phone } from "../support/world.ts"

/**
 * A small world as a list of acts. `hidden` acts touch what the viewer may not see: world A has them, world B is as if they never
 * were. What is hidden from whom is worked out here, from the words of invariant 2, and not by asking the policy.
 */
export interface World {
  n: number
  /** All reads, those that work out entities and networks too. */
  deep: boolean
  viewer: Person
  /** Sees exactly what the viewer sees. */
  peer: Person
  /** See everything between them; one of each agency. */
  cleared: readonly Person[]
  investigations: readonly { id: string; name: string; hidden: boolean }[]
  acts: readonly Act[]
}

export interface Person {
  id: string
  organisation: string
  clearance: Classification
  roles: readonly Role[]
  /** Ids of the investigations in which he holds them. */
  in: readonly string[]
}

export interface Terms {
  classification: Classification
  audience?: readonly string[]
  purposes?: readonly Purpose[]
}

export type Act = { hidden: boolean; by: string; investigation: string; purpose?: Purpose } & (
  | { does: "take-in"; phones: readonly Phone[] }
  | { does: "take-in-loose"; terms: Terms; name: string; text: string }
  | { does: "decide-scope"; reference: string; classification: string; words: readonly string[]; known: boolean }
  | { does: "set-standing"; number: string; standing: string }
  | { does: "assert-conduct"; number: string }
  | { does: "decide-identity"; number: string; other: string; decision: string }
  | { does: "undo-identity" }
  | { does: "second-identity"; decidedBy: string }
  | { does: "adopt-parameters" }
  | { does: "withdraw-parameters" }
  | { does: "ask"; procedure: string; input: Record<string, unknown> }
)

const AGENCIES = ["agency-a", "agency-b"] as const
const LEVEL: Record<Classification, number> = { OFFICIAL: 0, SECRET: 1, "TOP SECRET": 2 }

const sees = (who: Person, investigation: string, t: Terms): boolean =>
  who.in.includes(investigation) &&
  LEVEL[who.clearance] >= LEVEL[t.classification] &&
  (t.audience?.includes(who.organisation) ?? true) &&
  (t.purposes?.includes("investigation") ?? true)

function termsFor(throws: Dice): Terms {
  return {
    classification: throws.pick(["OFFICIAL", "OFFICIAL", "SECRET", "TOP SECRET"] as const),
    ...(throws.chance(0.35) ? { audience: throws.pick([["agency-a"], ["agency-b"], ["agency-a", "agency-b"]]) } : {}),
    ...(throws.chance(0.2) ? { purposes: throws.pick([["investigation"], ["safeguarding"]] as const) } : {}),
  }
}

/** Numbers that phones of the world share, whoever may see them. */
const SHARED = [ORGANISER, COLLECTOR, number(120), number(121)]
/** Only phones that were seized on arrival and that the viewer may not see: their protection holds for everybody, by design. */
const UNSEEN = [number(900), number(901)]

function phoneFor(throws: Dice, terms: Terms, hidden: boolean): Phone {
  const arrival = throws.chance(0.3)
  const numbers = hidden && arrival ? UNSEEN : SHARED
  const others = throws.some(numbers, 0.6)
  const lines = Array.from({ length: 1 + throws.roll(3) }, (_, n) => ({
    day: n + throws.roll(3),
    way: throws.pick(["in", "out"] as const),
    other: throws.pick(numbers),
    text: throws.chance(0.6) ? throws.pick(OFFERS) : `greet ${throws.pick(["mother", "Karwan", "the boys"])}`,
  }))
  return {
    // Few references and few events: what is hidden has the same ones as what is seen.
    reference: throws.pick(["P1", "P2", "P3"]),
    event: throws.pick(["landing-1", "landing-2"]),
    own: hidden && arrival ? number(910 + throws.roll(3)) : number(200 + throws.roll(4)),
    arrival,
    lines,
    ...(throws.chance(0.5) && others.length > 0 ? { cards: others.map((o) => [throws.pick(["Mam Karwan", "Ali", "K"]), o] as const) } : {}),
    sheet: terms,
  }
}

/** Rows of a register, few of them people who are in it twice. */
function registerFor(throws: Dice): string {
  const people = Array.from({ length: 3 + throws.roll(3) }, () => [
    ...(throws.chance(0.4)
      ? throws.pick(KNOWN).slice(0, 3)
      : [
          throws.pick(["Karwan", "Shirin", "Rebin", "Nergiz"]),
          throws.pick(["Rasul", "Doshghari", "Kalmirzad"]),
          `19${70 + throws.roll(6)}-0${1 + throws.roll(6)}-1${throws.roll(9)}`,
        ]),
    throws.chance(0.4) ? throws.pick(SHARED) : "",
    throws.pick(["Mill Road", "Elm Lane"]),
    throws.pick(["Derby", "Hull"]),
    String(7_000_000 + throws.roll(900)),
  ])
  const rows = people.flatMap((p) => (throws.chance(0.5) ? [p, p] : [p]))
  return ["rec_id,given_name,surname,date_of_birth,phone,address_1,city,soc_sec_id", ...rows.map((p, n) => [n, ...p].join(","))].join("\n")
}

/** People who stand in several lists and registers, seen ones and hidden ones. */
const KNOWN = [
  ["Karwan", "Rasul", "1971-02-13", "7000417"],
  ["Shirin", "Doshghari", "1974-05-17", "7000933"],
  ["Rebin", "Kalmirzad", "1975-03-11", "7000258"],
] as const

/** Passengers of one sailing, none under age; their papers have no issuer. */
function passengersFor(throws: Dice): string {
  const rows = throws
    .some(KNOWN, 0.7)
    .map(([given, family, born, paper]) => [throws.pick(["XX123", "XX124"]), "2026-05-02", family, given, `X${paper}`, born, "ABC123"])
  return [
    "Flight,Date,Surname,Given name,Passport no,DOB,PNR",
    ["XX123", "2026-05-02", "Qertaxi", "Nergiz", `X${7_000_000 + throws.roll(900)}`, `197${throws.roll(9)}-04-19`, "ABC124"].join(","),
    ...rows.map((r) => r.join(",")),
  ].join("\n")
}

/** The world of that number under a seed. */
export function worldOf(seed: number, n: number, deep: boolean): World {
  const throws = dice(seed, n)
  const id = (prefix: string, m: number) => `${prefix}${String(n * 100 + m + 100).padStart(20, "0")}`
  const seen = { id: id("in_", 0), name: "Operation", hidden: false }
  const unseen = { id: id("in_", 1), name: throws.pick(["Operation", "Operation Two"]), hidden: true }
  const viewer: Person = {
    id: id("us_", 0),
    organisation: throws.pick(AGENCIES),
    clearance: throws.pick(["OFFICIAL", "OFFICIAL", "SECRET"] as const),
    roles: deep ? ["analyst", "examiner"] : [throws.pick(INVESTIGATION_ROLES), throws.pick(INVESTIGATION_ROLES)],
    in: [seen.id],
  }
  const peer: Person = { ...viewer, id: id("us_", 1), roles: ["analyst", "examiner"] }
  const cleared = AGENCIES.map(
    (organisation, m): Person => ({
      id: id("us_", 2 + m),
      organisation,
      clearance: "TOP SECRET",
      roles: INVESTIGATION_ROLES.filter((role) => role !== "authorising-officer"),
      in: [seen.id, unseen.id],
    }),
  )
  const acts: Act[] = []
  const taken: { hidden: boolean; investigation: string; phone: Phone; terms: Terms; by: Person }[] = []

  const takeIn = (hidden: boolean): void => {
    for (;;) {
      const by = throws.pick(cleared)
      const terms = termsFor(throws)
      const investigation = hidden && throws.chance(0.4) ? unseen.id : seen.id
      // Who hands in must see it himself, for one purpose or the other.
      const purpose = terms.purposes?.includes("safeguarding") ? ("safeguarding" as const) : undefined
      if (terms.audience && !terms.audience.includes(by.organisation)) continue
      if (sees(viewer, investigation, terms) === hidden) continue
      const who = { hidden, by: by.id, investigation, ...(purpose ? { purpose } : {}) }
      if (throws.chance(0.2)) {
        acts.push({
          ...who,
          does: "take-in-loose",
          terms,
          name: throws.pick(["note.txt", "list.txt"]),
          text: throws.pick(["what was found", "what else"]),
        })
        return
      }
      // The very phone that was taken in before, under another marking.
      const before = taken.length > 0 && throws.chance(0.3) ? throws.pick(taken).phone : undefined
      const phone =
        before && !(hidden && before.arrival) && !before.own.includes("9009")
          ? { ...before, sheet: terms }
          : phoneFor(throws, terms, hidden)
      taken.push({ hidden, investigation, phone, terms, by })
      acts.push({ ...who, does: "take-in", phones: [phone] })
      return
    }
  }
  const scope = (): void => {
    const devices = taken.filter((t) => t.phone.arrival && !t.terms.purposes?.includes("safeguarding"))
    if (devices.length === 0) return
    const { hidden, investigation, phone, terms, by } = throws.pick(devices)
    const who = hidden ? by : throws.pick([peer, by])
    acts.push({
      hidden,
      by: who.id,
      investigation,
      does: "decide-scope",
      reference: phone.reference,
      classification: terms.classification,
      words: throws.some(["boat", "game", "greet"], 0.3),
      known: throws.chance(0.6),
    })
  }
  const decide = (): void => {
    const inCase = taken.filter((t) => t.investigation === seen.id && !t.phone.arrival && !t.terms.purposes)
    const hidden = inCase.filter((t) => t.hidden)
    const shown = inCase.filter((t) => !t.hidden)
    const [from, by] = hidden.length > 0 && throws.chance(0.5) ? [hidden, null] : [shown, peer]
    if (from.length === 0) return
    const chosen = throws.pick(from)
    const act = {
      hidden: by === null,
      by: (by ?? chosen.by).id,
      investigation: seen.id,
      number: throws.pick(chosen.phone.lines!).other,
    }
    acts.push(
      throws.chance(0.5)
        ? { ...act, does: "set-standing", standing: throws.pick(["suspect", "unknown"]) }
        : { ...act, does: "assert-conduct" },
    )
  }

  const identify = (): void => {
    const inCase = taken.filter((t) => t.investigation === seen.id && !t.phone.arrival && !t.terms.purposes)
    const chosen = throws.some(inCase, 0.6)[0]
    if (!chosen) return
    const by = chosen.hidden ? chosen.by.id : peer.id
    const who = { hidden: chosen.hidden, by, investigation: seen.id }
    const numbers = throws.shuffle([...SHARED, chosen.phone.own])
    // One of the two stands in the phone that is chosen: what is said of it rests on what may not be seen, or on what may.
    const number = throws.pick(chosen.phone.lines!).other
    const other = numbers.find((n) => n !== number)!
    acts.push({ ...who, does: "decide-identity", number, other, decision: throws.pick(["same", "same", "not-same", "unsure"]) })
    if (!chosen.hidden && throws.chance(0.5)) acts.push({ ...who, does: "second-identity", by: cleared[0]!.id, decidedBy: peer.id })
    if (throws.chance(0.3)) acts.push({ ...who, does: "undo-identity" })
  }

  /** A register that the viewer sees, or one that he does not see and whoever takes it in does. */
  const register = (hidden: boolean): Person => {
    for (;;) {
      const by = throws.pick(cleared)
      const { purposes: _, ...terms } = termsFor(throws)
      if (!sees(by, seen.id, terms) || sees(viewer, seen.id, terms) === hidden) continue
      const taking = { hidden, by: by.id, investigation: seen.id, does: "take-in-loose", terms } as const
      acts.push({ ...taking, name: "register.csv", text: registerFor(throws) })
      if (throws.chance(0.6)) acts.push({ ...taking, name: "passengers.csv", text: passengersFor(throws) })
      return by
    }
  }
  /** What is adopted rests on all registers that its adopter sees: a hidden one among them, and the viewer does not see the adoption. */
  const adopt = (): void => {
    const acting = throws.shuffle([
      ...(throws.chance(0.7) ? [{ hidden: false, by: peer.id }] : []),
      ...(throws.chance(0.7) ? [{ hidden: true, by: register(true).id }] : []),
    ])
    for (const who of acting) {
      acts.push({ ...who, investigation: seen.id, does: "adopt-parameters" })
      if (throws.chance(0.3)) acts.push({ ...who, investigation: seen.id, does: "withdraw-parameters" })
    }
  }

  for (const hidden of throws.shuffle([false, true, ...(deep ? [false] : []), ...(throws.chance(0.5) ? [true] : [])])) takeIn(hidden)
  if (throws.chance(0.6)) scope()
  if (deep) for (let m = throws.roll(3); m > 0; m--) decide()
  if (deep) for (let m = 1 + throws.roll(3); m > 0; m--) identify()
  if (deep) {
    register(false)
    adopt()
  }
  if (deep && throws.chance(0.5))
    acts.push({
      hidden: true,
      by: cleared[0]!.id,
      investigation: seen.id,
      does: "ask",
      procedure: "network.analyse",
      input: { investigation: seen.id },
    })
  if (throws.chance(0.5))
    acts.push({
      hidden: true,
      by: cleared[1]!.id,
      investigation: unseen.id,
      does: "ask",
      procedure: "evidence.list",
      input: { investigation: throws.pick([unseen.id, "nowhere"]) },
    })
  if (throws.chance(0.4)) takeIn(false)
  return { n, deep, viewer, peer, cleared, investigations: [seen, unseen], acts }
}
