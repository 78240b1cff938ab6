import { z } from "zod"
import { ALERTS, type AlertCode } from "./alerts.ts"
import { type Device, takenAt } from "./device.ts"
import { Authorisation, DeviceFacts, isRelevantPerson } from "./facts.ts"
import { POWERS, type Power } from "./powers.ts"
import { LACKS } from "./record.ts"

export const PowerView = z.object({
  id: z.string(),
  state: z.string(),
  title: z.string(),
  provision: z.string(),
  reach: z.string(),
  since: z.string().nullable(),
  section26: z.boolean(),
  says: z.string(),
  source: z.string(),
  asOf: z.string(),
})

const powerView = ({ id, state, title, provision, reach, since, section26, says, source, asOf }: Power): z.infer<typeof PowerView> => ({
  id,
  state,
  title,
  provision,
  reach,
  since,
  section26,
  says,
  source,
  asOf,
})
export const powerViews = (): z.infer<typeof PowerView>[] => POWERS.map(powerView)

export const AlertView = z.object({
  code: z.enum(Object.keys(ALERTS) as [AlertCode, ...AlertCode[]]),
  words: z.string(),
  since: z.string().nullable(),
})

export const DeviceHead = z.object({
  item: z.string(),
  reference: z.string().nullable(),
  title: z.string().nullable(),
  onArrival: z.boolean(),
  event: z.string(),
  place: z.string().nullable(),
  takenAt: z.string(),
})

export const headOf = (d: Device): z.infer<typeof DeviceHead> => ({
  item: d.item.id,
  reference: d.item.reference,
  title: d.item.title,
  onArrival: d.item.on_arrival,
  event: d.event.label,
  place: d.event.place,
  takenAt: takenAt(d).toISOString(),
})

export const RecordView = z.object({
  device: DeviceHead,
  power: PowerView.nullable(),
  facts: DeviceFacts,
  relevantPerson: z.enum(["yes", "no", "unknown"]).nullable().describe("by the recorded answers; null where s.22 is not the test"),
  authorisations: z.array(Authorisation.extend({ id: z.string(), withdrawnAt: z.string().nullable() })),
  examiner: z.object({ person: z.string(), name: z.string(), since: z.string() }).nullable(),
  alerts: z.array(AlertView),
  destruction: z
    .object({
      proposal: z.string(),
      ground: z.string(),
      counts: z.record(z.string(), z.number()),
      proposedBy: z.string(),
      proposedAt: z.string(),
      confirmedBy: z.string().nullable(),
      doneAt: z.string().nullable(),
    })
    .nullable()
    .describe("of what is out of scope and of the original: the last proposal, or what was done"),
  history: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      said: z.record(z.string(), z.unknown()),
      reason: z.string().nullable(),
      by: z.string(),
      byName: z.string().nullable(),
      at: z.string(),
    }),
  ),
})

function destructionView(all: Device["destructions"]): z.infer<typeof RecordView>["destruction"] {
  const d = all.find((x) => x.done_at !== null) ?? all.at(-1)
  if (!d) return null
  return {
    proposal: d.id,
    ground: d.ground,
    counts: d.counts,
    proposedBy: d.proposed_by,
    proposedAt: d.proposed_at.toISOString(),
    confirmedBy: d.confirmed_by,
    doneAt: d.done_at?.toISOString() ?? null,
  }
}

export function recordView(d: Device): z.infer<typeof RecordView> {
  const { facts, power, authorisations, examiner } = d.record
  return {
    device: headOf(d),
    power: power && powerView(power),
    facts,
    relevantPerson: power?.section26 ? (facts.relevantPerson ? isRelevantPerson(facts.relevantPerson) : "unknown") : null,
    authorisations,
    examiner,
    alerts: d.alerts,
    destruction: destructionView(d.destructions),
    history: d.statements.map((s) => ({
      id: s.id,
      kind: s.kind,
      said: s.said as Record<string, unknown>,
      reason: s.reason,
      by: s.said_by,
      byName: s.said_by_name,
      at: s.said_at.toISOString(),
    })),
  }
}

/** One line of the candour export: what was recorded of one device, and what was not. */
export const CandourRow = z.object({
  investigation: z.string(),
  item: z.string(),
  reference: z.string().nullable(),
  event: z.string(),
  place: z.string().nullable(),
  takenAt: z.string(),
  power: z.string().nullable(),
  provision: z.string().nullable(),
  relevantPerson: z.string().nullable(),
  relevantPersonBy: z.string().nullable(),
  relevantPersonAt: z.string().nullable(),
  grounds: z.string().nullable(),
  officer: z.string().nullable(),
  service: z.string().nullable(),
  agent: z.string().nullable(),
  authoriser: z.string().nullable(),
  authoriserRank: z.string().nullable(),
  authorisedAt: z.string().nullable(),
  superintendentInformedAt: z.string().nullable(),
  receiptGiven: z.string().nullable(),
  receiptLanguage: z.string().nullable(),
  returnBy: z.string().nullable(),
  returnedAt: z.string().nullable(),
  examiner: z.string().nullable(),
  scopeDecisions: z.number(),
  missing: z.string(),
})

export function candourRow(d: Device): z.infer<typeof CandourRow> {
  const { facts, power, authorisations, examiner } = d.record
  const first = authorisations[0]
  return {
    investigation: d.item.investigation,
    ...(({ item, reference, event, place, takenAt }) => ({ item, reference, event, place, takenAt }))(headOf(d)),
    power: facts.power ?? null,
    provision: power?.provision ?? null,
    relevantPerson: power?.section26 ? (facts.relevantPerson ? isRelevantPerson(facts.relevantPerson) : "not answered") : null,
    relevantPersonBy: facts.relevantPerson?.by ?? null,
    relevantPersonAt: facts.relevantPerson?.at ?? null,
    grounds: facts.grounds ?? null,
    officer: facts.officer ?? null,
    service: facts.service ?? null,
    agent: facts.agent ?? null,
    authoriser: first?.authoriser ?? null,
    authoriserRank: first?.rank ?? null,
    authorisedAt: first?.givenAt ?? null,
    superintendentInformedAt: facts.superintendentInformed?.at ?? null,
    receiptGiven: facts.receipt ? (facts.receipt.given ? "yes" : "no") : null,
    receiptLanguage: facts.receipt?.language ?? null,
    returnBy: facts.returnBy ?? null,
    returnedAt: facts.returned?.at ?? null,
    examiner: examiner?.name ?? null,
    scopeDecisions: d.decisions,
    // A record from elsewhere raises no alert for what it lacks, but the export says it too.
    missing: [...new Set([...d.alerts.map((a) => a.words), ...d.lacks.map((lack) => LACKS[lack])])].join("; "),
  }
}
