/**
 * Names: our comparator beside others, on a public half benchmark, on the United Nations' list, on single words, on our own pairs; and its speed.
 * Usage: node bench/names.ts [public] [list] [tokens] [kurdish] [regional] [speed] (all without a word) ; prints one JSON value. The first three
 * need the shared data; PEERS_PYTHON names a Python that has jellyfish, to be measured beside. `frequencies SDN.CSV` prints the table of bearers
 * anew, `romanisation` that of letters, `pairs` the generated pairs as CSV. What the figures mean stands in bench/names/README.md.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { bearersTable } from "./names/frequencies.ts"
import { COUNT, reportKurdish, SEED } from "./names/kurdish.ts"
import { reportList } from "./names/list.ts"
import { makePairs } from "./names/pairs.ts"
import { reportPublic } from "./names/public.ts"
import { reportRegional } from "./names/regional.ts"
import { romanisationTable } from "./names/romanisation.ts"
import { reportSpeed } from "./names/speed.ts"
import { reportTokens } from "./names/tokens.ts"

const SHARED = join(import.meta.dirname, "../../shared/data")
const [what, file] = process.argv.slice(2)
const wants = (part: string) => process.argv.length < 3 || process.argv.slice(2).includes(part)
const withShared = <T>(run: () => T): T | string => (existsSync(SHARED) ? run() : `not measured: ${SHARED} is absent`)

if (what === "romanisation") process.stdout.write(`${romanisationTable(SHARED)}\n`)
else if (what === "frequencies" && file) process.stdout.write(bearersTable(file))
else if (what === "pairs") {
  const cell = (v: unknown) => `"${String(v).replaceAll('"', '""')}"`
  process.stdout.write("name1,name2,same,rule,listed,part\n")
  for (const p of makePairs(COUNT, SEED))
    process.stdout.write(`${[p.name1, p.name2, p.same, p.rule, p.listed, p.part].map(cell).join(",")}\n`)
} else {
  const python = process.env.PEERS_PYTHON
  const report = {
    ...(wants("public") ? { public: withShared(() => reportPublic(SHARED)) } : {}),
    ...(wants("list") ? { list: withShared(() => reportList(SHARED)) } : {}),
    ...(wants("tokens")
      ? { tokens: withShared(() => ({ seen: reportTokens(SHARED, "seen"), heldOut: reportTokens(SHARED, "held out") })) }
      : {}),
    ...(wants("regional") ? { regional: { seen: reportRegional("seen"), heldOut: reportRegional("held out") } } : {}),
    ...(wants("kurdish") ? { kurdish: reportKurdish(python), peers: python ?? "absent: PEERS_PYTHON is not set" } : {}),
    ...(wants("speed") ? { speed: reportSpeed() } : {}),
  }
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
}
