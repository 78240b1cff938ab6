/**
 * One table of people resolved by the product's own linkage, alone in a process so that time and memory are its own: `node
 * resolve-file.ts CASE FILE OUT`. Writes record,cluster to OUT and prints one JSON line.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { literal, openEngines, quoted } from "../../src/ground/store/engine.ts"
import { HELD } from "../../src/stages/entities/linkage/claims.ts"
import { numberFragments } from "../../src/stages/entities/linkage/fragments.ts"
import { link, weigher } from "../../src/stages/entities/linkage/link.ts"
import { COLUMNS, type Column } from "../../src/stages/entities/linkage/packed.ts"

const digits = (column: string) => `regexp_replace(coalesce(${column}, ''), '[^0-9]', '', 'g')`
const joined = (...columns: string[]) => `nullif(concat_ws(' ', ${columns.join(", ")}), '')`
/** What an intake with a mapping makes of these columns. */
const CASES: Record<string, { id: string; cells: Partial<Record<Column, string>> }> = {
  febrl: {
    id: "rec_id",
    cells: {
      given: "given_name",
      family: "surname",
      birth: digits("date_of_birth"),
      document: "soc_sec_id",
      street: joined("street_number", "address_1", "address_2"),
      locality: "suburb",
      region: "state",
      postcode: "postcode",
    },
  },
  fake_1000: {
    id: "unique_id",
    cells: { given: "first_name", family: "surname", birth: digits("dob"), locality: "city", email: "lower(email)" },
  },
  people: {
    id: "id",
    cells: {
      given: "given_name",
      family: "surname",
      birth: digits("date_of_birth"),
      document: "document",
      phone: digits("phone"),
      email: "email",
      street: joined("street_number", "address_1"),
      locality: "city",
      postcode: "postcode",
    },
  },
}

const [name, file, out] = process.argv.slice(2) as [string, string, string]
const { id, cells } = CASES[name.startsWith("febrl") ? "febrl" : name]!
const folder = mkdtempSync(join(tmpdir(), "linchpin-linkage-"))
const began = performance.now()
const processor = process.cpuUsage()
copyFileSync(file, join(folder, basename(file)))
const engines = openEngines(folder)
const engine = await engines.open({ memoryLimit: "3000MB" })
try {
  const [header] = await engine.all<{ columns: string[] }>(
    `select list(column_name) as columns from (describe select * from read_csv(${literal(join(folder, basename(file)))}, all_varchar = true, header = true))`,
  )
  const tidy = header!.columns.map((c) => `nullif(trim(${quoted(c)}), '') as ${quoted(c.trim())}`).join(", ")
  await engine.exec(
    `create temp table stated as select ${id} as key, ${id} as record, '' as item, ${COLUMNS.map((c) => `nullif(${cells[c] ?? "null"}, '') as ${quoted(c)}`).join(", ")}
     from (select ${tidy} from read_csv(${literal(join(folder, basename(file)))}, all_varchar = true, header = true))`,
  )
  await numberFragments(engine)
  const linked = await link(engine)
  const { size } = linked.table
  const parent = Int32Array.from({ length: size }, (_, i) => i)
  const root = (x: number): number => {
    let at = x
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  const weightOf = weigher(linked)
  let held = 0
  for (let at = 0; at < linked.a.length; at++) {
    if ((weightOf(at) ?? 0) < HELD) continue
    held++
    const [x, y] = [root(linked.a[at]!), root(linked.b[at]!)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  const keys = await engine.all<{ key: string }>("select key from fragment order by i")
  const seconds = (performance.now() - began) / 1000
  const lines = keys.map(({ key }, i) => `${key},${root(i)}`)
  writeFileSync(out, `record,cluster\n${lines.join("\n")}\n`)
  const used = process.cpuUsage(processor)
  process.stdout.write(
    `${JSON.stringify({
      seconds: Number(seconds.toFixed(2)),
      cpuSeconds: Number(((used.user + used.system) / 1e6).toFixed(2)),
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
      fragments: size,
      keys: linked.keys,
      compared: linked.a.length,
      held,
      unused: linked.unused,
    })}\n`,
  )
} finally {
  engine.close()
  engines.close()
  rmSync(folder, { recursive: true, force: true })
}
