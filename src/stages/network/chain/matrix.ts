import { sampling } from "#kernels"
import { type Part, ROUTE_UNKNOWN } from "./parts.ts"
import { ROLE_TITLES, SCARCE_ROLES, SCRIPT } from "./script.ts"

/** Somebody known alone on a stage is a chokepoint there, or the only one of several whom we saw. */
const CHOKEPOINT_BELOW = 2

export interface Cell {
  stage: number
  /** Null: all routes together. */
  route: string | null
  /** People known to take a part here, each counted once. */
  known: number
  /** How many more there are at least, from how many were seen in one event alone. */
  unseen: number
  /** `blank`: nobody known, a collection gap. `chokepoint`: one known. `held`: two or more. `unplaced`: parts whose route nobody knows, which say nothing of any route. */
  state: "blank" | "chokepoint" | "held" | "unplaced"
  /** The one who is known was seen here in a single event: others may well be there. */
  seenOnce: boolean
  people: {
    entity: string
    label: string
    roles: string[]
    events: number
    firstAt: number | null
    lastAt: number | null
    records: string[]
  }[]
}

export function routesOf(parts: readonly Part[]): string[] {
  const routes = [...new Set(parts.flatMap((p) => p.routes))].sort()
  return [...routes.filter((r) => r !== ROUTE_UNKNOWN), ...routes.filter((r) => r === ROUTE_UNKNOWN)]
}

/** One cell per stage and route, and one per stage over all routes. */
export function matrixOf(parts: readonly Part[]): Cell[] {
  return [null, ...routesOf(parts)].flatMap((route) =>
    SCRIPT.map(({ stage }) =>
      cellOf(
        stage,
        route,
        parts.filter((p) => p.stage === stage && (route === null || p.routes.includes(route))),
      ),
    ),
  )
}

function cellOf(stage: number, route: string | null, parts: readonly Part[]): Cell {
  const people = [...Map.groupBy(parts, (p) => p.entity)]
    .map(([entity, own]) => {
      const times = own.flatMap((p) => [p.firstAt, p.lastAt]).filter((at) => at !== null)
      return {
        entity,
        label: own[0]!.label,
        roles: [...new Set(own.map((p) => p.role))].sort(),
        events: new Set(own.map((p) => p.event)).size,
        firstAt: times.length > 0 ? Math.min(...times) : null,
        lastAt: times.length > 0 ? Math.max(...times) : null,
        records: [...new Set(own.flatMap((p) => p.records))].slice(0, 40),
      }
    })
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.entity < b.entity ? -1 : 1))
  const unseen = sampling.unseenAtLeast(people.map((p) => p.events))
  const few = people.length === 0 ? "blank" : people.length < CHOKEPOINT_BELOW ? "chokepoint" : "held"
  const state = route === ROUTE_UNKNOWN ? "unplaced" : few
  return { stage, route, known: people.length, unseen, state, seenOnce: people.length === 1 && people[0]!.events === 1, people }
}

/** How many are known on a route to do what few can do. */
export function scarceOn(parts: readonly Part[], route: string | null): { role: string; title: string; known: number }[] {
  const own = parts.filter((p) => route === null || p.routes.includes(route))
  return SCARCE_ROLES.map((role) => ({
    role,
    title: ROLE_TITLES[role]!,
    known: new Set(own.filter((p) => p.role === role).map((p) => p.entity)).size,
  }))
}
