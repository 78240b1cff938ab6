/**
 * Markings: how closely a thing is held, what may be done with it, whose it is. They live on assertions and are joined when
 * something is derived. A join only tightens; loosening is an act of the originator and happens elsewhere, with a reason.
 */
import { z } from "zod"
import { Failure } from "./failure.ts"
import {
  CLASSIFICATIONS,
  CONDITIONS,
  HANDLING_CODES,
  type HandlingCode,
  joinMarkings,
  type Marking,
  SHARINGS,
  TLPS,
  UNMARKED,
} from "./marking-join.ts"
import { PURPOSE_IDS } from "./roles.ts"

export * from "./marking-join.ts"

const names = (of: Record<string, unknown>) => Object.keys(of) as [string, ...string[]]

export const MarkingSchema = z
  .object({
    classification: z.enum(CLASSIFICATIONS),
    sensitive: z.boolean(),
    tlp: z.enum(TLPS).nullable(),
    sharing: z.enum(names(SHARINGS) as ["P", "C"]),
    codes: z.array(z.enum(names(HANDLING_CODES) as ["H0", "H1", "H2", "H3"])),
    conditions: z.array(z.string().min(1)),
    originators: z.array(z.string().min(1)),
    audience: z.array(z.string().min(1)).nullable(),
    purposes: z.array(z.enum(PURPOSE_IDS)).nullable(),
  })
  .refine((m) => m.sharing === "P" || m.conditions.length > 0, "handling C needs its conditions stated")
  .refine((m) => !m.codes.includes("H3") || m.conditions.length > 0, "H3 needs its restriction stated among the conditions")

/** A marking in canonical form (lists sorted, each entry once) from the parts that are known. Throws `invalid.marking`. */
export function marking(parts: Partial<Marking>): Marking {
  const whole = joinMarkings(UNMARKED, { ...UNMARKED, ...parts })
  const checked = MarkingSchema.safeParse(whole)
  if (!checked.success) throw new Failure("invalid.marking", checked.error.issues.map((issue) => issue.message).join("; "))
  return whole
}

/** Whether `outer` is at least as tight as `inner` in every respect: what is shown under `outer` may rest on `inner`. */
export function covers(outer: Marking, inner: Marking): boolean {
  return JSON.stringify(joinMarkings(outer, inner)) === JSON.stringify(joinMarkings(outer, outer))
}

/**
 * Whether whoever may see `outer` may see `inner` too, both being of one compartment: what is decided about the one may then rest on the
 * other without telling anybody of it.
 */
export function seenWith(outer: Marking, inner: Marking): boolean {
  const decisive = ({ classification, audience, purposes }: Marking) => JSON.stringify([classification, audience, purposes])
  return decisive(joinMarkings(outer, inner)) === decisive(joinMarkings(outer, outer))
}

/** How an answer is marked: the join of what it rests on, its banner, and what was left out of it because an originator reserved it. */
export const Mark = z.object({ marking: MarkingSchema, banner: z.string(), withheld: z.array(z.string()) })
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

/** A marking as somebody writes it on a sheet or in a form: the classification with its suffix, handling and its conditions apart. */
export interface WrittenMarking {
  classification: Marking["classification"] | "OFFICIAL-SENSITIVE"
  handling: string
  conditions: readonly string[]
  tlp?: Marking["tlp"] | undefined
  audience?: string[] | null | undefined
  purposes?: Marking["purposes"] | undefined
}

/** Reads it as material of these originators. Throws as `parseHandling`. */
export function markingAsWritten(written: WrittenMarking, originators: string[]): Marking {
  const { classification, handling, conditions, tlp, audience, purposes } = written
  const sensitive = classification === "OFFICIAL-SENSITIVE"
  return {
    classification: sensitive ? "OFFICIAL" : classification,
    sensitive,
    tlp: tlp ?? null,
    ...parseHandling(conditions.length > 0 ? `${handling}: ${conditions.join("; ")}` : handling),
    originators,
    audience: audience ?? null,
    purposes: purposes ?? null,
  }
}
