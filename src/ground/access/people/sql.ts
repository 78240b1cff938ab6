import type { Migration, Tx } from "#store"
import type { Classification } from "#vocabulary/markings"
import type { Role } from "#vocabulary/roles"

/** Who entered, cleared, granted, ended and closed what, and why: each a row of its own, none of which is ever changed back. */
export const peopleMigration: Migration = {
  id: "0041-people",
  sql: `
    alter table role_grant add column reason text, add column ended_by text references person;
    grant update (ended_by) on role_grant to linchpin_app;
    create table clearance_decision (
      id bigint generated always as identity primary key, person text not null references person, clearance text not null,
      reason text not null, reference text not null, decided_by text not null references person, decided_at timestamptz not null);
    create index clearance_decision_person on clearance_decision (person);
    create table role_request (
      id text primary key, person text not null references person, role text not null, ends boolean not null, reason text not null,
      asked_by text not null references person, asked_at timestamptz not null,
      decided_by text references person check (decided_by <> asked_by), decided_at timestamptz, agreed boolean);
    create unique index role_request_open on role_request (person, role, ends) where decided_at is null;
    create table investigation_closing (
      id bigint generated always as identity primary key, investigation text not null references investigation, reason text not null,
      closed_by text not null references person, closed_at timestamptz not null, reopen_reason text, reopen_asked_by text references person,
      reopen_asked_at timestamptz, reopened_by text references person check (reopened_by <> reopen_asked_by), reopened_at timestamptz);
    create unique index investigation_closing_open on investigation_closing (investigation) where reopened_at is null;
    grant select, insert on clearance_decision to linchpin_app;
    grant select, insert, update (decided_by, decided_at, agreed) on role_request to linchpin_app;
    grant select, insert, update (reopen_reason, reopen_asked_by, reopen_asked_at, reopened_by, reopened_at) on investigation_closing to linchpin_app;`,
}

export interface OrganisationRow {
  id: string
  name: string
  state: string
  chain: string | null
}

export async function selectOrganisations(tx: Tx): Promise<OrganisationRow[]> {
  const { rows } = await tx.query<OrganisationRow & Record<string, unknown>>("select id, name, state, chain from organisation order by id")
  return rows
}

export async function selectOrganisation(tx: Tx, id: string): Promise<OrganisationRow | null> {
  const { rows } = await tx.query<OrganisationRow & Record<string, unknown>>(
    "select id, name, state, chain from organisation where id = $1",
    [id],
  )
  return rows[0] ?? null
}

/** False when there is one of that id. */
export async function insertOrganisation(tx: Tx, o: OrganisationRow): Promise<boolean> {
  const { rowCount } = await tx.query("insert into organisation (id, name, state, chain) values ($1, $2, $3, $4) on conflict do nothing", [
    o.id,
    o.name,
    o.state,
    o.chain,
  ])
  return rowCount === 1
}

export async function updateOrganisation(tx: Tx, o: OrganisationRow): Promise<void> {
  await tx.query("update organisation set name = $2, state = $3, chain = $4 where id = $1", [o.id, o.name, o.state, o.chain])
}

export interface Card {
  id: string
  name: string
  organisation: string
  team: string
  contact: string | null
  clearance: Classification
  left: boolean
}

const CARD = "select id, name, organisation, team, contact, clearance, left_at is not null as left from person"

export async function selectCards(tx: Tx): Promise<Card[]> {
  const { rows } = await tx.query<Card & Record<string, unknown>>(`${CARD} order by left_at is not null, name, id`)
  return rows
}

export async function selectCard(tx: Tx, id: string): Promise<Card | null> {
  const { rows } = await tx.query<Card & Record<string, unknown>>(`${CARD} where id = $1`, [id])
  return rows[0] ?? null
}

export async function insertCard(tx: Tx, c: Omit<Card, "left" | "clearance">, at: Date): Promise<void> {
  await tx.query("insert into person (id, name, organisation, team, contact, entered_at) values ($1, $2, $3, $4, $5, $6)", [
    c.id,
    c.name,
    c.organisation,
    c.team,
    c.contact,
    at,
  ])
}

export async function updateCard(tx: Tx, c: Card): Promise<void> {
  await tx.query("update person set name = $2, organisation = $3, team = $4, contact = $5, clearance = $6 where id = $1", [
    c.id,
    c.name,
    c.organisation,
    c.team,
    c.contact,
    c.clearance,
  ])
}

/** Ends everything that a person holds, and the person's place here. */
export async function markLeft(tx: Tx, person: string, by: string, at: Date): Promise<void> {
  await tx.query("update role_grant set ended_at = $3, ended_by = $2 where person = $1 and ended_at is null", [person, by, at])
  await tx.query("update role_request set decided_at = $2, agreed = false where person = $1 and decided_at is null", [person, at])
  await tx.query("update person set left_at = $2 where id = $1", [person, at])
}

export interface ClearanceRow {
  clearance: string
  reason: string
  reference: string
  by: string
  at: Date
}

export async function insertClearance(tx: Tx, person: string, c: ClearanceRow): Promise<void> {
  await tx.query(
    "insert into clearance_decision (person, clearance, reason, reference, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6)",
    [person, c.clearance, c.reason, c.reference, c.by, c.at],
  )
}

export async function selectClearances(tx: Tx, person: string): Promise<ClearanceRow[]> {
  const { rows } = await tx.query<ClearanceRow & Record<string, unknown>>(
    "select clearance, reason, reference, decided_by as by, decided_at as at from clearance_decision where person = $1 order by id desc",
    [person],
  )
  return rows
}

export interface Holding {
  person: string
  role: Role
  since: Date
}

/** Who holds what role in force: in an investigation, or on the node for null. Of people who have not left. */
export async function selectHoldings(tx: Tx, investigation: string | null): Promise<Holding[]> {
  const { rows } = await tx.query<Holding & Record<string, unknown>>(
    `select g.person, g.role, g.granted_at as since from role_grant g join person p on p.id = g.person
     where g.investigation is not distinct from $1 and g.ended_at is null and p.left_at is null order by p.name, p.id, g.role`,
    [investigation],
  )
  return rows
}

/** False when he holds it already. */
export async function grantRole(
  tx: Tx,
  g: { person: string; investigation: string | null; role: Role; by: string; at: Date; reason: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into role_grant (person, investigation, role, granted_by, granted_at, reason) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [g.person, g.investigation, g.role, g.by, g.at, g.reason],
  )
  return rowCount === 1
}

/** False when he does not hold it. */
export async function endRole(
  tx: Tx,
  g: { person: string; investigation: string | null; role: Role; by: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update role_grant set ended_at = $5, ended_by = $4
     where person = $1 and investigation is not distinct from $2 and role = $3 and ended_at is null`,
    [g.person, g.investigation, g.role, g.by, g.at],
  )
  return (rowCount ?? 0) > 0
}

export interface RequestRow {
  id: string
  person: string
  role: Role
  ends: boolean
  reason: string
  asked_by: string
  asked_at: Date
}

export async function selectRequests(tx: Tx): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow & Record<string, unknown>>(
    "select id, person, role, ends, reason, asked_by, asked_at from role_request where decided_at is null order by asked_at, id",
  )
  return rows
}

/** False when the same waits already. */
export async function insertRequest(tx: Tx, r: RequestRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    "insert into role_request (id, person, role, ends, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    [r.id, r.person, r.role, r.ends, r.reason, r.asked_by, r.asked_at],
  )
  return rowCount === 1
}

/** Null when it is not there or somebody decided on it. */
export async function decideRequest(tx: Tx, id: string, by: string, at: Date, agreed: boolean): Promise<RequestRow | null> {
  const { rows } = await tx.query<RequestRow & Record<string, unknown>>(
    `update role_request set decided_by = $2, decided_at = $3, agreed = $4 where id = $1 and decided_at is null
     returning id, person, role, ends, reason, asked_by, asked_at`,
    [id, by, at, agreed],
  )
  return rows[0] ?? null
}

export interface ClosingRow {
  investigation: string
  name: string
  title: string
  reason: string
  closed_by: string
  closed_at: Date
  reopen_reason: string | null
  reopen_asked_by: string | null
}

/** Closed investigations of those in which the person's roles stand still, with these roles. */
export async function selectClosings(tx: Tx, person: string): Promise<(ClosingRow & { roles: Role[] })[]> {
  const { rows } = await tx.query<ClosingRow & { roles: Role[] } & Record<string, unknown>>(
    `select c.investigation, i.name, i.title, c.reason, c.closed_by, c.closed_at, c.reopen_reason, c.reopen_asked_by,
       array(select g.role from role_grant g where g.investigation = i.id and g.person = $1 and g.ended_at is null order by g.role) as roles
     from investigation_closing c join investigation i on i.id = c.investigation
     where c.reopened_at is null and exists (select from role_grant g where g.investigation = i.id and g.person = $1 and g.ended_at is null)
     order by i.name, i.id`,
    [person],
  )
  return rows
}

export async function closeInvestigation(tx: Tx, c: { investigation: string; reason: string; by: string; at: Date }): Promise<void> {
  await tx.query("update investigation set closed_at = $2 where id = $1", [c.investigation, c.at])
  await tx.query("insert into investigation_closing (investigation, reason, closed_by, closed_at) values ($1, $2, $3, $4)", [
    c.investigation,
    c.reason,
    c.by,
    c.at,
  ])
}

export async function askReopening(tx: Tx, c: { investigation: string; reason: string; by: string; at: Date }): Promise<void> {
  await tx.query(
    `update investigation_closing set reopen_reason = $2, reopen_asked_by = $3, reopen_asked_at = $4
     where investigation = $1 and reopened_at is null`,
    [c.investigation, c.reason, c.by, c.at],
  )
}

export async function reopenInvestigation(tx: Tx, investigation: string, by: string, at: Date): Promise<void> {
  await tx.query("update investigation_closing set reopened_by = $2, reopened_at = $3 where investigation = $1 and reopened_at is null", [
    investigation,
    by,
    at,
  ])
  await tx.query("update investigation set closed_at = null where id = $1", [investigation])
}
