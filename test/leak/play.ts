import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as access from "#access"
import { type App, openApp } from "#app"
import { Failure } from "#vocabulary/failure"
import { folderOf, type Ground, ground, openInvestigationAs, personAs } from "../support/store.ts"
import { phonesFolder } from "../support/world.ts"
import type { Act, Person, World } from "./script.ts"

/** A node on which worlds are played one after the other, under a clock that the play sets. */
export interface Stage {
  app: App
  gate: access.Gate
  /** UTC milliseconds; the same act happens at the same time in every world that has it. */
  now: number
  end(): Promise<void>
}

const NODE_KEY = Buffer.alloc(32, 7)
const BEGIN = Date.UTC(2026, 0, 1)

export async function openStage(): Promise<Stage> {
  const own: Ground = await ground({ nodeKey: NODE_KEY, migrated: true })
  const stage = { now: BEGIN } as Stage
  const app = await openApp({ folder: own.folder, databaseUrl: own.databaseUrl, worker: false, clock: () => stage.now })
  return Object.assign(stage, {
    app,
    gate: access.gate({ store: app.store, procedures: app.gate.procedures, checkOutput: true }),
    end: async () => {
      await app.close()
      await own.remove()
    },
  })
}

/** Everything that leaves for whoever asked, as text: what is compared byte by byte. */
export async function told(
  stage: Stage,
  name: string,
  input: Record<string, unknown>,
  caller: access.Caller,
  purpose?: string,
): Promise<string> {
  const { gate } = stage
  try {
    const answer = await gate.invoke(name, { input: structuredClone(input), caller, ...(purpose ? { purpose } : {}) })
    return `${JSON.stringify(answer.mark)}\n${await bodyOf(stage, answer)}`
  } catch (error) {
    if (error instanceof Failure) return JSON.stringify(error.toJSON())
    throw new Error(`${name} ${JSON.stringify(input)} broke: ${(error as Error).stack}`)
  }
}

async function bodyOf(stage: Stage, answer: access.Answer): Promise<string> {
  switch (answer.shape) {
    case "value":
      return JSON.stringify(answer.value)
    case "rows":
      return (await Array.fromAsync(answer.rows)).map((row) => JSON.stringify(row)).join("\n")
    case "events":
      return (await Array.fromAsync(answer.events)).map((event) => JSON.stringify(event)).join("\n")
    case "bytes": {
      const { mediaType, name, body } = answer.bytes
      const parts = (await Array.fromAsync(body as AsyncIterable<Uint8Array>)).map((part) => Buffer.from(part))
      return [mediaType, name, Buffer.concat(parts).toString("hex")].join("\n")
    }
    case "job":
      return `${answer.job}\n${await worked(stage, answer.job)}`
  }
}

/** Does a queued job at once, as the worker does it: the queue's delay is not compared. */
async function worked({ app, gate }: Stage, id: string): Promise<string> {
  const job = (await app.store.jobs.get(id))!
  const end = (state: string, result: unknown, failure: unknown) =>
    app.store.register.read.query("update job set state = $2, result = $3, failure = $4, attempts = 1 where id = $1", [
      id,
      state,
      result === undefined ? null : JSON.stringify(result),
      failure ? JSON.stringify(failure) : null,
    ])
  try {
    const result = await gate.handlers[job.kind]!(job, { progress: () => undefined, signal: new AbortController().signal })
    await end("done", result, null)
    return JSON.stringify(result)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await end("failed", undefined, error.toJSON())
    return JSON.stringify(error.toJSON())
  }
}

/** The people of a world as they come in, and those of its investigations that are there. */
export interface Cast {
  callerOf(id: string): access.Caller
}

async function enter(stage: Stage, world: World, withHidden: boolean): Promise<Cast> {
  const there = world.investigations.filter((i) => withHidden || !i.hidden)
  for (const { id, name } of there) await openInvestigationAs({ store: stage.app.store, caller: stage.app.caller! }, id, name)
  const callers = new Map<string, access.Caller>()
  for (const person of [world.viewer, world.peer, ...world.cleared])
    callers.set(person.id, await arrive(stage, person, new Set(there.map((i) => i.id))))
  return { callerOf: (id) => callers.get(id)! }
}

const arrive = ({ app }: Stage, p: Person, there: ReadonlySet<string>): Promise<access.Caller> =>
  personAs(app, {
    id: p.id,
    organisation: p.organisation,
    clearance: p.clearance,
    roles: p.in.filter((i) => there.has(i)).flatMap((investigation) => p.roles.map((role) => ({ role, investigation }))),
  })

/** Folders of what is taken in: one for an act, wherever it is played, because an id may follow from the path. */
export class Folders {
  readonly #made = new Map<Act, string>()

  of(act: Act & { does: "take-in" | "take-in-loose" }): string {
    let folder = this.#made.get(act)
    if (folder === undefined) {
      folder = act.does === "take-in" ? phonesFolder(act.phones) : folderOf({})
      if (act.does === "take-in-loose") writeFileSync(join(folder, act.name), act.text)
      this.#made.set(act, folder)
    }
    return folder
  }

  remove(): void {
    for (const folder of this.#made.values()) rmSync(folder, { recursive: true, force: true })
    this.#made.clear()
  }
}

/** Plays a world: with its hidden acts, or as if they never were. Gives the cast, and what every act that is not hidden answered. */
export async function play(stage: Stage, world: World, withHidden: boolean, folders: Folders): Promise<{ cast: Cast; answers: string[] }> {
  stage.now = BEGIN + world.n * 3_600_000
  const cast = await enter(stage, world, withHidden)
  const answers: string[] = []
  for (const [turn, act] of world.acts.entries()) {
    if (act.hidden && !withHidden) continue
    stage.now = BEGIN + world.n * 3_600_000 + turn * 60_000
    const answer = await perform(stage, act, cast.callerOf(act.by), folders)
    // What the peer is told is what the viewer would be told; the cleared are told more in world A.
    if (act.by === world.peer.id) answers.push(answer)
  }
  stage.now = BEGIN + world.n * 3_600_000 + 3_000_000
  return { cast, answers }
}

async function perform(stage: Stage, act: Act, caller: access.Caller, folders: Folders): Promise<string> {
  const { investigation } = act
  const ask = (name: string, input: Record<string, unknown>) => told(stage, name, input, caller, act.purpose)
  switch (act.does) {
    case "take-in":
      return ask("records.intake", { paths: [folders.of(act)], investigation })
    case "take-in-loose":
      return takeInLoose(stage, act, caller, folders)
    case "decide-scope": {
      const item = await itemOf(stage, act, caller)
      const rule = { words: act.words, knownIdentifiers: act.known }
      return ask("records.decide-scope", { investigation, item, rule, reason: "relates to the lawful purpose" })
    }
    case "set-standing": {
      const entity = await entityOf(stage, act, caller)
      return ask("entities.set-standing", { investigation, entity, standing: act.standing, reason: "invented reason" })
    }
    case "assert-conduct": {
      const entity = await entityOf(stage, act, caller)
      const shown = JSON.parse((await ask("entities.show", { investigation, entity })).split("\n")[1] ?? "{}") as {
        sources?: { id: string }[]
      }
      const records = (shown.sources ?? []).slice(0, 2).map((r) => r.id)
      return ask("entities.assert-conduct", {
        investigation,
        entity,
        conduct: "organises",
        reasoning: "an invented line of reasoning",
        records,
      })
    }
    case "decide-identity":
      return ask("entities.decide", {
        investigation,
        a: `phone:${act.number}`,
        b: `phone:${act.other}`,
        decision: act.decision,
        reason: "invented reason",
      })
    case "undo-identity":
      return ask("entities.undo", {
        investigation,
        decision: await decisionBy(stage, act, caller, act.by, "in-force"),
        reason: "invented reason",
      })
    case "second-identity":
      return ask("entities.second", {
        investigation,
        decision: await decisionBy(stage, act, caller, act.decidedBy, "waits"),
        agrees: true,
        reason: "invented reason",
      })
    case "adopt-parameters": {
      const { proposals } = await parametersOf(stage, act, caller)
      const hash = proposals.find((p) => p.source === "shipped")?.set.hash ?? "0".repeat(12)
      return ask("entities.adopt-parameters", { investigation, source: "shipped", hash, reason: "invented reason" })
    }
    case "withdraw-parameters": {
      const { adoptions } = await parametersOf(stage, act, caller)
      const decision = adoptions.findLast((a) => a.by === act.by)?.decision ?? "dc_00000000000000000000"
      return ask("entities.withdraw-parameters", { investigation, decision, reason: "invented reason" })
    }
    case "ask":
      return ask(act.procedure, act.input)
  }
}

/** A file without a sheet or a reference: what it is follows from its path and bytes. */
async function takeInLoose(stage: Stage, act: Act & { does: "take-in-loose" }, caller: access.Caller, folders: Folders): Promise<string> {
  const sheet = join(folders.of(act), "material.json")
  writeFileSync(sheet, JSON.stringify({ authority: "invented", grade: { scheme: "3x5x2", code: "1A" }, handling: "P", ...act.terms }))
  return told(stage, "records.intake", { paths: [folders.of(act)], investigation: act.investigation }, caller, act.purpose)
}

/** The device of that reference and classification, as its decider sees it. */
async function itemOf(stage: Stage, act: Act & { does: "decide-scope" }, caller: access.Caller): Promise<string> {
  const list = await told(stage, "evidence.list", { investigation: act.investigation }, caller)
  const { items } = JSON.parse(list.split("\n")[1]!) as {
    items: { id: string; reference: string | null; classification: string; undecided: boolean }[]
  }
  return (
    items.find((i) => i.reference === act.reference && i.classification === act.classification && i.undecided)?.id ??
    "it_00000000000000000000"
  )
}

/** Whoever has that number, as the decider sees it. */
async function entityOf(stage: Stage, act: Act & { number: string }, caller: access.Caller): Promise<string> {
  const list = await told(stage, "entities.list", { investigation: act.investigation, find: act.number }, caller)
  const { entities } = JSON.parse(list.split("\n")[1] ?? '{"entities":[]}') as { entities: { id: string }[] }
  return entities[0]?.id ?? "en_00000000000000000000"
}

interface Parameters {
  proposals: { source: string; set: { hash: string } }[]
  adoptions: { decision: string; by: string }[]
}

/** What there is to adopt and what was adopted, as whoever acts sees it. */
async function parametersOf(stage: Stage, { investigation }: Act, caller: access.Caller): Promise<Parameters> {
  const shown = await told(stage, "entities.parameters", { investigation }, caller)
  return JSON.parse(shown.split("\n")[1] ?? '{"proposals":[],"adoptions":[]}') as Parameters
}

/** An identity decision of somebody's, as whoever acts sees it. */
async function decisionBy(stage: Stage, act: Act, caller: access.Caller, by: string, state: string): Promise<string> {
  const list = await told(stage, "entities.decisions", { investigation: act.investigation, state }, caller)
  const { decisions } = JSON.parse(list.split("\n")[1] ?? '{"decisions":[]}') as { decisions: { decision: string; by: string }[] }
  return decisions.find((d) => d.by === by)?.decision ?? "dc_00000000000000000000"
}
