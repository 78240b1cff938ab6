/**
 * Invented operations as the workplace sees them, so that several measurements can be made of one intake: who may be ranked and on what,
 * all ties, who did what on which day, whom the truth says each entity is, and the truth's complete network. A share of the phones is taken
 * away before intake. The node of each world is kept beside what was read out of it, which `anew` reads again with the code as it is.
 * Used by `bench/coverage.ts` and `bench/options.ts`; nothing here changes what the generator makes.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as access from "#access"
import { openApp } from "#app"
import { generate, type Known, readTruth, SCOPE_WORDS, type Scale, score, type TruthPerson, whoIs } from "#demo"
import { type Rankable, rankable, unknownNames } from "#entities"
import { selectItems } from "#evidence"
import { rng } from "#kernels"
import { redrawn } from "#network"
import { openSnapshot, type TieRow } from "../src/stages/network/snapshot.ts"
import { type SpokenAs, spokenNames } from "../src/stages/network/unseen/spoken-names.ts"
import { type Participations, participationsOf } from "../src/stages/plan/chain/participation.ts"

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
  /** By player: names spoken of in talk that may be his. */
  spokenNames: [string, SpokenAs[]][]
  unknownNames: { name: string; events: number; runs: boolean }[]
  known: Record<string, Known>
  /** Whoever stands in the list and must never be there. */
  never: { label: string; kind: string }[]
  participations: Pick<Participations, "list" | "weeks">
  /** The picture drawn again under every scenario: seizure events, how often each counts, and who is present. */
  draws: { events: string[]; networks: { event: number[]; present: number[] }[] }
  truth: {
    people: Pick<TruthPerson, "id" | "kind" | "group" | "stage" | "visible" | "parts" | "wanted">[]
    ties: { a: string; b: string }[]
    nodes: string[]
    launches: { id: string; group: string; at: number }[]
  }
  seconds: number
}

interface WorldsAsked {
  /** Where worlds are kept. */
  folder: string
  scale: Scale
  /** Share of the phones that is taken away before intake. */
  missing: number
  /** Read the kept node again, with the code as it is now. */
  anew?: boolean
}

/** Seeds out of words such as `1-5,21`. */
export const seedsOf = (words: string): number[] =>
  words.split(",").flatMap((part) => {
    const [from, to] = part.split("-").map(Number)
    return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
  })

export const WORLDS = join(tmpdir(), "linchpin-worlds")

/** The world of a seed; made once and kept. */
export async function seenWorld(seed: number, asked: WorldsAsked): Promise<SeenWorld> {
  const home = join(asked.folder, `${asked.scale}-${seed}-${Math.round(asked.missing * 100)}`)
  const file = join(home, "seen.json")
  if (!asked.anew && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as SeenWorld
  const whole = join(home, "taken-in")
  if (!existsSync(whole)) rmSync(home, { recursive: true, force: true })
  if (asked.anew) for (const name of ["entities", "network"]) rmSync(join(home, "node/derived", name), { recursive: true, force: true })
  const world = await look(home, seed, asked)
  writeFileSync(`${file}.part`, JSON.stringify(world))
  renameSync(`${file}.part`, file)
  return world
}

async function look(home: string, seed: number, { scale, missing }: WorldsAsked): Promise<SeenWorld> {
  const began = performance.now()
  mkdirSync(home, { recursive: true })
  const made = join(home, "made")
  const whole = join(home, "taken-in")
  const app = await openApp({ folder: join(home, "node"), databaseUrl: process.env.DATABASE_URL, worker: false, watch: false })
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
  const investigation = "world"
  const investigationId = async () => {
    const { rows } = await app.store.register.read.query<{ id: string }>("select id from investigation where name = $1", [investigation])
    return rows[0]!.id
  }
  const classesOf = async () => {
    const { rows } = await app.store.register.read.query<{ id: number }>("select id from access_class order by id")
    return rows.map((r) => r.id)
  }
  const itemsOf = async (id: string, classes: number[]) =>
    app.store.register.transaction((tx) => selectItems(tx, { investigation: id }), classes)
  /** Makes the operation, takes the rest of its phones in, and decides what is in scope. */
  const takeIn = async () => {
    await generate({ folder: made, seed, scale })
    const hidden = hiddenPhones(made, seed, missing)
    for (const exhibit of hidden) rmSync(join(made, "evidence", exhibit.replaceAll("/", "-")), { recursive: true })
    await ask("records.intake", { paths: [join(made, "evidence")], investigation })
    for (const item of (await itemsOf(await investigationId(), await classesOf())).filter((i) => i.on_arrival))
      await ask("records.decide-scope", {
        investigation,
        item: item.id,
        rule: { words: SCOPE_WORDS, knownIdentifiers: true },
        reason: `Rows of ${item.reference ?? item.id} that name people, places or payments of the crossing under investigation.`,
      })
    rmSync(join(made, "evidence"), { recursive: true })
    writeFileSync(whole, "")
  }
  try {
    if (!existsSync(whole)) await takeIn()
    const truth = readTruth(made)
    const classes = await classesOf()
    const id = await investigationId()
    const snapshot = await openSnapshot({ store: app.store, classes, investigation: id, digest: "bench" }, {})
    try {
      const players = await rankable(snapshot.people)
      const structure = await snapshot.people.structure()
      const keys = await structure.all<{ id: string; keys: string[] }>("select id, keys from entity")
      const who = whoIs(made)
      const keysOf = new Map(keys.map((k) => [k.id, k.keys]))
      const { list, weeks } = await participationsOf(snapshot)
      const resampled = await redrawn.resampledNetworks(snapshot, { draws: 3, seed: 1 })
      return {
        seed,
        scale,
        hidden: hiddenPhones(made, seed, missing),
        smuggling: truth.smuggling,
        invisiblePrincipal: truth.invisiblePrincipal,
        players,
        ties: await snapshot.ties(),
        claims: await snapshot.people.engine.all("select * from claim"),
        items: (await itemsOf(id, classes)).map((i) => ({ ...i })),
        spokenNames: [...(await spokenNames(snapshot.people, players))],
        unknownNames: await unknownNames(snapshot.people),
        known: Object.fromEntries(keys.map((k) => [k.id, who(k.keys)])),
        never: score(
          made,
          players.map((p) => ({ label: p.label, keys: keysOf.get(p.entity) ?? [] })),
          [],
          [],
        ).never,
        participations: { list, weeks },
        draws: {
          events: resampled.events,
          networks: resampled.networks.map((n) => ({ event: [...n.event], present: [...n.present] })),
        },
        truth: {
          people: truth.people
            .filter((p) => p.parts.length > 0 || ["principal", "organiser", "financier", "supplier", "forger", "aide"].includes(p.kind))
            .map(({ id, kind, group, stage, visible, parts, wanted }) => ({ id, kind, group, stage, visible, parts, wanted })),
          ties: truth.network.ties.map(({ a, b }) => ({ a, b })),
          nodes: truth.network.nodes,
          launches: truth.events.launches.map(({ id, group, at }) => ({ id, group, at })),
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
  }
}

const hiddenPhones = (made: string, seed: number, missing: number): string[] => {
  const phones = readTruth(made)
    .phones.map((p) => p.exhibit)
    .sort()
  return rng(seed, 20)
    .shuffle([...phones])
    .slice(0, Math.round(missing * phones.length))
    .sort()
}
