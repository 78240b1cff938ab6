import { protection } from "#access"
import { type Engine, fill, literal, type Store } from "#store"
import { isProtective, STANDING_IDS, STANDINGS, type Standing } from "#vocabulary/standing"

/**
 * Types whose value means the same person wherever it is met. A name, a node of an edge list and an alias do so only inside one
 * investigation: protection under them goes no further than that.
 */
const ONE_EVERYWHERE = new Set(["phone", "email", "handle", "account", "document", "holder"])

/** How the register of protections knows the bearer of a key that an investigation holds. */
export const guardOf = (store: Store, investigation: string, key: string): string =>
  ONE_EVERYWHERE.has(key.slice(0, key.indexOf(":")))
    ? protection.personOf(store.nodeKey, key)
    : protection.personOf(store.nodeKey, key, investigation)

/** Standings under which nobody lifts anything. */
const OF_CHILDREN = STANDING_IDS.filter((s) => isProtective(s) && !STANDINGS[s].liftable)
export const protectsOf = (standing: Standing): protection.Protects => (OF_CHILDREN.includes(standing) ? "child" : "adult")

/** Of everybody who is protected somewhere, those whose keys are in view: `mentioned` is the file of keys with their hashes. */
export async function touched(
  engine: Engine,
  mentioned: string,
  guards: readonly protection.Protection[],
): Promise<protection.Protection[]> {
  if (guards.length === 0) return []
  await fill(
    engine,
    "guard",
    [
      ["person", "VARCHAR"],
      ["protects", "VARCHAR"],
    ],
    guards.map((g) => [g.person, g.protects]),
  )
  const rows = await engine.all<{ person: string; protects: "child" | "adult" }>(
    `select distinct person, protects from guard semi join read_parquet(${literal(mentioned)}) using (person) order by person, protects`,
  )
  await engine.exec("drop table guard")
  return rows
}
