/** Native account ids: what the platform itself keys an account by. Stays when the handle changes. */
import { tidy } from "./digits.ts"
import { phone } from "./phone.ts"
import { namesPlatform, platformOf } from "./platforms.ts"
import type { Normalised, ValueContext } from "./values.ts"

/** Platforms on which the account is the telephone number. */
const BY_NUMBER = new Set(["whatsapp", "viber"])
/** Platforms whose ids are decimal numbers. */
const DECIMAL = new Set(["telegram", "facebook", "messenger", "instagram", "x"])

function byNumber(platform: string, id: string, context: ValueContext): Normalised | null {
  const number = phone(/^[1-9]\d{9,14}$/.test(id) ? `+${id}` : id, context)
  if (number.valid) return { norm: `${platform}:${number.norm}`, valid: true, reason: number.reason }
  if (/^(?:group|jid):/.test(number.norm)) return { norm: `${platform}:${number.norm}`, valid: false, reason: number.reason }
  return null
}

/**
 * Valid: `platform:id`, or `whatsapp:+964…` where the account is the number. Needs `context.platform`. Ids keep their case,
 * since opaque ids differ by it; addresses of the Jabber kind (`name_abc@talk.kik.com`) lose their server.
 */
export function account(raw: string, context: ValueContext = {}): Normalised {
  let id = tidy(raw)
  const own = /^([a-z][a-z0-9-]*):(.+)$/i.exec(id)
  const named = own && namesPlatform(own[1]!, context.platform) ? own[1]!.toLowerCase() : null
  const jabber = /@s\.whatsapp\.net$|@c\.us$|@g\.us$/i.test(id) ? "whatsapp" : /@talk\.kik\.com$/i.test(id) ? "kik" : null
  const platform = named ?? (context.platform ? platformOf(context.platform) : jabber)
  if (id === "") return { norm: "", valid: false, reason: "empty" }
  if (named) id = own![2]!.trim()
  if (!platform) return { norm: id, valid: false, reason: "no platform: ids of different platforms coincide" }
  if (platform === "kik") id = id.replace(/@talk\.kik\.com.*$/i, "").toLowerCase()
  if (BY_NUMBER.has(platform)) {
    const answer = byNumber(platform, id, context)
    if (answer) return answer
  }
  if (DECIMAL.has(platform)) {
    const decimal = /^(?:user|id|uid|fbid)?[:=\s]*(\d{1,20})$/i.exec(id)?.[1]?.replace(/^0+(?=\d)/, "")
    if (decimal === undefined) return { norm: `${platform}:${id}`, valid: false, reason: `ids of ${platform} are numbers` }
    if (decimal === "0") return { norm: `${platform}:0`, valid: false, reason: "zero stands for nobody" }
    return { norm: `${platform}:${decimal}`, valid: true, reason: "" }
  }
  if (/\s/.test(id)) return { norm: `${platform}:${id}`, valid: false, reason: "ids have no spaces: this reads like a name" }
  return { norm: `${platform}:${id}`, valid: true, reason: "" }
}
