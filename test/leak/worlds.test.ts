import { afterAll, expect, test } from "vitest"
import { dice, LONG, seedOf } from "../support/dice.ts"
import { again, interview } from "./ask.ts"
import { Folders, openStage, play, type Stage } from "./play.ts"
import { worldOf } from "./script.ts"

/**
 * Invariant 2: a viewer is answered the same, byte for byte, whether what he may not see is there or never was. World A plays all
 * acts of a script, world B those that do not touch what is hidden from the viewer, both on the same node key, at the same times.
 * Compared are the answers of every read, ids, order, failures, jobs and the marking that goes into the header. Not compared: how long an
 * answer takes, what lies on the disk, and how long a job waits in the queue.
 *
 * `WORLDS_SEED=… WORLDS_FROM=… WORLDS=1` plays one world again.
 */
const SEED = seedOf("WORLDS_SEED")
const FROM = Number(process.env.WORLDS_FROM ?? 0)
const COUNT = Number(process.env.WORLDS ?? (LONG ? 1000 : 40))
/** One world in so many is asked everything that works out entities and networks, which takes a hundred times as long. */
const DEEP_EVERY = 5
/** A node is begun anew after so many worlds; until then what other worlds hold is one more thing that must not show. */
const WORLDS_PER_NODE = 50

let stages: [Stage, Stage] | undefined
afterAll(async () => {
  for (const stage of stages ?? []) await stage.end()
})

async function freshStages(): Promise<[Stage, Stage]> {
  for (const stage of stages ?? []) await stage.end()
  stages = [await openStage(), await openStage()]
  return stages
}

async function compare(n: number, [a, b]: [Stage, Stage]): Promise<{ questions: number; different: boolean }> {
  const world = worldOf(SEED, n, n % DEEP_EVERY === 0)
  const folders = new Folders()
  try {
    const [inA, inB] = await Promise.all([play(a, world, true, folders), play(b, world, false, folders)])
    const { questions, answers } = await interview(a, world, inA.cast, dice(SEED, n, "questions"))
    const other = await again(b, world, inB.cast, questions)
    const where = `WORLDS_SEED=${SEED} WORLDS_FROM=${n} WORLDS=1`
    expect(inB.answers, `${where}: what the peer was told`).toEqual(inA.answers)
    for (const [i, question] of questions.entries())
      expect(other[i], `${where}: ${question.procedure} ${JSON.stringify(question.input)}\n${JSON.stringify(world.acts)}`).toBe(answers[i])
    return { questions: questions.length, different: world.acts.some((act) => act.hidden) }
  } finally {
    folders.remove()
  }
}

test(`${COUNT} random worlds: what is hidden changes no byte of any answer`, async () => {
  let questions = 0
  let different = 0
  for (let n = FROM; n < FROM + COUNT; n++) {
    const both = n === FROM || (n - FROM) % WORLDS_PER_NODE === 0 ? await freshStages() : stages!
    const compared = await compare(n, both)
    questions += compared.questions
    different += Number(compared.different)
  }
  process.stdout.write(`${COUNT} worlds, ${questions} questions, WORLDS_SEED=${SEED}\n`)
  expect(different).toBe(COUNT)
}, 3_600_000)
