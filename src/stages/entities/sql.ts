import type { Migration, Tx } from "#store"
import { attributionMigrations } from "./attribution/statements.ts"
import { identityMigrations } from "./identity/sql.ts"
import { liftingMigrations } from "./lifting-rows.ts"
import { linkageMigrations } from "./linkage/sql.ts"
import { reviewMigrations } from "./review/sql.ts"
import { screeningMigrations } from "./screening/sql.ts"

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
  {
    id: "0311-decisions-whole",
    // A decision keeps every identifier that was the person's when it was made: the smallest of them may be another's after a split.
    sql: `
      alter table standing_decision add column keys text[] not null default '{}', add column records text[] not null default '{}',
        add column grade_scheme text, add column grade_code text;
      update standing_decision set keys = array[key];
      create unique index standing_decision_withdrawn on standing_decision (withdraws) where withdraws is not null;
      alter table conduct_assertion add column keys text[] not null default '{}';
      update conduct_assertion set keys = array[key];
      create unique index conduct_assertion_withdrawn on conduct_assertion (withdraws) where withdraws is not null;`,
  },
  ...liftingMigrations,
  ...attributionMigrations,
  ...screeningMigrations,
  ...identityMigrations,
  ...reviewMigrations,
  ...linkageMigrations,
]

/** What a person said of somebody's standing. `keys` are all identifiers that were that person's then. */
export interface StandingDecisionRow {
  id: string
  access_class: number
  keys: string[]
  standing: string
  event: string | null
  from_at: Date | null
  to_at: Date | null
  grade_scheme: string | null
  grade_code: string | null
  records: string[]
  reason: string
  decided_by: string
  decided_at: Date
  withdraws: string | null
}

export interface ConductAssertionRow {
  id: string
  access_class: number
  keys: string[]
  conduct: string
  stage: number | null
  reasoning: string
  records: string[]
  asserted_by: string
  asserted_at: Date
  withdraws: string | null
}

export async function insertStanding(tx: Tx, investigation: string, r: StandingDecisionRow): Promise<void> {
  await tx.query(
    `insert into standing_decision (id, investigation, access_class, key, keys, standing, event, from_at, to_at, grade_scheme, grade_code, records, reason, decided_by, decided_at, withdraws)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) on conflict (id) do nothing`,
    [
      r.id,
      investigation,
      r.access_class,
      r.keys[0],
      r.keys,
      r.standing,
      r.event,
      r.from_at,
      r.to_at,
      r.grade_scheme,
      r.grade_code,
      r.records,
      r.reason,
      r.decided_by,
      r.decided_at,
      r.withdraws,
    ],
  )
}

export async function insertConduct(tx: Tx, investigation: string, r: ConductAssertionRow): Promise<void> {
  await tx.query(
    `insert into conduct_assertion (id, investigation, access_class, key, keys, conduct, stage, reasoning, records, asserted_by, asserted_at, withdraws)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) on conflict (id) do nothing`,
    [
      r.id,
      investigation,
      r.access_class,
      r.keys[0],
      r.keys,
      r.conduct,
      r.stage,
      r.reasoning,
      r.records,
      r.asserted_by,
      r.asserted_at,
      r.withdraws,
    ],
  )
}

const STANDING =
  "id, access_class, keys, standing, event, from_at, to_at, grade_scheme, grade_code, records, reason, decided_by, decided_at, withdraws"
const CONDUCT = "id, access_class, keys, conduct, stage, reasoning, records, asserted_by, asserted_at, withdraws"

/** Decisions that stand: not withdrawn, withdrawals themselves left out. In a fixed order. */
export async function selectStandings(tx: Tx, investigation: string): Promise<StandingDecisionRow[]> {
  const { rows } = await tx.query<StandingDecisionRow & Record<string, unknown>>(
    `select ${STANDING} from standing_decision d where investigation = $1 and withdraws is null and not exists (select from standing_decision w where w.withdraws = d.id) order by decided_at, id`,
    [investigation],
  )
  return rows
}

export async function selectConduct(tx: Tx, investigation: string): Promise<ConductAssertionRow[]> {
  const { rows } = await tx.query<ConductAssertionRow & Record<string, unknown>>(
    `select ${CONDUCT} from conduct_assertion d where investigation = $1 and withdraws is null and not exists (select from conduct_assertion w where w.withdraws = d.id) order by asserted_at, id`,
    [investigation],
  )
  return rows
}

/** Every decision on somebody who bore one of the keys, in one investigation or in all, withdrawals among them, oldest first. */
export async function selectStandingHistory(
  tx: Tx,
  investigation: string | null,
  keys: readonly string[],
): Promise<(StandingDecisionRow & { investigation: string })[]> {
  const { rows } = await tx.query<StandingDecisionRow & { investigation: string } & Record<string, unknown>>(
    `select ${STANDING}, investigation from standing_decision where ($1::text is null or investigation = $1) and keys && $2 order by decided_at, id`,
    [investigation, keys],
  )
  return rows
}

export async function selectConductHistory(tx: Tx, investigation: string, keys: readonly string[]): Promise<ConductAssertionRow[]> {
  const { rows } = await tx.query<ConductAssertionRow & Record<string, unknown>>(
    `select ${CONDUCT} from conduct_assertion where investigation = $1 and keys && $2 order by asserted_at, id`,
    [investigation, keys],
  )
  return rows
}

export async function selectStandingById(tx: Tx, investigation: string, id: string): Promise<StandingDecisionRow | null> {
  const { rows } = await tx.query<StandingDecisionRow & Record<string, unknown>>(
    `select ${STANDING} from standing_decision where investigation = $1 and id = $2`,
    [investigation, id],
  )
  return rows[0] ?? null
}

export async function selectConductById(tx: Tx, investigation: string, id: string): Promise<ConductAssertionRow | null> {
  const { rows } = await tx.query<ConductAssertionRow & Record<string, unknown>>(
    `select ${CONDUCT} from conduct_assertion where investigation = $1 and id = $2`,
    [investigation, id],
  )
  return rows[0] ?? null
}
