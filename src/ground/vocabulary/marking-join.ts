/**
 * How markings join, and how one reads in a line: without any dependency, so that the workplace in the browser does it by the same
 * rules as the node.
 */
import type { Purpose } from "./roles.ts"

/** UK Government Security Classifications, lowest first. OFFICIAL-SENSITIVE is a marking inside OFFICIAL, not a tier. */
export const CLASSIFICATIONS = ["OFFICIAL", "SECRET", "TOP SECRET"] as const
export type Classification = (typeof CLASSIFICATIONS)[number]

/** Traffic Light Protocol 2.0 (FIRST, 2022), least restrictive first. */
export const TLPS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const
export type Tlp = (typeof TLPS)[number]

/** Handling part of the UK 3x5x2 report. C needs its conditions stated. */
export const SHARINGS = { P: "Lawful sharing permitted", C: "Lawful sharing permitted with conditions" } as const
export type Sharing = keyof typeof SHARINGS

/** Handling codes of Europol and SIENA (Regulation (EU) 2016/794 Art. 19 and 29). H3 needs its text among the conditions. */
export const HANDLING_CODES = {
  H0: "Only for preventing and combating crime",
  H1: "Not to be used in judicial proceedings without the permission of the provider",
  H2: "Not to be disseminated without the permission of the provider",
  H3: "Other restrictions",
} as const
export type HandlingCode = keyof typeof HANDLING_CODES

/** Conditions that the software itself enforces; any other condition is text for people. */
export const CONDITIONS = {
  "not-in-evidence": { says: "Not to be used in evidence", blocks: "evidence" },
  "intelligence-only": { says: "Received for intelligence only: no consent to exhibit it", blocks: "evidence" },
  "ask-before-sharing": { says: "Ask the originator before sharing", blocks: "sharing" },
  "originator-control": { says: "Dissemination controlled by the originator", blocks: "sharing" },
} as const

export interface Marking {
  classification: Classification
  /** OFFICIAL-SENSITIVE. Kept above OFFICIAL, where it is not shown. */
  sensitive: boolean
  tlp: Tlp | null
  sharing: Sharing
  codes: HandlingCode[]
  /** Ids of `CONDITIONS`, or text. */
  conditions: string[]
  /** Organisations whose material this is or rests on. */
  originators: string[]
  /** Ids of the organisations whose people may see it; null = no limit but the compartment. Nobody named means nobody. */
  audience: string[] | null
  /** What it may be asked for; null = no limit. */
  purposes: Purpose[] | null
}

/** The least marking: what joins with anything and changes nothing. */
export const UNMARKED: Marking = Object.freeze({
  classification: "OFFICIAL",
  sensitive: false,
  tlp: null,
  sharing: "P",
  codes: [],
  conditions: [],
  originators: [],
  audience: null,
  purposes: null,
})

/** What both allow. A list that is not there allows all. */
function narrowed<T extends string>(a: readonly T[] | null, b: readonly T[] | null): T[] | null {
  if (a === null || b === null) return a === b ? null : [...new Set(a ?? b)].sort()
  return united(a, []).filter((one) => b.includes(one))
}

function united<T extends string>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])].sort()
}

function higher<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

/**
 * The marking of what rests on both: highest classification, most restrictive TLP, union of codes, conditions and originators, and
 * only the audience and the purposes that both allow.
 * Associative, commutative, idempotent; never looser than either.
 */
export function joinMarkings(a: Marking, b: Marking): Marking {
  return {
    classification: higher(CLASSIFICATIONS, a.classification, b.classification),
    sensitive: a.sensitive || b.sensitive,
    tlp: a.tlp === null ? b.tlp : b.tlp === null ? a.tlp : higher(TLPS, a.tlp, b.tlp),
    sharing: a.sharing === "C" || b.sharing === "C" ? "C" : "P",
    codes: united(a.codes, b.codes),
    conditions: united(a.conditions, b.conditions),
    originators: united(a.originators, b.originators),
    audience: narrowed(a.audience, b.audience),
    purposes: narrowed(a.purposes, b.purposes),
  }
}

/** Joins any number; of none, `UNMARKED`. */
export function joinAll(all: Iterable<Marking>): Marking {
  let joined = UNMARKED
  for (const one of all) joined = joinMarkings(joined, one)
  return joined
}

export function conditionText(condition: string): string {
  return Object.hasOwn(CONDITIONS, condition) ? CONDITIONS[condition as keyof typeof CONDITIONS].says : condition
}

/** One line for the head and foot of a page, a chart, an export. */
export function banner(of: Marking): string {
  const tier = of.classification === "OFFICIAL" && of.sensitive ? "OFFICIAL-SENSITIVE" : of.classification
  return [
    tier,
    of.tlp === null ? "" : `TLP:${of.tlp}`,
    of.sharing === "C" ? "HANDLING C" : "",
    of.codes.join(" "),
    of.conditions.map(conditionText).join("; "),
    of.originators.length > 0 ? `Originators: ${of.originators.join(", ")}` : "",
    of.audience === null ? "" : of.audience.length > 0 ? `Only for: ${of.audience.join(", ")}` : "For nobody",
    of.purposes === null ? "" : of.purposes.length > 0 ? `Only for: ${of.purposes.join(", ")}` : "For no purpose",
  ]
    .filter(Boolean)
    .join(" // ")
}
