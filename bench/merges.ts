/**
 * Precision of identity claims by rule against the ground truth of the demo: of the claims that were followed, how many join two
 * identifiers of one person, how many of two people (listed), and how many the truth says nothing of. Usage: node bench/merges.ts
 * [--scale S] [--seeds 1-3] ; prints one JSON line per seed and the sums by rule.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { fold } from "../src/ground/names/index.ts"
import { openApp } from "../src/shells/app/index.ts"
import { openPeople } from "../src/stages/entities/index.ts"

const { values } = parseArgs({ options: { scale: { type: "string", default: "S" }, seeds: { type: "string", default: "1-3" } } })
const seeds = values.seeds.split(",").flatMap((part) => {
  const [from, to] = part.split("-").map(Number)
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
})

/** Who bears an identifier, by the truth's own list; several for a name or a number that was issued again. */
function bearersIn(demo: string): (key: string) => ReadonlySet<string> {
  const by = new Map<string, Set<string>>()
  const add = (key: string, person: string) => by.set(key, (by.get(key) ?? new Set()).add(person))
  for (const line of readFileSync(join(demo, "truth/identities.csv"), "utf8").trim().split("\n").slice(1)) {
    const [type, value, person] = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? "",
    )
    if (!type || !value || !person) continue
    if (type === "phone" || type === "account") add(value, person)
    else if (type === "handle") add(`handle:${value.toLowerCase()}`, person)
    else if (type === "document") add(`document:${value.toUpperCase()}`, person)
    else add(`name:${fold(value)}`, person)
  }
  return (key) => {
    const number = /\+\d{6,}/.exec(key)?.[0]
    const [type, ...rest] = key.split(":")
    const found =
      number !== undefined
        ? by.get(number)
        : type === "alias" || type === "name"
          ? by.get(`name:${rest.at(-1)}`)
          : by.get(`${type}:${rest.join(":")}`)
    return found ?? new Set()
  }
}

const sums = new Map<string, { right: number; wrong: number; unknown: number; refused: number }>()
for (const seed of seeds) {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-merges-"))
  const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL })
  try {
    const asked = await app.gate.invoke("demo.run", { input: { seed, scale: values.scale }, caller: app.caller! })
    if (asked.shape !== "job") throw new Error("the demo is a job")
    for await (const job of app.store.jobs.watch(asked.job)) if (job.state === "failed") throw new Error(job.failure?.message)
    const read = app.store.register.read
    const investigation = (await read.query<{ id: string }>("select id from investigation order by opened_at")).rows[0]!.id
    const classes = (await read.query<{ id: number }>("select id from access_class order by id")).rows.map((r) => r.id)
    const people = await openPeople({ store: app.store, classes, investigation, digest: "merges" })
    const bearers = bearersIn(join(folder, `demo-${values.scale}-${seed}`))
    const own = new Map<string, { right: number; wrong: number; unknown: number; refused: number }>()
    const wrong: string[] = []
    for (const c of await (await people.structure()).all<{ a: string; b: string; rule: string; refused: string | null }>(
      "select a, b, rule, refused from claim order by rule, a, b",
    )) {
      for (const table of [own, sums]) if (!table.has(c.rule)) table.set(c.rule, { right: 0, wrong: 0, unknown: 0, refused: 0 })
      const [x, y] = [bearers(c.a), bearers(c.b)]
      const verdict =
        c.refused !== null ? "refused" : x.size === 0 || y.size === 0 ? "unknown" : [...x].some((p) => y.has(p)) ? "right" : "wrong"
      own.get(c.rule)![verdict]++
      sums.get(c.rule)![verdict]++
      if (verdict === "wrong") wrong.push(`${c.rule}: ${c.a} = ${c.b}`)
    }
    people.close()
    process.stdout.write(`${JSON.stringify({ seed, rules: Object.fromEntries(own), wrong: wrong.slice(0, 20) })}\n`)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
const table = [...sums].map(([rule, n]) => ({
  rule,
  ...n,
  precision: n.right + n.wrong === 0 ? null : Math.round((1000 * n.right) / (n.right + n.wrong)) / 1000,
}))
process.stdout.write(`${JSON.stringify(table)}\n`)
