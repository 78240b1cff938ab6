import type { Migration, Tx } from "#store"

/** Decisions between options with what was forecast, and what was seen afterwards. Only added to; no name and no identifier stands in them. */
export const migrations: Migration[] = [
  {
    id: "0600-plan-decisions",
    sql: `
      create table plan_decision (
        id text primary key, investigation text not null, access_class int not null, snapshot text not null, chosen text not null, reason text not null,
        options text not null, forecast text not null, entities text[] not null, decided_by text not null, decided_at timestamptz not null);
      create index plan_decision_investigation on plan_decision (investigation);
      create table plan_outcome (
        id text primary key, decision text not null references plan_decision, investigation text not null, access_class int not null, weeks int not null,
        before_flow double precision not null, after_flow double precision not null, says text not null, records text[] not null,
        entered_by text not null, entered_at timestamptz not null);
      create index plan_outcome_decision on plan_outcome (decision);
      alter table plan_decision enable row level security;
      create policy plan_decision_sight on plan_decision using (linchpin_sees(access_class));
      alter table plan_outcome enable row level security;
      create policy plan_outcome_sight on plan_outcome using (linchpin_sees(access_class));
      grant select, insert on plan_decision, plan_outcome to linchpin_app;`,
  },
]

export interface DecisionRow {
  id: string
  investigation: string
  access_class: number
  snapshot: string
  chosen: string
  reason: string
  /** JSON: the options as they were put. */
  options: string
  /** JSON: name, weeks and change of each option. */
  forecast: string
  entities: string[]
  decided_by: string
  decided_at: Date
}

export interface OutcomeRow {
  id: string
  decision: string
  investigation: string
  access_class: number
  weeks: number
  before_flow: number
  after_flow: number
  says: string
  records: string[]
  entered_by: string
  entered_at: Date
}

export async function insertDecision(tx: Tx, d: DecisionRow): Promise<void> {
  await tx.query(
    `insert into plan_decision (id, investigation, access_class, snapshot, chosen, reason, options, forecast, entities, decided_by, decided_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) on conflict (id) do nothing`,
    [d.id, d.investigation, d.access_class, d.snapshot, d.chosen, d.reason, d.options, d.forecast, d.entities, d.decided_by, d.decided_at],
  )
}

export async function insertOutcome(tx: Tx, o: OutcomeRow): Promise<void> {
  await tx.query(
    `insert into plan_outcome (id, decision, investigation, access_class, weeks, before_flow, after_flow, says, records, entered_by, entered_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) on conflict (id) do nothing`,
    [
      o.id,
      o.decision,
      o.investigation,
      o.access_class,
      o.weeks,
      o.before_flow,
      o.after_flow,
      o.says,
      o.records,
      o.entered_by,
      o.entered_at,
    ],
  )
}

export async function selectDecisions(tx: Tx, investigation: string): Promise<DecisionRow[]> {
  return (
    await tx.query<DecisionRow & Record<string, unknown>>(
      "select * from plan_decision where investigation = $1 order by decided_at desc, id",
      [investigation],
    )
  ).rows
}

export async function selectOutcomes(tx: Tx, investigation: string): Promise<OutcomeRow[]> {
  return (
    await tx.query<OutcomeRow & Record<string, unknown>>("select * from plan_outcome where investigation = $1 order by entered_at, id", [
      investigation,
    ])
  ).rows
}
