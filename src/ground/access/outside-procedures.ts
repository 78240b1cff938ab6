import { Readable } from "node:stream"
import { z } from "zod"
import { checkpoint, openSigner, party, sequence, state, TREES, timestamp, witness } from "#journal"
import { Failure } from "#vocabulary/failure"
import { type Context, procedure } from "./procedure.ts"
import { dropUpload } from "./staging.ts"

/** Notes are some hundred bytes, requests and time stamps some thousand. */
const FILE_LIMIT_BYTES = 262_144

/** The bytes of a small file that was handed in; its staged copy goes. */
async function handedIn({ store, caller, upload }: Context): Promise<Buffer> {
  if (!upload) throw new TypeError("a file is handed in to procedures of shape upload")
  try {
    if (upload.sizeBytes > FILE_LIMIT_BYTES)
      throw new Failure("invalid.too-large", `Such a file has at most ${FILE_LIMIT_BYTES} bytes.`, {
        at: upload.name,
        hint: "Hand in the note, the request or the time stamp alone.",
      })
    return Buffer.concat((await Array.fromAsync(upload.open())) as Uint8Array[])
  } finally {
    await dropUpload(store, caller, upload.handle)
  }
}

const iso = (at: number): string => new Date(at).toISOString()

const nameField = z.string().describe("what it is called here")
const TreeView = z.enum(TREES)

const addInput = (key: string) => z.object({ name: nameField, key: z.string().max(20_000).describe(key) })
const PartyView = z.object({ kind: z.enum(party.PARTY_KINDS), name: z.string() })

const adding = (name: `journal.${string}`, kind: (typeof party.PARTY_KINDS)[number], title: string, key: string) =>
  procedure({
    name,
    title,
    input: addInput(key),
    output: PartyView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, input) => {
      await party.addParty(ctx.tx, { kind, ...input }, ctx.caller.id, ctx.at)
      return { kind, name: input.name }
    },
  })

/** Procedures by which parties outside the operator come to vouch for the journal, all by files that people carry. */
export const outsideProcedures = [
  procedure({
    name: "journal.witnessing",
    title: "Whether somebody outside vouches for the journal",
    input: z.object({}),
    output: z.object({
      state: z.enum(["never", "late", "current"]),
      last: z.string().nullable().describe("when somebody outside last vouched for it (UTC)"),
    }),
    needs: "own",
    effect: "read",
    shape: "value",
    run: async (ctx) => {
      const { state: now, last } = await state.witnessing(ctx.tx, ctx.at)
      return { state: now, last: last === null ? null : iso(last) }
    },
  }),
  procedure({
    name: "journal.state",
    title: "How large the journal is, and how far somebody outside vouches for it",
    input: z.object({}),
    output: z.object({
      key: z.string().describe("verifier key of this journal's checkpoints"),
      witnessKey: z.string().describe("key under which this node cosigns other nodes' checkpoints"),
      trees: z.array(
        z.object({
          tree: TreeView,
          size: z.number(),
          checkpoint: z.object({ size: z.number(), note: z.string() }).nullable(),
          witnessed: z.object({
            size: z.number(),
            by: z.array(z.object({ name: z.string(), kind: z.enum(party.PARTY_KINDS), size: z.number(), at: z.string() })),
          }),
          unwitnessed: z.object({ entries: z.number(), since: z.string().nullable() }),
        }),
      ),
      parties: z.array(PartyView.extend({ key: z.string(), addedAt: z.string() })),
    }),
    needs: "audit",
    effect: "read",
    shape: "value",
    run: async ({ store, tx }) => {
      await sequence(store.register)
      const { verifierKey: key, witnessKey } = openSigner(store.folder)
      const { trees, parties } = await state.witnessState(tx)
      return {
        key,
        witnessKey,
        trees: trees.map((t) => ({
          ...t,
          witnessed: { ...t.witnessed, by: t.witnessed.by.map((v) => ({ ...v, at: iso(v.at) })) },
        })),
        parties: parties.map((p) => ({ ...p, addedAt: iso(p.addedAt) })),
      }
    },
  }),
  procedure({
    name: "journal.checkpoint",
    title: "Sign the present heads of both trees; what is kept elsewhere pins the past",
    input: z.object({}),
    output: z.object({
      key: z.string(),
      checkpoints: z.array(z.object({ tree: TreeView, note: z.string() })),
      requests: z
        .array(z.object({ witness: z.string(), tree: TreeView, text: z.string() }))
        .describe("one for each recorded witness and tree"),
    }),
    needs: "audit",
    effect: "read",
    shape: "value",
    show: ({ key, checkpoints }) => `${checkpoints.map((c) => c.note).join("\n")}\nkey ${key}`,
    run: async ({ store, tx }) => {
      const signer = openSigner(store.folder)
      await sequence(store.register)
      const checkpoints = []
      for (const tree of TREES) checkpoints.push({ tree, note: await checkpoint(store.register, signer, tree) })
      return { key: signer.verifierKey, checkpoints, requests: await witness.witnessRequests(tx) }
    },
  }),
  procedure({
    name: "journal.witness-request",
    title: "A file for a witness: the latest checkpoint with the proof that it continues an earlier one",
    input: z.object({
      tree: TreeView,
      old: z.number().int().min(0).default(0).describe("entries in the last checkpoint that this witness has cosigned"),
    }),
    output: z.unknown(),
    needs: "audit",
    effect: "read",
    shape: "bytes",
    run: async ({ store, tx }, { tree, old }) => {
      await sequence(store.register)
      const note = await checkpoint(store.register, openSigner(store.folder), tree)
      const size = Number(note.split("\n")[1])
      if (old > size)
        throw new Failure("invalid.journal-place", `The ${tree} tree has ${size} entries.`, { at: "old", hint: "Ask the witness again." })
      const text = await witness.witnessRequest(tx, tree, old, { size, note })
      return { mediaType: "text/plain; charset=utf-8", name: `witness-${tree}-${size}.txt`, body: Readable.from([Buffer.from(text)]) }
    },
  }),
  procedure({
    name: "journal.witness",
    title: "Take back a checkpoint that a witness has cosigned",
    input: z.object({}),
    output: z.object({ tree: TreeView, size: z.number(), witnesses: z.array(z.object({ name: z.string(), at: z.string() })) }),
    needs: "audit",
    effect: "decision",
    shape: "upload",
    run: async (ctx) => {
      const text = (await handedIn(ctx)).toString("utf8")
      const { witnesses, ...taken } = await witness.takeCosigned(ctx.tx, openSigner(ctx.store.folder), text)
      await ctx.journal({ ...taken, witnesses: witnesses.map((w) => w.name) })
      return { ...taken, witnesses: witnesses.map((w) => ({ ...w, at: iso(w.at) })) }
    },
  }),
  procedure({
    name: "journal.cosign",
    title: "As a witness: cosign another node's checkpoint, if it continues what was seen of that node before",
    input: z.object({}),
    output: z.object({ log: z.string(), origin: z.string(), size: z.number(), note: z.string().describe("to be sent back") }),
    needs: "audit",
    effect: "decision",
    shape: "upload",
    show: ({ note }) => note,
    run: async (ctx) => {
      const request = (await handedIn(ctx)).toString("utf8")
      const done = await witness.cosign(ctx.tx, openSigner(ctx.store.folder), request, ctx.at)
      await ctx.journal({ log: done.log, origin: done.origin, size: done.size })
      return done
    },
  }),
  procedure({
    name: "journal.timestamp-request",
    title: "A file for a time-stamping authority: the hash of the latest checkpoint (RFC 3161)",
    input: z.object({ tree: TreeView }),
    output: z.unknown(),
    needs: "audit",
    effect: "read",
    shape: "bytes",
    run: async ({ store }, { tree }) => {
      await sequence(store.register)
      const note = await checkpoint(store.register, openSigner(store.folder), tree)
      const name = `checkpoint-${tree}-${note.split("\n")[1]}.tsq`
      return { mediaType: "application/timestamp-query", name, body: Readable.from([timestamp.timestampRequest(note)]) }
    },
  }),
  procedure({
    name: "journal.timestamp",
    title: "Take in the answer of a time-stamping authority",
    input: z.object({}),
    output: z.object({ tree: TreeView, size: z.number(), clock: z.string(), at: z.string() }),
    needs: "audit",
    effect: "decision",
    shape: "upload",
    run: async (ctx) => {
      const taken = await timestamp.takeTimestamp(ctx.tx, await handedIn(ctx))
      const told = { ...taken, at: iso(taken.at) }
      await ctx.journal(told)
      return told
    },
  }),
  adding(
    "journal.add-witness",
    "witness",
    "Record who may cosign this journal's checkpoints",
    "the witness's verifier key: name+hash+base64",
  ),
  adding("journal.add-clock", "clock", "Record a time-stamping authority", "its certificate, or that of who certifies it, as PEM"),
  adding(
    "journal.add-log",
    "log",
    "Record another node whose journal this node watches as a witness",
    "that node's verifier key: name+hash+base64",
  ),
  procedure({
    name: "journal.drop-party",
    title: "Take in nothing more of a witness, a time-stamping authority or a watched log",
    input: PartyView,
    output: PartyView,
    needs: "administer",
    effect: "decision",
    shape: "value",
    run: async (ctx, input) => {
      await party.dropParty(ctx.tx, input, ctx.caller.id, ctx.at)
      return input
    },
  }),
]
