import type { Migration, Tx } from "#store"

/** A device's rows out of scope and its original go together: proposed by one person, confirmed and done by another. */
export const destructionMigration: Migration = {
  id: "0212-scope-destruction",
  sql: `
    create table scope_destruction (
      id text primary key, item text not null references item, investigation text not null, access_class int not null, ground text not null,
      counts jsonb not null, proposed_by text not null, proposed_at timestamptz not null, confirmed_by text, done_at timestamptz, stub jsonb);
    create index scope_destruction_item on scope_destruction (item);
    alter table scope_destruction enable row level security;
    create policy scope_destruction_sight on scope_destruction using (linchpin_sees(access_class));
    grant select, insert on scope_destruction to linchpin_app;
    grant update (confirmed_by, done_at, stub) on scope_destruction to linchpin_app;`,
}

export interface DestructionRow {
  id: string
  item: string
  ground: string
  counts: Record<string, number>
  proposed_by: string
  proposed_at: Date
  confirmed_by: string | null
  done_at: Date | null
  /** What went, in numbers and hashes; null until it was done. */
  stub: {
    before: Record<string, number>
    after: Record<string, number>
    records: { count: number; sha256: string }
    originals: { exhibit: string; sha256: string; sizeBytes: number; unheld: boolean }[]
    derived: string[]
  } | null
}

export async function insertDestruction(
  tx: Tx,
  d: Pick<DestructionRow, "id" | "item" | "ground" | "counts" | "proposed_by" | "proposed_at"> & {
    investigation: string
    access_class: number
  },
): Promise<void> {
  await tx.query(
    "insert into scope_destruction (id, item, investigation, access_class, ground, counts, proposed_by, proposed_at) values ($1,$2,$3,$4,$5,$6,$7,$8)",
    [d.id, d.item, d.investigation, d.access_class, d.ground, JSON.stringify(d.counts), d.proposed_by, d.proposed_at],
  )
}

export async function selectDestructions(tx: Tx, items: readonly string[]): Promise<DestructionRow[]> {
  return (
    await tx.query<DestructionRow>(
      "select id, item, ground, counts, proposed_by, proposed_at, confirmed_by, done_at, stub from scope_destruction where item = any($1) order by proposed_at, id",
      [items],
    )
  ).rows
}

/** Writes down that it was done, in the transaction that does it. False when somebody else has. */
export async function finishDestruction(
  tx: Tx,
  id: string,
  by: string,
  at: Date,
  stub: NonNullable<DestructionRow["stub"]>,
): Promise<boolean> {
  const done = await tx.query("update scope_destruction set confirmed_by = $2, done_at = $3, stub = $4 where id = $1 and done_at is null", [
    id,
    by,
    at,
    JSON.stringify(stub),
  ])
  return done.rowCount === 1
}

/** An exhibit whose original is gone keeps its counts, and no name or note of what lay in it. */
export async function stripReadings(tx: Tx, item: string): Promise<void> {
  await tx.query("update exhibit set reading = jsonb_set(reading - 'members', '{notes}', '[]') where item = $1 and reading is not null", [
    item,
  ])
}

/** What is said in the place of an original that was destroyed. */
export const stubWords = (d: Pick<DestructionRow, "done_at" | "confirmed_by" | "proposed_by" | "ground">): string =>
  `Destroyed on ${d.done_at!.toISOString()}, proposed by ${d.proposed_by}, confirmed by ${d.confirmed_by}, on ground: ${d.ground}`
