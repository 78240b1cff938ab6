import { mountRecords, viewOf } from "#records"
import { literal, type Store } from "#store"
import { columnsOf, KIND_NAMES } from "#vocabulary/kinds"
import { after } from "./schedule.ts"

const KINDS_WITH_BIRTH = KIND_NAMES.filter((kind) => kind !== "listing" && columnsOf(kind).some(([name]) => name === "birthDate"))

/**
 * Items with rows about a child who is under 10 now, by birth date, whatever their scope. Guidance on police information asks for
 * special care there: such a child cannot be guilty of an offence, and the duty to safeguard it (Children Act 2004 s.11) is
 * weighed in each decision to keep.
 */
export async function itemsWithChildrenUnderTen(store: Store, classes: readonly number[], now: number): Promise<Set<string>> {
  const since = after(new Date(now), { years: -10 }).toISOString().slice(0, 10)
  const found = new Set<string>()
  for (const scope of ["in", "undecided"] as const) {
    const mounted = await mountRecords(store, classes, { scope })
    try {
      const parts = KINDS_WITH_BIRTH.map(
        (kind) => `select item from ${viewOf(kind)} where try_cast(f_birthDate as date) > ${literal(since)}::date`,
      )
      for (const { item } of await mounted.engine.all<{ item: string }>(parts.join(" union "))) found.add(item)
    } finally {
      mounted.close()
    }
  }
  return found
}
