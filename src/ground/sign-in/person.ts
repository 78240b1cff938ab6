import type { Caller } from "#access"
import { Failure } from "#vocabulary/failure"

/**
 * What makes or opens a way in is done by a person who signed in: a token must not beget tokens, and the one user of a node without
 * sign-in stands for nobody. Throws `refused.token-own` and `refused.local-user`.
 */
export function inPerson(caller: Caller): void {
  if (caller.via === "token")
    throw new Failure("refused.token-own", "A token cannot be used to make or change ways of signing in.", {
      hint: "Do it in the workplace.",
    })
  if (caller.via === "local")
    throw new Failure("refused.local-user", "On this node nobody signs in: its one user needs no token, passkey or session.", {
      hint: "Enter people, invite an administrator, then run sign-in enable.",
    })
}
