import type { Readable } from "node:stream"
import { z } from "zod"
import type { EntryKind, Json } from "#journal"
import type { Store, Tx } from "#store"
import type { Need, Purpose } from "#vocabulary/roles"
import type { Caller, Investigation, Sight } from "./sight.ts"
import type { Upload } from "./staging.ts"

export type Shape = "value" | "rows" | "bytes" | "upload" | "job" | "events"
/** `read` shows, `decision` changes what is held, `outside` reaches people or systems beyond this node. */
export type Effect = "read" | "decision" | "outside"

/** A file that leaves the node. */
export interface Bytes {
  mediaType: string
  /** Suggested file name. */
  name?: string
  body: Readable | AsyncIterable<Uint8Array>
}

/** Where a question is asked: under the sight of whoever asks, or over all holdings for the cleared officer. */
export interface Over {
  store: Store
  sight: Sight
  /** Of whoever asked first. The sight may reach beyond it. */
  investigation: Investigation | undefined
  at: number
  signal: AbortSignal
}

export interface Context extends Over {
  store: Store
  caller: Caller
  /** Of the investigation that the input names, else of all in which the caller works. */
  sight: Sight
  investigation: Investigation | undefined
  /**
   * For a decision of shape value or upload: the open transaction, under the sight's classes, in which the entry is written too.
   * Else single statements that see no row with a class: those are read in `store.register.transaction(run, sight.classes)`.
   */
  tx: Tx
  /** When this was asked, UTC milliseconds by the store's clock. */
  at: number
  signal: AbortSignal
  /** Id of the job that this is; the same when it is begun again, so that what it has done can be found. */
  job: string | undefined
  /** Why, in the caller's words. */
  reason: string | undefined
  /** What for. */
  purpose: Purpose
  /**
   * Says that the answer rests on material of these classes, and of those said before, and on no other: its marking is their join.
   * A procedure that never says it answers under the join of the whole sight. For rows and events: before the first one.
   */
  rests(classes: Iterable<number>): void
  /** The classes that were said so far; of the whole sight where none was. */
  rested(): readonly number[]
  /** What was uploaded; only for shape upload. */
  upload: Upload | undefined
  /** `fraction` 0..1, null while the end is not known. */
  progress(fraction: number | null, words: string, counts?: Record<string, number>): void
  /** Another procedure of this gate, for what is asked in its name. Throws `invalid.procedure-unknown`. */
  find(name: string): Procedure
  /** Goes into the payload of this action's entry; after that was written (streams, jobs), into an entry of its own. */
  journal(note: Json): Promise<void>
  /**
   * Commits state and an entry with the note together. In an open transaction, it is part of that. With recipients (ids of
   * organisations), the entry is a disclosure to them.
   */
  commit<T>(note: Json, run: (tx: Tx) => Promise<T>, recipients?: readonly string[]): Promise<T>
  /**
   * The caller's sight now: for the next step of long work. Throws `conflict.sight-lost` when a class that the work began with
   * was taken away.
   */
  lookAgain(): Promise<Sight>
}

type Answered<S extends Shape, O extends z.ZodType> = S extends "rows" | "events"
  ? AsyncIterable<z.input<O>>
  : S extends "bytes"
    ? Promise<Bytes>
    : Promise<z.input<O>>

export interface ProcedureInit<I extends z.ZodObject, O extends z.ZodType, S extends Shape> {
  /** `stage.verb`, both kebab-case. */
  name: `${string}.${string}`
  title: string
  /** Validation, OpenAPI, flags and form come from it. A field `investigation` (id or name) sets the compartment. */
  input: I
  /** Of the value, of one row, of one event, of the job's result. For bytes: `z.unknown()`. */
  output: O
  /** Ids of what is shown or changed: the journal's entry names them, so that it can be asked who saw or did what about them. */
  about?: (input: z.output<I>) => readonly string[]
  /** Fields of the input of which the journal keeps a hash under the node's key, and not what they say. */
  unwritten?: readonly (keyof z.output<I> & string)[]
  needs: Need
  /** What reaches people beyond this node is declared with `outside`. */
  effect: Exclude<Effect, "outside">
  shape: S
  /** The journal's word for it; else consultation, decision or job follows from effect and shape. */
  entry?: EntryKind
  /** Of a disclosure: to whom it goes, as organisations' ids or a word; the caller's own organisation when there is none. */
  recipients?: (input: z.output<I>) => readonly string[]
  /** An investigation that is not there yet is opened, with an entry of its own. */
  opens?: boolean
  /** Only for a caller who proved who he is within the last minutes; no token does. */
  proves?: boolean
  /** How the command line words the answer for a person; a table of its fields when absent. */
  show?: (output: z.output<O>) => string
  /** For rows: the form in which the command line writes them when neither `--json` nor a file's ending says another; tables when absent. */
  rowsAs?: (input: z.output<I>) => "csv" | "ndjson" | undefined
  /**
   * For a job: its result names people as an analysis saw them, and is not shown once somebody came under protection since. Reads do
   * unless they say otherwise.
   */
  names?: boolean
  /**
   * For what must not be done on a limited view: the question on which it rests, read over whatever sight is given and changing
   * nothing. Two views that hold the same must give the same answer.
   */
  question?: (over: Over, input: z.output<I>) => Promise<Json>
  run: (ctx: Context, input: z.output<I>) => Answered<S, O>
}

/** A procedure as the gate holds it: types are checked where it is declared, values where it is invoked. */
export interface Procedure {
  readonly name: string
  readonly title: string
  readonly input: z.ZodObject
  readonly output: z.ZodType
  readonly needs: Need
  readonly effect: Effect
  readonly shape: Shape
  readonly entry: EntryKind
  readonly unwritten: readonly string[]
  readonly opens: boolean
  readonly proves: boolean
  readonly names: boolean
  readonly about: (input: unknown) => readonly string[]
  readonly recipients: (input: unknown) => readonly string[]
  readonly show: ((output: unknown) => string) | undefined
  readonly rowsAs: ((input: unknown) => "csv" | "ndjson" | undefined) | undefined
  readonly question: ((over: Over, input: unknown) => Promise<Json>) | undefined
  /** Fields of the input that name a place on the machine of the node (`localPath`). */
  readonly pathFields: () => readonly string[]
  readonly run: (ctx: Context, input: unknown) => unknown
  /** Only for effect outside: does what was prepared, approved and hashed. */
  readonly performance: Performance | undefined
}

/** What a second person approves, and what is then done: nothing else leaves. */
export interface Preview<B> {
  body: B
  /** Ids of organisations. */
  recipients: readonly string[]
}

export interface Performance {
  /**
   * Whether doing it again under the same key does it once: whoever is on the other side knows the key. After a crash such a thing
   * is done again; any other is left as "nobody knows".
   */
  repeatable: boolean
  /** Throws a Failure only when nothing has left the node. */
  perform: (ctx: Context, preview: Preview<unknown> & { key: string }) => Promise<Json>
}

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/

/** Declares a procedure. It does nothing until it stands in the list that the app hands to the gate. */
export function procedure<I extends z.ZodObject, O extends z.ZodType, S extends Shape>(init: ProcedureInit<I, O, S>): Procedure {
  if (!NAME.test(init.name)) throw new TypeError(`${init.name} is not a procedure name: stage.verb`)
  let paths: readonly string[] | undefined
  return {
    name: init.name,
    title: init.title,
    input: init.input,
    output: init.output,
    needs: init.needs,
    effect: init.effect,
    shape: init.shape,
    entry: init.entry ?? (init.effect === "read" ? "consultation" : init.shape === "job" ? "job" : "decision"),
    unwritten: init.unwritten ?? [],
    opens: init.opens ?? false,
    proves: init.proves ?? false,
    performance: undefined,
    names: init.names ?? init.effect === "read",
    about: (init.about ?? (() => [])) as (input: unknown) => readonly string[],
    recipients: (init.recipients ?? (() => [])) as (input: unknown) => readonly string[],
    show: init.show as ((output: unknown) => string) | undefined,
    rowsAs: init.rowsAs as ((input: unknown) => "csv" | "ndjson" | undefined) | undefined,
    question: init.question as ((over: Over, input: unknown) => Promise<Json>) | undefined,
    pathFields: () => (paths ??= pathFieldsOf(init.input)),
    run: init.run as (ctx: Context, input: unknown) => unknown,
  }
}

/** A path on the machine of the node. The command line makes it absolute from where it was typed. */
export const localPath = () => z.string().min(1).meta({ format: "path" })

interface Described {
  format?: string
  items?: Described
  properties?: Record<string, Described>
}

function pathFieldsOf(input: z.ZodObject): string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Described
  return Object.entries(properties).flatMap(([name, field]) => (field.format === "path" || field.items?.format === "path" ? [name] : []))
}
