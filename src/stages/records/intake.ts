import { z } from "zod"
import { kebab, localPath, procedure, staging } from "#access"
import { internClasses, planIntake, Sheet, seal, selectExhibits, selectItems } from "#evidence"
import { canonical } from "#store"
import { Failure } from "#vocabulary/failure"
import { parseGrade } from "#vocabulary/grades"
import { IMPORTERS, importerOf } from "./importers/list.ts"
import { isTableMapping, parseMapping } from "./mapping/schema.ts"
import { readExhibits } from "./read.ts"
import { sortApart } from "./scope/sort.ts"

const File = z.object({
  path: z.string(),
  sha256: z.string(),
  format: z.string().nullable(),
  read: z.record(z.string(), z.number()),
  detail: z.record(z.string(), z.number()),
  there: z.number(),
  rejected: z.number(),
  exhibit: z.string(),
  item: z.string(),
  state: z.string(),
  undecided: z.boolean(),
  held: z.boolean(),
  notes: z.array(z.string()),
})

export const intake = procedure({
  name: "records.intake",
  title: "Take in files or folders: seal them and read them",
  input: z.object({
    paths: z.array(localPath()).default([]).describe("files or folders; a folder with material.json is one seized thing"),
    uploads: z.array(z.string()).default([]).describe("handles of files handed in with evidence stage; together one seized thing"),
    investigation: z.string().describe("name or id; opened when it is new"),
    authority: z.string().optional().describe("under which warrant, act or agreement"),
    grade: z.string().optional().describe("1A, B2, 5x5x5:B2, …"),
    handling: z.string().optional().describe("P, C, H0 … H3"),
    condition: z.array(z.string()).default([]).describe("handling conditions as written"),
    classification: z.enum(["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"]).default("OFFICIAL"),
    originator: z.string().default("this node"),
    power: z.string().optional().describe("power of seizure, such as BSAIA 2025 s.23"),
    onArrival: z.boolean().default(false).describe("seized from a person on arrival: rows start undecided"),
    grounds: z.string().max(4000).optional().describe("of a device: why this one, in words of its own"),
    officer: z.string().max(200).optional().describe("who took it"),
    authoriser: z.string().max(200).optional().describe("who authorised that it is read"),
    authoriserRank: z.string().max(100).optional().describe("rank or grade of the authoriser"),
    permittedUse: z.array(z.string().max(300)).default([]).describe("what it may be used for"),
    device: Sheet.shape.device.describe("the rest of a device's record (JSON)"),
    reference: z.string().optional().describe("exhibit reference"),
    kind: Sheet.shape.kind,
    seizureEvent: Sheet.shape.seizureEvent.describe("what joins things seized on one occasion (JSON)"),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .describe("country of numbers without a country code"),
    zone: z.string().optional().describe("IANA zone of local times"),
    as: z
      .string()
      .optional()
      .describe(`read as this format: ${IMPORTERS.map((i) => i.id).join(", ")}`),
    map: z.unknown().optional().describe('mapping for tables; of a network which sheet and columns: {"source": …, "target": …}'),
  }),
  output: z.object({ files: z.array(File) }),
  needs: "take-in",
  effect: "decision",
  shape: "job",
  entry: "collection",
  opens: true,
  run: async (ctx, input) => {
    if (input.as) importerOf(input.as)
    const { store } = ctx
    const grade = input.grade === undefined ? undefined : parseGrade(input.grade)
    const said = Sheet.safeParse({
      authority: input.authority,
      ...(grade ? { grade: { scheme: grade.scheme, code: grade.code } } : {}),
      handling: input.handling,
      conditions: input.condition,
      classification: input.classification,
      originator: input.originator,
      power: input.power,
      onArrival: input.onArrival,
      grounds: input.grounds,
      officer: input.officer,
      authoriser: input.authoriser,
      authoriserRank: input.authoriserRank,
      permittedUses: input.permittedUse,
      device: input.device,
      reference: input.reference,
      kind: input.kind,
      seizureEvent: input.seizureEvent,
      region: input.region,
      zone: input.zone,
    })
    if (!said.success) {
      const issue = said.error.issues[0]!
      throw new Failure("invalid.grounds", `The grounds say something that cannot be: ${issue.path.join(".")}: ${issue.message}`, {
        at: `--${issue.path[0] === undefined ? "sheet" : kebab(String(issue.path[0]))}`,
        hint: "Nothing was taken in.",
      })
    }
    const sheet = said.data
    const investigation = ctx.investigation!.id
    const uploads = await Promise.all(input.uploads.map((handle) => staging.openUpload(store, ctx.caller, handle)))
    const request = {
      paths: input.paths,
      uploads: uploads.map(({ path, name }) => ({ path, name })),
      investigation,
      sheet,
      as: input.as,
      mapping: input.map,
    }
    const plan = planIntake(request)
    for (const way of [{ as: input.as, mapping: input.map }, ...plan.things.flatMap(({ sheet }) => Object.values(sheet.files))]) {
      if (way.as) importerOf(way.as)
      if (isTableMapping(way.mapping)) parseMapping(way.mapping)
    }
    const needed = await ctx.commit({ planned: plan.files }, (tx) => internClasses(tx, investigation, plan))
    const { classes } = await ctx.lookAgain()
    if (!needed.every((c) => classes.includes(c)))
      throw new Failure("refused.marked-beyond-you", "Something here is marked so that you may not see it yourself.", {
        at: "classification",
        hint: "Nothing was taken in. Have it taken in by somebody whose clearance, organisation and purpose its marking allows.",
      })
    // The input is the same each time a job is started again, so things without a reference keep their id.
    const sealed = await seal(
      store,
      plan,
      request,
      canonical(input),
      { id: ctx.caller.id, name: ctx.caller.name, local: ctx.caller.via === "local" },
      ctx.commit,
      (p) => ctx.progress((p.fraction ?? 0) * 0.3, p.words, p.counts),
      ctx.signal,
    )
    const ids = [...new Set(sealed.map((s) => s.exhibit))]
    const under = () =>
      store.register.transaction(
        async (tx) => ({ exhibits: await selectExhibits(tx, { ids }), items: await selectItems(tx, { investigation }) }),
        ctx.sight.classes,
      )
    const before = await under()
    const beside = await store.register.transaction((tx) => selectExhibits(tx, { investigation }), ctx.sight.classes)
    await readExhibits(
      store,
      before.exhibits.filter((e) => e.state === "sealed"),
      beside,
      new Map(before.items.map((i) => [i.id, i])),
      ctx.commit,
      (p) => ctx.progress(0.3 + (p.fraction ?? 0) * 0.7, p.words, p.counts),
      ctx.signal,
    )
    await sortApart(ctx, (await under()).exhibits)
    for (const { handle } of uploads) await staging.dropUpload(store, ctx.caller, handle)
    const after = new Map((await under()).exhibits.map((e) => [e.id, e]))
    return {
      files: sealed.map((s) => {
        const e = after.get(s.exhibit)!
        return {
          path: s.path,
          sha256: s.sha256,
          format: e.format,
          read: e.reading?.read ?? {},
          detail: e.reading?.detail ?? {},
          there: e.reading?.there ?? 0,
          rejected: e.reading?.rejected ?? 0,
          exhibit: e.id,
          item: e.item,
          state: e.state,
          undecided: e.undecided,
          held: s.held,
          notes: e.reading?.notes ?? [],
        }
      }),
    }
  },
})
