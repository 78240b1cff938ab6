import { type Engine, literal, type Scope, type Segment, type Store } from "#store"
import { datasetKind } from "../layout.ts"

/** Segments written anew, not listed yet, and what they replace. */
export interface Resegmented {
  fresh: Segment[]
  gone: string[]
  /** Records moved, by kind. */
  moved: Record<string, number>
  /** Records moved, by the scope in which they lay. */
  from: Partial<Record<Scope, number>>
}

/**
 * Writes segments anew so that chosen rows lie in another scope: those of the table `chosen` (id), with the mentions of each. Rows that
 * already lie there stay. A row that moves is the same row.
 */
export async function resegment(
  store: Store,
  engine: Engine,
  segments: readonly Segment[],
  to: Scope,
  progress: (fraction: number) => void = () => undefined,
): Promise<Resegmented> {
  const out: Resegmented = { fresh: [], gone: [], moved: {}, from: {} }
  for (const [n, segment] of segments.entries()) {
    const kind = datasetKind(segment.dataset)
    if (segment.scope === to || (segment.dataset !== "mention" && kind === null)) continue
    progress(n / segments.length)
    const source = `read_parquet(${literal(`${store.folder}/${segment.path}`)})`
    const moves = `${kind === null ? "record" : "id"} in (select id from chosen)`
    const [{ n: rows }] = (await engine.all<{ n: number }>(`select count(*) as n from ${source} where ${moves}`)) as [{ n: number }]
    if (rows === 0) continue
    const { dataset, accessClass, exhibits, version } = segment
    const facts = { dataset, accessClass, exhibits, version }
    const taken = await store.segments.fromQuery(engine, `select * from ${source} where ${moves}`, { ...facts, scope: to })
    const rest = await store.segments.fromQuery(engine, `select * from ${source} where not (${moves})`, { ...facts, scope: segment.scope })
    out.fresh.push(...(taken ? [taken] : []), ...(rest ? [rest] : []))
    out.gone.push(segment.id)
    if (kind === null) continue
    out.moved[kind] = (out.moved[kind] ?? 0) + rows
    out.from[segment.scope] = (out.from[segment.scope] ?? 0) + rows
  }
  return out
}
