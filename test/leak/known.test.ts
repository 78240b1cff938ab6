import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { INVESTIGATION_ROLES } from "#vocabulary/roles"
import { failureOf, type IntakeFile, openInvestigationAs, personAs, type TestApp, testApp } from "../support/store.ts"
import { number, ORGANISER, type Phone, phonesFolder } from "../support/world.ts"

/** Ways in which other systems are known to betray what they hide, one by one. `worlds.test.ts` looks for the unknown ones. */
const CASE = "in_00000000000000000001"
const UNSEEN = "in_00000000000000000002"

let app: TestApp
let viewer: Caller
let cleared: Caller

beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, CASE, "Operation")
  await openInvestigationAs(app, UNSEEN, "Operation Unseen")
  const roles = INVESTIGATION_ROLES.filter((role) => role !== "authorising-officer")
  viewer = await personAs(app, {
    id: "us_00000000000000001001",
    organisation: "agency-a",
    clearance: "OFFICIAL",
    roles: [...roles.map((role) => ({ role, investigation: CASE })), { role: "opener", investigation: null }],
  })
  cleared = await personAs(app, {
    id: "us_00000000000000001002",
    organisation: "agency-a",
    roles: [CASE, UNSEEN].flatMap((investigation) => roles.map((role) => ({ role, investigation }))),
  })
})
afterAll(() => app?.end())

const phone = (more: Partial<Phone> = {}): Phone => ({
  reference: "P1",
  event: "landing-1",
  own: number(200),
  lines: [{ day: 1, way: "in", other: ORGANISER, text: "Boat to UK tomorrow from Calais, 1500 pounds each, guaranteed" }],
  ...more,
})
const takeIn = (by: Caller, phones: readonly Phone[], investigation = CASE): Promise<{ files: IntakeFile[] }> =>
  app.ask("records.intake", { investigation, paths: [phonesFolder(phones)] }, by)
const items = async (by: Caller): Promise<{ id: string; reference: string | null; exhibits: { id: string }[] }[]> =>
  (
    await app.ask<{ items: { id: string; reference: string | null; exhibits: { id: string }[] }[] }>(
      "evidence.list",
      { investigation: CASE },
      by,
    )
  ).items

test("the same reference, occasion and bytes under a hidden marking change nothing of what is taken in and shown", async () => {
  await takeIn(cleared, [phone({ sheet: { classification: "SECRET" } })])
  expect(await items(viewer)).toEqual([])
  const { files } = await takeIn(viewer, [phone()])
  expect(files.map((f) => f.held)).toEqual([false])
  const shown = await items(viewer)
  expect(shown.map((i) => [i.reference, i.exhibits.map((e) => e.id)])).toEqual([["P1", [files[0]!.exhibit]]])
  expect((await items(cleared)).length).toBe(2)
  expect((await takeIn(viewer, [phone()])).files.map((f) => f.held)).toEqual([true])
  expect(await app.ask("records.list", { investigation: CASE, kind: "message" }, viewer)).toHaveLength(1)
})

test("a snapshot is called the same, whatever is taken in that its viewer may not see", async () => {
  const snapshot = async () => (await app.ask<{ snapshot: string }>("network.graph", { investigation: CASE }, viewer)).snapshot
  const before = await snapshot()
  await takeIn(cleared, [phone({ reference: "P7", sheet: { classification: "TOP SECRET" } })])
  await takeIn(cleared, [phone({ reference: "P8" })], UNSEEN)
  expect(await snapshot()).toBe(before)
  await takeIn(cleared, [phone({ reference: "P9" })])
  expect(await snapshot()).not.toBe(before)
})

test("what is marked for nobody, or beyond whoever hands it in, is not taken in", async () => {
  for (const sheet of [{ audience: [] }, { audience: ["agency-b"] }, { purposes: ["safeguarding"] }])
    expect((await failureOf(takeIn(cleared, [phone({ reference: "P5", sheet })]))).code).toBe("refused.marked-beyond-you")
  expect((await failureOf(takeIn(viewer, [phone({ reference: "P5", sheet: { classification: "SECRET" } })]))).code).toBe(
    "refused.marked-beyond-you",
  )
})

test("an investigation that one may not know of is answered like one that is not there, and its name is free", async () => {
  const told = async (investigation: string) =>
    JSON.stringify((await failureOf(app.ask("evidence.list", { investigation }, viewer))).toJSON()).replaceAll(investigation, "it")
  const nowhere = await told("Operation Nowhere")
  expect([await told("Operation Unseen"), await told(UNSEEN), await told("in_zzzzzzzzzzzzzzzzzzzz")]).toEqual([nowhere, nowhere, nowhere])
  expect(await app.ask("investigations.open", { name: "Operation Unseen" }, viewer)).toMatchObject({ name: "Operation Unseen" })
  expect((await failureOf(app.ask("investigations.open", { name: "Operation Unseen" }, viewer))).code).toBe("conflict.investigation-exists")
})

test("somebody else's job, upload and exhibit are answered like ones that are not there", async () => {
  const answer = await app.gate.invoke("network.analyse", { input: { investigation: UNSEEN }, caller: cleared })
  if (answer.shape !== "job") throw new Error("it is no job")
  for await (const job of app.store.jobs.watch(answer.job)) expect(job.failure).toBeNull()
  const failed = async (name: string, field: string, id: string) => {
    const asked = app.gate.invoke(name, { input: { [field]: id }, caller: viewer })
    const ended = asked.then(async (a) => void (a.shape === "events" && (await Array.fromAsync(a.events))))
    return JSON.stringify((await failureOf(ended)).toJSON()).replaceAll(id, "it")
  }
  for (const name of ["jobs.follow", "jobs.stop"])
    expect(await failed(name, "job", answer.job)).toBe(await failed(name, "job", "jb_zzzzzzzzzzzzzzzzzzzz"))
  const hidden = (await items(cleared)).find((i) => i.reference === "P7")!.exhibits[0]!.id
  for (const name of ["evidence.show", "evidence.bytes"])
    expect(await failed(name, "exhibit", hidden)).toBe(await failed(name, "exhibit", "ex_zzzzzzzzzzzzzzzzzzzz"))
})

test("of a job whose material is no longer his to see, its owner is told that it ended and nothing else", async () => {
  const owner = await personAs(app, { id: "us_00000000000000001003", roles: [{ role: "analyst", investigation: CASE }] })
  const own = async () =>
    (await app.ask<{ procedure: string; result: unknown; progress: unknown; failure: unknown }[]>("jobs.list", {}, owner))[0]!
  await app.ask("network.rank", { investigation: CASE }, owner)
  expect((await own()).result).toMatchObject({ basis: expect.any(String) })
  const missing = phonesFolder([phone({ reference: "P6" })])
  await failureOf(app.ask("records.intake", { investigation: CASE, paths: [`${missing}/secret-name-of-a-file`] }, owner))
  expect(JSON.stringify((await own()).failure)).toContain("secret-name-of-a-file")
  const { read } = app.store.register
  await read.query("update person set clearance = 'OFFICIAL' where id = $1", [owner.id])
  expect(JSON.stringify(await app.ask("jobs.list", {}, owner))).not.toContain("secret-name-of-a-file")
  for (const job of await app.ask<object[]>("jobs.list", {}, owner)) expect(job).toMatchObject({ result: null, progress: null, mark: null })
  await read.query("update person set clearance = 'TOP SECRET' where id = $1", [owner.id])
  await read.query("update role_grant set ended_at = now() where person = $1", [owner.id])
  for (const job of await app.ask<object[]>("jobs.list", {}, owner)) expect(job).toMatchObject({ result: null, progress: null, mark: null })
})

test("row-level security is a wall of its own: no table with classes shows a row of a class that a statement does not run under", async () => {
  const { register } = app.store
  const { rows: tables } = await register.read.query<{ name: string; secured: boolean; classed: boolean }>(
    `select c.relname as name, c.relrowsecurity as secured,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'access_class' and not a.attisdropped) as classed
     from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, 'select') order by 1`,
  )
  const classed = tables.filter((t) => t.classed)
  expect(classed.map((t) => t.name)).toEqual(
    expect.arrayContaining(["conduct_assertion", "exhibit", "item", "scope_rule", "segment", "seizure_event", "standing_decision"]),
  )
  expect(classed.filter((t) => !t.secured)).toEqual([])
  const rows = (table: string, classes: readonly number[] | "all" | undefined) =>
    register.transaction(async (tx) => (await tx.query<{ access_class?: number }>(`select * from ${table}`)).rows, classes)
  let filled = 0
  for (const { name } of tables.filter((t) => t.secured)) {
    const all = await rows(name, "all")
    filled += Number(all.length > 0)
    expect([name, await rows(name, []), await rows(name, undefined), (await register.read.query(`select * from ${name}`)).rows]).toEqual([
      name,
      [],
      [],
      [],
    ])
    const present = [...new Set(all.flatMap((r) => r.access_class ?? []))].sort((a, b) => a - b)
    for (const one of present)
      expect([name, one, new Set((await rows(name, [one])).map((r) => r.access_class))]).toEqual([name, one, new Set([one])])
    if (present.length > 1)
      expect((await rows(name, present.slice(1))).length).toBe(all.filter((r) => r.access_class !== present[0]).length)
  }
  expect(filled).toBeGreaterThan(3)
})

test("under its own classes alone a statement neither writes into another nor moves a row there", async () => {
  const { register } = app.store
  const [own, other] = (
    await register.transaction((tx) => tx.query<{ access_class: number }>("select distinct access_class from item order by 1"), "all")
  ).rows.map((r) => r.access_class) as [number, number]
  await expect(
    register.transaction(
      (tx) =>
        tx.query("insert into seizure_event (id, investigation, access_class, label, kind) values ('se_x', $1, $2, 'x', 'raid')", [
          CASE,
          other,
        ]),
      [own],
    ),
  ).rejects.toMatchObject({ code: "42501" })
  const changed = await register.transaction(
    (tx) => tx.query("update exhibit set state = 'sealed' where access_class = $1", [other]),
    [own],
  )
  expect(changed.rowCount).toBe(0)
})
