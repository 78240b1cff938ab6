import { createReadStream } from "node:fs"
import { rm } from "node:fs/promises"
import { z } from "zod"
import {
  checkpoint,
  exportJournal,
  head,
  type Numbered,
  openSigner,
  proveConsistency,
  proveInclusion,
  readEntries,
  searchEntries,
  sequence,
  state,
  TREE_OF,
  TREES,
  type Tree,
} from "#journal"
import { canonical, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { procedure } from "./procedure.ts"
import { selectInvestigationNames } from "./sql.ts"

const PAGE = 500
const KINDS = Object.keys(TREE_OF) as [keyof typeof TREE_OF, ...(keyof typeof TREE_OF)[]]

const treeField = z.enum(TREES).default("access").describe("decisions: what changed what is held; access: who saw what")
const concerningField = z.string().optional().describe("an investigation (id or name): entries of that alone")

const RowView = z.object({
  n: z.number(),
  at: z.string(),
  kind: z.string(),
  actor: z.string(),
  procedure: z.string().nullable(),
  investigation: z.string().nullable().describe("its name"),
  ground: z.string().nullable(),
  purpose: z.string().nullable(),
  recipients: z.array(z.string()),
  payload: z.enum(["kept", "erased", "none"]),
})

function rowView({ n, header, payload }: Numbered, names: ReadonlyMap<string, string>): z.infer<typeof RowView> {
  const { at, kind, actor, procedure: asked, ground, purpose, recipients, investigation } = header
  return {
    n,
    at,
    kind,
    actor,
    procedure: asked,
    investigation: investigation === null ? null : (names.get(investigation) ?? investigation),
    ground,
    purpose: purpose ?? null,
    recipients: [...(recipients ?? [])],
    payload: header.payload === null ? "none" : payload === null ? "erased" : "kept",
  }
}

async function namesOf(tx: Tx): Promise<Map<string, string>> {
  return new Map((await selectInvestigationNames(tx)).map((i) => [i.id, i.name]))
}

function idOf(names: ReadonlyMap<string, string>, concerning: string | undefined): string | undefined {
  if (concerning === undefined) return undefined
  const found = [...names].find(([id, name]) => id === concerning || name === concerning)
  if (found) return found[0]
  throw new Failure("invalid.investigation-unknown", `No entry concerns an investigation ${concerning}.`, {
    at: "concerning",
    hint: "Give its id or its name as the journal shows it.",
  })
}

/** A number of an entry or a size that the tree does not have yet. */
const beyond = (tree: Tree, size: number) =>
  new Failure("invalid.journal-place", `The ${tree} tree has no such entry; it has ${size}.`, {
    at: "n",
    hint: "journal state tells how many each tree has.",
  })

/** The last checkpoint if it is of more than `n` entries, else a new one. */
async function covering(store: Store, tree: Tree, n: number): Promise<state.Pin> {
  const covers = (pins: readonly state.Pin[]) => pins.find((p) => p.tree === tree && p.size > n)
  const known = covers(await state.latestPins(store.register.read))
  if (known) return known
  const note = await checkpoint(store.register, openSigner(store.folder), tree)
  return { tree, size: Number(note.split("\n")[1]), note, timestamps: [] }
}

/** Procedures over the journal itself: who saw and did what, and what a stranger needs to check it. */
export const journalProcedures = [
  procedure({
    name: "journal.list",
    title: "Who did, saw or disclosed what, when and why",
    input: z.object({
      tree: treeField,
      kind: z.enum(KINDS).optional().describe("consultation, disclosure, decision, …"),
      actor: z.string().optional().describe("id of a person or job"),
      concerning: concerningField,
      procedure: z.string().optional().describe("name of the procedure, as network.rank"),
      since: z.iso.datetime().optional().describe("not before this time (UTC)"),
      until: z.iso.datetime().optional().describe("before this time (UTC)"),
      text: z.string().max(200).optional().describe("stands in the ground or the purpose"),
      order: z.enum(["oldest", "newest"]).default("oldest").describe("which come first"),
      from: z.number().int().min(0).optional().describe("number of the first entry, in that order"),
      limit: z.number().int().min(1).max(100_000).optional().describe("how many at most"),
    }),
    output: RowView,
    needs: "audit",
    effect: "read",
    shape: "rows",
    run: async function* (ctx, { concerning, order, from, limit = Number.POSITIVE_INFINITY, ...wanted }) {
      await sequence(ctx.store.register)
      const names = await namesOf(ctx.tx)
      const sought = { ...wanted, since: exact(wanted.since), until: exact(wanted.until), investigation: idOf(names, concerning) }
      for (let [next, left] = [from, limit]; left > 0; ) {
        const asked = Math.min(PAGE, left)
        const rows = await searchEntries(ctx.tx, sought, { order, from: next, limit: asked })
        for (const row of rows) yield rowView(row, names)
        const last = rows.at(-1)
        if (!last || rows.length < asked || (order === "newest" && last.n === 0)) return
        next = order === "oldest" ? last.n + 1 : last.n - 1
        left -= rows.length
      }
    },
  }),
  procedure({
    name: "journal.entry",
    title: "One entry with what was asked, and the proof that it stands in the journal",
    input: z.object({ tree: treeField, n: z.number().int().min(0).describe("its number") }),
    output: RowView.omit({ payload: true }).extend({
      tree: z.enum(TREES),
      payload: z.unknown(),
      payloadState: RowView.shape.payload,
      leaf: z.string().describe("what the leaf's hash is over, after one zero byte"),
      hash: z.string(),
      proof: z.object({
        size: z.number(),
        root: z.string(),
        path: z.array(z.string()).describe("hashes from the leaf's sibling upwards (RFC 9162, 2.1.3)"),
        checkpoint: z.string().describe("the signed note that has this root"),
        text: z.string().describe("the same as one file (C2SP tlog-proof)"),
      }),
    }),
    needs: "audit",
    effect: "read",
    shape: "value",
    run: async (ctx, { tree, n }) => {
      await sequence(ctx.store.register)
      const [entry] = await readEntries(ctx.tx, tree, n, 1)
      if (!entry) throw beyond(tree, (await head(ctx.tx, tree)).size)
      const pin = await covering(ctx.store, tree, n)
      const path = (await proveInclusion(ctx.tx, tree, n, pin.size)).map((h) => h.toString("base64"))
      const { payload: payloadState, ...row } = rowView(entry, await namesOf(ctx.tx))
      return {
        ...row,
        tree,
        payload: entry.payload,
        payloadState,
        leaf: canonical(entry.header),
        hash: entry.hash.toString("base64"),
        proof: {
          size: pin.size,
          root: (await head(ctx.tx, tree, pin.size)).root.toString("base64"),
          path,
          checkpoint: pin.note,
          text: `c2sp.org/tlog-proof@v1\nindex ${n}\n${path.map((h) => `${h}\n`).join("")}\n${pin.note}`,
        },
      }
    },
  }),
  procedure({
    name: "journal.proof",
    title: "Proof that a later checkpoint continues an earlier one",
    input: z.object({
      tree: treeField,
      from: z.number().int().min(1).describe("size that the earlier checkpoint signed"),
      to: z.number().int().min(1).optional().describe("size that the later one signed; the present size when absent"),
    }),
    output: z.object({
      tree: z.enum(TREES),
      from: z.object({ size: z.number(), root: z.string() }),
      to: z.object({ size: z.number(), root: z.string() }),
      proof: z.array(z.string()).describe("hashes (RFC 9162, 2.1.4)"),
    }),
    needs: "audit",
    effect: "read",
    shape: "value",
    run: async (ctx, { tree, from, to }) => {
      await sequence(ctx.store.register)
      const now = await head(ctx.tx, tree)
      const until = to ?? now.size
      if (from > until || until > now.size) throw beyond(tree, now.size)
      const at = async (size: number) => ({ size, root: (await head(ctx.tx, tree, size)).root.toString("base64") })
      const proof = (await proveConsistency(ctx.tx, tree, from, until)).map((h) => h.toString("base64"))
      return { tree, from: await at(from), to: await at(until), proof }
    },
  }),
  procedure({
    name: "journal.export",
    title: "The journal, or a part of it, as a file that `linchpin verify` checks",
    input: z.object({
      tree: z.enum(TREES).optional().describe("entries of this tree alone"),
      concerning: concerningField,
      from: z.number().int().min(0).optional().describe("number of the first entry"),
      until: z.number().int().min(0).optional().describe("number of the first entry that is left out again"),
      recipients: z
        .array(z.string().min(1).max(200))
        .max(100)
        .default([])
        .describe("to whom it is handed: ids of organisations, or a word; the caller's own when none"),
    }),
    output: z.unknown(),
    needs: "audit",
    effect: "read",
    shape: "bytes",
    run: async (ctx, { tree, concerning, from, until, recipients }) => {
      const { store, tx, caller } = ctx
      const path = store.scratch(".jsonl")
      const whole = [tree, concerning, from, until].every((x) => x === undefined)
      const investigation = concerning === undefined ? undefined : idOf(await namesOf(tx), concerning)
      // The entry of the disclosure, with who receives it, stands in the journal before a byte leaves (DPA 2018 s.62(3)).
      const to = recipients.length > 0 ? recipients : [caller.organisation]
      await ctx.commit({ exported: whole ? "all" : { tree, investigation, from, until } }, async () => undefined, to)
      await exportJournal(store.register, openSigner(store.folder), path, whole ? undefined : { tree, investigation, from, until })
      return { mediaType: "application/x-ndjson", name: whole ? "journal.jsonl" : "journal-part.jsonl", body: removedAfter(path) }
    },
  }),
]

/** As headers write times, so that texts compare as times do. */
const exact = (time: string | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString())

async function* removedAfter(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array
  } finally {
    await rm(path, { force: true })
  }
}
