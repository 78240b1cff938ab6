import { createHash, randomBytes, timingSafeEqual } from "node:crypto"

const digest = (text: string) => createHash("sha256").update(text).digest()
const secret = () => randomBytes(32).toString("base64url")

/** Twelve hours: a shift. The node forgets these sessions when it stops. */
export const LOCAL_SESSION_MS = 12 * 3_600_000

/** A browser of the one user of a node without sign-in. */
export interface LocalSession {
  /** Hash of its secret. */
  id: string
  until: number
  /** In the demonstration: as whom it looks, and since when. */
  looksAs: { person: string; at: number } | null
}

/**
 * Who may talk to a node on which nobody signs in: the holder of the one-time token, which becomes a browser session, and the
 * holder of the node's own key, which stands in a file that only its user can read. Only hashes are kept, in memory.
 */
export class Keys {
  readonly key = secret()
  private readonly keyDigest = digest(this.key)
  private readonly tokens = new Set<string>()
  private readonly sessions = new Map<string, LocalSession>()
  private readonly clock: () => number

  constructor(clock: () => number) {
    this.clock = clock
  }

  /** A token that opens one session. */
  token(): string {
    const token = secret()
    this.tokens.add(digest(token).toString("hex"))
    return token
  }

  /** The secret of a new session, once for each token; null for a wrong or used one. */
  redeem(token: string): string | null {
    if (!this.tokens.delete(digest(token).toString("hex"))) return null
    const session = secret()
    const id = digest(session).toString("hex")
    this.sessions.set(id, { id, until: this.clock() + LOCAL_SESSION_MS, looksAs: null })
    return session
  }

  isKey(bearer: string | undefined): boolean {
    return bearer !== undefined && timingSafeEqual(digest(bearer), this.keyDigest)
  }

  sessionOf(cookie: string): LocalSession | null {
    const id = digest(cookie).toString("hex")
    const held = this.sessions.get(id)
    if (held && held.until > this.clock()) return held
    this.sessions.delete(id)
    return null
  }

  leave(session: LocalSession): void {
    this.sessions.delete(session.id)
  }
}
