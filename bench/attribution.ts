/**
 * Share of person–number attributions that are right, by grade, and of spoken names that are resolved rightly, against the ground truth of
 * the demo. Right: the number's true bearer is the person whom the evidence names (the owner of the seized phone, the name in a report or in
 * his own words). Usage: node bench/attribution.ts [--scale S] [--seeds 31-34] ; one JSON line per seed, then the sums.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { fold } from "../src/ground/names/index.ts"
import { openApp } from "../src/shells/app/index.ts"
import { openPeople } from "../src/stages/entities/index.ts"

const { values } = parseArgs({ options: { scale: { type: "string", default: "S" }, seeds: { type: "string", default: "31-34" } } })
const seeds = values.seeds.split(",").flatMap((part) => {
  const [from, to] = part.split("-").map(Number)
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
})

interface Truth {
  /** By E.164, or by folded name. */
  bearers(value: string): ReadonlySet<string>
  /** By the reference of a seized phone. */
  owners(reference: string): readonly string[]
}

function truthOf(demo: string): Truth {
  const by = new Map<string, Set<string>>()
  const add = (key: string, person: string) => by.set(key, (by.get(key) ?? new Set()).add(person))
  for (const line of readFileSync(join(demo, "truth/identities.csv"), "utf8").trim().split("\n").slice(1)) {
    const [type, value, person] = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? "",
    )
    if (type && value && person) add(type === "phone" || type === "account" ? value : fold(value), person)
  }
  // Whom one phone alone knows stands in a list of his own, names and numbers together.
  for (const line of readFileSync(join(demo, "truth/bystanders.csv"), "utf8").trim().split("\n").slice(1)) {
    const [id, , name, native] = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? "",
    )
    for (const called of [name, native]) if (id && called) add(fold(called), id)
  }
  const phones = JSON.parse(readFileSync(join(demo, "truth/phones.json"), "utf8")) as { exhibit: string; owners: string[] }[]
  const owners = new Map(phones.map((p) => [p.exhibit, p.owners]))
  return { bearers: (value) => by.get(value) ?? new Set(), owners: (reference) => owners.get(reference) ?? [] }
}

interface Count {
  right: number
  wrong: number
  unknown: number
}
const sums = new Map<string, Count>()
const count = (table: Map<string, Count>, what: string, verdict: keyof Count) => {
  const at = table.get(what) ?? { right: 0, wrong: 0, unknown: 0 }
  at[verdict]++
  table.set(what, at)
}
const verdictOf = (claimed: ReadonlySet<string>, real: ReadonlySet<string>): keyof Count =>
  claimed.size === 0 || real.size === 0 ? "unknown" : [...claimed].some((p) => real.has(p)) ? "right" : "wrong"

for (const seed of seeds) {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-attribution-"))
  const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL })
  try {
    const asked = await app.gate.invoke("demo.run", { input: { seed, scale: values.scale }, caller: app.caller! })
    if (asked.shape !== "job") throw new Error("the demo is a job")
    for await (const job of app.store.jobs.watch(asked.job)) if (job.state === "failed") throw new Error(job.failure?.message)
    const read = app.store.register.read
    const investigation = (await read.query<{ id: string }>("select id from investigation order by opened_at")).rows[0]!.id
    const classes = (await read.query<{ id: number }>("select id from access_class order by id")).rows.map((r) => r.id)
    const people = await openPeople({ store: app.store, classes, investigation, digest: "attribution" })
    const truth = truthOf(join(folder, `demo-${values.scale}-${seed}`))
    const own = new Map<string, Count>()
    const wrong: string[] = []
    const rows = await people.engine.all<{ what: string; grade: string; rule: string; words: string }>(
      `select a.what, a.grade, e.rule, e.words from attribution a join attribution_evidence e on e.claim = a.id
       where a.relation = 'person-number' and e.side = 'for' and e.weight > 0 order by a.id, e.n`,
    )
    for (const [claim, evidence] of Map.groupBy(rows, (r) => `${r.what} ${r.grade}`)) {
      const { what, grade } = evidence[0]!
      // Who is named by what attributes; where nothing does, by what labels say.
      const naming = new Set(["label", "bill", "register"])
      const speaking = evidence.filter((e) => grade === "none" || !naming.has(e.rule))
      const claimed = new Set(
        speaking.flatMap(({ rule, words }) =>
          rule === "possession"
            ? truth.owners(/of (\S+?)[,;]/.exec(words)?.[1] ?? "")
            : [...words.matchAll(/“([^”]*)”/g)].flatMap((m) => [...truth.bearers(fold(m[1]!))]),
        ),
      )
      const verdict = verdictOf(claimed, truth.bearers(what.slice("phone:".length)))
      for (const table of [own, sums]) count(table, grade === "none" ? "none (by its labels)" : grade, verdict)
      if (verdict === "wrong" && grade !== "none") wrong.push(claim)
    }
    for (const c of await (await people.structure()).all<{ a: string; b: string }>(
      "select a, b from claim where rule = 'spoken-of' and refused is null order by a, b",
    )) {
      const [name, card] = c.a.startsWith("name:") ? [c.a, c.b] : [c.b, c.a]
      const number = /\+\d{6,}/.exec(card)?.[0]
      const verdict = verdictOf(truth.bearers(name.slice("name:".length)), number ? truth.bearers(number) : new Set())
      for (const table of [own, sums]) count(table, "spoken name", verdict)
      if (verdict === "wrong") wrong.push(`${name} = ${card}`)
    }
    people.close()
    process.stdout.write(`${JSON.stringify({ seed, claims: Object.fromEntries([...own].sort()), wrong: wrong.slice(0, 20) })}\n`)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
const table = [...sums].sort().map(([what, n]) => ({
  what,
  ...n,
  right_share: n.right + n.wrong === 0 ? null : Math.round((1000 * n.right) / (n.right + n.wrong)) / 1000,
}))
process.stdout.write(`${JSON.stringify(table)}\n`)
