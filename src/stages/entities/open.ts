import { z } from "zod"
import type { Context } from "#access"
import { openPeople, type People } from "./people.ts"

export const Investigation = z.string().describe("name or id")

/** Opens the picture under the caller's sight, and closes it when `run` is done. */
export async function withPeople<T>(ctx: Context, run: (people: People) => Promise<T>): Promise<T> {
  const people = await openPeople(
    { store: ctx.store, classes: ctx.sight.classes, investigation: ctx.investigation!.id, digest: ctx.sight.digest },
    (f, w) => ctx.progress(f, w),
  )
  try {
    ctx.rests(people.classes)
    return await run(people)
  } finally {
    people.close()
  }
}
