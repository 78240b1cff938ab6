import { type Engine, literal } from "#store"

/**
 * Whom a decision is about today: the entity that bears most of the identifiers that were the person's when it was made; of equal ones
 * that with the smallest key among them. So it goes with the person through merges and splits. Null when nobody in view bears any.
 */
export async function bearerOf(engine: Engine, keys: readonly string[]): Promise<string | null> {
  if (keys.length === 0) return null
  const [found] = await engine.all<{ entity: string }>(
    `select entity from identity where key in (${keys.map(literal).join(",")}) group by entity order by count(*) desc, min(key) limit 1`,
  )
  return found?.entity ?? null
}
