import { X509Certificate } from "node:crypto"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { readVerifierKey } from "./note.ts"
import { endParty, insertParty, type PartyKind } from "./sql.ts"

/**
 * Parties outside the operator, recorded by an administrator before anything of theirs is taken in: whoever could add one while
 * handing in its signature could vouch for himself.
 */

export const PARTY_KINDS = ["witness", "clock", "log"] as const satisfies readonly PartyKind[]

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/-]{0,79}$/u

/**
 * Records who may vouch for this journal (a witness, a time-stamping authority), or whose journal this node watches as a
 * witness. `key`: the verifier key of a witness or log, the certificate (PEM) of a clock. Throws `invalid.party-name`,
 * `invalid.verifier-key`, `invalid.certificate`, `conflict.party-known`.
 */
export async function addParty(tx: Tx, party: { kind: PartyKind; name: string; key: string }, by: string, at: number): Promise<void> {
  if (!NAME.test(party.name))
    throw new Failure("invalid.party-name", "The name of a party has 1 to 80 letters, digits, spaces and . _ : / -", {
      at: "name",
      hint: "Choose a shorter, plainer name.",
    })
  const key = party.kind === "clock" ? readCertificate(party.key) : readVerifierKey(party.key, party.kind === "log" ? 1 : 4).text
  if (!(await insertParty(tx, { ...party, key }, by, new Date(at))))
    throw new Failure("conflict.party-known", `A ${party.kind} of that name or key is recorded already.`, {
      at: party.name,
      hint: "journal state lists them; end the old one first when its key has changed.",
    })
}

/** What it vouched for stays; nothing new of it is taken in. Throws `invalid.party-unknown`. */
export async function dropParty(tx: Tx, party: { kind: PartyKind; name: string }, by: string, at: number): Promise<void> {
  if (!(await endParty(tx, party.kind, party.name, by, new Date(at))))
    throw new Failure("invalid.party-unknown", `No ${party.kind} of that name is recorded.`, {
      at: party.name,
      hint: "journal state lists them.",
    })
}

/** A certificate as it is kept: PEM of exactly one, without what stood around it. */
function readCertificate(pem: string): string {
  try {
    if (pem.match(/-----BEGIN CERTIFICATE-----/g)?.length !== 1) throw new TypeError("not one certificate")
    return new X509Certificate(pem).toString()
  } catch (cause) {
    throw new Failure("invalid.certificate", "This is not one certificate in PEM form.", {
      at: "key",
      hint: "Hand in the time-stamping authority's certificate, or that of the authority that certifies it.",
      cause,
    })
  }
}
