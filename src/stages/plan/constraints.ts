import { type Context, deconfliction } from "#access"
import { members as network, type Snapshot } from "#network"

/** Why somebody may not be in a set. Protection and covert work are known to the picture; the rest is said, or announced by others. */
export const GROUNDS = {
  protected: "protected, or kept out for work that is not shown here",
  safeguarding: "left out for safeguarding",
  covert: "left out because of covert work",
  "other-team": "left out because another team works on them",
  announced: "another team asks to be spoken to first",
  jurisdiction: "out of every reachable jurisdiction",
  power: "no legal power reaches them",
} as const
export type GroundId = keyof typeof GROUNDS

export interface Constraints {
  safeguarding: readonly string[]
  covert: readonly string[]
  otherTeam: readonly string[]
  noPower: readonly string[]
  /** Only these can be reached; empty = everybody. */
  reachable: readonly string[]
  /** Leave in whom another team announced. */
  announced: "out" | "in"
}

export interface LeftOut {
  entity: string
  label: string
  ground: GroundId
  words: string
  /** Whom to speak to. */
  contacts: string[]
}

/** Applies the constraints; the first ground that holds is told. A name that nobody bears fails, so that no safeguard is lost to a slip. */
export async function constrained(
  ctx: Context,
  snapshot: Snapshot,
  members: network.Members,
  constraints: Constraints,
): Promise<{ may: Uint8Array; out: LeftOut[] }> {
  const { ids, names } = members
  const named = (list: readonly string[], at: string) => network.bearersOf(members, list, at)
  const lists: [GroundId, Set<string>][] = [
    ["safeguarding", named(constraints.safeguarding, "safeguarding")],
    ["covert", named(constraints.covert, "covert")],
    ["other-team", named(constraints.otherTeam, "otherTeam")],
    ["power", named(constraints.noPower, "noPower")],
  ]
  const reachable = constraints.reachable.length > 0 ? named(constraints.reachable, "reachable") : null
  const contacts = constraints.announced === "out" ? await announcedHere(ctx, snapshot, ids) : new Map<string, string[]>()
  const out: LeftOut[] = []
  const may = new Uint8Array(ids.length).fill(1)
  for (const [v, id] of ids.entries()) {
    const name = names.get(id)!
    const ground: GroundId | undefined = name.masked
      ? "protected"
      : (lists.find(([, list]) => list.has(id))?.[0] ??
        (contacts.has(id) ? "announced" : reachable && !reachable.has(id) ? "jurisdiction" : undefined))
    if (ground === undefined) continue
    may[v] = 0
    out.push({ entity: id, label: name.label, ground, words: GROUNDS[ground], contacts: contacts.get(id) ?? [] })
  }
  return { may, out }
}

/** Whom other teams announced, among these, by the identifiers that are in sight. */
async function announcedHere(ctx: Context, snapshot: Snapshot, ids: readonly string[]): Promise<Map<string, string[]>> {
  const wanted = new Set(ids)
  const rows = await snapshot.people.engine.all<{ id: string; keys: string[] }>("select id, keys from entity order by id")
  const own = rows.map(({ id, keys }) => ({ id, keys: keys.filter((k) => !/^(name|node|holder):/.test(k)) }))
  const found = new Map<string, string[]>()
  for (const { id, keys } of own) {
    if (!wanted.has(id) || keys.length === 0) continue
    const contacts = (await deconfliction.announcedOf(ctx, keys)).map((a) => a.contact)
    if (contacts.length > 0) found.set(id, contacts)
  }
  return found
}
