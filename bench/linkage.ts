/**
 * Linkage of people without labels, beside its peers, in one run: `node bench/linkage.ts [--people 100000,1000000] [--scripts 0.3]
 * [--data DIR] [--slope]`. Pairwise F1 of the clusters, seconds, processor seconds, peak memory and pairs compared, one JSON line each. Cases: the
 * public files under `--data` (default ../shared/data/identity), and invented people (`bench/linkage/people.ts`). Peer: Splink 4 with the settings of
 * its own examples, where PEERS_PYTHON names a Python that can import it. `--slope` fits time against rows over `--people`.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { writePeople } from "./linkage/people.ts"

const { values: flags } = parseArgs({
  options: {
    people: { type: "string", default: "100000" },
    scripts: { type: "string", default: "0.3" },
    data: { type: "string", default: join(import.meta.dirname, "../../shared/data/identity") },
    slope: { type: "boolean", default: false },
    public: { type: "boolean", default: true },
    peer: { type: "boolean", default: true },
  },
  allowNegative: true,
})

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const python = process.env.PEERS_PYTHON
const peered = flags.peer && python !== undefined && spawnSync(python, ["-c", "import splink"]).status === 0
if (flags.peer && !peered) say({ peer: "Splink is absent: set PEERS_PYTHON to a Python that can import it" })

/** Row → person. */
type Truth = ReadonlyMap<string, string>
const rowsOf = (file: string): string[][] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map((cell) => cell.trim()))
const truthOf = (file: string, person: (row: string[]) => string): Truth => new Map(rowsOf(file).map((row) => [row[0]!, person(row)]))

function scored(out: string, truth: Truth): { precision: number; recall: number; f1: number } {
  const pairs = (groups: Iterable<string>) => {
    const sizes = new Map<string, number>()
    for (const g of groups) sizes.set(g, (sizes.get(g) ?? 0) + 1)
    let sum = 0
    for (const n of sizes.values()) sum += (n * (n - 1)) / 2
    return sum
  }
  const found = new Map(rowsOf(out).map(([row, cluster]) => [row!, cluster!]))
  const right = pairs([...truth].map(([row, person]) => `${person} ${found.get(row)}`))
  const [told, there] = [pairs(found.values()), pairs(truth.values())]
  const round = (x: number) => Number(x.toFixed(4))
  return { precision: round(right / told), recall: round(right / there), f1: round((2 * right) / (told + there)) }
}

const folder = mkdtempSync(join(tmpdir(), "linchpin-bench-linkage-"))

/** One process, one case; null when it broke. */
function measured(
  who: string,
  command: string,
  args: readonly string[],
  name: string,
  file: string,
  truth: Truth,
): Record<string, number> | null {
  const out = join(folder, `${who}.csv`)
  rmSync(out, { force: true })
  const ran = spawnSync(command, [...args, name, file, out], { encoding: "utf8", maxBuffer: 1 << 26 })
  const line = ran.stdout.trim().split("\n").at(-1) ?? ""
  if (ran.status !== 0 || !existsSync(out)) {
    say({ case: name, by: who, failed: ran.stderr.trim().split("\n").slice(-3).join(" ") || `ended with ${ran.signal ?? ran.status}` })
    return null
  }
  const figures = JSON.parse(line) as Record<string, number>
  say({ case: name, by: who, rows: truth.size, ...scored(out, truth), ...figures })
  return figures
}

const ours = (name: string, file: string, truth: Truth) =>
  measured(
    "linchpin",
    process.execPath,
    ["--max-old-space-size=8192", join(import.meta.dirname, "linkage/resolve-file.ts")],
    name,
    file,
    truth,
  )
const theirs = (name: string, file: string, truth: Truth) =>
  peered ? measured("splink", python!, [join(import.meta.dirname, "linkage/beside_splink.py")], name, file, truth) : null

try {
  const person = (row: string[]) => row[0]!.split("-")[1]!
  if (flags.public)
    for (const [name, of] of [
      ["febrl1", person],
      ["febrl2", person],
      ["febrl3", person],
      ["fake_1000", (row: string[]) => row.at(-1)!],
    ] as const) {
      const file = join(flags.data, `${name}.csv`)
      if (!existsSync(file)) say({ case: name, absent: file })
      else {
        ours(name, file, truthOf(file, of))
        if (name !== "febrl1" && name !== "febrl2") theirs(name, file, truthOf(file, of))
      }
    }
  const times: [number, number][] = []
  for (const rows of flags.people.split(",").map(Number)) {
    const file = join(folder, "people.csv")
    await writePeople(file, { rows, seed: 1, scripts: Number(flags.scripts) })
    const truth = truthOf(file, (row) => row[1]!)
    const figures = ours("people", file, truth)
    if (figures) times.push([Math.log10(rows), Math.log10(figures["cpuSeconds"]!)])
    theirs("people", file, truth)
  }
  if (flags.slope && times.length > 1) {
    const mean = (of: (t: [number, number]) => number) => times.reduce((sum, t) => sum + of(t), 0) / times.length
    const [x, y] = [mean(([n]) => n), mean(([, t]) => t)]
    const slope = times.reduce((s, [n, t]) => s + (n - x) * (t - y), 0) / times.reduce((s, [n]) => s + (n - x) ** 2, 0)
    say({ slope: Number(slope.toFixed(3)), of: "processor seconds against rows, both as logarithms", points: times.length })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
