import { randomBytes } from "node:crypto"
import { type Caller, callerOf } from "#access"
import { append } from "#journal"
import type { Store, Tx } from "#store"
import { randomId } from "#vocabulary/ids"
import { digestOf } from "./secret.ts"
import { type Limits, settingsOf } from "./settings.ts"
import {
  closeSession,
  insertSession,
  markProved,
  type SessionRow,
  selectSession,
  selectSessionById,
  touchSession,
  type Way,
} from "./sql.ts"

/** A person's presence in one browser. */
export interface Session {
  id: string
  person: string
  way: Way
  beganAt: number
  provedAt: number
  /** When it lapses if nothing is asked until then, and at the latest. */
  idleUntil: number
  endsAt: number
}

/** Writes of the time last seen are spared to one a minute. */
const SEEN_EVERY_MS = 60_000

export function sessionFrom(row: SessionRow, limits: Limits): Session {
  const beganAt = row.began_at.getTime()
  const endsAt = beganAt + limits.absoluteHours * 3_600_000
  return {
    id: row.id,
    person: row.person,
    way: row.way,
    beganAt,
    provedAt: row.proved_at.getTime(),
    idleUntil: Math.min(endsAt, row.seen_at.getTime() + limits.idleMinutes * 60_000),
    endsAt,
  }
}

/** Opens a session in the caller's transaction, with its entry. The secret is given once; the register keeps its hash. */
export async function beginSession(
  tx: Tx,
  init: { person: string; way: Way; at: number; provedAt?: number },
): Promise<{ id: string; secret: string }> {
  const secret = randomBytes(32).toString("base64url")
  const id = randomId("ss_")
  await insertSession(tx, {
    id,
    secret: digestOf(secret),
    person: init.person,
    way: init.way,
    at: new Date(init.at),
    provedAt: new Date(init.provedAt ?? init.at),
  })
  await append(tx, {
    kind: "sign-in",
    actor: init.person,
    at: init.at,
    payload: { signedIn: init.way, session: id },
  })
  return { id, secret }
}

/** The open session of a secret, seen now; null when there is none, or when it lapsed, which closes it. */
export async function sessionOf(store: Store, secret: string): Promise<Session | null> {
  const { read } = store.register
  const row = await selectSession(read, digestOf(secret))
  return row ? current(store, row, true) : null
}

/** Whether a session is still open; does not count as being there. */
export async function isOpen(store: Store, id: string): Promise<boolean> {
  const row = await selectSessionById(store.register.read, id)
  return row !== null && (await current(store, row, false)) !== null
}

async function current(store: Store, row: SessionRow, seen: boolean): Promise<Session | null> {
  const { read } = store.register
  const at = store.clock()
  const session = sessionFrom(row, (await settingsOf(read)).limits)
  if (at >= session.idleUntil) {
    await closeSession(read, row.id, row.person, "lapsed", new Date(Math.min(at, session.idleUntil)))
    return null
  }
  if (seen && at - row.seen_at.getTime() >= SEEN_EVERY_MS) await touchSession(read, row.id, new Date(at))
  return session
}

/** The person of a session as a caller. Throws `refused.unknown-person` for who has left. */
export const callerIn = (store: Store, { person, provedAt }: Session): Promise<Caller> =>
  callerOf(store.register.read, person, { via: "session", provedAt, scopes: null })

/** Notes that the person of a session proved again who he is, now or at the provider a moment ago. False when it ended meanwhile. */
export async function proveSession(
  tx: Tx,
  session: Pick<Session, "id" | "person">,
  way: Way,
  provedAt: number,
  at: number,
): Promise<boolean> {
  if (!(await markProved(tx, session.id, new Date(provedAt)))) return false
  await append(tx, { kind: "sign-in", actor: session.person, at, payload: { provedAgain: way, session: session.id } })
  return true
}

/** Ends a session of a person's, with its entry. False when he has no open one of that id. */
export async function endSession(
  tx: Tx,
  session: Pick<Session, "id" | "person">,
  why: "signed-out" | "ended",
  by: string,
  at: number,
): Promise<boolean> {
  if (!(await closeSession(tx, session.id, session.person, why, new Date(at)))) return false
  await append(tx, { kind: "sign-in", actor: by, at, payload: { sessionEnded: session.id, person: session.person, why } })
  return true
}
