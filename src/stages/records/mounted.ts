import type { Engine, Layout, Scope, Segment, Store, Tx } from "#store"
import { KIND_NAMES, type KindName } from "#vocabulary/kinds"
import { datasetOf, layoutOf, MENTION, REJECT } from "./layout.ts"

/** Records under a sight, in an engine: views named by kind (`"book-entry"`, `call` …), `mention`, `reject`. */
export interface Mounted {
  engine: Engine
  /** Live segments behind the views, in manifest order. */
  segments: Segment[]
  /** Access classes of those segments. */
  classes: readonly number[]
  close(): void
}

const DATASETS: readonly (readonly [string, string, Layout])[] = [
  ...KIND_NAMES.map((kind) => [kind as string, datasetOf(kind), layoutOf(kind)] as const),
  ["mention", "mention", MENTION],
  ["reject", "reject", REJECT],
]

/**
 * Opens an engine over the rows that `classes` show and that are in `scope`, which is `in` for everybody but the examiner's
 * scope screen. `asOf` gives the state at an earlier manifest position.
 */
export async function mountRecords(
  store: Store,
  classes: readonly number[],
  options: { scope?: Scope | readonly Scope[]; asOf?: number; exhibits?: readonly string[]; memoryLimit?: string } = {},
): Promise<Mounted> {
  const scope = options.scope ?? "in"
  const segments = await store.register.transaction(
    (tx: Tx) =>
      store.segments.live(tx, {
        scope,
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
        ...(options.exhibits ? { exhibits: options.exhibits } : {}),
      }),
    classes,
  )
  const engine = await store.engine(options.memoryLimit ? { memoryLimit: options.memoryLimit } : {})
  const byDataset = Map.groupBy(segments, (s) => s.dataset)
  for (const [view, dataset, layout] of DATASETS)
    await engine.mount(
      view,
      (byDataset.get(dataset) ?? []).map((s) => s.path),
      layout,
    )
  const held = [...new Set(segments.map((s) => s.accessClass))].sort((a, b) => a - b)
  return { engine, segments, classes: held, close: () => engine.close() }
}

/** The view that holds a kind's records. */
export const viewOf = (kind: KindName): string => `"${kind}"`
