import type { Identifier, Place, SourceRecord } from "#vocabulary/record"
import { jidOf, partyAs } from "./identity.ts"

/** Content lines (RFC 6350, section 3.2): unfolded, as name, parameters and value. */
function* lines(card: string): Generator<{ name: string; parameters: string; value: string }> {
  const unfolded = card.replace(/\r?\n[ \t]/g, "").replace(/=\r?\n/g, "")
  for (const line of unfolded.split(/\r?\n/)) {
    const [, name, parameters = "", value = ""] = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:"]*(?:"[^"]*")?)*):(.*)$/s.exec(line) ?? []
    if (name === undefined) continue
    yield { name: name.toUpperCase(), parameters, value: /QUOTED-PRINTABLE/i.test(parameters) ? printed(value) : value }
  }
}

function printed(value: string): string {
  const bytes = Buffer.from(
    value.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  )
  return bytes.toString("utf8")
}

function unescaped(value: string): string {
  return value
    .replace(/\\n/gi, "\n")
    .replace(/\\([\\;,:])/g, "$1")
    .trim()
}

/**
 * The contact that a card shared in a chat names: its name, numbers and addresses, no more; null when it names nobody. Whole
 * vCard files have an importer of their own.
 */
export function cardRecord(card: string, place: Place, app: string | null): SourceRecord | null {
  let label: string | null = null
  let organisation: string | null = null
  const ids: Identifier[] = []
  for (const { name, parameters, value } of lines(card)) {
    const text = unescaped(value)
    if (text === "") continue
    if (name === "FN") label = text
    else if (name === "N") label ??= text.split(";").filter(Boolean).reverse().join(" ")
    else if (name === "ORG") organisation = text.replace(/;+$/, "")
    else if (name === "TEL") {
      ids.push({ type: "phone", raw: text })
      const waid = /;waid=(\d+)/i.exec(parameters)?.[1]
      if (waid) ids.push(...jidOf(`${waid}@s.whatsapp.net`))
    } else if (name === "EMAIL") ids.push({ type: "email", raw: text })
  }
  if (label === null && ids.length === 0) return null
  return {
    kind: "contact",
    place,
    at: null,
    parties: [partyAs("contact", ids, label)],
    fields: { label, organisation, source: app === null ? "shared card" : `${app} shared card` },
  }
}
