import { DAY, HOUR, MINUTE } from "./calendar.ts"
import { BORDER, STORE, type Town } from "./geography.ts"
import type { Deposit } from "./money.ts"
import type { Launch, World } from "./operation.ts"
import type { Person } from "./people.ts"
import type { JourneyTopic, Topic } from "./phrases/categories.ts"
import { RANSOM } from "./plan.ts"
import type { Rng } from "./rng.ts"
import type { Slots } from "./talk.ts"

/** One thing said or done between two people. The script of a pair is the same on whichever phone it is found. */
export interface Beat {
  at: number
  by: "a" | "b"
  topic: Topic
  slots: Slots
  /** A call instead of words; `unseen` is a call that rings and is not meant to be answered. */
  act?: "unseen" | "pin" | "video"
}

const early = (rng: Rng, at: number, days: number) => at - rng.uniform(0.2, days) * DAY

/** A client (a) and somebody who carries him on a stage (b). */
export function clientScript(rng: Rng, world: World, client: Person, other: Person, launch: Launch): Beat[] {
  const deposit = world.deposits.get(client.id)
  const price = deposit?.amount ?? rng.integer(12, 30) * 100
  const slots: Slots = {
    person: other,
    place: launch.camp,
    price,
    amount: price,
    outlet: deposit?.outlet,
    code: deposit?.code,
    n: rng.integer(2, 6),
  }
  const beats: Beat[] = []
  const say = (at: number, by: "a" | "b", topic: JourneyTopic, more: Slots = {}) =>
    beats.push({ at, by, topic, slots: { ...slots, ...more } })
  const paid = deposit?.paidAt ?? launch.at - 8 * DAY
  switch (other.stage) {
    case 1:
      say(paid - rng.uniform(1, 6) * DAY, "a", "ask", { person: rng.pick(world.passengers) })
      say(paid - rng.uniform(0.5, 1) * DAY, "b", "offer")
      say(paid - 5 * HOUR, "b", "deposit")
      say(paid + HOUR, "a", "deposit")
      if (rng.chance(0.3)) say(launch.arrivedAt - 20 * MINUTE, "a", "thanks", { nick: other.nicknames[0] })
      break
    case 2:
    case 10:
      beats.push(...moneyBeats(rng, deposit, slots, launch))
      break
    case 3:
      say(paid + DAY, "b", "papers", { price: rng.integer(3, 15) * 100 })
      say(paid + 2 * DAY, "a", "papers", { price: rng.integer(3, 15) * 100 })
      break
    case 4:
    case 5:
      say(early(rng, launch.at, 14), "b", "driver", { place: launch.hub, time: "03:30" })
      say(early(rng, launch.at, 13), "a", "count")
      if (rng.chance(0.4)) say(early(rng, launch.at, 12), "a", "complaint")
      break
    case 6:
      say(early(rng, launch.at, 6), "b", "camp")
      say(early(rng, launch.at, 4), "a", "complaint", { n: rng.integer(3, 20) })
      say(early(rng, launch.at, 3), "b", "wait")
      break
    default:
      say(early(rng, launch.at, 2), "b", "camp")
      if (rng.chance(0.5)) say(early(rng, launch.at, 1.5), "b", "wait")
      say(launch.at - rng.uniform(3, 7) * HOUR, "b", "launch", { place: launch.beach, time: "02:00" })
      if (!launch.succeeded) say(launch.at + 2 * HOUR, "a", "failed", { place: launch.beach })
      else if (rng.chance(0.5)) say(launch.arrivedAt - rng.uniform(5, 25) * MINUTE, "a", "arrived")
  }
  return beats
}

/** Money paid in, the code, the sign of arrival in one of its five shapes, and the release. */
function moneyBeats(rng: Rng, deposit: Deposit | undefined, slots: Slots, launch: Launch): Beat[] {
  if (!deposit) return []
  const beats: Beat[] = [
    { at: deposit.paidAt, by: "a", topic: "deposit", slots },
    { at: deposit.paidAt + 20 * MINUTE, by: "b", topic: "paycode", slots },
  ]
  if (deposit.state === "refunded") beats.push({ at: (deposit.settledAt ?? launch.at) - DAY, by: "a", topic: "complaint", slots })
  if (deposit.state !== "released") return beats
  const signalAt = launch.arrivedAt - rng.uniform(3, 30) * MINUTE
  const shape = deposit.signal
  if (shape === "word") beats.push({ at: signalAt, by: "a", topic: "arrived", slots })
  else if (shape === "unseen call") beats.push({ at: signalAt, by: "a", topic: "arrived", slots, act: "unseen" })
  else if (shape === "code") beats.push({ at: signalAt, by: "a", topic: "paycode", slots })
  else if (shape === "video or pin")
    beats.push({ at: signalAt, by: "a", topic: "arrived", slots: { ...slots, place: launch.landing }, act: rng.pick(["pin", "video"]) })
  return beats
}

/** A client and the family at home: in scope where it is about the journey, ordinary life around it. */
export function familyScript(rng: Rng, world: World, client: Person, launch: Launch): Beat[] {
  const deposit = world.deposits.get(client.id)
  const slots: Slots = { place: launch.camp, outlet: deposit?.outlet, amount: deposit?.amount, code: deposit?.code, n: rng.integer(2, 20) }
  const beats: Beat[] = []
  if (deposit) {
    beats.push({ at: deposit.paidAt - 2 * HOUR, by: "a", topic: "deposit", slots })
    beats.push({ at: deposit.paidAt + HOUR, by: "b", topic: "paycode", slots })
  }
  if (client.notes.includes(RANSOM))
    for (const day of [34, 33, 31])
      beats.push({ at: launch.at - day * DAY, by: "a", topic: "ransom", slots: { amount: 3500, place: launch.hub } })
  beats.push({ at: launch.at - 2 * DAY, by: "a", topic: "wait", slots })
  beats.push({ at: launch.at - 6 * HOUR, by: "a", topic: "launch", slots: { ...slots, place: launch.beach } })
  if (launch.succeeded && rng.chance(0.7))
    beats.push({ at: launch.arrivedAt - rng.uniform(2, 20) * MINUTE, by: "a", topic: "arrived", slots })
  return beats
}

/** Two facilitators: what they speak of follows from their stages, launch by launch. */
export function tieScript(rng: Rng, world: World, a: Person, b: Person, beats: number): Beat[] {
  const shared = sharedLaunches(world, a, b)
  const out: Beat[] = []
  if (shared.length === 0) return out
  const stages = new Set([a.stage, b.stage])
  const top = a.kind === "principal" || b.kind === "principal"
  for (let i = 0; i < beats; i++) {
    const launch = rng.pick(shared)
    const place: Town = stages.has(7)
      ? rng.pick([STORE, BORDER])
      : stages.has(4) || stages.has(5)
        ? launch.hub
        : stages.has(8)
          ? launch.beach
          : launch.camp
    const slots: Slots = {
      place,
      n: launch.passengers.length,
      price: stages.has(7) ? rng.integer(12, 35) * 100 : rng.integer(10, 30) * 100,
      amount: rng.integer(4, 60) * 500,
      time: `${rng.integer(0, 5)}:${rng.pick(["00", "30"])}`,
    }
    const topics: JourneyTopic[] = top ? ["count", "release", "wait"] : ["count", "wait"]
    if (stages.has(7)) topics.push("boatOrder", "boatOrder", "engineOrder")
    if (stages.has(8)) topics.push("launch", "failed", "count")
    if (stages.has(6)) topics.push("camp", "count")
    if (stages.has(4) || stages.has(5)) topics.push("driver", "driver")
    if (stages.has(3)) topics.push("papers", "papers")
    if (stages.has(2) || stages.has(10)) topics.push("release", "release")
    if (stages.has(1)) topics.push("offer", "ask")
    const topic = rng.pick(topics)
    const code = topic === "release" ? releaseCode(rng, world, launch) : undefined
    const at =
      topic === "boatOrder" || topic === "engineOrder"
        ? early(rng, launch.at, 20)
        : topic === "release"
          ? launch.arrivedAt + rng.uniform(4, 90) * HOUR
          : early(rng, launch.at, 3)
    out.push({
      at,
      by: rng.pick(["a", "b"]),
      topic,
      slots: {
        ...slots,
        ...(code ? { code } : {}),
        ...(topic === "boatOrder" || topic === "engineOrder" ? { n: rng.integer(2, 12) } : {}),
        ...(topic === "release" ? { nick: (rng.chance(0.5) ? a : b).nicknames[0] } : {}),
      },
    })
  }
  return out
}

function releaseCode(rng: Rng, world: World, launch: Launch): string | undefined {
  const known = launch.passengers.map((x) => world.deposits.get(x.id)).filter((d) => d !== undefined)
  return known.length > 0 ? rng.pick(known).code : undefined
}

/** Launches that both took part in; those of the group where they never met in one. */
function sharedLaunches(world: World, a: Person, b: Person): Launch[] {
  const mine = new Set(a.parts.map((p) => p.event))
  const both = world.launches.filter((l) => mine.has(l.id) && b.parts.some((p) => p.event === l.id))
  return both.length > 0 ? both : world.launches.filter((l) => l.group === a.group || l.group === b.group).slice(0, 4)
}

/** The holder (a) and somebody who serves everybody: help at sea, a taxi, a lawyer, an honest exchange. Nothing of it is a part in anything. */
export function serviceScript(rng: Rng, other: Person, launch: Launch): Beat[] {
  const beat = (at: number, by: "a" | "b", topic: Topic, slots: Slots = {}): Beat => ({ at, by, topic, slots })
  switch (other.kind) {
    case "hotline":
      return launch.succeeded || rng.chance(0.5)
        ? [beat(launch.at + 3 * HOUR, "a", "help", { n: launch.passengers.length }), beat(launch.at + 3 * HOUR + 4 * MINUTE, "b", "plan")]
        : []
    case "taxi":
      return [
        beat(launch.at - 20 * HOUR, "a", "taxi", { place: launch.beach }),
        beat(launch.at - 20 * HOUR + 5 * MINUTE, "b", "taxi", { place: launch.beach }),
      ]
    case "lawyer":
    case "interpreter":
      return [beat(launch.arrivedAt + 6 * DAY, "b", "legal"), beat(launch.arrivedAt + 7 * DAY, "a", "ok")]
    case "exchange-clerk":
      return [beat(launch.at - 30 * DAY, "a", "money"), beat(launch.at - 30 * DAY + HOUR, "b", "money")]
    case "police-covert":
      return [
        beat(launch.at - 10 * DAY, "b", "ask"),
        beat(launch.at - 9 * DAY, "b", "boatOrder"),
        beat(launch.at - 9 * DAY + HOUR, "a", "wait"),
      ]
    case "shop":
      return [beat(launch.at - 6 * DAY, "a", "plan"), beat(launch.at - 5 * DAY, "b", "food")]
    default:
      return []
  }
}

/** A group for one boat: the caller (b) tells, the passengers (a) ask and answer. */
export function groupScript(rng: Rng, launch: Launch): Beat[] {
  const slots: Slots = { place: launch.camp, n: launch.passengers.length }
  const beat = (at: number, by: "a" | "b", topic: Topic, more: Slots = {}): Beat => ({ at, by, topic, slots: { ...slots, ...more } })
  return [
    beat(launch.at - 3 * DAY, "b", "camp"),
    beat(launch.at - 3 * DAY + 20 * MINUTE, "a", "ok"),
    beat(launch.at - 2 * DAY, "b", "wait"),
    beat(launch.at - 2 * DAY + HOUR, "a", "complaint", { n: rng.integer(2, 20) }),
    beat(launch.at - 30 * HOUR, "b", "count"),
    beat(launch.at - 5 * HOUR, "b", "launch", { place: launch.beach, time: "02:00" }),
    beat(launch.at - 4 * HOUR, "a", "ok"),
  ]
}
