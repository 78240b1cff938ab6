import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { procedure } from "../procedure.ts"
import { insertOrganisation, selectOrganisation, selectOrganisations, updateOrganisation } from "./sql.ts"
import { STARTER } from "./starter.ts"

const OrganisationId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, "2 to 40 small letters, digits and hyphens, a letter first")
  .describe("short name that stands in markings and journals, such as uk-nca")
const State = z
  .string()
  .regex(/^[A-Z]{2}$/, "two capital letters")
  .describe("ISO 3166 code of the state; EU for bodies of the Union, ZZ between states")
const Chain = z.string().min(1).max(80).describe("chain of command, where one state has several")
const Name = z.string().trim().min(1).max(120).describe("its name")
const OrganisationView = z.object({ id: z.string(), name: z.string(), state: z.string(), chain: z.string().nullable() })

export async function knownOrganisation(tx: Parameters<typeof selectOrganisation>[0], id: string) {
  const found = await selectOrganisation(tx, id)
  if (found) return found
  throw new Failure("invalid.organisation-unknown", `No organisation ${id} is entered on this node.`, {
    at: "organisation",
    hint: "organisations list shows those that are; organisations enter adds one.",
  })
}

/** Agencies whose people work here, whose material is held, or to whom something goes. */
export const organisationProcedures = [
  procedure({
    name: "organisations.list",
    title: "Organisations that this node knows",
    input: z.object({}),
    output: z.array(OrganisationView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: (ctx) => selectOrganisations(ctx.tx),
  }),
  procedure({
    name: "organisations.known",
    title: "Common partners that are not entered yet",
    input: z.object({}),
    output: z.array(OrganisationView),
    needs: "administer",
    effect: "read",
    shape: "value",
    run: async (ctx) => {
      const entered = new Set((await selectOrganisations(ctx.tx)).map((o) => o.id))
      return STARTER.filter((o) => !entered.has(o.id))
    },
  }),
  procedure({
    name: "organisations.enter",
    title: "Enter an organisation; one of the common partners by its short name alone",
    input: z.object({ id: OrganisationId, name: Name.optional(), state: State.optional(), chain: Chain.optional() }),
    output: OrganisationView,
    about: ({ id }) => [id],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { id, ...given }) => {
      const common = STARTER.find((o) => o.id === id)
      const name = given.name ?? common?.name
      const state = given.state ?? common?.state
      if (name === undefined || state === undefined)
        throw new Failure("invalid.organisation-unnamed", `${id} is none of the common partners: it needs a name and a state.`, {
          at: name === undefined ? "name" : "state",
          hint: "organisations known shows those that need no more than their short name.",
        })
      const row = { id, name, state, chain: given.chain ?? common?.chain ?? null }
      if (!(await insertOrganisation(ctx.tx, row)))
        throw new Failure("conflict.organisation-exists", `An organisation ${id} is entered already.`, {
          at: "id",
          hint: "Change it (organisations change), or choose another short name.",
        })
      return row
    },
  }),
  procedure({
    name: "organisations.change",
    title: "Change what is entered of an organisation; its short name stays",
    input: z.object({ id: OrganisationId, name: Name.optional(), state: State.optional(), chain: Chain.nullable().optional() }),
    output: OrganisationView,
    about: ({ id }) => [id],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { id, name, state, chain }) => {
      const before = await knownOrganisation(ctx.tx, id)
      const row = { id, name: name ?? before.name, state: state ?? before.state, chain: chain === undefined ? before.chain : chain }
      await updateOrganisation(ctx.tx, row)
      await ctx.journal({ before: { ...before } })
      return row
    },
  }),
]
