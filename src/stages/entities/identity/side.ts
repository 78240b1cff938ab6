import { literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { isId } from "#vocabulary/ids"
import type { People } from "../people.ts"
import { type BornFact, type Conflict, clashOf, type PlaceFact } from "./conflict.ts"
import { traitsOfAll } from "./traits.ts"

/** Somebody whom a decision is about: an entity, or one identifier or fragment of it. */
export interface Side {
  entity: string
  /** All its keys, in order. */
  keys: string[]
  /** The one that was named; null when the whole entity was. */
  key: string | null
}

const unknown = (at: string): Failure =>
  new Failure("invalid.entity-unknown", "There is nobody and nothing of that id that you may see.", { at })

/**
 * Whom an entity's id, a fragment's id or a key as it is shown stands for. Identifiers of protected people stand for nobody here; their
 * entity's id does. Throws `invalid.entity-unknown`, and `conflict.entity-moved` for an id whose bearer goes by another one today.
 */
export async function sideOf(people: People, named: string, at: string): Promise<Side> {
  const isAnId = isId("en_", named) || isId("fr_", named)
  const [found] = isAnId
    ? await people.engine.all<{ entity: string; key: string | null }>("select entity, key from lasting where id = $1", [named])
    : await people.engine.all<{ entity: string; key: string | null }>("select entity, key from identity where key = $1", [named])
  if (!found) throw unknown(at)
  if (found.key === null && found.entity !== named)
    throw new Failure("conflict.entity-moved", "Whoever that id stood for goes by another one today.", {
      at,
      hint: `Look at ${found.entity}, and decide about that.`,
    })
  const [about] = await people.engine.all<{ kind: string }>("select kind from entity where id = $1", [found.entity])
  if (about?.kind !== "person")
    throw new Failure("invalid.not-a-person", "Things are told apart by their own numbers: only people are joined and parted.", { at })
  const whole = await people.structure()
  const keys = await whole.all<{ key: string }>("select key from identity where entity = $1 order by key", [found.entity])
  return { entity: found.entity, keys: keys.map((k) => k.key), key: found.key }
}

/** Keys that the records give or speak of. */
export async function keysIn(people: People, records: readonly string[]): Promise<Set<string>> {
  if (records.length === 0) return new Set()
  const whole = await people.structure()
  const listed = records.map(literal).join(",")
  const rows = await whole.all<{ key: string }>(
    `select key from m where record in (${listed}) union select key from being where record in (${listed})
     `,
  )
  return new Set(rows.map((r) => r.key))
}

/** The key by which a decision holds a side: the one named; else the first that its reasons speak of; else the first. */
export const anchorOf = (side: Side, cited: ReadonlySet<string>): string => side.key ?? side.keys.find((k) => cited.has(k)) ?? side.keys[0]!

/** What contradicts that two sides are one person; null where nothing in view does. */
export async function contradictionOf(people: People, a: Side, b: Side): Promise<Conflict | null> {
  if (a.entity === b.entity) return null
  const whole = await people.structure()
  const traitsOf = async (side: Side) => {
    const listed = side.keys.map(literal).join(",")
    return traitsOfAll(side.keys, {
      stated: [],
      born: await whole.all<BornFact & Record<string, string>>(`select key, date, record from fact_born where key in (${listed})`),
      places: await whole.all<PlaceFact & Record<string, string | number>>(
        `select key, at_ms as "atMs", lat, lon, record from fact_place where key in (${listed})`,
      ),
      sides: await whole.all<{ decision: string; side: "left" | "right"; key: string }>(
        `select decision, side, key from apart where key in (${listed})`,
      ),
    })
  }
  return clashOf(await traitsOf(a), await traitsOf(b))
}

/** A decision in force that holds two keys of one entity to be the same, directly or through others; null where none does. */
export async function decidedPath(people: People, left: string, right: string): Promise<string | null> {
  const whole = await people.structure()
  const links = await whole.all<{ a: string; b: string; decision: string }>(
    "select a, b, decision from claim where rule = 'decided' and refused is null order by decision, a, b",
  )
  const reached = new Map<string, string | null>([[left, null]])
  for (let grew = true; grew; ) {
    grew = false
    for (const { a, b, decision } of links)
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const)
        if (reached.has(from) && !reached.has(to)) {
          reached.set(to, reached.get(from) ?? decision)
          grew = true
        }
  }
  return reached.get(right) ?? null
}
