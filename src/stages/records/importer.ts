import type { Readable } from "node:stream"
import type { KindName } from "#vocabulary/kinds"
import type { Reject, SourceRecord } from "#vocabulary/record"

/** One readable thing: a sealed file, or a member of a container. An importer never learns where the vault is. */
export interface Material {
  /** File name without folders, as it was taken in. A hint for people; detection goes by content. */
  name: string
  /** Path inside the exhibit, `""` when it is the exhibit itself. Goes into `Place.file`. */
  file: string
  sizeBytes: number
  /** The first bytes, at most 64 KiB. */
  head: Uint8Array
  /** The whole content as a stream, optionally from `start` up to `end` (exclusive). */
  open(range?: { start: number; end: number }): Readable
  /** A plain local file with the content, for libraries that need random access (SQLite, zip). Removed after the run. */
  path(): Promise<string>
  /** Other members beside this one (same folder of the same exhibit or same item), e.g. `wa.db` beside `msgstore.db`, attachments. */
  siblings(): Promise<Material[]>
}

/** What an importer may know of the surroundings. */
export interface ImportContext {
  /** ISO 3166-1 alpha-2 region for numbers without a country code, when known. */
  region: string | undefined
  /** IANA zone for local times without an offset, when known. */
  zone: string | undefined
  /** A mapping given by hand for tables (`--map`), already parsed. */
  mapping: unknown
  signal: AbortSignal
}

/** Where records go. `seen` must in the end equal records + rejects: the run fails as broken otherwise. */
export interface Sink {
  /** `n` more units are there to be read (rows counted, elements met, messages begun). Call before or after; only the sum counts. */
  seen(n: number): void
  /** One unit read. Returns a promise only when the writer wants the importer to wait (back-pressure). */
  record<K extends KindName>(record: SourceRecord<K>): Promise<void> | undefined
  /** A further record from a unit already counted (a participant's card inside a chat, an attachment): not counted in read + rejected = there. */
  also<K extends KindName>(record: SourceRecord<K>): Promise<void> | undefined
  /** One unit that could not be read. */
  reject(reject: Reject): void
  /** Something the examiner should know that is not a unit: unknown columns, unknown schema version, an assumption on the date format. */
  note(text: string): void
}

/**
 * One file format. `null` from `claim` = not mine. Mine and broken = rejects with a place; a throw means that the store or
 * the disk failed, never that the input is bad.
 */
export interface Importer {
  /** Stable, kebab-case: `ufed-xml`. */
  id: string
  /** Raised when the same bytes would give other records. */
  version: number
  title: string
  /** What it does with unknown columns and versions, in one or two sentences; shown to the examiner. */
  unknowns: string
  /**
   * By content. `confidence` 0..1; the highest wins, ties by the order of the list. A container format (zip, tar) is opened
   * by intake before importers are asked.
   */
  claim(material: Material): Promise<{ confidence: number; why: string } | null>
  read(material: Material, sink: Sink, context: ImportContext): Promise<void>
}
