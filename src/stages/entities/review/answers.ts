import type { Context } from "#access"
import { Failure } from "#vocabulary/failure"
import { classOf, decisionId, speakingClasses } from "../decisions.ts"
import type { People } from "../people.ts"
import type { Pair } from "./pairs.ts"
import { type AnswerRow, insertAnswer, selectAnswers } from "./sql.ts"

/** Every answer in the caller's sight, oldest first. */
export const answersOf = (ctx: Context): Promise<AnswerRow[]> =>
  ctx.store.register.transaction((tx) => selectAnswers(tx, ctx.investigation!.id), ctx.sight.classes)

/** Keeps a reader's answer to a pair in the transaction of `ctx`, seen by whoever sees all that speaks of the two. Throws `conflict.answered` for a second one. */
export async function keepAnswer(
  ctx: Context,
  people: People,
  pair: Pair,
  said: Pick<AnswerRow, "answer" | "known" | "reason" | "records" | "decision" | "state">,
): Promise<void> {
  const kept = await insertAnswer(ctx.tx, ctx.investigation!.id, {
    ...said,
    id: decisionId(ctx, { pair: pair.id, ...said }),
    access_class: await classOf(ctx, [], await speakingClasses(ctx, people, [pair.a, pair.b])),
    pair: pair.id,
    left_key: pair.a,
    right_key: pair.b,
    answered_by: ctx.caller.id,
    answered_at: new Date(ctx.at),
  })
  if (!kept) throw new Failure("conflict.answered", "You have answered this pair.", { at: "pair", hint: "Go on to the next one." })
}
