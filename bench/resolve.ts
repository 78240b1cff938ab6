/**
 * What one more exhibit costs: who is who worked out from nothing, and going on from what was known of the same sight before it came.
 * Both answers must be equal to the byte. Run: node bench/resolve.ts [cards]. Invented addresses only.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as access from "#access"
import { openApp } from "#app"
import { openPeople } from "#entities"

const CARDS = Number(process.argv[2] ?? 100_000)
/** Cards of one person, each with two of his addresses. */
const OF_ONE = 4

const folder = mkdtempSync(join(tmpdir(), "linchpin-resolve-"))
const app = await openApp({ folder: join(folder, "data"), worker: false })
const caller = app.caller!
const stop = new AbortController()
const working = app.store.jobs.work(app.gate.handlers, stop.signal)

const MAPPING = {
  kind: "contact",
  fields: { label: "name" },
  parties: [
    {
      part: "contact",
      name: "name",
      ids: [
        { type: "email", column: "one" },
        { type: "email", column: "two" },
      ],
    },
  ],
}

function phone(reference: string, from: number, count: number): string {
  const path = join(folder, reference)
  mkdirSync(path)
  const address = (person: number, n: number) => `p${person}-${n}@example.org`
  const rows = Array.from({ length: count }, (_, n) => {
    const [person, card] = [Math.floor((from + n) / OF_ONE), (from + n) % OF_ONE]
    return `Person ${person},${address(person, card)},${address(person, card + 1)}`
  })
  writeFileSync(join(path, "cards.csv"), `name,one,two\n${rows.join("\n")}\n`)
  const grounds = { authority: "bench", grade: { scheme: "3x5x2", code: "1A" }, handling: "P" }
  writeFileSync(
    join(path, "material.json"),
    JSON.stringify({ reference, kind: "device", ...grounds, files: { "cards.csv": { as: "table", mapping: MAPPING } } }),
  )
  return path
}

async function value<T>(name: string, input: object): Promise<T> {
  const answer = await app.gate.invoke(name, { input, caller })
  if (answer.shape === "value") return answer.value as T
  if (answer.shape !== "job") throw new Error(`${name} has no value`)
  for await (const job of app.store.jobs.watch(answer.job)) if (job.state === "failed") throw new Error(job.failure?.message)
  return undefined as T
}

interface Look {
  /** The whole picture, and of that the joining of identifiers. */
  seconds: number
  joining: number
  told: string
}

/** Works the picture out, or opens it, and tells it. */
async function look(): Promise<Look> {
  const { store } = app
  const sight = await store.register.transaction(async (tx) => {
    const now = await access.localCaller(tx)
    const investigation = (await access.findInvestigation(tx, now, "bench"))!
    return {
      investigation,
      ...(await access.sightOf(tx, now, { need: "look", purpose: "investigation", at: Date.now(), investigation })),
    }
  })
  const at = new Map<string, number>()
  const before = performance.now()
  const people = await openPeople(
    { store, classes: sight.classes, investigation: sight.investigation.id, digest: sight.digest },
    (_, words) => at.set(words, at.get(words) ?? performance.now()),
  )
  const seconds = (performance.now() - before) / 1000
  people.close()
  const joining = ((at.get("Weighing conduct") ?? 0) - (at.get("Joining identifiers") ?? 0)) / 1000
  return { seconds, joining, told: JSON.stringify(await value("entities.list", { investigation: "bench", limit: 5000 })) }
}

await value("investigations.open", { name: "bench" })
await value("records.intake", { investigation: "bench", paths: [phone("BIG", 0, CARDS)] })
const first = await look()
// One more phone: half of its cards are of people who are known already.
await value("records.intake", { investigation: "bench", paths: [phone("SMALL", CARDS - 50, 100)] })
const grown = await look()
for (const name of ["entities", "mentioned", "pairs", "reading"])
  for (const one of readdirSync(join(folder, "data", "derived", name)))
    rmSync(join(folder, "data", "derived", name, one), { recursive: true })
const full = await look()

const line = (what: string, { seconds, joining }: Look) =>
  console.log(`${what.padEnd(44)} whole picture ${seconds.toFixed(2).padStart(7)} s, of that joining ${joining.toFixed(2).padStart(7)} s`)
console.log(`${CARDS} cards of ${Math.ceil(CARDS / OF_ONE)} people`)
line("from nothing, before", first)
line("100 cards more, going on from before", grown)
line("100 cards more, from nothing", full)
console.log(grown.told === full.told ? "equal to the byte" : "NOT EQUAL")

stop.abort()
await working
await app.close()
rmSync(folder, { recursive: true, force: true })
process.exitCode = grown.told === full.told ? 0 : 1
