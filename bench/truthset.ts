/**
 * A public truth set of people and organisations through the command line: `intake --map` for each file, `entities export --format clusters`, and the
 * clusters beside the key, by cluster and pairwise. Usage: node bench/truthset.ts [--data DIR]; DIR holds customers.csv, reference.csv, watchlist.csv and
 * actual_truthset_key.csv (Senzing truth sets, Apache-2.0). What differs is printed; what of it is explained stands in `bench/linkage/README.md`.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"

const { values: flags } = parseArgs({
  options: { data: { type: "string", default: join(import.meta.dirname, "../../shared/data/identity/senzing-demo") } },
})
const SETS = ["customers", "reference", "watchlist"] as const

/** Cells of one file, as rows by header. None of these files has a line break in a cell. */
function rowsOf(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? ""))
  return lines.map((cells) => Object.fromEntries(header!.map((name, c) => [name, cells[c] ?? ""])))
}

const folder = mkdtempSync(join(tmpdir(), "linchpin-truthset-"))
function linchpin(...args: readonly string[]): string {
  const ran = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "../src/shells/cli/main.ts"), ...args, "--data", join(folder, "data")],
    {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  )
  if (ran.status !== 0) throw new Error(`${args.join(" ")}: ${ran.stderr.trim()}`)
  return ran.stdout
}

const groups = (rows: Iterable<readonly [string, string]>): Map<string, string[]> => {
  const by = new Map<string, string[]>()
  for (const [record, group] of rows) by.set(group, [...(by.get(group) ?? []), record].sort())
  return by
}
const pairs = (sizes: Iterable<readonly string[]>): number => [...sizes].reduce((sum, own) => sum + (own.length * (own.length - 1)) / 2, 0)

try {
  for (const set of SETS) {
    const file = join(flags.data, `${set}.csv`)
    // Files of the set do not have all columns of each other: a mapping names only what a file has.
    const has = new Set(Object.keys(rowsOf(file)[0]!))
    const mapping = join(folder, `${set}.json`)
    writeFileSync(
      mapping,
      JSON.stringify(within(JSON.parse(readFileSync(join(import.meta.dirname, "linkage/truthset-map.json"), "utf8")), has)),
    )
    linchpin(
      "intake",
      file,
      "--investigation",
      "truthset",
      "--authority",
      "bench",
      "--grade",
      "1A",
      "--handling",
      "P",
      "--kind",
      "register",
      "--map",
      mapping,
    )
  }
  const out = linchpin("entities", "export", "--investigation", "truthset", "--format", "clusters")
  const found = new Map(
    out
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(",") as [string, string]),
  )
  const truth = new Map(rowsOf(join(flags.data, "actual_truthset_key.csv")).map((row) => [row["RECORD_ID"]!, row["CLUSTER_ID"]!]))
  const missing = [...truth.keys()].filter((record) => !found.has(record))
  const [told, there] = [groups([...found].filter(([r]) => truth.has(r))), groups(truth)]
  const whole = new Set([...told.values()].map(String))
  const both = pairs(groups([...truth].map(([r, c]) => [r, `${c} ${found.get(r)}`] as const)).values())
  const [said, real] = [pairs(told.values()), pairs(there.values())]
  const wrong = [...there].filter(([, own]) => !whole.has(String(own)))
  const round = (x: number) => Number(x.toFixed(4))
  process.stdout.write(
    `${JSON.stringify({
      records: truth.size,
      missing: missing.length,
      clusters: there.size,
      right: there.size - wrong.length,
      precision: round(both / said),
      recall: round(both / real),
      f1: round((2 * both) / (said + real)),
    })}\n`,
  )
  for (const [cluster, own] of wrong) {
    const parts = groups(own.map((r) => [r, found.get(r) ?? "absent"] as const))
    const with_ = [...parts.keys()].map((entity) => (told.get(entity) ?? []).join(" "))
    process.stdout.write(`${JSON.stringify({ cluster, truth: own.join(" "), found: with_ })}\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The mapping without what a file lacks: sources of absent columns, and fields and identifiers that are left without one. */
function within(mapping: unknown, has: ReadonlySet<string>): unknown {
  const COLUMN = /^[A-Z]+_[A-Z_]+$|^EMPLOYER$|^GENDER$/
  const kept = (value: unknown): unknown => {
    if (typeof value === "string") return COLUMN.test(value) && !has.has(value) ? undefined : value
    if (Array.isArray(value)) return value.map(kept).filter((v) => v !== undefined)
    if (typeof value !== "object" || value === null) return value
    const own = Object.fromEntries(
      Object.entries(value)
        .map(([key, v]) => [key, kept(v)])
        .filter(([, v]) => v !== undefined),
    )
    if ("column" in value && !("column" in own)) return undefined
    for (const list of ["first", "columns"] as const) if (list in value && (own[list] as unknown[]).length === 0) return undefined
    return own
  }
  return kept(mapping)
}
