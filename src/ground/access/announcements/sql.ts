import type { Migration, Tx } from "#store"

/** Announced identifiers, as hashes under the node's key: nobody can read out of the table which, and the contact says no case. */
export const announcementMigration: Migration = {
  id: "0043-announcements",
  sql: `
    create table announcement (
      id text primary key, person text not null, investigation text not null references investigation, covert boolean not null, contact text not null,
      announced_by text not null references person, announced_at timestamptz not null, withdrawn_by text references person, withdrawn_at timestamptz);
    create unique index announcement_live on announcement (person, investigation, covert) where withdrawn_at is null;
    create index announcement_investigation on announcement (investigation);
    grant select, insert, update (withdrawn_by, withdrawn_at) on announcement to linchpin_app;`,
}

export interface AnnouncementRow {
  id: string
  /** Keyed hash of the identifier. */
  person: string
  investigation: string
  covert: boolean
  contact: string
  announced_by: string
  announced_at: Date
}

/** False when the same team announces the same already. */
export async function insertAnnouncement(tx: Tx, a: AnnouncementRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into announcement (id, person, investigation, covert, contact, announced_by, announced_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [a.id, a.person, a.investigation, a.covert, a.contact, a.announced_by, a.announced_at],
  )
  return rowCount === 1
}

export async function selectAnnouncements(tx: Tx, investigation: string): Promise<AnnouncementRow[]> {
  const { rows } = await tx.query<AnnouncementRow & Record<string, unknown>>(
    `select id, person, investigation, covert, contact, announced_by, announced_at from announcement
     where investigation = $1 and withdrawn_at is null order by announced_at, id`,
    [investigation],
  )
  return rows
}

/** What others than these investigations announce of these hashes. Covert ones announce nothing: they are only kept out. */
export async function selectContacts(
  tx: Tx,
  persons: readonly string[],
  own: readonly string[],
): Promise<{ person: string; contact: string }[]> {
  const { rows } = await tx.query<{ person: string; contact: string }>(
    `select distinct person, contact from announcement
     where person = any ($1) and not (investigation = any ($2)) and not covert and withdrawn_at is null order by person, contact`,
    [persons, own],
  )
  return rows
}

/** The withdrawn one; null when that investigation has none of the id. */
export async function withdrawAnnouncement(
  tx: Tx,
  id: string,
  investigation: string,
  by: string,
  at: Date,
): Promise<{ covert: boolean } | null> {
  const { rows } = await tx.query<{ covert: boolean }>(
    `update announcement set withdrawn_by = $3, withdrawn_at = $4 where id = $1 and investigation = $2 and withdrawn_at is null returning covert`,
    [id, investigation, by, at],
  )
  return rows[0] ?? null
}
