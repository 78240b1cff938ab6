import type { Migration, Tx } from "#store"

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
export interface IdentityDecisionRow {
  id: string
  access_class: number
  decision: Decision
  left_keys: string[]
  right_keys: string[]
  /** The decision that was asked for, where it is several rows: the parts of a split. */
  part_of: string | null
  reason: string
  records: string[]
  rule: string | null
  /** Why a second reader is asked for; nothing where none is. */
  consequences: string[]
  decided_by: string
  team: string
  decided_at: Date
  withdraws: string | null
}

export interface IdentityReadingRow {
  decision: string
  access_class: number
  agrees: boolean
  reason: string
  read_by: string
  team: string
  read_at: Date
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

/** False when somebody read it before. */
export async function insertReading(tx: Tx, r: IdentityReadingRow): Promise<boolean> {
  const done = await tx.query(
    "insert into identity_reading (decision, access_class, agrees, reason, read_by, team, read_at) values ($1,$2,$3,$4,$5,$6,$7) on conflict do nothing",
    [r.decision, r.access_class, r.agrees, r.reason, r.read_by, r.team, r.read_at],
  )
  return done.rowCount === 1
}

/** Every decision of an investigation that the transaction's classes show, undone ones and undoings among them, oldest first. */
export async function selectIdentity(tx: Tx, investigation: string): Promise<IdentityDecisionRow[]> {
  const { rows } = await tx.query<IdentityDecisionRow & Record<string, unknown>>(
    `select ${DECISION} from identity_decision where investigation = $1 order by decided_at, id`,
    [investigation],
  )
  return rows
}

export async function selectReadings(tx: Tx, investigation: string): Promise<IdentityReadingRow[]> {
  const { rows } = await tx.query<IdentityReadingRow & Record<string, unknown>>(
    `select r.decision, r.access_class, r.agrees, r.reason, r.read_by, r.team, r.read_at
     from identity_reading r join identity_decision d on d.id = r.decision where d.investigation = $1 order by r.decision`,
    [investigation],
  )
  return rows
}
