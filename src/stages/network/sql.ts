import type { Migration, Register, Tx } from "#store"

/** Which snapshots were worked out, and on what they rest: an id that was handed out goes on meaning what it meant, or says that it was erased. */
export const migrations: Migration[] = [
  {
    id: "0704-snapshots",
    sql: `
      create table snapshot (
        id text primary key, investigation text not null, classes int[] not null, exhibits text[] not null, made_at timestamptz not null, erased_by text);
      create index snapshot_exhibits on snapshot using gin (exhibits);
      alter table snapshot enable row level security;
      create policy snapshot_sight on snapshot using (not exists (select from unnest(classes) c where not linchpin_sees(c)));
      grant select, insert on snapshot to linchpin_app;`,
  },
  {
    // What was frozen under a name. An erasure that touches the snapshot empties the content: the rest is the stub.
    id: "0620-named-snapshots",
    sql: `
      create table named_snapshot (
        id text primary key, investigation text not null, classes int[] not null, name text not null, snapshot text not null references snapshot,
        request jsonb not null, content jsonb, sha256 text not null, made_by text not null, made_at timestamptz not null);
      create index named_snapshot_investigation on named_snapshot (investigation, made_at);
      create index named_snapshot_snapshot on named_snapshot (snapshot);
      alter table named_snapshot enable row level security;
      create policy named_snapshot_sight on named_snapshot using (not exists (select from unnest(classes) c where not linchpin_sees(c)));
      grant select, insert on named_snapshot to linchpin_app;`,
  },
]

export interface NamedRow {
  id: string
  name: string
  snapshot: string
  request: Record<string, unknown>
  content: unknown
  sha256: string
  made_by: string
  made_at: Date
  erased_by: string | null
}

/** False where the name is taken by whoever sees the same. */
export async function insertNamed(
  tx: Tx,
  n: Omit<NamedRow, "erased_by"> & { investigation: string; classes: readonly number[] },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into named_snapshot (id, investigation, classes, name, snapshot, request, content, sha256, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [n.id, n.investigation, n.classes, n.name, n.snapshot, n.request, n.content, n.sha256, n.made_by, n.made_at],
  )
  return rowCount === 1
}

/** All that the classes show, oldest first; one where an id is given. */
export async function selectNamed(tx: Tx, investigation: string, id?: string): Promise<NamedRow[]> {
  const { rows } = await tx.query<NamedRow>(
    `select n.id, n.name, n.snapshot, n.request, n.content, n.sha256, n.made_by, n.made_at, s.erased_by
     from named_snapshot n join snapshot s on s.id = n.snapshot where n.investigation = $1 and ($2::text is null or n.id = $2) order by n.made_at, n.id`,
    [investigation, id ?? null],
  )
  return rows
}

export async function keepSnapshot(
  register: Register,
  s: { id: string; investigation: string; classes: readonly number[]; exhibits: readonly string[]; at: Date },
): Promise<void> {
  await register.transaction(
    (tx) =>
      tx.query("insert into snapshot (id, investigation, classes, exhibits, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing", [
        s.id,
        s.investigation,
        s.classes,
        s.exhibits,
        s.at,
      ]),
    s.classes,
  )
}

export async function selectSnapshot(
  tx: Tx,
  investigation: string,
  id: string,
): Promise<{ made_at: Date; exhibits: number; erased_by: string | null } | null> {
  const { rows } = await tx.query<{ made_at: Date; exhibits: number; erased_by: string | null }>(
    "select made_at, cardinality(exhibits) as exhibits, erased_by from snapshot where investigation = $1 and id = $2",
    [investigation, id],
  )
  return rows[0] ?? null
}
