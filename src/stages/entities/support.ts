import { z } from "zod"
import { type Context, joinedMarking } from "#access"
import { literal } from "#store"
import { readGrade } from "#vocabulary/grades"
import { banner } from "#vocabulary/markings"
import { gradeWeight } from "./conduct/weights.ts"
import { GRADE_OF_RECORD } from "./origins.ts"
import type { People } from "./people.ts"

/** What a statement rests on, all records under it looked at together. */
export const SupportView = z.object({
  origins: z.number().describe("independent ones: seizure events, and for reports the report at the root of each"),
  best: z.string().nullable().describe("the best single grade, scheme:code as it was given; never an average"),
  banner: z.string().nullable().describe("how closely the material under it is held"),
})
type SupportView = z.infer<typeof SupportView>

/** The support of each list of records, in order, as it is shown. */
export async function supported(ctx: Context, people: People, lists: readonly (readonly string[])[]): Promise<SupportView[]> {
  const out: SupportView[] = []
  for (const { origins, best, classes } of await supportOf(people, lists))
    out.push({ origins, best, banner: classes.length > 0 ? banner(await joinedMarking(ctx.tx, classes)) : null })
  return out
}

interface Support {
  origins: number
  best: string | null
  classes: number[]
}

async function supportOf(people: People, lists: readonly (readonly string[])[]): Promise<Support[]> {
  const wanted = [...new Set(lists.flat())]
  if (wanted.length === 0) return lists.map(() => ({ origins: 0, best: null, classes: [] }))
  const whole = await people.structure()
  const rows = await whole.all<{ record: string; event: string; access_class: number; grade: string | null }>(
    `select distinct m.record, m.event, o.access_class,
       ${GRADE_OF_RECORD} as grade
     from m join origin o using (exhibit) left join "intelligence-report" r on r.id = m.record
     where m.record in (${wanted.map(literal).join(",")}) order by all`,
  )
  const of = Map.groupBy(rows, (r) => r.record)
  return lists.map((records) => {
    const own = records.flatMap((record) => of.get(record) ?? [])
    const grades = [...new Set(own.flatMap((r) => (r.grade && readGrade(r.grade) ? [r.grade] : [])))]
    return {
      origins: new Set(own.map((r) => r.event)).size,
      best: grades.sort((a, b) => gradeWeight(b) - gradeWeight(a) || (a < b ? -1 : 1))[0] ?? null,
      classes: [...new Set(own.map((r) => r.access_class))].sort((a, b) => a - b),
    }
  })
}
