/** Online platforms: one name each, the hosts of their addresses, what a handle may look like there. As published by each platform. */

export interface Platform {
  /** Hosts without `www.` and `m.`. */
  hosts: readonly string[]
  /** Other names in exports and reports. */
  also?: readonly string[]
  /** A handle in lower case. */
  handle: RegExp
  /** First path segments that are pages of the platform, not people. */
  notPeople?: readonly string[]
  /** Path prefix before the handle, as in `snapchat.com/add/name`. */
  before?: readonly string[]
  /** Characters that the platform ignores when it compares handles. */
  ignores?: RegExp
}

export const PLATFORMS: Readonly<Record<string, Platform>> = {
  telegram: {
    hosts: ["t.me", "telegram.me", "telegram.dog"],
    also: ["tg"],
    handle: /^[a-z][a-z0-9_]{3,31}$/,
    notPeople: ["joinchat", "c", "addstickers", "share", "proxy", "socks", "iv", "addlist", "boost"],
    before: ["s"],
  },
  instagram: {
    hosts: ["instagram.com", "instagr.am"],
    also: ["ig", "insta"],
    handle: /^[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?$/,
    notPeople: ["p", "reel", "reels", "explore", "accounts", "tv", "direct"],
    before: ["stories"],
  },
  tiktok: {
    hosts: ["tiktok.com"],
    also: ["tik tok"],
    handle: /^[a-z0-9_.]{1,23}[a-z0-9_]$/,
    notPeople: ["tag", "music", "t", "v", "discover", "foryou"],
  },
  facebook: {
    hosts: ["facebook.com", "fb.com", "fb.me"],
    also: ["fb"],
    handle: /^[a-z0-9.]{5,50}$/,
    notPeople: [
      "groups",
      "events",
      "watch",
      "share",
      "story.php",
      "photo.php",
      "permalink.php",
      "marketplace",
      "hashtag",
      "reel",
      "sharer",
    ],
    before: ["people", "pages"],
    ignores: /\./g,
  },
  messenger: { hosts: ["messenger.com", "m.me"], also: ["facebook messenger"], handle: /^[a-z0-9.]{5,50}$/, ignores: /\./g, before: ["t"] },
  snapchat: {
    hosts: ["snapchat.com"],
    also: ["snap"],
    handle: /^[a-z][a-z0-9._-]{2,14}$/,
    notPeople: ["p", "discover", "spotlight"],
    before: ["add"],
  },
  x: {
    hosts: ["x.com", "twitter.com"],
    also: ["twitter"],
    handle: /^[a-z0-9_]{1,15}$/,
    notPeople: ["i", "home", "search", "hashtag", "explore", "intent", "share"],
  },
  youtube: {
    hosts: ["youtube.com", "youtu.be"],
    also: ["yt"],
    handle: /^[\p{L}\p{N}][\p{L}\p{N}_.-]{2,29}$/u,
    notPeople: ["watch", "shorts", "playlist", "channel", "live", "feed", "results"],
    before: ["c", "user"],
  },
  skype: { hosts: [], handle: /^(?:live:)?[a-z.][a-z0-9.,_:-]{3,63}$/ },
  kik: { hosts: ["kik.me"], handle: /^[a-z0-9._]{2,30}$/ },
  signal: { hosts: [], handle: /^[a-z_][a-z0-9_]{2,31}\.\d{2,9}$/ },
  discord: { hosts: ["discord.com"], handle: /^[a-z0-9._]{2,32}$/, notPeople: ["invite", "channels"] },
  viber: { hosts: ["viber.com"], handle: /^\+\d{7,15}$/ },
  whatsapp: { hosts: ["whatsapp.com", "wa.me"], also: ["wa", "whatsapp business"], handle: /^\+\d{7,15}$/ },
  imo: { hosts: ["imo.im"], handle: /^\S{2,64}$/ },
}

const NAMES = new Map(Object.entries(PLATFORMS).flatMap(([name, p]) => [name, ...(p.also ?? [])].map((word) => [word, name] as const)))
const HOSTS = new Map(Object.entries(PLATFORMS).flatMap(([name, p]) => p.hosts.map((host) => [host, name] as const)))

/** The platform's one name: `Twitter` → `x`. A platform that is not in the table keeps its own name in lower case. */
export function platformOf(name: string): string {
  const word = name.trim().toLowerCase()
  return NAMES.get(word) ?? word.replace(/[\s:]+/g, "-")
}

/** The platform whose address this host is, or null. */
export function platformOfHost(host: string): string | null {
  return HOSTS.get(host.toLowerCase().replace(/^(?:www|m|mobile|web|vm|l|ar-ar)\./, "")) ?? null
}

/** Whether `word:` before a value says its platform, as normal forms do. */
export function namesPlatform(word: string, expected: string | undefined): boolean {
  const name = word.toLowerCase()
  return Object.hasOwn(PLATFORMS, name) || (expected !== undefined && platformOf(expected) === name)
}
