import { z } from "zod"
import { procedure } from "#access"
import { label, rankable, SupportView, supported } from "#entities"
import { temporal } from "#kernels"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { type Happening, happenings } from "./motif-events.ts"
import { customersOf, JOURNEY, kindNumber, numbered, STEP_KINDS, STEP_MEANS, type Step, stepsOf } from "./motif-steps.ts"

const HOUR = 3_600_000
/** The search ends when so many are found. */
const MOST = 1_000_000

const MotifsView = z.object({
  snapshot: z.string(),
  steps: z.array(
    z.object({
      kind: z.enum(STEP_KINDS),
      from: z.string(),
      to: z.string(),
      either: z.boolean(),
      code: z.boolean().describe("tells a deposit's code, the same in all steps of which this is true"),
      means: z.string(),
      reached: z.number().describe("how many sequences got so far within the window"),
    }),
  ),
  withinHours: z.number(),
  happened: z.array(z.object({ kind: z.enum(STEP_KINDS), n: z.number() })).describe("dated events of each kind that were looked at"),
  count: z.number(),
  complete: z.boolean().describe("false: the search ended at this number"),
  occurrences: z.array(
    z.object({
      firstAt: z.string(),
      lastAt: z.string(),
      roles: z.array(
        z.object({
          role: z.string(),
          entity: z.string().nullable().describe("null: not named here"),
          label: z.string().nullable(),
          withheld: z
            .enum(["protected", "customer"])
            .nullable()
            .describe("why nobody is named: protected, or somebody without conduct who pays, is moved or says that he arrived"),
        }),
      ),
      steps: z.array(
        z.object({
          kind: z.enum(STEP_KINDS),
          from: z.string(),
          to: z.string(),
          at: z.string(),
          record: z.string().nullable().describe("null where a protected person is a party of it"),
        }),
      ),
      support: SupportView.describe("of the records that are shown"),
    }),
  ),
  says: z.string(),
})

/** Sequences in time (Paranjape, Benson and Leskovec 2017), such as pay, call, move, “OK”, release, with the record under each step. */
export const motifs = procedure({
  name: "network.motifs",
  title: "Sequences in time, such as pay, call, move, OK, release: each occurrence with the records under it",
  input: SnapshotInput.pick({ investigation: true, from: true, to: true }).extend({
    steps: z
      .string()
      .max(200)
      .default(JOURNEY)
      .describe(
        `what happens in order, a>b from one to another, a-b either way, # after those that tell the same deposit's code; kinds: ${STEP_KINDS.join(", ")}`,
      ),
    within: z.number().min(1).max(8760).default(672).describe("hours between the first and the last step"),
    keep: z.number().int().min(1).max(1000).default(50).describe("at most so many are shown, earliest first; all are counted"),
  }),
  output: MotifsView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: (r) =>
    [
      `${r.complete ? "" : "at least "}${r.count} of ${r.steps.map((s) => `${s.kind} ${s.from}${s.either ? "-" : ">"}${s.to}${s.code ? " #" : ""}`).join(", ")} within ${r.withinHours} hours; snapshot ${r.snapshot}`,
      `got so far: ${r.steps.map((s) => `${s.reached} ${s.kind}`).join(", then ")}`,
      `looked at: ${r.happened.map((h) => `${h.n} ${h.kind}`).join(", ")}`,
      ...r.occurrences.flatMap((o) => [
        "",
        `${o.firstAt} – ${o.lastAt}: ${o.roles.map((p) => `${p.role} ${p.label ?? `(${p.withheld})`}`).join(", ")}`,
        ...o.steps.map((s) => `   ${s.at}  ${s.kind} ${s.from}>${s.to}  ${s.record ?? "(a protected person's)"}`),
      ]),
      "",
      r.says,
    ].join("\n"),
  run: (ctx, { steps: asked, within, keep, ...input }) => {
    const steps = stepsOf(asked)
    return withSnapshot(ctx, { ...input, layers: [], projection: "plain", mode: "both", grades: "all" }, async (snapshot) => {
      const { from, to } = snapshot.parts
      const kinds = [...new Set(steps.map((s) => s.kind))]
      ctx.progress(0.9, "Looking for sequences")
      const events = await happenings(await snapshot.people.structure(), kinds, { from, to })
      const rows = rowsOf(events, steps)
      const ids = [...new Set(events.flatMap((e) => [e.from, e.to]))].sort()
      const index = new Map(ids.map((id, i) => [id, i]))
      const { steps: wanted, roles } = numbered(steps)
      const codes = new Map([...new Set(rows.flatMap((e) => e.code || []))].map((code, i) => [code, i]))
      const found = temporal.motifs(
        {
          from: Int32Array.from(rows, (e) => index.get(e.from)!),
          to: Int32Array.from(rows, (e) => index.get(e.to)!),
          at: Float64Array.from(rows, (e) => e.at),
          kind: Int32Array.from(rows, kindNumber),
          tag: Int32Array.from(rows, (e) => (e.code ? codes.get(e.code)! : -1)),
        },
        wanted,
        { within: within * HOUR, keep, most: MOST },
      )
      const kept = found.instances.map((i) => [...i].map((e) => rows[e]!))
      const shown = await shownOf(snapshot.people, kept)
      const customers = customersOf(steps)
      const acting = new Set((await rankable(snapshot.people)).map((p) => p.entity))
      const support = await supported(
        ctx,
        snapshot.people,
        kept.map((own) => own.flatMap((h) => shown.record(h) ?? [])),
      )
      return {
        snapshot: snapshot.id,
        steps: steps.map((s, n) => ({ ...s, means: STEP_MEANS[s.kind], reached: found.reached[n]! })),
        withinHours: within,
        happened: kinds.map((kind) => ({ kind, n: events.filter((e) => e.kind === kind).length })),
        count: found.count,
        complete: found.complete,
        occurrences: kept.map((own, n) => {
          const bearer = new Map(own.flatMap((h, i) => [[steps[i]!.from, h.from] as const, [steps[i]!.to, h.to] as const]))
          return {
            firstAt: new Date(own[0]!.at).toISOString(),
            lastAt: new Date(own.at(-1)!.at).toISOString(),
            roles: roles.map((role) => {
              const id = bearer.get(role)!
              return { role, ...shown.person(id, customers.has(role) && !acting.has(id)) }
            }),
            steps: own.map((h, i) => ({
              kind: h.kind,
              from: steps[i]!.from,
              to: steps[i]!.to,
              at: new Date(h.at).toISOString(),
              record: shown.record(h),
            })),
            support: support[n]!,
          }
        }),
        says: "One after the other is not because of the other: people who pay, call and travel for other reasons make the same sequence. What no record dates is not looked at. Whoever pays, is moved or says that he arrived may be the person carried or his family: without conduct he is not named. An occurrence is a lead to the records under it and says nothing of anybody's conduct.",
      }
    })
  },
})

/** The events as the steps ask for them: as they went, and both ways for a kind that may go either way. */
function rowsOf(events: readonly Happening[], steps: readonly Step[]): (Happening & { either: boolean })[] {
  const asked = (kind: Happening["kind"], either: boolean) => steps.some((s) => s.kind === kind && s.either === either)
  return events.flatMap((e) => [
    ...(asked(e.kind, false) ? [{ ...e, either: false }] : []),
    ...(asked(e.kind, true)
      ? [
          { ...e, either: true },
          { ...e, from: e.to, to: e.from, either: true },
        ]
      : []),
  ])
}

/**
 * What may be shown of the events: protected people have no name and no id, and no record leads to them. A customer, who may be one and of
 * whom nothing else is known, is not named in a list.
 */
async function shownOf(people: Parameters<typeof label>[0], kept: readonly (readonly Happening[])[]) {
  const names = await label(people, [...new Set(kept.flatMap((own) => own.flatMap((h) => [h.from, h.to])))].sort())
  const open = (id: string) => names.get(id)?.masked === false
  return {
    person: (id: string, customer: boolean) => {
      const withheld: "protected" | "customer" | null = !open(id) ? "protected" : customer ? "customer" : null
      return { entity: withheld === null ? id : null, label: withheld === null ? names.get(id)!.label : null, withheld }
    },
    record: (h: Happening): string | null => (open(h.from) && open(h.to) ? h.record : null),
  }
}
