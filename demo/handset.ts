import { DAY, MINUTE } from "./calendar.ts"
import { makeCards } from "./cards.ts"
import { chatOf, clip, lifeOf, moments, ordinaryLines, type Pen, penOf, scriptLines, senderLines, spokenLine } from "./chats.ts"
import type { App, CallLine, Chat, Contents, Counterpart, Fix, Handset } from "./contents.ts"
import { type Beat, familyScript, groupScript, serviceScript } from "./conversation.ts"
import { deviceNumbers } from "./numbers.ts"
import type { World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import type { PhonePlan } from "./plan.ts"
import type { Rng } from "./rng.ts"
import { chatLanguage } from "./talk.ts"
import { fellowsOf, type Talk, talksOf } from "./talks.ts"

const MODELS: readonly (readonly [string, string, string])[] = [
  ["Samsung", "SM-A536B", "Android 14"],
  ["Xiaomi", "23021RAA2Y", "Android 13"],
  ["Samsung", "SM-A127F", "Android 13"],
  ["Huawei", "JNY-LX1", "Android 10"],
  ["Apple", "iPhone 12", "iOS 17.6.1"],
  ["Apple", "iPhone 11", "iOS 16.7"],
]

/** What a phone says about the truth, handed on while the phone itself is dropped. */
export interface PhoneTruth {
  /** People met only on this phone. */
  strangers: Person[]
  /** Facilitators who are saved or spoken with, for the ties that an exhibit shows. */
  met: Person[]
  spokenOf: { person: string; at: number }[]
  linesInScope: number
  peopleInScope: number
  people: number
}

function handsetOf(rng: Rng, plan: PhonePlan, number: string): Handset {
  const pool = plan.format === "ios" ? MODELS.slice(4) : plan.format === "android" ? MODELS.slice(0, 4) : MODELS
  const [make, model, os] = rng.pick(pool)
  return { make, model, os, ...deviceNumbers(rng), msisdn: number, extractedAt: plan.seizedAt + rng.uniform(1, 20) * DAY }
}

function appOf(rng: Rng, plan: PhonePlan, journey: boolean): App {
  switch (plan.format) {
    case "whatsapp-export":
      return "whatsapp"
    case "telegram-export":
      return "telegram"
    case "android":
    case "ios":
      return rng.weighted(["whatsapp", "sms"] as const, journey ? [95, 5] : [85, 15])
    default:
      return rng.weighted(["whatsapp", "sms", "telegram", "viber"] as const, journey ? [85, 3, 10, 2] : [70, 13, 11, 6])
  }
}

/** Fills one phone. Everything in it follows from the world and the phone's own label; nothing is kept between phones. */
export function fillPhone(world: World, plan: PhonePlan): { contents: Contents; truth: PhoneTruth } {
  const rng = world.rng.fork(`phone/${plan.folder}`)
  const p = world.draw.parameters
  const owner = plan.owners[0]!
  const sim = simAt(owner, plan.seizedAt)
  const from = lifeOf(rng, plan.seizedAt)
  const pen = penOf(world, rng, from, plan.seizedAt, owner.language)
  const arrival = plan.class === "arrival" || plan.class === "witness"
  const distinct = Math.max(1, Math.round(plan.rows.contacts / p.syncDuplicates))
  const share = arrival
    ? Math.min(0.12, Math.max(0.05, p.arrivalMessagesInScope * rng.uniform(0.6, 1.4)))
    : Math.min(0.45, Math.max(0.25, p.raidInScope * rng.uniform(0.7, 1.3)))
  const room = Math.max(2, Math.round(distinct * share))
  const talks = plan.wiped ? [] : talksOf(world, plan, arrival ? 0 : room).slice(0, Math.max(room, arrival ? 14 : 0))
  const fellows = plan.wiped ? [] : fellowsOf(world, plan)
  const met = [...new Set([...plan.services, ...plan.known, ...talks.map((t) => t.other), ...fellows])].slice(0, Math.max(distinct, 1))
  const strangers: Person[] = []
  for (let i = met.length; i < distinct; i++) {
    const kind = rng.weighted(["relative", "acquaintance", "shop"] as const, [22, 66, 12])
    const language = rng.chance(0.7) ? owner.language : undefined
    strangers.push(world.registry.person(rng, kind, language ? { language } : {}))
  }
  const { cards, labels } = makeCards(world, rng, plan, [...met, ...strangers])
  const contact = (person: Person, at: number = plan.seizedAt): Counterpart => ({
    number: simAt(person, at).account,
    label: labels.get(person.id) ?? null,
    person: person.id,
  })

  const spokenOf: PhoneTruth["spokenOf"] = []
  const chats: Chat[] = []
  const calls: CallLine[] = []
  const quota = Math.round(plan.rows.messages * share)
  let inScope = 0
  talks.forEach((talk, i) => {
    // Saved but hardly written to, when the phone's share of talk about the journey is used up.
    if (i > 1 && inScope >= quota) return
    const app = appOf(rng, plan, true)
    const language = chatLanguage(talk.pair.fork("language"), talk.other.language)
    const fair = Math.max(2, Math.round((quota - inScope) / (talks.length - i)))
    const beats = clip(pen, talk.beats, fair)
    for (const beat of beats) if (beat.act === "unseen") calls.push(ring(beat, talk, contact(talk.other, beat.at)))
    const lines = scriptLines(
      pen,
      talk.pair,
      beats.filter((b) => b.act !== "unseen"),
      talk.holder,
      app,
      language,
      talk.client,
    )
    const anchor = beats[0]?.at ?? from
    // Small talk and waiting around what matters, up to this pair's fair share.
    const short: Pen = { ...pen, from: Math.max(from, anchor - DAY), to: plan.seizedAt }
    if (fair > lines.length) lines.push(...ordinaryLines(short, fair - lines.length, 1, app, language))
    pen.nextFile = Math.max(pen.nextFile, short.nextFile)
    inScope += lines.length
    // The account under which they last wrote to each other: a SIM changed since then is not in this chat.
    chats.push(chatOf(`chat-${i + 1}`, app, [contact(talk.other, lines.at(-1)?.at ?? plan.seizedAt)], lines))
  })
  if (owner.kind === "passenger" && !plan.wiped && world.draw.smuggling) inScope += family(world, pen, plan, strangers, chats, contact)
  for (const person of plan.spokenOf) {
    const chat = chats[0] ?? null
    if (!chat || !person.nicknames[0]) continue
    const at = Math.round((plan.seizedAt - rng.uniform(0.3, 6) * DAY) / 1000) * 1000
    chat.lines.push(spokenLine(pen, at, rng.chance(0.6) ? 0 : null, person.nicknames[0], chat.app, owner.language))
    chat.lines.sort((a, b) => a.at - b.at)
    spokenOf.push({ person: person.id, at })
    inScope++
  }
  if (!plan.wiped) {
    serviceChats(pen, plan, contact, chats)
    inScope += gameGroup(pen, plan, fellows, contact, chats)
  }
  ordinaryChats(pen, plan, [...fellows, ...strangers], contact, chats)
  ordinaryCalls(pen, plan, [...met, ...strangers], contact, calls)
  const journey = arrival && !plan.wiped
  return {
    contents: {
      handset: handsetOf(rng, plan, sim.number),
      owner: { number: sim.number, account: sim.account, name: owner.name.parts[0]![0] },
      cards,
      chats,
      calls: calls.sort((a, b) => a.at - b.at),
      fixes: journey ? fixesOf(pen, plan, plan.rows.other - 2) : fixesOf(pen, plan, Math.max(0, plan.rows.other - 2)),
      accounts:
        plan.rows.other > 0
          ? [
              { platform: "WhatsApp", username: sim.account, name: owner.name.parts[0]![0] },
              { platform: "Facebook", username: `${owner.name.parts[0]![0].toLowerCase()}.${rng.digits(4)}`, name: owner.name.latin },
            ]
          : [],
    },
    truth: {
      strangers,
      met: met.filter((m) => m.stage !== null || m.kind === "principal"),
      spokenOf,
      linesInScope: inScope,
      people: met.length + strangers.length,
      peopleInScope: met.filter((m) => m.stage !== null || m.kind === "principal" || talks.some((t) => t.other === m)).length,
    },
  }
}

function ring(beat: Beat, talk: Talk, other: Counterpart): CallLine {
  const out = beat.by === talk.holder
  return {
    at: Math.round(beat.at / 1000) * 1000,
    other,
    direction: out ? "out" : "in",
    answered: false,
    seconds: 0,
    app: "whatsapp",
    video: false,
  }
}

/** A few lines with those who serve everybody. */
function serviceChats(pen: Pen, plan: PhonePlan, contact: (p: Person) => Counterpart, chats: Chat[]): void {
  const { rng, world } = pen
  for (const other of plan.services) {
    if (!rng.chance(0.6)) continue
    const app = appOf(rng, plan, true)
    const pair = world.rng.fork(`service/${plan.owners[0]!.id}/${other.id}`)
    const beats = clip(pen, serviceScript(pair, other, plan.launch), 4)
    const lines = scriptLines(pen, pair, beats, "a", app, other.language, false)
    if (lines.length > 0) chats.push(chatOf(`chat-service-${other.id}`, app, [contact(other)], lines))
  }
}

/** A group that a launcher opens for one boat: passengers who never write to each other otherwise stand in it side by side. */
function gameGroup(pen: Pen, plan: PhonePlan, fellows: readonly Person[], contact: (p: Person) => Counterpart, chats: Chat[]): number {
  const { rng, world } = pen
  const caller = plan.known.find((f) => f.stage === 8 || f.stage === 6)
  if (plan.class !== "arrival" || !caller || fellows.length < 2 || !rng.chance(0.4)) return 0
  const app = appOf(rng, plan, true)
  if (app === "sms") return 0
  const pair = world.rng.fork(`game/${plan.launch.id}/${caller.id}`)
  const beats = clip(pen, groupScript(pair, plan.launch), 8)
  const lines = scriptLines(pen, pair, beats, "a", app, caller.language, true)
  for (const line of lines) if (line.from === null) line.from = rng.integer(1, fellows.length)
  if (lines.length > 0)
    chats.push(chatOf("chat-game", app, [contact(caller), ...fellows.map((f) => contact(f))], lines, rng.pick(["Game 12", "گەیم", "🌊🌊"])))
  return lines.length
}

/** The family at home hears of the money, the wait and the arrival, between other things. */
function family(
  world: World,
  pen: Pen,
  plan: PhonePlan,
  strangers: readonly Person[],
  chats: Chat[],
  contact: (p: Person) => Counterpart,
): number {
  const owner = plan.owners[0]!
  const relative = strangers.find((s) => s.kind === "relative")
  if (!relative) return 0
  const app = appOf(pen.rng, plan, true)
  const language = chatLanguage(pen.rng, owner.language)
  const pair = world.rng.fork(`family/${owner.id}`)
  const beats = clip(pen, familyScript(pair, world, owner, plan.launch), Math.min(8, 1 + Math.round(plan.rows.messages * 0.015)))
  const lines = scriptLines(pen, pair, beats, "a", app, language, false)
  const n = lines.length
  lines.push(...ordinaryLines(pen, Math.max(4, Math.round(plan.rows.messages * 0.06)), 1, app, language))
  chats.push(chatOf("chat-family", app, [contact(relative)], lines))
  return n
}

const count = (chats: readonly Chat[]) => chats.reduce((n, c) => n + c.lines.length, 0)

/** The rest of the messages: ordinary life, few people much, many people little, some groups, senders without a number. */
function ordinaryChats(pen: Pen, plan: PhonePlan, people: readonly Person[], contact: (p: Person) => Counterpart, chats: Chat[]): void {
  const { rng } = pen
  let left = plan.rows.messages - count(chats)
  if (left <= 0 || people.length === 0) return
  const order = rng.shuffle(people)
  const smsOnly = plan.format !== "whatsapp-export" && plan.format !== "telegram-export"
  if (smsOnly) {
    const n = Math.min(left, Math.max(1, Math.round(plan.rows.messages * 0.03)))
    const sender = rng.pick(["MyBank", "InfoSMS", "Verify", "Recharge"])
    chats.push(chatOf("chat-sender", "sms", [{ number: sender, label: null, person: null }], senderLines(pen, n, pen.language)))
    left -= n
  }
  const talkers = Math.max(1, Math.min(order.length, Math.round(4 + Math.sqrt(left) * 1.2)))
  const weights = Array.from({ length: talkers }, (_, i) => 1 / (i + 1) ** 1.05)
  const sum = weights.reduce((a, b) => a + b, 0)
  for (let i = 0; i < talkers && left > 0; i++) {
    const n = i === talkers - 1 ? left : Math.min(left, Math.max(1, Math.round((weights[i]! / sum) * left)))
    const group = order.length > 6 && rng.chance(0.1)
    const app = appOf(rng, plan, false)
    const others = group && app !== "sms" ? rng.sample(order, rng.integer(3, Math.min(12, order.length))) : [order[i]!]
    const language = chatLanguage(rng, pen.language)
    const title = others.length > 1 ? rng.pick(["Malbat ❤️", "هاوڕێیان", "Football friday", "کارگە", "Class 2019", "العائلة"]) : null
    chats.push(chatOf(`chat-${chats.length + 1}`, app, others.map(contact), ordinaryLines(pen, n, others.length, app, language), title))
    left -= n
  }
}

function ordinaryCalls(pen: Pen, plan: PhonePlan, people: readonly Person[], contact: (p: Person) => Counterpart, calls: CallLine[]): void {
  const { rng } = pen
  if (people.length === 0) return
  const weights = people.map((_, i) => 1 / (i + 2) ** 0.7)
  for (const at of moments(pen, Math.max(0, plan.rows.calls - calls.length))) {
    const answered = rng.chance(0.68)
    calls.push({
      at,
      other: contact(rng.weighted(people, weights)),
      direction: rng.chance(0.5) ? "in" : "out",
      answered,
      seconds: answered ? Math.max(2, Math.round(rng.logNormal(70, 1.2))) : 0,
      app: plan.format === "android" || rng.chance(0.45) ? "cellular" : "whatsapp",
      video: rng.chance(0.1),
    })
  }
}

/** Positions along the way: home, hub, camp, beach, landing. */
function fixesOf(pen: Pen, plan: PhonePlan, n: number): Fix[] {
  const { rng } = pen
  const { launch } = plan
  const legs = [
    [pen.from, launch.home],
    [launch.at - 40 * DAY, launch.hub],
    [launch.at - 9 * DAY, launch.camp],
    [launch.at - 300 * MINUTE, launch.beach],
    [launch.arrivedAt - 30 * MINUTE, launch.landing],
  ] as const
  return moments(pen, Math.max(0, n)).map((at) => {
    const here = legs.filter(([since]) => since <= at).at(-1)?.[1] ?? launch.home
    return {
      at,
      lat: round(here.lat + rng.normal(0, 0.02)),
      lon: round(here.lon + rng.normal(0, 0.02)),
      origin: rng.pick(["gps", "wifi", "cell"]),
      name: rng.chance(0.3) ? here.latin : null,
    }
  })
}

const round = (x: number) => Math.round(x * 100_000) / 100_000
