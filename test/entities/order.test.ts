import { mkdirSync, mkdtempSync, renameSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import fc from "../support/properties.ts"
import { ground, openInvestigationAs, type TestApp, take, testApp } from "../support/store.ts"
import { COLLECTOR, COUSIN, HOTLINE, number, ORGANISER, type Phone, passengers, phonesFolder } from "../support/world.ts"

const NODE_KEY = Buffer.alloc(32, 9)
const INVESTIGATION = "in_00000000000000000rd1"
const RUNS = process.env.LONG === "1" ? 8 : 2

/** A case in which order could matter: one name in spellings, one number under several names, names without numbers, groups, hearsay. */
function phones(): Phone[] {
  return passengers(7, (n) => ({
    event: `landing-${n % 5}`,
    cards: [
      [["Mam Karwan", "MAM KARWAN", "Mam  Karwan", "mam karwan"][n % 4]!, ORGANISER],
      [["Ali Cousin", "ALI COUSIN"][n % 2]!, COUSIN],
      [n % 3 === 0 ? "Rescue" : "Help at sea", HOTLINE],
      ["Rebin", number(400 + (n % 2))],
    ] as const,
    lines: [
      { day: n, way: "out", other: ORGANISER, text: "how much to go to uk by boat?" },
      {
        day: n,
        way: "in",
        other: ORGANISER,
        text: ["Game tonight from Dunkirk to UK, 1400 pounds each person", "Boat to UK tomorrow from Calais, 1500 pounds each, guaranteed"][
          n % 2
        ]!,
      },
      { day: n, way: "in", other: number(401), text: `send the money to ${COLLECTOR}, Haji Azad said so` },
      { day: n, way: "in", other: COUSIN, text: "greet Rebin and Haji Azad", group: "family" },
      { day: n, way: "out", other: number(200 + ((n + 1) % 7)), text: "are you there?" },
    ],
  }))
}

interface Plan {
  order: number[]
  /** Where one intake ends and the next begins. */
  cuts: boolean[]
  /** Where somebody looks at the people in between. */
  looks: boolean[]
}

async function outcome(plan: Plan): Promise<string> {
  const own = await ground({ nodeKey: NODE_KEY, migrated: true })
  const app = await testApp({ ground: own, clock: () => Date.UTC(2026, 10, 22) })
  try {
    await openInvestigationAs(app, INVESTIGATION, "order")
    const all = phonesFolder(phones())
    let batch = mkdtempSync(join(tmpdir(), "batch-"))
    for (const [at, n] of plan.order.entries()) {
      const name = `P${String(n + 1).padStart(2, "0")}`
      mkdirSync(batch, { recursive: true })
      renameSync(join(all, name), join(batch, name))
      if (plan.cuts[at] || at === plan.order.length - 1) {
        await take(app, "order", [batch])
        // Whoever looks between two intakes makes a picture from which the next one goes on.
        if (plan.looks[at]) await app.ask("entities.list", { investigation: "order" })
        batch = mkdtempSync(join(tmpdir(), "batch-"))
      }
    }
    return JSON.stringify(await answers(app))
  } finally {
    await app.end()
  }
}

/** Every answer about people and ties, ids included; the snapshot's id alone names the files that batches made. */
async function answers(app: TestApp): Promise<unknown[]> {
  const investigation = "order"
  const { snapshot: _, ...ranking } = await app.ask<{ snapshot: string; players: unknown[] }>("network.rank", { investigation, top: 50 })
  const { snapshot: __, ...graph } = await app.ask<{ snapshot: string }>("network.graph", { investigation, leaves: true })
  const list = await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation, limit: 5000 })
  const shown = []
  for (const { id } of list.entities.slice(0, 4)) shown.push(await app.ask("entities.show", { investigation, entity: id }))
  expect(ranking.players.length).toBeGreaterThan(0)
  return [ranking, graph, list, shown, await app.ask("entities.export", { investigation })]
}

test("the same evidence in any order and in any batches gives the same entities, ties and ranks, ids included", async () => {
  const count = phones().length
  const straight = await outcome({ order: Array.from({ length: count }, (_, n) => n), cuts: Array(count).fill(false), looks: [] })
  const plan = fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, n) => n),
      { minLength: count },
    ),
    cuts: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
    looks: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async (p) => {
      expect(JSON.parse(await outcome(p))).toEqual(JSON.parse(straight))
      return true
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 600_000)
