import { spawn } from "node:child_process"
import { existsSync, type FSWatcher, readFileSync, watch } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rng } from "#kernels"
import { mountRecords } from "#records"
import { type Ground, ground, journalOf, openInvestigationAs, testApp } from "../support/store.ts"
import { passengers, phonesFolder } from "../support/world.ts"

const LONG = process.env.LONG === "1"
const TRIALS = LONG ? 20 : 4
const PHONES = LONG ? 20 : 10
const SEED = Number(process.env.KILL_SEED ?? 1)
const MAIN = join(import.meta.dirname, "../../src/shells/cli/main.ts")
const NODE_KEY = Buffer.alloc(32, 7)
const INVESTIGATION = "in_00000000000000000k11"
/** Where a run leaves its traces: each change in one of these is a point at which it can be killed. */
const WATCHED = ["vault/aside", "segments/aside", "tmp", "derived", "register/pg_wal"]

/** Phones of two kinds of seizure, one with a long chat, things that are no records, and damage. */
function evidence(): string {
  const long = Array.from({ length: LONG ? 60_000 : 9_000 }, (_, n) => `{"id":${n},"text":"line ${n} of an invented log"}`).join("\n")
  return phonesFolder(
    passengers(PHONES, (n) => ({
      arrival: n % 5 === 4,
      more: {
        "notes.txt": `nothing in particular, phone ${n}\n`,
        "empty.bin": "",
        "card.vcf": `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Shop ${n}\r\nTEL:+44 7700 900 ${300 + n}\r\nEND:VCARD\r\n`,
        "broken.zip": Buffer.from("504b03041400000008", "hex"),
        ...(n === 1 ? { "log.jsonl": long } : {}),
      },
    })),
  )
}

interface Ended {
  code: number | null
  stdout: string
  stderr: string
  /** Changes that were seen in the watched folders. */
  changes: number
}

/** Runs the real command line on a ground in a process group of its own; after so many changes in the data folder the whole group is killed. */
async function linchpin(own: Ground, words: readonly string[], killAfter = Number.POSITIVE_INFINITY, postmaster = false): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...words, "--data", own.folder, "--json"], {
    detached: true,
    env: own.env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let changes = 0
  const kill = () => {
    if (++changes !== Math.ceil(killAfter)) return
    try {
      process.kill(-child.pid!, "SIGKILL")
      if (postmaster) killPostmaster(own)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
    }
  }
  const watchers: FSWatcher[] = WATCHED.filter((at) => existsSync(join(own.folder, at))).map((at) => watch(join(own.folder, at), kill))
  const [out, err]: string[][] = [[], []]
  child.stdout.on("data", (part: Buffer) => out!.push(part.toString()))
  child.stderr.on("data", (part: Buffer) => err!.push(part.toString()))
  const code = await new Promise<number | null>((done) => child.once("close", done))
  for (const watcher of watchers) watcher.close()
  return { code, stdout: out!.join(""), stderr: err!.join(""), changes }
}

function killPostmaster(own: Ground, signal: NodeJS.Signals = "SIGKILL"): void {
  const path = join(own.folder, "register/postmaster.pid")
  if (!existsSync(path)) return
  try {
    process.kill(Number(readFileSync(path, "utf8").split("\n")[0]), signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

async function prepared(): Promise<Ground> {
  const own = await ground({ nodeKey: NODE_KEY, migrated: true })
  const app = await testApp({ ground: own })
  await openInvestigationAs(app, INVESTIGATION, "k")
  await app.close()
  return own
}

const intake = (folder: string) => ["intake", folder, "--investigation", "k", "--authority", "invented", "--grade", "1A", "--handling", "P"]
const RANK = ["rank", "--investigation", "k", "--top", "5"]

/** Everything that must not depend on where a run was killed. The snapshot's id names the files that batches made, which does. */
async function outcome(own: Ground, rank: string) {
  const app = await testApp({ ground: own })
  try {
    const exhibits = await app.store.register.transaction(
      async (tx) =>
        (
          await tx.query(
            "select id, item, name, sha256, state, format, undecided, reading->'there' as there, reading->'read' as read, reading->'rejected' as rejected from exhibit order by id",
          )
        ).rows,
      "all",
    )
    const classes = (await app.store.register.read.query<{ id: number }>("select id from access_class")).rows.map((r) => r.id)
    const rows: Record<string, { n: number; ids: number; digest: string }> = {}
    for (const scope of ["in", "undecided"] as const) {
      const mounted = await mountRecords(app.store, classes, { scope })
      for (const kind of ["message", "call", "contact", "statement", "reject"]) {
        const [counted] = await mounted.engine.all<{ n: number; ids: number; digest: string }>(
          `select count(*) as n, count(distinct id) as ids, md5(string_agg(id, ',' order by id)) as digest from "${kind}"`,
        )
        rows[`${scope} ${kind}`] = counted!
      }
      const [mentions] = await mounted.engine.all<{ n: number; ids: number; digest: string }>(
        "select count(*) as n, count(distinct (record, party, type, key, part)) as ids, md5(string_agg(record || key || part, ',' order by record, key, part)) as digest from mention",
      )
      rows[`${scope} mention`] = mentions!
      mounted.close()
    }
    const entities = (await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation: "k", limit: 5000 })).entities.map(
      (e) => e.id,
    )
    const sealed = (await journalOf(app)).flatMap((entry) => {
      const note = (entry.payload as { note?: { sealed?: string; exhibit?: string } } | null)?.note
      return note?.sealed === undefined ? [] : [note.exhibit!]
    })
    const { snapshot: _, ...ranking } = JSON.parse(rank) as { snapshot: string }
    const left = await app.store.segments.sweep()
    return { exhibits, rows, entities, sealed: sealed.sort(), ranking, left }
  } finally {
    await app.close()
  }
}

async function finish(own: Ground, folder: string) {
  const again = await linchpin(own, intake(folder))
  expect(again.code, again.stderr).toBe(0)
  const rank = await linchpin(own, RANK)
  expect(rank.code, rank.stderr).toBe(0)
  return { intake: again, rank, outcome: await outcome(own, rank.stdout) }
}

let folder: string
let undisturbed: Awaited<ReturnType<typeof finish>>
beforeAll(async () => {
  folder = evidence()
  const own = await prepared()
  undisturbed = await finish(own, folder)
  killPostmaster(own, "SIGTERM")
  await own.remove()
}, 600_000)
afterAll(() => undefined)

test("the undisturbed run reads everything once", () => {
  const { exhibits, rows, sealed, ranking, entities } = undisturbed.outcome
  expect(exhibits).toHaveLength(PHONES * 7 + 1)
  expect(sealed).toEqual(exhibits.map((e) => e.id))
  expect(exhibits.filter((e) => e.state === "sealed")).toEqual([])
  for (const [name, { n, ids }] of Object.entries(rows)) expect(ids, name).toBe(n)
  expect(rows["in message"]!.n + rows["undecided message"]!.n).toBe(PHONES * 6)
  expect((ranking as { players?: unknown[] }).players).toHaveLength(1)
  expect(entities.length).toBeGreaterThan(10)
})

test.each(Array.from({ length: TRIALS }, (_, n) => n + 1))(
  `killed at random points (seed ${SEED}, trial %i), it goes on to the same end, with nothing twice`,
  async (trial) => {
    const random = rng(SEED, trial)
    const own = await prepared()
    const points: string[] = []
    try {
      for (let kills = 0; kills < 1 + Math.floor(random.next() * 3); kills++) {
        const words = kills > 0 && random.next() < 0.3 ? RANK : intake(folder)
        const seen = words === RANK ? undisturbed.rank.changes : undisturbed.intake.changes
        const after = 1 + Math.floor(random.next() * seen)
        const postmaster = random.next() < 0.4
        const { code, changes } = await linchpin(own, words, after, postmaster)
        points.push(
          `${words[0]} after ${after} of ${changes} changes${postmaster ? ", postmaster too" : ""}${code === null ? "" : " (had ended)"}`,
        )
      }
      if (random.next() < 0.5) {
        // The analysis is killed on whole evidence as well.
        expect((await linchpin(own, intake(folder))).code, points.join("; ")).toBe(0)
        const after = 1 + Math.floor(random.next() * undisturbed.rank.changes)
        await linchpin(own, RANK, after, random.next() < 0.4)
        points.push(`rank after ${after}`)
      }
      const { outcome: found } = await finish(own, folder)
      expect(found, points.join("; ")).toEqual(undisturbed.outcome)
      const out = join(own.folder, "journal.txt")
      expect((await linchpin(own, ["journal", "export", "--out", out])).code).toBe(0)
      const verdict = await linchpin(own, ["verify", out])
      expect(JSON.parse(verdict.stdout), points.join("; ")).toMatchObject({ ok: true, first: null })
    } finally {
      killPostmaster(own, "SIGTERM")
      await own.remove()
    }
  },
  600_000,
)
