import type { TieRow } from "../snapshot.ts"

/** Records under the ties of somebody with others of `index`, each once. */
export function recordsUnder(ties: readonly TieRow[], index: ReadonlyMap<string, number>): (id: string) => string[] {
  const inside = ties.filter((t) => index.has(t.a) && index.has(t.b))
  const of = Map.groupBy(
    inside.flatMap((t) => [
      { id: t.a, records: t.records },
      { id: t.b, records: t.records },
    ]),
    (x) => x.id,
  )
  return (id) => [...new Set((of.get(id) ?? []).flatMap((x) => x.records))]
}
