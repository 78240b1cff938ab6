import { z } from "zod"
import { settings } from "#access"
import type { Tx } from "#store"

/** How long a session lasts. A node may shorten these, never lengthen them. */
export const IDLE_MINUTES = 30
export const ABSOLUTE_HOURS = 10

const Limits = z.object({ idleMinutes: z.number(), absoluteHours: z.number() })
export type Limits = z.infer<typeof Limits>

/** The provider of identities that this node trusts. Its client secret stands in a file, never here. */
export const Provider = z.object({
  /** Shown on the button. */
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** Whether the client has a secret, in `provider.secret` of the data folder. */
  secret: z.boolean(),
  /** Origins beside the issuer's own that its endpoints may stand at. */
  origins: z.array(z.string()),
})
export type Provider = z.infer<typeof Provider>

export interface Settings {
  /** `local`: the one user of a fresh node; `persons`: people sign in. */
  signIn: "local" | "persons"
  /** Whether this folder holds the demonstration and was never anything else. */
  demo: boolean
  provider: Provider | null
  limits: Limits
}

const KEYS = ["sign-in", "mode", "provider", "session-limits"] as const

export async function settingsOf(tx: Tx): Promise<Settings> {
  const held = await settings.selectSettings(tx, KEYS)
  const provider = held.get("provider")
  const limits = held.get("session-limits")
  const signIn = held.get("sign-in") === "persons" ? "persons" : "local"
  return {
    signIn,
    demo: signIn === "local" && held.get("mode") === "demo",
    provider: provider ? Provider.parse(JSON.parse(provider)) : null,
    limits: limits ? Limits.parse(JSON.parse(limits)) : { idleMinutes: IDLE_MINUTES, absoluteHours: ABSOLUTE_HOURS },
  }
}

export const setSetting = (tx: Tx, key: (typeof KEYS)[number], value: string): Promise<void> => settings.setSetting(tx, key, value)
