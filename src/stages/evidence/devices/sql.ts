import type { Migration, Tx } from "#store"
import { destructionMigration } from "./destruction.ts"

export const deviceMigrations: Migration[] = [
  {
    id: "0210-device-record",
    sql: `
      create table device_statement (
        id text primary key, turn bigint generated always as identity, item text not null references item, investigation text not null,
        access_class int not null, kind text not null check (kind in ('recorded','authorised','withdrawn','assigned')), said jsonb not null,
        reason text, said_by text not null, said_at timestamptz not null);
      create index device_statement_item on device_statement (item, turn);
      alter table device_statement enable row level security;
      create policy device_statement_sight on device_statement using (linchpin_sees(access_class));
      grant select, insert on device_statement to linchpin_app;`,
  },
  destructionMigration,
]

/** One thing that was said of a device. Rows are added and never changed. */
export interface StatementRow {
  id: string
  item: string
  kind: "recorded" | "authorised" | "withdrawn" | "assigned"
  said: unknown
  reason: string | null
  said_by: string
  said_by_name: string | null
  said_at: Date
}

export async function insertStatement(
  tx: Tx,
  s: Omit<StatementRow, "said_by_name"> & { investigation: string; access_class: number },
): Promise<void> {
  await tx.query(
    "insert into device_statement (id, item, investigation, access_class, kind, said, reason, said_by, said_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
    [s.id, s.item, s.investigation, s.access_class, s.kind, JSON.stringify(s.said), s.reason, s.said_by, s.said_at],
  )
}

export async function selectStatements(tx: Tx, items: readonly string[]): Promise<StatementRow[]> {
  return (
    await tx.query<StatementRow>(
      `select s.id, item, kind, said, reason, said_by, p.name as said_by_name, said_at
       from device_statement s left join person p on p.id = said_by where item = any($1) order by turn`,
      [items],
    )
  ).rows
}

/** So that two people do not write the same grounds, or two authorities, at one time. */
export async function lockEvent(tx: Tx, seizureEvent: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 21))", [seizureEvent])
}
