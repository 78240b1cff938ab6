import type { Migration, Tx } from "#store"
import type { Readable } from "../second-reader/judged.ts"
import type { Tables } from "../second-reader/sql.ts"
import type { ParameterSet } from "./parameters.ts"

export const ADOPTION: Tables = { decisions: "linkage_adoption", readings: "linkage_reading" }

export const linkageMigrations: Migration[] = [
  {
    id: "0350-linkage-adoption",
    // Rows are only added: to withdraw is another row, and so is what a second reader says. The numbers of a set are no words of anybody's.
    sql: `
      create table linkage_adoption (
        id text primary key, investigation text not null, access_class int not null, parameters json not null, fragments bigint not null,
        pairs bigint not null, decided bigint not null, consequences text[] not null, reason text not null, decided_by text not null,
        team text not null, decided_at timestamptz not null, withdraws text references linkage_adoption);
      create index linkage_adoption_investigation on linkage_adoption (investigation);
      create index linkage_adoption_withdraws on linkage_adoption (withdraws) where withdraws is not null;
      create table linkage_reading (
        decision text primary key references linkage_adoption, access_class int not null, agrees boolean not null, reason text not null,
        read_by text not null, team text not null, read_at timestamptz not null);
      alter table linkage_adoption enable row level security;
      create policy linkage_adoption_sight on linkage_adoption using (linchpin_sees(access_class));
      alter table linkage_reading enable row level security;
      create policy linkage_reading_sight on linkage_reading using (linchpin_sees(access_class));
      grant select, insert on linkage_adoption, linkage_reading to linchpin_app;`,
  },
]

/** That somebody adopted a set of parameters, or withdrew that. */
export interface AdoptionRow extends Readable {
  parameters: ParameterSet
  /** On how many it was learnt: fragments, pairs that were compared, pairs that people had decided. */
  fragments: number
  pairs: number
  decided: number
}

const COLUMNS = "id, access_class, parameters, fragments, pairs, decided, consequences, reason, decided_by, team, decided_at, withdraws"

export async function insertAdoption(tx: Tx, investigation: string, r: AdoptionRow): Promise<void> {
  await tx.query(
    `insert into linkage_adoption (investigation, ${COLUMNS}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) on conflict (id) do nothing`,
    [
      investigation,
      r.id,
      r.access_class,
      JSON.stringify(r.parameters),
      r.fragments,
      r.pairs,
      r.decided,
      r.consequences,
      r.reason,
      r.decided_by,
      r.team,
      r.decided_at,
      r.withdraws,
    ],
  )
}

/** Every adoption of an investigation that the transaction's classes show, withdrawals among them, oldest first. */
export async function selectAdoptions(tx: Tx, investigation: string): Promise<AdoptionRow[]> {
  const { rows } = await tx.query<Omit<AdoptionRow, "fragments" | "pairs" | "decided"> & Record<"fragments" | "pairs" | "decided", string>>(
    `select ${COLUMNS} from linkage_adoption where investigation = $1 order by decided_at, id`,
    [investigation],
  )
  return rows.map((r) => ({ ...r, fragments: Number(r.fragments), pairs: Number(r.pairs), decided: Number(r.decided) }))
}
