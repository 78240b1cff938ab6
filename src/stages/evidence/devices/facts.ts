import { z } from "zod"

/** The limbs of the test in BSAIA 2025 s.22(2) and (3); each is answered by itself. */
const LIMBS = {
  "no-leave": "requires leave to enter and entered without it (s.22(3)(a))",
  "deportation-order": "entered in breach of a deportation order (s.22(3)(b))",
  "no-clearance": "requires entry clearance and arrived without a valid one (s.22(3)(c))",
  "no-travel-authorisation": "was required not to travel without an electronic travel authorisation and arrived without one (s.22(3)(d))",
  "leave-since": "has since been given leave to enter or remain (s.22(2)(b))",
} as const

const Answer = z.enum(["yes", "no", "unknown"])

export const RelevantPerson = z.object({
  limbs: z.object({
    "no-leave": Answer.describe(LIMBS["no-leave"]),
    "deportation-order": Answer.describe(LIMBS["deportation-order"]),
    "no-clearance": Answer.describe(LIMBS["no-clearance"]),
    "no-travel-authorisation": Answer.describe(LIMBS["no-travel-authorisation"]),
    "leave-since": Answer.describe(LIMBS["leave-since"]),
  }),
  by: z.string().trim().min(1).max(200).describe("who answered"),
  at: z.iso.datetime({ offset: true }),
  basis: z.string().max(1000).optional().describe("what the answers rest on"),
})
export type RelevantPerson = z.infer<typeof RelevantPerson>

/** `yes` only for who falls under one of the four limbs of s.22(3) and is known to have been given no leave since. */
export function isRelevantPerson({ limbs }: RelevantPerson): "yes" | "no" | "unknown" {
  const arrived = (["no-leave", "deportation-order", "no-clearance", "no-travel-authorisation"] as const).map((limb) => limbs[limb])
  if (limbs["leave-since"] === "yes" || arrived.every((a) => a === "no")) return "no"
  return arrived.includes("yes") && limbs["leave-since"] === "no" ? "yes" : "unknown"
}

export const SERVICES = ["police", "nca", "immigration", "other"] as const
export const Service = z.enum(SERVICES)

const moment = () => z.iso.datetime({ offset: true })

/** What is recorded of one device; a later statement of a field stands over an earlier one, and both stay. */
export const DeviceFacts = z.object({
  power: z.string().trim().min(1).max(300).optional().describe("power and section, as in BSAIA 2025 s.23"),
  takenFrom: z.enum(["person", "premises"]).optional(),
  takenAt: moment().optional(),
  grounds: z.string().trim().min(1).max(4000).optional().describe("why this device, of this person; in words of its own"),
  officer: z.string().trim().min(1).max(200).optional().describe("who took it"),
  service: Service.optional().describe("the officer's service"),
  agent: z.string().trim().max(200).optional().describe("who acts for the officer, or keeps the device for him"),
  relevantPerson: RelevantPerson.optional(),
  superintendentInformed: z
    .object({ at: moment(), who: z.string().trim().min(1).max(200) })
    .optional()
    .describe("BSAIA 2025 s.26(3)"),
  receipt: z
    .object({
      given: z.boolean(),
      language: z.string().trim().min(1).max(40).optional().describe("in which the holder could read it"),
      at: moment().optional(),
      words: z.string().max(2000).optional().describe("what was said or written beside the form"),
    })
    .refine((r) => !r.given || r.language !== undefined, { message: "A receipt that was given has a language.", path: ["language"] })
    .optional(),
  returnBy: moment().optional(),
  returned: z.object({ at: moment(), to: z.string().trim().min(1).max(200) }).optional(),
  reviewBy: moment().optional().describe("when what is out of scope is destroyed at the latest"),
})
export type DeviceFacts = z.infer<typeof DeviceFacts>

/** What s.26(2) and (4) want authorised: accessing, examination, copying, retention, use. */
export const ACTS = ["access", "examine", "copy", "retain", "use"] as const
export type Act = (typeof ACTS)[number]

export const Authorisation = z.object({
  authoriser: z.string().trim().min(1).max(200),
  /** The user who gave it here; null where it was given on paper. */
  person: z.string().nullable(),
  rank: z.string().trim().min(1).max(100),
  service: Service,
  givenAt: moment(),
  until: moment().nullable(),
  acts: z.array(z.enum(ACTS)).min(1),
  reason: z.string().max(2000),
})
export type Authorisation = z.infer<typeof Authorisation>

const AT_LEAST_INSPECTOR = [
  "inspector",
  "chief inspector",
  "superintendent",
  "chief superintendent",
  "assistant chief constable",
  "deputy chief constable",
  "chief constable",
  "commander",
  "deputy assistant commissioner",
  "assistant commissioner",
  "deputy commissioner",
  "commissioner",
]
const plainRank = (rank: string): string =>
  rank
    .toLowerCase()
    .replace(/\bdetective\b/g, "")
    .replace(/\s+/g, " ")
    .trim()

/** Whether a police rank is that of an inspector or above (s.26(2)). */
export const isInspectorOrAbove = (rank: string): boolean => AT_LEAST_INSPECTOR.includes(plainRank(rank))

/** Whether s.26(3) asks that a superintendent be told: not when one of that rank or above gave the authority. */
export const mustInformSuperintendent = (a: Pick<Authorisation, "rank" | "service">): boolean =>
  a.service === "police" && AT_LEAST_INSPECTOR.indexOf(plainRank(a.rank)) < AT_LEAST_INSPECTOR.indexOf("superintendent")
