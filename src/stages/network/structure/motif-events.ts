import type { Engine } from "#store"
import { tidy } from "#vocabulary/digits"
import { STEP_KINDS, type StepKind } from "./motif-steps.ts"

/** One thing that happened between two at a moment, the record that shows it, and the deposit's code that it tells. */
export interface Happening {
  kind: StepKind
  from: string
  to: string
  at: number
  record: string
  code: string | null
}

const WHO = "select distinct record, part, entity from m join identity using (key)"
/** `rows` say `id`, `at_ms` and `code`. */
const between = (from: string, to: string, rows: string): string =>
  `select f.entity as a, t.entity as b, e.at_ms as ms, e.id as record, e.code from (${rows}) e join who f on f.record = e.id and f.part in (${from}) join who t on t.record = e.id and t.part in (${to})`
const acts = (names: string): string =>
  `select subject as a, counterpart as b, at_ms as ms, record, code from subject_act where act in (${names}) and counterpart is not null`

/** What is struck out was not paid. */
const STANDS = `not coalesce("f_struckOut", false) and coalesce(f_status, '') <> 'struck out'`
/** Lines that say when a deposit was released, and those that pay one out: their own day is it. A refund goes back to the customer and is none. */
const RELEASES = `select id, coalesce("f_releasedAt", at_ms) as at_ms, f_code as code from "book-entry"
  where ${STANDS} and coalesce(f_status, '') <> 'refunded' and ("f_releasedAt" is not null or id in (select record from subject_act where act = 'is-paid-from-deposit'))`

/** What makes each kind of step, over `who` (record, part, entity), the views of records and `subject_act`. */
const STATEMENTS: Record<StepKind, readonly string[]> = {
  pay: [
    between("'payer'", "'payee','outlet'", "select id, at_ms, f_reference as code from transfer"),
    between("'payer'", "'payee','outlet'", `select id, at_ms, f_code as code from "book-entry" where ${STANDS}`),
  ],
  call: [
    between("'caller'", "'callee'", "select id, at_ms, null as code from call"),
    between("'caller'", "'callee'", `select id, at_ms, null as code from "call-data"`),
  ],
  message: [
    between(
      "'sender'",
      "'recipient'",
      `select id, at_ms, null as code from message where not coalesce(f_group, false) union all select id, at_ms, null from "voice-note" where not coalesce(f_group, false)`,
    ),
  ],
  move: [
    between("'driver','pilot'", "'passenger'", `select id, at_ms, null as code from "journey-leg"`),
    acts("'transports','sends-off','instructs-travel'"),
  ],
  ok: [acts("'confirms-arrival'")],
  release: [between("'outlet','guarantor'", "'payee'", RELEASES), acts("'orders-release'")],
}

/**
 * What happened between two, of the kinds asked for, earliest first; what no record dates is not in it. `engine` is the door behind the
 * masks: whoever shows an entity or a record of the answer takes protected people out of it.
 */
export async function happenings(
  engine: Engine,
  kinds: readonly StepKind[],
  window: { from: number | null; to: number | null },
): Promise<Happening[]> {
  await engine.exec(`create or replace temp table who as ${WHO}`)
  const dated = [
    "ms is not null and a <> b",
    ...(window.from === null ? [] : [`ms >= ${window.from}`]),
    ...(window.to === null ? [] : [`ms < ${window.to}`]),
  ].join(" and ")
  const out: Happening[] = []
  for (const kind of STEP_KINDS.filter((k) => kinds.includes(k))) {
    const rows = await engine.all<{ a: string; b: string; ms: number; record: string; code: string | null }>(
      `select a, b, ms, record, min(code) as code from (${STATEMENTS[kind].join(" union all ")}) where ${dated} group by a, b, ms, record order by ms, record, a, b`,
    )
    for (const { a, b, ms, record, code } of rows) out.push({ kind, from: a, to: b, at: ms, record, code: code && tidy(code) })
  }
  return out
}
