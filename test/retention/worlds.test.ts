import { expect, test } from "vitest"
import fc from "../support/properties.ts"
import { ground, type IntakeFile, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, OFFERS, ORGANISER, type Phone, passengers, phonesFolder } from "../support/world.ts"
import { columnsWith, erased, filesWith, rowsOf, tablesWith } from "./erasing.ts"

const RUNS = process.env.LONG === "1" ? 8 : 2
const I = "in_0000000000000000er0s"
const NODE_KEY = Buffer.alloc(32, 5)
const clock = () => Date.parse("2026-03-01T09:00:00Z")

/** A word that nobody else uses: what goes must not be found by it anywhere. */
const word = fc.string({ unit: fc.constantFrom(..."bdfgklmnprstvxz"), minLength: 5, maxLength: 9 }).map((w) => `zq${w}`)

const phone = fc.record({
  reference: word,
  name: word,
  said: fc.array(fc.tuple(word, fc.constantFrom("the", "is behind", "tells", "waits for"), word), { minLength: 1, maxLength: 4 }),
  offers: fc.nat(OFFERS.length),
  holder: word,
  arrival: fc.boolean(),
  own: fc.integer({ min: 600, max: 640 }),
  other: fc.integer({ min: 650, max: 690 }),
})

type Drawn = Parameters<Parameters<typeof phone.map>[0]>[0]

const phoneOf = (p: Drawn, n: number): Phone => ({
  reference: `${p.reference}-${n}`,
  event: `raid-${p.holder}`,
  own: number(p.own),
  cards: [[p.name, number(p.other)]],
  lines: [
    ...p.said.map((words, day) => ({ day, way: "in" as const, other: number(p.other), text: words.join(" ") })),
    ...OFFERS.slice(0, p.offers).map((text, day) => ({ day, way: "in" as const, other: ORGANISER, text })),
  ],
  arrival: p.arrival,
  sheet: { title: `phone of ${p.holder}`, grounds: `found with ${p.name}`, holder: { description: `a man called ${p.holder}` } },
})

async function world(phones: readonly Phone[]): Promise<{ app: TestApp; files: IntakeFile[] }> {
  const app = await testApp({ ground: await ground({ nodeKey: NODE_KEY, migrated: true }), clock })
  await openInvestigationAs(app, I, "worlds")
  return { app, files: await take(app, I, [phonesFolder(phones)]) }
}

async function picture(app: TestApp) {
  const { snapshot: _, ...ranking } = await app.ask<Record<string, unknown>>("network.rank", { investigation: I })
  return {
    ranking,
    entities: await app.ask("entities.list", { investigation: I, limit: 5000 }),
    evidence: await app.ask("evidence.list", { investigation: I }),
  }
}

test("a world from which a thing was erased is a world in which it never was; nothing of it is in any file or table", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(phone, { minLength: 2, maxLength: 3 }), fc.boolean(), async (drawn, item) => {
      const [gone, ...others] = drawn.map(phoneOf)
      const stays = [...passengers(3), ...others]
      const a = await world([...stays, gone!])
      const b = await world(stays)
      try {
        const officer = await personAs(a.app, { id: "us_officer", roles: [{ role: "data-protection-officer", investigation: null }] })
        await a.app.ask("network.rank", { investigation: I })
        await a.app.ask("entities.list", { investigation: I, find: drawn[0]!.name })
        const own = a.files.filter((f) => f.path.includes(`/${gone!.reference}/`))
        const kept = a.files.filter((f) => !own.includes(f)).map((f) => f.exhibit)
        const before = await rowsOf(a.app, kept)
        if (item) await erased(a.app, officer, { investigation: I, item: own[0]!.item })
        else for (const { exhibit } of own) await erased(a.app, officer, { investigation: I, exhibit })
        expect(await rowsOf(a.app, kept)).toEqual(before)
        const there = await picture(a.app)
        const never = await picture(b.app)
        if (item) expect(there).toEqual(never)
        else expect([there.ranking, there.entities]).toEqual([never.ranking, never.entities])
        const elsewhere = JSON.stringify(others)
        const words = [
          drawn[0]!.name,
          ...drawn[0]!.said.flatMap(([x, , y]) => [x, y]),
          ...(item ? [drawn[0]!.holder, drawn[0]!.reference] : []),
        ].filter((w) => !elsewhere.includes(w) && !(item ? "" : JSON.stringify(gone!.sheet) + gone!.event).includes(w))
        expect(await tablesWith(a.app, words)).toEqual([])
        expect(await columnsWith(a.app, words)).toEqual([])
        expect(filesWith(a.app.ground.folder, words)).toEqual([])
      } finally {
        await a.app.end()
        await b.app.end()
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 1_800_000)
