import type { Scope, Tx } from "#store"
import type { Marking } from "#vocabulary/markings"
import type { Ground, Suggestion } from "./grounds.ts"
import type { Sought } from "./search.ts"

/** `rights_request` is the subject's own and no case material; what was found for it stands in `rights_item` under the class of what it tells of. */
export const requestMigration = {
  id: "0502-rights",
  sql: `
    create table rights_request (
      id text primary key, kind text not null check (kind in ('access', 'rectification', 'erasure', 'restriction')),
      subject text not null, wants text not null, sought jsonb not null, channel text not null, received_at timestamptz not null,
      identity_needed boolean not null, identified_at timestamptz, identity text, waits jsonb not null default '[]',
      extended_at timestamptz, extension_reason text, refused_at timestamptz, refusal text,
      searched_at timestamptz, handed_over_at timestamptz, done text, closed_at timestamptz, letter text, entered_by text not null, entered_at timestamptz not null);
    create table rights_item (
      request text not null references rights_request, n int not null, investigation text not null, access_class int not null,
      exhibit text not null, item text not null, scope text not null, kinds jsonb not null, records text[] not null, found_by text[] not null,
      own_device boolean not null, marking jsonb not null, suggestions jsonb not null,
      decision text check (decision in ('give', 'withhold', 'silent', 'not-about')), ground text, reason text, decided_by text, decided_at timestamptz,
      primary key (request, n));
    alter table rights_item enable row level security;
    create policy rights_item_sight on rights_item using (linchpin_sees(access_class));
    create table record_note (
      id text primary key, investigation text not null, access_class int not null, record text not null, exhibit text not null,
      state text not null check (state in ('contested', 'rectified', 'restricted')), words text not null, request text references rights_request,
      by text not null, at timestamptz not null);
    create index record_note_record on record_note (record);
    alter table record_note enable row level security;
    create policy record_note_sight on record_note using (linchpin_sees(access_class));
    grant select, insert, update on rights_request to linchpin_app;
    grant select, insert, delete, update (decision, ground, reason, decided_by, decided_at) on rights_item to linchpin_app;
    grant select, insert on record_note to linchpin_app;`,
}

export type RequestKind = "access" | "rectification" | "erasure" | "restriction"

export interface RequestRow {
  id: string
  kind: RequestKind
  subject: string
  wants: string
  sought: Sought
  channel: string
  received_at: Date
  identity_needed: boolean
  identified_at: Date | null
  identity: string | null
  waits: { from: number; to: number | null }[]
  extended_at: Date | null
  extension_reason: string | null
  refused_at: Date | null
  refusal: string | null
  searched_at: Date | null
  handed_over_at: Date | null
  done: string | null
  closed_at: Date | null
  letter: string | null
  entered_by: string
  entered_at: Date
}

export async function insertRequest(
  tx: Tx,
  r: Pick<
    RequestRow,
    "id" | "kind" | "subject" | "wants" | "sought" | "channel" | "received_at" | "identity_needed" | "entered_by" | "entered_at"
  >,
): Promise<void> {
  await tx.query(
    `insert into rights_request (id, kind, subject, wants, sought, channel, received_at, identity_needed, entered_by, entered_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    [r.id, r.kind, r.subject, r.wants, JSON.stringify(r.sought), r.channel, r.received_at, r.identity_needed, r.entered_by, r.entered_at],
  )
}

export async function selectRequests(tx: Tx, id: string | null): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow & Record<string, unknown>>(
    "select * from rights_request where $1::text is null or id = $1 order by closed_at is not null, received_at, id",
    [id],
  )
  return rows
}

type Settable =
  | "identified_at"
  | "identity"
  | "waits"
  | "extended_at"
  | "extension_reason"
  | "refused_at"
  | "refusal"
  | "searched_at"
  | "handed_over_at"
  | "done"
  | "closed_at"
  | "letter"

/** Sets what a step of the request changes. Column names come from the type above only. */
export async function updateRequest(tx: Tx, id: string, set: Partial<Pick<RequestRow, Settable>>): Promise<void> {
  const entries = Object.entries(set)
  await tx.query(`update rights_request set ${entries.map(([name], n) => `${name} = $${n + 2}`).join(", ")} where id = $1`, [
    id,
    ...entries.map(([, value]) => (Array.isArray(value) ? JSON.stringify(value) : value)),
  ])
}

export interface ItemRow {
  request: string
  n: number
  investigation: string
  access_class: number
  exhibit: string
  item: string
  scope: Scope
  kinds: Record<string, number>
  records: string[]
  found_by: string[]
  own_device: boolean
  marking: Marking
  suggestions: Suggestion[]
  decision: "give" | "withhold" | "silent" | "not-about" | null
  ground: Ground | null
  reason: string | null
  decided_by: string | null
  decided_at: Date | null
}

/** Replaces what an earlier search found; what was decided of the same exhibit and scope stays decided. */
export async function replaceItems(
  tx: Tx,
  request: string,
  items: readonly Omit<ItemRow, "request" | "n" | "decision" | "ground" | "reason" | "decided_by" | "decided_at">[],
): Promise<void> {
  const before = new Map((await selectRequestItems(tx, request)).map((i) => [`${i.exhibit} ${i.scope}`, i]))
  await tx.query("delete from rights_item where request = $1", [request])
  for (const [n, i] of items.entries()) {
    const was = before.get(`${i.exhibit} ${i.scope}`)
    await tx.query(
      `insert into rights_item (request, n, investigation, access_class, exhibit, item, scope, kinds, records, found_by, own_device, marking, suggestions,
         decision, ground, reason, decided_by, decided_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
      [
        request,
        n + 1,
        i.investigation,
        i.access_class,
        i.exhibit,
        i.item,
        i.scope,
        JSON.stringify(i.kinds),
        i.records,
        i.found_by,
        i.own_device,
        JSON.stringify(i.marking),
        JSON.stringify(i.suggestions),
        was?.decision ?? null,
        was?.ground ?? null,
        was?.reason ?? null,
        was?.decided_by ?? null,
        was?.decided_at ?? null,
      ],
    )
  }
}

export async function selectRequestItems(tx: Tx, request: string): Promise<ItemRow[]> {
  const { rows } = await tx.query<ItemRow & Record<string, unknown>>("select * from rights_item where request = $1 order by n", [request])
  return rows
}

export async function decideItem(
  tx: Tx,
  request: string,
  n: number,
  d: { decision: string; ground: string | null; reason: string; by: string; at: Date },
): Promise<boolean> {
  const done = await tx.query(
    "update rights_item set decision = $3, ground = $4, reason = $5, decided_by = $6, decided_at = $7 where request = $1 and n = $2",
    [request, n, d.decision, d.ground, d.reason, d.by, d.at],
  )
  return done.rowCount === 1
}

export interface NoteRow {
  id: string
  investigation: string
  access_class: number
  record: string
  exhibit: string
  state: "contested" | "rectified" | "restricted"
  words: string
  request: string | null
  by: string
  at: Date
}

export async function insertNote(tx: Tx, n: NoteRow): Promise<void> {
  await tx.query(
    `insert into record_note (id, investigation, access_class, record, exhibit, state, words, request, by, at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    [n.id, n.investigation, n.access_class, n.record, n.exhibit, n.state, n.words, n.request, n.by, n.at],
  )
}

export async function selectNotes(tx: Tx, investigation: string, record: string | null): Promise<NoteRow[]> {
  const { rows } = await tx.query<NoteRow & Record<string, unknown>>(
    "select * from record_note where investigation = $1 and ($2::text is null or record = $2) order by at, id",
    [investigation, record],
  )
  return rows
}
