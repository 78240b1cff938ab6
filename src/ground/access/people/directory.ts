import { z } from "zod"
import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { LOCAL_USER, randomId } from "#vocabulary/ids"
import { CLASSIFICATIONS } from "#vocabulary/markings"
import { ROLE_IDS } from "#vocabulary/roles"
import { type Context, procedure } from "../procedure.ts"
import { knownOrganisation } from "./organisations.ts"
import {
  type Card,
  insertCard,
  insertClearance,
  markLeft,
  selectCard,
  selectCards,
  selectClearances,
  selectHoldings,
  updateCard,
} from "./sql.ts"

export const PersonId = z.string().regex(/^us_/, "expected an id that begins with us_").describe("id of the person")
const Name = z.string().trim().min(1).max(120).describe("name by which colleagues know him or her")
const Team = z.string().trim().min(1).max(80).describe("team: who is asked as a second person must be of another one")
const Contact = z.string().trim().min(1).max(200).describe("how colleagues reach him or her; told to others in `see me` and deconfliction")
const Organisation = z.string().describe("short name of the organisation")
export const Reason = z.string().trim().min(3).max(2000).describe("why; goes into the journal")

export const CardView = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.string(),
  team: z.string(),
  contact: z.string().nullable(),
  clearance: z.enum(CLASSIFICATIONS),
  left: z.boolean(),
})

/** Somebody who works here now. */
export async function colleague(tx: Tx, id: string): Promise<Card> {
  const card = await selectCard(tx, id)
  if (card && !card.left) return card
  throw new Failure("invalid.person-unknown", "Nobody of that id works here.", { at: "person", hint: "people list shows who does." })
}

/** What somebody may not decide about himself; the one user of a node without sign-in has nobody else. */
export function notHimself(ctx: Context, person: string, what: string): void {
  if (person === ctx.caller.id && ctx.caller.via !== "local")
    throw new Failure("refused.own-affair", `Nobody ${what} himself.`, { at: "person", hint: "Somebody else who may has to do it." })
}

/** Administrators of the node who are persons: the one user of a node without sign-in is nobody. */
export async function administrators(tx: Tx): Promise<string[]> {
  // Two who end each other's role at the same time wait for one another here.
  await tx.query("select pg_advisory_xact_lock(7205759405)")
  return (await selectHoldings(tx, null)).filter((h) => h.role === "administrator" && h.person !== LOCAL_USER).map((h) => h.person)
}

/** Ends what the one user of a node without sign-in holds, when persons sign in from now on. */
export const retireLocalUser = (tx: Tx, by: string, at: number): Promise<void> => markLeft(tx, LOCAL_USER, by, new Date(at))

export const directoryProcedures = [
  procedure({
    name: "people.list",
    title: "Everybody who works here or did, with the roles on the node",
    input: z.object({ left: z.boolean().default(false).describe("also who has left") }),
    output: z.array(CardView.extend({ roles: z.array(z.enum(ROLE_IDS)) })),
    needs: "administer",
    effect: "read",
    shape: "value",
    run: async (ctx, { left }) => {
      const roles = Map.groupBy(await selectHoldings(ctx.tx, null), (h) => h.person)
      return (await selectCards(ctx.tx))
        .filter((c) => left || !c.left)
        .map((c) => ({ ...c, roles: (roles.get(c.id) ?? []).map((h) => h.role) }))
    },
  }),
  procedure({
    name: "people.find",
    title: "Find a colleague by name, to give a role in an investigation",
    input: z.object({
      investigation: z.string().describe("id or name"),
      name: z.string().trim().min(2).max(120).describe("a part of the name"),
    }),
    output: z.array(CardView.omit({ left: true, contact: true })),
    needs: "grant",
    effect: "read",
    shape: "value",
    run: async (ctx, { name }) => {
      const part = name.normalize("NFKC").toLowerCase()
      return (await selectCards(ctx.tx))
        .filter((c) => !c.left && c.name.normalize("NFKC").toLowerCase().includes(part))
        .slice(0, 20)
        .map(({ id, name, organisation, team, clearance }) => ({ id, name, organisation, team, clearance }))
    },
  }),
  procedure({
    name: "people.enter",
    title: "Enter somebody who is to work here; he has no role and the least clearance",
    input: z.object({ name: Name, organisation: Organisation, team: Team, contact: Contact.optional() }),
    output: CardView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { name, organisation, team, contact }) => {
      await knownOrganisation(ctx.tx, organisation)
      const id = randomId("us_")
      await insertCard(ctx.tx, { id, name, organisation, team, contact: contact ?? null }, new Date(ctx.at))
      await ctx.journal({ entered: id })
      return (await selectCard(ctx.tx, id))!
    },
  }),
  procedure({
    name: "people.change",
    title: "Change what is entered of a person",
    input: z.object({
      person: PersonId,
      name: Name.optional(),
      organisation: Organisation.optional(),
      team: Team.optional(),
      contact: Contact.nullable().optional(),
      reason: Reason,
    }),
    output: CardView,
    about: ({ person }) => [person],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { person, name, organisation, team, contact }) => {
      const before = await colleague(ctx.tx, person)
      // Team and organisation decide who counts as a second person, and what he may see.
      if (team !== undefined || organisation !== undefined) notHimself(ctx, person, "moves")
      if (organisation !== undefined) await knownOrganisation(ctx.tx, organisation)
      await updateCard(ctx.tx, {
        ...before,
        name: name ?? before.name,
        organisation: organisation ?? before.organisation,
        team: team ?? before.team,
        contact: contact === undefined ? before.contact : contact,
      })
      await ctx.journal({ before: { name: before.name, organisation: before.organisation, team: before.team, contact: before.contact } })
      return (await selectCard(ctx.tx, person))!
    },
  }),
  procedure({
    name: "people.clear",
    title: "Set a person's clearance, with the reference of the vetting decision",
    input: z.object({
      person: PersonId,
      clearance: z.enum(CLASSIFICATIONS).describe("up to what classification he may see"),
      reason: Reason,
      reference: z.string().trim().min(1).max(200).describe("reference of the vetting decision"),
    }),
    output: CardView,
    about: ({ person }) => [person],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { person, clearance, reason, reference }) => {
      const before = await colleague(ctx.tx, person)
      notHimself(ctx, person, "clears")
      await updateCard(ctx.tx, { ...before, clearance })
      await insertClearance(ctx.tx, person, { clearance, reason, reference, by: ctx.caller.id, at: new Date(ctx.at) })
      await ctx.journal({ before: before.clearance })
      return { ...before, clearance }
    },
  }),
  procedure({
    name: "people.clearances",
    title: "The clearance decisions about a person, latest first",
    input: z.object({ person: PersonId }),
    output: z.array(z.object({ clearance: z.string(), reason: z.string(), reference: z.string(), by: z.string(), at: z.string() })),
    about: ({ person }) => [person],
    needs: "administer",
    effect: "read",
    shape: "value",
    run: async (ctx, { person }) => (await selectClearances(ctx.tx, person)).map((c) => ({ ...c, at: c.at.toISOString() })),
  }),
  procedure({
    name: "people.leave",
    title: "Somebody leaves: every role ends at once, and nothing of his is answered any more",
    input: z.object({ person: PersonId, reason: Reason }),
    output: CardView,
    about: ({ person }) => [person],
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { person }) => {
      const card = await colleague(ctx.tx, person)
      if (person === LOCAL_USER)
        throw new Failure("refused.local-user", "The one user of a node without sign-in does not leave.", {
          at: "person",
          hint: "He goes when people sign in.",
        })
      if ((await administrators(ctx.tx)).join() === person)
        throw new Failure("conflict.last-administrator", "Without him nobody would look after this node.", {
          at: "person",
          hint: "Appoint another administrator first.",
        })
      await markLeft(ctx.tx, person, ctx.caller.id, new Date(ctx.at))
      return { ...card, left: true }
    },
  }),
]
