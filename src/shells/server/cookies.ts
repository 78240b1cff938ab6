import type { Place } from "./origins.ts"

/** `session` goes along only from pages of this node; `flow` also when a provider sends the browser back. */
type Name = "session" | "flow"
const NAMES: Record<Name, string> = { session: "linchpin", flow: "linchpin-flow" }

/** Under TLS the prefix makes the browser hold the cookie to this very name, path and TLS (RFC 6265bis 4.1.3.2). */
const nameAt = (name: Name, place: Place): string => `${place.secure ? "__Host-" : ""}${NAMES[name]}`

export function cookieOf(header: string | undefined, name: Name, place: Place): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, value] = pair.trim().split("=")
    if (key === nameAt(name, place) && value) return value
  }
  return null
}

export function cookie(name: Name, value: string, place: Place, maxAgeMs: number): string {
  const site = name === "session" ? "Strict" : "Lax"
  return `${nameAt(name, place)}=${value}; HttpOnly; SameSite=${site}; Path=/; Max-Age=${Math.floor(maxAgeMs / 1000)}${place.secure ? "; Secure" : ""}`
}

export const noCookie = (name: Name, place: Place): string => cookie(name, "", place, 0)
