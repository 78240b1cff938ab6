import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, join, relative, resolve, sep } from "node:path"
import { z } from "zod"
import { type Marking as AccessMarking, accessClass } from "#access"
import type { Json } from "#journal"
import { canonical, type Progress, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { parseGrade } from "#vocabulary/grades"
import { keyedId } from "#vocabulary/ids"
import { joinMarkings, markingAsWritten, UNMARKED } from "#vocabulary/markings"
import { beginRecord, refuseUnlawful, usesOf } from "./devices/taking-in.ts"
import { mediaTypeOf } from "./media.ts"
import { SHEET_NAME, Sheet, startsUndecided } from "./sheet.ts"
import * as sql from "./sql.ts"

/** What somebody asks to have taken in. Flags stand for every path that has no sheet of its own. */
export const IntakeRequest = z.object({
  paths: z.array(z.string().min(1)).describe("files or folders; a folder with material.json is one seized thing"),
  uploads: z
    .array(z.object({ path: z.string(), name: z.string() }))
    .default([])
    .describe("files handed in through the gate; together they are one seized thing"),
  investigation: z.string().min(1).describe("the investigation's id"),
  sheet: Sheet.describe("what is said of things without a sheet of their own"),
  as: z.string().optional().describe("read as this format instead of detecting it"),
  mapping: z.unknown().optional().describe("mapping for tables"),
})
export type IntakeRequest = z.infer<typeof IntakeRequest>

/** Who takes in; `local`: the one user of a node on which nobody signs in. */
interface Taker {
  id: string
  name: string
  local: boolean
}

/** One file as it was taken in. */
export interface TakenIn {
  path: string
  exhibit: string
  sha256: string
  /** This thing's file was already held in this investigation; the earlier exhibit stands. */
  held: boolean
}

interface Thing {
  sheet: Sheet
  /** Its full path: names the thing among those of one request, so that a resumed request finds it again. */
  key: string
  files: FileOfThing[]
}

interface FileOfThing {
  path: string
  /** Path inside the seized thing. */
  inside: string
  /** What it is called in answers, where the path says nothing to the caller. */
  shown?: string
}

/** What is going to be sealed: the things at the paths, each with its grounds. */
export interface Plan {
  things: Thing[]
  files: number
}

/** Looks at the paths without sealing anything. Refuses when authority, grade or handling is missing for anything (`refused.no-grounds`). */
export function planIntake(request: IntakeRequest): Plan {
  const things = request.paths.flatMap((path) => thingsAt(path, request.sheet))
  if (request.uploads.length > 0)
    things.push({
      sheet: request.sheet,
      key: request.uploads.map((u) => u.path).join("|"),
      files: request.uploads.map((u) => ({ path: u.path, inside: u.name, shown: u.name })),
    })
  if (things.length === 0)
    throw new Failure("invalid.nothing-to-take-in", "There is nothing to take in.", {
      at: "paths",
      hint: "Name a file or a folder, or hand files in.",
    })
  for (const thing of things) refuseWithoutGrounds(thing)
  return { things, files: things.reduce((n, t) => n + t.files.length, 0) }
}

/** The access classes that the plan needs, made on first use; to be called, and the sight renewed, before `seal`. */
export async function internClasses(tx: Tx, investigation: string, plan: Plan): Promise<number[]> {
  const classes = new Set<number>()
  for (const thing of plan.things) classes.add(await accessClass(tx, markingOf(investigation, thing.sheet)))
  return [...classes]
}

function markingOf(investigation: string, s: Sheet): AccessMarking {
  const marking = markingAsWritten({ ...s, handling: s.handling!, purposes: usesOf(s).purposes }, [s.originator])
  return { ...marking, investigation, conditions: [...marking.conditions, ...(s.notInEvidence ? ["not-in-evidence"] : [])] }
}

/**
 * Seals every file of the plan: SHA-256, size and media type, bytes into the vault, one item per seized thing with its power,
 * continuity and seizure event; each file in a commit of its own with its entry. Can be repeated with the same `requestKey`
 * after a crash: nothing is held twice.
 */
export async function seal(
  store: Store,
  plan: Plan,
  request: IntakeRequest,
  requestKey: string,
  taker: Taker,
  commit: <T>(note: Json, run: (tx: Tx) => Promise<T>) => Promise<T>,
  progress: (p: Progress) => void,
  signal: AbortSignal,
): Promise<TakenIn[]> {
  const out: TakenIn[] = []
  const items = plan.things.map((thing) => itemOf(store, request, requestKey, thing))
  for (const thing of plan.things)
    for (const file of thing.files) {
      signal.throwIfAborted()
      progress({
        fraction: out.length / Math.max(1, plan.files),
        words: `Sealing ${file.inside}`,
        counts: { sealed: out.length, files: plan.files },
      })
      out.push(await sealOne(store, request, requestKey, taker, thing, file, items, commit))
    }
  return out
}

/** One reference under two markings is two items: nothing under the one may stand in the way of something under the other. */
const itemOf = (store: Store, { investigation }: IntakeRequest, requestKey: string, { sheet, key }: Thing): string =>
  keyedId(
    "it_",
    store.nodeKey,
    investigation,
    canonical(joinMarkings(UNMARKED, markingOf(investigation, sheet))),
    sheet.reference ? `reference:${sheet.reference}` : `request:${requestKey}:${key}`,
  )

async function sealOne(
  store: Store,
  request: IntakeRequest,
  requestKey: string,
  taker: Taker,
  thing: Thing,
  file: FileOfThing,
  items: readonly string[],
  commit: <T>(note: Json, run: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<TakenIn> {
  const staged = await store.vault.stage(createReadStream(file.path, { highWaterMark: Math.min(1 << 20, statSync(file.path).size + 1) }))
  const name = basename(file.inside)
  const { sheet } = thing
  const { investigation } = request
  const key = (prefix: "se_" | "ex_", ...parts: string[]) => keyedId(prefix, store.nodeKey, investigation, ...parts)
  const item = itemOf(store, request, requestKey, thing)
  const undecided = startsUndecided(sheet)
  const said = sheet.files[file.inside] ?? sheet.files[name]
  const forced = said?.as ?? request.as ?? null
  const mapping = said?.mapping ?? request.mapping ?? null
  const exhibit = key("ex_", item, file.inside, staged.sha256)
  const note: { [key: string]: Json } = { sealed: name, sha256: staged.sha256, sizeBytes: staged.sizeBytes, item, exhibit }
  if (sheet.authority !== undefined) note.authority = sheet.authority
  try {
    return await commit(note, async (tx) => {
      const cls = await accessClass(tx, markingOf(investigation, sheet))
      const held = await sql.findHeld(tx, {
        investigation,
        accessClass: cls,
        sha256: staged.sha256,
        path: file.inside,
        item,
        named: sheet.reference !== undefined,
        undecided,
        others: items,
      })
      if (held) {
        await staged.drop()
        // The entry is written after this, and says what happened: nothing was sealed a second time.
        delete note.sealed
        Object.assign(note, { alreadyHeld: name, exhibit: held.id, item: held.item })
        await sql.updateWay(tx, held.id, forced, mapping)
        return { path: file.shown ?? file.path, exhibit: held.id, sha256: staged.sha256, held: true }
      }
      const [stub] = await sql.selectExhibits(tx, { ids: [exhibit], stubs: true })
      const [ofStub] = stub ? [] : await sql.selectItems(tx, { ids: [item], stubs: true })
      if ((stub ?? ofStub)?.erased_by)
        throw new Failure("refused.erased", "This was erased by order; it does not come back under the same reference.", {
          at: file.shown ?? file.path,
          hint: "If there is a new ground to hold it, take it in under that ground and a reference of its own.",
        })
      const event = sheet.seizureEvent
      const seizureEvent = event ? key("se_", event.id) : key("se_", item)
      await sql.insertSeizureEvent(tx, investigation, {
        id: seizureEvent,
        access_class: cls,
        label: event?.id ?? sheet.reference ?? name,
        kind: event?.kind ?? (sheet.kind === "book" ? "book" : "other"),
        place: event?.place ?? null,
        lat: event?.lat ?? null,
        lon: event?.lon ?? null,
        at: event?.at ? new Date(event.at) : null,
      })
      const takenInAt = new Date(store.clock())
      const begun = await sql.insertItem(tx, {
        id: item,
        investigation,
        accessClass: cls,
        seizureEvent,
        sheet: { ...(sheet as sql.NewItem["sheet"]), permittedUses: usesOf(sheet).permittedUses },
        undecided,
        takenInAt,
      })
      if (begun)
        await beginRecord(tx, store, { item, investigation, accessClass: cls, seizureEvent, undecided, said: sheet, taker, at: takenInAt })
      await staged.hold(tx, exhibit)
      await sql.insertExhibit(tx, {
        id: exhibit,
        item,
        investigation,
        access_class: cls,
        path: file.inside,
        name,
        sha256: staged.sha256,
        size_bytes: staged.sizeBytes,
        media_type: mediaTypeOf(staged.head),
        undecided,
        forced,
        mapping,
        sealed_at: takenInAt,
      })
      return { path: file.shown ?? file.path, exhibit, sha256: staged.sha256, held: false }
    })
  } catch (error) {
    await staged.drop()
    throw error
  }
}

function refuseWithoutGrounds({ sheet, key }: Thing): void {
  const missing = (["authority", "grade", "handling"] as const).filter((name) => sheet[name] === undefined)
  if (missing.length > 0)
    throw new Failure("refused.no-grounds", `Nothing is taken in without ${missing.join(", ")}.`, {
      hint: `Give ${missing.map((m) => `--${m}`).join(" ")} or write it into ${SHEET_NAME}.`,
      at: key,
    })
  parseGrade(sheet.grade!.code, sheet.grade!.scheme)
  markingAsWritten({ ...sheet, handling: sheet.handling! }, [])
  refuseUnlawful(sheet, startsUndecided(sheet), key)
}

/** What SQLite keeps beside a database: without its log a database may lack its last rows. */
const COMPANIONS = ["-wal", "-shm", "-journal"]
const COMPANION = /-(?:wal|shm|journal)$/

/** A file is one thing, with what SQLite keeps beside it. A folder with a sheet is one thing. Any other folder: each file and each sub-folder in it is one. */
function thingsAt(path: string, flags: Sheet): Thing[] {
  const root = resolve(path)
  if (!existsSync(root))
    throw new Failure("invalid.no-such-path", `There is nothing at ${path}.`, { at: path, hint: "Check the path; nothing was taken in." })
  if (!statSync(root).isDirectory()) return [{ sheet: flags, key: root, files: [{ path: root, inside: basename(root) }] }]
  if (existsSync(join(root, SHEET_NAME))) return [thingOf(root, flags)]
  const out: Thing[] = []
  const entries = readdirSync(root, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const files = new Set(entries.filter((e) => e.isFile()).map((e) => e.name))
  for (const entry of entries) {
    const inside = join(root, entry.name)
    if (COMPANION.test(entry.name) && files.has(entry.name.replace(COMPANION, ""))) continue
    const beside = entry.isFile() ? COMPANIONS.map((end) => entry.name + end).filter((name) => files.has(name)) : []
    if (entry.isFile())
      out.push({ sheet: flags, key: inside, files: [entry.name, ...beside].map((name) => ({ path: join(root, name), inside: name })) })
    else if (entry.isDirectory()) out.push(...(holdsSheets(inside) ? thingsAt(inside, flags) : [thingOf(inside, flags)]))
  }
  return out
}

const holdsSheets = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).some((p) => basename(p) === SHEET_NAME)

function thingOf(folder: string, flags: Sheet): Thing {
  const sheetPath = join(folder, SHEET_NAME)
  const sheet = existsSync(sheetPath) ? readSheet(sheetPath, flags) : flags
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .filter((p) => p !== sheetPath)
    .sort()
    .map((p) => ({ path: p, inside: relative(folder, p).split(sep).join("/") }))
  return { sheet, key: folder, files }
}

function readSheet(path: string, flags: Sheet): Sheet {
  let said: unknown
  try {
    said = JSON.parse(readFileSync(path, "utf8"))
  } catch (cause) {
    throw new Failure("invalid.sheet", `The sheet is not JSON: ${(cause as Error).message}`, {
      at: path,
      hint: "Mend the sheet; nothing of this folder was taken in.",
      cause,
    })
  }
  if (said === null || typeof said !== "object" || Array.isArray(said))
    throw new Failure("invalid.sheet", "The sheet is not a JSON object.", {
      at: path,
      hint: "Mend the sheet; nothing of this folder was taken in.",
    })
  const plain = Object.fromEntries(Object.entries(flags).filter(([k, v]) => v !== undefined && k !== "files"))
  const read = Sheet.safeParse({ ...plain, ...(said as object) })
  if (!read.success) {
    const issue = read.error.issues[0]!
    throw new Failure("invalid.sheet", `The sheet says something that cannot be: ${issue.path.join(".")}: ${issue.message}`, {
      at: path,
      hint: "Mend the sheet; nothing of this folder was taken in.",
    })
  }
  return read.data
}
