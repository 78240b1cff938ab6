/**
 * The ranked picture against the ground truth, seed by seed: how many of the first ten are principals, organisers, financiers,
 * suppliers or forgers, beside bare degree and bare betweenness in the same run; who was wrong; and whether anybody stands in the
 * list who must never be there. Usage: node bench/picture.ts [--scale S] [--seeds 1-5,21] ; prints JSON lines and a last line of means.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openApp } from "../src/shells/app/index.ts"

const { values } = parseArgs({ options: { scale: { type: "string", default: "S" }, seeds: { type: "string", default: "1-5" } } })
const seeds = values.seeds.split(",").flatMap((part) => {
  const [from, to] = part.split("-").map(Number)
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
})

interface Outcome {
  score: {
    hits: number
    aides: number
    wrong: unknown[]
    never: unknown[]
    players: number
    rawDegree: number
    rawBetweenness: number
    truth: { all: number; principals: number; principalsInList: number }
  }
  records: number
}

const all: (Outcome["score"] & { seed: number })[] = []
for (const seed of seeds) {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-picture-"))
  const app = await openApp({ folder, databaseUrl: process.env.DATABASE_URL })
  const began = performance.now()
  try {
    const asked = await app.gate.invoke("demo.run", { input: { seed, scale: values.scale }, caller: app.caller! })
    if (asked.shape !== "job") throw new Error("the demo is a job")
    for await (const job of app.store.jobs.watch(asked.job)) {
      if (job.state === "failed") throw new Error(job.failure?.message)
      if (job.state !== "done") continue
      const { score, records } = job.result as Outcome
      all.push({ seed, ...score })
      process.stdout.write(
        `${JSON.stringify({ seed, scale: values.scale, records, seconds: Math.round((performance.now() - began) / 100) / 10, ...score })}\n`,
      )
    }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
const smuggling = all.filter((s) => s.truth.all > 0)
const mean = (of: (s: (typeof all)[number]) => number) =>
  Math.round((100 * smuggling.reduce((sum, s) => sum + of(s), 0)) / Math.max(1, smuggling.length)) / 100
process.stdout.write(
  `${JSON.stringify({
    seeds: all.length,
    scale: values.scale,
    hits: mean((s) => s.hits),
    aides: mean((s) => s.aides),
    wrong: mean((s) => s.wrong.length),
    rawDegree: mean((s) => s.rawDegree),
    rawBetweenness: mean((s) => s.rawBetweenness),
    principalsInList: mean((s) => s.truth.principalsInList),
    never: all.reduce((n, s) => n + s.never.length, 0),
    playersWithoutSmuggling: all.filter((s) => s.truth.all === 0).map((s) => s.players),
  })}\n`,
)
