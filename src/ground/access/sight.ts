import { createHash } from "node:crypto"
import { canonical, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { isId, randomId } from "#vocabulary/ids"
import {
  holdsGrant,
  type InvestigationRow,
  insertClass,
  insertGrant,
  insertInvestigation,
  LOCAL_USER,
  selectClassByKey,
  selectClassesOf,
  selectInvestigation,
  selectPerson,
} from "./sql.ts"

/** Whoever asks: a person of the register. A job carries the caller who started it. */
export interface Caller {
  id: string
  name: string
  organisation: string
}

export type Investigation = InvestigationRow

/** What rows are marked with. Its parts only ever tighten (`ARCHITECTURE.md`, invariants); equal markings are one class. */
export interface Marking {
  /** Id of the compartment. */
  investigation: string
  classification: string
  conditions: readonly string[]
  originators: readonly string[]
}

/** The access classes a viewer may see, sorted. No class: the viewer sees nothing. */
export interface Sight {
  readonly classes: readonly number[]
  /** Depends on what the classes mean, not on their numbers: a cache key that says nothing about what else is held. */
  readonly digest: string
}

/** The caller of a node with one user. */
export async function localCaller(tx: Tx): Promise<Caller> {
  return callerOf(tx, LOCAL_USER)
}

/** Throws `refused.unknown-person` for nobody, and for who has left. */
export async function callerOf(tx: Tx, id: string): Promise<Caller> {
  const person = await selectPerson(tx, id)
  if (!person) throw new Failure("refused.unknown-person", "Nobody of that id works here.", { at: id })
  return person
}

/** The number of a marking, made on first use. */
export async function accessClass(tx: Tx, marking: Marking): Promise<number> {
  const sorted = {
    investigation: marking.investigation,
    classification: marking.classification,
    conditions: [...new Set(marking.conditions)].sort(),
    originators: [...new Set(marking.originators)].sort(),
  }
  const key = createHash("sha256").update(canonical(sorted)).digest("hex")
  const known = await selectClassByKey(tx, key)
  if (known !== null) return known
  await insertClass(tx, key, sorted)
  return (await selectClassByKey(tx, key))!
}

/**
 * What a caller may see: the classes of the investigations in which a role was granted to him, or of the one given. Whoever
 * holds no grant sees nothing.
 */
export async function sightOf(tx: Tx, caller: Caller, investigation?: Investigation): Promise<Sight> {
  const rows = await selectClassesOf(tx, caller.id, investigation?.id ?? null)
  return {
    classes: rows.map((r) => r.id),
    digest: createHash("sha256")
      .update(canonical(rows.map((r) => r.key).sort()))
      .digest("hex"),
  }
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/-]{0,79}$/u

/** Opens an investigation, with the opener as its lead. Throws `invalid.name`, `conflict.investigation-exists`. */
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
  const row = { id: randomId("in_"), name, title: init.title ?? name }
  if (!(await insertInvestigation(tx, row, caller.id, new Date(init.at))))
    throw new Failure("conflict.investigation-exists", "There is an investigation of that name.", {
      at: "name",
      hint: "Use it, or choose another name.",
    })
  await insertGrant(tx, caller.id, row.id, "lead", caller.id, new Date(init.at))
  return row
}

/**
 * The investigation of that id or name, if the caller works in it. `null` for one that is not there and for one that he may
 * not know of alike: the answer must not tell which.
 */
export async function findInvestigation(tx: Tx, caller: Caller, idOrName: string): Promise<Investigation | null> {
  const found = await selectInvestigation(tx, idOrName.trim())
  return found && (await holdsGrant(tx, caller.id, found.id)) ? found : null
}

/**
 * May this caller do what `needs` names, to what `refs` point at? Refuses unless a rule allows. One rule so far: the local user
 * of the node may do everything in the investigations that he opened. Roles and policies take their place here and only here.
 */
export async function permits(
  tx: Tx,
  caller: Caller,
  needs: string,
  refs: readonly string[],
): Promise<{ allowed: true } | { allowed: false; why: string }> {
  if (caller.id !== LOCAL_USER) return { allowed: false, why: `No rule grants "${needs}" to this person.` }
  for (const ref of refs)
    if (ref.startsWith("in_") && !(await holdsGrant(tx, caller.id, ref)))
      return { allowed: false, why: "No role was granted in this investigation." }
  return { allowed: true }
}
