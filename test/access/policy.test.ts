import * as cedar from "@cedar-policy/cedar-wasm/nodejs"
import { expect, test } from "vitest"
import { CLASSIFICATIONS } from "#vocabulary/markings"
import { NEED_IDS, NEEDS, PURPOSE_IDS, type Purpose, ROLE_IDS, ROLES, type Role } from "#vocabulary/roles"
import { type Asker, mayDo, maySee, namedRules, POLICY_TEXT, SCHEMA_TEXT } from "../../src/ground/access/policy.ts"
import { LONG } from "../support/dice.ts"
import { mayByTable, PERMITTING, roleSets, seesByTable } from "./expected.ts"

/** Roles held at once: all sets of so many are judged. */
const TOGETHER = LONG ? 3 : 2

const asker = (roles: readonly Role[], more: Partial<Asker> = {}): Asker => ({
  id: "us_test",
  here: roles.filter((role) => ROLES[role].held === "investigation"),
  anywhere: roles.filter((role) => ROLES[role].held === "node"),
  organisation: "agency-a",
  clearance: "TOP SECRET",
  local: false,
  ...more,
})

test("the rules are sound by Cedar's strict validation against what they may speak of", () => {
  const parts = cedar.policySetTextToParts(POLICY_TEXT)
  if (parts.type === "failure") throw new Error(parts.errors.map((e) => e.message).join("; "))
  const answer = cedar.validate({
    validationSettings: { mode: "strict" },
    schema: SCHEMA_TEXT,
    policies: { staticPolicies: namedRules(parts.policies) },
  })
  if (answer.type === "failure") throw new Error(answer.errors.map((e) => e.message).join("; "))
  expect([answer.validationErrors, answer.validationWarnings]).toEqual([[], []])
})

test("every need is an action about what it is about, and there is no other action but seeing", () => {
  const answer = cedar.schemaToJson(SCHEMA_TEXT)
  if (answer.type === "failure") throw new Error(answer.errors.map((e) => e.message).join("; "))
  const actions = (answer.json as Record<string, { actions: Record<string, { appliesTo: { resourceTypes: string[] } }> }>)[""]!.actions
  expect(Object.fromEntries(Object.entries(actions).map(([id, a]) => [id, a.appliesTo.resourceTypes]))).toEqual({
    see: ["AccessClass"],
    ...Object.fromEntries(NEED_IDS.map((need) => [need, [NEEDS[need].about === "investigation" ? "Investigation" : "Node"]])),
  })
})

test("the table of the matrix speaks of every need and of nothing else, each of roles that can be held there", () => {
  for (const need of NEED_IDS) {
    const permitting = PERMITTING(need)
    if (permitting === "everybody") expect(NEEDS[need].about).toBe("own")
    else {
      expect(permitting.length).toBeGreaterThan(0)
      for (const role of permitting) expect([role, ROLES[role].held]).toEqual([role, NEEDS[need].about])
    }
  }
})

test(`every set of up to ${TOGETHER} roles may do exactly what the table says, for every purpose`, () => {
  const wrong: string[] = []
  let judged = 0
  for (const roles of roleSets(TOGETHER))
    for (const need of NEED_IDS)
      for (const purpose of PURPOSE_IDS) {
        judged++
        const { allowed } = mayDo(asker(roles), need, "in_test", purpose)
        if (allowed !== mayByTable(roles, need, purpose)) wrong.push(`${roles.join("+") || "nobody"} ${need} for ${purpose}: ${allowed}`)
      }
  expect(judged).toBe((1 + 15 + 105 + (LONG ? 455 : 0)) * NEED_IDS.length * PURPOSE_IDS.length)
  expect(wrong).toEqual([])
}, 240_000)

test("no role, alone or with others, lets an administrator into a case", () => {
  const others = ROLE_IDS.filter((role) => role !== "administrator")
  for (const a of others)
    for (const b of others)
      for (const need of NEED_IDS.filter((n) => NEEDS[n].about === "investigation"))
        for (const purpose of PURPOSE_IDS) {
          const who = asker([...new Set<Role>([a, b, "administrator"])])
          if (mayDo(who, need, "in_test", purpose).allowed) throw new Error(`${a}+${b}+administrator may ${need} for ${purpose}`)
        }
})

const AUDIENCES = [null, [], ["agency-a"]] as const
const MATERIAL_PURPOSES: readonly (readonly Purpose[] | null)[] = [null, [], ["safeguarding"]]

test("material of every marking is seen by exactly those whom the words of the roles let see it; an empty audience is nobody", () => {
  const wrong: string[] = []
  for (const roles of roleSets(TOGETHER - 1))
    for (const organisation of ["agency-a", "agency-b"])
      for (const clearance of CLASSIFICATIONS)
        for (const classification of CLASSIFICATIONS)
          for (const audience of AUDIENCES)
            for (const purposes of MATERIAL_PURPOSES)
              for (const purpose of ["investigation", "safeguarding", "rights"] as const) {
                const who = asker(roles, { organisation, clearance })
                const what = { key: "k", classification, audience, purposes }
                const expected = seesByTable(who, what, purpose)
                if (maySee(who, what, purpose).allowed !== expected)
                  wrong.push(JSON.stringify([roles, organisation, clearance, what, purpose]))
                if (audience?.length === 0 && expected) throw new Error("the expectation itself lets somebody see what is for nobody")
              }
  expect(wrong).toEqual([])
}, 240_000)

test("a classification that this release does not know is above every clearance", () => {
  for (const clearance of CLASSIFICATIONS)
    expect(
      maySee(asker(["analyst"], { clearance }), { key: "k", classification: "COSMIC", audience: null, purposes: null }, "investigation")
        .allowed,
    ).toBe(false)
})
