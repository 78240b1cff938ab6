import type { Classes, Store, Tx } from "#store"
import { holds, type Words, without } from "./words.ts"

/** What a row's cell becomes. */
export const ERASED = "[erased]"

/** Tables that say nothing of what was taken in, or that erasure treats on their own. */
const SPARED =
  /^(migration|blob|blob_key|segment|segment_replaced|manifest_head|derived|derived_head|journal_\w+|organisation|person|role_grant|access_class|node_setting|marking_permission|sign_in_\w+|api_token|passkey|invented_person)$/

export interface Place {
  table: string
  /** Columns of the primary key. */
  keys: string[]
  /** Columns with words that may be emptied: no key, no reference, nothing that a constraint speaks of. */
  cells: { name: string; type: "text" | "jsonb" | "text[]" }[]
  /** It says to which investigation a row belongs. */
  compartment: boolean
  /** Its rows are seen under access classes alone. */
  secured: boolean
}

/** Every place of the register in which words of what was taken in can stand, from the catalogue: a table of tomorrow is among them. */
export async function placesOf(tx: Tx): Promise<Place[]> {
  const { rows } = await tx.query<{ table: string; column: string; type: string; role: "key" | "bound" | "free"; secured: boolean }>(`
    select c.relname as table, c.relrowsecurity as secured, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      case when exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)) then 'key'
           when a.attgenerated <> '' or a.attidentity <> '' or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype in ('f','c','u') and a.attnum = any (k.conkey))
             or exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey)) then 'bound'
           else 'free' end as role
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and n.nspname = current_schema() and a.attnum > 0 and not a.attisdropped and has_table_privilege(c.oid, 'select')
    order by c.relname, a.attnum`)
  const places: Place[] = []
  for (const [table, columns] of Map.groupBy(rows, (r) => r.table)) {
    if (SPARED.test(table)) continue
    const keys = columns.filter((c) => c.role === "key").map((c) => c.column)
    const cells = columns
      .filter((c) => c.role === "free" && ["text", "jsonb", "text[]"].includes(c.type))
      .map((c) => ({ name: c.column, type: c.type as "text" | "jsonb" | "text[]" }))
    // What an order is about goes from it when it is done: until then it says what is to be done.
    const own = table === "erasure" ? cells.filter((c) => c.name === "reason" || c.name === "order_reason") : cells
    if (keys.length > 0 && cells.length > 0)
      places.push({ table, keys, cells: own, compartment: columns.some((c) => c.column === "investigation"), secured: columns[0]!.secured })
  }
  return places
}

const q = (name: string): string => `"${name.replaceAll('"', '""')}"`
const BATCH = 1000

type Cells = Record<string, unknown>

/** Empties cells of one row, by the order's right. */
export async function blank(tx: Tx, erasure: string, table: string, keys: Cells, cells: Cells): Promise<void> {
  await tx.query("select linchpin_blank($1, $2, $3, $4)", [erasure, table, JSON.stringify(keys), JSON.stringify(cells)])
}

/**
 * Goes through every place and empties the cells that hold one of the words; of an investigation that goes whole, every cell with
 * words. Returns the number of rows by table. Without an order it only counts; under classes, of tables that have classes: how many jobs
 * and requests of others hold a word is for whoever sees all.
 */
export async function sweepPlaces(
  store: Store,
  words: Words,
  options: { erasure?: string; investigation?: string; signal?: AbortSignal; classes?: Classes },
): Promise<Record<string, number>> {
  const { register } = store
  const changed: Record<string, number> = {}
  const { classes = "all" } = options
  for (const place of await placesOf(register.read)) {
    if (classes !== "all" && !place.secured) continue
    let after: Cells | null = null
    for (;;) {
      options.signal?.throwIfAborted()
      const rows: Cells[] = await register.transaction((tx) => selectPlace(tx, place, after), classes)
      for (const row of rows) {
        const cells = emptied(place, row, words, options.investigation)
        if (!cells) continue
        changed[place.table] = (changed[place.table] ?? 0) + 1
        const { erasure } = options
        if (erasure) await register.transaction((tx) => blank(tx, erasure, place.table, pick(row, place.keys), cells), "all")
      }
      if (rows.length < BATCH) break
      after = pick(rows.at(-1)!, place.keys)
    }
  }
  return changed
}

const pick = (row: Cells, names: readonly string[]): Cells => Object.fromEntries(names.map((name) => [name, row[name]]))

/** Rows in the order of their key, as JSON, so that a key goes back exactly as it came. */
async function selectPlace(tx: Tx, { table, keys, cells, compartment }: Place, after: Cells | null): Promise<Cells[]> {
  const wanted = [...keys, ...cells.map((c) => c.name), ...(compartment ? ["investigation"] : [])]
  const listed = keys.map((k) => `t.${q(k)}`).join(", ")
  const { rows } = await tx.query<{ row: Cells }>(
    `select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) where key = any ($1)) as row from ${q(table)} t
     where $2::jsonb is null or (${listed}) > (select ${keys.map((k) => `k.${q(k)}`).join(", ")} from jsonb_populate_record(null::${q(table)}, $2::jsonb) k)
     order by ${listed} limit ${BATCH}`,
    [wanted, after === null ? null : JSON.stringify(after)],
  )
  return rows.map((r) => r.row)
}

/** The cells of a row that change; null when none does. */
function emptied(place: Place, row: Cells, words: Words, investigation: string | undefined): Cells | null {
  const all =
    investigation !== undefined &&
    (place.compartment ? row.investigation : place.table === "investigation" ? row.id : undefined) === investigation
  const out: Cells = {}
  for (const { name, type } of place.cells) {
    const value = row[name]
    if (value === null || value === undefined || name === "investigation") continue
    if (type === "text" && isOurWord(value as string)) continue
    if (all && type === "text" && value !== ERASED && !/^[a-z0-9-]*$/.test(value as string)) out[name] = ERASED
    else if (all && type === "jsonb" && JSON.stringify(value) !== "{}") out[name] = {}
    else if (all && type === "text[]" && (value as unknown[]).length > 0) out[name] = []
    else if (type === "text") {
      if (holds(words, value as string)) out[name] = ERASED
    } else {
      const less = without(words, value)
      if (less !== value) out[name] = less
    }
  }
  return Object.keys(out).length > 0 ? out : null
}

/** Ids say nothing by themselves, and rows find each other by them; names of procedures and the like are the software's own words. */
const isOurWord = (value: string): boolean => /^[a-z]{2}_[0-9a-z]{4,}$/.test(value) || /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(value)
