import type { Migration, Tx } from "#store"
import { LOCAL_USER } from "#vocabulary/ids"
import type { Classification, Marking as Terms } from "#vocabulary/markings"
import type { Role } from "#vocabulary/roles"
import { announcementMigration } from "./announcements/sql.ts"
import { outsideMigration } from "./outside/sql.ts"
import { peopleMigration } from "./people/sql.ts"
import { permissionMigration, remarkMigration } from "./permissions.ts"
import { protectionMigrations } from "./protection.ts"
import { rerunMigration } from "./reruns/sql.ts"

/**
 * Who there is, which investigations (compartments) there are, who works in which, and the access classes that rows carry. An
 * ended grant stays as a row. Classes are never changed: a number means one marking for ever. Row-level security stands on
 * the tables that carry a class (`segment` and those of the stages); the tables here say who may see what and carry none.
 */
export const migrations: Migration[] = [
  {
    id: "0006-access",
    sql: `
      create table organisation (id text primary key, name text not null);
      create table person (id text primary key, name text not null, organisation text not null references organisation, left_at timestamptz);
      create table investigation (
        id text primary key, name text not null unique, title text not null, opened_by text not null references person,
        opened_at timestamptz not null, closed_at timestamptz);
      create table role_grant (
        id bigint generated always as identity primary key, person text not null references person,
        investigation text not null references investigation, role text not null check (role in ('lead', 'analyst', 'reader')),
        granted_by text not null references person, granted_at timestamptz not null, ended_at timestamptz);
      create unique index role_grant_live on role_grant (person, investigation, role) where ended_at is null;
      create table access_class (
        id int generated always as identity primary key, key text not null unique, investigation text not null references investigation,
        classification text not null, conditions text[] not null, originators text[] not null);
      create index access_class_investigation on access_class (investigation);
      insert into organisation (id, name) values ('local', 'This node');
      insert into person (id, name, organisation) values ('${LOCAL_USER}', 'Local user', 'local');
      grant select on organisation, person to linchpin_app;
      grant select, insert, update (closed_at) on investigation to linchpin_app;
      grant select, insert, update (ended_at) on role_grant to linchpin_app;
      grant select, insert on access_class to linchpin_app;`,
  },
  {
    id: "0010-authority",
    // The local user of a node without sign-in stands for everybody who opens its data folder: he holds every role.
    sql: `
      alter table organisation add column state text not null default 'ZZ', add column chain text;
      alter table person add column team text not null default '', add column contact text, add column entered_at timestamptz,
        add column clearance text not null default 'OFFICIAL' check (clearance in ('OFFICIAL', 'SECRET', 'TOP SECRET'));
      update person set clearance = 'TOP SECRET', team = 'local' where id = '${LOCAL_USER}';
      alter table investigation drop constraint investigation_name_key;
      create index investigation_name on investigation (name);
      alter table role_grant alter column investigation drop not null, drop constraint role_grant_role_check;
      update role_grant set role = 'operations-lead' where role = 'lead';
      update role_grant set role = 'analyst' where role = 'reader';
      alter table role_grant add constraint role_grant_role_check check (
        case when investigation is null
          then role in ('opener', 'programme-lead', 'data-protection-officer', 'duty-officer', 'cleared-officer', 'inspector', 'administrator')
          else role in ('analyst', 'financial-investigator', 'examiner', 'online-officer', 'operations-lead', 'authorising-officer', 'prosecutor', 'disclosure-officer')
        end);
      drop index role_grant_live;
      create unique index role_grant_live on role_grant (person, investigation, role) nulls not distinct where ended_at is null;
      insert into role_grant (person, investigation, role, granted_by, granted_at)
        select '${LOCAL_USER}', null, r, '${LOCAL_USER}', now() from unnest(array['opener', 'programme-lead', 'data-protection-officer', 'duty-officer',
          'cleared-officer', 'inspector', 'administrator']) r;
      insert into role_grant (person, investigation, role, granted_by, granted_at)
        select distinct '${LOCAL_USER}', g.investigation, r, '${LOCAL_USER}', now() from role_grant g, unnest(array['analyst', 'financial-investigator',
          'examiner', 'online-officer', 'authorising-officer', 'prosecutor', 'disclosure-officer']) r
        where g.person = '${LOCAL_USER}' and g.investigation is not null and g.ended_at is null on conflict do nothing;
      alter table access_class add column sensitive boolean not null default false, add column tlp text, add column sharing text not null default 'P',
        add column codes text[] not null default '{}', add column audience text[], add column purposes text[];
      update access_class set sharing = case when 'C' = any (conditions) then 'C' else 'P' end,
        sensitive = classification = 'OFFICIAL-SENSITIVE', classification = replace(classification, '-SENSITIVE', ''),
        codes = array(select c from unnest(conditions) c where c in ('H0', 'H1', 'H2', 'H3') order by c),
        conditions = array(select c from unnest(conditions) c where c not in ('C', 'H0', 'H1', 'H2', 'H3') order by c);
      create table node_setting (key text primary key, value text not null);
      grant insert, update (name, state, chain) on organisation to linchpin_app;
      grant insert, update (left_at, name, team, contact, clearance, organisation) on person to linchpin_app;
      grant select, insert, update (value) on node_setting to linchpin_app;`,
  },
  rerunMigration,
  permissionMigration,
  peopleMigration,
  ...protectionMigrations,
  remarkMigration,
  outsideMigration,
  announcementMigration,
]

export interface InvestigationRow {
  id: string
  name: string
  title: string
}

export interface PersonRow {
  id: string
  name: string
  organisation: string
  team: string
  clearance: Classification
}

export async function selectPerson(tx: Tx, id: string): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow & Record<string, unknown>>(
    "select id, name, organisation, team, clearance from person where id = $1 and left_at is null",
    [id],
  )
  return rows[0] ?? null
}

/** How somebody is named to others. */
export type PersonCard = Pick<PersonRow, "id" | "name" | "organisation" | "team"> & { contact: string | null }

/** Also of who has left. */
export async function selectPersonCard(tx: Tx, id: string): Promise<PersonCard | null> {
  const { rows } = await tx.query<PersonCard & Record<string, unknown>>(
    `select p.id, p.name, o.name as organisation, p.team, p.contact from person p join organisation o on o.id = p.organisation where p.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** Whatever its state: for what was asked in it, not for who asks about it. */
export async function selectInvestigationById(tx: Tx, id: string): Promise<InvestigationRow | null> {
  const { rows } = await tx.query<InvestigationRow & Record<string, unknown>>("select id, name, title from investigation where id = $1", [
    id,
  ])
  return rows[0] ?? null
}

/** Roles in force; those of closed investigations are not. */
export async function selectGrants(tx: Tx, person: string): Promise<{ role: Role; investigation: string | null }[]> {
  const { rows } = await tx.query<{ role: Role; investigation: string | null }>(
    `select g.role, g.investigation from role_grant g left join investigation i on i.id = g.investigation
     where g.person = $1 and g.ended_at is null and i.closed_at is null order by g.investigation nulls first, g.role`,
    [person],
  )
  return rows
}

/** Open investigations of that id or name among those given, by id. */
export async function selectInvestigations(tx: Tx, idOrName: string, among: readonly string[]): Promise<InvestigationRow[]> {
  const { rows } = await tx.query<InvestigationRow & Record<string, unknown>>(
    "select id, name, title from investigation where (id = $1 or name = $1) and id = any ($2) and closed_at is null order by id",
    [idOrName, among],
  )
  return rows
}

export async function selectInvestigationsOf(tx: Tx, person: string): Promise<InvestigationRow[]> {
  const { rows } = await tx.query<InvestigationRow & Record<string, unknown>>(
    `select i.id, i.name, i.title from investigation i where i.closed_at is null
       and exists (select from role_grant g where g.investigation = i.id and g.person = $1 and g.ended_at is null) order by i.name, i.id`,
    [person],
  )
  return rows
}

export async function insertInvestigation(tx: Tx, row: InvestigationRow, by: string, at: Date): Promise<void> {
  await tx.query("insert into investigation (id, name, title, opened_by, opened_at) values ($1, $2, $3, $4, $5)", [
    row.id,
    row.name,
    row.title,
    by,
    at,
  ])
}

export async function insertGrant(tx: Tx, person: string, investigation: string | null, role: Role, by: string, at: Date): Promise<void> {
  await tx.query(
    `insert into role_grant (person, investigation, role, granted_by, granted_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [person, investigation, role, by, at],
  )
}

export interface ClassRow extends Terms {
  id: number
  key: string
  investigation: string
}

export async function selectClassByKey(tx: Tx, key: string): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>("select id from access_class where key = $1", [key])
  return rows[0]?.id ?? null
}

export async function insertClass(tx: Tx, key: string, m: Terms & { investigation: string }): Promise<void> {
  await tx.query(
    `insert into access_class (key, investigation, classification, sensitive, tlp, sharing, codes, conditions, originators, audience, purposes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [key, m.investigation, m.classification, m.sensitive, m.tlp, m.sharing, m.codes, m.conditions, m.originators, m.audience, m.purposes],
  )
}

const CLASS_COLUMNS =
  "c.id, c.key, c.investigation, c.classification, c.sensitive, c.tlp, c.sharing, c.codes, c.conditions, c.originators, c.audience, c.purposes"

/** Classes of open investigations: of those given, or of all. */
export async function selectClasses(tx: Tx, investigations: readonly string[] | null): Promise<ClassRow[]> {
  const { rows } = await tx.query<ClassRow & Record<string, unknown>>(
    `select ${CLASS_COLUMNS} from access_class c join investigation i on i.id = c.investigation
     where i.closed_at is null and ($1::text[] is null or c.investigation = any ($1)) order by c.id`,
    [investigations],
  )
  return rows
}

export async function selectClassesById(tx: Tx, ids: readonly number[]): Promise<ClassRow[]> {
  const { rows } = await tx.query<ClassRow & Record<string, unknown>>(
    `select ${CLASS_COLUMNS} from access_class c where c.id = any ($1) order by c.id`,
    [ids],
  )
  return rows
}

/** Every investigation of the node, for whoever may read the journal: it names them all. */
export async function selectInvestigationNames(tx: Tx): Promise<{ id: string; name: string }[]> {
  return (await tx.query<{ id: string; name: string }>("select id, name from investigation order by name")).rows
}
