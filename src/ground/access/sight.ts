import { createHash } from "node:crypto"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { isId, LOCAL_USER, randomId } from "#vocabulary/ids"
import { type Classification, joinAll, type Marking as Terms } from "#vocabulary/markings"
import { INVESTIGATION_ROLES, NEEDS, type Need, type Purpose, type Role } from "#vocabulary/roles"
import { selectPermissions, standingBlocks, type Use } from "./permissions.ts"
import { type Asker, mayDo, maySee } from "./policy.ts"
import { selectSetting } from "./settings.ts"
import {
  type ClassRow,
  type InvestigationRow,
  insertClass,
  insertGrant,
  insertInvestigation,
  selectClassByKey,
  selectClasses,
  selectClassesById,
  selectGrants,
  selectInvestigations,
  selectPerson,
} from "./sql.ts"

/** Whoever asks: a person of the register, with what he holds now. A job carries the caller who started it. */
export interface Caller {
  id: string
  name: string
  /** Id of his organisation. */
  organisation: string
  team: string
  clearance: Classification
  /** `investigation` is null for a role on the node. */
  roles: readonly { role: Role; investigation: string | null }[]
  /** `local`: the one user of a node on which nobody signs in. */
  via: "local" | "session" | "token"
  /** When he last proved who he is, UTC milliseconds; null where nobody signs in. */
  provedAt: number | null
  /** What a token is limited to; null = all that the roles permit. */
  scopes: readonly Need[] | null
}

/** How somebody came in. */
export type Arrival = Pick<Caller, "via" | "provedAt" | "scopes">

export type Investigation = InvestigationRow

/** What rows are marked with: a marking in a compartment. Equal ones are one class. */
export interface Marking extends Terms {
  /** Id of the compartment. */
  investigation: string
}

/** The access classes a viewer may see, sorted. No class: the viewer sees nothing. */
export interface Sight {
  readonly classes: readonly number[]
  /** Depends on what the classes mean, not on their numbers: a cache key that says nothing about what else is held. */
  readonly digest: string
  /** What its originators keep from the use that is asked for, in words: reserved material is not in the sight. */
  readonly withheld: readonly string[]
}

/** What somebody wants of the node, and why. */
export interface Asking {
  need: Need
  purpose: Purpose
  /** When, UTC milliseconds. */
  at: number
  /** The compartment that was named; else all in which the need is granted. */
  investigation?: Investigation | undefined
}

/** The caller of a node with one user. Throws `refused.not-signed-in` where people sign in. */
export const localCaller = (tx: Tx): Promise<Caller> => callerOf(tx, LOCAL_USER, { via: "local", provedAt: null, scopes: null })

/**
 * Throws `refused.unknown-person` for nobody, and for who has left; `refused.not-signed-in` for the one user of a node where people
 * sign in by now, so that neither a job of his nor an open page goes on.
 */
export async function callerOf(tx: Tx, id: string, { via, provedAt, scopes }: Arrival): Promise<Caller> {
  if ((via === "local" || id === LOCAL_USER) && (await selectSetting(tx, "sign-in")) === "persons")
    throw new Failure("refused.not-signed-in", "On this node people sign in.", {
      hint: "Sign in in the workplace, or give a token of yours in LINCHPIN_TOKEN.",
    })
  const person = await selectPerson(tx, id)
  if (!person) throw new Failure("refused.unknown-person", "Nobody of that id works here.", { at: id })
  return { ...person, roles: await selectGrants(tx, id), via, provedAt, scopes }
}

/** Ids of the investigations in which a caller holds a role. */
export const compartmentsOf = (caller: Caller): string[] => [...new Set(caller.roles.flatMap((r) => r.investigation ?? []))].sort()

/** What the policy knows of a caller, about one investigation or, for null, on the node. */
export const askerIn = (caller: Caller, investigation: string | null): Asker => ({
  id: caller.id,
  here: investigation === null ? [] : caller.roles.flatMap((r) => (r.investigation === investigation ? r.role : [])),
  anywhere: caller.roles.flatMap((r) => (r.investigation === null ? r.role : [])),
  organisation: caller.organisation,
  clearance: caller.clearance,
  local: caller.via === "local",
})

const sortedTerms = (m: Terms): Terms => {
  const { classification, sensitive, tlp, sharing, codes, conditions, originators, audience, purposes } = joinAll([m])
  return { classification, sensitive, tlp, sharing, codes, conditions, originators, audience, purposes }
}

/** The number of a marking, made on first use. It follows from how many there were: never shown, never part of an id. */
export async function accessClass(tx: Tx, marking: Marking): Promise<number> {
  const whole = { investigation: marking.investigation, ...sortedTerms(marking) }
  const key = createHash("sha256").update(canonical(whole)).digest("hex")
  const known = await selectClassByKey(tx, key)
  if (known !== null) return known
  await insertClass(tx, key, whole)
  return (await selectClassByKey(tx, key))!
}

/** What rests on all of these classes is marked like this. */
export async function joinedMarking(tx: Tx, classes: readonly number[]): Promise<Terms> {
  return joinAll((await selectClassesById(tx, classes)).map(sortedTerms))
}

/** What a caller may see for what he asks. Whoever holds no role sees nothing. */
export async function sightOf(tx: Tx, caller: Caller, asking: Asking): Promise<Sight> {
  const seen: ClassRow[] = []
  const { need, purpose } = asking
  // Material is shown for what is asked of an investigation; and to those who ask all holdings for others.
  const rows =
    NEEDS[need].about === "investigation"
      ? await selectClasses(tx, asking.investigation ? [asking.investigation.id] : grantedIn(caller, need, purpose))
      : need === "clear" || need === "rights"
        ? await selectClasses(tx, null)
        : []
  for (const [investigation, classes] of Map.groupBy(rows, (c) => c.investigation)) {
    const asker = askerIn(caller, investigation)
    // Few markings differ in what the policy looks at.
    const terms = Map.groupBy(classes, (c) => canonical([c.classification, c.audience, c.purposes]))
    for (const alike of terms.values()) if (maySee(asker, alike[0]!, purpose).allowed) seen.push(...alike)
  }
  // "Not in evidence" and "ask first" block what is asked for these uses, and whatever is derived for them.
  const use: Use | null = need === "export" ? "sharing" : purpose === "prosecution" ? "evidence" : null
  if (use === null) return sighted(seen, [])
  const permissions = await selectPermissions(tx, [...new Set(seen.map((c) => c.investigation))])
  const open: ClassRow[] = []
  const withheld = new Set<string>()
  for (const c of seen) {
    const own = permissions.filter((p) => p.investigation === c.investigation)
    const found = standingBlocks(c, use, own, asking.at)
    if (found.length === 0) open.push(c)
    for (const { says, ask } of found)
      withheld.add(`${says} (${ask.length > 0 ? `ask ${ask.join(", ")}` : "nobody is recorded who could permit it"})`)
  }
  return sighted(open, [...withheld].sort())
}

function sighted(seen: readonly ClassRow[], withheld: readonly string[]): Sight {
  return {
    classes: seen.map((c) => c.id).sort((a, b) => a - b),
    digest: createHash("sha256")
      .update(canonical(seen.map((c) => c.key).sort()))
      .digest("hex"),
    withheld,
  }
}

const grantedIn = (caller: Caller, need: Need, purpose: Purpose): string[] =>
  compartmentsOf(caller).filter((id) => mayDo(askerIn(caller, id), need, id, purpose).allowed)

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/-]{0,79}$/u

/**
 * Opens an investigation, with the opener as its lead. Two of one name may stand side by side: whoever may not know of the one
 * must not learn of it from the other. Throws `invalid.name`, and `conflict.investigation-exists` for a name of his own.
 */
export async function openInvestigation(
  tx: Tx,
  caller: Caller,
  init: { name: string; title?: string | undefined; at: number },
): Promise<Investigation> {
  const name = init.name.trim()
  if (!NAME.test(name) || isId("in_", name))
    throw new Failure("invalid.name", "An investigation's name has 1 to 80 letters, digits, spaces and . _ : / -", {
      at: "name",
      hint: "Choose a shorter, plainer name.",
    })
  if ((await selectInvestigations(tx, name, compartmentsOf(caller))).length > 0)
    throw new Failure("conflict.investigation-exists", "You work in an investigation of that name.", {
      at: "name",
      hint: "Use it, or choose another name.",
    })
  const row = { id: randomId("in_"), name, title: init.title ?? name }
  await insertInvestigation(tx, row, caller.id, new Date(init.at))
  for (const role of rolesOfOpener(caller)) await insertGrant(tx, caller.id, row.id, role, caller.id, new Date(init.at))
  return row
}

/** Whoever opens leads. On a node without sign-in the one user does everybody's work. */
const rolesOfOpener = (caller: Caller): readonly Role[] => (caller.via === "local" ? INVESTIGATION_ROLES : ["operations-lead"])

/**
 * The investigation of that id or name, if the caller works in it. `null` for one that is not there and for one that he may
 * not know of alike: the answer must not tell which. Throws `invalid.investigation-ambiguous` for a name that two have.
 */
export async function findInvestigation(tx: Tx, caller: Caller, idOrName: string): Promise<Investigation | null> {
  const found = await selectInvestigations(tx, idOrName.trim(), compartmentsOf(caller))
  if (found.length > 1)
    throw new Failure("invalid.investigation-ambiguous", "You work in several investigations of that name.", {
      at: "investigation",
      hint: `Give an id: ${found.map((i) => i.id).join(", ")}.`,
    })
  return found[0] ?? null
}

/** May this caller do what he asks? Refuses unless a rule of the policy permits it, and a token besides. */
export function permits(
  caller: Caller,
  { need, purpose, investigation }: Omit<Asking, "at">,
): { allowed: true } | { allowed: false; why: string } {
  if (caller.scopes && !caller.scopes.includes(need)) return { allowed: false, why: `This token is not for that: it lacks "${need}".` }
  const about = NEEDS[need].about
  const allowed =
    about !== "investigation"
      ? mayDo(askerIn(caller, null), need, "node", purpose).allowed
      : investigation
        ? mayDo(askerIn(caller, investigation.id), need, investigation.id, purpose).allowed
        : // The one user of a fresh node works in no investigation yet.
          caller.via === "local" || grantedIn(caller, need, purpose).length > 0
  return allowed ? { allowed } : { allowed, why: `No role of yours permits to ${NEEDS[need].title}.` }
}
