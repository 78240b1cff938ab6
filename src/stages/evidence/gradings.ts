import { z } from "zod"
import { procedure } from "#access"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { europolHint, type Grade, gradeText, parseGrade, SCHEME_IDS, type SchemeId } from "#vocabulary/grades"
import { selectItems } from "./sql.ts"

interface GradingRow {
  n: number
  scheme: string
  code: string
  grader: string
  reason: string
  at: Date
}

export const GradingView = z.object({
  code: z.string(),
  scheme: z.string(),
  words: z.string(),
  grader: z.string().nullable().describe("null: as it came with the item"),
  reason: z.string().nullable(),
  at: z.string(),
  europol: z
    .object({ code: z.string().nullable(), asOf: z.string(), losses: z.array(z.string()) })
    .nullable()
    .describe("a hint how 4x4 would most nearly say it; never a replacement"),
})
type GradingView = z.infer<typeof GradingView>

function view(grade: Grade, by: { grader: string | null; reason: string | null; at: Date }): GradingView {
  const hint = europolHint(grade)
  return {
    code: grade.code,
    scheme: grade.scheme,
    words: gradeText(grade),
    grader: by.grader,
    reason: by.reason,
    at: by.at.toISOString(),
    europol: hint ? { code: hint.code, asOf: hint.asOf, losses: hint.losses } : null,
  }
}

/** How an item was graded, as it came first and each grading after it. The last one counts. */
export async function gradingsOf(tx: Tx, item: string): Promise<GradingView[]> {
  const [given] = (await selectItems(tx, { ids: [item] })).map((i) => parseGrade(i.given_code, i.given_scheme as SchemeId))
  const { rows: items } = await tx.query<{ taken_in_at: Date }>("select taken_in_at from item where id = $1", [item])
  const { rows } = await tx.query<GradingRow & Record<string, unknown>>(
    "select n, scheme, code, grader, reason, at from item_grading where item = $1 order by n",
    [item],
  )
  if (!given) return []
  return [
    view(given, { grader: null, reason: null, at: items[0]!.taken_in_at }),
    ...rows.map((r) => view(parseGrade(r.code, r.scheme as SchemeId), r)),
  ]
}

export const regrade = procedure({
  name: "evidence.regrade",
  title: "Grade an item anew; the grades before stay and are shown",
  input: z.object({
    investigation: z.string().describe("name or id"),
    item: z.string(),
    scheme: z.enum(SCHEME_IDS as [SchemeId, ...SchemeId[]]),
    code: z.string().trim().min(2).max(6).describe("source and information, such as 2B"),
    reason: z.string().trim().min(10).max(2000),
  }),
  output: z.array(GradingView),
  needs: "assess",
  effect: "decision",
  shape: "value",
  entry: "alteration",
  about: (input) => [input.item],
  run: async (ctx, { item, scheme, code, reason }) => {
    const grade = parseGrade(code, scheme)
    const [found] = await selectItems(ctx.tx, { ids: [item], investigation: ctx.investigation!.id })
    if (!found) throw new Failure("invalid.item-unknown", "There is no item of that id that you may see.", { at: item })
    await ctx.tx.query(
      `insert into item_grading (item, n, access_class, scheme, code, grader, reason, at)
       select $1, coalesce(max(n) + 1, 1), $2, $3, $4, $5, $6, $7 from item_grading where item = $1`,
      [item, found.access_class, grade.scheme, grade.code, ctx.caller.id, reason, new Date(ctx.at)],
    )
    return gradingsOf(ctx.tx, item)
  },
})
