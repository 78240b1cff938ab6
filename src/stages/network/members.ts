import { label, rankable } from "#entities"
import { Failure } from "#vocabulary/failure"
import { playersOf } from "./players.ts"
import type { Snapshot, TieRow } from "./snapshot.ts"
import { endOf } from "./ties.ts"

export { playersOf }

/** Who may stand in a figure of structure: players where there is conduct, all nodes of a bare network. */
export interface Members {
  /** Entities in natural order of their labels: the order of equal scores. */
  ids: string[]
  names: Map<string, { label: string; kind: string; masked: boolean }>
  /** No conduct anywhere, and nothing but links as given. */
  bare: boolean
  ties: TieRow[]
}

const collator = new Intl.Collator("en", { numeric: true })

/** The members of a snapshot's network. Throws `invalid.no-network` where there is nobody, or no tie of a bare one. */
export async function membersOf(snapshot: Snapshot): Promise<Members> {
  const ties = await snapshot.ties()
  const players = (await playersOf(snapshot)).map((p) => p.entity)
  const bare = (await rankable(snapshot.people)).length === 0 && ties.every((t) => t.layer === "links")
  const ids = bare ? await nodesOf(snapshot) : players
  if (ids.length === 0)
    throw new Failure("invalid.no-network", "There is no network here: no ties, or nobody with conduct.", {
      hint: "Take in evidence first.",
    })
  const names = await label(snapshot.people, ids)
  ids.sort((a, b) => collator.compare(names.get(a)!.label, names.get(b)!.label) || (a < b ? -1 : 1))
  return { ids, names, bare, ties }
}

/** Those of `ids` whom a word names, by label or id. Throws `invalid.not-a-member` for a word that names nobody, so that nobody is left out by a slip. */
export function bearersOf({ ids, names }: Pick<Members, "ids" | "names">, words: readonly string[], at: string): Set<string> {
  return new Set(
    words.flatMap((word) => {
      const bearers = ids.filter((id) => id === word || names.get(id)!.label === word)
      if (bearers.length === 0)
        throw new Failure("invalid.not-a-member", `Nobody in this network is called ${word}.`, {
          at,
          hint: "Give a label as the answer of `plan set` or `rank` shows it, or the id of the entity.",
        })
      return bearers
    }),
  )
}

/** Every node of a bare network, those without a tie too: figures count all who are left. Of a two-mode one those with links that it is about. */
export async function nodesOf(snapshot: Snapshot): Promise<string[]> {
  const { mode } = snapshot.parts
  const rows = await (await snapshot.people.structure()).all<{ id: string }>(
    mode === "both" ? "select distinct entity as id from identity where starts_with(key, 'node:')" : nodesAt(endOf(mode)),
  )
  return rows.map((r) => r.id)
}

/** Whether no node stands at both ends of links, as where people are linked to what they took part in, and the snapshot is about both kinds. */
export async function mixesTwoModes(snapshot: Snapshot): Promise<boolean> {
  if (snapshot.parts.mode !== "both") return false
  const [row] = await (await snapshot.people.structure()).all<{ both: number }>(
    `select count(*) as "both" from (${nodesAt(endOf("first"))} intersect ${nodesAt(endOf("second"))})`,
  )
  return row!.both === 0
}

const nodesAt = (end: string): string =>
  `select distinct i.entity as id from m join identity i using (key) join link l on l.id = m.record where m.part = '${end}'`
