import type { FastifyRequest } from "fastify"
import { type Caller, callerOf, localCaller } from "#access"
import { callerByToken, callerIn, isOpen, isTokenOpen, type Session, sessionOf, settingsOf } from "#sign-in"
import type { Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { cookieOf } from "./cookies.ts"
import type { Keys, LocalSession } from "./keys.ts"
import { mustNameOrigin, type Place } from "./origins.ts"

/** Whoever asks the API, and by what. */
export interface Comer {
  /** What requests are counted by. */
  key: string
  caller(): Promise<Caller>
  /** Whether he could still come in: asked now and then while an answer goes on. */
  open(): Promise<boolean>
}

export type Presence = { kind: "local"; session: LocalSession } | { kind: "person"; session: Session }

/** Who is there by the cookie of a browser; null for nobody. */
export async function presenceOf(request: FastifyRequest, place: Place, keys: Keys, store: Store): Promise<Presence | null> {
  const secret = cookieOf(request.headers.cookie, "session", place)
  if (!secret) return null
  const local = keys.sessionOf(secret)
  if (local) return { kind: "local", session: local }
  const session = await sessionOf(store, secret)
  return session ? { kind: "person", session } : null
}

/** Throws `refused.not-signed-in`, and what is wrong with a token. */
export async function comerOf(request: FastifyRequest, place: Place, keys: Keys, store: Store): Promise<Comer> {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1]
  if (bearer !== undefined && bearer.startsWith("lpt_")) {
    const caller = await callerByToken(store, bearer)
    return { key: `token:${caller.id}`, caller: async () => caller, open: () => isTokenOpen(store, bearer) }
  }
  if (keys.isKey(bearer)) return { key: "local", caller: () => local(place, store), open: async () => true }
  const presence = await presenceOf(request, place, keys, store)
  if (!presence) {
    const { signIn } = await settingsOf(store.register.read)
    throw new Failure("refused.not-signed-in", "There is no session.", {
      hint: signIn === "persons" ? "Sign in." : "Open the address that `linchpin serve` printed; its token works once.",
    })
  }
  mustNameOrigin(request)
  if (presence.kind === "local") {
    const { session } = presence
    return {
      key: `local:${session.id}`,
      caller: () => (session.looksAs ? invented(session.looksAs, store, place) : local(place, store)),
      open: async () => session.until > store.clock(),
    }
  }
  const { session } = presence
  return { key: `person:${session.person}`, caller: () => callerIn(store, session), open: () => isOpen(store, session.id) }
}

/** The one user of a node without sign-in is on its machine: what came through a proxy is somebody else. */
async function local(place: Place, store: Store): Promise<Caller> {
  mustBeDirect(place)
  return localCaller(store.register.read)
}

export function mustBeDirect(place: Place): void {
  if (!place.direct)
    throw new Failure(
      "refused.forwarded",
      "On this node nobody signs in yet: its one user works on its own machine, not through a proxy.",
      {
        hint: "Open it on that machine, or let people sign in: linchpin sign-in enable.",
      },
    )
}

async function invented({ person, at }: { person: string; at: number }, store: Store, place: Place): Promise<Caller> {
  mustBeDirect(place)
  return callerOf(store.register.read, person, { via: "session", provedAt: at, scopes: null })
}
