import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Classification } from "#vocabulary/markings"
import { NEEDS, type Need, type Purpose, ROLES, type Role } from "#vocabulary/roles"

/**
 * What is expected of the policy, said a second time and without it: the table of `matrix.json`, and the prohibitions in words of
 * the roles. Tests hold both against each other.
 */
const TABLE = JSON.parse(readFileSync(join(import.meta.dirname, "matrix.json"), "utf8")) as Record<Need, Role[] | "everybody">
export const PERMITTING = (need: Need): readonly Role[] | "everybody" => TABLE[need]

/** Case material is asked for to run the node or for oversight by nobody. */
const NO_CASE_PURPOSES: readonly Purpose[] = ["administration", "oversight"]

/** Whether somebody who holds these roles, all in the investigation that he names or on the node, may do it. */
export function mayByTable(roles: readonly Role[], need: Need, purpose: Purpose): boolean {
  const permitting = PERMITTING(need)
  if (permitting === "everybody") return true
  if (NEEDS[need].about === "investigation") {
    if (roles.includes("administrator") || roles.includes("inspector")) return false
    if (NO_CASE_PURPOSES.includes(purpose)) return false
  }
  if (need === "examine" && roles.includes("authorising-officer")) return false
  return roles.some((role) => permitting.includes(role))
}

const LEVEL: Record<Classification, number> = { OFFICIAL: 0, SECRET: 1, "TOP SECRET": 2 }

/** Whether somebody sees material of a marking in an investigation where he holds `here`. */
export function seesByTable(
  who: { here: readonly Role[]; anywhere: readonly Role[]; organisation: string; clearance: Classification },
  what: { classification: Classification; audience: readonly string[] | null; purposes: readonly Purpose[] | null },
  purpose: Purpose,
): boolean {
  if (who.anywhere.includes("administrator")) return false
  if (what.audience !== null && !what.audience.includes(who.organisation)) return false
  if (what.purposes !== null && !what.purposes.includes(purpose)) return false
  const forOthers =
    (who.anywhere.includes("cleared-officer") && purpose === "safeguarding") ||
    (who.anywhere.includes("data-protection-officer") && purpose === "rights")
  return forOthers || (who.here.length > 0 && LEVEL[who.clearance] >= LEVEL[what.classification])
}

/** Every set of up to `most` roles. */
export function* roleSets(most: number): Generator<Role[]> {
  const all = Object.keys(ROLES) as Role[]
  const grow = function* (from: number, chosen: Role[]): Generator<Role[]> {
    yield chosen
    if (chosen.length < most) for (let i = from; i < all.length; i++) yield* grow(i + 1, [...chosen, all[i]!])
  }
  yield* grow(0, [])
}
