import type { Migration, Tx } from "#store"

export const liftingMigrations: Migration[] = [
  {
    id: "0312-lifting",
    // A lifting and what became of it, as rows that are only added. What oversight counts stands apart, without names and without class.
    sql: `
      create table lifting (
        id text primary key, investigation text not null, access_class int not null, entity text not null, keys text[] not null, covers text[] not null,
        conduct jsonb not null, answers jsonb not null, reason text not null, rerun text,
        proposed_by text not null, proposed_at timestamptz not null);
      create table lifting_step (
        id text primary key, lifting text not null references lifting, access_class int not null, step text not null check (step in ('seconded', 'ended')),
        reason text not null, done_by text not null, done_at timestamptz not null, until timestamptz);
      create unique index lifting_step_once on lifting_step (lifting, step);
      create table lifting_count (
        lifting text not null, investigation text not null, step text not null check (step in ('proposed', 'seconded', 'ended')), team text not null,
        organisation text not null, standing text, reason text not null, records int, exhibits int, done_by text not null, done_at timestamptz not null, until timestamptz,
        primary key (lifting, step));
      alter table lifting enable row level security;
      create policy lifting_sight on lifting using (linchpin_sees(access_class));
      alter table lifting_step enable row level security;
      create policy lifting_step_sight on lifting_step using (linchpin_sees(access_class));
      grant select, insert on lifting, lifting_step, lifting_count to linchpin_app;`,
  },
]

/** A lifting that two people signed and that has neither ended nor lapsed. */
export interface LiftingInForce {
  id: string
  keys: string[]
  covers: string[]
}

export async function selectLiftingsInForce(tx: Tx, investigation: string, now: Date): Promise<LiftingInForce[]> {
  const { rows } = await tx.query<LiftingInForce & Record<string, unknown>>(
    `select l.id, l.keys, l.covers from lifting l join lifting_step s on s.lifting = l.id and s.step = 'seconded'
     where l.investigation = $1 and s.until > $2 and not exists (select from lifting_step e where e.lifting = l.id and e.step = 'ended') order by l.id`,
    [investigation, now],
  )
  return rows
}

export interface LiftingRow {
  id: string
  access_class: number
  entity: string
  keys: string[]
  /** The protective statements that stood when it was proposed; one more, and it does not hold. */
  covers: string[]
  conduct: { record: string; conduct: string; shows: string }[]
  answers: Record<string, { answer: string; text: string; by: string }>
  reason: string
  rerun: string | null
  proposed_by: string
  proposed_at: Date
}

export interface LiftingStepRow {
  id: string
  lifting: string
  access_class: number
  step: "seconded" | "ended"
  reason: string
  done_by: string
  done_at: Date
  until: Date | null
}

/** What oversight reads: no name, no number, and reasons with these taken out. */
export interface LiftingCountRow {
  lifting: string
  step: "proposed" | "seconded" | "ended"
  team: string
  organisation: string
  standing: string | null
  reason: string
  records: number | null
  exhibits: number | null
  done_by: string
  done_at: Date
  until: Date | null
}

export async function insertLifting(tx: Tx, investigation: string, r: LiftingRow): Promise<void> {
  await tx.query(
    `insert into lifting (id, investigation, access_class, entity, keys, covers, conduct, answers, reason, rerun, proposed_by, proposed_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
    [
      r.id,
      investigation,
      r.access_class,
      r.entity,
      r.keys,
      r.covers,
      JSON.stringify(r.conduct),
      JSON.stringify(r.answers),
      r.reason,
      r.rerun,
      r.proposed_by,
      r.proposed_at,
    ],
  )
}

export async function insertStep(tx: Tx, r: LiftingStepRow): Promise<void> {
  await tx.query(
    "insert into lifting_step (id, lifting, access_class, step, reason, done_by, done_at, until) values ($1,$2,$3,$4,$5,$6,$7,$8)",
    [r.id, r.lifting, r.access_class, r.step, r.reason, r.done_by, r.done_at, r.until],
  )
}

export async function insertCount(tx: Tx, investigation: string, r: LiftingCountRow): Promise<void> {
  await tx.query(
    `insert into lifting_count (lifting, investigation, step, team, organisation, standing, reason, records, exhibits, done_by, done_at, until)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
    [r.lifting, investigation, r.step, r.team, r.organisation, r.standing, r.reason, r.records, r.exhibits, r.done_by, r.done_at, r.until],
  )
}

const LIFTING = "id, access_class, entity, keys, covers, conduct, answers, reason, rerun, proposed_by, proposed_at"

/** Locked, so that two who second it at once do so one after the other. */
export async function selectLifting(tx: Tx, investigation: string, id: string): Promise<LiftingRow | null> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 31))", [id])
  const { rows } = await tx.query<LiftingRow & Record<string, unknown>>(
    `select ${LIFTING} from lifting where investigation = $1 and id = $2`,
    [investigation, id],
  )
  return rows[0] ?? null
}

export async function selectLiftingsOn(tx: Tx, investigation: string, keys: readonly string[]): Promise<LiftingRow[]> {
  const { rows } = await tx.query<LiftingRow & Record<string, unknown>>(
    `select ${LIFTING} from lifting where investigation = $1 and keys && $2 order by proposed_at, id`,
    [investigation, keys],
  )
  return rows
}

export async function selectSteps(tx: Tx, liftings: readonly string[]): Promise<LiftingStepRow[]> {
  const { rows } = await tx.query<LiftingStepRow & Record<string, unknown>>(
    "select id, lifting, access_class, step, reason, done_by, done_at, until from lifting_step where lifting = any ($1) order by done_at, id",
    [liftings],
  )
  return rows
}

/** Of these liftings, or of all, latest proposals first. */
export async function selectCounts(tx: Tx, liftings: readonly string[] | null): Promise<LiftingCountRow[]> {
  const { rows } = await tx.query<LiftingCountRow & Record<string, unknown>>(
    `select lifting, step, team, organisation, standing, reason, records, exhibits, done_by, done_at, until from lifting_count
     where $1::text[] is null or lifting = any ($1) order by (step <> 'proposed'), done_at desc, lifting`,
    [liftings],
  )
  return rows
}
