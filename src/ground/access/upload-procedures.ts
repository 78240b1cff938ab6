import { z } from "zod"
import { type Context, procedure } from "./procedure.ts"
import { dropUpload, stagedOf } from "./staging.ts"

const Staged = z.object({ handle: z.string(), name: z.string(), sizeBytes: z.number(), sha256: z.string() })

const shown = async (ctx: Context): Promise<z.infer<typeof Staged>[]> =>
  (await stagedOf(ctx.store, ctx.caller)).map(({ handle, name, sizeBytes, sha256 }) => ({ handle, name, sizeBytes, sha256 }))

/** What the caller handed in and did not take in yet: nobody else can see or drop it. */
export const uploadProcedures = [
  procedure({
    name: "uploads.list",
    title: "Files that you handed in and that are not taken in yet",
    input: z.object({}),
    output: z.array(Staged),
    needs: "own",
    effect: "read",
    shape: "value",
    run: shown,
  }),
  procedure({
    name: "uploads.drop",
    title: "Drop a file that you handed in and that is not taken in yet",
    input: z.object({ upload: z.string().describe("its handle") }),
    output: z.array(Staged),
    needs: "own",
    effect: "decision",
    shape: "value",
    run: async (ctx, { upload }) => {
      await dropUpload(ctx.store, ctx.caller, upload)
      return shown(ctx)
    },
  }),
]
