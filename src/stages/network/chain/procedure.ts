import { z } from "zod"
import { procedure } from "#access"
import { SupportView, supported } from "#entities"
import { say } from "#vocabulary/sentences"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { playersOf } from "../players.ts"
import type { Snapshot } from "../snapshot.ts"
import { type Cell, matrixOf, routesOf, scarceOn } from "./matrix.ts"
import { type Part, partsOf, ROUTE_UNKNOWN } from "./parts.ts"
import { ROLE_TITLES, SCRIPT } from "./script.ts"

/** Who takes which parts in which events, stage by stage and route by route, of one snapshot. */
export interface StageLayer {
  parts: Part[]
  routes: string[]
  cells: Cell[]
}

/** The stage layer of a snapshot: participation of players in its events. It names nobody who may not be ranked. */
export async function stageLayer(snapshot: Snapshot): Promise<StageLayer> {
  const parts = await partsOf(snapshot.people, await playersOf(snapshot), await snapshot.events())
  return { parts, routes: routesOf(parts), cells: matrixOf(parts) }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const Person = z.object({
  entity: z.string(),
  label: z.string(),
  roles: z.array(z.string()),
  events: z.number().describe("independent seizure events in which the part is seen"),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  support: SupportView,
})

const StagesView = z.object({
  snapshot: z.string(),
  script: z.array(z.object({ stage: z.number(), title: z.string(), roles: z.array(z.string()) })),
  roles: z.record(z.string(), z.string()).describe("what those who do a thing are called"),
  routes: z.array(z.object({ id: z.string(), scarce: z.array(z.object({ role: z.string(), title: z.string(), known: z.number() })) })),
  cells: z.array(
    z.object({
      stage: z.number(),
      route: z.string().nullable().describe("null: all routes together"),
      known: z.number(),
      unseenAtLeast: z.number().describe("Chao's lower bound of how many more there are, from who was seen once and twice"),
      state: z.enum(["blank", "chokepoint", "held", "unplaced"]),
      seenOnce: z.boolean(),
      people: z.array(Person),
    }),
  ),
  chokepoints: z.array(z.object({ stage: z.number(), route: z.string().nullable(), entity: z.string(), says: z.string() })),
  blankSpots: z.array(z.object({ stage: z.number(), route: z.string().nullable(), says: z.string() })),
  unstaged: z.number().describe("parts whose records name no stage"),
  says: z.string(),
})

/** The matrix in words, for a terminal. */
function showStages(o: z.infer<typeof StagesView>): string {
  const lines = [o.says, ""]
  for (const { stage, title } of o.script) {
    const own = o.cells.filter((c) => c.stage === stage)
    const routes = own.filter((c) => c.route !== null && c.known > 0).map((c) => `${c.route} ${c.known}`)
    lines.push(
      `${String(stage).padStart(2)}. ${title}: ${own.find((c) => c.route === null)!.known} known${routes.length > 0 ? ` (${routes.join(", ")})` : ""}`,
    )
  }
  lines.push(
    "",
    ...o.chokepoints.filter((c) => c.route === null).map((c) => `! ${c.says}`),
    ...o.blankSpots.filter((b) => b.route === null).map((b) => `? ${b.says}`),
  )
  return lines.join("\n")
}

export const stages = procedure({
  name: "network.stages",
  title: "Stages and routes: who is known to take which part, where one person is all that is known, and where the picture is blank",
  input: SnapshotInput,
  output: StagesView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: showStages,
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      ctx.progress(0.9, "Reading stages and routes")
      const { parts, routes, cells } = await stageLayer(snapshot)
      const support = await supported(
        ctx,
        snapshot.people,
        cells.flatMap((c) => c.people.map((p) => p.records)),
      )
      const title = (stage: number) => SCRIPT.find((s) => s.stage === stage)!.title
      const where = (route: string | null) => (route === null ? "on any route" : `on ${route}`)
      return {
        snapshot: snapshot.id,
        script: SCRIPT.map((s) => ({ ...s, roles: [...s.roles] })),
        roles: { ...ROLE_TITLES },
        routes: [...routes].map((id) => ({ id, scarce: scarceOn(parts, id) })),
        cells: cells.map(({ unseen, people, ...c }) => ({
          ...c,
          unseenAtLeast: Math.round(unseen * 10) / 10,
          people: people.map(({ records: _, firstAt, lastAt, ...p }) => ({
            ...p,
            firstAt: iso(firstAt),
            lastAt: iso(lastAt),
            support: support.shift()!,
          })),
        })),
        chokepoints: cells
          .filter((c) => c.state === "chokepoint")
          .map((c) => ({
            stage: c.stage,
            route: c.route,
            entity: c.people[0]!.entity,
            says: `Stage ${c.stage}, ${title(c.stage).toLowerCase()}: ${c.people[0]!.label} is the only one known ${where(c.route)}, seen in ${c.people[0]!.events} seizure ${c.people[0]!.events === 1 ? "event: others may well be there" : "events"}.`,
          })),
        blankSpots: cells
          .filter((c) => c.state === "blank")
          .map((c) => ({
            stage: c.stage,
            route: c.route,
            says: `Stage ${c.stage}, ${title(c.stage).toLowerCase()}: nobody is known ${where(c.route)}. A gap in what is held, not a sign that nobody does it.`,
          })),
        unstaged: parts.filter((p) => p.stage === null).length,
        says: say("parts.says", {
          people: new Set(parts.map((p) => p.entity)).size,
          parts: parts.length,
          events: new Set(parts.map((p) => p.event)).size,
          unrouted: parts.filter((p) => p.routes.includes(ROUTE_UNKNOWN)).length,
        }),
      }
    }),
})
