import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server"
import { z } from "zod"
import { procedure } from "#access"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { inPerson } from "./person.ts"
import { closePasskey, countPasskey, insertPasskey, type PasskeyRow, selectPasskey, selectPasskeysOf } from "./sql.ts"

/** Where a passkey is for: browsers give it to pages of this name only. */
export interface Site {
  /** Name of the node's address; a passkey cannot belong to a bare number. */
  hostname: string
  origin: string
}

const TIMEOUT_MS = 120_000
/** EdDSA, ES256, RS256 (RFC 9053). */
const ALGORITHMS = [-8, -7, -257]

/** Throws `refused.passkey-address` for an address that is a number. */
export function mustBeNamed({ hostname, origin }: Site): void {
  if (/^[\d.]+$|^\[/.test(hostname))
    throw new Failure("refused.passkey-address", "Passkeys need an address with a name.", {
      hint: `Open ${origin.replace(hostname, "localhost")}/ instead.`,
    })
}

/** What a browser is asked to make. The person's own id is the handle: it tells nothing of him. */
export async function askForPasskey(
  tx: Tx,
  site: Site,
  person: { id: string; name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  mustBeNamed(site)
  return generateRegistrationOptions({
    rpName: "Linchpin",
    rpID: site.hostname,
    userName: person.name,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    timeout: TIMEOUT_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: (await selectPasskeysOf(tx, person.id)).map((p) => ({ id: p.credential, transports: p.transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  })
}

/** Keeps a passkey that a browser made when asked. Throws `refused.passkey-answer`. */
export async function keepPasskey(
  tx: Tx,
  asked: { challenge: string; origin: string; site: string },
  init: { person: string; label: string; at: number; response: unknown },
): Promise<string> {
  const { verified, registrationInfo } = await judged(() =>
    verifyRegistrationResponse({
      response: init.response as RegistrationResponseJSON,
      expectedChallenge: asked.challenge,
      expectedOrigin: asked.origin,
      expectedRPID: asked.site,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!verified || !registrationInfo) throw unfit()
  const { credential } = registrationInfo
  const id = randomId("pk_")
  const kept = await insertPasskey(tx, {
    id,
    person: init.person,
    credential: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    site: asked.site,
    label: init.label,
    added_at: new Date(init.at),
  })
  if (!kept)
    throw new Failure("refused.passkey-known", "This passkey is known already.", { hint: "Use another device or another security key." })
  return id
}

/** What a browser is asked to sign: by any passkey for this site, or by one of a person's. */
export async function askToSign(tx: Tx, site: Site, person: string | null): Promise<PublicKeyCredentialRequestOptionsJSON> {
  mustBeNamed(site)
  const own = person === null ? [] : (await selectPasskeysOf(tx, person)).filter((p) => p.ended_at === null)
  return generateAuthenticationOptions({
    rpID: site.hostname,
    timeout: TIMEOUT_MS,
    userVerification: "required",
    allowCredentials: own.map((p) => ({ id: p.credential, transports: p.transports })),
  })
}

/**
 * The passkey that signed. Throws `refused.passkey-unknown`, `refused.passkey-answer`, and `refused.passkey-copied` when its counter
 * did not go on: two devices hold the key (WebAuthn Level 2, 6.1.1).
 */
export async function hearPasskey(
  tx: Tx,
  asked: { challenge: string; origin: string; site: string },
  response: unknown,
  at: number,
): Promise<PasskeyRow> {
  const given = response as AuthenticationResponseJSON
  const passkey = typeof given?.id === "string" ? await selectPasskey(tx, given.id) : null
  if (!passkey || passkey.ended_at !== null)
    throw new Failure("refused.passkey-unknown", "This passkey opens nothing here.", { hint: "Use one that you enrolled on this node." })
  const { verified, authenticationInfo } = await judged(() =>
    verifyAuthenticationResponse({
      response: given,
      expectedChallenge: asked.challenge,
      expectedOrigin: asked.origin,
      expectedRPID: asked.site,
      requireUserVerification: true,
      // The counter is compared where it is written, so that of two answers at once one fails.
      credential: { id: passkey.credential, publicKey: new Uint8Array(passkey.public_key), counter: 0, transports: passkey.transports },
    }),
  )
  if (!verified) throw unfit()
  if (!(await countPasskey(tx, passkey.id, authenticationInfo.newCounter, new Date(at))))
    throw new Failure("refused.passkey-copied", "This passkey's counter did not go on: there may be a copy of it.", {
      at: passkey.id,
      hint: "Tell the administrator; end the passkey and enrol another.",
    })
  return passkey
}

const unfit = (cause?: unknown) =>
  new Failure("refused.passkey-answer", "The passkey's answer does not fit what was asked.", { hint: "Start again.", cause })

/** The library tells by errors what does not fit. */
async function judged<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw unfit(error)
  }
}

const PasskeyView = z.object({
  id: z.string(),
  label: z.string(),
  site: z.string(),
  addedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})

const shown = async (tx: Tx, person: string): Promise<z.infer<typeof PasskeyView>[]> =>
  (await selectPasskeysOf(tx, person))
    .filter((p) => p.ended_at === null)
    .map((p) => ({
      id: p.id,
      label: p.label,
      site: p.site,
      addedAt: p.added_at.toISOString(),
      lastUsedAt: p.last_used_at?.toISOString() ?? null,
    }))

/** A person's own passkeys. They are added at the node's door, where the browser is. */
export const passkeyProcedures = [
  procedure({
    name: "passkeys.list",
    title: "Your passkeys",
    input: z.object({}),
    output: z.array(PasskeyView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: (ctx) => shown(ctx.tx, ctx.caller.id),
  }),
  procedure({
    name: "passkeys.end",
    title: "End a passkey of yours",
    input: z.object({ passkey: z.string().describe("id of the passkey") }),
    output: z.array(PasskeyView),
    needs: "own",
    effect: "decision",
    shape: "value",
    about: ({ passkey }) => [passkey],
    run: async (ctx, { passkey }) => {
      inPerson(ctx.caller)
      if (!(await closePasskey(ctx.tx, passkey, ctx.caller.id, new Date(ctx.at))))
        throw new Failure("invalid.passkey-unknown", "You have no passkey of that id.", {
          at: "passkey",
          hint: "passkeys list shows yours.",
        })
      return shown(ctx.tx, ctx.caller.id)
    },
  }),
]
