import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { carryOut } from "../../src/stages/retention/carry-out.ts"
import { orderErasure, PARTS } from "../../src/stages/retention/sql.ts"
import { type Ground, ground, type IntakeFile, openInvestigationAs, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, phonesFolder } from "../support/world.ts"
import { columnsWith, filesWith, type Order, proposed, rowsOf, tablesWith } from "./erasing.ts"

const I = "in_0000000000000000k1ll"
let own: Ground
let app: TestApp
let officer: Caller
let files: IntakeFile[]
/** One phone for each place to break at, with a word of its own. */
const wordOf = (n: number): string => `zqbroken${"bdfgklmn"[n]}`
beforeAll(async () => {
  own = await ground({ migrated: true })
  app = await testApp({ ground: own })
  await openInvestigationAs(app, I, "kill")
  officer = await personAs(app, { id: "us_officer", roles: [{ role: "data-protection-officer", investigation: null }] })
  files = await take(app, I, [
    phonesFolder(
      [...PARTS, "stays"].map((_, n) => ({
        reference: `K${n}`,
        event: `raid-${n}`,
        own: number(800 + n),
        cards: [[n < PARTS.length ? wordOf(n) : "Stays", number(820 + n)]],
        lines: [{ day: 1, way: "in" as const, other: number(820 + n), text: n < PARTS.length ? `${wordOf(n)} waits` : "nothing" }],
      })),
    ),
  ])
})
afterAll(() => app.end())

class Killed extends Error {}

test.each(PARTS.map((part, n) => [part, n] as const))("broken off after %s, an erasure is finished by the next run", async (part, n) => {
  const { exhibit, item } = files.find((f) => f.path.includes(`/K${n}/`))!
  const stays = files.filter((f) => f.path.includes(`/K${PARTS.length}/`)).map((f) => f.exhibit)
  const before = await rowsOf(app, stays)
  await app.ask("network.analyse", { investigation: I })
  const { id, digest } = await proposed(app, officer, { investigation: I, item })
  await app.store.register.transaction((tx) => orderErasure(tx, id, officer.id, new Date(), "agreed"), "all")
  const broken = carryOut(app.store, id, {
    signal: new AbortController().signal,
    progress: () => undefined,
    onPart: (done) => {
      if (done === part) throw new Killed()
    },
  })
  await expect(broken).rejects.toThrow(Killed)
  await app.close()
  app = await testApp({ ground: own })
  const order = await app.ask<Order>("retention.erase", { erasure: id, digest, reason: "finish what was begun" }, officer)
  expect([order.state, order.parts]).toEqual(["done", PARTS])
  expect(await tablesWith(app, [wordOf(n)])).toEqual([])
  expect(await columnsWith(app, [wordOf(n)])).toEqual([])
  expect(filesWith(own.folder, [wordOf(n)])).toEqual([])
  expect(await rowsOf(app, stays)).toEqual(before)
  const stub = await app.ask<{ exhibits: { id: string }[]; proof: unknown }>("retention.stub", { investigation: I, erasure: id })
  expect(stub.exhibits.map((e) => e.id)).toContain(exhibit)
  expect(stub.proof).not.toBeNull()
})
