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

export async function insertSession(
  tx: Tx,
  row: { id: string; secret: string; person: string; way: Way; at: Date; provedAt: Date },
): Promise<void> {
  await tx.query(
    "insert into sign_in_session (id, secret_hash, person, way, began_at, proved_at, seen_at) values ($1, $2, $3, $4, $5, $6, $5)",
    [row.id, row.secret, row.person, row.way, row.at, row.provedAt],
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
    "update sign_in_session set proved_at = greatest(proved_at, $2), seen_at = greatest(seen_at, $2) where id = $1 and ended_at is null",
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

export interface PasskeyRow {
  id: string
  person: string
  credential: string
  public_key: Buffer
  transports: string[]
  site: string
  label: string
  added_at: Date
  last_used_at: Date | null
  ended_at: Date | null
}

const PASSKEY = "k.id, k.person, k.credential, k.public_key, k.transports, k.site, k.label, k.added_at, k.last_used_at, k.ended_at"

/** False when the credential is there already, whosever it is. */
export async function insertPasskey(tx: Tx, row: Omit<PasskeyRow, "last_used_at" | "ended_at"> & { counter: number }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into passkey (id, person, credential, public_key, counter, transports, site, label, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (credential) do nothing`,
    [row.id, row.person, row.credential, row.public_key, row.counter, row.transports, row.site, row.label, row.added_at],
  )
  return rowCount === 1
}

export async function selectPasskey(tx: Tx, credential: string): Promise<PasskeyRow | null> {
  const { rows } = await tx.query<PasskeyRow & Record<string, unknown>>(`select ${PASSKEY} from passkey k where k.credential = $1`, [
    credential,
  ])
  return rows[0] ?? null
}

export async function selectPasskeysOf(tx: Tx, person: string): Promise<PasskeyRow[]> {
  const { rows } = await tx.query<PasskeyRow & Record<string, unknown>>(
    `select ${PASSKEY} from passkey k where k.person = $1 order by k.added_at, k.id`,
    [person],
  )
  return rows
}

/** False when the counter did not go on. Authenticators without one say 0 for ever. */
export async function countPasskey(tx: Tx, id: string, counter: number, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update passkey set counter = $2, last_used_at = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) and ended_at is null",
    [id, counter, at],
  )
  return rowCount === 1
}

export async function closePasskey(tx: Tx, id: string, person: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query("update passkey set ended_at = $3 where id = $1 and person = $2 and ended_at is null", [
    id,
    person,
    at,
  ])
  return rowCount === 1
}

/** False when that identity is bound already, whosever it is. */
export async function insertIdentity(
  tx: Tx,
  row: { issuer: string; subject: string; person: string; by: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into sign_in_identity (issuer, subject, person, bound_by, bound_at) values ($1, $2, $3, $4, $5)
     on conflict (issuer, subject) where ended_at is null do nothing`,
    [row.issuer, row.subject, row.person, row.by, row.at],
  )
  return rowCount === 1
}

/** Whose identity it is. */
export async function selectBound(tx: Tx, issuer: string, subject: string): Promise<string | null> {
  const { rows } = await tx.query<{ person: string }>(
    "select person from sign_in_identity where issuer = $1 and subject = $2 and ended_at is null",
    [issuer, subject],
  )
  return rows[0]?.person ?? null
}

export async function closeIdentity(tx: Tx, person: string, issuer: string, subject: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update sign_in_identity set ended_at = $4 where person = $1 and issuer = $2 and subject = $3 and ended_at is null",
    [person, issuer, subject, at],
  )
  return rowCount === 1
}

export interface InvitationRow {
  id: string
  person: string
  name: string
  expires_at: Date
}

export async function insertInvitation(
  tx: Tx,
  row: { id: string; code: string; person: string; by: string; at: Date; until: Date },
): Promise<void> {
  await tx.query("insert into sign_in_invitation (id, code_hash, person, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)", [
    row.id,
    row.code,
    row.person,
    row.by,
    row.at,
    row.until,
  ])
}

/** An invitation that may still be redeemed, of somebody who has not left. */
export async function selectInvitation(tx: Tx, codeHash: string, at: Date): Promise<InvitationRow | null> {
  const { rows } = await tx.query<InvitationRow & Record<string, unknown>>(
    `select v.id, v.person, p.name, v.expires_at from sign_in_invitation v join person p on p.id = v.person
     where v.code_hash = $1 and v.used_at is null and v.ended_at is null and v.expires_at > $2 and p.left_at is null`,
    [codeHash, at],
  )
  return rows[0] ?? null
}

/** Once only. */
export async function redeemInvitation(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update sign_in_invitation set used_at = $2 where id = $1 and used_at is null and ended_at is null and expires_at > $2",
    [id, at],
  )
  return rowCount === 1
}

export async function closeInvitationsOf(tx: Tx, person: string, at: Date): Promise<number> {
  const { rowCount } = await tx.query(
    "update sign_in_invitation set ended_at = $2 where person = $1 and used_at is null and ended_at is null and expires_at > $2",
    [person, at],
  )
  return rowCount ?? 0
}

/** Ends what opens a person's sessions and programs now; what leads to new ones stays. */
export async function closeAllOf(tx: Tx, person: string, at: Date): Promise<{ sessions: number; tokens: number }> {
  const sessions = await tx.query("update sign_in_session set ended_at = $2, ended_why = 'ended' where person = $1 and ended_at is null", [
    person,
    at,
  ])
  const tokens = await tx.query("update api_token set ended_at = $2 where person = $1 and ended_at is null and expires_at > $2", [
    person,
    at,
  ])
  return { sessions: sessions.rowCount ?? 0, tokens: tokens.rowCount ?? 0 }
}

export async function closePasskeysOf(tx: Tx, person: string, at: Date): Promise<number> {
  const { rowCount } = await tx.query("update passkey set ended_at = $2 where person = $1 and ended_at is null", [person, at])
  return rowCount ?? 0
}

export interface WaysRow {
  person: string
  name: string
  organisation: string
  identities: { issuer: string; subject: string }[]
  passkeys: number
  invited: boolean
  sessions: number
  tokens: number
}

/** Everybody who has not left, with the ways in that he has. Sessions are those not ended, lapsed ones that nobody asked for since included. */
export async function selectWays(tx: Tx, at: Date): Promise<WaysRow[]> {
  const { rows } = await tx.query<WaysRow & Record<string, unknown>>(
    `select p.id as person, p.name, o.name as organisation,
       coalesce((select jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject) order by i.id) from sign_in_identity i
         where i.person = p.id and i.ended_at is null), '[]') as identities,
       (select count(*)::int from passkey k where k.person = p.id and k.ended_at is null) as passkeys,
       exists (select from sign_in_invitation v where v.person = p.id and v.used_at is null and v.ended_at is null and v.expires_at > $1) as invited,
       (select count(*)::int from sign_in_session s where s.person = p.id and s.ended_at is null) as sessions,
       (select count(*)::int from api_token t where t.person = p.id and t.ended_at is null and t.expires_at > $1) as tokens
     from person p join organisation o on o.id = p.organisation where p.left_at is null order by p.name, p.id`,
    [at],
  )
  return rows
}

/** Whether somebody who looks after the node could sign in: by a passkey, or by an identity at that issuer. */
export async function canAdministratorSignIn(tx: Tx, issuer: string | null): Promise<boolean> {
  const { rows } = await tx.query<{ found: boolean }>(
    `select exists (select from person p join role_grant g on g.person = p.id
       where p.left_at is null and g.role = 'administrator' and g.investigation is null and g.ended_at is null
         and (exists (select from passkey k where k.person = p.id and k.ended_at is null)
           or exists (select from sign_in_identity i where i.person = p.id and i.ended_at is null and i.issuer = $1))) as found`,
    [issuer],
  )
  return rows[0]!.found
}

export async function selectPresent(tx: Tx, id: string): Promise<{ id: string; name: string; organisation: string } | null> {
  const { rows } = await tx.query<{ id: string; name: string; organisation: string }>(
    "select p.id, p.name, o.name as organisation from person p join organisation o on o.id = p.organisation where p.id = $1 and p.left_at is null",
    [id],
  )
  return rows[0] ?? null
}
