import i18next from "i18next"
import { en } from "../language/en.ts"

/** The word for a role, a clearance, a state … in the language of the screen; the id itself where there is none. */
export function authorityWord(vocabulary: "roles" | "states" | "officer" | "types", id: string): string {
  const words = en.authority[vocabulary] as Record<string, string>
  return Object.hasOwn(words, id) ? i18next.t(`authority.${vocabulary}.${id}` as "authority.roles.analyst") : id
}

export const CASE_ROLES = [
  "analyst",
  "financial-investigator",
  "examiner",
  "online-officer",
  "operations-lead",
  "authorising-officer",
  "prosecutor",
  "disclosure-officer",
] as const
export const NODE_ROLES = [
  "opener",
  "programme-lead",
  "data-protection-officer",
  "duty-officer",
  "cleared-officer",
  "inspector",
  "administrator",
] as const
export const CLEARANCES = ["OFFICIAL", "SECRET", "TOP SECRET"] as const
