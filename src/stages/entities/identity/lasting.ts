import { appendRows, createTable, type Engine, type Layout, literal } from "#store"
import { keyedId } from "#vocabulary/ids"

const LASTING: Layout = [
  ["key", "VARCHAR"],
  ["fragment_id", "VARCHAR"],
  ["entity_id", "VARCHAR"],
]

/**
 * Fills `lasting` (key, fragment_id, entity_id): the id that a key has for ever, and the id of every entity of which it is, was or will
 * be the smallest key. An entity is named by its smallest key, so whatever id ever stood for something in view is that of a key in
 * view, and leads to whoever bears that key today: through merges, splits and new evidence, without anything that is remembered.
 */
export async function fillLasting(engine: Engine, nodeKey: Buffer, base: string | null): Promise<void> {
  await createTable(engine, "lasting", LASTING)
  if (base !== null)
    await engine.exec(
      `insert into lasting select * from read_parquet(${literal(`${base}/whole-lasting.parquet`)}) semi join ident using (key)`,
    )
  const fresh = await engine.all<{ key: string }>("select key from ident anti join lasting using (key) order by key")
  await appendRows(
    engine,
    "lasting",
    LASTING,
    fresh.map(({ key }) => [key, keyedId("fr_", nodeKey, key), keyedId("en_", nodeKey, key)]),
  )
}
