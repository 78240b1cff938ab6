import { startAuthentication, startRegistration } from "@simplewebauthn/browser"
import { useQuery } from "@tanstack/react-query"
import { ApiFailure } from "../api.ts"
import type { FailureView } from "../types.ts"

/** What the node says of who is there and of the ways in, before anybody is. */
export interface Presence {
  signIn: "local" | "persons"
  demo: boolean
  /** Name of the provider; null without one. */
  provider: string | null
  /** The address of this node at which passkeys work. */
  passkeys: string
  local: boolean
  looksAs: string | null
  invented: { id: string; name: string; organisation: string; roles: string[] }[]
  person: {
    id: string
    name: string
    organisation: string
    session: string
    way: "provider" | "passkey"
    provedAt: string
    endsAt: string
  } | null
}

export type Purpose = "sign-in" | "prove" | "add" | "enrol"

const gone = () => new ApiFailure({ code: "unavailable.node-gone", message: "The node does not answer." })

async function at<T>(path: string, body?: object): Promise<T> {
  let response: Response
  try {
    response = await fetch(
      path,
      body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    )
  } catch {
    throw gone()
  }
  const told = (await response.json().catch(() => null)) as unknown
  if (told === null) throw gone()
  if (!response.ok) throw new ApiFailure(told as FailureView)
  return told as T
}

export const usePresence = () => useQuery<Presence, ApiFailure>({ queryKey: ["presence"], queryFn: () => at<Presence>("/session") })

/** Goes to the provider; the browser comes back by itself. */
export async function goToProvider(purpose: Purpose, more: { code?: string; back?: string } = {}): Promise<void> {
  const { address } = await at<{ address: string }>("/session/provider", { for: purpose, ...more })
  window.location.assign(address)
}

type Asked =
  | { register: true; options: Parameters<typeof startRegistration>[0]["optionsJSON"] }
  | { register: false; options: Parameters<typeof startAuthentication>[0]["optionsJSON"] }

/** Asks the browser for a passkey, or to make one, and brings the answer to the node. */
export async function withPasskey(purpose: Purpose, more: { code?: string; label?: string } = {}): Promise<void> {
  const { code, label } = more
  const asked = await at<Asked>("/session/passkey/ask", { for: purpose, ...(code === undefined ? {} : { code }) })
  let response: object
  try {
    response = asked.register
      ? await startRegistration({ optionsJSON: asked.options })
      : await startAuthentication({ optionsJSON: asked.options })
  } catch (error) {
    throw new ApiFailure({ code: "refused.passkey-browser", message: (error as Error).message })
  }
  await at("/session/passkey", { response, ...(label ? { label } : {}) })
}

export const leave = (): Promise<unknown> => at("/session/leave", {})
export const lookAs = (person: string | null): Promise<unknown> => at("/session/look-as", { person })

/** Everything that was shown before is somebody else's now: the page starts anew. */
export const startAnew = (path: string): void => window.location.assign(path)
