import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, callerOf, directory, findInvestigation, openInvestigation, sightOf } from "#access"
import type { Role } from "#vocabulary/roles"
import { personAs } from "../support/store.ts"
import { entriesOf, openSample, type Sample } from "./sample.ts"

let sample: Sample
beforeAll(async () => {
  sample = await openSample()
})
afterAll(async () => {
  await sample?.close()
})

const refusal = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ name: "Failure", code, ...more })
const ask = async <T = unknown>(name: string, input: unknown, caller: Caller = sample.caller): Promise<T> =>
  ((await sample.gate.invoke(name, { input, caller })) as { value: T }).value
const signedIn = (id: string) => callerOf(sample.store.register.read, id, { via: "session", provedAt: sample.store.clock(), scopes: null })
const on = (role: Role) => ({ role, investigation: null })
const reason = "invented, for the test"

interface Outcome {
  state: string
  request: string | null
}

/** Enters somebody as the local user does on a fresh node, and gives him as a caller who signed in. */
async function entered(name: string, team: string, roles: readonly Role[] = []): Promise<Caller> {
  const { id } = await ask<{ id: string }>("people.enter", { name, organisation: "local", team, contact: `${name} at the desk` })
  for (const role of roles) await ask("roles.grant", { person: id, role, reason })
  return signedIn(id)
}

test("common partners are entered by their short name alone, and the three chains of command in Iraq are three organisations", async () => {
  const known = await ask<{ id: string }[]>("organisations.known", {})
  for (const id of ["iq-federal-interior", "iq-asayish-erbil", "iq-asayish-sulaymaniyah"]) await ask("organisations.enter", { id })
  const entered = await ask<{ id: string; state: string; chain: string }[]>("organisations.list", {})
  const iraq = entered.filter((o) => o.state === "IQ")
  expect(iraq.map((o) => o.id)).toEqual(["iq-asayish-erbil", "iq-asayish-sulaymaniyah", "iq-federal-interior"])
  expect(new Set(iraq.map((o) => o.chain)).size).toBe(3)
  expect((await ask<unknown[]>("organisations.known", {})).length).toBe(known.length - 3)
  await expect(ask("organisations.enter", { id: "iq-asayish-erbil" })).rejects.toEqual(refusal("conflict.organisation-exists"))
  await expect(ask("organisations.enter", { id: "xx-unheard-of" })).rejects.toEqual(refusal("invalid.organisation-unnamed", { at: "name" }))
  await expect(ask("organisations.change", { id: "xx-unheard-of", name: "X" })).rejects.toEqual(refusal("invalid.organisation-unknown"))
  await expect(ask("people.enter", { name: "N", organisation: "xx-unheard-of", team: "t" })).rejects.toEqual(
    refusal("invalid.organisation-unknown"),
  )
  expect(await ask("organisations.change", { id: "iq-asayish-erbil", chain: null })).toMatchObject({ name: "Asayish, Erbil", chain: null })
  expect((await entriesOf(sample.store, "decisions")).at(-1)).toMatchObject({
    header: { procedure: "organisations.change", purpose: "administration" },
    payload: { about: ["iq-asayish-erbil"], notes: [{ before: { chain: "Kurdistan Region, Erbil" } }] },
  })
})

test("a second administrator confirms who may see or decide everything; the only one may appoint one more, and nobody else", async () => {
  const first = await entered("Adam", "node", ["administrator"])
  const one = await entered("Bela", "node")
  const two = await entered("Cara", "node")
  const grant = (person: Caller, role: Role, by: Caller) => ask<Outcome>("roles.grant", { person: person.id, role, reason }, by)
  expect(await directory.administrators(sample.store.register.read)).toEqual([first.id])
  // Alone, he appoints another administrator; a cleared officer waits.
  const early = await grant(two, "cleared-officer", first)
  expect(early.state).toBe("waits")
  await expect(grant(two, "cleared-officer", first)).rejects.toEqual(refusal("conflict.role-as-it-is"))
  expect(await grant(one, "administrator", first)).toMatchObject({ state: "granted", request: null })
  const second = await signedIn(one.id)
  const third = await grant(two, "administrator", second)
  expect(third.state).toBe("waits")
  expect((await signedIn(two.id)).roles).toEqual([])
  await expect(ask("roles.confirm", { request: third.request, agree: true, reason }, second)).rejects.toEqual(
    refusal("refused.second-administrator"),
  )
  expect(await ask("roles.confirm", { request: third.request, agree: true, reason }, first)).toMatchObject({ state: "granted" })
  // Whom it is about may not confirm it either.
  await expect(ask("roles.confirm", { request: early.request, agree: true, reason }, await signedIn(two.id))).rejects.toEqual(
    refusal("refused.second-administrator"),
  )
  expect(await ask("roles.confirm", { request: early.request, agree: false, reason }, second)).toMatchObject({ state: "refused" })
  await expect(ask("roles.confirm", { request: early.request, agree: true, reason }, second)).rejects.toEqual(
    refusal("invalid.request-unknown"),
  )
  // Other roles need no second person; nobody gives himself one; an inspector is not silenced by one alone.
  expect(await grant(two, "duty-officer", first)).toMatchObject({ state: "granted" })
  for (const role of ["duty-officer", "administrator", "cleared-officer"] as const)
    await expect(grant(first, role, first)).rejects.toEqual(refusal("refused.own-affair"))
  await expect(ask("people.clear", { person: first.id, clearance: "SECRET", reason, reference: "V-1" }, first)).rejects.toEqual(
    refusal("refused.own-affair"),
  )
  await expect(ask("people.change", { person: first.id, team: "other", reason }, first)).rejects.toEqual(refusal("refused.own-affair"))
  const inspector = await entered("Ines", "oversight", ["inspector"])
  expect(await ask("roles.end", { person: inspector.id, role: "inspector", reason }, first)).toMatchObject({ state: "waits" })
  expect((await signedIn(inspector.id)).roles).toEqual([on("inspector")])
  const { waiting } = await ask<{ waiting: { role: string; ends: boolean }[] }>("roles.list", {}, second)
  expect(waiting).toMatchObject([{ role: "inspector", ends: true, askedBy: { id: first.id } }])
})

test("whoever leaves has nothing any more, ended roles stay as rows, and the last administrator stays", async () => {
  const lead = await entered("Dana", "green", ["opener"])
  const open = await sample.store.register.transaction((tx) => openInvestigation(tx, lead, { name: "Left behind", at: 0 }))
  await ask("people.leave", { person: lead.id, reason })
  await expect(signedIn(lead.id)).rejects.toEqual(refusal("refused.unknown-person"))
  await expect(ask("investigations.list", {}, lead)).rejects.toEqual(refusal("refused.unknown-person"))
  const { rows } = await sample.store.register.read.query(
    "select role, ended_by, ended_at is not null as ended from role_grant where person = $1 order by role",
    [lead.id],
  )
  expect(rows).toEqual([
    { role: "opener", ended_by: sample.caller.id, ended: true },
    { role: "operations-lead", ended_by: sample.caller.id, ended: true },
  ])
  expect(open.id).toMatch(/^in_/)
  await expect(ask("people.leave", { person: lead.id, reason })).rejects.toEqual(refusal("invalid.person-unknown"))
  const all = await directory.administrators(sample.store.register.read)
  for (const id of all.slice(1)) await ask("people.leave", { person: id, reason })
  await expect(ask("people.leave", { person: all[0], reason })).rejects.toEqual(refusal("conflict.last-administrator"))
  await expect(ask("roles.end", { person: all[0], role: "administrator", reason })).rejects.toEqual(refusal("conflict.last-administrator"))
  await expect(ask("people.leave", { person: sample.caller.id, reason })).rejects.toEqual(refusal("refused.local-user"))
})

test("a clearance is set with reason and reference, and its history is kept", async () => {
  const analyst = await entered("Eli", "green")
  expect(analyst.clearance).toBe("OFFICIAL")
  await ask("people.clear", { person: analyst.id, clearance: "SECRET", reason, reference: "V-17" })
  await ask("people.clear", { person: analyst.id, clearance: "OFFICIAL", reason: "vetting lapsed", reference: "V-18" })
  expect((await signedIn(analyst.id)).clearance).toBe("OFFICIAL")
  expect(await ask("people.clearances", { person: analyst.id })).toMatchObject([
    { clearance: "OFFICIAL", reference: "V-18" },
    { clearance: "SECRET", reference: "V-17" },
  ])
  await expect(ask("people.clear", { person: analyst.id, clearance: "SECRET", reason })).rejects.toEqual(
    refusal("invalid.reference-missing"),
  )
})

test("roles of an investigation are given and ended by its operations lead, to others, and kept apart from the node's", async () => {
  const lead = await entered("Fay", "green", ["opener"])
  const analyst = await entered("Gus", "blue")
  const open = await ask<{ id: string }>("investigations.open", { name: "Leadership" }, lead)
  const grant = (person: string, role: Role, by: Caller) =>
    ask("investigations.grant-role", { investigation: open.id, person, role, reason }, by)
  expect(await ask("people.find", { investigation: open.id, name: "gus" }, lead)).toEqual([
    { id: analyst.id, name: "Gus", organisation: "local", team: "blue", clearance: "OFFICIAL" },
  ])
  await expect(grant(lead.id, "analyst", lead)).rejects.toEqual(refusal("refused.own-affair"))
  await expect(grant(analyst.id, "analyst", analyst)).rejects.toEqual(refusal("refused.investigation"))
  expect(await findInvestigation(sample.store.register.read, analyst, open.id)).toBeNull()
  await grant(analyst.id, "analyst", lead)
  await expect(grant(analyst.id, "analyst", lead)).rejects.toEqual(refusal("conflict.role-as-it-is"))
  await expect(grant(analyst.id, "prosecutor", analyst)).rejects.toEqual(refusal("refused.grant"))
  expect(await ask("roles.of-investigation", { investigation: open.id }, await signedIn(analyst.id))).toMatchObject([
    { person: { name: "Fay" }, role: "operations-lead" },
    { person: { name: "Gus" }, role: "analyst" },
  ])
  const [administrator] = await directory.administrators(sample.store.register.read)
  await expect(grant(administrator!, "analyst", lead)).rejects.toEqual(refusal("refused.roles-apart"))
  await grant(analyst.id, "examiner", lead)
  await expect(grant(analyst.id, "authorising-officer", lead)).rejects.toEqual(refusal("refused.roles-apart"))
  await expect(
    ask("investigations.end-role", { investigation: open.id, person: lead.id, role: "operations-lead", reason }, lead),
  ).rejects.toEqual(refusal("conflict.last-lead"))
  for (const role of ["analyst", "examiner"] as const)
    await ask("investigations.end-role", { investigation: open.id, person: analyst.id, role, reason }, lead)
  await expect(ask("roles.of-investigation", { investigation: open.id }, analyst)).rejects.toEqual(refusal("refused.investigation"))
})

test("an administrator has no role in a case, and one that got there past the procedures permits nothing", async () => {
  const [id] = await directory.administrators(sample.store.register.read)
  const administrator = await signedIn(id!)
  const open = await sample.store.register.transaction((tx) =>
    openInvestigation(tx, sample.caller, { name: "Not for administrators", at: 0 }),
  )
  await expect(
    ask("investigations.grant-role", { investigation: open.id, person: id, role: "analyst", reason }, administrator),
  ).rejects.toEqual(refusal("refused.investigation"))
  await expect(ask("roles.grant", { person: id, role: "analyst", reason }, administrator)).rejects.toEqual(refusal("invalid.role"))
  await sample.store.register.read.query(
    "insert into role_grant (person, investigation, role, granted_by, granted_at) values ($1, $2, 'operations-lead', $1, now())",
    [id, open.id],
  )
  const forced = await signedIn(id!)
  await expect(ask("roles.of-investigation", { investigation: open.id }, forced)).rejects.toEqual(refusal("refused.look"))
  expect(
    (await sightOf(sample.store.register.read, forced, { need: "look", purpose: "investigation", at: 0, investigation: open })).classes,
  ).toEqual([])
  expect(await ask("policy.why", { procedure: "roles.of-investigation", investigation: open.id }, forced)).toMatchObject({
    allowed: false,
    rules: [{ id: "administrator-sees-no-case", effect: "forbid", text: expect.stringContaining("Whoever runs the node sees no case") }],
  })
})

test("a closed investigation is not there for anybody, and two people reopen it", async () => {
  const lead = await entered("Hana", "green", ["opener"])
  const prosecutor = await entered("Ivo", "law")
  const stranger = await entered("Jon", "blue")
  const open = await ask<{ id: string }>("investigations.open", { name: "Closing" }, lead)
  await ask("investigations.grant-role", { investigation: open.id, person: prosecutor.id, role: "prosecutor", reason }, lead)
  await ask("investigations.close", { investigation: open.id, reason: "Tried and done." }, lead)
  for (const caller of [lead, prosecutor, stranger]) {
    await expect(ask("roles.of-investigation", { investigation: open.id }, caller)).rejects.toEqual(refusal("refused.investigation"))
    expect(await ask("investigations.list", {}, caller)).toEqual([])
  }
  const reopen = (by: Caller) => ask("investigations.reopen", { closed: open.id, reason: "New evidence." }, by)
  const bare = (error: unknown) => JSON.stringify(error).replaceAll(open.id, "").replaceAll("in_00000000000000000000", "")
  expect(bare(await reopen(stranger).catch((e: unknown) => e))).toBe(
    bare(await ask("investigations.reopen", { closed: "in_00000000000000000000", reason }, stranger).catch((e: unknown) => e)),
  )
  await expect(reopen(prosecutor)).rejects.toEqual(refusal("refused.investigation"))
  expect(await reopen(lead)).toMatchObject({ state: "waits" })
  await expect(reopen(lead)).rejects.toEqual(refusal("refused.second-person"))
  expect(await ask("investigations.closed", {}, prosecutor)).toMatchObject([{ investigation: open.id, reopening: "asked" }])
  expect(await ask("investigations.closed", {}, stranger)).toEqual([])
  expect(await reopen(prosecutor)).toMatchObject({ state: "open" })
  expect(await ask("investigations.list", {}, lead)).toMatchObject([{ id: open.id }])
})

test("what somebody may do is told to him, with the rule; about others only to whoever audits", async () => {
  const lead = await entered("Kim", "green", ["opener"])
  const open = await ask<{ id: string }>("investigations.open", { name: "Explained" }, lead)
  const here = { investigation: open.id }
  expect(await ask("policy.why", { procedure: "investigations.grant-role", ...here }, lead)).toMatchObject({
    allowed: true,
    rules: [{ id: "operations-lead", effect: "permit" }],
    roles: [{ id: "operations-lead" }],
    outOfScope: false,
  })
  expect(await ask("policy.why", { procedure: "people.enter" }, lead)).toMatchObject({
    allowed: false,
    rules: [],
    roles: [{ id: "administrator" }],
  })
  // For another purpose than that of cases, a rule forbids.
  expect(await ask("policy.why", { procedure: "roles.of-investigation", ...here, purpose: "oversight" }, lead)).toMatchObject({
    allowed: false,
    rules: [{ id: "case-purposes", effect: "forbid" }],
  })
  const token: Caller = { ...lead, via: "token", scopes: ["own", "look"] }
  expect(await ask("policy.why", { procedure: "investigations.close", ...here }, token)).toMatchObject({ allowed: false, outOfScope: true })
  await expect(ask("investigations.close", { ...here, reason }, token)).rejects.toEqual(refusal("refused.grant"))
  const mine = await ask<{ node: string[]; here: string[] }>("roles.mine", here, lead)
  expect(mine).toMatchObject({ name: "Kim", node: ["open"], here: expect.arrayContaining(["look", "grant", "approve"]) })
  expect(mine.here).not.toContain("authorise")
  expect(await ask("roles.mine", {}, token)).toMatchObject({ node: [], here: null })
  const about = { person: lead.id, procedure: "investigations.close", of: open.id }
  const auditor = await personAs(sample, { id: "us_auditor", roles: [on("inspector")] })
  expect(await ask("policy.why-another", about, auditor)).toMatchObject({ allowed: true, rules: [{ id: "operations-lead" }] })
  await expect(ask("policy.why-another", about, lead)).rejects.toEqual(refusal("refused.audit"))
  expect((await ask<{ text: string }>("policy.show", {}, lead)).text).toContain('@id("administrator-sees-no-case")')
})
