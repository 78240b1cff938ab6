import { z } from "zod"
import { type Context, procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { classesOf, classOf, decisionId, speakingOf } from "../decisions.ts"
import { masker } from "../masker.ts"
import { Investigation, withPeople } from "../open.ts"
import type { People } from "../people.ts"
import type { Ground } from "../resolve.ts"
import { type Hit, type Screening, screeningOf } from "./hits.ts"
import { HIT_FROM, innocentsAt, WEAK_FROM } from "./match.ts"
import { changesOf, decisionOn, deltaOf, isSilent, wordsOf } from "./memory.ts"
import {
  DECISIONS,
  type HitRow,
  insertHits,
  insertRun,
  insertScreeningDecision,
  type RunRow,
  type ScreeningDecisionRow,
  selectHits,
  selectLastRun,
  selectScreeningDecisions,
} from "./sql.ts"

const groundOf = (ctx: Context): Ground => ({ store: ctx.store, classes: ctx.sight.classes, investigation: ctx.investigation!.id })

const withScreening = <T>(ctx: Context, run: (screening: Screening, people: People) => Promise<T>): Promise<T> =>
  withPeople(ctx, async (people) => run(await screeningOf(groundOf(ctx), people, (f, w) => ctx.progress(f, w)), people))

interface Memory {
  run: RunRow | null
  rows: HitRow[]
  decisions: ScreeningDecisionRow[]
}

const memoryOf = (ctx: Context): Promise<Memory> =>
  ctx.store.register.transaction(async (tx) => {
    const run = await selectLastRun(tx, ctx.investigation!.id, ctx.sight.digest)
    return {
      run,
      rows: run ? await selectHits(tx, run.id) : [],
      decisions: await selectScreeningDecisions(tx, ctx.investigation!.id),
    }
  }, ctx.sight.classes)

const Version = z.object({
  list: z.string(),
  date: z.string().nullable().describe("as the list says"),
  exhibit: z.string(),
  file: z.string(),
  takenAt: z.string(),
  entries: z.number(),
  superseded: z.boolean().describe("a newer version is in sight; this one is not compared"),
})

const lists = procedure({
  name: "screening.lists",
  title: "Watch lists that are held, with version, date and source",
  input: z.object({ investigation: Investigation }),
  output: z.object({
    lists: z.array(Version),
    people: z.number().describe("who would be compared"),
    left: z.number().describe("protected people, who are never looked up"),
    ran: z.string().nullable().describe("when lists and case were last compared under this sight"),
    changed: z.boolean().describe("something changed since, or nothing was compared yet"),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx) =>
    withScreening(ctx, async ({ versions, people, left, digest }) => {
      const { run } = await memoryOf(ctx)
      return { lists: versions, people, left, ran: run?.at.toISOString() ?? null, changed: run?.digest !== digest }
    }),
})

const run = procedure({
  name: "screening.run",
  title: "Compare the people of the case with the watch lists; tells what is new, changed and gone since the last time",
  input: z.object({ investigation: Investigation }),
  output: z.object({
    run: z.string(),
    unchanged: z.boolean().describe("neither a list nor the case changed since the last run: nothing to tell"),
    people: z.number(),
    listings: z.number(),
    left: z.number(),
    new: z.number(),
    changed: z.number(),
    gone: z.number(),
    same: z.number(),
    silent: z.number().describe("decided not to be him, and nothing changed since"),
    lists: z.array(Version),
  }),
  needs: "analyse",
  effect: "decision",
  shape: "job",
  names: false,
  // What several holdings say is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  run: (ctx) =>
    withScreening(ctx, async (screening) => {
      const { run: last, rows: before, decisions } = await memoryOf(ctx)
      const { people, listings, left, digest, versions } = screening
      const told = (id: string, unchanged: boolean, rows: readonly HitRow[]) => {
        const loud = rows.filter((r) => r.state === "gone" || !isSilent(decisionOn(decisions, r), r))
        const count = (state: HitRow["state"]) => (unchanged ? 0 : loud.filter((r) => r.state === state).length)
        const silent = rows.length - loud.length
        const same = unchanged ? loud.filter((r) => r.state !== "gone").length : count("same")
        return {
          run: id,
          unchanged,
          people,
          listings,
          left,
          new: count("new"),
          changed: count("changed"),
          gone: count("gone"),
          same,
          silent,
          lists: versions,
        }
      }
      if (last && last.digest === digest && last.sight === ctx.sight.digest) return told(last.id, true, before)
      const at = new Date(ctx.store.clock())
      const id = keyedId("sr_", ctx.store.nodeKey, ctx.investigation!.id, ctx.sight.digest, digest, last?.id ?? "")
      const rows = deltaOf(
        id,
        before,
        screening.hits.filter((hit) => !hit.weak),
        { entries: new Set(screening.entries), keys: new Set(screening.keys) },
      )
      const answer = told(id, false, rows)
      await ctx.commit({ screened: { people, listings, new: answer.new, changed: answer.changed, gone: answer.gone } }, async (tx) => {
        const access = await classOf({ ...ctx, tx }, [], ctx.rested())
        await insertRun(tx, ctx.investigation!.id, {
          id,
          access_class: access,
          sight: ctx.sight.digest,
          digest,
          people,
          listings,
          by_person: ctx.caller.id,
          at,
        })
        await insertHits(tx, access, rows)
      })
      return answer
    }),
})

const Reason = z.object({
  part: z.enum(["name", "birth", "identifier"]),
  code: z.string(),
  weight: z.number().describe("hundredths of a bit, for (above 0) or against"),
  words: z.string(),
  records: z.array(z.string()),
})

const HitView = z.object({
  entity: z.string(),
  label: z.string(),
  entry: z.string(),
  list: z.string(),
  date: z.string().nullable(),
  exhibit: z.string(),
  takenAt: z.string().nullable(),
  program: z.string().nullable(),
  listedNames: z.array(z.string()),
  born: z.string().nullable().describe("as the list writes it"),
  weight: z.number(),
  weak: z.boolean().describe("weighs less than the threshold"),
  innocents: z
    .number()
    .nullable()
    .describe("of 1 000 invented people who are on no list, how many have a hit of this weight or more; measured"),
  reasons: z.array(Reason),
  records: z.array(z.string()).describe("rows of the list"),
  state: z.enum(["new", "changed", "same", "gone"]),
  because: z.array(z.object({ code: z.string(), words: z.string() })),
  silent: z.boolean(),
  cameBack: z.array(z.object({ code: z.string(), words: z.string() })).describe("what changed since it was decided not to be him"),
  decision: z.object({ decision: z.enum(DECISIONS), reason: z.string(), by: z.string(), at: z.string() }).nullable(),
})
type HitView = z.input<typeof HitView>

const worded = (codes: readonly string[]) => codes.map((code) => ({ code, words: wordsOf(code) }))

function viewOf(hit: Hit, row: HitRow | undefined, decisions: readonly ScreeningDecisionRow[]): HitView {
  const decision = decisionOn(decisions, hit)
  const { entity, label, entry, list, date, exhibit, takenAt, program, listedNames, weight, weak, reasons, records } = hit
  const silent = isSilent(decision, hit)
  return {
    entity,
    label,
    entry,
    list,
    date,
    exhibit,
    takenAt,
    program,
    listedNames,
    born: hit.bornAsWritten,
    weight,
    weak,
    innocents: innocentsAt(weight),
    reasons,
    records,
    state: row && row.state !== "gone" ? row.state : "new",
    because: worded(row?.because ?? []),
    silent,
    cameBack: decision?.decision === "not-him" && !silent ? worded(changesOf(decision, hit)) : [],
    decision: decision
      ? { decision: decision.decision, reason: decision.reason, by: decision.decided_by, at: decision.decided_at.toISOString() }
      : null,
  }
}

const hits = procedure({
  name: "screening.hits",
  title: "Who of the case may be on a watch list, with reasons; by default what changed at the last run",
  input: z.object({
    investigation: Investigation,
    show: z
      .enum(["delta", "open", "weak", "silent", "all"])
      .default("delta")
      .describe(
        "delta: new, changed and gone at the last run; open: all that nobody settled; weak: less than the threshold, not told unasked; silent: decided not to be him",
      ),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({
    run: z.string().nullable(),
    ran: z.string().nullable(),
    changed: z.boolean().describe("lists or case changed since that run: run again"),
    threshold: z.number(),
    weakFrom: z.number().describe("what weighs less is not kept"),
    weak: z.number().describe("how many weigh less than the threshold"),
    hits: z.array(HitView),
    of: z.number(),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { show, limit }) =>
    withScreening(ctx, async (screening, people) => {
      const { run: last, rows, decisions } = await memoryOf(ctx)
      const rowOf = (hit: Hit) => rows.find((r) => r.entry === hit.entry && r.keys.some((k) => hit.keys.includes(k)))
      const views = screening.hits.map((hit) => viewOf(hit, rowOf(hit), decisions))
      const present = new Set(screening.hits.map((h) => `${h.entity} ${h.entry}`))
      const names = new Map(
        (await people.engine.all<{ id: string; label: string }>("select id, label from entity")).map((e) => [e.id, e.label]),
      )
      // Of a hit that went, what the two sides said is no more: who and what it was, and why it went.
      const gone = rows
        .filter((r) => r.state === "gone" && !present.has(`${r.entity} ${r.entry}`))
        .map(
          (r): HitView => ({
            entity: r.entity,
            label: names.get(r.entity) ?? "–",
            entry: r.entry,
            list: r.list,
            date: null,
            exhibit: "",
            takenAt: null,
            program: null,
            listedNames: [],
            born: null,
            weight: r.weight,
            weak: false,
            innocents: null,
            reasons: [],
            records: [],
            state: "gone",
            because: worded(r.because),
            silent: false,
            cameBack: [],
            decision: null,
          }),
        )
      const wanted = {
        delta: (h: HitView) => !h.weak && !h.silent && h.state !== "same",
        open: (h: HitView) =>
          !h.weak && !h.silent && h.state !== "gone" && (h.decision === null || h.decision.decision === "unsure" || h.cameBack.length > 0),
        weak: (h: HitView) => h.weak && !h.silent,
        silent: (h: HitView) => h.silent,
        all: () => true,
      }[show]
      const all = [...views, ...gone].filter(wanted)
      const mask = await masker(people)
      return {
        run: last?.id ?? null,
        ran: last?.at.toISOString() ?? null,
        changed: last?.digest !== screening.digest,
        threshold: HIT_FROM,
        weakFrom: WEAK_FROM,
        weak: views.filter((h) => h.weak && !h.silent).length,
        of: all.length,
        hits: mask.text(all.slice(0, limit)),
      }
    }),
})

const decide = procedure({
  name: "screening.decide",
  title: "Say of a hit whether it is him. It merges nobody and gives nobody a standing",
  input: z.object({
    investigation: Investigation,
    entity: z.string(),
    entry: z.string().describe("of the list, as the hit names it"),
    decision: z.enum(DECISIONS),
    reason: z.string().trim().min(5).max(2000),
  }),
  output: z.object({ decision: z.string() }),
  needs: "assess",
  effect: "decision",
  shape: "value",
  about: (input) => [input.entity],
  run: async (ctx, input) => {
    const { hit, exhibits } = await withScreening(ctx, async (screening, people) => {
      const found = screening.hits.find((h) => h.entity === input.entity && h.entry === input.entry)
      if (!found)
        throw new Failure("invalid.hit-unknown", "There is no hit of these two that you may see.", {
          at: "entry",
          hint: "screening hits lists them; after a change of list or case the two may fit no more.",
        })
      return { hit: found, exhibits: [...(await speakingOf(people, found.keys)), found.exhibit] }
    })
    const id = decisionId(ctx, input)
    await insertScreeningDecision(ctx.tx, ctx.investigation!.id, await classOf(ctx, [], await classesOf(ctx, exhibits)), {
      id,
      keys: hit.keys,
      entry: hit.entry,
      list: hit.list,
      decision: input.decision,
      person: hit.person,
      listing: hit.listing,
      reason: input.reason,
      decided_by: ctx.caller.id,
      decided_at: new Date(ctx.at),
    })
    return { decision: id }
  },
})

export const screening = [lists, run, hits, decide]
