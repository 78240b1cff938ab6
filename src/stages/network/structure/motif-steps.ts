import type { temporal } from "#kernels"
import { Failure } from "#vocabulary/failure"

/** What can happen in a step. */
export const STEP_KINDS = ["pay", "call", "message", "move", "ok", "release"] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** How each is known: what records make one. */
export const STEP_MEANS: Readonly<Record<StepKind, string>> = {
  pay: "a transfer or book entry: payer to payee, or to the outlet that takes it",
  call: "a call or call-data line: caller to callee",
  message: "a message or voice note to one other",
  move: "a journey leg, or words that send somebody off, tell him to travel or drive him: who moves to who is moved",
  ok: "words that confirm an arrival, to whom they are said",
  release:
    "a deposit that a book says was released or paid out, outlet or guarantor to payee; or words that order a release, to whom they are said",
}

/** One journey paid by escrow (sources §6): customer, outlet, organiser, driver. */
export const JOURNEY = "pay c>o, call b-d, move d>c, ok c>b, release o-b"

export interface Step {
  kind: StepKind
  from: string
  to: string
  /** Written with a dash: it may go either way. */
  either: boolean
  /** Written with `#`: it tells a deposit's code, the same in all steps so written. */
  code: boolean
}

const STEP = /^\s*([a-z]+)\s+([a-z])\s*([>-])\s*([a-z])\s*(#?)\s*$/
/** Of these a record can tell a deposit's code. */
const CODED: readonly StepKind[] = ["pay", "move", "ok", "release"]
const MOST_STEPS = 6

/** Reads steps such as `pay c>o, ok c>b`: what happens, from one role to another (`>`) or between two (`-`), and `#` after those that tell one code; a role is a letter. Throws `invalid.steps`. */
export function stepsOf(text: string): Step[] {
  const parts = text.split(",")
  if (parts.length > MOST_STEPS) throw wrong(`There are ${parts.length} steps, and at most ${MOST_STEPS} are looked for.`)
  return parts.map((part) => {
    const [, kind, from, way, to, mark] = STEP.exec(part) ?? []
    if (!(STEP_KINDS as readonly (string | undefined)[]).includes(kind) || from === to)
      throw wrong("A step is what happens, from one role to another.")
    const step = { kind: kind as StepKind, from: from!, to: to!, either: way === "-", code: mark === "#" }
    if (step.code && !CODED.includes(step.kind)) throw wrong(`Of a ${kind} no record tells a deposit's code.`)
    return step
  })
}

const wrong = (words: string): Failure =>
  new Failure("invalid.steps", words, { at: "steps", hint: `Such as "${JOURNEY}"; what can happen: ${STEP_KINDS.join(", ")}.` })

/** Roles of whoever pays, is moved or says that he arrived: he may be the person carried, or his family. */
export function customersOf(steps: readonly Step[]): Set<string> {
  const whose = (s: Step): string[] => {
    const end = s.kind === "pay" || s.kind === "ok" ? s.from : s.kind === "move" ? s.to : null
    return end === null ? [] : s.either ? [s.from, s.to] : [end]
  }
  return new Set(steps.flatMap(whose))
}

/** The number of a kind of event: those that may go either way have numbers of their own. */
export const kindNumber = ({ kind, either }: Pick<Step, "kind" | "either">): number =>
  STEP_KINDS.indexOf(kind) + (either ? STEP_KINDS.length : 0)

/** The steps as the kernel takes them, and the letters of the roles by number. */
export function numbered(steps: readonly Step[]): { steps: temporal.MotifStep[]; roles: string[] } {
  const roles = [...new Set(steps.flatMap((s) => [s.from, s.to]))]
  return {
    roles,
    steps: steps.map((s) => ({ from: roles.indexOf(s.from), to: roles.indexOf(s.to), kind: kindNumber(s), tagged: s.code })),
  }
}
