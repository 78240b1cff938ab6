import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { accessClass, answerOf, askCleared, type Caller, openInvestigation, procedure } from "#access"
import { UNMARKED } from "#vocabulary/markings"
import { personAs } from "../support/store.ts"
import { entriesOf, openSample, type Sample } from "./sample.ts"

/** An act that must not be done on a limited view: whether it may depends on how many marked words are held. */
const strike = procedure({
  name: "sample.strike",
  title: "Strike a word",
  input: z.object({ investigation: z.string(), word: z.string() }),
  output: z.object({ rerun: z.string(), state: z.string(), contact: z.string().nullable() }),
  needs: "plan",
  effect: "decision",
  shape: "value",
  question: ({ store, sight }, { word }) =>
    store.register.transaction(async (tx) => {
      const { rows } = await tx.query<{ words: string }>("select words from sample_marked where words like $1 || '%' order by words", [
        word,
      ])
      return { held: rows.map((r) => r.words) }
    }, sight.classes),
  run: async (ctx, input) => askCleared(ctx, { procedure: "sample.strike", input }),
})

let sample: Sample
let asker: Caller
let officer: Caller
let open: { id: string }
let hiddenClass: number

beforeAll(async () => {
  sample = await openSample(undefined, false, [strike])
  const { register } = sample.store
  const made = await register.transaction(async (tx) => {
    const seen = await openInvestigation(tx, sample.caller, { name: "Seen", at: 0 })
    const hidden = await openInvestigation(tx, sample.caller, { name: "Hidden", at: 0 })
    return {
      seen,
      inSeen: await accessClass(tx, { ...UNMARKED, investigation: seen.id }),
      inHidden: await accessClass(tx, { ...UNMARKED, investigation: hidden.id, originators: ["asayish"] }),
      forNamed: await accessClass(tx, { ...UNMARKED, investigation: hidden.id, originators: ["bka"], audience: ["bka"] }),
    }
  })
  open = made.seen
  hiddenClass = made.inHidden
  const put = (words: string, cls: number) =>
    register.transaction((tx) => tx.query("insert into sample_marked (words, access_class) values ($1, $2)", [words, cls]), [cls])
  await put("ranya one", made.inSeen)
  await put("ranya two", made.inHidden)
  await put("ranya three", made.forNamed)
  asker = await personAs(sample, { id: "us_asker", roles: [{ role: "analyst", investigation: open.id }] })
  officer = await personAs(sample, { id: "us_officer", team: "white", roles: [{ role: "cleared-officer", investigation: null }] })
})
afterAll(async () => {
  await sample?.close()
})

const refusal = (code: string) => expect.objectContaining({ name: "Failure", code })
const ask = async <T>(name: string, input: unknown, caller: Caller, reason?: string): Promise<T> =>
  ((await sample.gate.invoke(name, { input, caller, reason })) as { value: T }).value
interface Told {
  rerun: string
  state: string
  contact: string | null
}
interface Shown {
  limited: unknown
  whole: unknown
  differs: boolean
  sha256: string
  outOfSight: string[]
}
const strikeAs = (caller: Caller, word: string) => ask<Told>("sample.strike", { investigation: open.id, word }, caller)

test("the officer sees what all holdings answer beside what the asker was told; the asker learns one word", async () => {
  const told = await strikeAs(asker, "ranya")
  expect(told).toEqual({ rerun: expect.stringMatching(/^rr_/), state: "waiting", contact: null })
  expect(await strikeAs(asker, "ranya")).toEqual(told)
  const shown = await ask<Shown>("reruns.show", { rerun: told.rerun }, officer)
  expect(shown).toMatchObject({
    limited: { held: ["ranya one"] },
    whole: { held: ["ranya one", "ranya two"] },
    differs: true,
    outOfSight: ["bka"],
  })
  await ask(
    "reruns.answer",
    { rerun: told.rerun, word: "see-me", reason: "A second team works on this.", seen: shown.sha256, contact: "room 4" },
    officer,
  )
  expect(await strikeAs(asker, "ranya")).toEqual({ rerun: told.rerun, state: "see-me", contact: "room 4" })
  expect(await ask("reruns.mine", {}, asker)).toEqual([{ ...told, state: "see-me", contact: "room 4", procedure: "sample.strike" }])
  expect(await answerOf(sample.store.register.read, told.rerun, sample.store.clock())).toMatchObject({ state: "see-me" })
  // A week later it is no ground to act on.
  expect(await answerOf(sample.store.register.read, told.rerun, sample.store.clock() + 8 * 86_400_000)).toEqual({
    rerun: told.rerun,
    state: "lapsed",
    contact: null,
  })
  const both = [...(await entriesOf(sample.store, "decisions")), ...(await entriesOf(sample.store, "access"))]
  const about = both.filter((e) => JSON.stringify(e.payload).includes(told.rerun)).map((e) => [e.header.actor, e.header.procedure])
  expect(about).toContainEqual([asker.id, "sample.strike"])
  expect(about).toContainEqual([officer.id, "reruns.answer"])
})

test("what the asker gets is the same bytes whether anything hidden answers or not", async () => {
  const differing = await strikeAs(asker, "ranya t")
  const same = await strikeAs(asker, "ranya o")
  for (const { rerun } of [differing, same]) {
    const { sha256 } = await ask<Shown>("reruns.show", { rerun }, officer)
    await ask("reruns.answer", { rerun, word: "stop", reason: "Not now, for reasons kept here.", seen: sha256 }, officer)
  }
  const bytes = async (word: string) => JSON.stringify(await strikeAs(asker, word)).replace(/rr_\w+/, "rr_")
  expect(await bytes("ranya t")).toBe(await bytes("ranya o"))
})

test("an officer answers what he saw, once, and never himself", async () => {
  const { rerun } = await strikeAs(asker, "moved")
  const { sha256: seen } = await ask<Shown>("reruns.show", { rerun }, officer)
  const answer = { rerun, word: "proceed", reason: "Nothing speaks against it.", seen }
  await sample.store.register.transaction(
    (tx) => tx.query("insert into sample_marked (words, access_class) values ('moved meanwhile', $1)", [hiddenClass]),
    [hiddenClass],
  )
  await expect(ask("reruns.answer", answer, officer)).rejects.toEqual(refusal("conflict.rerun-moved"))
  const { sha256: now } = await ask<Shown>("reruns.show", { rerun }, officer)
  await expect(ask("reruns.answer", { ...answer, seen: now, word: "see-me" }, officer)).rejects.toEqual(refusal("invalid.contact-missing"))
  await ask("reruns.answer", { ...answer, seen: now }, officer)
  await expect(ask("reruns.answer", { ...answer, seen: now }, officer)).rejects.toEqual(refusal("conflict.rerun-answered"))
  const both = await personAs(sample, {
    id: "us_both",
    roles: [
      { role: "analyst", investigation: open.id },
      { role: "cleared-officer", investigation: null },
    ],
  })
  const own = await strikeAs(both, "ranya")
  await expect(ask("reruns.answer", { ...answer, rerun: own.rerun }, both)).rejects.toEqual(refusal("refused.own-question"))
})

test("nobody but the cleared officer sees questions, nobody but oversight the reasons, and nobody asks for what is not his to do", async () => {
  const examiner = await personAs(sample, { id: "us_examiner", roles: [{ role: "examiner", investigation: open.id }] })
  const inspector = await personAs(sample, { id: "us_inspector", roles: [{ role: "inspector", investigation: null }] })
  const { rerun } = await strikeAs(asker, "ranya")
  for (const caller of [asker, examiner, inspector]) {
    await expect(ask("reruns.list", {}, caller)).rejects.toEqual(refusal("refused.clear"))
    await expect(ask("reruns.show", { rerun }, caller)).rejects.toEqual(refusal("refused.clear"))
  }
  for (const caller of [asker, officer]) await expect(ask("reruns.review", {}, caller)).rejects.toEqual(refusal("refused.oversee"))
  const reviewed = await ask<{ rerun: string; reason: string; officer: { id: string } }[]>("reruns.review", {}, inspector)
  expect(reviewed.find((r) => r.rerun === rerun)).toMatchObject({ reason: "A second team works on this.", officer: { id: officer.id } })
  await expect(
    ask("reruns.ask", { investigation: open.id, procedure: "sample.strike", input: { investigation: open.id, word: "x" } }, examiner),
  ).rejects.toEqual(refusal("refused.not-yours-to-do"))
  await expect(ask("reruns.ask", { investigation: open.id, procedure: "sample.add", input: { numbers: [1] } }, asker)).rejects.toEqual(
    refusal("invalid.no-question"),
  )
  // The second wall: neither the question nor the reason is a row for who lacks a class under it.
  const rows = (classes: number[]) =>
    sample.store.register.transaction(
      async (tx) => [
        (await tx.query("select 1 from rerun_question where rerun = $1", [rerun])).rowCount,
        (await tx.query("select 1 from rerun_reason where rerun = $1", [rerun])).rowCount,
      ],
      classes,
    )
  expect(await rows([])).toEqual([0, 0])
  await expect(sample.store.register.read.query("update rerun_word set word = 'proceed'")).rejects.toMatchObject({ code: "42501" })
})
