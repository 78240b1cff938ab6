import type { Migration, Tx } from "#store"
import type { GroupId } from "./schedule.ts"

/**
 * Reviews are never changed. An erasure is proposed by one person and ordered by another; only then do words go from rows of the
 * register, and only through `linchpin_blank`: the application's own rights do not reach that far.
 */
export const migrations: Migration[] = [
  {
    id: "0705-retention",
    sql: `
      create table retention_review (
        id text primary key, investigation text not null, access_class int not null, item text not null references item,
        decision text not null check (decision in ('keep', 'destroy', 'hand-back')), keep_until timestamptz, grouped text, reason text not null,
        decided_by text not null, decided_at timestamptz not null, check ((decision = 'keep') = (keep_until is not null)));
      create index retention_review_investigation on retention_review (investigation, decided_at);
      create table erasure (
        id text primary key, investigation text not null, access_class int not null, target jsonb not null, target_kind text not null,
        ground text not null, reason text not null, proposed_by text not null, proposed_at timestamptz not null,
        state text not null default 'proposed' check (state in ('proposed', 'ordered', 'done', 'withdrawn')),
        ordered_by text, ordered_at timestamptz, order_reason text, parts text[] not null default '{}', stub jsonb, done_at timestamptz, cleaned jsonb,
        check (ordered_by is null or ordered_by <> proposed_by), check ((state in ('ordered', 'done')) = (ordered_by is not null)));
      create index erasure_investigation on erasure (investigation, proposed_at);
      ${["retention_review", "erasure"]
        .map((t) => `alter table ${t} enable row level security; create policy ${t}_sight on ${t} using (linchpin_sees(access_class));`)
        .join("\n      ")}
      grant select, insert on retention_review, erasure to linchpin_app;
      grant update (state, ordered_by, ordered_at, order_reason, parts, stub, done_at, cleaned, target) on erasure to linchpin_app;
      create function linchpin_blank(erasure_id text, tbl text, keys jsonb, cells jsonb) returns bigint language plpgsql security definer as $$
        declare changed bigint; begin
          if not exists (select from erasure e where e.id = erasure_id and e.state = 'ordered' and e.ordered_by <> e.proposed_by) then
            raise exception 'words go only where an erasure was ordered by a second person' using errcode = 'LE001'; end if;
          if tbl ~ '^(journal_|migration$|blob|segment|role_grant$|person$|access_class$)' then
            raise exception 'no erasure reaches into %', tbl using errcode = 'LE001'; end if;
          execute format('update %I t set (%s) = (select %s from jsonb_populate_record(t, $1) r) where (%s) = (select %s from jsonb_populate_record(null::%I, $2) k)',
            tbl, (select string_agg(format('%I', c), ', ') from jsonb_object_keys(cells) c), (select string_agg(format('r.%I', c), ', ') from jsonb_object_keys(cells) c),
            (select string_agg(format('t.%I', c), ', ') from jsonb_object_keys(keys) c), (select string_agg(format('k.%I', c), ', ') from jsonb_object_keys(keys) c), tbl)
            using cells, keys;
          get diagnostics changed = row_count; return changed;
        end $$ set search_path from current;`,
  },
]

export interface ReviewRow {
  id: string
  item: string
  decision: "keep" | "destroy" | "hand-back"
  keep_until: Date | null
  grouped: GroupId | null
  reason: string
  decided_by: string
  decided_at: Date
}

export async function insertReview(tx: Tx, r: ReviewRow & { investigation: string; access_class: number }): Promise<void> {
  await tx.query(
    `insert into retention_review (id, investigation, access_class, item, decision, keep_until, grouped, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [r.id, r.investigation, r.access_class, r.item, r.decision, r.keep_until, r.grouped, r.reason, r.decided_by, r.decided_at],
  )
}

/** Of an investigation, or of one item in it; oldest first. */
export async function selectReviews(tx: Tx, investigation: string, item?: string): Promise<ReviewRow[]> {
  return (
    await tx.query<ReviewRow & Record<string, unknown>>(
      `select id, item, decision, keep_until, grouped, reason, decided_by, decided_at from retention_review
       where investigation = $1 and ($2::text is null or item = $2) order by decided_at, id`,
      [investigation, item ?? null],
    )
  ).rows
}
