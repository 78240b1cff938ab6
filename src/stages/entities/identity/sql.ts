import type { Migration, Tx } from "#store"
import type { Readable } from "../second-reader/judged.ts"
import type { Tables } from "../second-reader/sql.ts"

export const IDENTITY: Tables = { decisions: "identity_decision", readings: "identity_reading" }

export const identityMigrations: Migration[] = [
  {
    id: "0320-identity",
    // Rows are only added: to undo is another row, and so is what a second reader says.
    sql: `
      create table identity_decision (
        id text primary key, investigation text not null, access_class int not null, decision text not null check (decision in ('same', 'not-same', 'unsure')),
        left_keys text[] not null, right_keys text[] not null, part_of text, reason text not null, records text[] not null, rule text,
        consequences text[] not null, decided_by text not null, team text not null, decided_at timestamptz not null,
        withdraws text references identity_decision);
      create index identity_decision_investigation on identity_decision (investigation);
      create index identity_decision_withdraws on identity_decision (withdraws) where withdraws is not null;
      create table identity_reading (
        decision text primary key references identity_decision, access_class int not null, agrees boolean not null, reason text not null,
        read_by text not null, team text not null, read_at timestamptz not null);
      alter table identity_decision enable row level security;
      create policy identity_decision_sight on identity_decision using (linchpin_sees(access_class));
      alter table identity_reading enable row level security;
      create policy identity_reading_sight on identity_reading using (linchpin_sees(access_class));
      grant select, insert on identity_decision, identity_reading to linchpin_app;`,
  },
]

export const DECISIONS = ["same", "not-same", "unsure"] as const
export type Decision = (typeof DECISIONS)[number]

/** What a person, or a rule that a person let in, decided on two sides: that all their keys are one, or that none of one side is of the other. */
export interface IdentityDecisionRow extends Readable {
  decision: Decision
  left_keys: string[]
  right_keys: string[]
  /** The decision that was asked for, where it is several rows: the parts of a split. */
  part_of: string | null
  records: string[]
  rule: string | null
}

const DECISION =
  "id, access_class, decision, left_keys, right_keys, part_of, reason, records, rule, consequences, decided_by, team, decided_at, withdraws"

export async function insertIdentity(tx: Tx, investigation: string, r: IdentityDecisionRow): Promise<void> {
  await tx.query(
    `insert into identity_decision (investigation, ${DECISION}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict (id) do nothing`,
    [
      investigation,
      r.id,
      r.access_class,
      r.decision,
      r.left_keys,
      r.right_keys,
      r.part_of,
      r.reason,
      r.records,
      r.rule,
      r.consequences,
      r.decided_by,
      r.team,
      r.decided_at,
      r.withdraws,
    ],
  )
}

/** Every decision of an investigation that the transaction's classes show, undone ones and undoings among them, oldest first. */
export async function selectIdentity(tx: Tx, investigation: string): Promise<IdentityDecisionRow[]> {
  const { rows } = await tx.query<IdentityDecisionRow & Record<string, unknown>>(
    `select ${DECISION} from identity_decision where investigation = $1 order by decided_at, id`,
    [investigation],
  )
  return rows
}
