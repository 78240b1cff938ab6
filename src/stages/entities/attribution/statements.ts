import type { Migration, Tx } from "#store"
import { say } from "#vocabulary/sentences"
import type { AttributionGrade, Evidence, Relation } from "./evidence.ts"

export const attributionMigrations: Migration[] = [
  {
    id: "0330-attribution-statement",
    // What people say of who uses what, as rows that are only added: a withdrawal is another row.
    sql: `
      create table attribution_statement (
        id text primary key, investigation text not null, access_class int not null, relation text not null, keys text[] not null, what text not null,
        side text not null check (side in ('for', 'against')), grade text not null check (grade in ('slight', 'fair', 'strong')),
        from_at timestamptz, to_at timestamptz, reason text not null, records text[] not null,
        said_by text not null, said_at timestamptz not null, withdraws text references attribution_statement);
      create index attribution_statement_investigation on attribution_statement (investigation);
      create unique index attribution_statement_withdrawn on attribution_statement (withdraws) where withdraws is not null;
      alter table attribution_statement enable row level security;
      create policy attribution_statement_sight on attribution_statement using (linchpin_sees(access_class));
      grant select, insert on attribution_statement to linchpin_app;`,
  },
]

/** What a person said of who uses what. `keys`: identifiers of the person then, or the one number or SIM that the claim is about. */
export interface StatementRow {
  id: string
  access_class: number
  relation: Relation
  keys: string[]
  what: string
  side: Evidence["side"]
  grade: Exclude<AttributionGrade, "none">
  from_at: Date | null
  to_at: Date | null
  reason: string
  records: string[]
  said_by: string
  said_at: Date
  withdraws: string | null
}

/** What a person's word weighs: alone no more than a fair attribution; against, enough to take one away. */
const FOR = { slight: 150, fair: 300, strong: 400 } as const
const AGAINST = { slight: 150, fair: 400, strong: 800 } as const

export function evidenceOfStatement(s: StatementRow, whose: string, origin: string): Evidence {
  return {
    relation: s.relation,
    whose,
    what: s.what,
    side: s.side,
    rule: "person",
    class: "attributing",
    weight: s.side === "for" ? FOR[s.grade] : AGAINST[s.grade],
    // It rests on its records: with others that read the same event it is one origin.
    origin,
    words: s.reason,
    innocent: say("use.innocent.statement"),
    from: s.from_at?.getTime() ?? null,
    to: s.to_at?.getTime() ?? null,
    records: s.records,
    statement: s.id,
  }
}

const COLUMNS = "id, access_class, relation, keys, what, side, grade, from_at, to_at, reason, records, said_by, said_at, withdraws"

export async function insertStatement(tx: Tx, investigation: string, s: StatementRow): Promise<void> {
  await tx.query(
    `insert into attribution_statement (investigation, ${COLUMNS}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict (id) do nothing`,
    [
      investigation,
      s.id,
      s.access_class,
      s.relation,
      s.keys,
      s.what,
      s.side,
      s.grade,
      s.from_at,
      s.to_at,
      s.reason,
      s.records,
      s.said_by,
      s.said_at,
      s.withdraws,
    ],
  )
}

/** Statements that stand, in a fixed order. */
export async function selectStatements(tx: Tx, investigation: string): Promise<StatementRow[]> {
  const { rows } = await tx.query<StatementRow & Record<string, unknown>>(
    `select ${COLUMNS} from attribution_statement s where investigation = $1 and withdraws is null
     and not exists (select from attribution_statement w where w.withdraws = s.id) order by said_at, id`,
    [investigation],
  )
  return rows
}

export async function selectStatement(tx: Tx, investigation: string, id: string): Promise<StatementRow | null> {
  const { rows } = await tx.query<StatementRow & Record<string, unknown>>(
    `select ${COLUMNS} from attribution_statement where investigation = $1 and id = $2`,
    [investigation, id],
  )
  return rows[0] ?? null
}
