import { datasetKind } from "#records"
import { createTable, type Engine, fill, literal, quoted } from "#store"
import { columnsOf, KINDS } from "#vocabulary/kinds"
import { NEEDS, PURPOSES, ROLES } from "#vocabulary/roles"
import { STANDINGS } from "#vocabulary/standing"

/**
 * What gives an erased thing away wherever it was written down: words of four letters or more that nothing else on this node
 * says, numbers by their last nine digits, and whole names. A text that holds none of them could have been written without it.
 */
export interface Words {
  words: ReadonlySet<string>
  tails: ReadonlySet<string>
  whole: readonly string[]
}

const WORD = "[\\p{L}\\p{N}]{4,}"
const TAIL = 9
/** The vocabulary of the software says nothing of anybody. */
const OUR_OWN = new Set(wordsIn(JSON.stringify([KINDS, NEEDS, PURPOSES, ROLES, STANDINGS])))

export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []
}

const tailOf = (digits: string): string | null => (digits.length >= TAIL ? digits.slice(-TAIL) : null)

/** Whether a text holds one of the words. */
export function holds({ words, tails, whole }: Words, text: string): boolean {
  if (words.size > 0 && wordsIn(text).some((w) => words.has(w))) return true
  if (whole.length > 0) {
    const lower = text.toLowerCase()
    if (whole.some((w) => lower.includes(w))) return true
  }
  if (tails.size > 0)
    for (const [run] of text.matchAll(/\+?\d[\d\s().-]{7,}/g)) {
      const digits = run.replace(/\D/g, "")
      for (let end = TAIL; end <= digits.length; end++) if (tails.has(digits.slice(end - TAIL, end))) return true
    }
  return false
}

/** The same value without the texts that hold one of the words; the very same value when none does. */
export function without(words: Words, value: unknown): unknown {
  if (typeof value === "string") return holds(words, value) ? "[erased]" : value
  if (Array.isArray(value)) {
    const out = value.map((v) => without(words, v))
    return out.every((v, n) => v === value[n]) ? value : out
  }
  if (value === null || typeof value !== "object") return value
  let changed = false
  const out: Record<string, unknown> = {}
  for (const [key, v] of Object.entries(value)) {
    out[key] = without(words, v)
    changed ||= out[key] !== v
  }
  return changed ? out : value
}

/** The texts of a row as a list: what people wrote, said, were called or can be reached by. */
function textsIn(dataset: string): string {
  if (dataset === "mention") return "[raw, name]"
  if (dataset === "reject") return "[file, snippet]"
  const kind = datasetKind(dataset)
  const texts =
    kind === null ? [] : columnsOf(kind).flatMap(([name, { type }]) => (type === "text" || type === "json" ? [quoted(`f_${name}`)] : []))
  const parties = ["$[*].name", "$[*].ids[*].raw"].map((path) => `json_extract_string(parties, ${literal(path)})`)
  return `list_concat([file, extra${texts.map((t) => `, ${t}`).join("")}], ${parties.join(", ")})`
}

interface File {
  path: string
  dataset: string
}

/**
 * Works out what only the rows that go say. `from`: files that hold them; `among`: every live file of the node; `goes`: the
 * condition for rows that go; `texts`: what the register says of the things that go; `keptTexts`: of the things that stay.
 */
export async function distinctiveWords(
  engine: Engine,
  folder: string,
  from: readonly File[],
  among: readonly File[],
  goes: (dataset: string) => string | null,
  texts: readonly string[],
  keptTexts: readonly string[],
): Promise<Words> {
  const read = (f: File) => `read_parquet(${literal(`${folder}/${f.path}`)}) s`
  const listed = (dataset: string) => `unnest(${textsIn(dataset)})`
  await engine.exec("create or replace temp table said (w varchar)")
  for (const f of from) {
    const condition = goes(f.dataset)
    if (condition === null) continue
    await engine.exec(
      `insert into said select distinct unnest(regexp_extract_all(lower(cell), ${literal(WORD)})) from (select ${listed(f.dataset)} as cell from ${read(f)} where (${condition}) is true) where cell is not null`,
    )
  }
  await fill(
    engine,
    "told",
    [["w", "VARCHAR"]],
    new Set(texts.flatMap(wordsIn)).values().map((w) => [w]),
  )
  await engine.exec("create or replace temp table candidate as select distinct w from said union select w from told")
  await createTable(engine, "kept", [["w", "VARCHAR"]])
  for (const f of among)
    await engine.exec(
      `insert into kept select distinct w from (select unnest(regexp_extract_all(lower(cell), ${literal(WORD)})) as w from (select ${listed(f.dataset)} as cell from ${read(f)} where (${goes(f.dataset) ?? "false"}) is not true) where cell is not null) where w in (select w from candidate) or regexp_full_match(w, '[0-9]{${TAIL},}')`,
    )
  const stays = new Set(keptTexts.flatMap(wordsIn))
  const words = (await engine.all<{ w: string }>("select w from candidate except select w from kept"))
    .map((r) => r.w)
    .filter((w) => !stays.has(w) && !OUR_OWN.has(w))
  const kept = await engine.all<{ t: string }>(
    `select distinct right(w, ${TAIL}) as t from kept where regexp_full_match(w, '[0-9]{${TAIL},}')`,
  )
  const keptTails = new Set([
    ...kept.map((r) => r.t),
    ...keptTexts.flatMap(wordsIn).flatMap((w) => (/^\d+$/.test(w) ? (tailOf(w) ?? []) : [])),
  ])
  const tails = words.flatMap((w) => (/^\d+$/.test(w) ? (tailOf(w) ?? []) : [])).filter((t) => !keptTails.has(t))
  for (const table of ["said", "told", "candidate", "kept"]) await engine.exec(`drop table ${table}`)
  return { words: new Set(words), tails: new Set(tails), whole: [] }
}
