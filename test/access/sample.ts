import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import * as access from "#access"
import * as journal from "#journal"
import * as signIn from "#sign-in"
import { type Migration, openStore, type Store } from "#store"
import { Failure } from "#vocabulary/failure"

const migration: Migration = {
  id: "9000-sample",
  sql: `create table sample_note (id bigint generated always as identity primary key, words text not null);
    create table sample_marked (words text not null, access_class int not null);
    alter table sample_marked enable row level security;
    create policy sample_sight on sample_marked using (access_class = any (nullif(current_setting('linchpin.classes', true), '')::int[]));
    grant select, insert on sample_note, sample_marked to linchpin_app;`,
}

/** One procedure of each shape and effect, over tables and files of a real store. */
export const PROCEDURES: readonly access.Procedure[] = [
  ...access.procedures,
  access.procedure({
    name: "sample.add",
    title: "Add numbers",
    input: z.object({
      numbers: z.array(z.number()).min(1).describe("what is to be added"),
      times: z.number().int().max(100).default(1).describe("how often"),
      mode: z.enum(["plain", "rounded"]).default("plain"),
      loud: z.boolean().optional(),
      from: access.localPath().optional(),
      detail: z.object({ depth: z.number() }).optional(),
      k: z.number().optional(),
    }),
    output: z.object({ sum: z.number(), mode: z.string(), from: z.string().optional(), k: z.number().optional() }),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async (ctx, { numbers, times, mode, from, k }) => {
      ctx.progress(0.5, "adding", { numbers: numbers.length })
      await ctx.journal({ looked: "numbers" })
      return { sum: numbers.reduce((a, b) => a + b, 0) * times, mode, ...(from ? { from } : {}), ...(k === undefined ? {} : { k }) }
    },
  }),
  access.procedure({
    name: "sample.keep",
    title: "Keep a note",
    input: z.object({ investigation: z.string().optional(), words: z.string().min(1), fail: z.boolean().default(false) }),
    output: z.object({ kept: z.string() }),
    needs: "take-in",
    effect: "decision",
    shape: "value",
    opens: true,
    run: async (ctx, { words, fail }) => {
      await ctx.tx.query("insert into sample_note (words) values ($1)", [words])
      if (fail) throw new Failure("conflict.sample", "The state has moved.", { hint: "Reload." })
      return { kept: words }
    },
  }),
  access.procedure({
    name: "sample.rows",
    title: "Rows, some hundreds",
    input: z.object({
      count: z.number().int().min(0),
      breakAt: z.number().int().optional(),
      form: z.enum(["table", "csv", "ndjson"]).default("table"),
    }),
    output: z.object({ n: z.number(), text: z.string() }),
    needs: "look",
    effect: "read",
    shape: "rows",
    rowsAs: ({ form }) => (form === "table" ? undefined : form),
    run: async function* (ctx, { count, breakAt }) {
      for (let n = 0; n < count; n++) {
        if (n === breakAt) throw new Failure("unavailable.sample", "The disk went away.")
        if (n === 600)
          await ctx.store.register.transaction((tx) =>
            tx.query(
              "update role_grant set ended_at = now() where investigation = (select id from investigation where name = 'Ends meanwhile')",
            ),
          )
        yield { n, text: `row ${n}, "quoted"` }
      }
    },
  }),
  access.procedure({
    name: "sample.file",
    title: "A file",
    input: z.object({ mediaType: z.string().default("text/plain") }),
    output: z.unknown(),
    needs: "look",
    effect: "read",
    shape: "bytes",
    run: async (_ctx, { mediaType }) => ({
      mediaType,
      name: "سالح file.txt",
      body: (async function* () {
        yield Buffer.from("first ")
        yield Buffer.from([0xff, 0x00])
      })(),
    }),
  }),
  access.procedure({
    name: "sample.hand-in",
    title: "Hand a file in",
    input: z.object({ label: z.string() }),
    output: z.object({ handle: z.string(), name: z.string(), sizeBytes: z.number(), sha256: z.string(), label: z.string() }),
    needs: "take-in",
    effect: "decision",
    shape: "upload",
    entry: "collection",
    run: async (ctx, { label }) => {
      const { handle, name, sizeBytes, sha256 } = ctx.upload!
      return { handle, name, sizeBytes, sha256, label }
    },
  }),
  access.procedure({
    name: "sample.work",
    title: "Long work",
    input: z.object({ investigation: z.string(), steps: z.number().int(), fail: z.boolean().default(false) }),
    output: z.object({ done: z.number(), by: z.string(), investigation: z.string() }),
    needs: "take-in",
    effect: "decision",
    shape: "job",
    opens: true,
    run: async (ctx, { steps, fail }) => {
      for (let n = 1; n <= steps; n++) {
        await ctx.lookAgain()
        await ctx.commit({ step: n }, (tx) => tx.query("insert into sample_note (words) values ($1)", [`step ${n}`]))
        ctx.progress(n / steps, `step ${n}`)
      }
      if (fail) throw new Failure("conflict.sample", "The state has moved.", { hint: "Reload." })
      return { done: steps, by: ctx.caller.id, investigation: ctx.investigation!.name }
    },
  }),
  access.procedure({
    name: "sample.ticks",
    title: "Events",
    input: z.object({ count: z.number().int() }),
    output: z.object({ tick: z.number() }),
    needs: "look",
    effect: "read",
    shape: "events",
    run: async function* (_ctx, { count }) {
      for (let tick = 0; tick < count; tick++) yield { tick }
    },
  }),
  access.outside({
    name: "sample.tell",
    title: "Tell another service",
    input: z.object({ investigation: z.string().optional(), words: z.string(), to: z.array(z.string()).default(["local"]) }),
    body: z.object({ words: z.string() }),
    needs: "export",
    question: async () => ({ against: [] }),
    prepare: async (_ctx, { words, to }) => ({ body: { words }, recipients: to }),
    repeatable: false,
    perform: async () => {
      throw new Error("nothing of the sample reaches anybody")
    },
  }),
  access.procedure({
    name: "sample.lie",
    title: "Answers what it does not declare",
    input: z.object({}),
    output: z.object({ n: z.number() }),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async () => ({ n: Number.NaN }),
  }),
  access.procedure({
    name: "sample.break",
    title: "Has a fault",
    input: z.object({}),
    output: z.object({}),
    needs: "look",
    effect: "read",
    shape: "value",
    run: async () => {
      throw new TypeError("secret of the inside")
    },
  }),
]

export interface Sample {
  folder: string
  store: Store
  gate: access.Gate
  caller: access.Caller
  close(): Promise<void>
}

/** Opens the sample on a folder, by default a new one, with a worker in this process. */
export async function openSample(
  folder = mkdtempSync(join(tmpdir(), "linchpin-gate-")),
  keep = false,
  more: readonly access.Procedure[] = [],
  clock: () => number = Date.now,
): Promise<Sample> {
  const store = await openStore({
    folder,
    clock,
    migrations: [...journal.migrations, ...access.migrations, ...signIn.migrations, migration],
  })
  const gate = access.gate({ store, procedures: [...PROCEDURES, ...more], checkOutput: true })
  const stop = new AbortController()
  const working = store.jobs.work(gate.handlers, stop.signal)
  return {
    folder,
    store,
    gate,
    caller: await access.localCaller(store.register.read),
    close: async () => {
      stop.abort()
      await working
      await store.close()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Entries of one tree as they stand now, with their payloads. */
export async function entriesOf(store: Store, tree: journal.Tree): Promise<journal.Numbered[]> {
  await journal.sequence(store.register)
  return journal.readEntries(store.register.read, tree, 0, 10_000)
}
