/**
 * Markings: how closely a thing is held, what may be done with it, whose it is. They live on assertions and are joined when
 * something is derived. A join only tightens; loosening is an act of the originator and happens elsewhere, with a reason.
 */
import { z } from "zod"
import { Failure } from "./failure.ts"
import { PURPOSE_IDS } from "./roles.ts"

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

const names = (of: Record<string, unknown>) => Object.keys(of) as [string, ...string[]]

export const Marking = z
  .object({
    classification: z.enum(CLASSIFICATIONS),
    /** OFFICIAL-SENSITIVE. Kept above OFFICIAL, where it is not shown. */
    sensitive: z.boolean(),
    tlp: z.enum(TLPS).nullable(),
    sharing: z.enum(names(SHARINGS) as ["P", "C"]),
    codes: z.array(z.enum(names(HANDLING_CODES) as ["H0", "H1", "H2", "H3"])),
    /** Ids of `CONDITIONS`, or text. */
    conditions: z.array(z.string().min(1)),
    /** Organisations whose material this is or rests on. */
    originators: z.array(z.string().min(1)),
    /** Ids of the organisations whose people may see it; null = no limit but the compartment. Nobody named means nobody. */
    audience: z.array(z.string().min(1)).nullable(),
    /** What it may be asked for; null = no limit. */
    purposes: z.array(z.enum(PURPOSE_IDS)).nullable(),
  })
  .refine((m) => m.sharing === "P" || m.conditions.length > 0, "handling C needs its conditions stated")
  .refine((m) => !m.codes.includes("H3") || m.conditions.length > 0, "H3 needs its restriction stated among the conditions")

export type Marking = z.infer<typeof Marking>

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

/** A marking in canonical form (lists sorted, each entry once) from the parts that are known. Throws `invalid.marking`. */
export function marking(parts: Partial<Marking>): Marking {
  const whole = joinMarkings(UNMARKED, { ...UNMARKED, ...parts })
  const checked = Marking.safeParse(whole)
  if (!checked.success) throw new Failure("invalid.marking", checked.error.issues.map((issue) => issue.message).join("; "))
  return whole
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

/** Whether `outer` is at least as tight as `inner` in every respect: what is shown under `outer` may rest on `inner`. */
export function covers(outer: Marking, inner: Marking): boolean {
  return JSON.stringify(joinMarkings(outer, inner)) === JSON.stringify(joinMarkings(outer, outer))
}

function conditionText(condition: string): string {
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

/** How an answer is marked: the join of what it rests on, its banner, and what was left out of it because an originator reserved it. */
export const Mark = z.object({ marking: Marking, banner: z.string(), withheld: z.array(z.string()) })
export type Mark = z.infer<typeof Mark>

/** Why something may not be done, and who can permit it. */
export interface Block {
  /** Stable: a handling code, a condition id, `tlp`, or `condition` for a condition in words. */
  code: HandlingCode | keyof typeof CONDITIONS | "tlp" | "condition"
  says: string
  /** Whose permission lifts it. Empty: nobody is recorded, so that nobody can. */
  ask: readonly string[]
}

/**
 * What stands in the way of using marked material in evidence, or of sharing it outside. Empty: nothing. Each block holds until a
 * permission of the originator (or, for `condition`, a confirmation that it is met) is recorded; none is a mere warning.
 */
export function blocks(of: Marking, purpose: "evidence" | "sharing"): Block[] {
  const found: Block[] = []
  const ask = of.originators
  const code = purpose === "evidence" ? "H1" : "H2"
  if (of.codes.includes(code)) found.push({ code, says: HANDLING_CODES[code], ask })
  if (purpose === "sharing" && (of.tlp === "RED" || of.tlp === "AMBER+STRICT"))
    found.push({
      code: "tlp",
      says: of.tlp === "RED" ? "TLP:RED: for the named recipients only" : "TLP:AMBER+STRICT: within the organisation only",
      ask,
    })
  for (const condition of of.conditions) {
    if (!Object.hasOwn(CONDITIONS, condition)) {
      if (purpose === "sharing") found.push({ code: "condition", says: condition, ask })
      continue
    }
    const id = condition as keyof typeof CONDITIONS
    if (CONDITIONS[id].blocks === purpose) found.push({ code: id, says: CONDITIONS[id].says, ask })
  }
  return found
}

/**
 * Reads handling as given on a command line or in a report: `P`, `C: wording`, `H1`, `H0 H2`, `C:ask-before-sharing`, several parted
 * by `,` or `+`. Throws `invalid.handling` with what is possible.
 */
export function parseHandling(text: string): Pick<Marking, "sharing" | "codes" | "conditions"> {
  const cut = text.indexOf(":")
  const codesText = cut < 0 ? text : text.slice(0, cut)
  const conditions =
    cut < 0
      ? []
      : text
          .slice(cut + 1)
          .split(";")
          .map((c) => c.trim())
  const tokens = codesText
    .toUpperCase()
    .split(/[\s,+/]+/)
    .filter(Boolean)
  const wrong = tokens.filter((token) => !Object.hasOwn(SHARINGS, token) && !Object.hasOwn(HANDLING_CODES, token))
  if (wrong.length > 0 || tokens.length === 0)
    throw new Failure("invalid.handling", `"${wrong.join(" ") || text}" is no handling code`, {
      hint: `possible: ${[...Object.entries(SHARINGS), ...Object.entries(HANDLING_CODES)].map(([code, says]) => `${code} (${says})`).join(", ")}`,
    })
  const whole = marking({
    sharing: tokens.includes("C") ? "C" : "P",
    codes: tokens.filter((token): token is HandlingCode => Object.hasOwn(HANDLING_CODES, token)),
    conditions: conditions.filter(Boolean),
  })
  return { sharing: whole.sharing, codes: whole.codes, conditions: whole.conditions }
}
