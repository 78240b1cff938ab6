import { randomBytes } from "node:crypto"
import { digestOf } from "./secret.ts"

/** What a way in is walked for. */
export type Aim =
  | { kind: "sign-in" }
  /** Whoever is in proves again that it is he. */
  | { kind: "prove"; session: string; person: string }
  /** Another passkey for whoever is in. */
  | { kind: "add"; session: string; person: string }
  | { kind: "enrol"; invitation: string; person: string }

/** What was asked of a browser and not answered yet. */
export interface Flow {
  aim: Aim
  begunAt: number
  /** Where its page goes afterwards: a path of this node. */
  back: string
  passkey?: { challenge: string; origin: string; site: string }
  provider?: { state: string; nonce: string; verifier: string; redirect: string }
}

const FLOW_MS = 10 * 60_000
/** More are not kept, so that asking without answering fills no memory: the oldest go. */
const FLOWS_MOST = 2000

/** Flows under way, each bound to one browser by a secret of its own and good for one answer. A restart forgets them: people start again. */
export class Flows {
  private readonly held = new Map<string, Flow>()
  private readonly clock: () => number

  constructor(clock: () => number) {
    this.clock = clock
  }

  begin(flow: Omit<Flow, "begunAt">): string {
    const secret = randomBytes(32).toString("base64url")
    this.held.set(digestOf(secret), { ...flow, begunAt: this.clock() })
    for (const oldest of this.held.keys()) {
      if (this.held.size <= FLOWS_MOST) break
      this.held.delete(oldest)
    }
    return secret
  }

  /** The flow of a secret, once; null when it is over, too old, or was never begun. */
  take(secret: string | null): Flow | null {
    if (secret === null) return null
    const id = digestOf(secret)
    const flow = this.held.get(id)
    this.held.delete(id)
    return flow && this.clock() < flow.begunAt + FLOW_MS ? flow : null
  }
}
