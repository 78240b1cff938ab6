import { hash } from "node:crypto"
import { z } from "zod"
import type { Json } from "#journal"
import { canonical } from "#store"
import { Failure } from "#vocabulary/failure"
import { type Context, type Over, procedure } from "../procedure.ts"
import { permits } from "../sight.ts"
import { selectClasses, selectInvestigationById, selectPersonCard } from "../sql.ts"
import { validate } from "../validate.ts"
import { askCleared, toldOf } from "./ask.ts"
import { insertReason, insertWord, type RerunRow, selectQuestion, selectReasons, selectRerun, selectReruns, WORDS } from "./sql.ts"

const RerunRef = z.string().regex(/^rr_/).describe("id of the question")
const State = z.enum(["waiting", "lapsed", ...WORDS])
const ToldView = z.object({ rerun: z.string(), state: State, contact: z.string().nullable() })
const Someone = z.object({ id: z.string(), name: z.string(), organisation: z.string(), team: z.string(), contact: z.string().nullable() })

const Asked = z.object({
  rerun: z.string(),
  asker: Someone,
  investigation: z.object({ id: z.string(), name: z.string() }).nullable(),
  procedure: z.string(),
  title: z.string(),
  ground: z.string().nullable(),
  askedAt: z.string(),
  state: State,
})

async function askedOf(ctx: Context, row: RerunRow): Promise<z.infer<typeof Asked>> {
  const investigation = row.investigation === null ? null : await selectInvestigationById(ctx.tx, row.investigation)
  return {
    rerun: row.id,
    asker: (await selectPersonCard(ctx.tx, row.asker))!,
    investigation: investigation && { id: investigation.id, name: investigation.name },
    procedure: row.procedure,
    title: ctx.find(row.procedure).title,
    ground: row.ground,
    askedAt: row.asked_at.toISOString(),
    state: toldOf(row, ctx.at).state,
  }
}

async function rerunOf(ctx: Context, id: string): Promise<RerunRow> {
  const row = await selectRerun(ctx.tx, id)
  if (row) return row
  throw new Failure("invalid.rerun-unknown", "There is no such question.", { at: "rerun", hint: "reruns list shows those that wait." })
}

interface Whole {
  input: Record<string, Json> | null
  limited: Json
  whole: Json
  sha256: string
}

/** The question asked of all that the officer's sight covers, beside what the asker was told. */
async function overAll(ctx: Context, row: RerunRow): Promise<Whole> {
  const investigation = row.investigation === null ? null : await selectInvestigationById(ctx.tx, row.investigation)
  const over: Over = { store: ctx.store, sight: ctx.sight, investigation: investigation ?? undefined, at: ctx.at, signal: ctx.signal }
  const asked = await ctx.store.register.transaction((tx) => selectQuestion(tx, row.id), ctx.sight.classes)
  const { question } = ctx.find(row.procedure)
  if (!asked || !question) return { input: null, limited: null, whole: null, sha256: hash("sha256", canonical(null)) }
  const whole = await question(over, asked.input)
  return { input: asked.input, limited: asked.limited, whole, sha256: hash("sha256", canonical(whole)) }
}

/** Whose material stays out of the officer's sight too: held for a named audience or for other purposes. */
async function outOfSight(ctx: Context): Promise<string[]> {
  const seen = new Set(ctx.sight.classes)
  const rest = (await selectClasses(ctx.tx, null)).filter((c) => !seen.has(c.id))
  return [...new Set(rest.flatMap((c) => (c.originators.length > 0 ? c.originators : ["originator not recorded"])))].sort()
}

/** A limited view never acts alone: what is asked of all holdings, and the one word that comes back. */
export const rerunProcedures = [
  procedure({
    name: "reruns.ask",
    title: "Have a question asked of all holdings by the cleared officer; you learn one word",
    input: z.object({
      investigation: z.string().describe("id or name"),
      procedure: z.string().describe("what you mean to do"),
      input: z.record(z.string(), z.unknown()).describe("its input"),
    }),
    output: ToldView,
    needs: "look",
    effect: "decision",
    shape: "value",
    run: async (ctx, { procedure: name, input }) => {
      const meant = ctx.find(name)
      const verdict = permits(ctx.caller, { need: meant.needs, purpose: ctx.purpose, investigation: ctx.investigation })
      if (!verdict.allowed)
        throw new Failure("refused.not-yours-to-do", verdict.why, { at: name, hint: "Ask only before what you may do yourself." })
      return askCleared(ctx, { procedure: name, input: validate(meant, input) as Record<string, Json> })
    },
  }),
  procedure({
    name: "reruns.mine",
    title: "Questions that you had asked of all holdings, and the word on each",
    input: z.object({}),
    output: z.array(ToldView.extend({ procedure: z.string() })),
    needs: "own",
    effect: "read",
    shape: "value",
    // In the order of ids: who was answered first would tell how hard the question was.
    run: async (ctx) =>
      (await selectReruns(ctx.tx, ctx.caller.id))
        .map((row) => ({ ...toldOf(row, ctx.at), procedure: row.procedure }))
        .sort((a, b) => (a.rerun < b.rerun ? -1 : 1)),
  }),
  procedure({
    name: "reruns.list",
    title: "Questions for the cleared officer, those that wait first",
    input: z.object({ all: z.boolean().default(false).describe("also those that were answered") }),
    output: z.array(Asked),
    needs: "clear",
    effect: "read",
    shape: "value",
    run: async (ctx, { all }) => {
      const rows = await selectReruns(ctx.tx, null)
      return Promise.all(rows.filter((r) => all || r.word === null).map((r) => askedOf(ctx, r)))
    },
  }),
  procedure({
    name: "reruns.show",
    title: "One question asked of all holdings, beside what the asker was told",
    input: z.object({ rerun: RerunRef }),
    output: z.object({
      asked: Asked,
      /** Null: it rests on material that was given to a named audience without the officer. */
      input: z.unknown(),
      limited: z.unknown(),
      whole: z.unknown(),
      differs: z.boolean(),
      /** Of the answer over all holdings: the officer answers what he saw. */
      sha256: z.string(),
      /** Originators of material that is out of the officer's sight as well. */
      outOfSight: z.array(z.string()),
    }),
    about: ({ rerun }) => [rerun],
    needs: "clear",
    effect: "read",
    shape: "value",
    run: async (ctx, { rerun }) => {
      const row = await rerunOf(ctx, rerun)
      const { input, limited, whole, sha256 } = await overAll(ctx, row)
      return {
        asked: await askedOf(ctx, row),
        input,
        limited,
        whole,
        differs: input === null || canonical(limited) !== canonical(whole),
        sha256,
        outOfSight: await outOfSight(ctx),
      }
    },
  }),
  procedure({
    name: "reruns.answer",
    title: "Answer a question: proceed, stop, or see me",
    input: z.object({
      rerun: RerunRef,
      word: z.enum(WORDS).describe("proceed, stop or see-me: all that the asker learns"),
      reason: z.string().min(10).max(4000).describe("why; you and the oversight body alone read it"),
      seen: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe("sha256 of the answer over all holdings that you looked at"),
      contact: z.string().max(200).optional().describe("for see-me: how to reach you; else the contact that the directory has"),
    }),
    output: z.object({ rerun: z.string(), word: z.enum(WORDS) }),
    about: ({ rerun }) => [rerun],
    needs: "clear",
    effect: "decision",
    shape: "value",
    run: async (ctx, { rerun, word, reason, seen, contact }) => {
      const row = await rerunOf(ctx, rerun)
      if (row.asker === ctx.caller.id)
        throw new Failure("refused.own-question", "Nobody answers his own question.", {
          at: "rerun",
          hint: "Another cleared officer answers it.",
        })
      const { sha256 } = await overAll(ctx, row)
      if (sha256 !== seen)
        throw new Failure("conflict.rerun-moved", "The answer over all holdings is another one now.", {
          at: "seen",
          hint: "Look at it again (reruns show), then answer.",
        })
      const own = await selectPersonCard(ctx.tx, ctx.caller.id)
      const reachedAt = word === "see-me" ? (contact ?? own?.contact ?? null) : null
      if (word === "see-me" && reachedAt === null)
        throw new Failure("invalid.contact-missing", "Whoever is to see you must know how to reach you.", {
          at: "contact",
          hint: "Give a contact, or have one entered in the directory.",
        })
      if (!(await insertWord(ctx.tx, rerun, word, reachedAt, new Date(ctx.at))))
        throw new Failure("conflict.rerun-answered", "That question was answered before.", { at: "rerun", hint: "Look at the list again." })
      await insertReason(ctx.tx, { rerun, officer: ctx.caller.id, reason, whole_sha256: sha256 }, ctx.sight.classes)
      return { rerun, word }
    },
  }),
  procedure({
    name: "reruns.review",
    title: "For oversight: every question of all holdings, its answer and the reason",
    input: z.object({}),
    output: z.array(
      Asked.omit({ investigation: true }).extend({
        officer: Someone.nullable(),
        reason: z.string().nullable(),
        answeredAt: z.string().nullable(),
      }),
    ),
    needs: "oversee",
    effect: "read",
    shape: "value",
    run: async (ctx) => {
      // Whoever oversees has no sight of material; the reasons are what he is there for.
      const reasons = new Map((await ctx.store.register.transaction(selectReasons, "all")).map((r) => [r.rerun, r]))
      return Promise.all(
        (await selectReruns(ctx.tx, null)).map(async (row) => {
          const { investigation: _, ...asked } = await askedOf(ctx, row)
          const said = reasons.get(row.id)
          return {
            ...asked,
            officer: said ? await selectPersonCard(ctx.tx, said.officer) : null,
            reason: said?.reason ?? null,
            answeredAt: row.said_at?.toISOString() ?? null,
          }
        }),
      )
    },
  }),
]
