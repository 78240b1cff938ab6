import type { Migration, Tx } from "#store"
import type { GroupId } from "./schedule.ts"
import type { Target, TargetKind } from "./target.ts"

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

/** Steps of an erasure, in order; each can be repeated. */
export const PARTS = ["rows", "derived", "words", "texts", "vault", "files", "entry", "clean"] as const
export type Part = (typeof PARTS)[number]

export interface Stub {
  kind: TargetKind
  exhibits: { id: string; sha256: string; sizeBytes: number }[]
  items: string[]
  /** Rows that went: how many, and the hash of their sorted ids, one a line. */
  records: { count: number; sha256: string }
  /** Rows that went and rows that were changed, by dataset, and copies of them that only the past showed. */
  lost: Record<string, number>
  altered: Record<string, number>
  past: number
  /** Exhibits whose rows went and whose original is kept as evidence. */
  restricted: string[]
}

export interface ErasureRow {
  id: string
  investigation: string
  access_class: number
  target: Target
  target_kind: TargetKind
  ground: string
  reason: string
  proposed_by: string
  proposed_at: Date
  state: "proposed" | "ordered" | "done" | "withdrawn"
  ordered_by: string | null
  ordered_at: Date | null
  order_reason: string | null
  parts: Part[]
  stub: Stub | null
  done_at: Date | null
  cleaned: { done: string[]; left: { what: string; why: string }[] } | null
}

export async function insertErasure(
  tx: Tx,
  e: Pick<ErasureRow, "id" | "investigation" | "access_class" | "target" | "ground" | "reason" | "proposed_by" | "proposed_at">,
): Promise<void> {
  await tx.query(
    `insert into erasure (id, investigation, access_class, target, target_kind, ground, reason, proposed_by, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [e.id, e.investigation, e.access_class, JSON.stringify(e.target), e.target.kind, e.ground, e.reason, e.proposed_by, e.proposed_at],
  )
}

/** Under the transaction's classes, latest first; of one investigation, or all. */
export async function selectErasures(tx: Tx, filter: { investigation?: string; id?: string }): Promise<ErasureRow[]> {
  return (
    await tx.query<ErasureRow & Record<string, unknown>>(
      "select * from erasure where ($1::text is null or investigation = $1) and ($2::text is null or id = $2) order by proposed_at desc, id",
      [filter.investigation ?? null, filter.id ?? null],
    )
  ).rows
}

/** Makes a proposal an order; false when it is none any more. */
export async function orderErasure(tx: Tx, id: string, by: string, at: Date, reason: string): Promise<boolean> {
  const done = await tx.query(
    "update erasure set state = 'ordered', ordered_by = $2, ordered_at = $3, order_reason = $4 where id = $1 and state = 'proposed' and proposed_by <> $2",
    [id, by, at, reason],
  )
  return done.rowCount === 1
}

export async function withdrawErasure(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query("update erasure set state = 'withdrawn', target = '{}' where id = $1 and state = 'proposed'", [id])).rowCount === 1
}

export async function markPart(tx: Tx, id: string, part: Part): Promise<void> {
  await tx.query("update erasure set parts = array_append(parts, $2) where id = $1 and not $2 = any (parts)", [id, part])
}

export async function updateStub(tx: Tx, id: string, stub: Stub): Promise<void> {
  await tx.query("update erasure set stub = $2 where id = $1", [id, JSON.stringify(stub)])
}

/** The order is carried out: of a person's identifiers it keeps none. */
export async function finishErasure(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query("update erasure set state = 'done', done_at = $2, target = target || '{\"keys\": []}' where id = $1", [id, at])
}

export async function updateCleaned(tx: Tx, id: string, cleaned: ErasureRow["cleaned"]): Promise<void> {
  await tx.query("update erasure set cleaned = $2 where id = $1", [id, JSON.stringify(cleaned)])
}

/** What the register says in words of exhibits and items. `[erased]` and null stand for nothing. */
export async function selectTexts(tx: Tx): Promise<{ exhibit: string | null; item: string; texts: string[] }[]> {
  const { rows } = await tx.query<{ exhibit: string | null; item: string; texts: (string | null)[] }>(`
    select id as exhibit, item, array[path, name, mapping::text] as texts from exhibit
    union all select null, i.id, array[i.reference, i.title, i.grounds, i.officer, i.authoriser, i.holder->>'description', i.authority, i.originator, e.label, e.place] || i.conditions || i.permitted_uses
      from item i join seizure_event e on e.id = i.seizure_event and e.access_class = i.access_class
    union all select null, item, array[what, by_whom, to_whom, seal] from continuity_event
    union all select null, item, array[reason] from retention_review`)
  return rows.map((r) => ({ ...r, texts: r.texts.filter((t): t is string => t !== null && t !== "[erased]") }))
}

/** Names that the node is run with: of people who work here, organisations and investigations. */
export async function selectNames(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    "select name from person union select name from organisation union select name from investigation union select title from investigation",
  )
  return rows.map((r) => r.name)
}
