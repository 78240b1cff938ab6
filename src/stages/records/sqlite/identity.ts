import type { Identifier, Part, Party } from "#vocabulary/record"

/** A number, an e-mail address or a sender's name as messages and calls write it. Android writes -1, -2, -3 where the network hides it. */
export function addressOf(raw: string | null, platform?: string): Identifier[] {
  if (raw === null || /^-[1-4]$/.test(raw)) return []
  const address = raw.trim()
  if (address === "" || /^(?:unknown|private|anonymous|restricted|insert-address-token)$/i.test(address)) return []
  const type = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address) ? "email" : "phone"
  return [{ type, raw, ...(platform === undefined ? {} : { platform }) }]
}

/** A WhatsApp address: `number@s.whatsapp.net` is a phone, a linked id (`@lid`) an account; a group or list is nobody. */
export function jidOf(raw: string | null): Identifier[] {
  if (raw === null) return []
  if (/@(?:s\.whatsapp\.net|c\.us)$/i.test(raw)) return [{ type: "phone", raw, platform: "whatsapp" }]
  if (/@lid$/i.test(raw)) return [{ type: "account", raw, platform: "whatsapp" }]
  return []
}

export function isGroupJid(raw: string | null): boolean {
  return raw !== null && /@(?:g\.us|broadcast|newsletter)$/i.test(raw)
}

/** Whoever holds the device. */
export function ownerAs(part: Part, ids: Identifier[] = [], name: string | null = null): Party {
  return { part, owner: true, ids, name }
}

export function partyAs(part: Part, ids: Identifier[], name: string | null = null): Party {
  return { part, ids, name }
}

/** Parties without an identifier, a name or an owner say nothing, and repeated identifiers count once. */
export function saying(parties: readonly Party[]): Party[] {
  const heard = new Set<string>()
  return parties.filter((party) => {
    if (party.ids.length === 0 && !party.name && !party.owner) return false
    const key = `${party.part}|${party.owner === true}|${party.name ?? ""}|${party.ids.map((id) => `${id.type}:${id.raw}`).join("|")}`
    if (heard.has(key)) return false
    heard.add(key)
    return true
  })
}

/** A full name from its parts, in the order given. */
export function named(...parts: (string | null)[]): string | null {
  const name = parts.filter((part) => part !== null && part.trim() !== "").join(" ")
  return name === "" ? null : name
}
