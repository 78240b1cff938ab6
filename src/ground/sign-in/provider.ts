import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import * as oidc from "openid-client"
import { Failure } from "#vocabulary/failure"
import type { Provider } from "./settings.ts"

/** Whoever the provider vouches for. `subject` means one person at that issuer for ever; nothing else of him is asked or kept. */
export interface Identity {
  issuer: string
  subject: string
  /** When he last proved to the provider who he is, UTC milliseconds. */
  provedAt: number
}

const FILE = "provider.secret"
const TIMEOUT_S = 10
/** A presence at the provider that is older than the longest session here does not count. */
const SIGN_IN_AGE_S = 36_000

const onLoopback = (url: URL): boolean => ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)

/** Throws `invalid.issuer` for what is no address under TLS, a provider on this very machine excepted. */
export function issuerFrom(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (
    url &&
    url.username === "" &&
    url.search === "" &&
    url.hash === "" &&
    (url.protocol === "https:" || (url.protocol === "http:" && onLoopback(url)))
  )
    return url
  throw new Failure("invalid.issuer", `${text} is not the address of a provider under TLS.`, {
    at: "issuer",
    hint: "Give the issuer as the provider states it: https://…",
  })
}

/** Throws `invalid.client-secret` where the client has one and its file is not there, and `refused.secret-readable` where others may read it. */
export function clientSecretIn(folder: string): string {
  const path = join(folder, FILE)
  const secret = existsSync(path) ? readFileSync(path, "utf8").trim() : ""
  if (secret === "")
    throw new Failure("invalid.client-secret", "The secret of this node's client is not there.", {
      at: path,
      hint: `Write it into ${path} with mode 600; it is never given on the command line, which the journal keeps.`,
    })
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Failure("refused.secret-readable", "The client's secret can be read by other users of this machine.", {
      at: path,
      hint: `Have the provider give a new one; then chmod 600 ${path}.`,
    })
  return secret
}

/**
 * The provider as it describes itself. Requests go to the issuer's own origin and those that the administrator named, nowhere
 * else, and follow no redirect. Throws `unavailable.provider` and `unavailable.provider-clock`.
 */
export async function discover(provider: Provider, folder: string, clock: () => number): Promise<oidc.Configuration> {
  const issuer = issuerFrom(provider.issuer)
  const secret = provider.secret ? clientSecretIn(folder) : undefined
  const origins = new Set([issuer.origin, ...provider.origins.map((origin) => new URL(origin).origin)])
  const asking: oidc.CustomFetch = (url, init) => {
    const { origin } = new URL(url)
    if (!origins.has(origin))
      throw new Failure("refused.provider-origin", `The provider names an address at ${origin}, which this node was not told to trust.`, {
        at: origin,
        hint: "If the provider says that this is right: sign-in configure --origins.",
      })
    return fetch(url, { ...init, redirect: "manual" } as RequestInit)
  }
  return told(async () => {
    const configuration = await oidc.discovery(
      issuer,
      provider.clientId,
      { [oidc.clockSkew]: Math.round((clock() - Date.now()) / 1000) },
      secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret),
      {
        [oidc.customFetch]: asking,
        timeout: TIMEOUT_S,
        ...(issuer.protocol === "http:" ? { execute: [oidc.allowInsecureRequests] } : {}),
      },
    )
    // The identity token came over the node's own connection, and its signature is checked all the same.
    oidc.enableNonRepudiationChecks(configuration)
    return configuration
  })
}

export interface Asked {
  address: string
  state: string
  nonce: string
  verifier: string
  redirect: string
}

/** Where the browser is to go. `anew`: the provider is to ask the person even if it knows the browser. */
export async function askProvider(configuration: oidc.Configuration, redirect: string, anew: boolean): Promise<Asked> {
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirect,
    scope: "openid",
    response_type: "code",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    max_age: String(SIGN_IN_AGE_S),
    ...(anew ? { prompt: "login" } : {}),
  })
  return { address: address.href, state, nonce, verifier, redirect }
}

/** Whom the provider sent back. Throws `refused.provider-answer` for an answer that is not one to this question, and what `discover` throws. */
export async function hearProvider(configuration: oidc.Configuration, asked: Omit<Asked, "address">, query: string): Promise<Identity> {
  return told(async () => {
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${asked.redirect}?${query}`), {
      expectedState: asked.state,
      expectedNonce: asked.nonce,
      pkceCodeVerifier: asked.verifier,
      idTokenExpected: true,
      maxAge: SIGN_IN_AGE_S,
    })
    const { iss, sub, auth_time } = tokens.claims()!
    return { issuer: iss, subject: sub, provedAt: auth_time! * 1000 }
  })
}

const UNREACHED = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
])

/** Runs what talks to the provider; whatever goes wrong is told as what it means for whoever wants in. */
async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    for (let e: unknown = error; e instanceof Error; e = e.cause) if (e instanceof Failure) throw e
    const { code, cause } = error as { code?: string; cause?: unknown }
    if (code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED")
      throw new Failure("unavailable.provider-clock", "The provider's clock and this node's do not agree, or its answer is too old.", {
        hint: "Try once more; if it stays so, set the node's clock by a time server.",
        cause: error,
      })
    // What fetch throws when nothing answers, and a server that answers with its own trouble.
    if ((error instanceof TypeError && cause !== undefined) || (code !== undefined && UNREACHED.has(code)))
      throw new Failure("unavailable.provider", "The provider of identities does not answer as it should.", {
        hint: "Try again in a moment; the administrator looks whether the provider runs and the issuer is right.",
        retryAfterMs: 5000,
        cause: error,
      })
    throw new Failure("refused.provider-answer", "The provider's answer does not fit this sign-in.", {
      hint: "Start again from the sign-in page.",
      cause: error,
    })
  }
}
