import { createHash } from "node:crypto"
import { staging } from "#access"
import { append, erasure as journalErasure } from "#journal"
import { datasetKind } from "#records"
import { type Classes, canonical, type Engine, literal, type Store, type Tx } from "#store"
import { giveaways } from "./giveaways.ts"
import { blank, placesOf, sweepPlaces } from "./places.ts"
import { type File, type Reach, reach } from "./reach.ts"
import { type ErasureRow, finishErasure, markPart, type Part, type Stub, selectErasures, updateCleaned, updateStub } from "./sql.ts"
import { blankTexts } from "./texts.ts"
import { without } from "./words.ts"

export interface CarryOut {
  progress: (fraction: number, words: string) => void
  signal: AbortSignal
  /** Called when a part is done; for tests that break in between. */
  onPart?: (part: Part) => void
}

/** The ground of an erasure's own entries: whoever knows the erasure finds them by it. */
export const groundOf = (e: Pick<ErasureRow, "id" | "ground">): string => `${e.id} ${e.ground}`.slice(0, 500)

const WORDS: Record<Part, string> = {
  rows: "Writing files anew without the rows",
  derived: "Forgetting what was worked out from them",
  words: "Looking for their words in journal and register",
  texts: "Emptying what was said of them",
  vault: "Destroying keys and originals",
  files: "Removing the old files",
  entry: "Writing the proof down",
  clean: "Cleaning the register's own files",
}

/**
 * Carries an order out, part by part. Each part can be repeated, and is marked when it is done: a run that was killed anywhere is
 * finished by the next one. After the first part nobody sees the rows any more, in the past neither; their old files stay on the
 * disk until everything that quotes them was found.
 */
export async function carryOut(store: Store, id: string, options: CarryOut): Promise<ErasureRow> {
  const load = async (): Promise<ErasureRow> => (await store.register.transaction((tx) => selectErasures(tx, { id }), "all"))[0]!
  const before = await load()
  const parts: [Part, (e: ErasureRow) => Promise<void>][] = [
    ["rows", (e) => takeRows(store, e)],
    ["derived", (e) => forget(store, e)],
    ["words", (e) => sweepWords(store, e, options.signal)],
    ["texts", (e) => takeTexts(store, e)],
    ["vault", (e) => destroyOriginals(store, e)],
    ["files", (e) => removeFiles(store, e)],
    ["entry", (e) => writeProof(store, e)],
    ["clean", (e) => clean(store, e)],
  ]
  for (const [n, [part, run]] of parts.entries()) {
    if (before.parts.includes(part)) continue
    options.signal.throwIfAborted()
    options.progress(n / parts.length, WORDS[part])
    await run(await load())
    await store.register.transaction((tx) => markPart(tx, id, part), "all")
    options.onPart?.(part)
  }
  return load()
}

async function withEngine<T>(store: Store, run: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await store.engine()
  try {
    return await run(engine)
  } finally {
    engine.close()
  }
}

const underAll = <T>(store: Store, run: (tx: Tx) => Promise<T>): Promise<T> => store.register.transaction(run, "all")

/** Files of an investigation that can hold rows of the order. */
export const filesOf = async (store: Store, investigation: string, classes: Classes = "all"): Promise<File[]> =>
  store.register.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>("select id from exhibit where investigation = $1", [investigation])
    return store.segments.every(
      tx,
      rows.map((r) => r.id),
    )
  }, classes)

/** Ids of the rows that go, sorted, from the files that hold them; `what` for another column. */
export async function idsThatGo(
  engine: Engine,
  store: Store,
  files: readonly File[],
  reached: Reach,
  what: "id" | "exhibit" = "id",
): Promise<string[]> {
  const parts = files.flatMap(({ path, dataset }) => {
    if (datasetKind(dataset) === null) return []
    const other = what === "exhibit" ? reached.loss.altered?.(dataset) : null
    const condition =
      [reached.loss.rows(dataset), other?.where]
        .filter(Boolean)
        .map((c) => `(${c})`)
        .join(" or ") || "false"
    return [`select s.${what} as v from read_parquet(${literal(`${store.folder}/${path}`)}) s where (${condition}) is true`]
  })
  if (parts.length === 0) return []
  return (await engine.all<{ v: string }>(`select distinct v from (${parts.join(" union all ")}) order by v`)).map((r) => r.v)
}

async function takeRows(store: Store, e: ErasureRow): Promise<void> {
  await withEngine(store, async (engine) => {
    const files = await filesOf(store, e.investigation)
    const reached = await reach(engine, store, e.target, files)
    const ids = await idsThatGo(engine, store, files, reached)
    const whole = new Set(reached.whole.map((x) => x.id))
    const restricted = (await idsThatGo(engine, store, files, reached, "exhibit")).filter((x) => !whole.has(x))
    const rewriting = await store.segments.rewriteWithout(engine, reached.loss, "all")
    const items = e.target.kind === "investigation" ? [...new Set(reached.whole.map((x) => x.item))] : e.target.items
    const stub: Stub = {
      kind: e.target.kind,
      exhibits: reached.whole.map(({ id, sha256, sizeBytes }) => ({ id, sha256, sizeBytes })),
      items,
      records: { count: ids.length, sha256: createHash("sha256").update(ids.join("\n")).digest("hex") },
      lost: rewriting.lost,
      altered: rewriting.altered,
      past: rewriting.past,
      restricted,
    }
    await underAll(store, async (tx) => {
      await store.segments.replace(tx, rewriting, e.id)
      for (const id of whole) await blank(tx, e.id, "exhibit", { id }, { erased_by: e.id })
      for (const id of items) await blank(tx, e.id, "item", { id }, { erased_by: e.id })
      for (const id of restricted) await blank(tx, e.id, "exhibit", { id }, { restricted_by: e.id })
      await updateStub(tx, e.id, stub)
      await markPart(tx, e.id, "rows")
    })
  })
}

async function forget(store: Store, e: ErasureRow): Promise<void> {
  const exhibits = [...e.stub!.exhibits.map((x) => x.id), ...e.stub!.restricted]
  const old = await underAll(store, (tx) => store.segments.replaced(tx, e.id))
  const { rows: classes } = await underAll(store, (tx) =>
    tx.query<{ c: number }>("select distinct access_class as c from exhibit where id = any ($1)", [exhibits]),
  )
  await store.derived.forget([
    ...old.map(({ path }) => `segment:${/(sg_\w+)\.parquet$/.exec(path)![1]}`),
    ...classes.map(({ c }) => `class:${c}`),
  ])
  await underAll(store, async (tx) => {
    const { rows } = await tx.query<{ id: string }>("select id from snapshot where exhibits && $1 and erased_by is null", [exhibits])
    for (const { id } of rows) {
      await blank(tx, e.id, "snapshot", { id }, { erased_by: e.id })
      await blank(tx, e.id, "named_snapshot", { snapshot: id }, { content: null })
    }
  })
}

/** The old files still hold what went: what it said is looked for wherever people and machines may have written it down. */
async function sweepWords(store: Store, e: ErasureRow, signal: AbortSignal): Promise<void> {
  await withEngine(store, async (engine) => {
    const old = await underAll(store, (tx) => store.segments.replaced(tx, e.id))
    const reached = await reach(engine, store, e.target, old)
    const words = await giveaways(engine, store, e.target, reached, old)
    const whole = e.target.kind === "investigation" ? e.investigation : undefined
    const found = await journalErasure.findPayloads(
      store.register,
      (payload, investigation) => (whole !== undefined && investigation === whole) || without(words, payload) !== payload,
    )
    await journalErasure.eraseEntries(
      store.register,
      {
        actor: e.ordered_by!,
        at: store.clock(),
        investigation: e.investigation,
        procedure: "retention.erase",
        ground: groundOf(e),
        payload: { erasure: e.id },
      },
      found,
    )
    await sweepPlaces(store, words, { erasure: e.id, signal, ...(whole === undefined ? {} : { investigation: whole }) })
  })
}

async function takeTexts(store: Store, e: ErasureRow): Promise<void> {
  await withEngine(store, async (engine) => {
    const old = await underAll(store, (tx) => store.segments.replaced(tx, e.id))
    const reached = await reach(engine, store, e.target, old)
    const gone = new Set(await idsThatGo(engine, store, old, reached))
    await blankTexts(engine, store, e, gone, old)
  })
}

async function destroyOriginals(store: Store, e: ErasureRow): Promise<void> {
  const exhibits = e.stub!.exhibits
  for (const { id } of exhibits) await store.register.transaction((tx) => store.vault.destroy(tx, id))
  const contents = exhibits.map((x) => x.sha256)
  await store.vault.discard(contents)
  // What was sealed under another exhibit too is still held by that one.
  const { rows } = await store.register.read.query<{ sha256: string }>("select sha256 from blob where sha256 = any ($1)", [contents])
  const held = new Set(rows.map((r) => r.sha256))
  await staging.dropStagedContent(store, new Set(contents.filter((c) => !held.has(c))))
}

async function removeFiles(store: Store, e: ErasureRow): Promise<void> {
  await store.segments.removeReplaced(e.id)
  await store.segments.sweep()
  await store.vault.sweep()
  store.sweepScratch()
}

/** The entry and the end of the order are one: a stub that says done has its proof. */
async function writeProof(store: Store, e: ErasureRow): Promise<void> {
  const stub = e.stub!
  await underAll(store, async (tx) => {
    await append(tx, {
      kind: "erasure",
      actor: e.ordered_by!,
      at: store.clock(),
      investigation: e.investigation,
      procedure: "retention.erase",
      ground: `done ${groundOf(e)}`.slice(0, 500),
      payload: {
        erasure: e.id,
        stub: stubHash(stub),
        exhibits: stub.exhibits.length,
        records: stub.records.count,
        proposedBy: e.proposed_by,
      },
    })
    await finishErasure(tx, e.id, new Date(store.clock()))
    await markPart(tx, e.id, "entry")
  })
}

export const stubHash = (stub: Stub): string => createHash("sha256").update(canonical(stub)).digest("hex")

async function clean(store: Store, e: ErasureRow): Promise<void> {
  const places = await placesOf(store.register.read)
  const tables = [
    ...new Set([...places.map((p) => p.table), "blob", "blob_key", "segment", "segment_replaced", "derived", "journal_payload", "erasure"]),
  ]
  const cleaned = await store.register.scrub(tables)
  await underAll(store, (tx) => updateCleaned(tx, e.id, cleaned))
}
