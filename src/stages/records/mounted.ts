import type { Engine, Layout, Scope, Segment, Store, Tx } from "#store"
import { KIND_NAMES, type KindName } from "#vocabulary/kinds"
import { datasetOf, layoutOf, MENTION, REJECT } from "./layout.ts"

/** Records under a sight, in an engine: views named by kind (`"book-entry"`, `call` …), `mention`, `reject`. */
export interface Mounted {
  engine: Engine
  /** Kinds of which there is a record; the views of the others are empty. */
  kinds: readonly KindName[]
  /** Live segments behind the views, in manifest order. */
  segments: Segment[]
  /** Access classes of those segments. */
  classes: readonly number[]
  close(): void
}

export const rowsOf = (segments: readonly Segment[]): number => segments.reduce((sum, s) => sum + s.rows, 0)

const DATASETS: readonly (readonly [string, string, Layout])[] = [
  ...KIND_NAMES.map((kind) => [kind as string, datasetOf(kind), layoutOf(kind)] as const),
  ["mention", "mention", MENTION],
  ["reject", "reject", REJECT],
]

/**
 * Opens an engine over the rows that `classes` show and that are in `scope`, which is `in` for everybody but the examiner's
 * scope screen. `asOf` gives the state at an earlier manifest position; `views` are all that are opened, where not all are wanted.
 */
export async function mountRecords(
  store: Store,
  classes: readonly number[],
  options: {
    scope?: Scope | readonly Scope[]
    asOf?: number
    exhibits?: readonly string[]
    views?: readonly string[]
    memoryLimit?: string
  } = {},
): Promise<Mounted> {
  const scope = options.scope ?? "in"
  const wanted = DATASETS.filter(([view]) => options.views?.includes(view) ?? true)
  const datasets = new Set(wanted.map(([, dataset]) => dataset))
  const live = await store.register.transaction(
    (tx: Tx) =>
      store.segments.live(tx, {
        scope,
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
        ...(options.exhibits ? { exhibits: options.exhibits } : {}),
      }),
    classes,
  )
  const segments = live.filter((s) => datasets.has(s.dataset))
  const engine = await store.engine({ rows: rowsOf(segments), ...(options.memoryLimit ? { memoryLimit: options.memoryLimit } : {}) })
  const byDataset = Map.groupBy(segments, (s) => s.dataset)
  await engine.mount(
    wanted.map(([view, dataset, columns]) => ({ view, files: (byDataset.get(dataset) ?? []).map((s) => s.path), columns })),
  )
  const held = [...new Set(segments.map((s) => s.accessClass))].sort((a, b) => a - b)
  const kinds = KIND_NAMES.filter((kind) => byDataset.has(datasetOf(kind)))
  return { engine, kinds, segments, classes: held, close: () => engine.close() }
}

/** The view that holds a kind's records. */
export const viewOf = (kind: KindName): string => `"${kind}"`
