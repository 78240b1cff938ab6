import { z } from "zod"
import { type Context, procedure } from "#access"
import { masker, type People } from "#entities"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { SnapshotInput, VARIANT, withSnapshot } from "../asking.ts"
import { insertNamed, type NamedRow, selectNamed } from "../sql.ts"
import { type Comparison, compare } from "./compare.ts"
import { digestOf, type Frozen, frozen } from "./content.ts"

const Name = z.string().trim().min(1).max(120)
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const Listed = z.object({
  id: z.string(),
  name: z.string(),
  snapshot: z.string(),
  state: z.enum(["stands", "erased"]),
  madeAt: z.string(),
  sha256: z.string(),
  request: z.record(z.string(), z.unknown()),
  players: z.number(),
  ties: z.number(),
})

const listed = (n: NamedRow): z.infer<typeof Listed> => {
  const content = n.content as Frozen | null
  return {
    id: n.id,
    name: n.name,
    snapshot: n.snapshot,
    state: content === null || n.erased_by ? "erased" : "stands",
    madeAt: n.made_at.toISOString(),
    sha256: n.sha256,
    request: n.request,
    players: content?.players.length ?? 0,
    ties: content ? new Set(content.ties.map((t) => `${t.a} ${t.b}`)).size : 0,
  }
}

const Investigation = z.object({ investigation: z.string().describe("name or id") })

/** What is frozen: a network, and by what its people are ranked. */
const NamedInput = SnapshotInput.extend(VARIANT)

const nameSnapshot = procedure({
  name: "network.name-snapshot",
  title: "Freeze a network under a name: what it rests on, who is ranked, their ties; it is never changed",
  input: NamedInput.extend({ name: Name.describe("what it will be called") }),
  output: z.object({ id: z.string(), name: z.string(), snapshot: z.string(), sha256: z.string(), players: z.number() }),
  needs: "analyse",
  effect: "decision",
  shape: "job",
  unwritten: ["name"],
  run: (ctx, { name, ...input }) =>
    withSnapshot(ctx, input, async (snapshot) => {
      const content = await frozen(snapshot, ctx.store.nodeKey, input)
      const investigation = ctx.investigation!.id
      const { investigation: _, ...request } = input
      const row = {
        id: keyedId("sn_", ctx.store.nodeKey, investigation, "named", name, ctx.sight.digest),
        investigation,
        classes: ctx.sight.classes,
        name,
        snapshot: snapshot.id,
        request,
        content,
        sha256: digestOf(content),
        made_by: ctx.caller.id,
        made_at: new Date(ctx.at),
      }
      await ctx.commit({ snapshot: snapshot.id, sha256: row.sha256 }, async (tx) => {
        if (await insertNamed(tx, row)) return
        const [same] = await selectNamed(tx, investigation, row.id)
        // A job that is begun again finds what it has done.
        if (same?.sha256 !== row.sha256)
          throw new Failure("conflict.snapshot-named", "A snapshot of that name is held already, and snapshots are never changed.", {
            at: "name",
            hint: "Choose another name.",
          })
      })
      return { id: row.id, name, snapshot: snapshot.id, sha256: row.sha256, players: content.players.length }
    }),
})

const snapshots = procedure({
  name: "network.snapshots",
  title: "Named snapshots, oldest first",
  input: Investigation,
  output: z.object({ snapshots: z.array(Listed) }),
  needs: "analyse",
  effect: "read",
  shape: "value",
  run: async (ctx) => {
    const rows = await ctx.store.register.transaction((tx) => selectNamed(tx, ctx.investigation!.id), ctx.sight.classes)
    return { snapshots: rows.map(listed) }
  },
})

async function held(ctx: Context, id: string): Promise<NamedRow & { content: Frozen }> {
  const [row] = await ctx.store.register.transaction((tx) => selectNamed(tx, ctx.investigation!.id, id), ctx.sight.classes)
  if (!row)
    throw new Failure("invalid.snapshot-unknown", "No snapshot of that id was given out that you may see.", {
      at: "snapshot",
      hint: "network snapshots lists those with a name.",
    })
  if (row.content === null || row.erased_by)
    throw new Failure(
      "conflict.snapshot-erased",
      "What this snapshot rested on was erased: only its name, its hash and its parts are left.",
      { at: "snapshot" },
    )
  return row as NamedRow & { content: Frozen }
}

/** Whoever came under protection since the snapshot was frozen has no name, no rank and no tie in what is shown of it. */
async function shown(people: People, content: Frozen): Promise<Frozen> {
  const hidden = new Set((await people.engine.all<{ entity: string }>("select entity from hidden")).map((h) => h.entity))
  const mask = await masker(people)
  const players = content.players.filter((p) => !hidden.has(p.entity) && mask.text(p.label) === p.label)
  const here = new Set(players.map((p) => p.entity))
  return { ...content, players, ties: content.ties.filter((t) => here.has(t.a) && here.has(t.b)) }
}

const Strength = z.object({ out: z.number(), in: z.number() })

const openNamed = procedure({
  name: "network.open-snapshot",
  title: "One named snapshot as it was frozen, and whether the same question gives the same bytes today",
  input: Investigation.extend({ snapshot: z.string().describe("id, as network snapshots gives it") }),
  output: Listed.extend({
    parts: z.record(z.string(), z.unknown()),
    counts: z.object({ players: z.number(), entities: z.number(), ties: z.number(), events: z.number() }),
    people: z.array(
      z.object({
        entity: z.string(),
        label: z.string(),
        rank: z.number(),
        score: z.number(),
        range: z.tuple([z.number(), z.number()]).nullable(),
        strength: Strength,
        roles: z.array(z.string()),
        stages: z.array(z.number()),
      }),
    ),
    tied: z.array(
      z.object({
        a: z.string(),
        b: z.string(),
        layers: z.array(z.string()),
        events: z.number(),
        weight: z.number(),
        forth: z.number(),
        back: z.number(),
      }),
    ),
    today: z.object({ snapshot: z.string(), sha256: z.string(), same: z.boolean(), says: z.string() }),
    says: z.string(),
  }),
  needs: "analyse",
  effect: "read",
  shape: "job",
  about: (input) => [input.snapshot],
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  run: async (ctx, { investigation, snapshot: id }) => {
    const row = await held(ctx, id)
    const asked = NamedInput.parse({ ...row.request, investigation })
    return withSnapshot(ctx, asked, async (snapshot) => {
      const now = await frozen(snapshot, ctx.store.nodeKey, asked)
      const sha256 = digestOf(now)
      const same = sha256 === row.sha256
      const content = await shown(snapshot.people, row.content)
      return {
        ...listed(row),
        players: content.players.length,
        parts: { ...content.parts, from: iso(content.parts.from), to: iso(content.parts.to) },
        counts: content.counts,
        people: content.players.map((p) => ({
          entity: p.entity,
          label: p.label,
          rank: p.rank,
          score: p.score,
          range: p.range,
          strength: p.strength,
          roles: [...new Set(p.acts.map((a) => a.role))].sort(),
          stages: [...new Set(p.acts.flatMap((a) => a.stage ?? []))].sort((a, b) => a - b),
        })),
        tied: [...Map.groupBy(content.ties, (t) => `${t.a} ${t.b}`).values()].map((own) => ({
          a: own[0]!.a,
          b: own[0]!.b,
          layers: [...new Set(own.map((t) => t.layer))].sort(),
          events: new Set(own.map((t) => t.event)).size,
          weight: own.reduce((sum, t) => sum + t.weight, 0),
          forth: own.reduce((sum, t) => sum + t.forth, 0),
          back: own.reduce((sum, t) => sum + t.n - t.forth, 0),
        })),
        today: {
          snapshot: snapshot.id,
          sha256,
          same,
          says: same
            ? "The same question gives the same bytes today."
            : "The same question gives another picture today: exhibits, scope, decisions, who is protected or the release changed since.",
        },
        says: "Ranks and ranges as they were when this was frozen. Ranges say nothing of people whom no exhibit mentions.",
      }
    })
  },
})

const Tie = z.object({
  a: z.string(),
  b: z.string(),
  layers: z.array(z.string()),
  why: z.enum(["world", "evidence", "undated"]),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
})

const CompareView = z.object({
  earlier: Listed,
  later: Listed,
  until: z.string().describe("the end of the earlier window, or when it was frozen"),
  players: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      change: z.enum(["new", "gone", "rose", "fell", "same", "joined"]),
      rankBefore: z.number().nullable(),
      rankAfter: z.number().nullable(),
      beyondRange: z.boolean().nullable(),
      signs: z.object({ world: z.number(), evidence: z.number(), undated: z.number() }),
      says: z.string(),
    }),
  ),
  newTies: z.array(Tie),
  goneTies: z.array(Tie),
  stayed: z.number(),
  says: z.string(),
})

function playerSays(p: Comparison["players"][number]): string {
  const signs = `${p.signs.evidence} ${p.signs.evidence === 1 ? "sign was" : "signs were"} there before and came in later, ${p.signs.world} ${p.signs.world === 1 ? "is" : "are"} of the time since, ${p.signs.undated} undated`
  if (p.change === "gone") return "Not in the later list: nothing in its window or holdings ranks this person."
  if (p.change === "new") return `New in the list: ${signs}.`
  const doubt =
    p.beyondRange === null
      ? ""
      : p.beyondRange
        ? " Outside the earlier range."
        : " Within the earlier range: no change that the picture's own doubt does not explain."
  return `From ${p.rankBefore} to ${p.rankAfter}${p.change === "joined" ? ", two of the earlier list held to be one person now" : ""}: ${signs}.${doubt}`
}

const compareNamed = procedure({
  name: "network.compare",
  title: "Two named snapshots in time: who rose, who vanished, which ties are new, and what of it is new evidence only",
  input: Investigation.extend({ earlier: z.string().describe("id of a named snapshot"), later: z.string().describe("id of another") }),
  output: CompareView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  about: (input) => [input.earlier, input.later],
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  run: async (ctx, { investigation, earlier, later }) => {
    const [one, two] = [await held(ctx, earlier), await held(ctx, later)]
    return withSnapshot(ctx, NamedInput.parse({ ...two.request, investigation }), async (snapshot) => {
      const [before, after] = [await shown(snapshot.people, one.content), await shown(snapshot.people, two.content)]
      const until = before.parts.to ?? one.made_at.getTime()
      const { players, newTies, goneTies, stayed } = compare(before, after, { until })
      const dated = (t: Comparison["newTies"][number]) => ({ ...t, firstAt: iso(t.firstAt), lastAt: iso(t.lastAt) })
      const different = canonicalParts(before) !== canonicalParts(after)
      return {
        earlier: listed(one),
        later: listed(two),
        until: new Date(until).toISOString(),
        players: players.map((p) => ({ ...p, says: playerSays(p) })),
        newTies: newTies.map(dated),
        goneTies: goneTies.map(dated),
        stayed,
        says: `A tie dated before ${new Date(until).toISOString().slice(0, 10)} that only the later one has is new evidence, not a new tie.${different ? " The two were not asked alike (layers, grades, projection, measure or release): some differences come from that." : ""}`,
      }
    })
  },
})

const canonicalParts = ({ parts }: Frozen): string =>
  JSON.stringify([parts.layers, parts.grades, parts.projection, parts.mode, parts.release, parts.measure, parts.weighted, parts.directed])

export const namedProcedures = [nameSnapshot, snapshots, openNamed, compareNamed]
