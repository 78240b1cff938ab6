import type { Procedure } from "#access"
import { type Dice, LONG } from "../support/dice.ts"
import { filled, schemaOf } from "../support/inputs.ts"
import { ORGANISER } from "../support/world.ts"
import { type Cast, type Stage, told } from "./play.ts"
import type { World } from "./script.ts"

export interface Question {
  procedure: string
  input: Record<string, unknown>
}

const ID = /\b[a-z]{2}_[0-9a-hjkmnp-tv-z]{20}\b/g
/** Fields that hold an id of one sort, by their name. */
const PREFIX_OF: Record<string, string> = {
  exhibit: "ex_",
  item: "it_",
  record: "rc_",
  records: "rc_",
  entity: "en_",
  job: "jb_",
  event: "se_",
  decision: "dc_",
}

/** Every id of a world, from the register and past every wall: for guesses at what is hidden. */
async function idsOf({ app }: Stage, world: World): Promise<string[]> {
  const investigations = world.investigations.map((i) => i.id)
  return app.store.register.transaction(async (tx) => {
    const found: string[] = []
    for (const table of [
      "exhibit",
      "item",
      "seizure_event",
      "standing_decision",
      "conduct_assertion",
      "identity_decision",
      "linkage_adoption",
      "scope_rule",
      "job",
    ])
      found.push(
        ...(
          await tx.query<{ id: string }>(`select id from ${table} where investigation = any ($1) order by id`, [investigations])
        ).rows.map((r) => r.id),
      )
    return found
  }, "all")
}

/** Share of the reads that a world is asked which is not asked all. */
const ASKED = LONG ? 0.3 : 0.6

/** Work that opens entities or a network. */
const isDeep = (p: Procedure): boolean => /^(entities|network|plan|leads|screening|safeguards\.method)\b/.test(p.name)

/**
 * Asks every read in the viewer's name, with inputs made from what he was shown so far, from the names and ids of what is hidden,
 * and from nothing. Gives the questions, so that the other world can be asked the very same, with the answers.
 */
export async function interview(
  stage: Stage,
  world: World,
  cast: Cast,
  throws: Dice,
): Promise<{ questions: Question[]; answers: string[] }> {
  const viewer = cast.callerOf(world.viewer.id)
  const guesses = await idsOf(stage, world)
  const shown = new Set<string>()
  const questions: Question[] = []
  const answers: string[] = []
  const [seen, unseen] = world.investigations as [World["investigations"][0], World["investigations"][0]]
  const pool = (field: string): readonly unknown[] => {
    if (field === "investigation") return [seen.id, seen.id, seen.id, seen.name, unseen.id, unseen.name, "nowhere"]
    if (field === "find") return [ORGANISER.slice(-6), "karwan", "mother"]
    const prefix = PREFIX_OF[field]
    if (!prefix) return []
    const own = [...shown].filter((id) => id.startsWith(prefix)).sort()
    const guessed = guesses.filter((id) => id.startsWith(prefix))
    return [...own, ...own, ...guessed, `${prefix}00000000000000000000`]
  }
  const reads = stage.gate.procedures.filter((p) => p.effect === "read" && (world.deep || !isDeep(p)))
  // What lists comes first: the ids that it shows are asked about.
  const drawn = world.deep ? reads : throws.some(reads, ASKED)
  const order = [...drawn.filter((p) => p.name.endsWith(".list")), ...throws.shuffle(drawn.filter((p) => !p.name.endsWith(".list")))]
  const ask = async (procedure: string, input: Record<string, unknown>): Promise<void> => {
    const answer = await told(stage, procedure, input, viewer)
    for (const [id] of answer.matchAll(ID)) shown.add(id)
    questions.push({ procedure, input })
    answers.push(answer)
  }
  await ask("evidence.list", { investigation: seen.id })
  await ask("records.list", { investigation: seen.id, kind: "message" })
  if (world.deep) await ask("entities.list", { investigation: seen.id })
  for (const p of order) {
    const times = Object.keys(p.input.shape).some((field) => PREFIX_OF[field]) ? 2 : 1
    for (let n = 0; n < times; n++) {
      const input = questionFor(p, throws, pool)
      if (input) await ask(p.name, input)
    }
  }
  await ask("jobs.list", {})
  return { questions, answers }
}

/** A valid input, or an empty one where chance finds none: the refusal is an answer too. */
function questionFor(p: Procedure, throws: Dice, pool: (field: string) => readonly unknown[]): Record<string, unknown> {
  for (let tries = 0; tries < 10; tries++) {
    const input = filled(schemaOf(p), throws, pool) as Record<string, unknown>
    if (p.input.safeParse(input).success) return input
  }
  return {}
}

/** The same questions again, in the other world. */
export async function again(stage: Stage, world: World, cast: Cast, questions: readonly Question[]): Promise<string[]> {
  const viewer = cast.callerOf(world.viewer.id)
  const answers: string[] = []
  for (const { procedure, input } of questions) answers.push(await told(stage, procedure, input, viewer))
  return answers
}
