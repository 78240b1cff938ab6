import { z } from "zod"
import { TLPS } from "#vocabulary/markings"
import { PURPOSE_IDS } from "#vocabulary/roles"
import { powerOf } from "./devices/powers.ts"
import { DeviceSheet } from "./devices/taking-in.ts"

/** One event in an item's continuity: who had it, when, under which seal. */
export const ContinuityEvent = z.object({
  at: z.iso.datetime({ offset: true }),
  what: z.string().min(1).max(100),
  by: z.string().max(200).optional(),
  to: z.string().max(200).optional(),
  seal: z.string().max(100).optional(),
})

/** What joins things that were seized on one occasion: a landing, a raid, a book. Ties count these, not phones. */
export const SeizureEvent = z.object({
  id: z.string().min(1).max(100),
  kind: z.enum(["landing", "raid", "book", "shop", "stop", "handover", "border", "online", "report", "other"]),
  place: z.string().max(200).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
})

/** Under what a thing was taken, what may be done with it and how it must be handled. Intake refuses without authority, grade and handling. */
export const Grounds = z.object({
  authority: z.string().trim().min(1).max(500),
  grade: z.object({ scheme: z.enum(["3x5x2", "5x5x5", "4x4", "admiralty"]), code: z.string().trim().min(1).max(6) }),
  handling: z.string().trim().min(1).max(20),
  conditions: z.array(z.string().max(500)).default([]),
  classification: z.enum(["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]).default("OFFICIAL"),
  tlp: z.enum(TLPS).optional(),
  /** Organisations whose people may see it; none named means nobody. */
  audience: z.array(z.string().min(1).max(100)).max(100).optional(),
  /** What it may be asked for. */
  purposes: z.array(z.enum(PURPOSE_IDS)).optional(),
  originator: z.string().max(200).default("this node"),
  notInEvidence: z.boolean().default(false),
  power: z.string().max(300).optional(),
  onArrival: z.boolean().default(false),
  grounds: z.string().max(4000).optional(),
  officer: z.string().max(200).optional(),
  authoriser: z.string().max(200).optional(),
  authoriserRank: z.string().max(100).optional(),
  permittedUses: z.array(z.string().max(300)).default([]),
  /** Of a device: the rest of its record. */
  device: DeviceSheet.optional(),
})
export type Grounds = z.infer<typeof Grounds>

/** Everything that is said of one seized thing; `material.json` beside the files, or the flags of the intake. */
export const Sheet = Grounds.partial({ authority: true, grade: true, handling: true }).extend({
  reference: z.string().trim().min(1).max(100).optional(),
  kind: z.enum(["device", "book", "document", "boat", "engine", "account", "report", "register", "other"]).default("other"),
  title: z.string().max(300).optional(),
  seizureEvent: SeizureEvent.optional(),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  zone: z.string().max(60).optional(),
  language: z.string().max(20).optional(),
  holder: z.object({ description: z.string().max(500).optional(), standing: z.string().max(60).optional() }).optional(),
  continuity: z.array(ContinuityEvent).max(500).default([]),
  files: z.record(z.string(), z.object({ as: z.string().max(60).optional(), mapping: z.unknown().optional() })).default({}),
})
export type Sheet = z.infer<typeof Sheet>

/** The file that says what the folder around it is. */
export const SHEET_NAME = "material.json"

/**
 * Whether rows of the item start undecided: it was seized from a person on arrival (BSAIA 2025 ss.23-24), where only what relates
 * to ss.25/25A offences may be kept (s.26).
 */
export function startsUndecided(sheet: Pick<Sheet, "onArrival" | "power">): boolean {
  return sheet.onArrival || powerOf(sheet.power)?.section26 === true
}
