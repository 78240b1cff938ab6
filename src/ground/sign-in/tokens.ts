import { z } from "zod"
import { type Caller, callerOf, procedure } from "#access"
import { append } from "#journal"
import type { Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { randomId } from "#vocabulary/ids"
import { NEED_IDS } from "#vocabulary/roles"
import { inPerson } from "./person.ts"
import { digestOf, isSecret, newSecret } from "./secret.ts"
import { closeToken, insertToken, selectToken, selectTokensOf, type TokenRow, touchToken } from "./sql.ts"

const DAY_MS = 86_400_000
const DAYS_MOST = 90
const SEEN_EVERY_MS = 60_000

/** Whether a text could be a token of some node. */
export const isToken = (text: string): boolean => isSecret("lpt_", text)

/**
 * Who comes with this token: its maker with the roles he holds now, limited to its scopes. The first use is an entry. Throws
 * `refused.token-unknown` and `refused.token-ended`, which for a token of this node is an entry as well.
 */
export async function callerByToken(store: Store, secret: string): Promise<Caller> {
  const { read } = store.register
  const at = store.clock()
  const row = isToken(secret) ? await selectToken(read, digestOf(secret)) : null
  if (!row)
    throw new Failure("refused.token-unknown", "This is no token of this node.", {
      hint: "Make one in the workplace under your account, and give it whole.",
    })
  if (!inForce(row, at)) {
    await append(read, { kind: "sign-in", actor: row.person, at, payload: { refused: "refused.token-ended", token: row.id } })
    throw new Failure("refused.token-ended", "This token has ended.", { at: row.id, hint: "Make a new one in the workplace." })
  }
  if (row.last_used_at === null || at - row.last_used_at.getTime() >= SEEN_EVERY_MS)
    await store.register.transaction(async (tx) => {
      if (await touchToken(tx, row.id, new Date(at)))
        await append(tx, { kind: "sign-in", actor: row.person, at, payload: { tokenFirstUsed: row.id } })
    })
  return callerOf(read, row.person, { via: "token", provedAt: null, scopes: row.scopes })
}

/** Whether a token still opens something; does not count as a use. */
export async function isTokenOpen(store: Store, secret: string): Promise<boolean> {
  const row = await selectToken(store.register.read, digestOf(secret))
  return row !== null && inForce(row, store.clock())
}

const inForce = (row: TokenRow, at: number): boolean => row.ended_at === null && row.expires_at.getTime() > at

const TokenView = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(NEED_IDS)),
  madeAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** `ended` before its time; `expired` by itself. */
  state: z.enum(["open", "ended", "expired"]),
})

const viewOf = (row: TokenRow, at: number): z.infer<typeof TokenView> => ({
  id: row.id,
  label: row.label,
  scopes: row.scopes,
  madeAt: row.made_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  state: row.ended_at !== null ? "ended" : inForce(row, at) ? "open" : "expired",
})

/** Tokens for programs: each its maker's own, never more than he may, never for what reaches beyond the node. */
export const tokenProcedures = [
  procedure({
    name: "tokens.make",
    title: "Make a token for a program of yours; it is shown once",
    input: z.object({
      label: z.string().trim().min(1).max(80).describe("what it is for"),
      scopes: z.array(z.enum(NEED_IDS)).min(1).describe("what it may be used for; never more than your roles permit"),
      days: z.number().int().min(1).max(DAYS_MOST).default(30).describe("for how long"),
    }),
    output: z.object({ token: z.string(), made: TokenView }),
    needs: "own",
    effect: "decision",
    shape: "value",
    show: ({ token, made }) =>
      `${token}\n\nIt is shown this once. It ends on ${made.expiresAt.slice(0, 10)}; \`linchpin tokens end ${made.id}\` ends it before.`,
    run: async (ctx, { label, scopes, days }) => {
      inPerson(ctx.caller)
      const secret = newSecret("lpt_")
      const row: TokenRow = {
        id: randomId("tk_"),
        person: ctx.caller.id,
        label,
        scopes: NEED_IDS.filter((need) => scopes.includes(need)),
        made_at: new Date(ctx.at),
        expires_at: new Date(ctx.at + days * DAY_MS),
        last_used_at: null,
        ended_at: null,
      }
      await insertToken(ctx.tx, { ...row, secret: digestOf(secret) })
      await ctx.journal({ tokenMade: row.id })
      return { token: secret, made: viewOf(row, ctx.at) }
    },
  }),
  procedure({
    name: "tokens.list",
    title: "Your tokens",
    input: z.object({}),
    output: z.array(TokenView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: async (ctx) => (await selectTokensOf(ctx.tx, ctx.caller.id)).map((row) => viewOf(row, ctx.at)),
  }),
  procedure({
    name: "tokens.end",
    title: "End a token of yours",
    input: z.object({ token: z.string().describe("id of the token, not the token") }),
    output: z.array(TokenView),
    needs: "own",
    effect: "decision",
    shape: "value",
    about: ({ token }) => [token],
    run: async (ctx, { token }) => {
      if (!(await closeToken(ctx.tx, token, ctx.caller.id, new Date(ctx.at))))
        throw new Failure("invalid.token-unknown", "You have no open token of that id.", { at: "token", hint: "tokens list shows yours." })
      return (await selectTokensOf(ctx.tx, ctx.caller.id)).map((row) => viewOf(row, ctx.at))
    },
  }),
]
