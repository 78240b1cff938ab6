import { createReadStream } from "node:fs"
import { rm } from "node:fs/promises"
import { z } from "zod"
import { checkpoint, exportJournal, openSigner, readEntries, sequence, TREES } from "#journal"
import { procedure } from "./procedure.ts"
import { selectInvestigationsOf } from "./sql.ts"

const BATCH = 500

/** Procedures over the journal itself: who saw and did what, and what a stranger needs to check it. */
export const journalProcedures = [
  procedure({
    name: "journal.list",
    title: "Who did, saw or disclosed what, when and why",
    input: z.object({
      tree: z.enum(TREES).default("access"),
      from: z.number().int().min(0).default(0).describe("number of the first entry"),
      kind: z.string().optional().describe("consultation, disclosure, decision, …"),
    }),
    output: z.object({
      n: z.number(),
      at: z.string(),
      kind: z.string(),
      actor: z.string(),
      procedure: z.string().nullable(),
      investigation: z.string().nullable(),
      ground: z.string().nullable(),
      payload: z.unknown(),
    }),
    needs: "audit",
    effect: "read",
    shape: "rows",
    run: async function* (ctx, { tree, from, kind }) {
      await sequence(ctx.store.register)
      // An entry of an investigation that the caller does not work in would tell that there is one.
      const known = new Map((await selectInvestigationsOf(ctx.tx, ctx.caller.id)).map((i) => [i.id, i.name]))
      for (let next = from; ; ) {
        const batch = await readEntries(ctx.tx, tree, next, BATCH)
        for (const { n, header, payload } of batch) {
          if (header.investigation !== null && !known.has(header.investigation)) continue
          if (kind !== undefined && header.kind !== kind) continue
          const investigation = header.investigation === null ? null : known.get(header.investigation)!
          const { at, kind: is, actor, procedure: asked, ground } = header
          yield { n, at, kind: is, actor, procedure: asked, investigation, ground, payload }
        }
        if (batch.length < BATCH) return
        next += batch.length
      }
    },
  }),
  procedure({
    name: "journal.export",
    title: "The whole journal as a file that `linchpin verify` checks",
    input: z.object({}),
    output: z.unknown(),
    needs: "audit",
    effect: "read",
    shape: "bytes",
    entry: "disclosure",
    run: async ({ store }) => {
      const path = store.scratch(".jsonl")
      await exportJournal(store.register, openSigner(store.folder), path)
      return { mediaType: "application/x-ndjson", name: "journal.jsonl", body: removedAfter(path) }
    },
  }),
  procedure({
    name: "journal.checkpoint",
    title: "Sign the present heads of both trees; what is kept elsewhere pins the past",
    input: z.object({}),
    output: z.object({ key: z.string(), checkpoints: z.array(z.object({ tree: z.string(), note: z.string() })) }),
    needs: "audit",
    effect: "read",
    shape: "value",
    entry: "disclosure",
    show: ({ key, checkpoints }) => `${checkpoints.map((c) => c.note).join("\n")}\nkey ${key}`,
    run: async ({ store }) => {
      const signer = openSigner(store.folder)
      await sequence(store.register)
      const checkpoints = []
      for (const tree of TREES) checkpoints.push({ tree, note: await checkpoint(store.register, signer, tree) })
      return { key: signer.verifierKey, checkpoints }
    },
  }),
]

async function* removedAfter(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array
  } finally {
    await rm(path, { force: true })
  }
}
