import type { Tx } from "#store"

/** A contest hangs on an identifier of the person, as decisions do, so that it stays with him through merges and splits. */
export const contestMigration = {
  id: "0505-contest",
  sql: `
    create table contest (
      id text primary key, investigation text not null, access_class int not null, key text not null, entity text not null,
      about text not null check (about in ('standing', 'attribution', 'conduct')), target text, party text not null check (party in ('person', 'defence', 'colleague')),
      reason text not null, raised_by text not null, raised_at timestamptz not null,
      answered_by text, answered_at timestamptz, outcome text check (outcome in ('upheld', 'changed', 'partly')), answer text);
    create index contest_investigation on contest (investigation);
    alter table contest enable row level security;
    create policy contest_sight on contest using (linchpin_sees(access_class));
    grant select, insert, update (answered_by, answered_at, outcome, answer) on contest to linchpin_app;`,
}

export type About = "standing" | "attribution" | "conduct"

export interface ContestRow {
  id: string
  investigation: string
  access_class: number
  key: string
  /** As it was when it was contested. */
  entity: string
  about: About
  target: string | null
  party: "person" | "defence" | "colleague"
  reason: string
  raised_by: string
  raised_at: Date
  answered_by: string | null
  answered_at: Date | null
  outcome: "upheld" | "changed" | "partly" | null
  answer: string | null
}

export async function insertContest(tx: Tx, c: Omit<ContestRow, "answered_by" | "answered_at" | "outcome" | "answer">): Promise<void> {
  await tx.query(
    `insert into contest (id, investigation, access_class, key, entity, about, target, party, reason, raised_by, raised_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
    [c.id, c.investigation, c.access_class, c.key, c.entity, c.about, c.target, c.party, c.reason, c.raised_by, c.raised_at],
  )
}

export async function selectContests(tx: Tx, investigation: string): Promise<ContestRow[]> {
  return (
    await tx.query<ContestRow & Record<string, unknown>>(
      "select * from contest where investigation = $1 order by answered_at is not null, raised_at, id",
      [investigation],
    )
  ).rows
}

export async function answerContest(tx: Tx, id: string, a: { by: string; at: Date; outcome: string; answer: string }): Promise<boolean> {
  const done = await tx.query(
    "update contest set answered_by = $2, answered_at = $3, outcome = $4, answer = $5 where id = $1 and answered_at is null",
    [id, a.by, a.at, a.outcome, a.answer],
  )
  return done.rowCount === 1
}

/** Who decided on the standing or asserted the conduct of whoever bears one of these identifiers. */
export async function selectDeciders(tx: Tx, investigation: string, about: About, keys: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ by: string }>(
    about === "standing"
      ? "select distinct decided_by as by from standing_decision where investigation = $1 and key = any ($2)"
      : "select distinct asserted_by as by from conduct_assertion where investigation = $1 and key = any ($2)",
    [investigation, keys],
  )
  return rows.map((r) => r.by)
}
