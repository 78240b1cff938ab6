import { type Graph, graphFrom } from "#kernels"
import type { Engine, Row } from "#store"

/** The links of bare networks in the order of their file: what conventions of published tables need and ties have lost. */
export interface FileOrder {
  /** The graph in which a repeated pair keeps its last weight. */
  lastRepeat(): Graph
  /** Rank of each node among equals: the node that the file names first at the latest place goes first. */
  lastFirst(): Int32Array
}

interface Link extends Row {
  a: string
  b: string
  weight: number
}

/** Reads the links between `ids` in file order: exhibit, then byte, then row. */
export async function inFileOrder(engine: Engine, ids: readonly string[]): Promise<FileOrder> {
  const index = new Map(ids.map((id, i) => [id, i]))
  const rows = (
    await engine.all<Link>(`select s.entity as a, t.entity as b, coalesce(l.f_weight, 1.0) as weight
      from link l join (select m.record, i.entity from m join identity i using (key) where m.part = 'source') s on s.record = l.id
      join (select m.record, i.entity from m join identity i using (key) where m.part = 'target') t on t.record = l.id
      order by l.exhibit, l.byte_start nulls last, try_cast(l."row" as bigint), l.id`)
  ).filter((r) => index.has(r.a) && index.has(r.b))
  return {
    lastRepeat: () =>
      graphFrom({
        n: ids.length,
        source: rows.map((r) => index.get(r.a)!),
        target: rows.map((r) => index.get(r.b)!),
        weight: rows.map((r) => r.weight),
        repeats: "last",
      }).graph,
    lastFirst: () => {
      const first = new Int32Array(ids.length).fill(-1)
      rows.forEach((r, at) => {
        for (const [place, id] of [
          [2 * at, r.a],
          [2 * at + 1, r.b],
        ] as const) {
          const v = index.get(id)!
          if (first[v] === -1) first[v] = place
        }
      })
      return first.map((place) => -place)
    },
  }
}
