/**
 * How long a cry for help takes from the commit of its record to the open screen of a duty officer, beside an intake of ordinary messages.
 * Run: node bench/life.ts [messages]. The worker is this process, so that reading and watching share one processor as on a small node.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openApp } from "#app"

const MESSAGES = Number(process.argv[2] ?? 50_000)
const ROUNDS = 5

const TALK = [
  "how are you, greet mother",
  "see you at the station at six",
  "باشە، سبەی دێم",
  "we eat at ten, bring bread",
  "وصلت للبيت",
  "call me later",
]
const CRY = "help us, the boat is sinking, 40 people, 51.0512, 1.4021"

const folder = mkdtempSync(join(tmpdir(), "linchpin-life-"))
const app = await openApp({ folder: join(folder, "data"), worker: false })
const caller = app.caller!
const stop = new AbortController()
const working = app.store.jobs.work(app.gate.handlers, stop.signal)

const MAPPING = {
  kind: "message",
  at: { column: "at", format: "ymd", zone: "UTC" },
  fields: { body: "text", thread: "thread" },
  constants: { app: "whatsapp" },
  parties: [{ part: "recipient", ids: [{ type: "phone", column: "other" }] }],
}

function phone(round: number): string {
  const path = join(folder, `phone-${round}`)
  mkdirSync(path)
  const at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16).replace("T", " ")
  const rows = Array.from(
    { length: MESSAGES },
    (_, n) => `${at},+447700900${String(n % 1000).padStart(3, "0")},"${TALK[n % TALK.length]}",t${n % 50}`,
  )
  rows[Math.floor(MESSAGES / 2)] = `${at},+447700900001,"${CRY}",t1`
  writeFileSync(join(path, "messages.csv"), `at,other,text,thread\n${rows.join("\n")}\n`)
  const grounds = { authority: "bench", grade: { scheme: "3x5x2", code: "1A" }, handling: "P" }
  writeFileSync(
    join(path, "material.json"),
    JSON.stringify({ reference: `L${round}`, kind: "device", ...grounds, files: { "messages.csv": { as: "table", mapping: MAPPING } } }),
  )
  return path
}

const leaving = new AbortController()
const answer = await app.gate.invoke("safeguards.follow", { input: {}, caller, signal: leaving.signal })
if (answer.shape !== "events") throw new Error("not a stream")
const alerts = answer.events[Symbol.asyncIterator]()
const seen = new Set<string>()
const took: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const began = performance.now()
  await app.gate.invoke("records.intake", { input: { paths: [phone(round)], investigation: "bench" }, caller })
  for (let fresh = false; !fresh; ) {
    const next = await alerts.next()
    for (const a of next.value as { id: string; deliveredAfterMs: number }[]) {
      if (seen.has(a.id)) continue
      seen.add(a.id)
      took.push(a.deliveredAfterMs)
      fresh = true
      const whole = Math.round(performance.now() - began)
      console.log(
        `round ${round + 1}: ${MESSAGES} messages; on the screen ${a.deliveredAfterMs} ms after the commit, ${whole} ms after the intake was asked for`,
      )
    }
  }
}
took.sort((a, b) => a - b)
console.log(`median ${took[Math.floor(ROUNDS / 2)]} ms, most ${took.at(-1)} ms after the commit`)
leaving.abort()
stop.abort()
await working
await app.close()
rmSync(folder, { recursive: true, force: true })
