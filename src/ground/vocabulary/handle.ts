/** Handles: the name by which an account is addressed on its platform. They change hands; the native id (`account.ts`) does not. */
import { tidy, tidyLower } from "./digits.ts"
import { phone } from "./phone.ts"
import { namesPlatform, PLATFORMS, platformOf, platformOfHost } from "./platforms.ts"
import type { Normalised, ValueContext } from "./values.ts"

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:\/([^?#]*))?(\?[^#]*)?(?:#.*)?$/i

interface Found {
  platform: string
  handle: string
  fault: string
}

function inAddress(text: string): Found | null {
  const deep = /^(?:tg:\/\/|telegram:\/\/)resolve\?domain=([^&]+)/i.exec(text)?.[1]
  if (deep) return { platform: "telegram", handle: deep, fault: "" }
  const parts = ADDRESS.exec(text)
  const platform = parts && platformOfHost(parts[1]!)
  if (!platform) return null
  const rules = PLATFORMS[platform]!
  const path = (parts[2] ?? "").split("/").filter(Boolean).map(decoded)
  if (path[0] === "profile.php") {
    const id = new URLSearchParams(parts[3] ?? "").get("id") ?? ""
    return { platform, handle: id, fault: id ? "" : "no id in the address" }
  }
  if (path[0] && rules.before?.includes(path[0].toLowerCase())) path.shift()
  const first = path[0] ?? ""
  const page = first === "" || first.startsWith("+") || rules.notPeople?.includes(first.toLowerCase())
  if (page && platform !== "whatsapp") return { platform, handle: text, fault: "an address on the platform, but not of an account" }
  return { platform, handle: first, fault: "" }
}

function unadorned(name: string): string {
  return name.replace(/^[@\s]+/, "").replace(/[/\s]+$/, "")
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * Valid: `platform:handle`, lower case, without `@`; from an address (`https://t.me/name`) the platform is the address's own.
 * Needs `context.platform` otherwise. On WhatsApp and Viber the handle is the number. Invalid: no platform, not a name that the
 * platform gives out, an address of a post or an invitation.
 */
export function handle(raw: string, context: ValueContext = {}): Normalised {
  const text = tidy(raw)
  if (text === "") return { norm: "", valid: false, reason: "empty" }
  const address = inAddress(text)
  const labelled = /^([a-z][a-z0-9-]*):(.+)$/i.exec(text)
  const own = labelled && namesPlatform(labelled[1]!, context.platform) ? labelled : null
  const platform = address?.platform ?? (own ? own[1]!.toLowerCase() : context.platform ? platformOf(context.platform) : null)
  if (address?.fault) return { norm: tidyLower(text), valid: false, reason: address.fault }
  const bare = address?.handle ?? (own ? own[2]! : text)
  let name = tidyLower(unadorned(bare))
  if (!platform)
    return { norm: name, valid: false, reason: "no platform: the same handle belongs to different people on different platforms" }
  const rules = Object.hasOwn(PLATFORMS, platform) ? PLATFORMS[platform] : undefined
  if (platform === "whatsapp" || platform === "viber") {
    const number = phone(/^[1-9]\d{9,14}$/.test(name) ? `+${name}` : name, context)
    return { norm: `${platform}:${number.norm}`, valid: number.valid, reason: number.reason }
  }
  const reason = address && context.platform && platformOf(context.platform) !== platform ? `the address is on ${platform}` : ""
  if (rules?.ignores && !/^\d+$/.test(name)) name = unadorned(name.replace(rules.ignores, ""))
  if (name === "") return { norm: "", valid: false, reason: "empty" }
  const fits = rules ? rules.handle.test(name) : /^[^\s/:]{1,64}$/.test(name)
  if (!fits) return { norm: `${platform}:${name}`, valid: false, reason: `not a handle that ${platform} gives out` }
  return { norm: `${platform}:${name}`, valid: true, reason }
}
