import type { Migration, Tx } from "#store"

export const reviewMigrations: Migration[] = [
  {
    id: "0345-review-answer",
    // One answer of one reader to one pair. `known` is the right answer where it is known: such an answer changes nothing else.
    sql: `
      create table review_answer (
        id text primary key, investigation text not null, access_class int not null, pair text not null, left_key text not null, right_key text not null,
        answer text not null check (answer in ('same', 'not-same', 'unsure')), known text check (known in ('same', 'not-same')), reason text not null,
        records text[] not null, decision text, state text not null, answered_by text not null, answered_at timestamptz not null,
        unique (investigation, pair, answered_by));
      create index review_answer_investigation on review_answer (investigation);
      alter table review_answer enable row level security;
      create policy review_answer_sight on review_answer using (linchpin_sees(access_class));
      grant select, insert on review_answer to linchpin_app;`,
  },
]

export type AnswerWord = "same" | "not-same" | "unsure"
/** What became of an answer: it counts, it waits for a second reader, it was that reader's word, or it changed nothing. */
export type AnswerState = "in-force" | "waits" | "second" | "nothing"

export interface AnswerRow {
  id: string
  access_class: number
  pair: string
  left_key: string
  right_key: string
  answer: AnswerWord
  known: "same" | "not-same" | null
  reason: string
  records: string[]
  decision: string | null
  state: AnswerState
  answered_by: string
  answered_at: Date
}

const ANSWER = "id, access_class, pair, left_key, right_key, answer, known, reason, records, decision, state, answered_by, answered_at"

/** False when this reader had answered the pair. */
export async function insertAnswer(tx: Tx, investigation: string, r: AnswerRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into review_answer (investigation, ${ANSWER}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14) on conflict do nothing`,
    [
      investigation,
      r.id,
      r.access_class,
      r.pair,
      r.left_key,
      r.right_key,
      r.answer,
      r.known,
      r.reason,
      r.records,
      r.decision,
      r.state,
      r.answered_by,
      r.answered_at,
    ],
  )
  return rowCount === 1
}

/** Every answer in view, oldest first. */
export async function selectAnswers(tx: Tx, investigation: string): Promise<AnswerRow[]> {
  const { rows } = await tx.query<AnswerRow & Record<string, unknown>>(
    `select ${ANSWER} from review_answer where investigation = $1 order by answered_at, id`,
    [investigation],
  )
  return rows
}
