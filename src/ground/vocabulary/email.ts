/** E-mail addresses (RFC 5321 addr-spec). The local part is folded to lower case: no provider in use tells addresses apart by case. */
import { domainToASCII } from "node:url"
import { tidy } from "./digits.ts"
import type { Normalised } from "./values.ts"

const SHAPE = /^[^\s@<>()[\],;:"\\]{1,64}@[^\s@<>]{1,253}$/
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/

/** Google treats dots as absent, `+tag` as absent and googlemail.com as gmail.com: one mailbox, one normal form. */
function mailbox(local: string, host: string): { address: string; reason: string } {
  if (host !== "gmail.com" && host !== "googlemail.com") return { address: `${local}@${host}`, reason: "" }
  const name = local.replace(/\+.*$/, "").replaceAll(".", "")
  const address = `${name || local}@gmail.com`
  return { address, reason: address === `${local}@${host}` ? "" : "dots and tags dropped, as Google does" }
}

/** Valid: `local@host` in lower case, host in its ASCII form. Accepts `mailto:`, angle brackets and a display name before them. */
export function email(raw: string): Normalised {
  let text = tidy(raw)
  const bracketed = /<([^<>]+)>\s*$/.exec(text)?.[1]
  if (bracketed) text = bracketed
  text = text
    .replace(/^mailto:/i, "")
    .replace(/\?.*$/, "")
    .trim()
    .toLowerCase()
    .normalize("NFKC")
  if (!SHAPE.test(text)) return { norm: text, valid: false, reason: text ? "not of the form name@host" : "empty" }
  const at = text.lastIndexOf("@")
  const host = domainToASCII(text.slice(at + 1).replace(/\.$/, ""))
  if (!HOST.test(host)) return { norm: text, valid: false, reason: "not a host name" }
  const { address, reason } = mailbox(text.slice(0, at), host)
  return { norm: address, valid: true, reason }
}
