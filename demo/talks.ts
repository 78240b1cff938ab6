import { DAY } from "./calendar.ts"
import { type Beat, clientScript, tieScript } from "./conversation.ts"
import type { World } from "./operation.ts"
import type { Person } from "./people.ts"
import { type PhonePlan, visible } from "./plan.ts"
import type { Rng } from "./rng.ts"

export interface Talk {
  other: Person
  /** Chance that belongs to the two of them, whichever phone is looked at. */
  pair: Rng
  beats: Beat[]
  holder: "a" | "b"
  client: boolean
}

/** Whom the holder of this phone deals with, and what they say to each other by script. */
export function talksOf(world: World, plan: PhonePlan, room: number): Talk[] {
  const owner = plan.owners.find((o) => o.stage !== null || o.kind === "principal") ?? plan.owners[0]!
  const pair = (other: Person) => world.rng.fork(`pair/${[owner.id, other.id].sort().join("-")}`)
  if (owner.stage === null) {
    if (owner.kind !== "passenger") return []
    return plan.known.map((other) => ({
      other,
      pair: pair(other),
      beats: clientScript(pair(other), world, owner, other, plan.launch),
      holder: "a",
      client: true,
    }))
  }
  const talks: Talk[] = []
  for (const tie of world.ties) {
    const other = tie.a === owner ? tie.b : tie.b === owner ? tie.a : null
    if (!other || !visible(world, other)) continue
    const beats = tieScript(pair(other), world, tie.a, tie.b, 6 + Math.round(room / 14))
    talks.push({ other, pair: pair(other), beats, holder: tie.a === owner ? "a" : "b", client: false })
  }
  const clients = clientsOf(world, plan, owner, room)
  for (const { client, launch } of clients)
    talks.push({
      other: client,
      pair: pair(client),
      beats: clientScript(pair(client), world, client, owner, launch),
      holder: "b",
      client: true,
    })
  return talks
}

function clientsOf(world: World, plan: PhonePlan, owner: Person, room: number) {
  const rng = world.rng.fork(`clients/${plan.folder}`)
  const outlet = world.outlets.find((o) => o.clerks.includes(owner))
  const events = new Set(owner.parts.map((p) => p.event))
  const launches = world.launches.filter((l) => events.has(l.id) && l.at < plan.seizedAt + 3 * DAY)
  const all = launches.flatMap((launch) =>
    launch.passengers
      .filter((x) => !x.child && x.kind === "passenger" && (!outlet || owner.stage !== 2 || world.deposits.get(x.id)?.outlet === outlet))
      .map((client) => ({ client, launch })),
  )
  const unique = new Map(rng.shuffle(all).map((x) => [x.client.id, x]))
  return [...unique.values()].slice(0, room)
}

/** Fellow passengers, kin first, whom one saves and talks to about anything: near to everybody, part of nothing. */
export function fellowsOf(world: World, plan: PhonePlan): Person[] {
  if (plan.class !== "arrival" && plan.class !== "witness") return []
  const rng = world.rng.fork(`fellows/${plan.folder}`)
  const owner = plan.owners[0]!
  const kin = plan.launch.passengers.filter((x) => owner.kin.includes(x.id))
  const others = plan.launch.passengers.filter((x) => x !== owner && !kin.includes(x) && !x.child)
  return [...kin, ...rng.sample(others, rng.integer(0, 4))]
}
