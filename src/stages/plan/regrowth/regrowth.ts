import { flows, type Pool } from "#kernels"
import type { Snapshot } from "#network"
import type { Range } from "../chain/capacity.ts"
import { type Chain, onEverySide, rangeOf, type Scenario } from "../chain/chain.ts"
import type { Participations } from "../chain/participation.ts"
import { LEG_STAGES, ROUTE_IDS } from "../chain/routes.ts"
import type { Action } from "../options/option.ts"

/** Ends of the short and the long horizon, in weeks after an option takes effect (Diviák 2023: what holds at first may not last). */
export const HORIZONS = [4, 52] as const

export const MECHANISMS: readonly { id: flows.Mechanism; title: string; says: string; source: string }[] = [
  { id: "none", title: "nothing grows back", says: "What is lost stays lost.", source: "the usual assumption of structural measures" },
  {
    id: "random",
    title: "anybody steps in",
    says: "Each vacancy is filled after the time that its role needs; newcomers know whom chance gives them.",
    source: "Duijn, Kashirin and Sloot 2014",
  },
  {
    id: "preferential",
    title: "around the well-connected",
    says: "Vacancies of well-connected people are filled sooner, and newcomers turn to whoever knows many.",
    source: "Duijn, Kashirin and Sloot 2014",
  },
  {
    id: "triadic",
    title: "through mutual acquaintances",
    says: "Those whom the lost one joined turn to each other; where nobody was joined, nothing comes back.",
    source: "Diviák 2023",
  },
  {
    id: "alike",
    title: "by those in the same place and stage",
    says: "Those at the same stage of the same way take over; where there are none it takes thrice as long. Where somebody comes from plays no part.",
    source: "Campana 2018; Diviák 2023",
  },
]

/**
 * Median weeks until somebody does what the lost one did, by stage. Those who forge, hold deposits, supply and launder need skill, money or
 * trust and take longer (Duijn et al. 2014: human capital of the value chain). Starting values, not findings.
 */
export const REPLACED_AFTER: Readonly<Record<number, number>> = { 1: 2, 2: 12, 3: 20, 4: 4, 5: 10, 6: 4, 7: 12, 8: 3, 9: 8, 10: 16 }

/** Share of what a way loses that goes by another, once it can (Morselli and Petit 2007: routes were shifted under seizures). */
const SHIFT = [0, 0.8] as const

export interface Outcome {
  mechanism: flows.Mechanism
  weeks: number
  /** People a week, before and after. */
  before: Range
  after: Range
  /** After over before, less one: −1 nothing gets through, 0 no effect, above 0 worse. */
  change: Range
  /** Mean of the changes: runs in which much is lost and those in which nothing is both count. */
  mean: number
  /** Share of the runs in which noticeably more gets through than before. */
  worse: number
  /** Change of the share of players in the largest component. */
  cohesion: Range
  verdict: Verdict
}

export const VERDICTS = ["lower", "uncertain", "none", "worse"] as const
export type Verdict = (typeof VERDICTS)[number]

/** Changes smaller than this are no effect. */
const NOTICEABLE = 0.05

/** In words, from the interval and not from its middle. */
export function verdictOf(change: Range): Verdict {
  if (change.high <= -NOTICEABLE) return "lower"
  if (change.low > -NOTICEABLE && change.middle >= NOTICEABLE) return "worse"
  if (change.low > -NOTICEABLE && change.high < NOTICEABLE) return "none"
  return "uncertain"
}

export const VERDICT_SAYS: Readonly<Record<Verdict, string>> = {
  lower: "Less gets through in nearly all runs.",
  uncertain: "Runs disagree: less, the same or more may get through.",
  none: "No effect.",
  worse: "It gets worse: more gets through than before.",
}

/** A change in per cent with its sign; one that rounds to nothing has none. */
export function percent(share: number): string {
  const whole = Math.round(share * 100)
  return `${whole > 0 ? "+" : ""}${whole === 0 ? 0 : whole} %`
}

export interface RegrowthRequest {
  mechanisms: readonly flows.Mechanism[]
  runs: number
  seed: number
}

/** What follows from some actions, mechanism by mechanism, at both horizons. The same for a seed on any number of workers. */
export async function outcomesOf(
  snapshot: Pick<Snapshot, "ties">,
  parts: Pick<Participations, "players">,
  chain: Chain,
  scenarios: readonly Scenario[],
  actions: readonly Action[],
  { mechanisms, runs, seed }: RegrowthRequest,
  pool?: Pool,
): Promise<Outcome[]> {
  const members = parts.players.map((p) => p.entity)
  const index = new Map(members.map((id, i) => [id, i]))
  const pairs = new Set<string>()
  for (const t of await snapshot.ties()) if (index.has(t.a) && index.has(t.b)) pairs.add(`${index.get(t.a)} ${index.get(t.b)}`)
  const ties = [...pairs].sort().map((p) => p.split(" ").map(Number) as [number, number])
  const lost = chain.slots.map((): [number, number] => [0, 0])
  const arcs = new Map<number, readonly [number, number]>()
  for (const action of actions) {
    // Of several on one thing the strongest counts.
    for (const s of action.slots) if (action.effect[1] > lost[s]![1]) lost[s] = [...action.effect]
    for (const arc of action.arcs) if (action.effect[1] > (arcs.get(arc)?.[1] ?? 0)) arcs.set(arc, action.effect)
  }
  // Somebody of no stage in particular carries no flow, and is still gone from the ties.
  const idle = actions.flatMap((a) => (a.lever === null && a.slots.length === 0 && a.entity !== null ? [a.entity] : []))
  const loose = chain.network.from.length
  const network = {
    ...chain.network,
    from: [...Array.from(chain.network.from), ...idle.map(() => chain.network.source)],
    to: [...Array.from(chain.network.to), ...idle.map(() => chain.network.source)],
  }
  const out: Outcome[] = []
  for (const mechanism of mechanisms) {
    const values = await flows.regrow(
      {
        network,
        members: members.length,
        ties: { from: ties.map(([a]) => a), to: ties.map(([, b]) => b) },
        slots: [
          ...chain.slots.flatMap((s) =>
            onEverySide(chain, s.arc).map((arc, side) => ({
              arc,
              member: index.get(s.participation.entity)!,
              layer: s.participation.stage,
              lane: side * ROUTE_IDS.length + (LEG_STAGES.includes(s.participation.stage) ? ROUTE_IDS.indexOf(s.route) : 0),
            })),
          ),
          ...idle.map((entity, i) => ({ arc: loose + i, member: index.get(entity)!, layer: 0, lane: -1 })),
        ],
        scenarios: scenarios.map((s) => [...s.capacity, ...idle.map(() => 0)]),
        lost: [...lost.flatMap((share) => onEverySide(chain, 0).map(() => share)), ...idle.map((): [number, number] => [1, 1])],
        arcs: [...arcs].map(([arc, share]) => ({ arc, share })),
        median: Array.from({ length: 11 }, (_, stage) => REPLACED_AFTER[stage] ?? 8),
        mechanism,
        weeks: HORIZONS,
        runs,
        seed,
        shift: SHIFT,
      },
      pool,
    )
    HORIZONS.forEach((weeks, h) => {
      const at = (field: number) =>
        Float64Array.from({ length: runs }, (_, r) => values[(r * HORIZONS.length + h) * flows.REGROWN_FIELDS + field]!)
      const [after, before, whole, intact] = [at(0), at(1), at(2), at(3)]
      const changes = after.map((v, r) => (before[r]! > 0 ? v / before[r]! - 1 : 0))
      const change = rangeOf(changes)
      out.push({
        mechanism,
        weeks,
        before: rangeOf(before),
        after: rangeOf(after),
        change,
        mean: changes.reduce((a, b) => a + b, 0) / runs,
        worse: changes.filter((c) => c >= NOTICEABLE).length / runs,
        cohesion: rangeOf(whole.map((v, r) => (intact[r]! > 0 ? v / intact[r]! - 1 : 0))),
        verdict: verdictOf(change),
      })
    })
  }
  return out
}
