import type { Scope } from "#store"
import type { Marking } from "#vocabulary/markings"

/** Data Protection Act 2018 s.45(4): for what the right of access may be restricted. */
export const GROUNDS = {
  a: "avoid obstructing an official or legal inquiry, investigation or procedure",
  b: "avoid prejudicing the prevention, detection, investigation or prosecution of criminal offences or the execution of criminal penalties",
  c: "protect public security",
  d: "protect national security",
  e: "protect the rights and freedoms of others",
} as const
export type Ground = keyof typeof GROUNDS
export const GROUND_IDS = Object.keys(GROUNDS) as [Ground, ...Ground[]]

export interface Suggestion {
  ground: Ground
  why: string
}

/**
 * What speaks for restricting one item, to be weighed by a person: a suggestion never decides, and none is given for the mere fact that
 * an investigation holds it.
 */
export function suggestions(of: { marking: Marking; otherParties: boolean; scope: Scope; ownDevice: boolean }): Suggestion[] {
  const out: Suggestion[] = []
  const { marking } = of
  if (marking.classification !== "OFFICIAL") out.push({ ground: "d", why: `classified ${marking.classification}` })
  if (marking.codes.some((c) => c !== "H0") || marking.sharing === "C")
    out.push({ ground: "b", why: "given by another authority under conditions: ask it before anything is told" })
  if (marking.originators.length > 1) out.push({ ground: "b", why: "rests on material of several originators" })
  if (!of.ownDevice && of.scope === "in")
    out.push({ ground: "b", why: "found on a thing taken from somebody else: telling shows what was taken" })
  if (of.otherParties) out.push({ ground: "e", why: "other people are in the same records" })
  return out
}
