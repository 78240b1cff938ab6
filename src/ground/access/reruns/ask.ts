import { hash } from "node:crypto"
import type { Json } from "#journal"
import { canonical, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import type { Context } from "../procedure.ts"
import { insertRerun, type RerunRow, selectAlike, selectReasons, selectRerun, type Word } from "./sql.ts"

/** All that whoever asked may learn. `lapsed`: it was answered, too long ago to act on; ask again. */
export interface Told {
  rerun: string
  state: "waiting" | "lapsed" | Word
  /** Whom to speak to; only for `see-me`. */
  contact: string | null
}

/** Holdings grow: what the officer saw a week ago says nothing about today. */
const WORD_HOLDS_MS = 7 * 86_400_000

export function toldOf(row: RerunRow, at: number): Told {
  const { id, word, contact, said_at } = row
  const state = word === null || said_at === null ? "waiting" : at - said_at.getTime() > WORD_HOLDS_MS ? "lapsed" : word
  return { rerun: id, state, contact: state === "see-me" ? contact : null }
}

/**
 * Puts the question under an act (its procedure's `question`) to the cleared officer, with the answer that the caller's sight
 * gives, in the caller's transaction. Asked again by the same person with the same input, it is the same question until its
 * answer lapses. Act only on the state `proceed`. Throws `invalid.no-question` for a procedure that declares none.
 */
export async function askCleared(ctx: Context, { procedure, input }: { procedure: string; input: Record<string, Json> }): Promise<Told> {
  const { question } = ctx.find(procedure)
  if (!question)
    throw new Failure("invalid.no-question", `${procedure} rests on no question that all holdings can be asked.`, { at: procedure })
  const asked = {
    asker: ctx.caller.id,
    investigation: ctx.investigation?.id ?? null,
    procedure,
    sha256: hash("sha256", canonical(input)),
  }
  const before = await selectAlike(ctx.tx, asked)
  const last = before.at(-1)
  if (last && toldOf(last, ctx.at).state !== "lapsed") return toldOf(last, ctx.at)
  const { nodeKey } = ctx.store
  const { asker, investigation, sha256 } = asked
  const id = keyedId("rr_", nodeKey, asker, investigation ?? "", procedure, sha256, before.length)
  const limited = await question(ctx, input)
  await insertRerun(
    ctx.tx,
    { id, ...asked, ground: ctx.reason ?? null, asked_at: new Date(ctx.at) },
    { input, limited, classes: ctx.sight.classes },
  )
  await ctx.journal({ askedCleared: id, of: procedure })
  return { rerun: id, state: "waiting", contact: null }
}

/** Whether it was this person who answered, whatever else of the answer he may see. */
export const answeredBy = (store: Store, rerun: string, person: string): Promise<boolean> =>
  store.register.transaction(async (tx) => (await selectReasons(tx)).some((r) => r.rerun === rerun && r.officer === person), "all")

/** How a question stands now; null for one that was never asked. */
export async function answerOf(tx: Tx, rerun: string, at: number): Promise<Told | null> {
  const row = await selectRerun(tx, rerun)
  return row && toldOf(row, at)
}
