import type { Migration, Tx } from "#store"
import { breachMigration } from "./breaches.ts"
import { contestMigration } from "./contests/sql.ts"
import { noticeMigration } from "./notices/procedures.ts"
import { requestMigration } from "./requests/sql.ts"
import { sampleMigration } from "./samples/procedures.ts"

/**
 * `life_alert` crosses compartments and therefore holds the least: no record, no name, no class. It is read by need (`duty`) alone.
 * `life_source` says in the compartment what an alert rests on, under the class of the material.
 */
export const migrations: Migration[] = [
  {
    id: "0501-life",
    sql: `
      create table life_alert (
        id text primary key, mark text not null unique, investigation text,
        kind text not null check (kind in ('boat', 'captive', 'threat', 'lone-child', 'trafficking', 'examine')),
        urgency text not null check (urgency in ('now', 'soon')), signs int not null default 1,
        evidence_at timestamptz, place text, lat double precision, lon double precision, contact text not null, sentence text,
        raised_by text, committed_at timestamptz not null, found_at timestamptz not null, due_at timestamptz not null,
        delivered_at timestamptz, escalated_at timestamptz, acknowledged_at timestamptz, acknowledged_by text,
        closed_at timestamptz, closed_by text, outcome text, told text[] not null default '{}', remark text);
      create index life_alert_open on life_alert (due_at) where closed_at is null;
      create index life_alert_investigation on life_alert (investigation);
      create table life_source (
        alert text not null references life_alert, record text not null, investigation text not null, access_class int not null,
        exhibit text not null, item text not null, scope text not null, kind text not null, words text not null, primary key (alert, record));
      alter table life_source enable row level security;
      create policy life_source_sight on life_source using (linchpin_sees(access_class));
      create table life_watch (one boolean primary key default true check (one), position bigint not null default 0);
      insert into life_watch default values;
      create table life_contact (
        investigation text primary key, contact text not null, tells_name boolean not null, set_by text not null, set_at timestamptz not null);
      grant select, insert, update on life_alert, life_contact to linchpin_app;
      grant select, insert on life_source to linchpin_app;
      grant select, update (position) on life_watch to linchpin_app;`,
  },
  requestMigration,
  breachMigration,
  noticeMigration,
  contestMigration,
  sampleMigration,
]

export interface AlertRow {
  id: string
  investigation: string | null
  kind: string
  urgency: "now" | "soon"
  signs: number
  evidence_at: Date | null
  place: string | null
  lat: number | null
  lon: number | null
  contact: string
  sentence: string | null
  raised_by: string | null
  committed_at: Date
  found_at: Date
  due_at: Date
  delivered_at: Date | null
  escalated_at: Date | null
  acknowledged_at: Date | null
  acknowledged_by: string | null
  closed_at: Date | null
  closed_by: string | null
  outcome: string | null
  told: string[]
  remark: string | null
}

export type NewAlert = Pick<
  AlertRow,
  | "id"
  | "investigation"
  | "kind"
  | "urgency"
  | "evidence_at"
  | "place"
  | "lat"
  | "lon"
  | "contact"
  | "sentence"
  | "raised_by"
  | "committed_at"
  | "found_at"
  | "due_at"
> & { mark: string }

/**
 * Enters an alert, or adds what is new to the one that bears the same mark: a second sign may know the place that the first did not.
 * Gives the id under which it stands, and whether it is new.
 */
export async function insertAlert(tx: Tx, a: NewAlert): Promise<{ id: string; fresh: boolean }> {
  const { rows } = await tx.query<{ id: string; fresh: boolean }>(
    `insert into life_alert (id, mark, investigation, kind, urgency, evidence_at, place, lat, lon, contact, sentence, raised_by, committed_at, found_at, due_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
     on conflict (mark) do update set place = coalesce(life_alert.place, excluded.place), lat = coalesce(life_alert.lat, excluded.lat),
       lon = coalesce(life_alert.lon, excluded.lon), sentence = coalesce(life_alert.sentence, excluded.sentence),
       evidence_at = greatest(life_alert.evidence_at, excluded.evidence_at)
     returning id, id = $1 as fresh`,
    [
      a.id,
      a.mark,
      a.investigation,
      a.kind,
      a.urgency,
      a.evidence_at,
      a.place,
      a.lat,
      a.lon,
      a.contact,
      a.sentence,
      a.raised_by,
      a.committed_at,
      a.found_at,
      a.due_at,
    ],
  )
  return rows[0]!
}

export interface SourceRow {
  alert: string
  record: string
  investigation: string
  access_class: number
  exhibit: string
  item: string
  scope: string
  kind: string
  words: string
}

/** False when the alert has this record already. */
export async function insertSource(tx: Tx, s: SourceRow): Promise<boolean> {
  const done = await tx.query(
    `insert into life_source (alert, record, investigation, access_class, exhibit, item, scope, kind, words)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict do nothing`,
    [s.alert, s.record, s.investigation, s.access_class, s.exhibit, s.item, s.scope, s.kind, s.words],
  )
  return done.rowCount === 1
}

export async function updateSigns(tx: Tx, alert: string): Promise<void> {
  await tx.query("update life_alert set signs = (select greatest(1, count(*)) from life_source where alert = $1) where id = $1", [alert])
}

/** Open alerts, and those closed since `closedSince`, the most urgent first. */
export async function selectAlerts(
  tx: Tx,
  filter: { closedSince?: Date | undefined; investigation?: string; id?: string },
): Promise<AlertRow[]> {
  const { rows } = await tx.query<AlertRow & Record<string, unknown>>(
    `select * from life_alert where ($1::text is null or id = $1) and ($2::text is null or investigation = $2)
       and (closed_at is null or ($3::timestamptz is not null and closed_at >= $3))
     order by closed_at is not null, acknowledged_at is not null, urgency, due_at, id`,
    [filter.id ?? null, filter.investigation ?? null, filter.closedSince ?? null],
  )
  return rows
}

/** What the alerts rest on, as far as the transaction's classes show: rows in scope, or with `open` false those that are not. */
export async function selectSources(tx: Tx, investigation: string, open: boolean): Promise<SourceRow[]> {
  const { rows } = await tx.query<SourceRow & Record<string, unknown>>(
    "select * from life_source where investigation = $1 and (scope = 'in') = $2 order by alert, record",
    [investigation, open],
  )
  return rows
}

export async function markDelivered(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "update life_alert set delivered_at = $1 where delivered_at is null and closed_at is null returning id",
    [at],
  )
  return rows.map((r) => r.id).sort()
}

/** Alerts that nobody acknowledged in time, once each. */
export async function markEscalated(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update life_alert set escalated_at = $1
     where escalated_at is null and acknowledged_at is null and closed_at is null and due_at < $1 returning id`,
    [at],
  )
  return rows.map((r) => r.id).sort()
}

/** False when it was acknowledged or closed before. */
export async function markAcknowledged(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const done = await tx.query(
    "update life_alert set acknowledged_at = $3, acknowledged_by = $2 where id = $1 and acknowledged_at is null and closed_at is null",
    [id, by, at],
  )
  return done.rowCount === 1
}

export async function markClosed(
  tx: Tx,
  id: string,
  close: { by: string; at: Date; outcome: string; told: readonly string[]; remark: string },
): Promise<boolean> {
  const done = await tx.query(
    `update life_alert set closed_at = $3, closed_by = $2, outcome = $4, told = $5, remark = $6,
       acknowledged_at = coalesce(acknowledged_at, $3), acknowledged_by = coalesce(acknowledged_by, $2)
     where id = $1 and closed_at is null`,
    [id, close.by, close.at, close.outcome, close.told, close.remark],
  )
  return done.rowCount === 1
}

export const notifyLife = (tx: Tx) => tx.query("select pg_notify('life', '')")

export async function selectPosition(tx: Tx): Promise<number> {
  return Number((await tx.query<{ position: string }>("select position from life_watch")).rows[0]!.position)
}

export const updatePosition = (tx: Tx, position: number) => tx.query("update life_watch set position = $1 where position < $1", [position])

export interface ContactRow {
  contact: string
  tells_name: boolean
  title: string
}

/** The contact point that the owners of an investigation named; else its leads, and for `examiners` its examiners. */
export async function selectContact(tx: Tx, investigation: string, examiners: boolean): Promise<ContactRow> {
  const { rows } = await tx.query<{ contact: string | null; tells_name: boolean | null; title: string; people: string[] | null }>(
    `select c.contact, c.tells_name, i.title, (
        select array_agg(distinct concat_ws(', ', p.name, p.contact)) from role_grant g join person p on p.id = g.person
        where g.investigation = i.id and g.ended_at is null and p.left_at is null and g.role = $2) as people
     from investigation i left join life_contact c on c.investigation = i.id where i.id = $1`,
    [investigation, examiners ? "examiner" : "operations-lead"],
  )
  const row = rows[0]
  const people = row?.people?.sort().join("; ")
  return {
    contact: (examiners ? (people ?? row?.contact) : (row?.contact ?? people)) ?? "",
    tells_name: row?.tells_name ?? false,
    title: row?.title ?? "",
  }
}

export async function upsertContact(
  tx: Tx,
  c: { investigation: string; contact: string; tellsName: boolean; by: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into life_contact (investigation, contact, tells_name, set_by, set_at) values ($1,$2,$3,$4,$5)
     on conflict (investigation) do update set contact = $2, tells_name = $3, set_by = $4, set_at = $5`,
    [c.investigation, c.contact, c.tellsName, c.by, c.at],
  )
}
