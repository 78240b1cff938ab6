/** What a token may be used for: the needs of the node's procedures. */
export const NEEDS = [
  "own",
  "look",
  "take-in",
  "examine",
  "authorise",
  "analyse",
  "assess",
  "lift",
  "plan",
  "export",
  "release",
  "grant",
  "retain",
  "approve",
  "open",
  "erase",
  "rights",
  "duty",
  "clear",
  "audit",
  "oversee",
  "report",
  "administer",
] as const

interface PasskeyShown {
  id: string
  label: string
  site: string
  addedAt: string
  lastUsedAt: string | null
}

interface SessionShown {
  id: string
  way: "provider" | "passkey"
  beganAt: string
  provedAt: string
  idleUntil: string
  endsAt: string
}

interface TokenShown {
  id: string
  label: string
  scopes: string[]
  madeAt: string
  expiresAt: string
  lastUsedAt: string | null
  state: "open" | "ended" | "expired"
}

export interface SignInValues {
  "passkeys.list": [Record<string, never>, PasskeyShown[]]
  "passkeys.end": [{ passkey: string }, PasskeyShown[]]
  "sessions.list": [Record<string, never>, SessionShown[]]
  "sessions.end": [{ session: string }, SessionShown[]]
  "tokens.list": [Record<string, never>, TokenShown[]]
  "tokens.make": [{ label: string; scopes: string[]; days: number }, { token: string; made: TokenShown }]
  "tokens.end": [{ token: string }, TokenShown[]]
}
