import type { Migration, Tx } from "#store"

export const migrations: Migration[] = [
  {
    id: "0301-standing",
    sql: `
      create table standing_decision (
        id text primary key, investigation text not null, access_class int not null, key text not null, standing text not null,
        event text, from_at timestamptz, to_at timestamptz, reason text not null, decided_by text not null, decided_at timestamptz not null,
        withdraws text references standing_decision);
      create index standing_decision_investigation on standing_decision (investigation);
      create table conduct_assertion (
        id text primary key, investigation text not null, access_class int not null, key text not null, conduct text not null, stage int,
        reasoning text not null, records text[] not null, asserted_by text not null, asserted_at timestamptz not null, withdraws text references conduct_assertion);
      create index conduct_assertion_investigation on conduct_assertion (investigation);
      alter table standing_decision enable row level security;
      create policy standing_decision_sight on standing_decision using (linchpin_sees(access_class));
      alter table conduct_assertion enable row level security;
      create policy conduct_assertion_sight on conduct_assertion using (linchpin_sees(access_class));
      grant select, insert on standing_decision, conduct_assertion to linchpin_app;`,
  },
]

/** What a person said of somebody's standing. `key` is an identifier of that person, so that it holds through merges and splits. */
export interface StandingDecisionRow {
  id: string
  key: string
  standing: string
  event: string | null
  from_at: Date | null
  to_at: Date | null
  reason: string
  decided_by: string
  decided_at: Date
  withdraws: string | null
}

export interface ConductAssertionRow {
  id: string
  key: string
  conduct: string
  stage: number | null
  reasoning: string
  records: string[]
  asserted_by: string
  asserted_at: Date
  withdraws: string | null
}

export async function insertStanding(
  tx: Tx,
  r: Omit<StandingDecisionRow, "decided_at"> & { investigation: string; accessClass: number; decidedAt: Date },
): Promise<void> {
  await tx.query(
    "insert into standing_decision (id, investigation, access_class, key, standing, event, from_at, to_at, reason, decided_by, decided_at, withdraws) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
    [
      r.id,
      r.investigation,
      r.accessClass,
      r.key,
      r.standing,
      r.event,
      r.from_at,
      r.to_at,
      r.reason,
      r.decided_by,
      r.decidedAt,
      r.withdraws,
    ],
  )
}

export async function insertConduct(
  tx: Tx,
  r: Omit<ConductAssertionRow, "asserted_at"> & { investigation: string; accessClass: number; assertedAt: Date },
): Promise<void> {
  await tx.query(
    "insert into conduct_assertion (id, investigation, access_class, key, conduct, stage, reasoning, records, asserted_by, asserted_at, withdraws) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
    [r.id, r.investigation, r.accessClass, r.key, r.conduct, r.stage, r.reasoning, r.records, r.asserted_by, r.assertedAt, r.withdraws],
  )
}

/** Decisions that stand: not withdrawn, withdrawals themselves left out. In a fixed order. */
export async function selectStandings(tx: Tx, investigation: string): Promise<StandingDecisionRow[]> {
  const { rows } = await tx.query<StandingDecisionRow>(
    "select * from standing_decision d where investigation = $1 and withdraws is null and not exists (select from standing_decision w where w.withdraws = d.id) order by decided_at, id",
    [investigation],
  )
  return rows
}

export async function selectConduct(tx: Tx, investigation: string): Promise<ConductAssertionRow[]> {
  const { rows } = await tx.query<ConductAssertionRow>(
    "select * from conduct_assertion d where investigation = $1 and withdraws is null and not exists (select from conduct_assertion w where w.withdraws = d.id) order by asserted_at, id",
    [investigation],
  )
  return rows
}
