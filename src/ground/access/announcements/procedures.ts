import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { IDENTIFIER_TYPES, PERSONAL_TYPES } from "#vocabulary/identifier-types"
import { randomId } from "#vocabulary/ids"
import { normalise } from "#vocabulary/normalise"
import { type Context, procedure } from "../procedure.ts"
import { decisionSource, endProtection, personOf, protect } from "../protection.ts"
import { announcedHash, announcedOf } from "./announced.ts"
import { insertAnnouncement, selectAnnouncements, withdrawAnnouncement } from "./sql.ts"

const Here = z.string().describe("id or name")
const Identifier = z.string().trim().min(3).max(200).describe("the identifier; only a hash of its normal form is kept")
const Contact = z.string().trim().min(3).max(200).describe("whom another team is to speak to; say nothing of the case")
const Reason = z.string().trim().min(3).max(2000).describe("why; goes into the journal, so do not repeat the identifier")
const Made = z.object({ announcement: z.string() })

function keyOf(type: (typeof IDENTIFIER_TYPES)[number], raw: string): string {
  const { norm, valid, reason } = normalise(type, raw)
  if (valid) return `${type}:${norm}`
  throw new Failure("invalid.identifier", `That is no ${type}: ${reason}.`, {
    at: "identifier",
    hint: "Give it whole, a telephone number with + and its country code.",
  })
}

async function announce(ctx: Context, key: string, contact: string, covert: boolean): Promise<string> {
  const id = randomId("an_")
  const { nodeKey } = ctx.store
  const made = {
    id,
    person: announcedHash(nodeKey, key),
    investigation: ctx.investigation!.id,
    covert,
    contact,
    announced_by: ctx.caller.id,
    announced_at: new Date(ctx.at),
  }
  if (!(await insertAnnouncement(ctx.tx, made)))
    throw new Failure("conflict.announced", "Your investigation announces that already.", {
      at: "identifier",
      hint: "Withdraw it first to announce it with another contact.",
    })
  if (covert)
    await protect(
      ctx.tx,
      decisionSource(nodeKey, ctx.investigation!.id, id),
      [{ person: personOf(nodeKey, key), protects: "adult" }],
      made.announced_at,
    )
  await ctx.journal({ announcement: id })
  return id
}

/** Announced deconfliction: the owner of a hidden item may have whoever meets it speak to him; covert numbers are kept out of every list. */
export const deconflictionProcedures = [
  procedure({
    name: "deconfliction.announce",
    title: "Have whoever meets an identifier asked to speak to you; nothing else is told",
    input: z.object({ investigation: Here, type: z.enum(IDENTIFIER_TYPES), identifier: Identifier, contact: Contact, reason: Reason }),
    output: Made,
    unwritten: ["identifier"],
    needs: "release",
    effect: "decision",
    shape: "value",
    run: async (ctx, { type, identifier, contact }) => ({ announcement: await announce(ctx, keyOf(type, identifier), contact, false) }),
  }),
  procedure({
    name: "deconfliction.covert",
    title: "Keep an officer's covert identifier out of every list, for every viewer; only its hash is kept",
    input: z.object({ investigation: Here, type: z.enum(PERSONAL_TYPES), identifier: Identifier, contact: Contact, reason: Reason }),
    output: Made,
    unwritten: ["identifier"],
    needs: "release",
    effect: "decision",
    shape: "value",
    run: async (ctx, { type, identifier, contact }) => ({ announcement: await announce(ctx, keyOf(type, identifier), contact, true) }),
  }),
  procedure({
    name: "deconfliction.list",
    title: "What your investigation announces and keeps out; the identifiers themselves are not kept",
    input: z.object({ investigation: Here }),
    output: z.array(z.object({ announcement: z.string(), covert: z.boolean(), contact: z.string(), announcedAt: z.string() })),
    needs: "release",
    effect: "read",
    shape: "value",
    run: async (ctx) =>
      (await selectAnnouncements(ctx.tx, ctx.investigation!.id)).map(({ id, covert, contact, announced_at }) => ({
        announcement: id,
        covert,
        contact,
        announcedAt: announced_at.toISOString(),
      })),
  }),
  procedure({
    name: "deconfliction.withdraw",
    title: "Withdraw what your investigation announces or keeps out",
    input: z.object({ investigation: Here, announcement: z.string().regex(/^an_/).describe("its id"), reason: Reason }),
    output: Made,
    about: ({ announcement }) => [announcement],
    needs: "release",
    effect: "decision",
    shape: "value",
    run: async (ctx, { announcement }) => {
      const investigation = ctx.investigation!.id
      const at = new Date(ctx.at)
      const gone = await withdrawAnnouncement(ctx.tx, announcement, investigation, ctx.caller.id, at)
      if (!gone)
        throw new Failure("invalid.announcement-unknown", "Your investigation announces nothing of that id.", {
          at: "announcement",
          hint: "deconfliction list shows what it does.",
        })
      if (gone.covert) await endProtection(ctx.tx, decisionSource(ctx.store.nodeKey, investigation, announcement), [], at)
      return { announcement }
    },
  }),
  procedure({
    name: "deconfliction.look",
    title: "Whether another team asks to be spoken to before you work on an identifier",
    input: z.object({
      investigation: Here,
      type: z.enum(IDENTIFIER_TYPES),
      identifier: z.string().trim().min(3).max(200).describe("the identifier"),
    }),
    output: z.object({ announced: z.array(z.object({ contact: z.string() })) }),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx, { type, identifier }) => ({ announced: await announcedOf(ctx, [keyOf(type, identifier)]) }),
  }),
]
