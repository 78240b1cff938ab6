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
  {
    id: "0030-journal-outside",
    sql: `
      alter table journal_entry add column at text generated always as (leaf::jsonb ->> 'at') stored;
      create index journal_entry_of_kind on journal_entry (tree, kind, n) where n is not null;
      create index journal_entry_of_actor on journal_entry (tree, actor, n) where n is not null;
      create index journal_entry_of_procedure on journal_entry (tree, procedure, n) where n is not null;
      create index journal_entry_of_investigation on journal_entry (tree, investigation, n) where n is not null;
      create index journal_entry_of_time on journal_entry (tree, at) where n is not null;
      -- One statement whose plans are kept: planned anew for each entry, the generated columns cost more than the insert.
      create function journal_append(entry_leaf text, entry_salt bytea, entry_body text) returns void language plpgsql as $$
        declare entry_id bigint; begin
          insert into journal_entry (leaf) values (entry_leaf) returning id into entry_id;
          if entry_body is not null then
            insert into journal_payload (entry, salt, body) values (entry_id, entry_salt, entry_body);
          end if;
          perform pg_notify('journal_pending', '');
        end $$;

      create table journal_party (
        id bigint generated always as identity primary key, kind text not null check (kind in ('witness', 'clock', 'log')),
        name text not null, key text not null, added_by text not null, added_at timestamptz not null,
        ended_by text, ended_at timestamptz, check ((ended_by is null) = (ended_at is null)));
      create unique index journal_party_name on journal_party (kind, name) where ended_at is null;
      create unique index journal_party_key on journal_party (kind, key) where ended_at is null;
      create table journal_cosignature (
        tree text not null, size bigint not null, party bigint not null references journal_party, line text not null,
        at timestamptz not null, primary key (tree, size, party), foreign key (tree, size) references journal_checkpoint);
      create table journal_timestamp (
        tree text not null, size bigint not null, party bigint not null references journal_party, token bytea not null,
        at timestamptz not null, primary key (tree, size, party), foreign key (tree, size) references journal_checkpoint);
      create table journal_seen (
        party bigint not null references journal_party, origin text not null, size bigint not null, note text not null,
        at timestamptz not null, primary key (origin, size));

      create function journal_party_once() returns trigger language plpgsql as $$ begin
        if old.ended_at is null and new.ended_at is not null and new.ended_by is not null
          and (new.id, new.kind, new.name, new.key, new.added_by, new.added_at) = (old.id, old.kind, old.name, old.key, old.added_by, old.added_at)
          then return new; end if;
        raise exception 'an outside party changes once, when it is ended' using errcode = 'LJ001';
      end $$;
      create trigger journal_party_ended before update on journal_party for each row execute function journal_party_once();
      create trigger journal_party_kept before delete on journal_party for each row execute function journal_append_only();
      create trigger journal_party_not_emptied before truncate on journal_party execute function journal_append_only();
      create trigger journal_cosignature_kept before update or delete on journal_cosignature for each row execute function journal_append_only();
      create trigger journal_cosignature_not_emptied before truncate on journal_cosignature execute function journal_append_only();
      create trigger journal_timestamp_kept before update or delete on journal_timestamp for each row execute function journal_append_only();
      create trigger journal_timestamp_not_emptied before truncate on journal_timestamp execute function journal_append_only();
      create trigger journal_seen_kept before update or delete on journal_seen for each row execute function journal_append_only();
      create trigger journal_seen_not_emptied before truncate on journal_seen execute function journal_append_only();
      alter table journal_party enable always trigger journal_party_ended;
      alter table journal_party enable always trigger journal_party_kept;
      alter table journal_party enable always trigger journal_party_not_emptied;
      alter table journal_cosignature enable always trigger journal_cosignature_kept;
      alter table journal_cosignature enable always trigger journal_cosignature_not_emptied;
      alter table journal_timestamp enable always trigger journal_timestamp_kept;
      alter table journal_timestamp enable always trigger journal_timestamp_not_emptied;
      alter table journal_seen enable always trigger journal_seen_kept;
      alter table journal_seen enable always trigger journal_seen_not_emptied;
      grant select, insert, update (ended_by, ended_at) on journal_party to linchpin_app;
      grant select, insert on journal_cosignature, journal_timestamp, journal_seen to linchpin_app;`,
  },
  {
    id: "0031-journal-wake",
    sql: `
      -- Commits that notify wait for each other in the whole server. So only the first of many waiting entries wakes the
      -- sequencer; it looks again until none is left, and now and then for one that was committed just then.
      create or replace function journal_append(entry_leaf text, entry_salt bytea, entry_body text) returns void language plpgsql as $$
        declare entry_id bigint; begin
          insert into journal_entry (leaf) values (entry_leaf) returning id into entry_id;
          if entry_body is not null then
            insert into journal_payload (entry, salt, body) values (entry_id, entry_salt, entry_body);
          end if;
          if not exists (select from journal_entry where n is null and id < entry_id) then
            perform pg_notify('journal_pending', '');
          end if;
        end $$;`,
  },
  {
    id: "0032-journal-quiet",
    sql: `
      -- Nobody is woken: to look for another waiting entry first costs more the more versions of numbered rows are left to vacuum.
      create or replace function journal_append(entry_leaf text, entry_salt bytea, entry_body text) returns void language plpgsql as $$
        declare entry_id bigint; begin
          insert into journal_entry (leaf) values (entry_leaf) returning id into entry_id;
          if entry_body is not null then
            insert into journal_payload (entry, salt, body) values (entry_id, entry_salt, entry_body);
          end if;
        end $$;`,
  },
  {
    id: "0033-journal-no-gap",
    sql: `
      -- Numbers are unique: so many of them between the least and the greatest are all of them. One look-up for each batch and
      -- tree, whatever the planner believes of the table.
      create or replace function journal_no_gap() returns trigger language plpgsql as $$ begin
        if exists (
          select from (select tree, min(n) as least, max(n) as greatest, count(*) as many from numbered group by tree) b
          where b.greatest - b.least + 1 <> b.many
            or (b.least > 0 and (select e.n from journal_entry e where e.tree = b.tree and e.n = b.least - 1) is null))
          then raise exception 'the journal is append-only: numbers follow each other' using errcode = 'LJ001'; end if;
        return null;
      end $$;`,
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
  await tx.query("select journal_append($1, $2, $3)", [leaf, payload?.salt ?? null, payload?.body ?? null])
}

export const lockSequencer = (tx: Tx) => tx.query("select pg_advisory_xact_lock(hashtextextended('linchpin journal sequencer', 0))")

export const lockErasure = (tx: Tx) => tx.query("select pg_advisory_xact_lock(hashtextextended('linchpin journal erasure', 0))")

export async function sizeOf(tx: Tx, tree: string): Promise<number> {
  const { rows } = await tx.query<{ size: string }>("select coalesce(max(n) + 1, 0) as size from journal_entry where tree = $1", [tree])
  return Number(rows[0]!.size)
}

/** In the order of the index that holds waiting entries alone, so that no other is walked through. */
export async function isWaiting(tx: Tx): Promise<boolean> {
  return (await tx.query("select from journal_entry where n is null order by tree, id limit 1")).rowCount === 1
}

/** Numbers entries that have none, from `from` on; returns how many. The table itself asks that each hash is that of its leaf. */
export async function numberEntries(tx: Tx, tree: string, from: number, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `update journal_entry e set n = p.n, hash = sha256('\\x00'::bytea || convert_to(e.leaf, 'UTF8'))
     from (select id, $2::bigint + row_number() over (order by id) - 1 as n
           from (select id from journal_entry where tree = $1 and n is null order by id limit $3) waiting) p
     where e.id = p.id`,
    [tree, from, limit],
  )
  return rowCount ?? 0
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

const ENTRY = "select e.id, e.n, e.leaf, e.hash, p.salt, p.body from journal_entry e left join journal_payload p on p.entry = e.id"

/** Entries with numbers from `from` up to, not including, `until`. */
export async function selectEntries(tx: Tx, tree: string, from: number, until: number): Promise<EntryRow[]> {
  return (
    await tx.query<EntryRow & Record<string, unknown>>(`${ENTRY} where e.tree = $1 and e.n >= $2 and e.n < $3 order by e.n`, [
      tree,
      from,
      until,
    ])
  ).rows
}

/** What a reader of the journal looks for; what is absent does not narrow. */
export interface Wanted {
  tree: string
  kind?: string | undefined
  actor?: string | undefined
  investigation?: string | undefined
  procedure?: string | undefined
  /** ISO 8601, UTC, as headers write it; `until` is not included. */
  since?: string | undefined
  until?: string | undefined
  /** Stands in the ground or the purpose, in whatever case. */
  text?: string | undefined
}

/** One page of numbered entries, onwards from entry `from` in the given order. */
export async function selectWanted(tx: Tx, wanted: Wanted, order: "asc" | "desc", from: number | null, limit: number): Promise<EntryRow[]> {
  const values: unknown[] = [wanted.tree, limit]
  const where = ["e.tree = $1", "e.n is not null"]
  const ask = (condition: (value: string) => string, value: string | number | null | undefined) => {
    if (value !== undefined && value !== null) where.push(condition(`$${values.push(value)}`))
  }
  ask((v) => `e.kind = ${v}`, wanted.kind)
  ask((v) => `e.actor = ${v}`, wanted.actor)
  ask((v) => `e.investigation = ${v}`, wanted.investigation)
  ask((v) => `e.procedure = ${v}`, wanted.procedure)
  ask((v) => `e.at >= ${v}`, wanted.since)
  ask((v) => `e.at < ${v}`, wanted.until)
  ask((v) => `e.n ${order === "asc" ? ">=" : "<="} ${v}`, from)
  if (wanted.text) {
    // As the leaf spells it: most leaves are passed over without being read as JSON.
    const spelled = `$${values.push(JSON.stringify(wanted.text).slice(1, -1))}`
    ask(
      (v) => `case when position(lower(${spelled}) in lower(e.leaf)) = 0 then false
        else position(lower(${v}) in lower(concat_ws(' ', e.leaf::jsonb ->> 'ground', e.leaf::jsonb ->> 'purpose'))) > 0 end`,
      wanted.text,
    )
  }
  const { rows } = await tx.query<EntryRow & Record<string, unknown>>(
    `${ENTRY} where ${where.join(" and ")} order by e.n ${order} limit $2`,
    values,
  )
  return rows
}

/** Erasure entries that name one of the given entries (`tree:number`). */
export async function selectErasuresOf(tx: Tx, places: readonly string[]): Promise<{ tree: string; n: string }[]> {
  return (
    await tx.query<{ tree: string; n: string }>(
      `select distinct e.tree, e.n from unnest($1::text[]) place join journal_entry e
         on e.kind = 'erasure' and e.leaf::jsonb -> 'erases' @> to_jsonb(place) where e.n is not null order by e.n`,
      [places],
    )
  ).rows
}

/** Whether something was erased by an entry that has no number yet, or one of `size` or more. */
export async function hasErasureSince(tx: Tx, size: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select where exists (select from journal_entry where tree = 'decisions' and kind = 'erasure' and n >= $1)
       or exists (select from journal_entry where tree = 'decisions' and n is null and kind = 'erasure')`,
    [size],
  )
  return rowCount === 1
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

export async function selectLastCheckpoint(tx: Tx, tree: string): Promise<{ size: number; note: string } | null> {
  const { rows } = await tx.query<{ size: string; note: string }>(
    "select size, note from journal_checkpoint where tree = $1 order by size desc limit 1",
    [tree],
  )
  return rows[0] ? { size: Number(rows[0].size), note: rows[0].note } : null
}

export async function selectCheckpoint(tx: Tx, tree: string, size: number): Promise<string | null> {
  const { rows } = await tx.query<{ note: string }>("select note from journal_checkpoint where tree = $1 and size = $2", [tree, size])
  return rows[0]?.note ?? null
}

/** The checkpoint with the given SHA-256 over its note as it was signed here. */
export async function selectCheckpointByHash(tx: Tx, sha256: Buffer): Promise<{ tree: string; size: number; note: string } | null> {
  const { rows } = await tx.query<{ tree: string; size: string; note: string }>(
    "select tree, size, note from journal_checkpoint where sha256(convert_to(note, 'UTF8')) = $1",
    [sha256],
  )
  return rows[0] ? { ...rows[0], size: Number(rows[0].size) } : null
}

export type PartyKind = "witness" | "clock" | "log"

export interface PartyRow {
  id: string
  kind: PartyKind
  name: string
  key: string
  addedAt: Date
}

/** Parties outside the operator that are recorded now. */
export async function selectParties(tx: Tx, kind?: PartyKind): Promise<PartyRow[]> {
  return (
    await tx.query<PartyRow & Record<string, unknown>>(
      `select id, kind, name, key, added_at as "addedAt" from journal_party
       where ended_at is null and ($1::text is null or kind = $1) order by kind, name`,
      [kind ?? null],
    )
  ).rows
}

/** False when a party of that kind has the name or the key already. */
export async function insertParty(tx: Tx, row: { kind: PartyKind; name: string; key: string }, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "insert into journal_party (kind, name, key, added_by, added_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [row.kind, row.name, row.key, by, at],
  )
  return rowCount === 1
}

export async function endParty(tx: Tx, kind: PartyKind, name: string, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update journal_party set ended_by = $3, ended_at = $4 where kind = $1 and name = $2 and ended_at is null",
    [kind, name, by, at],
  )
  return rowCount === 1
}

export async function insertCosignature(tx: Tx, row: { tree: string; size: number; party: string; line: string; at: Date }): Promise<void> {
  await tx.query("insert into journal_cosignature (tree, size, party, line, at) values ($1, $2, $3, $4, $5) on conflict do nothing", [
    row.tree,
    row.size,
    row.party,
    row.line,
    row.at,
  ])
}

export async function insertTimestamp(tx: Tx, row: { tree: string; size: number; party: string; token: Buffer; at: Date }): Promise<void> {
  await tx.query("insert into journal_timestamp (tree, size, party, token, at) values ($1, $2, $3, $4, $5) on conflict do nothing", [
    row.tree,
    row.size,
    row.party,
    row.token,
    row.at,
  ])
}

/** What a party outside said of one checkpoint: a cosignature's line, or a time stamp's token. */
export interface VoucherRow {
  tree: string
  size: number
  kind: PartyKind
  name: string
  key: string
  at: Date
  line: string | null
  token: Buffer | null
}

/** In the order of trees and sizes; from the given size on when there is one. */
export async function selectVouchers(tx: Tx, only?: { tree: string; size: number }): Promise<VoucherRow[]> {
  const { rows } = await tx.query<Omit<VoucherRow, "size"> & { size: string }>(
    `select v.tree, v.size, p.kind, p.name, p.key, v.at, v.line, v.token from (
       select tree, size, party, at, line, null::bytea as token from journal_cosignature
       union all select tree, size, party, at, null, token from journal_timestamp) v
     join journal_party p on p.id = v.party
     where $1::text is null or (v.tree = $1 and v.size = $2) order by v.tree desc, v.size, p.kind, p.name, p.id`,
    [only?.tree ?? null, only?.size ?? null],
  )
  return rows.map((r) => ({ ...r, size: Number(r.size) }))
}

/** For each tree and party, the largest checkpoint that the party vouched for. */
export async function selectLargestVouchers(tx: Tx): Promise<Omit<VoucherRow, "line" | "token" | "key">[]> {
  const { rows } = await tx.query<{ tree: string; size: string; kind: PartyKind; name: string; at: Date }>(
    `select distinct on (v.tree, p.kind, p.name) v.tree, v.size, p.kind, p.name, v.at from (
       select tree, size, party, at from journal_cosignature union all select tree, size, party, at from journal_timestamp) v
     join journal_party p on p.id = v.party order by v.tree, p.kind, p.name, v.size desc, v.at desc`,
  )
  return rows.map((r) => ({ ...r, size: Number(r.size) }))
}

export const lockOrigin = (tx: Tx, origin: string) =>
  tx.query("select pg_advisory_xact_lock(hashtextextended('linchpin journal seen ' || $1, 0))", [origin])

/** The largest checkpoint of another log that this node has cosigned. */
export async function selectLastSeen(tx: Tx, origin: string): Promise<{ size: number; note: string } | null> {
  const { rows } = await tx.query<{ size: string; note: string }>(
    "select size, note from journal_seen where origin = $1 order by size desc limit 1",
    [origin],
  )
  return rows[0] ? { size: Number(rows[0].size), note: rows[0].note } : null
}

export async function insertSeen(tx: Tx, row: { party: string; origin: string; size: number; note: string; at: Date }): Promise<void> {
  await tx.query("insert into journal_seen (party, origin, size, note, at) values ($1, $2, $3, $4, $5) on conflict do nothing", [
    row.party,
    row.origin,
    row.size,
    row.note,
    row.at,
  ])
}

/** Payloads still there of numbered entries that are no erasures, behind the entry of that id. */
export async function selectPayloads(
  tx: Tx,
  after: string,
  limit: number,
): Promise<{ id: string; tree: string; n: string; investigation: string | null; body: string }[]> {
  const { rows } = await tx.query<{ id: string; tree: string; n: string; investigation: string | null; body: string }>(
    `select e.id, e.tree, e.n, e.investigation, p.body from journal_payload p join journal_entry e on e.id = p.entry
     where e.id > $1 and e.n is not null and e.kind <> 'erasure' and p.body is not null order by e.id limit $2`,
    [after, limit],
  )
  return rows
}

export async function selectErasureEntry(tx: Tx, ground: string): Promise<{ n: number; hash: Buffer } | null> {
  const { rows } = await tx.query<{ n: string; hash: Buffer }>(
    "select n, hash from journal_entry where kind = 'erasure' and n is not null and leaf::jsonb ->> 'ground' = $1 order by n limit 1",
    [ground],
  )
  return rows[0] ? { n: Number(rows[0].n), hash: rows[0].hash } : null
}
