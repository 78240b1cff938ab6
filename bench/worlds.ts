/**
 * Invented operations as the workplace sees them, kept as JSON, so that several measurements can be made of one intake: who may be ranked
 * and on what, all ties, whom the truth says each entity is, and the truth's complete network. A share of the phones is taken away
 * before intake. Used by `bench/coverage.ts`; nothing here changes what the generator makes.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as access from "#access"
import { openApp } from "#app"
import { generate, type Known, readTruth, SCOPE_WORDS, type Scale, type TruthPerson, whoIs } from "#demo"
import { type Rankable, rankable, unknownNames } from "#entities"
import { selectItems } from "#evidence"
import { rng } from "#kernels"
import { openSnapshot, type TieRow } from "../src/stages/network/snapshot.ts"

export interface SeenWorld {
  seed: number
  scale: Scale
  hidden: string[]
  smuggling: boolean
  invisiblePrincipal: boolean
  players: Rankable[]
  ties: TieRow[]
  claims: Record<string, unknown>[]
  items: Record<string, unknown>[]
  unknownNames: { name: string; events: number; runs: boolean }[]
  known: Record<string, Known>
  truth: {
    people: Pick<TruthPerson, "id" | "kind" | "group" | "stage" | "visible" | "parts" | "wanted">[]
    ties: { a: string; b: string }[]
  }
  seconds: number
}

/** The world of a seed with a share of its phones never seized; made once and kept in `folder`. */
export async function seenWorld(folder: string, seed: number, scale: Scale, share: number): Promise<SeenWorld> {
  const file = join(folder, `${scale}-${seed}-${Math.round(share * 100)}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as SeenWorld
  mkdirSync(folder, { recursive: true })
  const world = await look(seed, scale, share)
  writeFileSync(`${file}.part`, JSON.stringify(world))
  renameSync(`${file}.part`, file)
  return world
}

async function look(seed: number, scale: Scale, share: number): Promise<SeenWorld> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), "linchpin-world-"))
  const made = join(folder, "made")
  const app = await openApp({ folder: join(folder, "node"), databaseUrl: process.env.DATABASE_URL, worker: false, watch: false })
  const stop = new AbortController()
  const gate = access.gate({ store: app.store, procedures: app.gate.procedures })
  const working = app.store.jobs.work(gate.handlers, stop.signal)
  const ask = async (name: string, input: unknown) => {
    const answer = await gate.invoke(name, { input, caller: app.caller! })
    if (answer.shape !== "job") throw new Error(`${name} is no job`)
    for await (const job of app.store.jobs.watch(answer.job)) {
      if (job.failure) throw new Error(`${name}: ${job.failure.message}`)
      if (job.state === "done") return job.result
    }
    throw new Error(`${name} was stopped`)
  }
  try {
    await generate({ folder: made, seed, scale })
    const truth = readTruth(made)
    const phones = truth.phones.map((p) => p.exhibit).sort()
    const hidden = rng(seed, 20)
      .shuffle([...phones])
      .slice(0, Math.round(share * phones.length))
      .sort()
    for (const exhibit of hidden) rmSync(join(made, "evidence", exhibit.replaceAll("/", "-")), { recursive: true })
    const investigation = "world"
    await ask("records.intake", { paths: [join(made, "evidence")], investigation })
    const register = app.store.register
    const [found] = await register.read
      .query<{ id: string }>("select id from investigation where name = $1", [investigation])
      .then((r) => r.rows)
    const { rows } = await register.read.query<{ id: number }>("select id from access_class order by id")
    const classes = rows.map((r) => r.id)
    const items = await register.transaction((tx) => selectItems(tx, { investigation: found!.id }), classes)
    for (const item of items.filter((i) => i.on_arrival))
      await ask("records.decide-scope", {
        investigation,
        item: item.id,
        rule: { words: SCOPE_WORDS, knownIdentifiers: true },
        reason: `Rows of ${item.reference ?? item.id} that name people, places or payments of the crossing under investigation.`,
      })
    const snapshot = await openSnapshot({ store: app.store, classes, investigation: found!.id, digest: "bench" }, {})
    try {
      const players = await rankable(snapshot.people)
      const structure = await snapshot.people.structure()
      const keys = await structure.all<{ id: string; keys: string[] }>("select id, keys from entity")
      const who = whoIs(made)
      return {
        seed,
        scale,
        hidden,
        smuggling: truth.smuggling,
        invisiblePrincipal: truth.invisiblePrincipal,
        players,
        ties: await snapshot.ties(),
        claims: await snapshot.people.engine.all("select * from claim"),
        items: items.map((i) => ({ ...i })),
        unknownNames: await unknownNames(snapshot.people),
        known: Object.fromEntries(keys.map((k) => [k.id, who(k.keys)])),
        truth: {
          people: truth.people
            .filter((p) => p.parts.length > 0 || ["principal", "organiser", "financier", "supplier", "forger", "aide"].includes(p.kind))
            .map(({ id, kind, group, stage, visible, parts, wanted }) => ({ id, kind, group, stage, visible, parts, wanted })),
          ties: truth.network.ties.map(({ a, b }) => ({ a, b })),
        },
        seconds: Math.round((performance.now() - began) / 100) / 10,
      }
    } finally {
      snapshot.close()
    }
  } finally {
    stop.abort()
    await working
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
