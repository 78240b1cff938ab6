/** The four kinds of failure; HTTP status and exit code follow from the kind alone. */
export type FailureKind = "invalid" | "refused" | "conflict" | "unavailable"

/** HTTP status of each kind. */
export const STATUS: Record<FailureKind, number> = { invalid: 400, refused: 403, conflict: 409, unavailable: 503 }

/** HTTP status of a failure: that of its kind, and 429 (RFC 6585) where the caller asked too often. */
export const statusOf = (failure: Failure): number => (failure.code === "unavailable.too-many-requests" ? 429 : STATUS[failure.kind])

/** Exit code of the command line for each kind (`ARCHITECTURE.md`, command line). */
export const EXIT: Record<FailureKind, number> = { invalid: 2, refused: 3, conflict: 4, unavailable: 5 }

export interface FailureInit {
  /** What the reader should do next, in one sentence. */
  hint?: string
  cause?: unknown
  /** Where: a flag, a file with its place, a field. */
  at?: string
  retryAfterMs?: number
}

/**
 * The one error class that crosses a door. `code` is stable and starts with its kind: `invalid.authority-missing`.
 * Broken invariants are not Failures: they are assertions, and end the process.
 */
export class Failure extends Error {
  override readonly name = "Failure"
  readonly code: `${FailureKind}.${string}`
  readonly hint: string | undefined
  readonly at: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: `${FailureKind}.${string}`, message: string, init: FailureInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = code
    this.hint = init.hint
    this.at = init.at
    this.retryAfterMs = init.retryAfterMs
  }

  get kind(): FailureKind {
    return this.code.slice(0, this.code.indexOf(".")) as FailureKind
  }

  toJSON(): { code: string; message: string; hint?: string; at?: string; retryAfterMs?: number } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.at === undefined ? {} : { at: this.at }),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    }
  }
}
