/**
 * The ways by which a journey reaches the coast of northern France and Belgium. Records of moving people (stages 4 and 5) name places;
 * the other stages seldom say for which way they serve, and serve all. Places are where something happens; nothing here is about who people are.
 */
export const ROUTES = [
  { id: "sea", title: "by sea to Greece or Italy", countries: ["GR", "IT", "CY", "MT"] },
  { id: "balkans", title: "by land through the Balkans", countries: ["BG", "RO", "RS", "BA", "HR", "HU", "SI", "AL", "XK", "MK", "ME"] },
  { id: "north-east", title: "by Belarus and its neighbours", countries: ["BY", "PL", "LT", "LV"] },
  { id: "unknown", title: "way not recorded", countries: [] },
] as const

export type RouteId = (typeof ROUTES)[number]["id"]
export const ROUTE_IDS = ROUTES.map((r) => r.id) as RouteId[]
/** Stages in which ways differ. */
export const LEG_STAGES: readonly number[] = [4, 5]

/** The way that the stage layer's name of a route (countries, or the ends of a leg) belongs to; null where it tells none. */
export const routeOf = (name: string): RouteId | null => {
  const countries = name.split(" → ")
  return ROUTES.find((r) => countries.some((c) => (r.countries as readonly string[]).includes(c)))?.id ?? null
}
