import { isAbsolute } from "node:path"
import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { INTAKE_FOLDER } from "./node-folder.ts"
import { type Context, procedure } from "./procedure.ts"
import { setSetting } from "./settings.ts"
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
  procedure({
    name: "uploads.intake-folder",
    title: "Name the one folder of the node's machine from which people who sign in may have files read",
    input: z.object({
      folder: z.string().min(1).max(4000).optional().describe("absolute path; none: people hand files in and name no path"),
    }),
    output: z.object({ folder: z.string().nullable() }),
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, { folder }) => {
      if (folder !== undefined && !isAbsolute(folder))
        throw new Failure("invalid.folder", "The intake folder is an absolute path on the node's machine.", {
          at: "folder",
          hint: "/srv/intake",
        })
      await setSetting(ctx.tx, INTAKE_FOLDER, folder ?? "")
      return { folder: folder ?? null }
    },
  }),
]
