import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { accessClass, type Caller, openInvestigation, outside } from "#access"
import { Failure } from "#vocabulary/failure"
import { type Marking, UNMARKED } from "#vocabulary/markings"
import { personAs } from "../support/store.ts"
import { entriesOf, openSample, type Sample } from "./sample.ts"

/** What "left": keys and words, as the other side would have them. */
const left: { key: string; words: string }[] = []

const send = (name: `sample.${string}`, repeatable: boolean) =>
  outside({
    name,
    title: "Send words to partners",
    input: z.object({ investigation: z.string(), words: z.string(), to: z.array(z.string()) }),
    body: z.object({ words: z.string() }),
    needs: repeatable ? "plan" : "export",
    question: async ({ sight }) => ({ classes: sight.classes.length > 0 }),
    prepare: async (ctx, { words, to }) => {
      ctx.rests(ctx.sight.classes)
      return { body: { words }, recipients: to }
    },
    repeatable,
    perform: async (_ctx, { body: { words }, key }) => {
      if (words === "refused there") throw new Failure("refused.by-partner", "They do not take it.", { hint: "Ask them." })
      if (words === "line broke") throw new Error("connection reset")
      if (!left.some((l) => repeatable && l.key === key)) left.push({ key, words })
      return { receipt: `r-${words}` }
    },
  })

let sample: Sample
let now = Date.UTC(2026, 10, 22, 12)
let open: { id: string; name: string; title: string }
let asker: Caller
let mate: Caller
let second: Caller
let reader: Caller
let officer: Caller

beforeAll(async () => {
  sample = await openSample(undefined, false, [send("sample.send", false), send("sample.post", true)], () => now)
  open = await sample.store.register.transaction((tx) => openInvestigation(tx, sample.caller, { name: "Going out", at: 0 }))
  const here = (role: "analyst" | "operations-lead" | "prosecutor") => [{ role, investigation: open.id }]
  asker = await personAs(sample, { id: "us_asker", team: "blue", roles: here("operations-lead") })
  mate = await personAs(sample, { id: "us_mate", team: "blue", roles: here("prosecutor") })
  second = await personAs(sample, { id: "us_second", team: "law", roles: here("prosecutor") })
  reader = await personAs(sample, { id: "us_reader", team: "law", roles: here("analyst") })
  officer = await personAs(sample, { id: "us_officer", team: "white", roles: [{ role: "cleared-officer", investigation: null }] })
  await personAs(sample, { id: "us_partner", organisation: "de-bka", roles: [] })
})
afterAll(async () => {
  await sample?.close()
})

const refusal = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ name: "Failure", code, ...more })
const ask = async <T = unknown>(name: string, input: object, caller: Caller): Promise<T> =>
  ((await sample.gate.invoke(name, { input: { investigation: open.id, ...input }, caller })) as { value: T }).value
interface Prepared {
  preview: string
  sha256: string
  clearedOfficer: string
}
const reason = "read and found in order"
const fresh = (caller: Caller): Caller => ({ ...caller, provedAt: now })
const prepare = (words: string, by = asker, name = "sample.send", to = ["de-bka"]) => ask<Prepared>(name, { words, to }, by)
const show = (preview: string, by: Caller) => ask<Record<string, unknown>>("outside.show", { preview }, by)

/** Asks to let it go and gives the job's result, or throws its failure. */
async function perform(preview: string, by: Caller = fresh(asker)): Promise<unknown> {
  const answer = await sample.gate.invoke("outside.perform", { input: { investigation: open.id, preview }, caller: by })
  if (answer.shape !== "job") throw new Error("no job")
  for await (const job of sample.store.jobs.watch(answer.job)) {
    if (job.failure) throw new Failure(job.failure.code as `refused.${string}`, job.failure.message)
    if (job.state === "done") return job.result
  }
  throw new Error("the job did not end")
}

async function clear(word: "proceed" | "stop", preview: string): Promise<void> {
  const { rows } = await sample.store.register.read.query<{ rerun: string }>(
    "select r.id as rerun from rerun r left join rerun_word w on w.rerun = r.id where w.rerun is null",
  )
  for (const { rerun } of rows) {
    const { value } = (await sample.gate.invoke("reruns.show", { input: { rerun }, caller: officer })) as { value: { sha256: string } }
    await sample.gate.invoke("reruns.answer", {
      input: { rerun, word, reason: `as seen for ${preview}`, seen: value.sha256 },
      caller: officer,
    })
  }
}

test("a second person of another team approves what is prepared, word for word; the cleared officer says proceed; it leaves once", async () => {
  const { preview, sha256, clearedOfficer } = await prepare("hello partners")
  expect([clearedOfficer, left]).toEqual(["waiting", []])
  expect(await show(preview, second)).toMatchObject({
    state: "waiting",
    body: { words: "hello partners" },
    recipients: [{ id: "de-bka", name: "de-bka" }],
    sha256,
    notYou: null,
    preparedBy: { id: asker.id, team: "blue" },
  })
  const approve = (by: Caller, hash = sha256) => ask("outside.approve", { preview, sha256: hash, reason }, by)
  await expect(approve(asker)).rejects.toEqual(refusal("refused.own-preview"))
  await expect(approve(mate)).rejects.toEqual(refusal("refused.same-team"))
  await expect(approve(reader)).rejects.toEqual(refusal("refused.approve"))
  await expect(approve(second, "0".repeat(64))).rejects.toEqual(refusal("conflict.preview-differs"))
  await expect(perform(preview)).rejects.toEqual(refusal("refused.second-person"))
  await approve(second)
  await expect(approve(second)).rejects.toEqual(refusal("conflict.preview-decided"))
  await expect(perform(preview)).rejects.toEqual(refusal("refused.cleared-officer"))
  await clear("proceed", preview)
  // Long signed in, by a token, or somebody else: refused before anything is begun.
  await expect(perform(preview, { ...asker, provedAt: now - 6 * 60_000 })).rejects.toEqual(refusal("refused.prove-again"))
  await expect(perform(preview, { ...asker, via: "token", provedAt: null })).rejects.toEqual(refusal("refused.prove-again"))
  await expect(perform(preview, fresh(second))).rejects.toEqual(refusal("refused.not-prepared-by-you"))
  expect(left).toEqual([])
  const first = await perform(preview)
  expect(first).toEqual({ preview, result: { receipt: "r-hello partners" } })
  expect(await perform(preview)).toEqual(first)
  expect(left).toEqual([{ key: preview, words: "hello partners" }])
  expect(await show(preview, asker)).toMatchObject({ state: "done", yours: true, result: { receipt: "r-hello partners" } })
  const disclosed = (await entriesOf(sample.store, "access")).filter((e) => e.header.recipients)
  expect(disclosed).toMatchObject([
    {
      header: { kind: "disclosure", actor: asker.id, procedure: "outside.perform", recipients: ["de-bka"], investigation: open.id },
      payload: { note: { preview, sha256, outcome: "done" } },
    },
  ])
})

test("refused by the second person, stopped by the cleared officer, or expired: it does not leave", async () => {
  const before = left.length
  const refused = await prepare("not this")
  await ask("outside.refuse", { preview: refused.preview, sha256: refused.sha256, reason }, second)
  await clear("proceed", refused.preview)
  await expect(perform(refused.preview)).rejects.toEqual(refusal("refused.second-person"))
  const stopped = await prepare("nor this")
  await ask("outside.approve", { preview: stopped.preview, sha256: stopped.sha256, reason }, second)
  await clear("stop", stopped.preview)
  await expect(perform(stopped.preview)).rejects.toEqual(refusal("refused.cleared-officer"))
  const late = await prepare("too late")
  await ask("outside.approve", { preview: late.preview, sha256: late.sha256, reason }, second)
  await clear("proceed", late.preview)
  now += 4 * 86_400_000
  await expect(perform(late.preview)).rejects.toEqual(refusal("conflict.preview-expired"))
  expect((await show(late.preview, second)).state).toBe("expired")
  expect(left.length).toBe(before)
})

const ready = async (words: string, name = "sample.send") => {
  const made = await prepare(words, asker, name)
  await ask("outside.approve", { preview: made.preview, sha256: made.sha256, reason }, second)
  await clear("proceed", made.preview)
  return made.preview
}
/** As a process leaves it that died after it had begun. */
const begin = (preview: string) =>
  sample.store.register.read.query("insert into outside_attempt (preview, begun_by, begun_at) values ($1, $2, now())", [preview, asker.id])

test("what died while it was being done is done again only where that does it once; else nobody claims to know", async () => {
  const once = await ready("posted once", "sample.post")
  await begin(once)
  left.push({ key: once, words: "posted once" })
  expect(await perform(once)).toMatchObject({ result: { receipt: "r-posted once" } })
  expect(left.filter((l) => l.key === once).length).toBe(1)
  const lost = await ready("nobody knows")
  await begin(lost)
  expect((await show(lost, second)).state).toBe("begun")
  for (let asked = 0; asked < 2; asked++) await expect(perform(lost)).rejects.toEqual(refusal("conflict.outside-unknown"))
  expect(left.some((l) => l.key === lost)).toBe(false)
  expect((await show(lost, second)).state).toBe("unknown")
  await ask("outside.settle", { preview: lost, left: true, reason: "They have it." }, second)
  expect(await show(lost, asker)).toMatchObject({ state: "settled-left", words: "They have it." })
  await expect(perform(lost)).rejects.toEqual(refusal("conflict.outside-settled"))
  expect((await entriesOf(sample.store, "access")).at(-1)).toMatchObject({
    header: { kind: expect.stringMatching(/consultation|disclosure/) },
  })
  const told = (await entriesOf(sample.store, "access")).filter((e) => e.header.procedure === "outside.settle")
  expect(told).toMatchObject([{ header: { kind: "disclosure", recipients: ["de-bka"] } }])
})

test("a failure before anything left may be tried again; one in the middle may not", async () => {
  const taken = await ready("refused there")
  for (let asked = 0; asked < 2; asked++) await expect(perform(taken)).rejects.toEqual(refusal("refused.by-partner"))
  expect(await show(taken, asker)).toMatchObject({ state: "nothing-left", words: "They do not take it." })
  const broken = await ready("line broke")
  await expect(perform(broken)).rejects.toEqual(expect.objectContaining({ code: expect.any(String) }))
  await expect(perform(broken)).rejects.toEqual(refusal("conflict.outside-unknown"))
})

test("nobody can change what was prepared, and only whoever sees all that it rests on sees it", async () => {
  const { preview, sha256 } = await prepare("immutable")
  const { read } = sample.store.register
  for (const sql of [
    "update outside_preview set content = ''",
    "delete from outside_preview",
    "update outside_verdict set agreed = true",
    "delete from outside_attempt",
  ])
    await expect(read.query(sql)).rejects.toMatchObject({ code: "42501" })
  expect((await show(preview, second)).sha256).toBe(sha256)
  const marked = await class_({ classification: "SECRET" })
  const secret = await prepare("rests on a secret")
  const uncleared = await personAs(sample, {
    id: "us_uncleared",
    team: "law",
    clearance: "OFFICIAL",
    roles: [{ role: "prosecutor", investigation: open.id }],
  })
  await expect(show(secret.preview, uncleared)).rejects.toEqual(refusal("invalid.preview-unknown"))
  await expect(ask("outside.approve", { preview: secret.preview, sha256: secret.sha256, reason }, uncleared)).rejects.toEqual(
    refusal("invalid.preview-unknown"),
  )
  const listed = await ask<{ preview: string }[]>("outside.list", {}, uncleared)
  expect(listed.some((p) => p.preview === secret.preview)).toBe(false)
  expect(listed.some((p) => p.preview === preview)).toBe(true)
  expect((await show(secret.preview, second)).banner).toContain("SECRET")
  expect(marked).toBeGreaterThan(0)
})

const class_ = (terms: Partial<Marking>) =>
  sample.store.register.transaction((tx) => accessClass(tx, { ...UNMARKED, ...terms, investigation: open.id }))

test("recipients are organisations that are entered and belong to the audience; a user alone prepares nothing", async () => {
  await expect(prepare("to nobody", asker, "sample.send", [])).rejects.toEqual(refusal("invalid.recipients-missing"))
  await expect(prepare("to the unheard-of", asker, "sample.send", ["xx-none"])).rejects.toEqual(refusal("invalid.recipient-unknown"))
  await expect(prepare("alone", sample.caller)).rejects.toEqual(
    refusal("refused.second-person", { hint: expect.stringContaining("let people sign in") }),
  )
  const teamless = await personAs(sample, { id: "us_teamless", team: "", roles: [{ role: "operations-lead", investigation: open.id }] })
  await expect(prepare("of no team", teamless)).rejects.toEqual(refusal("refused.no-team"))
  await class_({ sharing: "C", conditions: ["ask-before-sharing"], originators: ["iq-asayish-erbil"] })
  await expect(prepare("not asked yet", asker, "sample.post")).rejects.toEqual(
    refusal("refused.marking-blocks", { at: "ask-before-sharing", hint: expect.stringContaining("iq-asayish-erbil") }),
  )
  await class_({ audience: ["local"] })
  await expect(prepare("for the audience only")).rejects.toEqual(refusal("refused.audience"))
})
