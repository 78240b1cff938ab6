import type { Migration, Tx } from "#store"

export const liftingMigrations: Migration[] = [
  {
    id: "0312-lifting",
    // A lifting and what became of it, as rows that are only added. What oversight counts stands apart, without names and without class.
    sql: `
      create table lifting (
        id text primary key, investigation text not null, access_class int not null, entity text not null, keys text[] not null, covers text[] not null,
        conduct jsonb not null, answers jsonb not null, reason text not null, rerun text,
        proposed_by text not null, proposed_at timestamptz not null);
      create table lifting_step (
        id text primary key, lifting text not null references lifting, access_class int not null, step text not null check (step in ('seconded', 'ended')),
        reason text not null, done_by text not null, done_at timestamptz not null, until timestamptz);
      create unique index lifting_step_once on lifting_step (lifting, step);
      create table lifting_count (
        lifting text not null, investigation text not null, step text not null check (step in ('proposed', 'seconded', 'ended')), team text not null,
        organisation text not null, standing text, reason text not null, records int, exhibits int, done_by text not null, done_at timestamptz not null, until timestamptz,
        primary key (lifting, step));
      alter table lifting enable row level security;
      create policy lifting_sight on lifting using (linchpin_sees(access_class));
      alter table lifting_step enable row level security;
      create policy lifting_step_sight on lifting_step using (linchpin_sees(access_class));
      grant select, insert on lifting, lifting_step, lifting_count to linchpin_app;`,
  },
]

/** A lifting that two people signed and that has neither ended nor lapsed. */
export interface LiftingInForce {
  id: string
  keys: string[]
  covers: string[]
}

export async function selectLiftingsInForce(tx: Tx, investigation: string, now: Date): Promise<LiftingInForce[]> {
  const { rows } = await tx.query<LiftingInForce & Record<string, unknown>>(
    `select l.id, l.keys, l.covers from lifting l join lifting_step s on s.lifting = l.id and s.step = 'seconded'
     where l.investigation = $1 and s.until > $2 and not exists (select from lifting_step e where e.lifting = l.id and e.step = 'ended') order by l.id`,
    [investigation, now],
  )
  return rows
}
