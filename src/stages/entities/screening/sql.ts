import type { Migration, Tx } from "#store"
import type { Digests } from "./hits.ts"

export const screeningMigrations: Migration[] = [
  {
    id: "0340-screening",
    sql: `
      create table screening_run (
        id text primary key, investigation text not null, access_class int not null, sight text not null, digest text not null,
        people int not null, listings int not null, by_person text not null, at timestamptz not null);
      create index screening_run_investigation on screening_run (investigation, at);
      create table screening_hit (
        run text not null references screening_run, entry text not null, entity text not null, access_class int not null, keys text[] not null,
        list text not null, weight int not null, person jsonb not null, listing jsonb not null, state text not null, because text[] not null,
        primary key (run, entity, entry));
      create table screening_decision (
        id text primary key, investigation text not null, access_class int not null, keys text[] not null, entry text not null, list text not null,
        decision text not null, person jsonb not null, listing jsonb not null, reason text not null, decided_by text not null, decided_at timestamptz not null);
      create index screening_decision_investigation on screening_decision (investigation);
      ${["screening_run", "screening_hit", "screening_decision"]
        .map((t) => `alter table ${t} enable row level security; create policy ${t}_sight on ${t} using (linchpin_sees(access_class));`)
        .join("\n      ")}
      grant select, insert on screening_run, screening_hit, screening_decision to linchpin_app;`,
  },
]

export interface RunRow {
  id: string
  access_class: number
  sight: string
  digest: string
  people: number
  listings: number
  by_person: string
  at: Date
}

/** What became of a hit since the run before. */
export type HitState = "new" | "changed" | "same" | "gone"

export interface HitRow {
  run: string
  entry: string
  entity: string
  keys: string[]
  list: string
  weight: number
  person: Digests
  listing: Digests
  state: HitState
  because: string[]
}

export const DECISIONS = ["not-him", "may-be", "unsure"] as const

export interface ScreeningDecisionRow {
  id: string
  keys: string[]
  entry: string
  list: string
  decision: (typeof DECISIONS)[number]
  person: Digests
  listing: Digests
  reason: string
  decided_by: string
  decided_at: Date
}

type Loose = Record<string, unknown>

/** The last run that the transaction's classes show: of the same sight where there is one. */
export async function selectLastRun(tx: Tx, investigation: string, sight: string): Promise<RunRow | null> {
  const { rows } = await tx.query<RunRow & Loose>(
    `select id, access_class, sight, digest, people, listings, by_person, at from screening_run where investigation = $1 order by (sight = $2) desc, at desc, id limit 1`,
    [investigation, sight],
  )
  return rows[0] ?? null
}

export async function insertRun(tx: Tx, investigation: string, r: RunRow): Promise<void> {
  await tx.query(
    `insert into screening_run (id, investigation, access_class, sight, digest, people, listings, by_person, at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9) on conflict (id) do nothing`,
    [r.id, investigation, r.access_class, r.sight, r.digest, r.people, r.listings, r.by_person, r.at],
  )
}

export async function insertHits(tx: Tx, accessClass: number, hits: readonly HitRow[]): Promise<void> {
  for (const h of hits)
    await tx.query(
      `insert into screening_hit (run, entry, entity, access_class, keys, list, weight, person, listing, state, because) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) on conflict do nothing`,
      [
        h.run,
        h.entry,
        h.entity,
        accessClass,
        h.keys,
        h.list,
        h.weight,
        JSON.stringify(h.person),
        JSON.stringify(h.listing),
        h.state,
        h.because,
      ],
    )
}

export async function selectHits(tx: Tx, run: string): Promise<HitRow[]> {
  const { rows } = await tx.query<HitRow & Loose>(
    "select run, entry, entity, keys, list, weight, person, listing, state, because from screening_hit where run = $1 order by weight desc, entity, entry",
    [run],
  )
  return rows
}

/** Every decision in view, oldest first. */
export async function selectScreeningDecisions(tx: Tx, investigation: string): Promise<ScreeningDecisionRow[]> {
  const { rows } = await tx.query<ScreeningDecisionRow & Loose>(
    "select id, keys, entry, list, decision, person, listing, reason, decided_by, decided_at from screening_decision where investigation = $1 order by decided_at, id",
    [investigation],
  )
  return rows
}

export async function insertScreeningDecision(tx: Tx, investigation: string, accessClass: number, d: ScreeningDecisionRow): Promise<void> {
  await tx.query(
    `insert into screening_decision (id, investigation, access_class, keys, entry, list, decision, person, listing, reason, decided_by, decided_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) on conflict (id) do nothing`,
    [
      d.id,
      investigation,
      accessClass,
      d.keys,
      d.entry,
      d.list,
      d.decision,
      JSON.stringify(d.person),
      JSON.stringify(d.listing),
      d.reason,
      d.decided_by,
      d.decided_at,
    ],
  )
}
