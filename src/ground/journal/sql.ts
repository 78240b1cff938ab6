import type { Migration, Tx } from "#store"

/**
 * Entries come unnumbered, inside the transaction of what they tell of; numbering is the only change that a row ever sees. The
 * columns beside the leaf are generated from it, so they cannot say anything else. The triggers fire always: for the owner
 * too, and in replica mode. A payload goes only when an erasure entry names it.
 */
export const migrations: Migration[] = [
  {
    id: "0005-journal",
    sql: `
      create table journal_entry (
        id bigint generated always as identity primary key,
        leaf text not null check (octet_length(leaf) <= 65536),
        tree text not null generated always as (leaf::jsonb ->> 'tree') stored check (tree in ('decisions', 'access')),
        kind text not null generated always as (leaf::jsonb ->> 'kind') stored,
        actor text not null generated always as (leaf::jsonb ->> 'actor') stored,
        investigation text generated always as (leaf::jsonb ->> 'investigation') stored,
        procedure text generated always as (leaf::jsonb ->> 'procedure') stored,
        n bigint, hash bytea,
        check ((n is null) = (hash is null)),
        check (hash is null or hash = sha256('\\x00'::bytea || convert_to(leaf, 'UTF8'))),
        unique (tree, n));
      create index journal_entry_pending on journal_entry (tree, id) where n is null;
      create index journal_entry_erasure on journal_entry using gin ((leaf::jsonb -> 'erases')) where kind = 'erasure';
      create index journal_entry_investigation on journal_entry (investigation, id);
      create table journal_payload (
        entry bigint primary key references journal_entry, salt bytea, body text check (octet_length(body) <= 65536),
        check ((salt is null) = (body is null)));
      create table journal_subtree (
        tree text not null, level smallint not null, place bigint not null, hash bytea not null, primary key (tree, level, place));
      create table journal_checkpoint (
        tree text not null, size bigint not null, note text not null, primary key (tree, size));

      create function journal_append_only() returns trigger language plpgsql as $$ begin
        raise exception 'the journal is append-only: % on % refused', lower(tg_op), tg_table_name using errcode = 'LJ001';
      end $$;
      create function journal_number_once() returns trigger language plpgsql as $$ begin
        if old.n is null and new.n is not null and new.id = old.id and new.leaf = old.leaf then return new; end if;
        raise exception 'the journal is append-only: an entry changes once, when it is numbered' using errcode = 'LJ001';
      end $$;
      create function journal_no_gap() returns trigger language plpgsql as $$ begin
        if exists (select from numbered r where r.n > 0 and not exists (select from journal_entry e where e.tree = r.tree and e.n = r.n - 1))
          then raise exception 'the journal is append-only: numbers follow each other' using errcode = 'LJ001'; end if;
        return null;
      end $$;
      create function journal_erase_named() returns trigger language plpgsql as $$ begin
        if new.entry = old.entry and new.body is null and new.salt is null and exists (
          select from journal_entry e join journal_entry gone on gone.id = old.entry
          where e.kind = 'erasure' and e.leaf::jsonb -> 'erases' @> to_jsonb(gone.tree || ':' || gone.n)) then return new; end if;
        raise exception 'a payload goes only when an erasure entry names it' using errcode = 'LJ001';
      end $$;
      create trigger journal_entry_kept before delete on journal_entry for each row execute function journal_append_only();
      create trigger journal_entry_not_emptied before truncate on journal_entry execute function journal_append_only();
      create trigger journal_entry_numbered before update on journal_entry for each row execute function journal_number_once();
      create trigger journal_entry_no_gap after update on journal_entry referencing new table as numbered for each statement execute function journal_no_gap();
      create trigger journal_payload_kept before delete on journal_payload for each row execute function journal_append_only();
      create trigger journal_payload_not_emptied before truncate on journal_payload execute function journal_append_only();
      create trigger journal_payload_erased before update on journal_payload for each row execute function journal_erase_named();
      create trigger journal_subtree_kept before update or delete on journal_subtree for each row execute function journal_append_only();
      create trigger journal_subtree_not_emptied before truncate on journal_subtree execute function journal_append_only();
      create trigger journal_checkpoint_kept before update or delete on journal_checkpoint for each row execute function journal_append_only();
      create trigger journal_checkpoint_not_emptied before truncate on journal_checkpoint execute function journal_append_only();
      alter table journal_entry enable always trigger journal_entry_kept;
      alter table journal_entry enable always trigger journal_entry_not_emptied;
      alter table journal_entry enable always trigger journal_entry_numbered;
      alter table journal_entry enable always trigger journal_entry_no_gap;
      alter table journal_payload enable always trigger journal_payload_kept;
      alter table journal_payload enable always trigger journal_payload_not_emptied;
      alter table journal_payload enable always trigger journal_payload_erased;
      alter table journal_subtree enable always trigger journal_subtree_kept;
      alter table journal_subtree enable always trigger journal_subtree_not_emptied;
      alter table journal_checkpoint enable always trigger journal_checkpoint_kept;
      alter table journal_checkpoint enable always trigger journal_checkpoint_not_emptied;
      grant select, insert (leaf) on journal_entry to linchpin_app;
      grant select, insert on journal_payload, journal_subtree, journal_checkpoint to linchpin_app;
      grant update (n, hash) on journal_entry to linchpin_app;
      grant update (salt, body) on journal_payload to linchpin_app;`,
  },
]

export interface EntryRow {
  id: string
  n: string
  leaf: string
  hash: Buffer
  salt: Buffer | null
  body: string | null
}

export async function insertEntry(tx: Tx, leaf: string, payload: { salt: Buffer; body: string } | null): Promise<void> {
  if (payload)
    await tx.query(
      `with e as (insert into journal_entry (leaf) values ($1) returning id), told as (select pg_notify('journal_pending', ''))
       insert into journal_payload (entry, salt, body) select e.id, $2, $3 from e, told`,
      [leaf, payload.salt, payload.body],
    )
  else
    await tx.query("with e as (insert into journal_entry (leaf) values ($1) returning id) select pg_notify('journal_pending', '') from e", [
      leaf,
    ])
}

export const lockSequencer = (tx: Tx) => tx.query("select pg_advisory_xact_lock(hashtextextended('linchpin journal sequencer', 0))")

export const lockErasure = (tx: Tx) => tx.query("select pg_advisory_xact_lock(hashtextextended('linchpin journal erasure', 0))")

export async function sizeOf(tx: Tx, tree: string): Promise<number> {
  const { rows } = await tx.query<{ size: string }>("select coalesce(max(n) + 1, 0) as size from journal_entry where tree = $1", [tree])
  return Number(rows[0]!.size)
}

export async function selectPending(tx: Tx, tree: string, limit: number): Promise<{ id: string; leaf: string }[]> {
  return (
    await tx.query<{ id: string; leaf: string }>("select id, leaf from journal_entry where tree = $1 and n is null order by id limit $2", [
      tree,
      limit,
    ])
  ).rows
}

export async function numberEntries(tx: Tx, ids: readonly string[], from: number, hashes: readonly Buffer[]): Promise<void> {
  await tx.query(
    "update journal_entry e set n = t.n, hash = t.hash from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as t (id, n, hash) where e.id = t.id",
    [ids, ids.map((_, i) => from + i), hashes],
  )
}

export async function insertSubtrees(tx: Tx, tree: string, rows: readonly { level: number; place: number; hash: Buffer }[]): Promise<void> {
  await tx.query(
    "insert into journal_subtree (tree, level, place, hash) select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])",
    [tree, rows.map((r) => r.level), rows.map((r) => r.place), rows.map((r) => r.hash)],
  )
}

export async function selectHashes(tx: Tx, tree: string, level: number, start: number, end: number): Promise<Buffer[]> {
  const found =
    level === 0
      ? tx.query<{ hash: Buffer }>("select hash from journal_entry where tree = $1 and n >= $2 and n < $3 order by n", [tree, start, end])
      : tx.query<{ hash: Buffer }>(
          "select hash from journal_subtree where tree = $1 and level = $4 and place >= $2 and place < $3 order by place",
          [tree, start, end, level],
        )
  return (await found).rows.map((r) => r.hash)
}

export async function selectEntries(tx: Tx, tree: string, from: number, limit: number): Promise<EntryRow[]> {
  const { rows } = await tx.query<EntryRow & Record<string, unknown>>(
    `select e.id, e.n, e.leaf, e.hash, p.salt, p.body from journal_entry e left join journal_payload p on p.entry = e.id
     where e.tree = $1 and e.n >= $2 order by e.n limit $3`,
    [tree, from, limit],
  )
  return rows
}

export async function erasePayloads(tx: Tx, tree: string, numbers: readonly number[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update journal_payload p set salt = null, body = null from journal_entry e
     where e.id = p.entry and e.tree = $1 and e.n = any ($2::bigint[]) and p.body is not null`,
    [tree, numbers],
  )
  return rowCount ?? 0
}

export async function insertCheckpoint(tx: Tx, tree: string, size: number, note: string): Promise<void> {
  await tx.query("insert into journal_checkpoint (tree, size, note) values ($1, $2, $3) on conflict do nothing", [tree, size, note])
}

export async function selectCheckpoints(tx: Tx): Promise<{ tree: string; size: string; note: string }[]> {
  return (
    await tx.query<{ tree: string; size: string; note: string }>("select tree, size, note from journal_checkpoint order by tree desc, size")
  ).rows
}
