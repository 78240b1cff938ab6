/** What the procedures about people, roles, approvals and other teams take and answer. */
export interface Organisation {
  id: string
  name: string
  state: string
  chain: string | null
}

export interface Someone {
  id: string
  name: string
  organisation: string
  team: string
}

export interface Colleague extends Someone {
  contact: string | null
  clearance: string
  left: boolean
  roles: string[]
}

export interface Holding {
  person: Someone
  role: string
  since: string
}

export interface RoleRequest {
  request: string
  person: Someone
  role: string
  ends: boolean
  reason: string
  askedBy: Someone
  askedAt: string
}

export interface Mine {
  id: string
  name: string
  organisation: string
  team: string
  via: "local" | "session" | "token"
  roles: { role: string; title: string; investigation: string | null }[]
  node: string[]
  here: string[] | null
}

export interface Why {
  allowed: boolean
  procedure: string
  need: { id: string; title: string }
  purpose: string
  holds: { id: string; title: string }[]
  rules: { id: string; effect: "permit" | "forbid"; text: string }[]
  roles: { id: string; title: string }[]
  outOfScope: boolean
}

export interface Policy {
  text: string
}

export interface Leaving {
  preview: string
  title: string
  procedure: string
  state: "waiting" | "approved" | "refused" | "expired" | "begun" | "done" | "nothing-left" | "unknown" | "settled-left" | "settled-not"
  preparedBy: { id: string; name: string; team: string }
  preparedAt: string
  expiresAt: string
  recipients: { id: string; name: string }[]
  banner: string
  sha256: string
  notYou: "yours" | "same-team" | "may-not" | null
  yours: boolean
  clearedOfficer: "waiting" | "lapsed" | "proceed" | "stop" | "see-me"
}

export interface LeavingWhole extends Leaving {
  body: unknown
  verdict: { agreed: boolean; by: string; reason: string; at: string } | null
  result: unknown
  words: string | null
}

export interface AskedOfAll {
  rerun: string
  asker: Someone & { contact: string | null }
  investigation: { id: string; name: string } | null
  procedure: string
  title: string
  ground: string | null
  askedAt: string
  state: Leaving["clearedOfficer"]
}

export interface AnsweredByAll {
  asked: AskedOfAll
  input: unknown
  limited: unknown
  whole: unknown
  differs: boolean
  sha256: string
  outOfSight: string[]
}

export interface Announcement {
  announcement: string
  covert: boolean
  contact: string
  announcedAt: string
}

export interface ClosedInvestigation {
  investigation: string
  name: string
  title: string
  reason: string
  closedAt: string
  reopening: "none" | "asked-by-you" | "asked"
  reopenReason: string | null
}

type In<T = object> = { investigation: string } & T
type RoleOutcome = { state: "granted" | "ended" | "waits" | "refused" }

export interface SignInState {
  signIn: "local" | "persons"
  demo: boolean
  provider: { name: string; issuer: string; clientId: string; secret: boolean; origins: string[] } | null
  limits: { idleMinutes: number; absoluteHours: number }
}

/** By what somebody could sign in, and what of it is open. */
export interface WaysOf {
  person: string
  name: string
  organisation: string
  identities: { issuer: string; subject: string }[]
  passkeys: number
  invited: boolean
  sessions: number
  tokens: number
}

export interface AuthorityValues {
  "sign-in.show": [Record<string, never>, SignInState]
  "sign-in.list": [Record<string, never>, WaysOf[]]
  "sign-in.configure": [NonNullable<SignInState["provider"]>, SignInState]
  "sign-in.limits": [SignInState["limits"], SignInState]
  "sign-in.enable": [Record<string, never>, SignInState]
  "sign-in.bind": [{ person: string; subject: string }, { person: string; issuer: string; subject: string }]
  "sign-in.unbind": [{ person: string; issuer: string; subject: string }, { sessions: number; tokens: number }]
  "sign-in.invite": [{ person: string; hours?: number }, { code: string; person: string; expiresAt: string }]
  "sign-in.end": [{ person: string; passkeys: boolean }, { sessions: number; tokens: number; invitations: number; passkeys: number }]
  "roles.mine": [{ investigation?: string }, Mine]
  "organisations.list": [Record<string, never>, Organisation[]]
  "organisations.known": [Record<string, never>, Organisation[]]
  "organisations.enter": [{ id: string; name?: string; state?: string; chain?: string }, Organisation]
  "people.list": [{ left?: boolean }, Colleague[]]
  "people.enter": [{ name: string; organisation: string; team: string; contact?: string }, Colleague]
  "people.clear": [{ person: string; clearance: string; reason: string; reference: string }, Colleague]
  "people.leave": [{ person: string; reason: string }, Colleague]
  "people.find": [In<{ name: string }>, (Someone & { clearance: string })[]]
  "roles.list": [Record<string, never>, { held: Holding[]; waiting: RoleRequest[] }]
  "roles.grant": [{ person: string; role: string; reason: string }, RoleOutcome]
  "roles.end": [{ person: string; role: string; reason: string }, RoleOutcome]
  "roles.confirm": [{ request: string; agree: boolean; reason: string }, RoleOutcome]
  "roles.of-investigation": [In, Holding[]]
  "investigations.grant-role": [In<{ person: string; role: string; reason: string }>, RoleOutcome]
  "investigations.end-role": [In<{ person: string; role: string; reason: string }>, RoleOutcome]
  "investigations.close": [In<{ reason: string }>, { investigation: string }]
  "investigations.closed": [Record<string, never>, ClosedInvestigation[]]
  "investigations.reopen": [{ closed: string; reason: string }, { investigation: string; state: "waits" | "open" }]
  "policy.show": [Record<string, never>, Policy]
  "policy.why": [{ procedure: string; investigation?: string }, Why]
  "outside.list": [In, Leaving[]]
  "outside.show": [In<{ preview: string }>, LeavingWhole]
  "outside.approve": [In<{ preview: string; sha256: string; reason: string }>, { preview: string }]
  "outside.refuse": [In<{ preview: string; sha256: string; reason: string }>, { preview: string }]
  "outside.settle": [In<{ preview: string; left: boolean; reason: string }>, { preview: string }]
  "reruns.list": [{ all?: boolean }, AskedOfAll[]]
  "reruns.show": [{ rerun: string }, AnsweredByAll]
  "reruns.answer": [{ rerun: string; word: string; reason: string; seen: string; contact?: string }, { rerun: string }]
  "deconfliction.list": [In, Announcement[]]
  "deconfliction.look": [In<{ type: string; identifier: string }>, { announced: { contact: string }[] }]
  "deconfliction.announce": [In<{ type: string; identifier: string; contact: string; reason: string }>, { announcement: string }]
  "deconfliction.covert": [In<{ type: string; identifier: string; contact: string; reason: string }>, { announcement: string }]
  "deconfliction.withdraw": [In<{ announcement: string; reason: string }>, { announcement: string }]
}
