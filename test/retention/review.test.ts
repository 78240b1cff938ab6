import { afterAll, beforeAll, expect, test } from "vitest"
import { after, groupOf, lineOf, SCHEDULE } from "../../src/stages/retention/schedule.ts"
import { failureOf, folderOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, phonesFolder } from "../support/world.ts"

let app: TestApp
let now = Date.parse("2026-01-10T09:00:00Z")
const I = "Retention"
beforeAll(async () => {
  app = await testApp({ clock: () => now })
  const phone = { event: "e", own: number(1), cards: [["Karwan", number(2)] as const] }
  await take(app, I, [
    phonesFolder([
      { ...phone, reference: "A1", arrival: true },
      { ...phone, reference: "B1" },
      { ...phone, reference: "C1", sheet: { originator: "partner force" } },
    ]),
    folderOf({
      "D1/material.json": {
        reference: "D1",
        kind: "register",
        files: {
          "cards.csv": {
            as: "table",
            mapping: {
              records: [
                {
                  kind: "contact",
                  fields: { label: "name", birthDate: "born" },
                  parties: [{ part: "contact", name: "name", ids: [{ type: "phone", column: "number" }] }],
                },
              ],
            },
          },
        },
      },
      "D1/cards.csv": `name,number,born\nLittle one,${number(3)},2019-05-01\nGrown up,${number(4)},1990-05-01\n`,
    }),
  ])
})
afterAll(() => app.end())

interface Due {
  item: string
  reference: string
  group: string
  reviewBy: string
  state: string
  overdueDays: number
  childUnderTen: boolean
  facts: number
  assessments: number
  last: { decision: string; keepUntil: string | null } | null
}
const dueBy = async (input: object = {}) =>
  Object.fromEntries((await app.ask<{ items: Due[] }>("retention.due", { investigation: I, ...input })).items.map((d) => [d.reference, d]))
const review = (item: string, more: object) =>
  app.ask("retention.review", { investigation: I, item, reason: "needed for the trial of the organiser", ...more })

test("each line of the schedule says where it is written; periods without a source are called our own", async () => {
  const told = await app.ask<{ id: string; source: string; basis: string }[]>("retention.schedule", {})
  expect(told.map((l) => l.id)).toEqual(SCHEDULE.map((l) => l.id))
  expect(told.every((l) => l.source.length > 20)).toBe(true)
  expect(told.filter((l) => l.basis === "law").map((l) => l.id)).toEqual(["group-1", "group-2", "group-3"])
})

test.each([
  [{ onArrival: true, originator: "partner force", formats: ["un-xml"] }, "arrival-device"],
  [{ onArrival: false, originator: "this node", formats: ["un-xml", "ofac-csv"] }, "watch-list"],
  [{ onArrival: false, originator: "this node", formats: ["un-xml", "table"] }, "group-3"],
  [{ onArrival: false, originator: "partner force", formats: [] }, "partner"],
  [{ onArrival: false, originator: "this node", formats: [] }, "group-3"],
])("the way a thing was taken puts it into a group: %o", (taken, group) => {
  expect(groupOf(taken)).toBe(group)
})

test("periods are counted by the calendar, from the line in force when the thing came", () => {
  expect(after(new Date("2024-02-29T10:00:00Z"), { years: 1 }).toISOString()).toBe("2025-02-28T10:00:00.000Z")
  expect(after(new Date("2025-12-31T00:00:00Z"), { months: 2 }).toISOString()).toBe("2026-02-28T00:00:00.000Z")
  expect(after(new Date("2026-03-01T00:00:00Z"), { days: 28 }).toISOString()).toBe("2026-03-29T00:00:00.000Z")
  expect(lineOf("group-3", new Date("1999-01-01")).period).toEqual({ years: 6 })
})

test("every item has its first review by its group; a child under ten and what is assessment are flagged", async () => {
  const all = await dueBy({ all: true })
  expect(Object.fromEntries(Object.entries(all).map(([ref, d]) => [ref, [d.group, d.reviewBy, d.state, d.childUnderTen]]))).toEqual({
    A1: ["arrival-device", "2026-02-07", "running", false],
    C1: ["partner", "2027-01-10", "running", false],
    B1: ["group-3", "2032-01-10", "running", false],
    D1: ["group-3", "2032-01-10", "running", true],
  })
  expect(all.D1).toMatchObject({ facts: 2, assessments: 0 })
  expect(await dueBy()).toEqual({})
  expect(Object.keys(await dueBy({ within: 40 }))).toEqual(["A1"])
})

test("what nobody decided on is an alert from its day on, and a decision starts the clock again, for no longer than its group", async () => {
  const { A1: before } = await dueBy({ all: true })
  now = Date.parse("2026-02-10T09:00:00Z")
  expect((await dueBy()).A1).toMatchObject({ state: "due", overdueDays: 3 })
  const keep = (until: string) => review(before!.item, { decision: "keep", until })
  expect((await failureOf(keep("2026-06-01"))).code).toBe("invalid.keep-until")
  expect((await failureOf(keep("2026-02-10"))).code).toBe("invalid.keep-until")
  expect((await failureOf(review(before!.item, { decision: "destroy", until: "2026-03-01" }))).code).toBe("invalid.keep-until")
  expect((await failureOf(review(before!.item, { decision: "keep", until: "2026-03-01", group: "group-1" }))).code).toBe(
    "refused.arrival-device",
  )
  await keep("2026-03-05")
  expect(await dueBy()).toEqual({})
  now = Date.parse("2026-03-05T09:00:00Z")
  expect((await dueBy()).A1).toMatchObject({ state: "due", last: { decision: "keep", keepUntil: "2026-03-05" } })
  await review(before!.item, { decision: "destroy" })
  expect((await dueBy()).A1).toMatchObject({ state: "destroy" })
  const past = await app.ask<{ decision: string }[]>("retention.history", { investigation: I, item: before!.item })
  expect(past.map((r) => r.decision)).toEqual(["keep", "destroy"])
})

test("an item about a child under ten is kept only with a reason that weighs it; a reviewer may set another group", async () => {
  const { D1 } = await dueBy({ all: true })
  const keep = (more: object) => review(D1!.item, { decision: "keep", until: "2034-01-01", group: "group-1", ...more })
  expect((await failureOf(keep({}))).code).toBe("invalid.child-reason")
  await keep({ child: "the child is the victim whose journey is charged" })
  expect((await dueBy({ all: true })).D1).toMatchObject({ group: "group-1", reviewBy: "2034-01-01" })
})

test("somebody without the authority to retain records no review", async () => {
  const { B1 } = await dueBy({ all: true })
  const [own] = await app.ask<{ id: string; name: string }[]>("investigations.list", {})
  const analyst = await personAs(app, { id: "us_analyst", roles: [{ role: "analyst", investigation: own!.id }] })
  const asked = app.ask(
    "retention.review",
    { investigation: own!.id, item: B1!.item, decision: "destroy", reason: "no longer needed at all" },
    analyst,
  )
  expect((await failureOf(asked)).code).toBe("refused.retain")
})
