import type { Migration, Tx } from "#store"
import type { Category, Why } from "./apart.ts"

export const migrations: Migration[] = [
  {
    id: "0250-scope",
    sql: `
      alter table segment drop constraint segment_scope_check;
      alter table segment add constraint segment_scope_check check (scope in ('in','undecided','sealed','apart'));
      create table set_apart (
        record text not null, category text not null, item text not null references item, investigation text not null, access_class int not null,
        why text not null, set_by text, set_at timestamptz not null, lifted_by text, lifted_at timestamptz, lift_reason text, primary key (record, category));
      create index set_apart_item on set_apart (item);
      create table apart_sorting (
        exhibit text primary key references exhibit, item text not null references item, access_class int not null, version int not null, sorted_at timestamptz not null);
      create index apart_sorting_item on apart_sorting (item);
      create table blind_hit (
        record text not null, key text not null, kind text not null, item text not null references item, investigation text not null,
        access_class int not null, found_in text[] not null, found_at timestamptz not null, primary key (record, key));
      create index blind_hit_item on blind_hit (item);
      create table blind_run (
        id text primary key, item text not null references item, investigation text not null, access_class int not null,
        compared bigint not null, hits bigint not null, run_by text not null, run_at timestamptz not null);
      create index blind_run_item on blind_run (item, run_at);
      ${["set_apart", "apart_sorting", "blind_hit", "blind_run"]
        .map((t) => `alter table ${t} enable row level security; create policy ${t}_sight on ${t} using (linchpin_sees(access_class));`)
        .join("\n      ")}
      grant select, insert, delete on set_apart, blind_hit to linchpin_app;
      grant update (lifted_by, lifted_at, lift_reason) on set_apart to linchpin_app;
      grant select, insert on apart_sorting, blind_run to linchpin_app;`,
  },
]

interface Where {
  item: string
  investigation: string
  accessClass: number
}

/** `by` is null for what the rules found. What already stands apart in a category stays as it stands. */
export async function insertApart(
  tx: Tx,
  where: Where,
  rows: readonly { record: string; category: Category; why: Why }[],
  by: string | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into set_apart (record, category, why, item, investigation, access_class, set_by, set_at)
     select r, c, w, $4, $5, $6, $7, $8 from unnest($1::text[], $2::text[], $3::text[]) t(r, c, w) on conflict do nothing`,
    [
      rows.map((r) => r.record),
      rows.map((r) => r.category),
      rows.map((r) => r.why),
      where.item,
      where.investigation,
      where.accessClass,
      by,
      at,
    ],
  )
}

export interface ApartRow {
  record: string
  category: Category
  why: Why
  set_by: string | null
  set_at: Date
  lifted_by: string | null
}

export async function selectApart(tx: Tx, item: string, record?: string): Promise<ApartRow[]> {
  return (
    await tx.query<ApartRow>(
      "select record, category, why, set_by, set_at, lifted_by from set_apart where item = $1 and ($2::text is null or record = $2) order by category, record",
      [item, record ?? null],
    )
  ).rows
}

export async function liftApart(tx: Tx, record: string, by: string, at: Date, reason: string): Promise<void> {
  await tx.query("update set_apart set lifted_by = $2, lifted_at = $3, lift_reason = $4 where record = $1 and lifted_by is null", [
    record,
    by,
    at,
    reason,
  ])
}

export async function insertSorted(
  tx: Tx,
  exhibits: readonly { id: string; item: string; access_class: number }[],
  version: number,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into apart_sorting (exhibit, item, access_class, version, sorted_at)
     select e, i, c, $4, $5 from unnest($1::text[], $2::text[], $3::int[]) t(e, i, c) on conflict do nothing`,
    [exhibits.map((e) => e.id), exhibits.map((e) => e.item), exhibits.map((e) => e.access_class), version, at],
  )
}

export async function selectSorted(tx: Tx, exhibits: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ exhibit: string }>("select exhibit from apart_sorting where exhibit = any($1)", [exhibits])
  return new Set(rows.map((r) => r.exhibit))
}

export interface HitRow {
  record: string
  key: string
  kind: string
  found_in: string[]
  found_at: Date
}

export async function insertHits(tx: Tx, where: Where, hits: readonly Omit<HitRow, "found_at">[], at: Date): Promise<void> {
  for (const h of hits)
    await tx.query(
      "insert into blind_hit (record, key, kind, item, investigation, access_class, found_in, found_at) values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict do nothing",
      [h.record, h.key, h.kind, where.item, where.investigation, where.accessClass, h.found_in, at],
    )
}

export async function insertRun(
  tx: Tx,
  where: Where,
  run: { id: string; compared: number; hits: number; by: string; at: Date },
): Promise<void> {
  await tx.query(
    "insert into blind_run (id, item, investigation, access_class, compared, hits, run_by, run_at) values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict do nothing",
    [run.id, where.item, where.investigation, where.accessClass, run.compared, run.hits, run.by, run.at],
  )
}

export async function selectHits(tx: Tx, item: string): Promise<HitRow[]> {
  return (
    await tx.query<HitRow>("select record, key, kind, found_in, found_at from blind_hit where item = $1 order by found_at, record, key", [
      item,
    ])
  ).rows
}

export async function selectLastRun(tx: Tx, item: string): Promise<{ compared: number; hits: number; at: Date } | null> {
  const { rows } = await tx.query<{ compared: string; hits: string; run_at: Date }>(
    "select compared, hits, run_at from blind_run where item = $1 order by run_at desc, id limit 1",
    [item],
  )
  return rows[0] ? { compared: Number(rows[0].compared), hits: Number(rows[0].hits), at: rows[0].run_at } : null
}

/** What destruction leaves of hits and settings apart: nothing but the counts of its stub. */
export async function deleteTraces(tx: Tx, item: string, records: readonly string[]): Promise<void> {
  await tx.query("delete from blind_hit where item = $1 and record = any($2)", [item, records])
  await tx.query("delete from set_apart where item = $1 and record = any($2)", [item, records])
}
