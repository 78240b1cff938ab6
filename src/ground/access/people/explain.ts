import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { INVESTIGATION_ROLES, NEEDS, NODE_ROLES, PURPOSE_IDS, PURPOSES, type Purpose, ROLES, type Role } from "#vocabulary/roles"
import { type Asker, mayDo, POLICY_TEXT, ruleInWords, SCHEMA_TEXT, type Verdict } from "../policy.ts"
import { type Context, procedure } from "../procedure.ts"
import { askerIn, type Caller, callerOf } from "../sight.ts"
import { selectInvestigationById } from "../sql.ts"
import { PersonId } from "./directory.ts"

const Named = z.object({ id: z.string(), title: z.string() })
const Rule = z.object({ id: z.string(), effect: z.enum(["permit", "forbid"]), text: z.string() })
const Why = z.object({
  allowed: z.boolean(),
  procedure: z.string(),
  need: z.object({ id: z.string(), title: z.string() }),
  purpose: z.enum(PURPOSE_IDS),
  /** Where it would be asked; null for what is asked of the node or is everybody's own. */
  investigation: z.string().nullable(),
  /** Roles that count for it. */
  holds: z.array(Named),
  /** The rules that decided. A rule that forbids wins; where there is none, no rule permits it. */
  rules: z.array(Rule),
  /** Roles each of which alone would permit it. */
  roles: z.array(Named),
  /** A token is limited to some needs, and this is none of them. */
  outOfScope: z.boolean(),
})

const rolesNamed = (roles: readonly Role[]) => roles.map((id) => ({ id, title: ROLES[id].title }))

function why(ctx: Context, person: Caller, name: string, investigation: string | null, purpose: Purpose): z.input<typeof Why> {
  const { needs: need } = ctx.find(name)
  const about = NEEDS[need].about
  const within = about === "investigation" ? investigation : null
  if (about === "investigation" && within === null)
    throw new Failure("invalid.investigation-missing", `${name} is asked in an investigation.`, { at: "investigation", hint: "Name one." })
  const judge = (asker: Asker): Verdict => mayDo(asker, need, within ?? "", purpose)
  const asker = askerIn(person, within)
  const verdict = judge(asker)
  const outOfScope = person.scopes !== null && !person.scopes.includes(need)
  const alone = (role: Role): boolean =>
    judge({ ...asker, here: within === null ? [] : [role], anywhere: within === null ? [role] : [], local: false }).allowed
  return {
    allowed: verdict.allowed && !outOfScope,
    procedure: name,
    need: { id: need, title: NEEDS[need].title },
    purpose,
    investigation: within,
    holds: rolesNamed([...asker.here, ...asker.anywhere]),
    // Cedar names the rules that decided: those that forbid when it refuses, those that permit when it allows.
    rules: verdict.rules.map((id) => ({ id, effect: verdict.allowed ? "permit" : "forbid", text: ruleInWords(id) })),
    roles: about === "own" ? [] : rolesNamed((about === "investigation" ? INVESTIGATION_ROLES : NODE_ROLES).filter(alone)),
    outOfScope,
  }
}

const Asked = {
  procedure: z.string().describe("what is asked, such as entities.show"),
  purpose: z.enum(PURPOSE_IDS).optional().describe("what for; else what the need is usually for"),
}

/** The policy, for those who must be able to judge it: its text, and what it says in one case. */
export const policyProcedures = [
  procedure({
    name: "policy.show",
    title: "The policy of this node, as it is enforced",
    input: z.object({}),
    output: z.object({
      text: z.string(),
      schema: z.string(),
      needs: z.array(z.object({ id: z.string(), title: z.string(), about: z.enum(["investigation", "node", "own"]), purpose: z.string() })),
      purposes: z.array(Named),
      roles: z.array(Named.extend({ held: z.enum(["investigation", "node"]) })),
    }),
    needs: "own",
    effect: "read",
    shape: "value",
    show: ({ text }) => text,
    run: async () => ({
      text: POLICY_TEXT,
      schema: SCHEMA_TEXT,
      needs: Object.entries(NEEDS).map(([id, need]) => ({ id, ...need })),
      purposes: Object.entries(PURPOSES).map(([id, title]) => ({ id, title })),
      roles: Object.entries(ROLES).map(([id, role]) => ({ id, ...role })),
    }),
  }),
  procedure({
    name: "policy.why",
    title: "Why you may, or may not, ask a procedure",
    input: z.object({ ...Asked, investigation: z.string().optional().describe("id or name") }),
    output: Why,
    needs: "own",
    effect: "read",
    shape: "value",
    run: async (ctx, { procedure: name, purpose }) =>
      why(ctx, ctx.caller, name, ctx.investigation?.id ?? null, purpose ?? NEEDS[ctx.find(name).needs].purpose),
  }),
  procedure({
    name: "policy.why-another",
    title: "Why somebody may, or may not, ask a procedure; for whoever audits",
    input: z.object({ ...Asked, person: PersonId, of: z.string().regex(/^in_/).optional().describe("id of the investigation") }),
    output: Why,
    about: ({ person }) => [person],
    needs: "audit",
    effect: "read",
    shape: "value",
    run: async (ctx, { person, procedure: name, of, purpose }) => {
      if (of !== undefined && !(await selectInvestigationById(ctx.tx, of)))
        throw new Failure("invalid.investigation-unknown", "There is no such investigation.", {
          at: "of",
          hint: "Take its id from the journal.",
        })
      const caller = await callerOf(ctx.tx, person, { via: "session", provedAt: null, scopes: null })
      return why(ctx, caller, name, of ?? null, purpose ?? NEEDS[ctx.find(name).needs].purpose)
    },
  }),
]
