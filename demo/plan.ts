import { DAY, HOUR, MINUTE, WINDOW } from "./calendar.ts"
import { CLIENT_STAGES, type Launch, type World } from "./operation.ts"
import type { Person } from "./people.ts"
import type { Rng } from "./rng.ts"

type PhoneFormat = "ufed-xml" | "ufdr" | "android" | "ios" | "whatsapp-export" | "telegram-export"
type PhoneClass = "arrival" | "raid" | "shop" | "abandoned" | "witness" | "partner"

export interface PhonePlan {
  reference: string
  folder: string
  class: PhoneClass
  /** One holder, or those who share a handset. */
  owners: Person[]
  launch: Launch
  seizedAt: number
  event: string
  format: PhoneFormat
  wiped: boolean
  unreadable: boolean
  rows: { contacts: number; messages: number; calls: number; other: number }
  /** Facilitators saved on it, chosen over all phones together. */
  known: Person[]
  services: Person[]
  /** Whose nickname is spoken of on this phone, where the plan wants it said. */
  spokenOf: Person[]
}

const ARRIVAL_FORMATS: readonly PhoneFormat[] = [
  "ufed-xml",
  "ufdr",
  "android",
  "ufed-xml",
  "ios",
  "whatsapp-export",
  "ufed-xml",
  "telegram-export",
  "ufed-xml",
  "ufdr",
  "ufed-xml",
  "android",
  "ufed-xml",
]
const RAID_FORMATS: readonly PhoneFormat[] = ["ufed-xml", "android", "ufdr", "ios"]

/** Which phones come into the task force's hands, and what of the journey each of them can show. */
export function planPhones(world: World): PhonePlan[] {
  const rng = world.rng.fork("phone plan")
  const p = world.draw.parameters
  const total = Math.max(10, p.phones)
  const arrivals = Math.round(total * Math.min(0.8, p.arrivalPhoneShare))
  const rest = total - arrivals
  const raids = Math.max(1, Math.round(rest / 2))
  const each = Math.max(1, Math.round(rest / 8))
  const plans: PhonePlan[] = [...planArrivals(world, rng.fork("arrivals"), arrivals)]
  const others: PhoneClass[] = [
    ...Array<PhoneClass>(raids).fill("raid"),
    ...Array<PhoneClass>(each).fill("shop"),
    ...Array<PhoneClass>(each).fill("abandoned"),
    ...Array<PhoneClass>(each).fill("witness"),
    ...Array<PhoneClass>(each).fill("partner"),
  ]
  for (const [i, kind] of others.entries()) plans.push(planOther(world, rng.fork(`other/${i}`), kind, i))
  spoil(plans, world, rng.fork("spoil"))
  shareRows(plans, world, rng.fork("rows"))
  overlap(plans, world, rng.fork("overlap"))
  speak(plans, world, rng.fork("spoken"))
  ransom(plans, world, rng.fork("ransom"))
  return plans
}

function planArrivals(world: World, rng: Rng, n: number): PhonePlan[] {
  const landed = world.launches.filter((l) => l.succeeded)
  const landings = rng.sample(landed, Math.min(landed.length, n, world.draw.parameters.landingsWithPhones)).sort((a, b) => a.at - b.at)
  const share = landings.map(() => 1)
  const most = Math.max(4, Math.ceil((n / landings.length) * 2))
  for (let left = n - landings.length; left > 0; ) {
    const i = rng.integer(0, landings.length - 1)
    if (share[i]! >= most) continue
    share[i]!++
    left--
  }
  const plans: PhonePlan[] = []
  landings.forEach((launch, i) => {
    const holders = rng.sample(
      launch.passengers.filter((x) => !x.child || rng.chance(0.2)),
      share[i]!,
    )
    holders.forEach((owner, k) => {
      const number = String(i + 1).padStart(2, "0")
      plans.push({
        ...blank(launch, [owner]),
        reference: `LDG${i + 1}/${String(k + 1).padStart(2, "0")}`,
        folder: `LDG${i + 1}-${String(k + 1).padStart(2, "0")}`,
        class: "arrival",
        seizedAt: launch.arrivedAt + rng.integer(10, 90) * MINUTE,
        event: `landing-${number}`,
        format: ARRIVAL_FORMATS[plans.length % ARRIVAL_FORMATS.length]!,
      })
    })
  })
  return plans
}

function blank(launch: Launch, owners: Person[]) {
  return {
    owners,
    launch,
    wiped: false,
    unreadable: false,
    rows: { contacts: 0, messages: 0, calls: 0, other: 0 },
    known: [],
    services: [],
    spokenOf: [],
  }
}

function planOther(world: World, rng: Rng, kind: PhoneClass, i: number): PhonePlan {
  const { facilitators } = world
  const number = String(i + 1).padStart(2, "0")
  const launches = world.launches.slice(Math.floor(world.launches.length / 3))
  const common = (owners: Person[], at: number, code: string, format: PhoneFormat): PhonePlan => {
    const theirs = world.launches.filter((l) => l.at < at && owners.some((o) => o.parts.some((x) => x.event === l.id)))
    const launch = theirs.at(-1) ?? rng.pick(world.launches)
    return {
      ...blank(launch, owners),
      reference: `${code}${number}/01`,
      folder: `${code}${number}-01`,
      class: kind,
      seizedAt: at,
      event: `${kind}-${number}`,
      format,
    }
  }
  const someday = rng.pick(launches).at + rng.uniform(1, 9) * DAY
  const aides = facilitators.filter((f) => f.kind !== "principal" && f.kind !== "organiser" && f.stage !== null && f.parts.length > 0)
  const bystander = () => world.registry.person(rng, "holder", { language: "sorani", female: false })
  switch (kind) {
    case "raid": {
      // The first raid falls into the longest lull: arrivals drop after it because of the weather, not because of it.
      const at = i === 0 ? world.lull.from + 18 * HOUR : someday
      const stages = [8, 7, 6, 4, 2, 5, 1, 9]
      const able = aides.filter((f) => f.stage === stages[i % stages.length])
      return common(
        [able.length > 0 ? rng.pick(able) : aides.length > 0 ? rng.pick(aides) : bystander()],
        at,
        "RAID",
        RAID_FORMATS[i % RAID_FORMATS.length]!,
      )
    }
    case "shop": {
      const shop = rng.pick(
        world.outlets.filter((o) => o.arranges && o.kind === "exchange").concat(world.draw.smuggling ? [] : world.outlets.slice(1)),
      )
      const clerks = [...shop.clerks]
      while (clerks.length < 3) {
        const clerk = world.registry.person(rng, "exchange-clerk", { language: "sorani", female: false })
        shop.clerks.push(clerk)
        clerks.push(clerk)
      }
      return common(clerks.slice(0, 3), someday, "SHOP", "android")
    }
    case "abandoned": {
      const organisers = facilitators.filter((f) => f.kind === "organiser" && f.parts.length > 0)
      return common([organisers.length > 0 ? rng.pick(organisers) : bystander()], someday, "ABN", "ufdr")
    }
    case "witness": {
      const launch = rng.pick(launches)
      const witness = rng.pick(launch.passengers.filter((x) => !x.child))
      witness.notes.push("gave a phone by agreement; witness")
      return { ...common([witness], launch.arrivedAt + rng.uniform(10, 40) * DAY, "WIT", "whatsapp-export"), launch }
    }
    default:
      return common([aides.length > 0 ? rng.pick(aides) : bystander()], Math.min(someday, WINDOW.to), "PTR", "ufed-xml")
  }
}

/** 30 % of arrival phones are wiped; two in twenty-five images cannot be read. */
function spoil(plans: PhonePlan[], world: World, rng: Rng): void {
  const arrivals = plans.filter((x) => x.class === "arrival")
  const wiped = Math.round(arrivals.length * world.draw.parameters.wipedShare)
  const order = rng.shuffle(arrivals)
  for (const plan of order.slice(0, wiped)) {
    plan.wiped = true
    plan.format = "ufed-xml"
  }
  const unreadable = Math.max(1, Math.round((2 * plans.length) / 25))
  for (const plan of order.slice(wiped, wiped + unreadable)) plan.unreadable = true
  order
    .slice(wiped + unreadable)
    .sort((a, b) => (a.reference < b.reference ? -1 : 1))
    .forEach((plan, i) => {
      plan.format = ARRIVAL_FORMATS[i % ARRIVAL_FORMATS.length]!
    })
}

/** Rows per phone: log-normal as on real phones, then scaled so that all phones together hold mean × phones. */
function shareRows(plans: PhonePlan[], world: World, rng: Rng): void {
  const p = world.draw.parameters
  const readable = plans.filter((x) => !x.wiped && !x.unreadable)
  // Medians and 95th percentiles of real phones: contacts 180 and 900, messages 6 000 and 60 000.
  const shapes = [
    ["contacts", p.contactsPerPhone, Math.log(900 / 180) / 1.645],
    ["messages", p.messagesPerPhone, Math.log(10) / 1.645],
    ["calls", p.callsPerPhone, 1.1],
    ["other", p.otherPerPhone, 0.9],
  ] as const
  for (const [column, mean, sigma] of shapes) {
    const weights = readable.map(() => Math.min(8, rng.logNormal(1, sigma)))
    const sum = weights.reduce((a, b) => a + b, 0)
    readable.forEach((plan, i) => {
      plan.rows[column] = Math.max(8, Math.round((weights[i]! / sum) * mean * plans.length))
    })
  }
  for (const plan of plans)
    if (plan.wiped) plan.rows = { contacts: rng.integer(1, 6), messages: rng.integer(0, 4), calls: rng.integer(0, 3), other: 0 }
}

/** Who is saved on which arrival phone: few facilitators on many phones, organisers on two at most, principals on none, services on most. */
function overlap(plans: PhonePlan[], world: World, rng: Rng): void {
  const p = world.draw.parameters
  const arrivals = plans.filter((x) => (x.class === "arrival" || x.class === "witness") && !x.unreadable)
  const n = plans.filter((x) => x.class === "arrival").length
  const load = Math.max(1, n / 17 / Math.max(1, world.facilitators.length / 96))
  const most = Math.max(2, Math.round(p.overlapBestAide * 17 * load))
  const organiserMost = Math.max(1, Math.round(2 * load))
  const times = new Map<string, number>()
  for (const plan of arrivals) {
    const share = Math.min(0.06, Math.max(0.02, p.arrivalContactsInScope * rng.uniform(0.6, 1.4)))
    const want = plan.wiped ? rng.integer(0, 1) : Math.max(2, Math.min(14, Math.round((plan.rows.contacts / p.syncDuplicates) * share)))
    const able = world.facilitators.filter(
      (f) =>
        f.kind !== "principal" &&
        f.stage !== null &&
        (CLIENT_STAGES as readonly number[]).includes(f.stage) &&
        (f.group === plan.launch.group || f.group === "shared") &&
        (times.get(f.id) ?? 0) < (f.kind === "organiser" ? organiserMost : most),
    )
    while (plan.known.length < want && able.length > 0) {
      const chosen = rng.weighted(
        able,
        able.map((f) => world.popularity.get(f.id) ?? 0),
      )
      able.splice(able.indexOf(chosen), 1)
      plan.known.push(chosen)
      times.set(chosen.id, (times.get(chosen.id) ?? 0) + 1)
    }
  }
  const readable = arrivals.filter((x) => x.class === "arrival")
  const spread = (share: number, people: Person[]) => {
    for (const plan of rng.sample(readable, Math.round(share * n))) plan.services.push(rng.pick(people))
  }
  const { services } = world
  // Somebody at home who held a number before a facilitator got it: saved on some passenger's phone ever since.
  for (const former of world.formerHolders) rng.pick(readable).services.push(former)
  spread(p.overlapHotline, [services.hotline])
  spread(p.overlapTaxi, [services.taxis[0]!])
  spread(p.overlapExchange, [services.honestClerks[0]!])
  spread(0.12, services.taxis.slice(1))
  spread(0.2, [services.campHandset])
  spread(0.06, [services.covert])
  for (const plan of plans) {
    if (plan.class === "arrival") continue
    if (rng.chance(0.5)) plan.services.push(services.hotline)
    if (rng.chance(0.5)) plan.services.push(rng.pick(services.taxis))
    if (plan.class === "raid" && rng.chance(0.5)) plan.services.push(services.covert)
    if (plan.class === "witness") plan.services.push(services.lawyers[0]!, services.interpreters[0]!)
    if (rng.chance(0.3)) plan.services.push(services.honestClerks[0]!)
  }
}

/** An organiser is spoken of in about half of the landings, a visible principal in about one in seven, on one or two phones each. */
function speak(plans: PhonePlan[], world: World, rng: Rng): void {
  const p = world.draw.parameters
  const readable = plans.filter((x) => x.class === "arrival" && !x.wiped && !x.unreadable)
  const landings = [...new Set(plans.filter((x) => x.class === "arrival").map((x) => x.event))]
  const withPhones = [...new Set(readable.map((x) => x.event))]
  const mention = (events: string[], choose: (plan: PhonePlan) => Person[]) => {
    for (const event of events) {
      const here = readable.filter((x) => x.event === event)
      const people = choose(here[0]!)
      if (people.length === 0) continue
      const person = rng.pick(people)
      for (const plan of rng.sample(here, rng.integer(1, 2))) plan.spokenOf.push(person)
    }
  }
  const of = (kind: "organiser" | "principal") => (plan: PhonePlan) =>
    world.facilitators.filter((f) => f.kind === kind && f.group === plan.launch.group && f.nicknames.length > 0 && visible(world, f))
  mention(rng.sample(withPhones, Math.round(landings.length * p.organiserSpoken)), of("organiser"))
  mention(rng.sample(withPhones, Math.max(1, Math.round(landings.length * p.principalSpoken))), of("principal"))
  for (const plan of plans) {
    if (plan.class === "arrival" || plan.class === "partner") continue
    const group = plan.owners[0]!.group ?? plan.launch.group
    const bosses = world.facilitators.filter((f) => f.kind === "organiser" && f.group === group && f.nicknames.length > 0)
    if (bosses.length > 0 && world.draw.smuggling) plan.spokenOf.push(rng.pick(bosses))
    const principal = world.facilitators.find((f) => f.kind === "principal" && f.group === group && visible(world, f))
    if (principal && rng.chance(0.3)) plan.spokenOf.push(principal)
  }
}

/** One of those who arrived had been held on the way until the family paid. */
function ransom(plans: PhonePlan[], world: World, rng: Rng): void {
  const able = plans.filter((x) => x.class === "arrival" && !x.wiped && !x.unreadable && !x.owners[0]!.child)
  if (!world.draw.smuggling || able.length === 0) return
  rng.pick(able).owners[0]!.notes.push(RANSOM)
}

export const RANSOM = "held for ransom on the way by people of the mover; victim"

/** In a seed with an invisible principal, the head of group A leaves no trace in any exhibit. */
export function visible(world: World, person: Person): boolean {
  return !(world.draw.invisiblePrincipal && person.kind === "principal" && person.group === "A")
}
