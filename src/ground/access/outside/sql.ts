import type { Json } from "#journal"
import type { Migration, Tx } from "#store"

/**
 * What is to leave the node, word for word; what a second person said of it; when it was begun and how it ended. The application
 * may insert into these tables and change nothing.
 */
export const outsideMigration: Migration = {
  id: "0042-outside",
  sql: `
    create table outside_preview (
      id text primary key, procedure text not null, investigation text not null references investigation, content text not null, sha256 text not null,
      classes int[] not null, prepared_by text not null references person, prepared_team text not null, prepared_at timestamptz not null,
      expires_at timestamptz not null, rerun text not null references rerun);
    create index outside_preview_investigation on outside_preview (investigation);
    create table outside_verdict (
      preview text primary key references outside_preview, agreed boolean not null, sha256 text not null, reason text not null,
      said_by text not null references person, said_team text not null, said_at timestamptz not null);
    create table outside_attempt (
      id bigint generated always as identity primary key, preview text not null references outside_preview, begun_by text not null references person,
      begun_at timestamptz not null);
    create table outside_outcome (
      id bigint generated always as identity primary key, preview text not null references outside_preview,
      state text not null check (state in ('done', 'nothing-left', 'unknown', 'settled-left', 'settled-not')), result jsonb, words text,
      told_by text not null references person, told_at timestamptz not null);
    create index outside_attempt_preview on outside_attempt (preview);
    create index outside_outcome_preview on outside_outcome (preview);
    create unique index outside_outcome_done on outside_outcome (preview) where state = 'done';
    alter table outside_preview enable row level security;
    create policy outside_preview_sight on outside_preview for select using (linchpin_sees_every(classes));
    create policy outside_preview_prepared on outside_preview for insert with check (true);
    grant select, insert on outside_preview, outside_verdict, outside_attempt, outside_outcome to linchpin_app;`,
}

export interface PreviewRow {
  id: string
  procedure: string
  investigation: string
  /** Canonical JSON: what is approved and what is done. */
  content: string
  sha256: string
  classes: number[]
  prepared_by: string
  prepared_team: string
  prepared_at: Date
  expires_at: Date
  rerun: string
}

export type Ending = "done" | "nothing-left" | "unknown" | "settled-left" | "settled-not"

/** A preview with what became of it. */
export interface PreviewNow extends PreviewRow {
  agreed: boolean | null
  approved_sha256: string | null
  reason: string | null
  said_by: string | null
  said_at: Date | null
  attempts: number
  endings: number
  ending: Ending | null
  result: Json
  words: string | null
}

export async function insertPreview(tx: Tx, p: PreviewRow): Promise<void> {
  await tx.query(
    `insert into outside_preview (id, procedure, investigation, content, sha256, classes, prepared_by, prepared_team, prepared_at, expires_at, rerun)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      p.id,
      p.procedure,
      p.investigation,
      p.content,
      p.sha256,
      p.classes,
      p.prepared_by,
      p.prepared_team,
      p.prepared_at,
      p.expires_at,
      p.rerun,
    ],
  )
}

/** Those of one investigation that the statement's sight shows, latest first; or the one of an id. */
export async function selectPreviews(tx: Tx, investigation: string, id: string | null = null): Promise<PreviewNow[]> {
  const { rows } = await tx.query<PreviewNow & Record<string, unknown>>(
    `select p.*, v.agreed, v.sha256 as approved_sha256, v.reason, v.said_by, v.said_at,
       (select count(*)::int from outside_attempt a where a.preview = p.id) as attempts,
       (select count(*)::int from outside_outcome o where o.preview = p.id) as endings, e.state as ending, e.result, e.words
     from outside_preview p left join outside_verdict v on v.preview = p.id
       left join lateral (select state, result, words from outside_outcome o where o.preview = p.id order by o.id desc limit 1) e on true
     where p.investigation = $1 and ($2::text is null or p.id = $2) order by p.prepared_at desc, p.id`,
    [investigation, id],
  )
  return rows
}

/** False when somebody said something before. */
export async function insertVerdict(
  tx: Tx,
  v: { preview: string; agreed: boolean; sha256: string; reason: string; by: string; team: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into outside_verdict (preview, agreed, sha256, reason, said_by, said_team, said_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [v.preview, v.agreed, v.sha256, v.reason, v.by, v.team, v.at],
  )
  return rowCount === 1
}

export async function insertAttempt(tx: Tx, preview: string, by: string, at: Date): Promise<void> {
  await tx.query("insert into outside_attempt (preview, begun_by, begun_at) values ($1, $2, $3)", [preview, by, at])
}

export async function insertOutcome(
  tx: Tx,
  o: { preview: string; state: Ending; result: Json; words: string | null; by: string; at: Date },
): Promise<void> {
  await tx.query("insert into outside_outcome (preview, state, result, words, told_by, told_at) values ($1, $2, $3, $4, $5, $6)", [
    o.preview,
    o.state,
    o.result === null ? null : JSON.stringify(o.result),
    o.words,
    o.by,
    o.at,
  ])
}
