import type { Migration, Tx } from "#store"

/** The only user of a node that has no directory of people yet. */
export const LOCAL_USER = "us_00000000000000000001"

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
]

export interface InvestigationRow {
  id: string
  name: string
  title: string
}

export async function selectPerson(tx: Tx, id: string): Promise<{ id: string; name: string; organisation: string } | null> {
  const { rows } = await tx.query<{ id: string; name: string; organisation: string }>(
    "select id, name, organisation from person where id = $1 and left_at is null",
    [id],
  )
  return rows[0] ?? null
}

export async function selectInvestigation(tx: Tx, idOrName: string): Promise<InvestigationRow | null> {
  const { rows } = await tx.query<InvestigationRow & Record<string, unknown>>(
    "select id, name, title from investigation where id = $1 or name = $1 order by id = $1 desc limit 1",
    [idOrName],
  )
  return rows[0] ?? null
}

export async function selectInvestigationsOf(tx: Tx, person: string): Promise<InvestigationRow[]> {
  const { rows } = await tx.query<InvestigationRow & Record<string, unknown>>(
    `select i.id, i.name, i.title from investigation i where i.closed_at is null
       and exists (select from role_grant g where g.investigation = i.id and g.person = $1 and g.ended_at is null) order by i.name`,
    [person],
  )
  return rows
}

export async function holdsGrant(tx: Tx, person: string, investigation: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from role_grant g join investigation i on i.id = g.investigation
     where g.person = $1 and g.investigation = $2 and g.ended_at is null and i.closed_at is null limit 1`,
    [person, investigation],
  )
  return rowCount === 1
}

export async function insertInvestigation(tx: Tx, row: InvestigationRow, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "insert into investigation (id, name, title, opened_by, opened_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [row.id, row.name, row.title, by, at],
  )
  return rowCount === 1
}

export async function insertGrant(tx: Tx, person: string, investigation: string, role: string, by: string, at: Date): Promise<void> {
  await tx.query(
    `insert into role_grant (person, investigation, role, granted_by, granted_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [person, investigation, role, by, at],
  )
}

export interface ClassRow {
  id: number
  key: string
}

export async function selectClassByKey(tx: Tx, key: string): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>("select id from access_class where key = $1", [key])
  return rows[0]?.id ?? null
}

export async function insertClass(
  tx: Tx,
  key: string,
  marking: { investigation: string; classification: string; conditions: readonly string[]; originators: readonly string[] },
): Promise<void> {
  await tx.query(
    "insert into access_class (key, investigation, classification, conditions, originators) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [key, marking.investigation, marking.classification, marking.conditions, marking.originators],
  )
}

/** Classes of the investigations in which a person holds a grant; of one of them when it is given. */
export async function selectClassesOf(tx: Tx, person: string, investigation: string | null): Promise<ClassRow[]> {
  const { rows } = await tx.query<ClassRow & Record<string, unknown>>(
    `select c.id, c.key from access_class c join investigation i on i.id = c.investigation
     where i.closed_at is null and ($2::text is null or c.investigation = $2)
       and exists (select from role_grant g where g.investigation = c.investigation and g.person = $1 and g.ended_at is null)
     order by c.id`,
    [person, investigation],
  )
  return rows
}
