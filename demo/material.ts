import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DAY, HOUR } from "./calendar.ts"
import { regionOf } from "./cards.ts"
import type { Town } from "./geography.ts"
import { LANGUAGE_TAGS } from "./names.ts"
import type { PhonePlan } from "./plan.ts"
import { rngOf } from "./rng.ts"

/** The sheet that lies with each seized item, as a task force keeps it: power, grounds, holder, continuity. Read by intake. */
export interface MaterialSheet {
  reference: string
  kind: "device" | "book" | "document" | "boat" | "engine" | "account" | "report" | "register" | "other"
  title: string
  authority: string
  power: string
  /** A device taken from somebody on arrival: its rows wait for a decision. */
  onArrival: boolean
  grounds: string
  officer: string
  authoriser: string
  authoriserRank: string
  /** The rest of the record of a device from an arrival. */
  device?: object
  permittedUses: string[]
  grade: { scheme: "3x5x2"; code: string }
  handling: "P" | "C"
  conditions: string[]
  classification: "OFFICIAL" | "SECRET"
  notInEvidence: boolean
  originator: string
  seizureEvent: {
    id: string
    kind: "landing" | "raid" | "book" | "shop" | "stop" | "handover" | "border" | "online"
    place: string
    lat: number
    lon: number
    at: string
  }
  region: string
  zone: string
  language: string
  holder: { description: string; standing: "smuggled-person" | "suspect" | "witness" | "unknown" }
  continuity: { at: string; what: "seized" | "sealed" | "handed over" | "imaged"; by: string; to: string; seal: string }[]
  files: Record<string, { mapping?: object }>
}

const iso = (at: number) => new Date(Math.round(at / 1000) * 1000).toISOString()

/** What officers saw and heard of one holder: his phone is taken for that, not for having been on board. */
const SEEN = [
  "kept the phone in a sealed bag at the chest and checked it when the engine stopped",
  "held up the phone to compare the shore with a picture on it",
  "was seen to read directions from the phone to whoever sat at the tiller",
  "tried to drop the phone overboard when the cutter came alongside",
  "took a call on the beach minutes before the boat was put in the water",
  "photographed the pump and the fuel tank with the phone before leaving",
  "counted heads into the phone while people got on",
  "had a second SIM card taped behind the phone",
  "asked others on board for their names and typed them in",
] as const
const SAID = [
  "said that the man who took the money writes on it",
  "said that the place and the hour came by voice note",
  "said that the code for the deposit is in a chat",
  "said that a number in it belongs to those who keep the boats",
  "asked that a number be called, of whoever promised the crossing",
  "said that the driver to the coast sent his position to it",
  "said that the group of the journey was deleted by its owner last night",
] as const

/** Grounds for one phone; no two of the first sixty-three of a landing are alike. */
function groundsOf(reference: string): string {
  const n = Number(/\d+$/.exec(reference)?.[0] ?? 0)
  return `The holder of ${reference} ${SEEN[n % SEEN.length]}, and ${SAID[n % SAID.length]}.`
}

const OFFICERS = ["PC 4471 Oakenshade", "IO 208 Brackenfeld", "DC 1190 Riversmead", "PC 6032 Tillmanshof", "IO 317 Vauxmarin"] as const
const AUTHORISERS = ["Insp 88 Hartley-Moss", "Insp 41 Ashdown-Pike", "G3 Pemberlane"] as const
const FORCE = "Joint task force Lanternfish"

/** What most sheets have in common; `over` says what is particular. */
export function sheet(
  reference: string,
  at: number,
  place: Town,
  over: Partial<MaterialSheet> & Pick<MaterialSheet, "kind" | "title" | "authority" | "power" | "grounds" | "seizureEvent" | "files">,
): MaterialSheet {
  const rng = rngOf(`sheet/${reference}`)
  const officer = rng.pick(OFFICERS)
  const seal = `S${rng.digits(7)}`
  return {
    reference,
    onArrival: false,
    officer,
    authoriser: rng.pick(AUTHORISERS),
    authoriserRank: "inspector",
    permittedUses: ["investigation of facilitation offences", "prosecution"],
    grade: { scheme: "3x5x2", code: "1A" },
    handling: "P",
    conditions: [],
    classification: "OFFICIAL",
    notInEvidence: false,
    originator: FORCE,
    region: "IQ",
    zone:
      place.country === "GB"
        ? "Europe/London"
        : place.country === "IQ"
          ? "Asia/Baghdad"
          : place.country === "TR"
            ? "Europe/Istanbul"
            : "Europe/Paris",
    language: "ckb",
    holder: { description: "nobody", standing: "unknown" },
    continuity: [
      { at: iso(at), what: "seized", by: officer, to: "", seal: "" },
      { at: iso(at + HOUR), what: "sealed", by: officer, to: "", seal },
      { at: iso(at + rng.uniform(8, 40) * HOUR), what: "handed over", by: officer, to: "Exhibits store 2", seal },
    ],
    ...over,
  }
}

export function eventOf(id: string, kind: MaterialSheet["seizureEvent"]["kind"], place: Town, at: number): MaterialSheet["seizureEvent"] {
  return { id, kind, place: place.latin, lat: place.lat, lon: place.lon, at: iso(at) }
}

/** The sheet of what a register or a carrier handed over on request. */
export function registerSheet(
  reference: string,
  place: Town,
  at: number,
  title: string,
  power: string,
  files: MaterialSheet["files"],
  region: string,
): MaterialSheet {
  return sheet(reference, at, place, {
    kind: "register",
    title,
    authority: `Request ${reference.replace("/", "-")}R`,
    power,
    grounds: "Named in the grounds of the request; window and numbers limited to it.",
    seizureEvent: eventOf(`handover-${reference.split("/")[0]!.toLowerCase()}`, "handover", place, at),
    region,
    zone: "UTC",
    language: "en",
    files,
  })
}

/** The sheet of a phone. Standing follows from power and place of seizure, never from what is on the phone. */
export function phoneSheet(plan: PhonePlan, place: Town, files: MaterialSheet["files"], imagedAt: number): MaterialSheet {
  const owner = plan.owners[0]!
  const base = { files, kind: "device" as const, region: regionOf(plan), language: LANGUAGE_TAGS[owner.language] }
  const n = plan.reference
  const made: MaterialSheet = (() => {
    switch (plan.class) {
      case "arrival":
        return sheet(n, plan.seizedAt, place, {
          ...base,
          title: `Mobile phone, landing at ${place.latin}`,
          authority: `Authorisation ${n}/A of the day, for this device alone`,
          power: "BSAIA 2025 s.23",
          onArrival: true,
          grounds: groundsOf(n),
          device: {
            takenFrom: "person",
            takenAt: iso(plan.seizedAt),
            service: "police",
            relevantPerson: {
              limbs: {
                "no-leave": "yes",
                "deportation-order": "no",
                "no-clearance": "yes",
                "no-travel-authorisation": "unknown",
                "leave-since": "no",
              },
              by: "Arrivals desk 2",
              at: iso(plan.seizedAt + HOUR),
              basis: "Brought ashore from a small boat; no visa and no leave on any register that was asked.",
            },
            authorisedAt: iso(plan.seizedAt + 2 * HOUR),
            superintendentInformed: { at: iso(plan.seizedAt + 3 * HOUR), who: "Supt 12 Marlowe-Finch" },
            receipt: { given: true, language: LANGUAGE_TAGS[owner.language], at: iso(plan.seizedAt + HOUR) },
            returnBy: iso(plan.seizedAt + 120 * DAY),
            reviewBy: iso(plan.seizedAt + 180 * DAY),
          },
          permittedUses: ["offences under sections 25 and 25A of the Immigration Act 1971"],
          seizureEvent: eventOf(plan.event, "landing", place, plan.seizedAt),
          holder: { description: owner.child ? "child on board" : "person on board", standing: "smuggled-person" },
        })
      case "witness":
        return sheet(n, plan.seizedAt, place, {
          ...base,
          title: "Mobile phone given by a witness",
          authority: "Written agreement of the holder, PCSC Act 2022 s.37 notice given",
          power: "PCSC Act 2022 s.37",
          grounds: "The holder offered the chats with those who arranged the journey; a reasonable line of enquiry, no other way to it.",
          seizureEvent: eventOf(plan.event, "handover", place, plan.seizedAt),
          holder: { description: "witness", standing: "witness" },
        })
      case "partner":
        return sheet(n, plan.seizedAt, place, {
          ...base,
          title: "Extract of a mobile phone, from a partner",
          authority: "Police-to-police message 2026/311",
          power: "intelligence sharing; no letter of request yet",
          grounds: "Given for intelligence on a suspect in the partner's own case.",
          grade: { scheme: "3x5x2", code: "1B" },
          handling: "C",
          conditions: ["Not in evidence without the originator's consent", "Ask the originator before any further sharing"],
          notInEvidence: true,
          originator: "Partner service North",
          seizureEvent: eventOf(plan.event, "handover", place, plan.seizedAt),
          holder: { description: "suspect in the partner's case", standing: "suspect" },
        })
      default:
        return sheet(n, plan.seizedAt, place, {
          ...base,
          title:
            plan.class === "shop"
              ? "Handset found on the counter of an exchange"
              : plan.class === "abandoned"
                ? "Mobile phone left behind in a flat"
                : "Mobile phone of an arrested man",
          authority: `Search warrant ${n.replace("/", "-")}W`,
          power: plan.class === "shop" ? "Kurdistan Region, investigating judge's order" : "PACE 1984 s.19",
          grounds:
            plan.class === "shop"
              ? "Used at the counter by three clerks to confirm deposits."
              : "Used by the occupant in connection with the launch under investigation.",
          seizureEvent: eventOf(plan.event, plan.class === "shop" ? "shop" : "raid", place, plan.seizedAt),
          holder: {
            description: plan.class === "shop" ? "shared by three clerks" : "occupant",
            standing: plan.class === "shop" ? "unknown" : "suspect",
          },
        })
    }
  })()
  if (!plan.unreadable)
    made.continuity.push({ at: iso(Math.max(imagedAt, plan.seizedAt + 2 * DAY)), what: "imaged", by: "Digital unit 3", to: "", seal: "" })
  return made
}

/** Makes the item's folder and puts the sheet into it; returns the folder. */
export function putSheet(evidence: string, name: string, of: MaterialSheet): string {
  const folder = join(evidence, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "material.json"), `${JSON.stringify(of, null, 2)}\n`)
  return folder
}
