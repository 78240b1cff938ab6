import { createHash, randomBytes, timingSafeEqual } from "node:crypto"

const digest = (text: string) => createHash("sha256").update(text).digest()
const secret = () => randomBytes(32).toString("base64url")

/** Twelve hours: a shift. The node forgets all sessions when it stops. */
const SESSION_MS = 12 * 3_600_000
const COOKIE = "linchpin"

/**
 * Who may talk to this node: the holder of the one-time token, which becomes a browser session, and the holder of the node's
 * own key, which stands in a file that only its user can read. Only hashes are kept.
 */
export class Keys {
  readonly key = secret()
  private readonly keyDigest = digest(this.key)
  private readonly tokens = new Set<string>()
  private readonly sessions = new Map<string, number>()
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

  /** The cookie of a new session, once for each token; null for a wrong or used one. */
  redeem(token: string): string | null {
    if (!this.tokens.delete(digest(token).toString("hex"))) return null
    const session = secret()
    this.sessions.set(digest(session).toString("hex"), this.clock() + SESSION_MS)
    return `${COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_MS / 1000}`
  }

  isKey(bearer: string | undefined): boolean {
    const given = /^Bearer (\S+)$/.exec(bearer ?? "")?.[1]
    return given !== undefined && timingSafeEqual(digest(given), this.keyDigest)
  }

  isSession(cookies: string | undefined): boolean {
    for (const cookie of (cookies ?? "").split(";")) {
      const [name, value] = cookie.trim().split("=")
      if (name !== COOKIE || !value) continue
      const id = digest(value).toString("hex")
      const until = this.sessions.get(id)
      if (until !== undefined && until > this.clock()) return true
      this.sessions.delete(id)
    }
    return false
  }
}
