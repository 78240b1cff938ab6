import { createHmac } from "node:crypto"
import type { Migration, Tx } from "#store"

/**
 * Who is protected for every viewer, whatever hides the source (ARCHITECTURE.md, invariant 2, the first exception): hashes of
 * identifiers under the node's key, and nothing of a case. Whoever holds an identifier can ask whether its bearer is protected;
 * nobody can read out of the table who is, where, why or by whom.
 */
export const protectionMigrations: Migration[] = [
  {
    id: "0310-protection",
    sql: `
      create table protection (
        person text not null, protects text not null check (protects in ('child', 'adult', 'lapse')), place text not null, source text not null,
        derived boolean not null, classes int[] not null default '{}', since timestamptz not null, until timestamptz, recorded_at timestamptz not null default clock_timestamp());
      create unique index protection_live on protection (source, person, protects) where until is null;
      create index protection_recorded on protection (recorded_at);
      grant select, insert, update (until) on protection to linchpin_app;`,
  },
]

/** `child`: a child, or somebody whose age is disputed: nothing lifts it. */
export type Protects = "child" | "adult"

/** An identifier's bearer as the register knows him, and how he is protected. */
export interface Protection {
  person: string
  protects: Protects
}

const keyed = (nodeKey: Buffer, ...parts: readonly string[]): string => {
  const hash = createHmac("sha256", nodeKey)
  for (const part of ["protection", ...parts]) hash.update(`${part.length}:${part}`)
  return hash.digest("base64url")
}

/** The hash of an identifier. With `within`, of one that means the same person only inside that investigation. */
export const personOf = (nodeKey: Buffer, key: string, within?: string): string =>
  within === undefined ? keyed(nodeKey, "person", key) : keyed(nodeKey, "person", key, within)

/** Who says so: a decision, or the analysis of an investigation under one sight. */
export interface ProtectionSource {
  /** Hash of the investigation. */
  place: string
  source: string
  /** Of an analysis: the access classes that it saw. What it no longer finds ends also what analyses that saw less once found. */
  classes: readonly number[] | null
}

export const decisionSource = (nodeKey: Buffer, investigation: string, decision: string): ProtectionSource => ({
  place: keyed(nodeKey, "place", investigation),
  source: keyed(nodeKey, "decision", decision),
  classes: null,
})

export const analysisSource = (nodeKey: Buffer, investigation: string, digest: string, classes: readonly number[]): ProtectionSource => ({
  place: keyed(nodeKey, "place", investigation),
  source: keyed(nodeKey, "analysis", investigation, digest),
  classes,
})

/** Protects these from now on, for every viewer. In the transaction of what says so. */
export async function protect(
  tx: Tx,
  by: ProtectionSource,
  rows: readonly { person: string; protects: Protects | "lapse" }[],
  since: Date,
): Promise<void> {
  if (rows.length > 0)
    await tx.query(
      `insert into protection (person, protects, place, source, derived, classes, since)
       select p, k, $3, $4, $5, $6, $7 from unnest($1::text[], $2::text[]) as r (p, k) on conflict (source, person, protects) where until is null do nothing`,
      [rows.map((r) => r.person), rows.map((r) => r.protects), by.place, by.source, by.classes !== null, by.classes ?? [], since],
    )
}

/**
 * Ends what a decision said, and what analyses of its investigation made of it; the next analysis says again what follows from
 * anything else.
 */
export async function endProtection(tx: Tx, by: ProtectionSource, persons: readonly string[], at: Date): Promise<void> {
  await tx.query(
    "update protection set until = $4 where until is null and (source = $1 or (derived and place = $2 and person = any ($3)))",
    [by.source, by.place, persons, at],
  )
}

/** Of this investigation, analyses that saw no more than this one. */
const SEEN_BY = "derived and place = $1 and classes <@ $2::int[]"

/** Makes what an analysis says exactly `rows`: what it, or one that saw less, said before and it no longer says, ends. */
export async function keepProtection(tx: Tx, by: ProtectionSource, rows: readonly Protection[], at: Date): Promise<void> {
  const text = (r: Protection) => `${r.protects} ${r.person}`
  const { rows: held } = await tx.query<Protection & { narrower: boolean; wider: boolean }>(
    `select person, protects, ${SEEN_BY} as narrower, classes @> $2::int[] as wider from protection where until is null and derived and place = $1`,
    [by.place, by.classes],
  )
  const now = new Set(rows.map(text))
  const gone = held.filter((r) => r.narrower && !now.has(text(r))).map(text)
  if (gone.length > 0)
    await tx.query(`update protection set until = $4 where until is null and ${SEEN_BY} and protects || ' ' || person = any ($3)`, [
      by.place,
      by.classes,
      gone,
      at,
    ])
  const said = new Set(held.filter((r) => r.wider).map(text))
  await protect(
    tx,
    by,
    rows.filter((r) => !said.has(text(r))),
    at,
  )
}

/** Everybody whom others protect than this analysis and those that saw no more, each once, in order. */
export async function protections(tx: Tx, except: ProtectionSource): Promise<Protection[]> {
  const { rows } = await tx.query<Protection & Record<string, unknown>>(
    `select distinct person, protects from protection where until is null and protects <> 'lapse' and not (${SEEN_BY}) order by person, protects`,
    [except.place, except.classes],
  )
  return rows
}

/** A lifting that ends at `at` ends what was answered under it, too. */
export async function lapseAt(tx: Tx, by: ProtectionSource, at: Date): Promise<void> {
  await protect(tx, by, [{ person: by.source, protects: "lapse" }], at)
}

/**
 * Whether somebody came under protection after an answer was worked out, or while it was: then the answer may name whom it must
 * not. What the analysis behind the answer found itself is in it.
 */
export async function protectedSince(
  tx: Tx,
  nodeKey: Buffer,
  of: { investigation: string | null; asked: Date; ended: Date; now: Date },
): Promise<boolean> {
  const place = of.investigation === null ? "" : keyed(nodeKey, "place", of.investigation)
  const { rows } = await tx.query<{ changed: boolean }>(
    `select exists (select from protection where recorded_at > $2 and protects <> 'lapse' and (recorded_at > $3 or not (derived and place = $1)))
       or exists (select from protection where protects = 'lapse' and since > $3 and since <= $4) as changed`,
    [place, of.asked, of.ended, of.now],
  )
  return rows[0]!.changed
}

/** Whether the bearer of an identifier is protected by anything anywhere. */
export async function isProtected(tx: Tx, person: string): Promise<boolean> {
  const { rows } = await tx.query("select 1 from protection where person = $1 and until is null and protects <> 'lapse' limit 1", [person])
  return rows.length > 0
}
