import { afterAll, beforeAll, expect, test } from "vitest"
import * as access from "#access"
import { CLASSIFICATIONS, type Classification, UNMARKED } from "#vocabulary/markings"
import { NEED_IDS, NEEDS, type Need, PURPOSE_IDS, type Purpose, ROLE_IDS, ROLES, type Role } from "#vocabulary/roles"
import { PROCEDURES } from "../../src/shells/app/compose.ts"
import { dice, LONG, seedOf } from "../support/dice.ts"
import { filled, schemaOf } from "../support/inputs.ts"
import { failureOf, journalOf, openInvestigationAs, personAs, type TestApp, testApp } from "../support/store.ts"
import { mayByTable, seesByTable } from "./expected.ts"

/** Procedures × roles × compartments: what the table refuses is refused through the gate, is written down, and leaves nothing behind. */
const SEED = seedOf("MATRIX_SEED")
const ASKED = "in_00000000000000000001"
const OTHER = "in_00000000000000000002"
const CLOSED = "in_00000000000000000003"

let app: TestApp
/** The same list behind the same gate, but what is admitted tells its sight and goes no further. */
let admitted: access.Gate
const met: { procedure: string; classes: readonly number[] }[] = []
const classes: {
  id: number
  investigation: string
  classification: Classification
  audience: string[] | null
  purposes: Purpose[] | null
}[] = []

class Admitted extends Error {}

beforeAll(async () => {
  app = await testApp()
  for (const id of [ASKED, OTHER, CLOSED]) await openInvestigationAs(app, id, id === OTHER ? "Asked" : "Asked too")
  await app.store.register.transaction(async (tx) => {
    for (const investigation of [ASKED, OTHER, CLOSED])
      for (const classification of CLASSIFICATIONS)
        for (const audience of [null, [], ["agency-a"], ["agency-b"]])
          for (const purposes of [null, ["safeguarding" as const]]) {
            const terms = { classification, audience, purposes }
            classes.push({ id: await access.accessClass(tx, { ...UNMARKED, investigation, ...terms }), investigation, ...terms })
          }
    await tx.query("update investigation set closed_at = now() where id = $1", [CLOSED])
    // Whether a path may be named is no question of roles.
    await tx.query("insert into node_setting (key, value) values ('intake-folder', '/')")
  })
  admitted = access.gate({
    store: app.store,
    procedures: PROCEDURES.map((p) => ({
      ...p,
      shape: p.shape === "upload" ? p.shape : "value",
      run: (ctx: access.Context) => {
        met.push({ procedure: p.name, classes: ctx.sight.classes })
        throw new Admitted(p.name)
      },
    })),
  })
})
afterAll(() => app?.end())

const takesInvestigation = (p: access.Procedure): boolean => Object.hasOwn(p.input.shape, "investigation")

/** A valid input that names the investigation which is asked about, wherever one can be named. */
function inputFor(p: access.Procedure): Record<string, unknown> {
  const throws = dice(SEED, p.name)
  const pool = (field: string) => (field === "investigation" ? [ASKED] : [])
  for (let tries = 0; tries < 50; tries++) {
    const input = filled(schemaOf(p), throws, pool) as Record<string, unknown>
    if (takesInvestigation(p)) input.investigation = ASKED
    if (p.input.safeParse(input).success) return input
  }
  throw new Error(`no valid input was found for ${p.name} (MATRIX_SEED=${SEED})`)
}

const request = (p: access.Procedure, caller: access.Caller, purpose?: Purpose): access.Request => ({
  input: inputFor(p),
  caller,
  reason: "a question of the matrix",
  ...(purpose ? { purpose } : {}),
  ...(p.shape === "upload" ? { upload: { name: "file", stream: (async function* () {})() } } : {}),
})

type Place = "member" | "other" | "closed" | "nobody"
const PLACES = { member: ASKED, other: OTHER, closed: CLOSED } as const

let people = 1000
/** Somebody new who holds the role in that place; a role on the node has no place. */
const holder = (
  role: Role | null,
  place: Place,
  more: { organisation?: string; clearance?: Classification } = {},
): Promise<access.Caller> =>
  personAs(app, {
    id: `us_${String(++people).padStart(20, "0")}`,
    roles: role === null || place === "nobody" ? [] : [{ role, investigation: ROLES[role].held === "node" ? null : PLACES[place] }],
    organisation: more.organisation ?? "agency-a",
    clearance: more.clearance ?? "TOP SECRET",
  })

/** What is expected of an admission by the table and the place; the refusal's code where it is refused. */
function expected(p: access.Procedure, role: Role | null, place: Place, purpose?: Purpose): "admitted" | `refused.${string}` {
  const { about } = NEEDS[p.needs]
  const asked = purpose ?? NEEDS[p.needs].purpose
  const works =
    role !== null && ROLES[role].held === "investigation" && (place === "member" || (place === "other" && !takesInvestigation(p)))
  if (takesInvestigation(p) && !works) return "refused.investigation"
  const held = role === null || place === "nobody" || (ROLES[role].held === "investigation" && !works) ? [] : [role]
  if (about !== "investigation" && role !== null && ROLES[role].held === "investigation")
    return mayByTable([], p.needs, asked) ? "admitted" : `refused.${p.needs}`
  return mayByTable(held, p.needs, asked) ? "admitted" : `refused.${p.needs}`
}

const CASES: readonly (readonly [Role | null, Place])[] = [
  [null, "nobody"],
  ...ROLE_IDS.map((role) => [role, "member"] as const),
  ...ROLE_IDS.filter((role) => ROLES[role].held === "investigation").flatMap((role) => [
    [role, "other"] as const,
    [role, "closed"] as const,
  ]),
]

/** Rows of every table but the journal's own. */
async function contents(): Promise<Record<string, string>> {
  const { rows } = await app.store.register.read.query<{ name: string }>(
    "select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname !~ '^journal_' and has_table_privilege(c.oid, 'select') order by 1",
  )
  return app.store.register.transaction(async (tx) => {
    const out: Record<string, string> = {}
    for (const { name } of rows)
      out[name] = (
        await tx.query<{ all: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as all from ${name} t`,
        )
      ).rows[0]!.all
    return out
  }, "all")
}

const outcomeOf = async (gate: access.Gate, p: access.Procedure, asking: access.Request): Promise<string> => {
  try {
    await gate.invoke(p.name, asking)
    return "ran"
  } catch (error) {
    if (error instanceof Admitted) return "admitted"
    return (error as { code?: string }).code ?? String(error)
  }
}

test("every procedure admits and refuses each role in each place exactly as the table says", async () => {
  const wrong: string[] = []
  const callers = await Promise.all(CASES.map(([role, place]) => holder(role, place)))
  const before = await contents()
  const refused = new Map<string, number>()
  let asked = 0
  for (const p of PROCEDURES)
    for (const [i, [role, place]] of CASES.entries()) {
      const want = expected(p, role, place)
      const got = await outcomeOf(want === "admitted" ? admitted : app.gate, p, request(p, callers[i]!))
      asked++
      // What reaches beyond the node asks a second person besides.
      const fits = got === want || (want === "admitted" && p.effect === "outside" && got.startsWith("refused."))
      if (!fits) wrong.push(`${p.name}, ${role ?? "nobody"} (${place}): ${got} instead of ${want}`)
      if (got.startsWith("refused.")) refused.set(`${callers[i]!.id} ${p.name} ${got}`, 1)
    }
  expect(wrong, `MATRIX_SEED=${SEED}`).toEqual([])
  expect(asked).toBe(PROCEDURES.length * CASES.length)
  expect(await contents()).toEqual(before)
  const written = new Map<string, number>()
  for (const { header, payload } of await journalOf(app)) {
    const code = (payload as { refused?: string } | null)?.refused
    if (code)
      written.set(`${header.actor} ${header.procedure} ${code}`, (written.get(`${header.actor} ${header.procedure} ${code}`) ?? 0) + 1)
  }
  expect([...written].sort()).toEqual([...refused].sort())
})

test("a token without the need is refused whatever its owner holds, and one with it gives no more than he holds", async () => {
  const wrong: string[] = []
  for (const role of ROLE_IDS) {
    const owner = await holder(role, "member")
    for (const p of PROCEDURES) {
      const lacking = { ...owner, via: "token" as const, scopes: NEED_IDS.filter((need) => need !== p.needs) }
      const got = await outcomeOf(app.gate, p, request(p, lacking))
      if (!got.startsWith("refused.")) wrong.push(`${p.name} by a token of ${role} without ${p.needs}: ${got}`)
      if (expected(p, role, "member") === "admitted") continue
      const bare = { ...owner, via: "token" as const, scopes: [p.needs] as Need[] }
      const without = await outcomeOf(app.gate, p, request(p, bare))
      if (!without.startsWith("refused.")) wrong.push(`${p.name} by a token of ${role} with ${p.needs} alone: ${without}`)
    }
  }
  expect(wrong, `MATRIX_SEED=${SEED}`).toEqual([])
})

test("nobody asks for case material to run the node or for oversight, nor for a purpose that there is not", async () => {
  const wrong: string[] = []
  for (const p of PROCEDURES.filter((one) => NEEDS[one.needs].about === "investigation"))
    for (const role of ROLE_IDS.filter((r) => ROLES[r].held === "investigation")) {
      if (expected(p, role, "member") !== "admitted") continue
      const caller = await holder(role, "member")
      for (const purpose of ["administration", "oversight"] as const) {
        const got = await outcomeOf(app.gate, p, request(p, caller, purpose))
        if (got !== `refused.${p.needs}`) wrong.push(`${p.name}, ${role}, for ${purpose}: ${got}`)
      }
      const got = await outcomeOf(app.gate, p, { ...request(p, caller), purpose: "curiosity" })
      if (got !== "invalid.purpose") wrong.push(`${p.name}, ${role}, out of curiosity: ${got}`)
    }
  expect(wrong, `MATRIX_SEED=${SEED}`).toEqual([])
})

test("who was admitted sees the classes that the words of the roles give him, and no other: not above his clearance, not of another audience, purpose or compartment", async () => {
  const reading = PROCEDURES.filter((p) => p.effect === "read" && takesInvestigation(p) && NEEDS[p.needs].about === "investigation")
  expect(reading.length).toBeGreaterThan(5)
  const wrong: string[] = []
  const throws = dice(SEED, "sight")
  for (const role of ROLE_IDS.filter((r) => ROLES[r].held === "investigation"))
    for (const organisation of ["agency-a", "agency-b"])
      for (const clearance of CLASSIFICATIONS) {
        const caller = await holder(role, "member", { organisation, clearance })
        for (const purpose of PURPOSE_IDS)
          for (const p of LONG ? reading : throws.some(reading, 0.12)) {
            if (expected(p, role, "member", purpose) !== "admitted") continue
            met.length = 0
            await outcomeOf(admitted, p, request(p, caller, purpose))
            const who = { here: [role], anywhere: [], organisation, clearance }
            const want = classes.filter((c) => c.investigation === ASKED && seesByTable(who, c, purpose)).map((c) => c.id)
            const got = met.map((m) => [...m.classes])
            if (JSON.stringify(got) !== JSON.stringify([want.sort((a, b) => a - b)]))
              wrong.push(`${p.name}, ${role} of ${organisation}, ${clearance}, for ${purpose}: ${JSON.stringify(got)} instead of ${want}`)
          }
      }
  expect(wrong.slice(0, 20), `MATRIX_SEED=${SEED}`).toEqual([])
})

test("whoever has left, or never was, is nobody; and a name alone opens no investigation for who may not open one", async () => {
  const gone = await holder("analyst", "member")
  await app.store.register.transaction((tx) => tx.query("update person set left_at = now() where id = $1", [gone.id]))
  const list = PROCEDURES.find((p) => p.name === "investigations.list")!
  expect((await failureOf(app.gate.invoke(list.name, { input: {}, caller: gone }))).code).toBe("refused.unknown-person")
  expect((await failureOf(app.gate.invoke(list.name, { input: {}, caller: { ...gone, id: "us_ffffffffffffffffffff" } }))).code).toBe(
    "refused.unknown-person",
  )
  const before = await contents()
  for (const p of PROCEDURES.filter((one) => one.opens)) {
    const caller = await holder("analyst", "member")
    expect(
      (await failureOf(app.gate.invoke(p.name, { ...request(p, caller), input: { ...inputFor(p), investigation: "A new one" } }))).code,
    ).toBe("refused.open")
  }
  const { person: _, role_grant: __, ...after } = await contents()
  expect(after).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name !== "person" && name !== "role_grant")))
})
