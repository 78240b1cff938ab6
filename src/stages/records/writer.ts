import { strict as assert } from "node:assert"
import { fold } from "#names"
import type { Layout, Scope, SegmentWriter, Value } from "#store"
import { keyedId } from "#vocabulary/ids"
import { columnsOf, type KindName } from "#vocabulary/kinds"
import { normalise } from "#vocabulary/normalise"
import type { Identifier, Moment, Party, Place, Reject, SourceRecord } from "#vocabulary/record"
import type { Normalised } from "#vocabulary/values"
import type { Sink } from "./importer.ts"
import { datasetOf, layoutOf, MENTION, REJECT } from "./layout.ts"

/** What an exhibit gives to each of its records. */
export interface Origin {
  exhibit: string
  item: string
  accessClass: number
  scope: Scope
  region: string | undefined
}

/** Counts of one material. `there` must equal `units` + `rejected`. */
export interface Tally {
  there: number
  /** Units read. */
  units: number
  rejected: number
  /** All records, further ones of a unit included. */
  read: Record<string, number>
  detail: Record<string, number>
  notes: string[]
}

const NOTES_KEPT = 200
const CACHE_ENTRIES = 200_000

/** Normal forms by what was written: the same cell comes back thousands of times in a phone. */
export class Normaliser {
  readonly #known = new Map<string, { key: string; valid: boolean }>()
  readonly #region: string | undefined
  readonly #item: string

  constructor(region: string | undefined, item: string) {
    this.#region = region
    this.#item = item
  }

  /** The key that this identifier is matched on, and whether it may match anything outside its exhibit. */
  keyOf(id: Identifier): { key: string; valid: boolean } {
    const cacheKey = `${id.type}|${id.platform ?? ""}|${id.issuer ?? ""}|${id.raw}`
    const known = this.#known.get(cacheKey)
    if (known) return known
    const n: Normalised = normalise(id.type, id.raw, { region: this.#region, platform: id.platform, issuer: id.issuer })
    // An alias of a book or a report means something only beside its own kind.
    const norm = id.type === "alias" ? `${this.#item}:${n.norm}` : n.norm
    const made = { key: `${id.type}:${norm}`, valid: n.valid }
    if (this.#known.size >= CACHE_ENTRIES) this.#known.clear()
    this.#known.set(cacheKey, made)
    return made
  }
}

/** Writes one material's records, mentions and rejects to segments. */
export class RecordSink implements Sink {
  readonly tally: Tally = { there: 0, units: 0, rejected: 0, read: {}, detail: {}, notes: [] }
  readonly #writer: SegmentWriter
  readonly #origin: Origin
  readonly #nodeKey: Buffer
  readonly #normaliser: Normaliser
  readonly #file: string
  readonly #onCount: (tally: Tally) => void
  #turn = 0

  constructor(
    writer: SegmentWriter,
    origin: Origin,
    nodeKey: Buffer,
    normaliser: Normaliser,
    file: string,
    onCount: (tally: Tally) => void = () => undefined,
  ) {
    this.#writer = writer
    this.#origin = origin
    this.#nodeKey = nodeKey
    this.#normaliser = normaliser
    this.#file = file
    this.#onCount = onCount
  }

  seen(n: number): void {
    assert(Number.isInteger(n) && n >= 0, "an importer counts whole units")
    this.tally.there += n
  }

  record<K extends KindName>(record: SourceRecord<K>): Promise<void> | undefined {
    this.tally.units++
    if ((this.tally.units & 4095) === 0) this.#onCount(this.tally)
    return this.#write(record)
  }

  also<K extends KindName>(record: SourceRecord<K>): Promise<void> | undefined {
    return this.#write(record)
  }

  reject(reject: Reject): void {
    this.tally.rejected++
    const { exhibit, item, accessClass, scope } = this.#origin
    void this.#writer.append("reject", REJECT, accessClass, scope, [
      keyedId("rc_", this.#nodeKey, exhibit, this.#file, "reject", String(this.#turn++)),
      exhibit,
      item,
      ...placeOf(reject.place, this.#file),
      reject.code,
      reject.reason,
      reject.snippet?.slice(0, 200) ?? null,
    ])
  }

  note(text: string): void {
    const note = listable(text)
    if (this.tally.notes.length < NOTES_KEPT && !this.tally.notes.includes(note)) this.tally.notes.push(note)
  }

  #write<K extends KindName>(record: SourceRecord<K>): Promise<void> | undefined {
    const { kind, parties, place } = record
    const { exhibit, item, accessClass, scope } = this.#origin
    const id = keyedId("rc_", this.#nodeKey, exhibit, this.#file, String(this.#turn++))
    const { dataset, layout, columns } = formOf(kind)
    this.tally.read[kind] = (this.tally.read[kind] ?? 0) + 1
    const fields = record.fields as Record<string, unknown>
    const part = fields.app ?? fields.platform ?? fields.list
    if (typeof part === "string") {
      const detail = `${kind}/${part}`
      this.tally.detail[detail] = (this.tally.detail[detail] ?? 0) + 1
    }
    const at = timeOf(record.at)
    const row: Value[] = [
      id,
      exhibit,
      item,
      place.file || this.#file,
      place.table ?? null,
      place.row === undefined ? null : String(place.row),
      place.byteStart ?? null,
      place.byteEnd ?? null,
      at,
      record.at?.raw ?? null,
      record.at?.precision ?? null,
      record.at?.zone ?? null,
      record.at?.calendar ?? null,
      record.deleted ?? null,
      JSON.stringify(parties),
      record.extra && Object.keys(record.extra).length > 0 ? JSON.stringify(record.extra) : null,
    ]
    const first = row.length
    for (let c = 0; c < columns.size; c++) row.push(null)
    for (const name in fields) {
      const column = columns.get(name)
      assert(column !== undefined, `${kind} has no column ${name}`)
      row[first + column] = storable(fields[name])
    }
    let waiting = this.#writer.append(dataset, layout, accessClass, scope, row)
    for (let n = 0; n < parties.length; n++) waiting = both(waiting, this.#mention(id, kind, parties[n]!, n, at))
    return waiting
  }

  #mention(record: string, kind: KindName, party: Party, n: number, at: number | null): Promise<void> | undefined {
    const name = party.name?.trim() || null
    const nameFold = name === null ? null : folded(name)
    const owner = party.owner === true
    const { part } = party
    const { exhibit, item, accessClass, scope } = this.#origin
    const write = (type: string, key: string, raw: string, valid: boolean) =>
      this.#writer.append("mention", MENTION, accessClass, scope, [
        record,
        kind,
        exhibit,
        item,
        part,
        n,
        type,
        key,
        raw,
        valid,
        owner,
        name,
        nameFold,
        at,
      ])
    let waiting = owner ? write("holder", `holder:${item}`, item, true) : undefined
    for (const id of party.ids) {
      const { key, valid } = this.#normaliser.keyOf(id)
      waiting = both(waiting, write(id.type, key, id.raw, valid))
    }
    // What a register states of a person is a fragment: a namesake's row is another one.
    if (kind === "person") waiting = both(waiting, write("fragment", `fragment:${record}:${n}`, name ?? "", true))
    else if (!owner && party.ids.length === 0 && name !== null && nameFold)
      waiting = both(waiting, write("name", `name:${nameFold}`, name, true))
    return waiting
  }
}

const both = (a: Promise<void> | undefined, b: Promise<void> | undefined): Promise<void> | undefined =>
  a === undefined ? b : b === undefined ? a : Promise.all([a, b]).then(() => undefined)

/** Where a kind's records go, and where each of its columns stands behind the common ones. */
interface Form {
  dataset: string
  layout: Layout
  columns: ReadonlyMap<string, number>
}

const forms = new Map<KindName, Form>()

function formOf(kind: KindName): Form {
  let form = forms.get(kind)
  if (!form) {
    form = { dataset: datasetOf(kind), layout: layoutOf(kind), columns: new Map(columnsOf(kind).map(([name], at) => [name, at])) }
    forms.set(kind, form)
  }
  return form
}

const folds = new Map<string, string>()

/** The same names come back all through a phone. */
function folded(name: string): string {
  let known = folds.get(name)
  if (known === undefined) {
    known = fold(name)
    if (folds.size >= CACHE_ENTRIES) folds.clear()
    folds.set(name, known)
  }
  return known
}

/** Times before year 1 or after year 9999 are not times; the raw text stays. */
function timeOf(at: Moment | null): number | null {
  return at?.ms != null && at.ms > -62_135_596_800_000 && at.ms < 253_402_300_800_000 ? at.ms : null
}

function placeOf(place: Place, file: string): Value[] {
  return [
    place.file || file,
    place.table ?? null,
    place.row === undefined ? null : String(place.row),
    place.byteStart ?? null,
    place.byteEnd ?? null,
  ]
}

/** Words of a source that go to the register: PostgreSQL takes neither NUL nor half a surrogate pair. Records keep them as they are. */
const listable = (words: string): string => words.toWellFormed().replaceAll("\0", "\u{FFFD}")

function storable(value: unknown): Value {
  if (value === null || value === undefined || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value
  return JSON.stringify(value)
}
