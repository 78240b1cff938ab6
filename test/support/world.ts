import { folderOf } from "./store.ts"

/** Fiction ranges only: +44 7700 900000-900999. */
export const number = (n: number): string => `+447700900${String(n).padStart(3, "0")}`

/** A line of a phone's chat: `in` from the other to the holder, `out` the other way; `group` to a chat of several. */
export interface Line {
  day: number
  way: "in" | "out"
  other: string
  text: string
  group?: string
}

export interface Phone {
  reference: string
  event: string
  /** The device's own number. */
  own: string
  cards?: readonly (readonly [name: string, number: string])[]
  lines?: readonly Line[]
  calls?: readonly { day: number; way: "in" | "out"; other: string }[]
  /** Seized from a person on arrival: rows start undecided. */
  arrival?: boolean
  sheet?: object
  /** Further files beside the tables. */
  more?: Readonly<Record<string, string | Uint8Array>>
}

const owner = { part: "owner", owner: true, ids: [{ type: "phone", column: "own" }] }
const OTHER = { type: "phone", column: "other" }
const OWN = { type: "phone", column: "own" }
const AT = { column: "at", format: "ymd", zone: "UTC" }

const MESSAGES = {
  records: (["in", "out"] as const).map((way) => ({
    kind: "message",
    when: { column: "way", is: [way] },
    at: AT,
    fields: { body: "text", direction: "way", thread: "thread", group: { column: "group", values: { yes: true, no: false } } },
    constants: { app: "whatsapp" },
    parties: [
      { part: way === "in" ? "sender" : "recipient", ids: [OTHER] },
      { ...owner, part: way === "in" ? "recipient" : "sender" },
    ],
  })),
}
const CALLS = {
  records: (["in", "out"] as const).map((way) => ({
    kind: "call",
    when: { column: "way", is: [way] },
    at: AT,
    fields: { direction: "way" },
    constants: { app: "cellular" },
    parties: [
      { part: way === "in" ? "caller" : "callee", ids: [OTHER] },
      { part: way === "in" ? "callee" : "caller", owner: true, ids: [OWN] },
    ],
  })),
}
const CARDS = {
  records: [
    {
      kind: "contact",
      fields: { label: "name" },
      parties: [{ part: "contact", name: "name", ids: [{ type: "phone", column: "number" }] }],
    },
  ],
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
const csv = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[header, ...rows].map((r) => r.map(cell).join(",")).join("\r\n")}\r\n`
const stamp = (day: number, n: number): string =>
  new Date(Date.UTC(2025, 5, 1 + day, 9, n % 60)).toISOString().slice(0, 16).replace("T", " ")

/** What the sheet of a device seized on arrival says where its record lacks nothing. Other grounds for each phone of one event. */
export const ARRIVAL = {
  onArrival: true,
  power: "BSAIA 2025 s.23",
  grounds: "The holder pointed at the chat of whoever arranged the crossing.",
  officer: "PC Example One",
  authoriser: "Insp Example Two",
  authoriserRank: "inspector",
  device: {
    takenFrom: "person",
    takenAt: "2026-02-01T10:00:00Z",
    service: "police",
    relevantPerson: {
      limbs: {
        "no-leave": "yes",
        "deportation-order": "no",
        "no-clearance": "unknown",
        "no-travel-authorisation": "unknown",
        "leave-since": "no",
      },
      by: "Desk Example",
      at: "2026-02-01T10:30:00Z",
    },
    authorisedAt: "2026-02-01T11:00:00Z",
    superintendentInformed: { at: "2026-02-01T12:00:00Z", who: "Supt Example Three" },
    receipt: { given: true, language: "ckb", at: "2026-02-01T10:40:00Z" },
    returnBy: "2027-02-01T10:00:00Z",
    reviewBy: "2027-02-01T10:00:00Z",
  },
} as const

/** The files of one seized phone, below its reference. */
export function phoneFiles(p: Phone): Record<string, string | Uint8Array | object> {
  const sheet = {
    reference: p.reference,
    kind: "device",
    authority: `warrant for ${p.reference}`,
    grade: { scheme: "3x5x2", code: "1A" },
    handling: "P",
    region: "GB",
    zone: "UTC",
    seizureEvent: { id: p.event, kind: p.arrival ? "landing" : "raid" },
    ...(p.arrival ? ARRIVAL : {}),
    files: {
      "messages.csv": { as: "table", mapping: MESSAGES },
      "calls.csv": { as: "table", mapping: CALLS },
      "cards.csv": { as: "table", mapping: CARDS },
    },
    ...p.sheet,
  }
  const at = (name: string) => `${p.reference}/${name}`
  return {
    [at("material.json")]: sheet,
    ...(p.lines
      ? {
          [at("messages.csv")]: csv(
            ["at", "way", "other", "own", "text", "thread", "group"],
            p.lines.map((l, n) => [stamp(l.day, n), l.way, l.other, p.own, l.text, l.group ?? l.other, l.group ? "yes" : "no"]),
          ),
        }
      : {}),
    ...(p.calls
      ? {
          [at("calls.csv")]: csv(
            ["at", "way", "other", "own"],
            p.calls.map((c, n) => [stamp(c.day, n), c.way, c.other, p.own]),
          ),
        }
      : {}),
    ...(p.cards ? { [at("cards.csv")]: csv(["name", "number"], p.cards) } : {}),
    ...Object.fromEntries(Object.entries(p.more ?? {}).map(([name, content]) => [at(name), content])),
  }
}

/** A folder with one sub-folder per phone. */
export const phonesFolder = (phones: readonly Phone[]): string =>
  folderOf(Object.assign({}, ...phones.map(phoneFiles)) as Record<string, string>)

export const ORGANISER = number(100)
export const COLLECTOR = number(101)
export const HOTLINE = number(110)
export const COUSIN = number(111)
export const DRIVER = number(112)
export const OFFERS = [
  "Game tonight from Dunkirk to UK, 1400 pounds each person",
  "Boat to UK tomorrow from Calais, 1500 pounds each, guaranteed",
  "We have a boat to England on Friday, price 1300 pounds per person",
  "Crossing to UK tonight from Dunkirk, 1600 pounds each person, guarantee",
  "Game tomorrow to UK from Calais, 1450 pounds each person",
  "We go to England tonight by boat, 1500 pounds per person",
]

/** Phones of passengers who were offered crossings by one organiser, with relatives, a hotline and a driver around them; nobody of those did anything. */
export function passengers(count: number, more: (n: number) => Partial<Phone> = () => ({})): Phone[] {
  return Array.from({ length: count }, (_, n) => ({
    reference: `P${String(n + 1).padStart(2, "0")}`,
    event: `landing-${n}`,
    own: number(200 + n),
    cards: [
      ["Mam Karwan", ORGANISER],
      ["Help at sea", HOTLINE],
      [`Cousin ${n % 2 === 0 ? "Ali" : "ali"}`, COUSIN],
    ] as const,
    lines: [
      { day: 7 * n, way: "out" as const, other: ORGANISER, text: "how much to go to uk by boat?" },
      { day: 7 * n, way: "in" as const, other: ORGANISER, text: OFFERS[n % OFFERS.length]! },
      { day: 7 * n, way: "in" as const, other: ORGANISER, text: `pay the money to ${COLLECTOR} before the game` },
      { day: 7 * n + 1, way: "out" as const, other: COUSIN, text: "I love you, greet mother" },
      { day: 7 * n + 1, way: "in" as const, other: DRIVER, text: "your taxi is here" },
      { day: 7 * n + 2, way: "out" as const, other: HOTLINE, text: "we are in the water, help us" },
    ],
    calls: [
      { day: 7 * n, way: "in" as const, other: ORGANISER },
      { day: 7 * n, way: "in" as const, other: ORGANISER },
      { day: 7 * n + 2, way: "out" as const, other: HOTLINE },
    ],
    ...more(n),
  }))
}
