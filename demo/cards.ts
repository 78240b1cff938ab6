import type { Card } from "./contents.ts"
import { spelledName, spelling } from "./names.ts"
import { countryOf, nationalForm } from "./numbers.ts"
import type { World } from "./operation.ts"
import { homeOf, type Person, simAt } from "./people.ts"
import type { PhonePlan } from "./plan.ts"
import type { Rng } from "./rng.ts"
import { writesArabicScript } from "./talk.ts"

const ROLE_WORDS: Readonly<Record<string, readonly string[]>> = {
  "1": ["qachax", "game", "rebaz kar"],
  "2": ["saraf", "سەراف", "hawala"],
  "3": ["basport", "kaghez"],
  "4": ["rebar", "ڕێبەر", "game"],
  "5": ["shofer", "van"],
  "6": ["camp", "jungle", "کەمپ"],
  "7": ["balam", "moter"],
  "8": ["game", "گەیم", "sahil"],
  "9": ["saraf", "uk"],
  "10": ["saraf", "hisab"],
  taxi: ["taxi", "Taxi Dunkirk", "تەکسی"],
  hotline: ["Help sea", "SOS", "emergency boat"],
  "exchange-clerk": ["saraf", "سەراف", "exchange"],
  lawyer: ["solicitor", "lawyer"],
  interpreter: ["tarjuman", "interpreter"],
  relative: ["mal", "ماڵەوە"],
  other: ["wasta", "dukan", "doctor", "halaq", "fiter", "nanawa", "taxi", "mamosta", "karga"],
}
const KIN = ["Daya", "Bawka", "Mam", "Pura", "Khal", "Bra", "Khushk", "دایە", "باوکە", "خاڵۆ", "مامە", "Kurrakam", "خالة", "عمو"] as const
const FLOURISHES = ["❤️", "🌹", "👑", "🔥", "😎", "⭐", "🦁", "🇬🇧"] as const
const SHARES = [45, 18, 12, 12, 10, 3]
const STYLES = ["first", "full", "role", "nickname", "kinship", "blank"] as const

function labelFrom(rng: Rng, person: Person): string | null {
  const native = rng.chance(writesArabicScript(person.language) ? 0.45 : 0)
  const given = person.name.parts[0]!
  switch (rng.weighted(STYLES, SHARES)) {
    case "first":
      return native ? given[1] : spelling(rng, given)
    case "full": {
      const words = rng.integer(2, 3)
      return native
        ? person.name.parts
            .slice(0, words)
            .map((p) => p[1])
            .join(" ")
        : spelledName(rng, person.name, words)
    }
    case "role":
      return rng.pick(ROLE_WORDS[person.stage ?? person.kind] ?? ROLE_WORDS.other!)
    case "nickname": {
      const nick = person.nicknames[0]
      if (nick && person.kind !== "principal") return native ? nick[1] : nick[0]
      return `${spelling(rng, given)} ${rng.pick(FLOURISHES)}`
    }
    case "kinship":
      return person.kind === "relative" || rng.chance(0.5)
        ? `${rng.pick(KIN)}${rng.chance(0.4) ? ` ${given[0]}` : ""}`
        : `Kak ${spelling(rng, given)}`
    default:
      return null
  }
}

/**
 * How a phone names somebody: most phones as most do, the rest in their own way. The parameter is the share of numbers with two
 * labels or more; a shared number stands on two or three phones, so that one phone departs about half as often.
 */
function labelOf(world: World, rng: Rng, person: Person): string | null {
  const own = rng.chance(world.draw.parameters.otherLabel * 0.45)
  return labelFrom(own ? rng : world.rng.fork(`label/${person.id}`), person)
}

/** A number as a phone keeps it: with +, with 00, or without country code when it is a number of the phone's own country. */
function savedForm(world: World, rng: Rng, e164: string, region: string): string {
  // One in five of all cards lacks a country code; only home numbers can, so that the rate among them is higher.
  if (countryOf(e164) === region && rng.chance(Math.min(0.9, world.draw.parameters.noCountryCode * 1.7))) return nationalForm(e164)
  return rng.chance(0.1) ? `00${e164.slice(1)}` : e164
}

export function regionOf(plan: PhonePlan): string {
  return plan.class === "shop" ? "IQ" : homeOf(plan.owners[0]!.language)
}

/** The address book: one card per person, then the copies that syncing leaves behind, up to `rows`. */
export function makeCards(
  world: World,
  rng: Rng,
  plan: PhonePlan,
  people: readonly Person[],
): { cards: Card[]; labels: Map<string, string | null> } {
  const region = regionOf(plan)
  const labels = new Map<string, string | null>()
  const cards: Card[] = []
  for (const person of people) {
    const label = labelOf(world, rng, person)
    labels.set(person.id, label)
    const e164 = simAt(person, plan.seizedAt - rng.uniform(0, 40) * 86_400_000).number
    cards.push({ label, number: savedForm(world, rng, e164, region), e164, source: rng.chance(0.06) ? "sim" : "phone", person: person.id })
  }
  const originals = cards.length
  while (cards.length < plan.rows.contacts && originals > 0) {
    const of = cards[rng.integer(0, originals - 1)]!
    cards.push({ ...of, number: of.e164, source: rng.pick(["whatsapp", "whatsapp", "telegram", "phone"] as const) })
  }
  return { cards: rng.shuffle(cards), labels }
}
