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
]

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
