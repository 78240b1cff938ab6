import { z } from "zod"
import { type Context, directory, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { LOCAL_USER, randomId } from "#vocabulary/ids"
import { inPerson } from "./person.ts"
import { clientSecretIn, discover, issuerFrom } from "./provider.ts"
import { digestOf, newSecret } from "./secret.ts"
import { ABSOLUTE_HOURS, IDLE_MINUTES, type Provider, type Settings, setSetting, settingsOf } from "./settings.ts"
import {
  canAdministratorSignIn,
  closeAllOf,
  closeIdentity,
  closeInvitationsOf,
  closePasskeysOf,
  insertIdentity,
  insertInvitation,
  selectPresent,
  selectWays,
} from "./sql.ts"

const HOUR_MS = 3_600_000

const StateView = z.object({
  signIn: z.enum(["local", "persons"]),
  demo: z.boolean(),
  provider: z
    .object({ name: z.string(), issuer: z.string(), clientId: z.string(), secret: z.boolean(), origins: z.array(z.string()) })
    .nullable(),
  limits: z.object({ idleMinutes: z.number(), absoluteHours: z.number() }),
})

const Person = z.string().describe("id of the person")

/** Somebody who works here and can have ways in of his own. Throws `invalid.person`. */
async function personOf(ctx: Context, id: string): Promise<{ id: string; name: string }> {
  // The one user of a node without sign-in is nobody in particular.
  const found = id === LOCAL_USER ? null : await selectPresent(ctx.tx, id)
  if (!found) throw new Failure("invalid.person", "Nobody of that id works here.", { at: "person", hint: "sign-in list shows who does." })
  return found
}

/** What an administrator does about sign-in. None of it takes or gives a lasting secret but the invitation, which is good once. */
export const administrationProcedures = [
  procedure({
    name: "sign-in.show",
    title: "How people sign in on this node",
    input: z.object({}),
    output: StateView,
    needs: "administer",
    effect: "read",
    shape: "value",
    run: (ctx): Promise<Settings> => settingsOf(ctx.tx),
  }),
  procedure({
    name: "sign-in.list",
    title: "Who could sign in, and by what",
    input: z.object({}),
    output: z.array(
      z.object({
        person: z.string(),
        name: z.string(),
        organisation: z.string(),
        identities: z.array(z.object({ issuer: z.string(), subject: z.string() })),
        passkeys: z.number(),
        invited: z.boolean(),
        sessions: z.number(),
        tokens: z.number(),
      }),
    ),
    needs: "administer",
    effect: "read",
    shape: "value",
    run: (ctx) => selectWays(ctx.tx, new Date(ctx.at)),
  }),
  procedure({
    name: "sign-in.configure",
    title: "Trust a provider of identities (OpenID Connect); it is asked for its description at once",
    input: z.object({
      name: z.string().trim().min(1).max(60).describe("as people know it; stands on the button"),
      issuer: z.string().describe("its issuer, as it states it: https://…"),
      clientId: z.string().min(1).max(200).describe("this node's client id there"),
      secret: z.boolean().default(false).describe("the client has a secret, in DATA/provider.secret with mode 600"),
      origins: z.array(z.url()).max(5).default([]).describe("origins beside the issuer's own at which its endpoints stand"),
    }),
    output: StateView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, provider: Provider) => {
      issuerFrom(provider.issuer)
      if (provider.secret) clientSecretIn(ctx.store.folder)
      await mustNotLockOut(ctx, provider.issuer)
      await discover(provider, ctx.store.folder, ctx.store.clock)
      await setSetting(ctx.tx, "provider", JSON.stringify(provider))
      return settingsOf(ctx.tx)
    },
  }),
  procedure({
    name: "sign-in.limits",
    title: "Shorten sessions; holds for those that are open too",
    input: z.object({
      idleMinutes: z.number().int().min(1).max(IDLE_MINUTES).default(IDLE_MINUTES).describe("without a question"),
      absoluteHours: z.number().int().min(1).max(ABSOLUTE_HOURS).default(ABSOLUTE_HOURS).describe("in all"),
    }),
    output: StateView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, limits) => {
      await setSetting(ctx.tx, "session-limits", JSON.stringify(limits))
      return settingsOf(ctx.tx)
    },
  }),
  procedure({
    name: "sign-in.bind",
    title: "Say which identity at the provider is a person's",
    input: z.object({ person: Person, subject: z.string().min(1).max(255).describe("the provider's own name for him (sub)") }),
    output: z.object({ person: z.string(), issuer: z.string(), subject: z.string() }),
    needs: "administer",
    effect: "decision",
    shape: "value",
    about: ({ person }) => [person],
    run: async (ctx, { person, subject }) => {
      mustNotBeToken(ctx)
      const { id } = await personOf(ctx, person)
      const { provider } = await settingsOf(ctx.tx)
      if (!provider)
        throw new Failure("conflict.no-provider", "This node has no provider of identities.", { hint: "sign-in configure names one." })
      const { issuer } = provider
      if (!(await insertIdentity(ctx.tx, { issuer, subject, person: id, by: ctx.caller.id, at: new Date(ctx.at) })))
        throw new Failure("conflict.identity-bound", "That identity is somebody's already.", {
          at: "subject",
          hint: "sign-in list shows whose.",
        })
      return { person: id, issuer, subject }
    },
  }),
  procedure({
    name: "sign-in.unbind",
    title: "End the binding of an identity to a person, with his sessions and tokens",
    input: z.object({ person: Person, issuer: z.string(), subject: z.string() }),
    output: z.object({ sessions: z.number(), tokens: z.number() }),
    needs: "administer",
    effect: "decision",
    shape: "value",
    about: ({ person }) => [person],
    run: async (ctx, { person, issuer, subject }) => {
      if (!(await closeIdentity(ctx.tx, person, issuer, subject, new Date(ctx.at))))
        throw new Failure("invalid.identity-unknown", "That identity is not bound to that person.", {
          at: "subject",
          hint: "sign-in list shows what is.",
        })
      return closeAllOf(ctx.tx, person, new Date(ctx.at))
    },
  }),
  procedure({
    name: "sign-in.invite",
    title: "Invite a person to enrol a passkey or his identity; the code is shown once and is good once",
    input: z.object({ person: Person, hours: z.number().int().min(1).max(168).default(24).describe("for how long") }),
    output: z.object({ code: z.string(), person: z.string(), expiresAt: z.iso.datetime() }),
    needs: "administer",
    effect: "decision",
    shape: "value",
    about: ({ person }) => [person],
    show: ({ code, expiresAt }) =>
      `${code}\n\nHand it to the person, and to nobody else; it is shown this once, good once, and ends at ${expiresAt.slice(0, 16)}Z.\nIt is typed in on the page /enrol of the workplace.`,
    run: async (ctx, { person, hours }) => {
      mustNotBeToken(ctx)
      const { id } = await personOf(ctx, person)
      // An earlier code that went astray opens nothing any more.
      await closeInvitationsOf(ctx.tx, id, new Date(ctx.at))
      const code = newSecret("lpi_")
      const until = new Date(ctx.at + hours * HOUR_MS)
      const invitation = randomId("nv_")
      await insertInvitation(ctx.tx, { id: invitation, code: digestOf(code), person: id, by: ctx.caller.id, at: new Date(ctx.at), until })
      await ctx.journal({ invited: id, invitation })
      return { code, person: id, expiresAt: until.toISOString() }
    },
  }),
  procedure({
    name: "sign-in.end",
    title: "End all sessions, tokens and invitations of a person, and his passkeys too where they are lost",
    input: z.object({ person: Person, passkeys: z.boolean().default(false).describe("end his passkeys as well") }),
    output: z.object({ sessions: z.number(), tokens: z.number(), invitations: z.number(), passkeys: z.number() }),
    needs: "administer",
    effect: "decision",
    shape: "value",
    about: ({ person }) => [person],
    run: async (ctx, { person, passkeys }) => {
      const at = new Date(ctx.at)
      const { id } = await personOf(ctx, person)
      return {
        ...(await closeAllOf(ctx.tx, id, at)),
        invitations: await closeInvitationsOf(ctx.tx, id, at),
        passkeys: passkeys ? await closePasskeysOf(ctx.tx, id, at) : 0,
      }
    },
  }),
  procedure({
    name: "sign-in.enable",
    title: "From now on people sign in; the one user of this node ends",
    input: z.object({}),
    output: StateView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx) => {
      const before = await settingsOf(ctx.tx)
      if (before.signIn === "persons") throw new Failure("conflict.sign-in-enabled", "People sign in on this node already.")
      if (before.demo)
        throw new Failure("refused.demo-node", "This folder holds the demonstration, whose people are invented: nobody signs in there.", {
          hint: "Use another data folder.",
        })
      if (!(await canAdministratorSignIn(ctx.tx, before.provider?.issuer ?? null)))
        throw new Failure("refused.no-administrator", "Nobody who looks after this node could sign in: it would be shut for good.", {
          hint: "Enter an administrator, invite him (sign-in invite), let him enrol, then try again.",
        })
      await setSetting(ctx.tx, "sign-in", "persons")
      await directory.retireLocalUser(ctx.tx, ctx.caller.id, ctx.at)
      return settingsOf(ctx.tx)
    },
  }),
]

function mustNotBeToken(ctx: Context): void {
  if (ctx.caller.via === "token") inPerson(ctx.caller)
}

/** Another provider makes the identities of the last one useless. */
async function mustNotLockOut(ctx: Context, issuer: string): Promise<void> {
  const { signIn } = await settingsOf(ctx.tx)
  if (signIn === "persons" && !(await canAdministratorSignIn(ctx.tx, issuer)))
    throw new Failure("refused.no-administrator", "With that provider nobody who looks after this node could sign in.", {
      hint: "Enrol a passkey for an administrator first.",
    })
}
