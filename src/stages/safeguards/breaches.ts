import { z } from "zod"
import { type Context, procedure } from "#access"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"

/** The Commissioner is told where feasible within 72 hours of becoming aware of a breach (Data Protection Act 2018 s.67(1)). */
const NOTIFY_WITHIN_MS = 72 * 3_600_000

/** `breach` tells of persons and systems, never of a case; the data protection officer and who reports it write into it. */
export const breachMigration = {
  id: "0503-breach",
  sql: `
    create table breach (
      id text primary key, what text not null, aware_at timestamptz not null, reported_by text not null, reported_at timestamptz not null,
      people int, records int, categories text, consequences text, measures text, effects text,
      risk text not null default 'unknown' check (risk in ('unknown', 'unlikely', 'likely', 'high')),
      notified_at timestamptz, delay_reason text, subjects_at timestamptz, subjects_not_told text, closed_at timestamptz);
    create table breach_step (
      breach text not null references breach, n int not null, step text not null, words text not null, by text not null, at timestamptz not null,
      primary key (breach, n));
    grant select, insert, update on breach to linchpin_app;
    grant select, insert on breach_step to linchpin_app;`,
}

interface BreachRow {
  id: string
  what: string
  aware_at: Date
  reported_by: string
  reported_at: Date
  people: number | null
  records: number | null
  categories: string | null
  consequences: string | null
  measures: string | null
  effects: string | null
  risk: "unknown" | "unlikely" | "likely" | "high"
  notified_at: Date | null
  delay_reason: string | null
  subjects_at: Date | null
  subjects_not_told: string | null
  closed_at: Date | null
}

interface StepRow {
  breach: string
  n: number
  step: string
  words: string
  by: string
  at: Date
}

async function selectBreaches(tx: Tx, id: string | null): Promise<{ breach: BreachRow; steps: StepRow[] }[]> {
  const { rows } = await tx.query<BreachRow & Record<string, unknown>>(
    "select * from breach where $1::text is null or id = $1 order by closed_at is not null, aware_at, id",
    [id],
  )
  const steps = (
    await tx.query<StepRow & Record<string, unknown>>("select * from breach_step where $1::text is null or breach = $1 order by n", [id])
  ).rows
  return rows.map((breach) => ({ breach, steps: steps.filter((s) => s.breach === breach.id) }))
}

async function insertStep(tx: Tx, breach: string, s: { step: string; words: string; by: string; at: Date }): Promise<void> {
  await tx.query(
    "insert into breach_step (breach, n, step, words, by, at) select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5 from breach_step where breach = $1",
    [breach, s.step, s.words, s.by, s.at],
  )
}

const Breach = z.object({
  id: z.string(),
  what: z.string(),
  awareAt: z.string(),
  dueAt: z.string().describe("72 hours after becoming aware (s.67(1))"),
  state: z.enum(["to assess", "to notify", "overdue", "to tell people", "to close", "closed"]),
  risk: z.enum(["unknown", "unlikely", "likely", "high"]),
  people: z.number().nullable(),
  records: z.number().nullable(),
  categories: z.string().nullable(),
  consequences: z.string().nullable(),
  measures: z.string().nullable(),
  effects: z.string().nullable(),
  notifiedAt: z.string().nullable(),
  delayReason: z.string().nullable(),
  subjectsAt: z.string().nullable(),
  subjectsNotTold: z.string().nullable(),
  closedAt: z.string().nullable(),
  steps: z.array(z.object({ step: z.string(), words: z.string(), at: z.string() })),
})

const iso = (d: Date | null): string | null => d?.toISOString() ?? null

function stateOf(b: BreachRow, now: number): z.input<typeof Breach>["state"] {
  if (b.closed_at) return "closed"
  // Where no risk is likely nobody need be told (s.67(2)); as long as the risk is not known, the clock runs.
  if (b.risk !== "unlikely" && !b.notified_at) {
    if (now > b.aware_at.getTime() + NOTIFY_WITHIN_MS) return "overdue"
    return b.risk === "unknown" ? "to assess" : "to notify"
  }
  if (b.risk === "high" && !b.subjects_at && !b.subjects_not_told) return "to tell people"
  return "to close"
}

function view({ breach: b, steps }: { breach: BreachRow; steps: readonly StepRow[] }, now: number): z.input<typeof Breach> {
  return {
    id: b.id,
    what: b.what,
    awareAt: b.aware_at.toISOString(),
    dueAt: new Date(b.aware_at.getTime() + NOTIFY_WITHIN_MS).toISOString(),
    state: stateOf(b, now),
    risk: b.risk,
    people: b.people,
    records: b.records,
    categories: b.categories,
    consequences: b.consequences,
    measures: b.measures,
    effects: b.effects,
    notifiedAt: iso(b.notified_at),
    delayReason: b.delay_reason,
    subjectsAt: iso(b.subjects_at),
    subjectsNotTold: b.subjects_not_told,
    closedAt: iso(b.closed_at),
    steps: steps.map(({ step, words, at }) => ({ step, words, at: at.toISOString() })),
  }
}

async function breachOf(ctx: Context, id: string) {
  const [found] = await selectBreaches(ctx.tx, id)
  if (!found)
    throw new Failure("invalid.breach-unknown", "There is no breach of that id.", { at: id, hint: "safeguards breaches lists them." })
  return found
}

const report = procedure({
  name: "safeguards.breach-report",
  title: "Report that personal data was lost, changed, told or seen as it must not be",
  input: z.object({
    what: z.string().trim().min(10).max(2000).describe("what happened to which data; no case material"),
    awareAt: z.iso.datetime({ offset: true }).optional().describe("when it became known; now if not said"),
  }),
  output: z.object({ breach: z.string(), dueAt: z.string() }),
  // Whoever works here reports; only the data protection officer reads and decides.
  needs: "own",
  effect: "decision",
  shape: "value",
  run: async (ctx, { what, awareAt }) => {
    const id = randomId("br_")
    const aware = awareAt === undefined ? ctx.at : Date.parse(awareAt)
    if (aware > ctx.at) throw new Failure("invalid.time", "That lies ahead.", { at: "awareAt", hint: "Say when it became known." })
    await ctx.tx.query("insert into breach (id, what, aware_at, reported_by, reported_at) values ($1,$2,$3,$4,$5)", [
      id,
      what,
      new Date(aware),
      ctx.caller.id,
      new Date(ctx.at),
    ])
    await ctx.journal({ breach: id })
    return { breach: id, dueAt: new Date(aware + NOTIFY_WITHIN_MS).toISOString() }
  },
})

const list = procedure({
  name: "safeguards.breaches",
  title: "Breaches of personal data, with the clock of each",
  input: z.object({}),
  output: z.array(Breach),
  needs: "rights",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    ctx.rests([])
    return (await selectBreaches(ctx.tx, null)).map((b) => view(b, ctx.at))
  },
})

const step = procedure({
  name: "safeguards.breach-step",
  title: "What became known of a breach, was decided, or was done about it",
  input: z.object({
    breach: z.string(),
    step: z.enum(["facts", "risk", "notified", "told-people", "not-told-people", "closed"]),
    words: z.string().trim().min(5).max(4000).describe("what and why; for a notification its reference"),
    at: z.iso.datetime({ offset: true }).optional(),
    people: z.number().int().min(0).optional().describe("about how many people"),
    records: z.number().int().min(0).optional().describe("about how many records"),
    categories: z.string().trim().max(1000).optional().describe("which kinds of people and data"),
    consequences: z.string().trim().max(2000).optional(),
    measures: z.string().trim().max(2000).optional(),
    effects: z.string().trim().max(2000).optional(),
    risk: Breach.shape.risk.optional().describe("to the rights and freedoms of individuals"),
    delay: z.string().trim().min(5).max(2000).optional().describe("why the Commissioner is told later than 72 hours (s.67(3))"),
  }),
  output: Breach,
  needs: "rights",
  effect: "decision",
  shape: "value",
  about: (input) => [input.breach],
  run: async (ctx, input) => {
    const { breach } = await breachOf(ctx, input.breach)
    if (breach.closed_at) throw new Failure("conflict.breach-closed", "This breach is closed.", { at: breach.id })
    const at = input.at === undefined ? ctx.at : Date.parse(input.at)
    const late = at > breach.aware_at.getTime() + NOTIFY_WITHIN_MS
    if (input.step === "risk" && input.risk === undefined)
      throw new Failure("invalid.risk-missing", "Say how great the risk is.", { at: "risk" })
    if (input.step === "notified" && late && !input.delay)
      throw new Failure("refused.delay-unexplained", "A notification after 72 hours gives the reasons for the delay.", {
        at: "delay",
        hint: "Data Protection Act 2018 s.67(3).",
      })
    if (input.step === "closed") {
      const state = stateOf(breach, ctx.at)
      if (state !== "to close") throw new Failure("conflict.breach-open", `This breach cannot be closed: ${state}.`, { at: breach.id })
    }
    const { people, records, categories, consequences, measures, effects, risk } = input
    await ctx.tx.query(
      `update breach set people = coalesce($2, people), records = coalesce($3, records), categories = coalesce($4, categories),
         consequences = coalesce($5, consequences), measures = coalesce($6, measures), effects = coalesce($7, effects), risk = coalesce($8, risk),
         notified_at = case when $9 = 'notified' then coalesce(notified_at, $10) else notified_at end, delay_reason = coalesce($11, delay_reason),
         subjects_at = case when $9 = 'told-people' then $10 else subjects_at end,
         subjects_not_told = case when $9 = 'not-told-people' then $12 else subjects_not_told end,
         closed_at = case when $9 = 'closed' then $10 else closed_at end where id = $1`,
      [
        breach.id,
        people,
        records,
        categories,
        consequences,
        measures,
        effects,
        risk,
        input.step,
        new Date(at),
        input.delay,
        input.words,
      ].map((v) => v ?? null),
    )
    await insertStep(ctx.tx, breach.id, { step: input.step, words: input.words, by: ctx.caller.id, at: new Date(at) })
    return view(await breachOf(ctx, breach.id), ctx.at)
  },
})

const UNKNOWN = "Not known yet; told as soon as it is (section 67(5))."

/** What the notification must hold (s.67(4)), with what is not known yet said as such. */
function reportText(b: z.input<typeof Breach>, contact: string): string {
  return [
    "Notification of a personal data breach (Data Protection Act 2018, section 67)",
    "",
    `Reference: ${b.id}`,
    `Became aware: ${b.awareAt}`,
    `72 hours end: ${b.dueAt}`,
    ...(b.delayReason ? [`Reasons for the delay: ${b.delayReason}`] : []),
    "",
    "1. Nature of the breach",
    b.what,
    `Categories of people and data: ${b.categories ?? UNKNOWN}`,
    `People, about: ${b.people ?? UNKNOWN}`,
    `Records, about: ${b.records ?? UNKNOWN}`,
    "",
    "2. Contact",
    contact,
    "",
    "3. Likely consequences",
    b.consequences ?? UNKNOWN,
    "",
    "4. Measures taken or proposed",
    b.measures ?? UNKNOWN,
    "",
    "5. The people concerned",
    b.subjectsAt
      ? `Told on ${b.subjectsAt}.`
      : b.subjectsNotTold
        ? `Not told: ${b.subjectsNotTold}`
        : b.risk === "high"
          ? "To be told without undue delay (section 68)."
          : "No high risk to them is likely as far as known.",
    "",
    "Record (section 67(6))",
    `Effects: ${b.effects ?? UNKNOWN}`,
    ...b.steps.map((s) => `${s.at} ${s.step}: ${s.words}`),
    "",
  ].join("\n")
}

const text = procedure({
  name: "safeguards.breach-text",
  title: "Text of the notification to the Commissioner, as far as known",
  input: z.object({ breach: z.string(), contact: z.string().trim().min(3).max(300).optional().describe("contact point; you if not said") }),
  output: z.object({ text: z.string() }),
  needs: "rights",
  effect: "read",
  shape: "value",
  show: (o) => o.text,
  about: (input) => [input.breach],
  run: async (ctx, { breach, contact }) => {
    ctx.rests([])
    return { text: reportText(view(await breachOf(ctx, breach), ctx.at), contact ?? ctx.caller.name) }
  },
})

export const breachProcedures = [report, list, step, text]
