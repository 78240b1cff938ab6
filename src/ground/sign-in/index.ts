/**
 * How people prove who they are: sessions of browsers, tokens of programs, identities at a provider (OpenID Connect), passkeys
 * (WebAuthn), and the invitations that lead to these. Keeps no password and no secret, only hashes. Says who somebody is; what he
 * may do is for the gate.
 */
import { sessionProcedures } from "./own.ts"
import { tokenProcedures } from "./tokens.ts"

export { callerIn, endSession, isOpen, type Session, sessionOf } from "./sessions.ts"
export { type Settings, settingsOf } from "./settings.ts"
export { migrations } from "./sql.ts"
export { callerByToken, isTokenOpen } from "./tokens.ts"

export const procedures = [...sessionProcedures, ...tokenProcedures]
