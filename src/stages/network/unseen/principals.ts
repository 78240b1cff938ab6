import type { ConductReason, Rankable } from "#entities"
import { say } from "#vocabulary/sentences"
import { namedGraph } from "../graph.ts"
import type { LayerId } from "../layers.ts"
import { involvement } from "../measures/involvement.ts"
import { involvementInput } from "../rank.ts"
import type { TieRow } from "../snapshot.ts"
import type { SpokenAs } from "./spoken-names.ts"

/**
 * The boss nobody phones: wiretaps and phones miss those at the head (Agreste et al. 2016, sources §5). He is looked for in what others say
 * of him, in who is paid, and in whose word releases deposits; each of these is a source that can be left out to see what hangs on it.
 */
export const SOURCES = [
  {
    id: "spoken",
    title: "what others say",
    layers: ["spoken"],
    of: (r: ConductReason) => r.basis === "others' words" || (r.basis === "stated by report" && !ofMoney(r)),
  },
  { id: "paid", title: "who is paid", layers: ["money"], of: (r: ConductReason) => r.conduct === "is-paid" || r.basis === "book" },
  {
    id: "releases",
    title: "whose word releases deposits",
    layers: [],
    of: (r: ConductReason) => r.conduct === "finances" && r.basis !== "stated by report",
  },
  {
    id: "proceeds",
    title: "where reports see the money go",
    layers: [],
    of: (r: ConductReason) => r.basis === "stated by report" && ofMoney(r),
  },
] as const satisfies readonly { id: string; title: string; layers: readonly LayerId[]; of: (r: ConductReason) => boolean }[]
function ofMoney(r: ConductReason): boolean {
  return r.conduct === "finances" || r.conduct === "launders"
}
export type SourceId = (typeof SOURCES)[number]["id"]

/** Acts of whoever stands above others: he runs it, is paid when people arrive, says that money may go, or keeps what is left of it. */
const ABOVE = ["organises", "is-paid", "finances", "launders"]
/** Work that leaves traces of its own: whoever does it is no boss whom only others show. */
const OWN_WORK = ["own words", "book", "seizure", "inspection", "declaration"]
const DIRECT: readonly LayerId[] = ["messages", "calls"]

export interface Above {
  entity: string
  label: string
  rank: number
  /** Names spoken of in talk that are his in another script or spelling, or a namesake's. */
  spokenAs: SpokenAs[]
  /** Nothing shows work of his own: others speak of him, or reports do. */
  aloof: boolean
  /** Which of the sources show him. */
  shownBy: SourceId[]
  /** No device, message or call of his own: all is said by others, or written in books. */
  onlyThroughOthers: boolean
  /** Rank without each source that shows him; null: without it he would not be in the list. */
  without: { source: SourceId; rank: number | null }[]
  reasons: ConductReason[]
}

/** Those of the list who may stand above others, with what hangs on each source. */
export function aboveOthers(
  players: readonly Rankable[],
  ties: readonly TieRow[],
  spoken: ReadonlyMap<string, SpokenAs[]> = new Map(),
): Above[] {
  const full = ranksOf(players, ties)
  const ids = new Set(players.map((p) => p.entity))
  const without = SOURCES.map((source) =>
    ranksOf(
      leaving(players, source.of),
      ties.filter((t) => !(source.layers as readonly LayerId[]).includes(t.layer)),
    ),
  )
  return players
    .flatMap((p) => {
      const reasons = p.reasons.filter((r) => ABOVE.includes(r.conduct))
      const own = ties.filter((t) => (t.a === p.entity || t.b === p.entity) && ids.has(t.a) && ids.has(t.b))
      const shownBy = SOURCES.filter((s) => reasons.some(s.of) || own.some((t) => (s.layers as readonly LayerId[]).includes(t.layer))).map(
        (s) => s.id,
      )
      if (reasons.length === 0 || shownBy.length === 0) return []
      const onlyThroughOthers = !p.reasons.some((r) => r.basis === "own words") && !own.some((t) => DIRECT.includes(t.layer))
      return [
        {
          entity: p.entity,
          label: p.label,
          rank: full.get(p.entity)!,
          spokenAs: spoken.get(p.entity) ?? [],
          aloof: onlyThroughOthers && !p.reasons.some((r) => OWN_WORK.includes(r.basis)),
          shownBy,
          onlyThroughOthers,
          without: shownBy.map((source) => ({ source, rank: without[SOURCES.findIndex((s) => s.id === source)]!.get(p.entity) ?? null })),
          reasons,
        },
      ]
    })
    .sort((a, b) => a.rank - b.rank)
}

/** Players with the reasons of one source taken from them; whom nothing else shows is gone. */
function leaving(players: readonly Rankable[], out: (r: ConductReason) => boolean): Rankable[] {
  return players.map((p) => ({ ...p, reasons: p.reasons.filter((r) => !out(r)) })).filter((p) => p.reasons.length > 0)
}

/** Rank by involvement of everybody given, equal scores by id. */
export function ranksOf(players: readonly Rankable[], ties: readonly TieRow[]): Map<string, number> {
  const net = namedGraph(
    players.map((p) => p.entity),
    ties,
  )
  const score = involvement(involvementInput(net, players).input)
  const order = [...net.ids.keys()].sort((a, b) => score[b]! - score[a]! || (net.ids[a]! < net.ids[b]! ? -1 : 1))
  return new Map(order.map((v, i) => [net.ids[v]!, i + 1]))
}

/** Whom `isStrong` marked in lists of operations that it was not made on: scale S, seeds 101–160, and M, 201–230 (`bench/coverage.ts`). */
const RECORD = { operations: 72, marked: 13, right: 7, wrong: 6 }

export type Verdict = "nothing" | "not visible" | "partly visible"

/**
 * What can be said of those at the head. It never says that everybody is visible: a boss of whom no exhibit speaks cannot be told from
 * one who is not there. That two seizures call somebody the one who runs it is not enough: on invented operations 12 of 13 such people
 * ran one stage for another. `nothing`: no graded conduct at all, so that there is no chain to have a head.
 */
export function verdictOf(
  players: number,
  above: readonly Above[],
  unknown: readonly { runs: boolean }[],
): { verdict: Verdict; says: string } {
  if (players === 0) return { verdict: "nothing", says: say("head.nothing") }
  const nameless = unknown.filter((u) => u.runs).length
  const more = nameless > 0 ? [say("head.nameless", { names: nameless })] : []
  const strong = above.filter(isStrong)
  if (strong.length === 0)
    return {
      verdict: "not visible",
      says: [say("head.not-visible", { players, above: above.length }), ...more].join(" "),
    }
  return {
    verdict: "partly visible",
    says: [say("head.partly", { strong: strong.length, players }), say("head.record", RECORD), ...more, say("head.not-ruled-out")].join(
      " ",
    ),
  }
}

/**
 * Two kinds of source in two independent seizure events say so. Reports of where the money goes count beside talk alone, and only of
 * somebody who leaves no trace of work: bookkeepers and payers of a stage are reported for money as well, and books pay them. Of those
 * who were found so on invented operations that the rule was made on, 2 of 2 were principals; on six others it
 * found nobody, and three principals who stand in lists there stayed unrecognised (`bench/coverage.ts`).
 */
export function isStrong({ reasons, spokenAs, aloof }: Pick<Above, "reasons" | "spokenAs" | "aloof">): boolean {
  const by = (id: SourceId) => reasons.filter(SOURCES.find((s) => s.id === id)!.of)
  const independent = (own: readonly ConductReason[], heard: readonly SpokenAs[] = []) =>
    new Set([...own.flatMap((r) => r.events), ...heard.flatMap((s) => s.events)]).size >= 2
  const kinds = (["spoken", "paid", "releases"] as const).map(by).filter((own) => own.length > 0)
  if (kinds.length >= 2 && independent(kinds.flat())) return true
  const money = by("proceeds")
  const told = by("spoken").filter((r) => r.basis === "others' words")
  return aloof && money.length > 0 && told.length + spokenAs.length > 0 && independent([...money, ...told], spokenAs)
}
