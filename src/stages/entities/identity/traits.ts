import { absorb, type BornFact, inTime, type PlaceFact, type StatedFact, type Traits } from "./conflict.ts"

/** What one key is by itself, before anything is known of it. */
export const traitsOf = (key: string): Traits => ({
  numbers: key.startsWith("phone:") ? 1 : 0,
  holders: new Set(key.startsWith("holder:") ? [key] : []),
  born: new Map(),
  stated: [],
  places: [],
  sides: new Map(),
})

export interface Known {
  born: readonly BornFact[]
  stated: readonly StatedFact[]
  places: readonly PlaceFact[]
  sides: readonly { decision: string; side: "left" | "right"; key: string }[]
}

/** Adds what is known to the traits of the keys that it is known of; of others it says nothing. */
export function know(traits: ReadonlyMap<string, Traits>, { born, stated, places, sides }: Known): void {
  for (const { key, date, record } of born) {
    const own = traits.get(key)?.born
    const known = own?.get(date)
    if (own && (known === undefined || record < known)) own.set(date, record)
  }
  for (const fact of stated) traits.get(fact.key)?.stated.push(fact)
  for (const place of [...places].sort(inTime)) traits.get(place.key)?.places.push(place)
  for (const { decision, side, key } of sides) {
    const own = traits.get(key)?.sides
    const before = own?.get(decision)
    own?.set(decision, before === undefined || before === side ? side : "both")
  }
}

/** What several keys are together. */
export function traitsOfAll(keys: readonly string[], known: Known): Traits {
  const each = new Map(keys.map((key) => [key, traitsOf(key)]))
  know(each, known)
  const [first, ...rest] = each.values()
  for (const other of rest) absorb(first!, other)
  return first!
}
