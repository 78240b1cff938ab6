import { z } from "zod"
import { type Context, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { inPerson } from "./person.ts"
import { endSession, sessionFrom } from "./sessions.ts"
import { settingsOf } from "./settings.ts"
import { selectSessionsOf } from "./sql.ts"

const SessionView = z.object({
  id: z.string(),
  way: z.enum(["provider", "passkey"]),
  beganAt: z.iso.datetime(),
  provedAt: z.iso.datetime(),
  idleUntil: z.iso.datetime(),
  endsAt: z.iso.datetime(),
})

async function openSessions(ctx: Context): Promise<z.infer<typeof SessionView>[]> {
  const { limits } = await settingsOf(ctx.tx)
  return (await selectSessionsOf(ctx.tx, ctx.caller.id))
    .map((row) => sessionFrom(row, limits))
    .filter((s) => s.idleUntil > ctx.at)
    .map(({ id, way, ...times }) => ({
      id,
      way,
      beganAt: new Date(times.beganAt).toISOString(),
      provedAt: new Date(times.provedAt).toISOString(),
      idleUntil: new Date(times.idleUntil).toISOString(),
      endsAt: new Date(times.endsAt).toISOString(),
    }))
}

/** A person's own sessions. */
export const sessionProcedures = [
  procedure({
    name: "sessions.list",
    title: "Your open sessions",
    input: z.object({}),
    output: z.array(SessionView),
    needs: "own",
    effect: "read",
    shape: "value",
    run: openSessions,
  }),
  procedure({
    name: "sessions.end",
    title: "End a session of yours, as in a browser that you left",
    input: z.object({ session: z.string().describe("id of the session") }),
    output: z.array(SessionView),
    needs: "own",
    effect: "decision",
    shape: "value",
    about: ({ session }) => [session],
    run: async (ctx, { session }) => {
      inPerson(ctx.caller)
      if (!(await endSession(ctx.tx, { id: session, person: ctx.caller.id }, "ended", ctx.caller.id, ctx.at)))
        throw new Failure("invalid.session-unknown", "You have no open session of that id.", {
          at: "session",
          hint: "sessions list shows yours.",
        })
      return openSessions(ctx)
    },
  }),
]
