import { datasetKind } from "#records"
import { type Classes, type Engine, fill, type Layout, type Loss, literal, quoted, type Row, type Store, type Value } from "#store"
import { columnsOf, KIND_NAMES, KINDS, type KindName, type KindShape } from "#vocabulary/kinds"
import type { Party } from "#vocabulary/record"
import { exhibitsReached, type Target } from "./target.ts"
import { holds, type Words, without, wordsIn } from "./words.ts"

/** A segment file on the disk. */
export interface File {
  path: string
  dataset: string
}

export interface Reach {
  /** Ready for `segments.rewriteWithout` in the engine that was given. */
  loss: Loss
  /** Of these nothing is left. */
  whole: { id: string; sha256: string; sizeBytes: number; item: string }[]
  /** What gives a person away wherever it was written down; null where that follows from the rows that go. */
  words: Words | null
}

const sourceOf = (folder: string, files: readonly File[], dataset: string): string | null => {
  const paths = files.filter((f) => f.dataset === dataset).map((f) => literal(`${folder}/${f.path}`))
  return paths.length > 0 ? `read_parquet([${paths.join(", ")}], union_by_name = true)` : null
}

/** Whether a row of mentions is one of a key of his, or of a party that a fragment of his is of, valid or not. */
const isHis = (row: string): string =>
  `(${row}.key in (select id from gone_key) or 'fragment:' || ${row}.record || ':' || ${row}.party in (select id from gone_key))`

/**
 * Works out which rows an order takes, and fills the engine's tables that the conditions speak of. Of an exhibit, an item or an
 * investigation every row goes. Single rows go with what they mention. Of one person: a row that names nobody else goes whole; in
 * a row with others his party, and every cell that he wrote or that holds an identifier of his, is emptied, and the rest stays:
 * what others said to each other is not his. A cell is emptied whole, because a sentence with words cut out says what nobody said.
 */
export async function reach(
  engine: Engine,
  store: Store,
  target: Target,
  files: readonly File[],
  classes: Classes = "all",
): Promise<Reach> {
  const { whole, look } = await exhibitsReached(store, target, classes)
  const exhibits = look.map((e) => e.id)
  const gone = whole.map((e) => ({ id: e.id, sha256: e.sha256, sizeBytes: Number(e.size_bytes), item: e.item }))
  const ID: Layout = [["id", "VARCHAR"]]
  if (target.kind !== "records" && target.kind !== "person") {
    await fill(
      engine,
      "gone_exhibit",
      ID,
      gone.map((e) => [e.id]),
    )
    const rows = () => "s.exhibit in (select id from gone_exhibit)"
    return { loss: { exhibits, rows, gone: gone.map((e) => e.id) }, whole: gone, words: null }
  }
  const rows = (dataset: string): string | null =>
    dataset === "mention"
      ? `s.record in (select id from gone_record)${target.kind === "person" ? ` or ${isHis("s")}` : ""}`
      : datasetKind(dataset) === null
        ? null
        : "s.id in (select id from gone_record)"
  if (target.kind === "records") {
    await fill(
      engine,
      "gone_record",
      ID,
      target.records.map((id) => [id]),
    )
    return { loss: { exhibits, rows }, whole: [], words: null }
  }
  await fill(
    engine,
    "gone_key",
    ID,
    target.keys.map((key) => [key]),
  )
  const words = await wordsOfPerson(engine, store, target, files)
  await goneRecords(engine, store, target, files)
  const changed = new Set<KindName>()
  for (const kind of KIND_NAMES) if (await redact(engine, store, kind, files, words)) changed.add(kind)
  return {
    whole: [],
    words: { ...words, words: await namesOfHis(engine, store, files) },
    loss: {
      exhibits,
      rows,
      altered: (dataset) => {
        if (dataset === "reject") return { where: holdsIn("s.snippet", words), columns: { snippet: "null" } }
        const kind = datasetKind(dataset)
        if (kind === null || !changed.has(kind)) return null
        const columns = cellsOf(kind).map((c) => [c, `(select r.${quoted(c)} from ${quoted(`redacted_${kind}`)} r where r.id = s.id)`])
        return {
          where: `s.id in (select id from ${quoted(`redacted_${kind}`)})`,
          columns: Object.fromEntries(columns) as Record<string, string>,
        }
      },
    },
  }
}

/** Numbers by their last digits, accounts and addresses as they are, and a full name that nobody else bears. */
async function wordsOfPerson(engine: Engine, store: Store, target: Target, files: readonly File[]): Promise<Words> {
  const tails = new Set<string>()
  const whole = new Set<string>()
  for (const key of target.keys) {
    const value = key.slice(key.lastIndexOf(":") + 1)
    const digits = value.replace(/\D/g, "")
    if (/^(phone|imei|imsi|iccid)/.test(key) || /^\+?\d{9,}$/.test(value)) tails.add(digits.slice(-9))
    else if (!key.startsWith("holder:") && value.length >= 5) whole.add(value.toLowerCase())
  }
  const mentions = sourceOf(store.folder, files, "mention")
  if (mentions)
    for (const { name } of await engine.all<{ name: string }>(
      `select distinct lower(name) as name from ${mentions} m where ${isHis("m")} and length(name) >= 6 and contains(trim(name), ' ')
       except select lower(name) from ${mentions} m where not ${isHis("m")} and name is not null`,
    ))
      whole.add(name)
  return { words: new Set(), tails, whole: [...whole] }
}

/** Parts of his names that nobody else is called by: what people typed when they looked for him. Rows are not judged by them. */
async function namesOfHis(engine: Engine, store: Store, files: readonly File[]): Promise<Set<string>> {
  const mentions = sourceOf(store.folder, files, "mention")
  if (!mentions) return new Set()
  const named = async (condition: string) =>
    (await engine.all<{ name: string }>(`select distinct name from ${mentions} m where ${condition} and name is not null`)).flatMap((r) =>
      wordsIn(r.name),
    )
  const others = new Set(await named(`not ${isHis("m")}`))
  return new Set((await named(isHis("m"))).filter((w) => w.length >= 5 && !others.has(w)))
}

/** `gone_record`: rows about him alone; `part_record`: rows about him and others, with his party's place. */
async function goneRecords(engine: Engine, store: Store, target: Target, files: readonly File[]): Promise<void> {
  await engine.exec("create temp table gone_record (id varchar)")
  await engine.exec("create temp table part_record (id varchar, party integer)")
  const mentions = sourceOf(store.folder, files, "mention")
  if (!mentions) return
  await engine.exec(`create temp table touched as select distinct record as id, party from ${mentions} m where ${isHis("m")}`)
  await engine.exec(`create temp table crowded as
    select distinct m.record as id from ${mentions} m where not exists (select 1 from touched t where t.id = m.record and t.party = m.party)`)
  await engine.exec("insert into gone_record select distinct id from touched where id not in (select id from crowded)")
  const held = target.keys.flatMap((key) => (key.startsWith("holder:") ? [literal(key.slice("holder:".length))] : []))
  if (held.length > 0)
    for (const kind of KIND_NAMES) {
      const source = sourceOf(store.folder, files, `record-${kind}`)
      if (source)
        await engine.exec(
          `insert into gone_record select distinct id from ${source} where item in (${held.join(",")}) and id not in (select id from crowded) and id not in (select id from gone_record)`,
        )
    }
  await engine.exec("insert into part_record select id, party from touched where id in (select id from crowded)")
}

const AUTHORS = new Set(["sender", "author"])
const textsOf = (kind: KindName): string[] =>
  columnsOf(kind).flatMap(([name, { type }]) => (type === "text" || type === "json" ? [`f_${name}`] : []))
const cellsOf = (kind: KindName): string[] => ["parties", "extra", ...textsOf(kind)]

function holdsIn(cell: string, words: Words): string {
  const digits = `regexp_replace(${cell}, '[^0-9]', '', 'g')`
  const any = [
    ...[...words.tails].map((t) => `contains(${digits}, ${literal(t)})`),
    ...words.whole.map((w) => `contains(lower(${cell}), ${literal(w)})`),
  ]
  return any.length > 0 ? `(${any.join(" or ")})` : "false"
}

/** Fills `redacted_<kind>` with the rows that stay without him; false when no row of the kind does. */
async function redact(engine: Engine, store: Store, kind: KindName, files: readonly File[], words: Words): Promise<boolean> {
  const source = sourceOf(store.folder, files, `record-${kind}`)
  if (!source) return false
  const cells = cellsOf(kind)
  const said = cells.map((c) => holdsIn(`s.${quoted(c)}`, words)).filter((c) => c !== "false")
  const present = await engine.all<{ column_name: string }>(`describe select * from ${source}`)
  const known = new Set(present.map((p) => p.column_name))
  const asked = cells.filter((c) => known.has(c))
  const meets = ["s.id in (select id from part_record)", ...(said.length > 0 && asked.length === cells.length ? said : [])]
  const parties = new Map<string, Set<number>>()
  for (const { id, party } of await engine.all<{ id: string; party: number }>("select id, party from part_record"))
    parties.set(id, (parties.get(id) ?? new Set()).add(party))
  const rows: Value[][] = []
  for await (const batch of engine.stream(
    `select distinct on (id) id, ${asked.map(quoted).join(", ")} from ${source} s where (${meets.join(" or ")}) and s.id not in (select id from gone_record)`,
  ))
    for (const row of batch) rows.push(redacted(kind, row, cells, parties.get(row.id as string) ?? new Set(), words))
  if (rows.length === 0) return false
  await fill(engine, `redacted_${kind}`, [["id", "VARCHAR"], ...cells.map((c) => [c, "VARCHAR"] as const)], rows)
  return true
}

function redacted(kind: KindName, row: Row, cells: readonly string[], his: ReadonlySet<number>, words: Words): Value[] {
  const parties = JSON.parse((row.parties as string | null) ?? "[]") as Party[]
  const wrote = parties.some((p, n) => his.has(n) && AUTHORS.has(p.part))
  const texts = new Set(textsOf(kind))
  return [
    row.id as string,
    ...cells.map((cell) => {
      const value = (row[cell] ?? null) as string | null
      if (cell === "parties")
        return JSON.stringify(parties.map((p, n) => (his.has(n) ? { part: p.part, ids: [], erased: true } : without(words, p))))
      if (value === null) return null
      if (cell === "extra") return JSON.stringify(without(words, JSON.parse(value)))
      return (wrote && texts.has(cell) && isFreeText(kind, cell)) || holds(words, value) ? null : value
    }),
  ]
}

const isFreeText = (kind: KindName, cell: string): boolean => (KINDS[kind] as KindShape).freeText.includes(cell.slice("f_".length))
