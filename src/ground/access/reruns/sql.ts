import type { Json } from "#journal"
import type { Migration, Tx } from "#store"

/** What the cleared officer may say. The asker learns this word and, for `see-me`, a contact. */
export const WORDS = ["proceed", "stop", "see-me"] as const
export type Word = (typeof WORDS)[number]

/**
 * A question, the word that answers it, and the reason for the word. They are three tables because three kinds of people see
 * them: the question with its material stands behind row-level security of all classes that it rests on; the word rests on
 * nothing; the reason rests on all holdings.
 */
export const rerunMigration: Migration = {
  id: "0040-reruns",
  sql: `
    create function linchpin_sees_every(classes int[]) returns boolean language sql stable parallel safe as $$
      select case when current_setting('linchpin.classes', true) = '*' then true
                  when coalesce(current_setting('linchpin.classes', true), '') = '' then false
                  else classes <@ current_setting('linchpin.classes', true)::int[] end $$;
    create table rerun (
      id text primary key, asker text not null references person, investigation text references investigation, procedure text not null,
      sha256 text not null, ground text, asked_at timestamptz not null);
    create index rerun_asked on rerun (asker, procedure, sha256);
    create table rerun_question (rerun text primary key references rerun, input jsonb not null, limited jsonb not null, classes int[] not null);
    create table rerun_word (
      rerun text primary key references rerun, word text not null check (word in ('proceed', 'stop', 'see-me')), contact text, said_at timestamptz not null);
    create table rerun_reason (
      rerun text primary key references rerun, officer text not null references person, reason text not null, whole_sha256 text not null,
      classes int[] not null);
    alter table rerun_question enable row level security;
    alter table rerun_reason enable row level security;
    create policy rerun_question_sight on rerun_question for select using (linchpin_sees_every(classes));
    create policy rerun_question_asked on rerun_question for insert with check (true);
    create policy rerun_reason_sight on rerun_reason for select using (linchpin_sees_every(classes));
    create policy rerun_reason_said on rerun_reason for insert with check (true);
    grant select, insert on rerun, rerun_question, rerun_word, rerun_reason to linchpin_app;`,
}

export interface RerunRow {
  id: string
  asker: string
  investigation: string | null
  procedure: string
  sha256: string
  ground: string | null
  asked_at: Date
  word: Word | null
  contact: string | null
  said_at: Date | null
}

const FROM = `select r.id, r.asker, r.investigation, r.procedure, r.sha256, r.ground, r.asked_at, w.word, w.contact, w.said_at
  from rerun r left join rerun_word w on w.rerun = r.id`

export async function selectRerun(tx: Tx, id: string): Promise<RerunRow | null> {
  const { rows } = await tx.query<RerunRow & Record<string, unknown>>(`${FROM} where r.id = $1`, [id])
  return rows[0] ?? null
}

/** Those of one asker, or of everybody; who waits longest comes first. */
export async function selectReruns(tx: Tx, asker: string | null): Promise<RerunRow[]> {
  const { rows } = await tx.query<RerunRow & Record<string, unknown>>(
    `${FROM} where $1::text is null or r.asker = $1 order by (w.word is not null), r.asked_at, r.id`,
    [asker],
  )
  return rows
}

/** What one asker asked in the same words before, oldest first. */
export async function selectAlike(tx: Tx, row: Pick<RerunRow, "asker" | "investigation" | "procedure" | "sha256">): Promise<RerunRow[]> {
  const { rows } = await tx.query<RerunRow & Record<string, unknown>>(
    `${FROM} where r.asker = $1 and r.investigation is not distinct from $2 and r.procedure = $3 and r.sha256 = $4 order by r.asked_at, r.id`,
    [row.asker, row.investigation, row.procedure, row.sha256],
  )
  return rows
}

export async function insertRerun(
  tx: Tx,
  row: Omit<RerunRow, "word" | "contact" | "said_at">,
  question: { input: Json; limited: Json; classes: readonly number[] },
): Promise<void> {
  await tx.query("insert into rerun (id, asker, investigation, procedure, sha256, ground, asked_at) values ($1, $2, $3, $4, $5, $6, $7)", [
    row.id,
    row.asker,
    row.investigation,
    row.procedure,
    row.sha256,
    row.ground,
    row.asked_at,
  ])
  await tx.query("insert into rerun_question (rerun, input, limited, classes) values ($1, $2, $3, $4)", [
    row.id,
    JSON.stringify(question.input),
    JSON.stringify(question.limited),
    question.classes,
  ])
}

/** The question with the asker's answer; null when the statement runs under a sight that lacks a class of it. */
export async function selectQuestion(tx: Tx, rerun: string): Promise<{ input: Record<string, Json>; limited: Json } | null> {
  const { rows } = await tx.query<{ input: Record<string, Json>; limited: Json }>(
    "select input, limited from rerun_question where rerun = $1",
    [rerun],
  )
  return rows[0] ?? null
}

/** False when somebody answered before. */
export async function insertWord(tx: Tx, rerun: string, word: Word, contact: string | null, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "insert into rerun_word (rerun, word, contact, said_at) values ($1, $2, $3, $4) on conflict do nothing",
    [rerun, word, contact, at],
  )
  return rowCount === 1
}

export interface ReasonRow {
  rerun: string
  officer: string
  reason: string
  whole_sha256: string
}

export async function insertReason(tx: Tx, row: ReasonRow, classes: readonly number[]): Promise<void> {
  await tx.query("insert into rerun_reason (rerun, officer, reason, whole_sha256, classes) values ($1, $2, $3, $4, $5)", [
    row.rerun,
    row.officer,
    row.reason,
    row.whole_sha256,
    classes,
  ])
}

export async function selectReasons(tx: Tx): Promise<ReasonRow[]> {
  const { rows } = await tx.query<ReasonRow & Record<string, unknown>>("select rerun, officer, reason, whole_sha256 from rerun_reason")
  return rows
}
