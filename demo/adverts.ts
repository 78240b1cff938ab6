import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { UK_TOWNS } from "./geography.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import { LANGUAGE_TAGS, type Language } from "./names.ts"
import type { World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import type { Rng } from "./rng.ts"
import { say } from "./talk.ts"
import type { TruthFolder, TruthLeads } from "./truth.ts"
import { CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = [
  "post_id",
  "posted_at",
  "platform",
  "account",
  "display_name",
  "text",
  "caption",
  "url",
  "language",
  "views",
  "media_hash",
  "removed_at",
] as const

const MAPPING = {
  title: "Posts captured by the online team",
  table: CSV_FORM,
  id: "post_id",
  records: [
    {
      kind: "post",
      fields: {
        platform: "platform",
        body: "text",
        caption: "caption",
        url: "url",
        language: "language",
        reach: "views",
        mediaHash: "media_hash",
        nativeId: "post_id",
        removedAt: "removed_at",
      },
      at: { column: "posted_at", format: "ymd", zone: "UTC" },
      parties: [{ part: "author", name: "display_name", ids: [{ type: "handle", column: "account", platform: { column: "platform" } }] }],
    },
  ],
}

const PLATFORMS = ["tiktok", "facebook", "instagram", "telegram"] as const
const WORDS = ["rega", "safar", "derya", "game", "europa", "hiwa", "ufuq", "balinda"] as const
const LANGUAGES: readonly Language[] = ["sorani", "arabic", "persian", "kurmanji", "turkish", "english", "albanian", "vietnamese"]
const HARMLESS: readonly (readonly [string, string])[] = [
  ["Taxi Dunkirk 24/7", "taxi calais dunkerque, prix fixe, +{phone}"],
  ["Boat trips on the lake", "بەلەم سواری لە دوکان، هەموو هەینی"],
  ["House moves UK", "man and van, London to Manchester, fair price"],
  ["Visa help desk", "we fill in student visa forms, licensed adviser"],
  ["Fishing gear", "outboard engines serviced, inflatable boats repaired"],
]

interface PostAccount {
  handle: string
  shown: string
  platform: string
  operator: number | null
  openedAt: number
  goneAt: number | null
}

/** Posts of a few operators with many accounts, and harmless ones that look alike. */
export function writeAdverts(world: World, evidence: string, leads: TruthLeads, truth: TruthFolder): FileCount[] {
  const rng = world.rng.fork("adverts")
  const p = world.draw.parameters
  const recruiters = world.facilitators.filter((f) => f.stage === 1)
  const operators = world.draw.smuggling ? p.postOperators : 0
  const people: (Person | null)[] = Array.from({ length: operators }, (_, i) => recruiters[i % Math.max(1, recruiters.length)] ?? null)
  const accounts = accountsOf(rng, p.postAccounts, operators, p.accountBackDays)
  const own = accounts.filter((a) => a.operator !== null)
  const harmless = accounts.filter((a) => a.operator === null)
  const hashes = people.map(() => rng.hex(16))
  const rows = Array.from({ length: p.posts }, (_, i) => {
    const account = own.length === 0 || (harmless.length > 0 && rng.chance(p.postsHarmless)) ? rng.pick(harmless) : rng.pick(own)
    return post(
      world,
      rng,
      account,
      account.operator === null ? null : people[account.operator]!,
      account.operator === null ? null : hashes[account.operator]!,
      i,
    )
  })
  people.forEach((person, i) => {
    const theirs = accounts.filter((a) => a.operator === i).map((a) => `${a.platform}:${a.handle}`)
    leads.advertOperators.push({ operator: `operator-${i + 1}`, person: person?.id ?? null, accounts: theirs })
    for (const handle of theirs) truth.identity("handle", handle, person?.id ?? "", "", "", "WEB01")
  })
  const at = WINDOW.to - 3 * DAY
  const folder = putSheet(
    evidence,
    "WEB01",
    sheet("WEB01/01", at, UK_TOWNS[0]!, {
      kind: "account",
      title: "Posts captured by the online team",
      authority: "Open-source capture, directed surveillance not engaged",
      power: "open source",
      grounds: "Posts that offer crossings or were reported as such.",
      seizureEvent: eventOf("online-capture", "online", UK_TOWNS[0]!, at),
      region: "GB",
      zone: "UTC",
      files: { "posts.csv": { mapping: MAPPING } },
    }),
  )
  return [
    countFor("WEB01/posts.csv", {
      post: writeCsv(
        join(folder, "posts.csv"),
        HEADER,
        rows.toSorted((a, b) => (a[1] < b[1] ? -1 : 1)),
      ),
    }),
  ]
}

/** Handles carry six random figures, so that none is anybody's. An operator whose account fell opens the next after some days. */
function accountsOf(rng: Rng, n: number, operators: number, backDays: number): PostAccount[] {
  const accounts: PostAccount[] = []
  const last = new Map<number, PostAccount>()
  for (let i = 0; i < n; i++) {
    const operator = operators > 0 && !(i % 5 === 4) ? i % operators : null
    const before = operator === null ? undefined : last.get(operator)
    const openedAt = before?.goneAt
      ? before.goneAt + rng.logNormal(backDays, 0.7) * DAY
      : WINDOW.from + rng.unit() * (operator === null ? 200 : 40) * DAY
    if (openedAt >= WINDOW.to - 8 * DAY) continue
    const word = before && rng.chance(0.6) ? before.handle.replace(/_.*/, "") : rng.pick(WORDS)
    const account: PostAccount = {
      handle: `${word}_${rng.digits(6)}`,
      shown:
        before && rng.chance(0.5)
          ? before.shown
          : `${rng.pick(["Rega", "Safar", "Game UK", "Derya", "ڕێگای ئەمین", "طريق امان"])} ${rng.pick(["⭐", "🌊", "🇬🇧", ""])}`.trim(),
      platform: rng.pick(PLATFORMS),
      operator,
      openedAt,
      goneAt: operator !== null && rng.chance(0.85) ? openedAt + rng.uniform(5, 45) * DAY : null,
    }
    if (operator !== null) last.set(operator, account)
    accounts.push(account)
  }
  return accounts.some((a) => a.operator === null)
    ? accounts
    : [
        ...accounts,
        {
          handle: `balinda_${rng.digits(6)}`,
          shown: "Boat trips",
          platform: "facebook",
          operator: null,
          openedAt: WINDOW.from,
          goneAt: null,
        },
      ]
}

function post(world: World, rng: Rng, account: PostAccount, person: Person | null, hash: string | null, i: number) {
  const until = Math.min(WINDOW.to - DAY, account.goneAt ?? WINDOW.to)
  const at = account.openedAt + rng.unit() * Math.max(DAY, until - account.openedAt)
  const id = `${account.platform}-${String(i + 1).padStart(5, "0")}`
  const stamp = new Date(at).toISOString().slice(0, 19).replace("T", " ")
  const gone = account.goneAt === null ? "" : new Date(account.goneAt).toISOString()
  const base = [id, stamp, account.platform, account.handle, account.shown] as const
  const url = `https://${account.platform}.example/${account.handle}/${i + 1}`
  if (!person || account.operator === null) {
    const [title, text] = rng.pick(HARMLESS)
    const phone = simAt(rng.pick(world.services.taxis), at).number.slice(1)
    return [...base, text.replace("{phone}", phone), title, url, "und", rng.integer(20, 4000), rng.hex(16), gone] as const
  }
  const language = rng.pick(LANGUAGES)
  const price = rng.integer(14, 30) * 100
  const text = say(rng, language, "offer", { price, n: rng.integer(3, 20) }, UK_TOWNS, 0)
  const contact = rng.chance(0.6)
    ? ` ${rng.pick(["WhatsApp", "واتساب", "📞"])} ${simAt(person, at).number}`
    : ` ${rng.pick(["DM", "خاص", "نامە بنێرە"])}`
  const media = rng.chance(0.7) ? hash : rng.hex(16)
  return [
    ...base,
    `${text}${contact}`,
    rng.chance(0.4) ? say(rng, language, "arrived", {}, UK_TOWNS, 0) : "",
    url,
    LANGUAGE_TAGS[language],
    rng.integer(100, 90_000),
    media,
    gone,
  ] as const
}
