/**
 * The invented operation: a folder as a task force would have it (`evidence/`, one folder and one `material.json` per seized item)
 * and the ground truth beside it (`truth/`, never taken in). Everything follows from the seed; no person, number or shop is real.
 */
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { writeAdverts } from "./adverts.ts"
import { writeBoats } from "./boats.ts"
import { writeBooks } from "./books.ts"
import type { Contents } from "./contents.ts"
import { writeDocuments } from "./documents.ts"
import { writePhone } from "./exhibits.ts"
import { fillPhone, type PhoneTruth } from "./handset.ts"
import { makeWorld, type World } from "./operation.ts"
import { drawParameters, type Scale } from "./parameters.ts"
import type { Person } from "./people.ts"
import { type PhonePlan, planPhones } from "./plan.ts"
import { writeRegisters } from "./registers.ts"
import { writeReports } from "./reports.ts"
import { type DemoTruth, launchTruth, readTruth, TruthFolder, type TruthLeads, type TruthPhone, tiesShown, truthOf } from "./truth.ts"
import type { FileCount } from "./writers/tally.ts"

export type { Scale } from "./parameters.ts"
export {
  type DemoTruth,
  readTruth,
  type TruthDeposit,
  type TruthLaunch,
  type TruthLeads,
  type TruthPerson,
  type TruthTie,
} from "./truth.ts"

export interface Progress {
  /** In words, for people. */
  step: string
  done: number
  of: number
}

export interface DemoOptions {
  /** Made when absent. What an earlier run left in its `evidence` and `truth` is removed. */
  folder: string
  /** A whole number; seeds 4, 9, 14 … hold no smuggling, seeds 3, 8, 13 … a principal who leaves no trace. */
  seed: number
  /** S about 20 thousand records, M a million, L ten million. */
  scale: Scale
  onProgress?: (progress: Progress) => void
}

/** Writes the operation to disk; the same seed and scale give the same bytes. Memory stays with the world's people, not with its records. */
export async function generate(options: DemoOptions): Promise<DemoTruth> {
  const evidence = join(options.folder, "evidence")
  for (const name of ["evidence", "truth"]) rmSync(join(options.folder, name), { recursive: true, force: true })
  mkdirSync(evidence, { recursive: true })
  const say = (step: string, done: number, of: number) => options.onProgress?.({ step, done, of })
  say("inventing the operation", 0, 1)
  const world = makeWorld(drawParameters(options.seed, options.scale))
  const truth = new TruthFolder(join(options.folder, "truth"))
  const leads: TruthLeads = { deposits: [], engineRuns: [], documentSeries: [], advertOperators: [], spokenOf: [], trails: [] }
  const files: FileCount[] = []

  const plans = planPhones(world)
  const met = new Map<string, Set<string>>()
  const phones: TruthPhone[] = []
  for (const [i, plan] of plans.entries()) {
    say("writing phones", i, plans.length)
    const { contents, truth: told } = fillPhone(world, plan)
    files.push(...(await writePhone(world, evidence, plan, contents)))
    for (const person of told.strangers) truth.bystander(person, plan.reference)
    phones.push(phoneTruth(plan, contents, told))
    if (!plan.unreadable) {
      showTies(plan, told.met, met)
      for (const spoken of told.spokenOf) leads.spokenOf.push({ exhibit: plan.reference, ...spoken })
    }
  }
  say("writing books, boats, documents, posts and reports", plans.length, plans.length)
  files.push(
    ...writeBooks(world, evidence, truth),
    ...writeBoats(world, evidence, leads, truth),
    ...writeDocuments(world, evidence, leads, truth),
  )
  files.push(
    ...writeAdverts(world, evidence, leads, truth),
    ...writeReports(world, evidence, leads, truth),
    ...(await writeRegisters(world, evidence)),
  )
  truth.lines("phones.json", phones)
  writeTruth(world, truth, plans, met, leads, files)
  say("done", 1, 1)
  return readTruth(options.folder)
}

function phoneTruth(plan: PhonePlan, contents: Contents, told: PhoneTruth): TruthPhone {
  return {
    exhibit: plan.reference,
    class: plan.class,
    format: plan.format,
    event: plan.event,
    owners: plan.owners.map((o) => o.id),
    wiped: plan.wiped,
    unreadable: plan.unreadable,
    seizedAt: plan.seizedAt,
    cards: contents.cards.length,
    lines: contents.chats.reduce((n, c) => n + c.lines.length, 0),
    calls: contents.calls.length,
    linesInScope: told.linesInScope,
    peopleInScope: told.peopleInScope,
    people: told.people,
    known: told.met.map((p) => p.id),
    services: plan.services.map((p) => p.id),
  }
}

function showTies(plan: PhonePlan, people: readonly Person[], met: Map<string, Set<string>>): void {
  for (const owner of plan.owners)
    for (const other of people) {
      const key = owner.id < other.id ? `${owner.id}-${other.id}` : `${other.id}-${owner.id}`
      met.set(key, (met.get(key) ?? new Set()).add(plan.reference))
    }
}

/** Everybody in the world, each once: those who facilitate, those who serve or hold, those who travel. */
function everybody(world: World, plans: readonly PhonePlan[]): Person[] {
  const s = world.services
  const all = [
    ...world.facilitators,
    s.hotline,
    ...s.taxis,
    ...s.lawyers,
    ...s.interpreters,
    ...s.honestClerks,
    s.campHandset,
    s.covert,
    ...s.fishers,
    s.plantedBoss,
    s.uncle,
    ...world.outlets.flatMap((o) => o.clerks),
    ...plans.flatMap((p) => p.owners),
    ...world.passengers,
    ...world.formerHolders,
  ]
  return [...new Set(all)].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function writeTruth(
  world: World,
  truth: TruthFolder,
  plans: readonly PhonePlan[],
  met: Map<string, Set<string>>,
  leads: TruthLeads,
  files: readonly FileCount[],
): void {
  const people = everybody(world, plans)
  for (const person of people) truth.person(person)
  for (const d of world.deposits.values()) {
    const { passenger, launch, outlet, ...rest } = d
    leads.deposits.push({ ...rest, passenger: passenger.id, launch: launch.id, outlet: outlet.id })
  }
  leads.trails.push(
    { kind: "hotline", about: world.services.hotline.id, says: "saved on most phones, part of nothing" },
    { kind: "honest exchange", about: world.outlets[0]!.id, says: "used by many, holds nothing for anybody" },
    {
      kind: "arrest in a weather lull",
      about: plans.find((p) => p.class === "raid")?.reference ?? "",
      says: "arrivals fell because of the weather",
    },
    { kind: "camp handset", about: world.services.campHandset.id, says: "one number, many hands" },
    { kind: "police covert number", about: world.services.covert.id, says: "asks, buys nothing" },
  )
  const { draw } = world
  truth.json("parameters.json", {
    ...draw,
    outlets: world.outlets.map((o) => ({
      id: o.id,
      kind: o.kind,
      name: o.latin,
      native: o.native,
      town: o.town.latin,
      arranges: o.arranges,
      clerks: o.clerks.map((c) => c.id),
    })),
  })
  truth.lines(
    "people.json",
    people.map((p) => truthOf(world, p)),
  )
  truth.json("network.json", { nodes: world.facilitators.map((f) => f.id), ties: tiesShown(world, met) })
  truth.json("events.json", {
    launches: world.launches.map((l) => launchTruth(l, plans)),
    lull: world.lull,
    seizures: [...Map.groupBy(plans, (p) => p.event)].map(([id, of]) => ({
      id,
      kind: of[0]!.class,
      at: of[0]!.seizedAt,
      exhibits: of.map((p) => p.reference),
    })),
  })
  truth.json("leads.json", leads)
  const total = files.reduce((n, f) => n + Object.values(f.kinds).reduce((a, b) => a + b, 0), 0)
  truth.json("records.json", { files, total })
  truth.close()
}

export { SCOPE_WORDS } from "./scope-words.ts"
export { type DemoScore, type Known, type Scored, score, whoIs } from "./score.ts"
