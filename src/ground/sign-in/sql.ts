import type { Migration, Tx } from "#store"
import type { Need } from "#vocabulary/roles"

/**
 * How people prove who they are. Secrets are kept as hashes only; what ended stays as a row. Whoever leaves loses sessions, tokens,
 * passkeys, bindings and invitations in the transaction that says so, whichever procedure that is.
 */
export const migrations: Migration[] = [
  {
    id: "0020-sign-in",
    sql: `
      create table sign_in_identity (
        id bigint generated always as identity primary key, issuer text not null, subject text not null,
        person text not null references person, bound_by text not null references person, bound_at timestamptz not null, ended_at timestamptz);
      create unique index sign_in_identity_live on sign_in_identity (issuer, subject) where ended_at is null;
      create index sign_in_identity_person on sign_in_identity (person);
      create table passkey (
        id text primary key, person text not null references person, credential text not null unique, public_key bytea not null,
        counter bigint not null, transports text[] not null, site text not null, label text not null, added_at timestamptz not null,
        last_used_at timestamptz, ended_at timestamptz);
      create index passkey_person on passkey (person);
      create table sign_in_invitation (
        id text primary key, code_hash text not null unique, person text not null references person, made_by text not null references person,
        made_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz, ended_at timestamptz);
      create index sign_in_invitation_person on sign_in_invitation (person);
      create table sign_in_session (
        id text primary key, secret_hash text not null unique, person text not null references person,
        way text not null check (way in ('provider', 'passkey')), began_at timestamptz not null, proved_at timestamptz not null,
        seen_at timestamptz not null, ended_at timestamptz,
        ended_why text check (ended_why in ('signed-out', 'ended', 'left', 'lapsed')));
      create index sign_in_session_person on sign_in_session (person) where ended_at is null;
      create table api_token (
        id text primary key, secret_hash text not null unique, person text not null references person, label text not null,
        scopes text[] not null check (cardinality(scopes) > 0), made_at timestamptz not null, expires_at timestamptz not null,
        last_used_at timestamptz, ended_at timestamptz, check (expires_at <= made_at + interval '90 days'));
      create index api_token_person on api_token (person) where ended_at is null;
      create table invented_person (person text primary key references person);
      create function end_sign_in() returns trigger language plpgsql as $$ begin
        update sign_in_session set ended_at = new.left_at, ended_why = 'left' where person = new.id and ended_at is null;
        update api_token set ended_at = new.left_at where person = new.id and ended_at is null;
        update passkey set ended_at = new.left_at where person = new.id and ended_at is null;
        update sign_in_identity set ended_at = new.left_at where person = new.id and ended_at is null;
        update sign_in_invitation set ended_at = new.left_at where person = new.id and ended_at is null;
        return new;
      end $$;
      create trigger person_leaves after update of left_at on person for each row when (new.left_at is not null) execute function end_sign_in();
      grant select, insert, update (ended_at) on sign_in_identity to linchpin_app;
      grant select, insert, update (counter, last_used_at, ended_at) on passkey to linchpin_app;
      grant select, insert, update (used_at, ended_at) on sign_in_invitation to linchpin_app;
      grant select, insert, update (proved_at, seen_at, ended_at, ended_why) on sign_in_session to linchpin_app;
      grant select, insert, update (last_used_at, ended_at) on api_token to linchpin_app;
      grant select, insert on invented_person to linchpin_app;`,
  },
]

/** How somebody proved who he is. */
export type Way = "provider" | "passkey"

export interface SessionRow {
  id: string
  person: string
  way: Way
  began_at: Date
  proved_at: Date
  seen_at: Date
}

const SESSION = "s.id, s.person, s.way, s.began_at, s.proved_at, s.seen_at"

export async function insertSession(tx: Tx, row: { id: string; secret: string; person: string; way: Way; at: Date }): Promise<void> {
  await tx.query(
    "insert into sign_in_session (id, secret_hash, person, way, began_at, proved_at, seen_at) values ($1, $2, $3, $4, $5, $5, $5)",
    [row.id, row.secret, row.person, row.way, row.at],
  )
}

export async function selectSession(tx: Tx, secretHash: string): Promise<SessionRow | null> {
  const { rows } = await tx.query<SessionRow & Record<string, unknown>>(
    `select ${SESSION} from sign_in_session s where s.secret_hash = $1 and s.ended_at is null`,
    [secretHash],
  )
  return rows[0] ?? null
}

export async function selectSessionById(tx: Tx, id: string): Promise<SessionRow | null> {
  const { rows } = await tx.query<SessionRow & Record<string, unknown>>(
    `select ${SESSION} from sign_in_session s where s.id = $1 and s.ended_at is null`,
    [id],
  )
  return rows[0] ?? null
}

export async function selectSessionsOf(tx: Tx, person: string): Promise<SessionRow[]> {
  const { rows } = await tx.query<SessionRow & Record<string, unknown>>(
    `select ${SESSION} from sign_in_session s where s.person = $1 and s.ended_at is null order by s.began_at desc, s.id`,
    [person],
  )
  return rows
}

export async function touchSession(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query("update sign_in_session set seen_at = greatest(seen_at, $2) where id = $1", [id, at])
}

export async function markProved(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update sign_in_session set proved_at = $2, seen_at = greatest(seen_at, $2) where id = $1 and ended_at is null",
    [id, at],
  )
  return rowCount === 1
}

/** Whether it was open. */
export async function closeSession(tx: Tx, id: string, person: string, why: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update sign_in_session set ended_at = $4, ended_why = $3 where id = $1 and person = $2 and ended_at is null",
    [id, person, why, at],
  )
  return rowCount === 1
}

export interface TokenRow {
  id: string
  person: string
  label: string
  scopes: Need[]
  made_at: Date
  expires_at: Date
  last_used_at: Date | null
  ended_at: Date | null
}

const TOKEN = "t.id, t.person, t.label, t.scopes, t.made_at, t.expires_at, t.last_used_at, t.ended_at"

export async function insertToken(tx: Tx, row: Omit<TokenRow, "last_used_at" | "ended_at"> & { secret: string }): Promise<void> {
  await tx.query(
    "insert into api_token (id, secret_hash, person, label, scopes, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
    [row.id, row.secret, row.person, row.label, row.scopes, row.made_at, row.expires_at],
  )
}

export async function selectToken(tx: Tx, secretHash: string): Promise<TokenRow | null> {
  const { rows } = await tx.query<TokenRow & Record<string, unknown>>(`select ${TOKEN} from api_token t where t.secret_hash = $1`, [
    secretHash,
  ])
  return rows[0] ?? null
}

/** Those in force first, then by age. */
export async function selectTokensOf(tx: Tx, person: string): Promise<TokenRow[]> {
  const { rows } = await tx.query<TokenRow & Record<string, unknown>>(
    `select ${TOKEN} from api_token t where t.person = $1 order by t.ended_at is not null, t.made_at desc, t.id`,
    [person],
  )
  return rows
}

/** Whether this was its first use. */
export async function touchToken(tx: Tx, id: string, at: Date): Promise<boolean> {
  const first = await tx.query("update api_token set last_used_at = $2 where id = $1 and last_used_at is null", [id, at])
  if (first.rowCount === 1) return true
  await tx.query("update api_token set last_used_at = greatest(last_used_at, $2) where id = $1", [id, at])
  return false
}

export async function closeToken(tx: Tx, id: string, person: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query("update api_token set ended_at = $3 where id = $1 and person = $2 and ended_at is null", [
    id,
    person,
    at,
  ])
  return rowCount === 1
}
