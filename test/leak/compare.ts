import { expect } from "vitest"
import { dice, LONG, seedOf } from "../support/dice.ts"
import { again, interview, type Question } from "./ask.ts"
import { Folders, openStage, play, type Stage } from "./play.ts"
import { type World, worldOf } from "./script.ts"

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
/** One world in so many is asked everything that works out entities and networks, which takes twenty times as long. */
const DEEP_EVERY = LONG ? 40 : 8
/** Nodes are begun anew after so many worlds; until then what other worlds hold is one more thing that must not show. */
const WORLDS_PER_NODE = 50

interface Heard {
  world: World
  questions: Question[]
  answers: string[]
  peer: string[]
}

/** World A: plays everything and asks. */
async function hear(stage: Stage, n: number, folders: Folders): Promise<Heard> {
  const world = worldOf(SEED, n, n % DEEP_EVERY === DEEP_EVERY - 1)
  const { cast, answers: peer } = await play(stage, world, true, folders)
  return { world, peer, ...(await interview(stage, world, cast, dice(SEED, n, "questions"))) }
}

/** World B: plays what is not hidden, and is asked the very same. */
async function holdAgainst(stage: Stage, { world, questions, answers, peer }: Heard, folders: Folders): Promise<void> {
  const { cast, answers: peerInB } = await play(stage, world, false, folders)
  const other = await again(stage, world, cast, questions)
  const where = `WORLDS_SEED=${SEED} WORLDS_FROM=${world.n} WORLDS=1`
  expect(peerInB, `${where}: what the peer was told\n${JSON.stringify(world.acts)}`).toEqual(peer)
  for (const [i, question] of questions.entries())
    expect(other[i], `${where}: ${question.procedure} ${JSON.stringify(question.input)}\n${JSON.stringify(world.acts)}`).toBe(answers[i])
}

/** Worlds one after the other on two nodes; the second node follows the first. */
async function compare(from: number, to: number): Promise<number> {
  const stages = [await openStage(), await openStage()] as const
  let asked = 0
  try {
    let following: Promise<void> = Promise.resolve()
    let broke: unknown
    for (let n = from; n < to && broke === undefined; n++) {
      const folders = new Folders()
      const heard = await hear(stages[0], n, folders)
      asked += heard.questions.length
      expect(heard.world.acts.some((act) => act.hidden)).toBe(true)
      await following
      following = holdAgainst(stages[1], heard, folders)
        .catch((error: unknown) => {
          broke = error
        })
        .finally(() => folders.remove())
    }
    await following
    if (broke !== undefined) throw broke
    return asked
  } finally {
    for (const stage of stages) await stage.end()
  }
}

/**
 * The first or second half of the worlds, so that two workers share them: how many were played, and what was asked in all. A single
 * world belongs to the first half.
 */
export async function half(which: 0 | 1): Promise<{ worlds: number; asked: number; seed: number }> {
  const middle = FROM + Math.ceil(COUNT / 2)
  const [start, end] = which === 0 ? [FROM, middle] : [middle, FROM + COUNT]
  let asked = 0
  for (let from = start; from < end; from += WORLDS_PER_NODE) asked += await compare(from, Math.min(from + WORLDS_PER_NODE, end))
  process.stdout.write(`${end - start} worlds, ${asked} questions, WORLDS_SEED=${SEED}\n`)
  return { worlds: end - start, asked, seed: SEED }
}
