import { z } from "zod"
import { procedure } from "#access"
import { say } from "#vocabulary/sentences"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { namedGraph } from "../graph.ts"
import { playersOf } from "../players.ts"
import { doubtsOf } from "../range/doubt.ts"
import { involvementInput } from "../rank.ts"
import { heldAndDoubtful, ifHeld, notHeld, pictureOf, type Wanted, yieldOf } from "./wanted.ts"

const Item = z.object({
  kind: z.enum(["phone", "book", "decision", "held"]).describe("to be had (phone, book), to be decided, or held and to be looked at again"),
  entity: z.string().nullable(),
  event: z.string().nullable(),
  join: z.object({ a: z.string(), b: z.string(), grade: z.string(), rule: z.string() }).nullable(),
  label: z.string(),
  shift: z.number().describe("how far places move on average, as a share of the list"),
  topShare: z.number().describe("share of the first who would be others"),
  says: z.string(),
})

const PlanView = z.object({
  snapshot: z.string(),
  items: z.array(Item),
  top: z.number(),
  leftOut: z.number(),
  says: z.string(),
})

export const collect = procedure({
  name: "network.collect",
  title: "The collection plan: which phone, exchange book or identity decision would change the picture most, and on what held it hangs",
  input: SnapshotInput.extend({
    top: z.number().int().min(1).max(100).default(10).describe("the first so many of the list"),
    items: z.number().int().min(1).max(200).default(20).describe("at most so many of each kind"),
    seed: z.number().int().min(0).default(1),
  }),
  output: PlanView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: (o) => [o.says, "", ...o.items.map((i) => `${i.says}`)].join("\n"),
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      ctx.progress(0.9, "Imagining what is not held")
      const players = await playersOf(snapshot)
      const ties = await snapshot.ties()
      const ids = players.map((p) => p.entity)
      const net = namedGraph(ids, await snapshot.ties())
      const { input: rows, events } = involvementInput(net, players)
      const picture = pictureOf(rows, input.top)
      const called = await snapshot.events()
      const name = (event: string) => {
        const known = called.get(event)
        return known ? `${known.kind} “${known.label}”${known.place ? ` (${known.place})` : ""}` : `seized item ${event}`
      }
      const of = (...kinds: string[]) => events.flatMap((e, i) => (kinds.includes(called.get(e)?.kind ?? "") ? [i] : []))
      const { phones, books } = await notHeld(snapshot.people, players, ties)
      const perPhone = yieldOf(rows, of("raid", "landing", "arrest"))
      const perBook = yieldOf(rows, of("book"))
      // An outlet with which more of the players deal is expected to hold more, up to twice what a book held on average.
      const usual = books.reduce((sum, b) => sum + b.players, 0) / Math.max(1, books.length)
      const perBookOf = (dealing: number) => {
        const more = Math.min(2, dealing / usual)
        return { ...perBook, ties: perBook.ties * more, evidence: Math.max(1, perBook.evidence * more) }
      }
      const wanted: Wanted[] = [
        ...heldAndDoubtful(picture, events, await doubtsOf(snapshot.people, ids, events), players),
        ...phones.map(
          (v): Wanted => ({
            kind: "phone",
            entity: ids[v]!,
            event: null,
            join: null,
            label: players[v]!.label,
            ...ifHeld(picture, v, perPhone, input.seed),
          }),
        ),
        ...books.map(
          (b): Wanted => ({
            kind: "book",
            entity: b.entity,
            event: null,
            join: null,
            label: b.label,
            ...ifHeld(picture, null, perBookOf(b.players), input.seed),
          }),
        ),
      ]
      const moving = wanted.filter((w) => w.shift > 1e-9)
      const kept = [...Map.groupBy(moving, (w) => w.kind).values()]
        .flatMap((own) => own.sort(byChange).slice(0, input.items))
        .sort(byChange)
      const effect = (w: Wanted) => ({ shift: Math.round(100 * w.shift), share: Math.round(w.topShare * 100), top: input.top })
      const words: Record<Wanted["kind"], (w: Wanted) => string> = {
        phone: (w) => say("collect.phone", { label: w.label, ...effect(w) }),
        book: (w) => say("collect.book", { label: w.label, ...effect(w) }),
        decision: (w) => say("collect.decision", { ...w.join!, ...effect(w) }),
        held: (w) => say("collect.held", { thing: name(w.event!), ...effect(w) }),
      }
      return {
        snapshot: snapshot.id,
        items: kept.map((w) => ({
          ...w,
          label: w.event === null ? w.label : (called.get(w.event)?.label ?? w.event),
          says: words[w.kind](w),
        })),
        top: input.top,
        leftOut: moving.length - kept.length,
        says: say(players.length === 0 ? "collect.nobody" : "collect.caution"),
      }
    }),
})

const byChange = (a: Wanted, b: Wanted): number =>
  b.topShare - a.topShare || b.shift - a.shift || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)
