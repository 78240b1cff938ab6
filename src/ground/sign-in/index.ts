/**
 * How people prove who they are: sessions of browsers, tokens of programs, identities at a provider (OpenID Connect), passkeys
 * (WebAuthn), and the invitations that lead to these. Keeps no password and no secret, only hashes. Says who somebody is; what he
 * may do is for the gate.
 */
import { administrationProcedures } from "./administration.ts"
import { sessionProcedures } from "./own.ts"
import { passkeyProcedures } from "./passkeys.ts"
import { tokenProcedures } from "./tokens.ts"

export { type InventedOrganisation, type InventedPerson, inventedPeople, lookAs, makeDemo } from "./invented.ts"
export { type Admission, Reception, type Wish } from "./reception.ts"
export { callerIn, endSession, isOpen, type Session, sessionOf } from "./sessions.ts"
export { settingsOf } from "./settings.ts"
export { migrations, selectPresent } from "./sql.ts"
export { callerByToken, isTokenOpen } from "./tokens.ts"

export const procedures = [...administrationProcedures, ...sessionProcedures, ...passkeyProcedures, ...tokenProcedures]
