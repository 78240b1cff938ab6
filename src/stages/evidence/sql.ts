import type { Migration, Tx } from "#store"
import { deviceMigrations } from "./devices/sql.ts"
import type { Sheet } from "./sheet.ts"

export const migrations: Migration[] = [
  {
    id: "0201-evidence",
    sql: `
      create table seizure_event (
        id text primary key, investigation text not null, access_class int not null, label text not null, kind text not null,
        place text, lat double precision, lon double precision, at timestamptz);
      create table item (
        id text primary key, investigation text not null, access_class int not null, seizure_event text not null references seizure_event,
        reference text, kind text not null, title text, authority text not null, power text, on_arrival boolean not null, grounds text,
        officer text, authoriser text, authoriser_rank text, permitted_uses text[] not null, grade_scheme text not null, grade_code text not null,
        classification text not null, handling text not null, conditions text[] not null, originator text not null, not_in_evidence boolean not null,
        region text, zone text, language text, holder jsonb, taken_in_at timestamptz not null);
      create index item_investigation on item (investigation);
      create table continuity_event (
        item text not null references item, n int not null, at timestamptz not null, what text not null, by_whom text, to_whom text, seal text, primary key (item, n));
      create table exhibit (
        id text primary key, item text not null references item, investigation text not null, access_class int not null,
        path text not null, name text not null, sha256 text not null, size_bytes bigint not null, media_type text not null, undecided boolean not null,
        forced text, mapping jsonb, state text not null default 'sealed' check (state in ('sealed','read','unclaimed','unreadable')),
        format text, importer_version int, reading jsonb, sealed_at timestamptz not null, read_at timestamptz,
        unique (investigation, item, path, sha256));
      create index exhibit_sha256 on exhibit (sha256);
      create index exhibit_item on exhibit (item);
      create table scope_rule (
        id text primary key, investigation text not null, item text not null references item, access_class int not null,
        rule jsonb not null, reason text not null, signed_by text not null, signed_at timestamptz not null, moved jsonb not null);
      ${["seizure_event", "item", "exhibit", "scope_rule"]
        .map((t) => `alter table ${t} enable row level security; create policy ${t}_sight on ${t} using (linchpin_sees(access_class));`)
        .join("\n      ")}
      alter table continuity_event enable row level security;
      create policy continuity_sight on continuity_event using (exists (select from item where item.id = item));
      grant select, insert on seizure_event, item, exhibit, continuity_event, scope_rule to linchpin_app;
      grant update (state, format, importer_version, reading, read_at) on exhibit to linchpin_app;`,
  },
  {
    id: "0060-event-per-class",
    // One occasion has one id, since ties count occasions; what is said of it stands under each marking for itself.
    sql: `
      alter table item drop constraint item_seizure_event_fkey;
      alter table seizure_event drop constraint seizure_event_pkey;
      insert into seizure_event (id, investigation, access_class, label, kind, place, lat, lon, at)
        select distinct e.id, e.investigation, i.access_class, e.label, e.kind, e.place, e.lat, e.lon, e.at
        from item i join seizure_event e on e.id = i.seizure_event where i.access_class <> e.access_class;
      alter table seizure_event add primary key (id, access_class);
      alter table item add constraint item_seizure_event_fkey foreign key (seizure_event, access_class) references seizure_event (id, access_class);`,
  },
  { id: "0202-evidence-ways", sql: "grant update (forced, mapping) on exhibit to linchpin_app;" },
  {
    // A grade is never overwritten: what was given stays, and whoever grades anew says why.
    id: "0203-gradings",
    sql: `
      create table item_grading (
        item text not null references item, n int not null, access_class int not null, scheme text not null, code text not null, grader text not null,
        reason text not null, at timestamptz not null, primary key (item, n));
      alter table item_grading enable row level security;
      create policy item_grading_sight on item_grading using (linchpin_sees(access_class));
      grant select, insert on item_grading to linchpin_app;`,
  },
  {
    id: "0703-evidence-erased",
    // What was erased stays as a stub; where the rows went but the original is kept as evidence, its processing is restricted (DPA 2018 s.47(2)).
    sql: "alter table item add column erased_by text; alter table exhibit add column erased_by text, add column restricted_by text;",
  },
  ...deviceMigrations,
  {
    // A decision says where it moved rows to, and which job signed it, so that a job that is begun again does not sign twice.
    id: "0211-scope-verdicts",
    sql: `
      alter table scope_rule add column verdict text not null default 'in' check (verdict in ('in','sealed','apart')), add column job text, add column counsel text;
      create unique index scope_rule_job on scope_rule (job, item) where job is not null;`,
  },
]

export interface ItemRow {
  id: string
  investigation: string
  access_class: number
  seizure_event: string
  reference: string | null
  kind: string
  title: string | null
  authority: string
  power: string | null
  on_arrival: boolean
  grounds: string | null
  officer: string | null
  authoriser: string | null
  authoriser_rank: string | null
  permitted_uses: string[]
  /** The grade that counts: the last one given. */
  grade_scheme: string
  grade_code: string
  /** As it came with the item. */
  given_scheme: string
  given_code: string
  classification: string
  handling: string
  conditions: string[]
  originator: string
  not_in_evidence: boolean
  region: string | null
  zone: string | null
  language: string | null
  holder: { description?: string; standing?: string } | null
  taken_in_at: Date
  /** The erasure that left a stub of it. */
  erased_by: string | null
}

export interface ExhibitRow {
  id: string
  item: string
  investigation: string
  access_class: number
  path: string
  name: string
  sha256: string
  size_bytes: string
  media_type: string
  undecided: boolean
  forced: string | null
  mapping: unknown
  state: "sealed" | "read" | "unclaimed" | "unreadable"
  format: string | null
  importer_version: number | null
  reading: Reading | null
  sealed_at: Date
  read_at: Date | null
  erased_by: string | null
  /** The erasure that took rows of it away and kept the original. */
  restricted_by: string | null
}

/** What became of an exhibit when it was read. `there` = `read` + `rejected`, always. */
export interface Reading {
  there: number
  /** Records by kind, further records (shared cards, attachments) included. */
  read: Record<string, number>
  /** Records by kind and app or platform. */
  detail: Record<string, number>
  units: number
  rejected: number
  notes: string[]
  /** Members of a container, with their own counts; absent for a plain file. */
  members?: MemberReading[]
}

export interface MemberReading {
  path: string
  sha256: string
  sizeBytes: number
  mediaType: string
  format: string | null
  there: number
  units: number
  rejected: number
}

export interface SeizureEventRow {
  id: string
  access_class: number
  label: string
  kind: string
  place: string | null
  lat: number | null
  lon: number | null
  at: Date | null
}

export async function insertSeizureEvent(tx: Tx, investigation: string, e: SeizureEventRow): Promise<void> {
  await tx.query(
    "insert into seizure_event (id, investigation, access_class, label, kind, place, lat, lon, at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict do nothing",
    [e.id, investigation, e.access_class, e.label, e.kind, e.place, e.lat, e.lon, e.at],
  )
}

export interface NewItem {
  id: string
  investigation: string
  accessClass: number
  seizureEvent: string
  sheet: Sheet & { authority: string; grade: NonNullable<Sheet["grade"]>; handling: string }
  undecided: boolean
  takenInAt: Date
}

export async function insertItem(tx: Tx, i: NewItem): Promise<boolean> {
  const s = i.sheet
  const done = await tx.query(
    `insert into item (id, investigation, access_class, seizure_event, reference, kind, title, authority, power, on_arrival, grounds, officer, authoriser, authoriser_rank,
       permitted_uses, grade_scheme, grade_code, classification, handling, conditions, originator, not_in_evidence, region, zone, language, holder, taken_in_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27) on conflict do nothing`,
    [
      i.id,
      i.investigation,
      i.accessClass,
      i.seizureEvent,
      s.reference ?? null,
      s.kind,
      s.title ?? null,
      s.authority,
      s.power ?? null,
      i.undecided,
      s.grounds ?? null,
      s.officer ?? null,
      s.authoriser ?? null,
      s.authoriserRank ?? null,
      s.permittedUses,
      s.grade.scheme,
      s.grade.code,
      s.classification,
      s.handling,
      s.conditions,
      s.originator,
      s.notInEvidence,
      s.region ?? null,
      s.zone ?? null,
      s.language ?? null,
      s.holder ? JSON.stringify(s.holder) : null,
      i.takenInAt,
    ],
  )
  if (done.rowCount === 0) return false
  for (const [n, c] of s.continuity.entries())
    await tx.query("insert into continuity_event (item, n, at, what, by_whom, to_whom, seal) values ($1,$2,$3,$4,$5,$6,$7)", [
      i.id,
      n,
      c.at,
      c.what,
      c.by ?? null,
      c.to ?? null,
      c.seal ?? null,
    ])
  return true
}

export async function insertExhibit(
  tx: Tx,
  e: Pick<
    ExhibitRow,
    "id" | "item" | "investigation" | "access_class" | "path" | "name" | "sha256" | "media_type" | "undecided" | "forced" | "mapping"
  > & { size_bytes: number; sealed_at: Date },
): Promise<void> {
  await tx.query(
    "insert into exhibit (id, item, investigation, access_class, path, name, sha256, size_bytes, media_type, undecided, forced, mapping, sealed_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) on conflict do nothing",
    [
      e.id,
      e.item,
      e.investigation,
      e.access_class,
      e.path,
      e.name,
      e.sha256,
      e.size_bytes,
      e.media_type,
      e.undecided,
      e.forced,
      e.mapping == null ? null : JSON.stringify(e.mapping),
      e.sealed_at,
    ],
  )
}

/**
 * The exhibit that this file already is, under the same marking: what is held under another one decides nothing here. Of a thing with a reference: the same
 * path in the same thing. Without one: the same path and bytes in a thing without a reference that was taken on the same ground
 * and is not another one of the same request. The same bytes on two phones are two exhibits, because that is a fact about both.
 */
export async function findHeld(
  tx: Tx,
  file: {
    investigation: string
    accessClass: number
    sha256: string
    path: string
    item: string
    named: boolean
    undecided: boolean
    others: readonly string[]
  },
): Promise<ExhibitRow | null> {
  const { rows } = await tx.query<ExhibitRow>(
    `select e.* from exhibit e join item i on i.id = e.item
     where e.investigation = $1 and e.access_class = $8 and e.sha256 = $2 and e.path = $3 and e.undecided = $6
       and (e.item = $4 or (not $5 and i.reference is null and e.item <> all($7)))
     order by e.item <> $4, e.sealed_at, e.id limit 1`,
    [file.investigation, file.sha256, file.path, file.item, file.named, file.undecided, file.others, file.accessClass],
  )
  return rows[0] ?? null
}

/**
 * Gives an exhibit another way to be read, and has it read anew: only while nothing was read out of it, so that no record can
 * ever come to stand for something else.
 */
export async function updateWay(tx: Tx, id: string, forced: string | null, mapping: unknown): Promise<void> {
  const json = mapping == null ? null : JSON.stringify(mapping)
  await tx.query(
    `update exhibit set forced = $2, mapping = $3, state = 'sealed', format = null, importer_version = null, reading = null, read_at = null
     where id = $1 and (forced is distinct from $2 or mapping is distinct from $3::jsonb)
       and (state = 'sealed' or (state = 'unclaimed' and (reading->'there')::int = 0))`,
    [id, forced, json],
  )
}

/** Stubs of what was erased stay out unless they are asked for. */
export async function selectExhibits(
  tx: Tx,
  filter: { investigation?: string; item?: string; ids?: readonly string[]; state?: string; stubs?: boolean },
): Promise<ExhibitRow[]> {
  const { rows } = await tx.query<ExhibitRow>(
    `select * from exhibit where ($1::text is null or investigation = $1) and ($2::text is null or item = $2) and ($3::text[] is null or id = any($3))
       and ($4::text is null or state = $4) and ($5 or erased_by is null) order by item, path, id`,
    [filter.investigation ?? null, filter.item ?? null, filter.ids ?? null, filter.state ?? null, filter.stubs ?? false],
  )
  return rows
}

/** Stubs of what was erased stay out unless they are asked for. */
export async function selectItems(
  tx: Tx,
  filter: { investigation?: string | undefined; ids?: readonly string[]; seizureEvent?: string; stubs?: boolean },
): Promise<ItemRow[]> {
  const { rows } = await tx.query<ItemRow & { last_scheme: string | null; last_code: string | null }>(
    `select i.*, i.grade_scheme as given_scheme, i.grade_code as given_code, g.scheme as last_scheme, g.code as last_code
     from item i left join lateral (select scheme, code from item_grading where item = i.id order by n desc limit 1) g on true
     where ($1::text is null or i.investigation = $1) and ($2::text[] is null or i.id = any($2)) and ($3::text is null or i.seizure_event = $3)
       and ($4 or i.erased_by is null)
     order by i.reference nulls last, i.id`,
    [filter.investigation ?? null, filter.ids ?? null, filter.seizureEvent ?? null, filter.stubs ?? false],
  )
  return rows.map(({ last_scheme, last_code, ...i }) =>
    last_scheme && last_code ? { ...i, grade_scheme: last_scheme, grade_code: last_code } : i,
  )
}

export async function selectSeizureEvents(tx: Tx, investigation: string): Promise<SeizureEventRow[]> {
  return (
    await tx.query<SeizureEventRow>(
      `select id, access_class, label, kind, place, lat, lon, at from seizure_event e where investigation = $1
         and exists (select from item i where i.seizure_event = e.id and i.access_class = e.access_class and i.erased_by is null)
       order by at nulls last, id, label, kind, place, lat, lon`,
      [investigation],
    )
  ).rows
}

export async function selectContinuity(
  tx: Tx,
  item: string,
): Promise<{ n: number; at: Date; what: string; by_whom: string | null; to_whom: string | null; seal: string | null }[]> {
  return (
    await tx.query<{ n: number; at: Date; what: string; by_whom: string | null; to_whom: string | null; seal: string | null }>(
      "select n, at, what, by_whom, to_whom, seal from continuity_event where item = $1 order by n",
      [item],
    )
  ).rows
}

export async function updateReading(
  tx: Tx,
  id: string,
  state: ExhibitRow["state"],
  format: string | null,
  version: number | null,
  reading: Reading,
  at: Date,
): Promise<boolean> {
  const done = await tx.query(
    "update exhibit set state = $2, format = $3, importer_version = $4, reading = $5, read_at = $6 where id = $1 and state = 'sealed'",
    [id, state, format, version, JSON.stringify(reading), at],
  )
  return done.rowCount === 1
}

export async function insertScopeRule(
  tx: Tx,
  r: {
    id: string
    investigation: string
    item: string
    accessClass: number
    rule: unknown
    reason: string
    signedBy: string
    signedAt: Date
    moved: unknown
    verdict: "in" | "sealed" | "apart"
    job: string | null
    counsel: string | null
  },
): Promise<void> {
  await tx.query(
    "insert into scope_rule (id, investigation, item, access_class, rule, reason, signed_by, signed_at, moved, verdict, job, counsel) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
    [
      r.id,
      r.investigation,
      r.item,
      r.accessClass,
      JSON.stringify(r.rule),
      r.reason,
      r.signedBy,
      r.signedAt,
      JSON.stringify(r.moved),
      r.verdict,
      r.job,
      r.counsel,
    ],
  )
}

export interface ScopeRuleRow {
  id: string
  item: string
  rule: unknown
  reason: string
  signed_by: string
  signed_at: Date
  moved: unknown
  verdict: "in" | "sealed" | "apart"
  job: string | null
  counsel: string | null
}

export async function selectScopeRules(tx: Tx, investigation: string): Promise<ScopeRuleRow[]> {
  return (
    await tx.query<ScopeRuleRow>(
      "select id, item, rule, reason, signed_by, signed_at, moved, verdict, job, counsel from scope_rule where investigation = $1 order by signed_at, id",
      [investigation],
    )
  ).rows
}
