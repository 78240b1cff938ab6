import { z } from "zod"
import { procedure } from "#access"
import { SupportView, supported, unknownNames } from "#entities"
import { say } from "#vocabulary/sentences"
import { SnapshotInput, withSnapshot } from "../asking.ts"
import { playersOf } from "../players.ts"
import { aboveOthers, isStrong, SOURCES, verdictOf } from "./principals.ts"
import { spokenNames } from "./spoken-names.ts"

const SOURCE_IDS = SOURCES.map((s) => s.id) as [(typeof SOURCES)[number]["id"], ...(typeof SOURCES)[number]["id"][]]

const UnseenView = z.object({
  snapshot: z.string(),
  verdict: z.enum(["nothing", "not visible", "partly visible"]),
  says: z.string(),
  sources: z.array(z.object({ id: z.enum(SOURCE_IDS), title: z.string() })),
  people: z.array(
    z.object({
      entity: z.string(),
      label: z.string(),
      rank: z.number().describe("with all sources"),
      shownBy: z.array(z.enum(SOURCE_IDS)),
      onlyThroughOthers: z.boolean().describe("no word, message or call of his own"),
      strong: z.boolean().describe("two kinds of source in two independent seizures say that he stands above others"),
      spokenAs: z
        .array(z.object({ name: z.string(), events: z.number(), records: z.array(z.string()) }))
        .describe("names spoken of in talk that are his in another script or spelling, or a namesake's: nobody has joined them"),
      without: z.array(z.object({ source: z.enum(SOURCE_IDS), rank: z.number().nullable().describe("null: nothing else shows him") })),
      reasons: z.array(z.object({ words: z.string(), innocent: z.string(), records: z.array(z.string()), support: SupportView })),
    }),
  ),
  unknownNames: z.array(z.object({ name: z.string(), events: z.number(), runs: z.boolean() })),
  missing: z.array(z.string()),
})

function showUnseen(o: z.infer<typeof UnseenView>): string {
  const rank = (r: number | null) => (r === null ? "not in the list" : String(r))
  return [
    o.says,
    "",
    ...o.people.map(
      (p) =>
        `${p.strong ? "* " : ""}${p.label}: rank ${p.rank}${p.onlyThroughOthers ? ", seen only through others" : ""}${p.spokenAs.map((s) => `; spoken of as “${s.name}” in ${s.events} seizure ${s.events === 1 ? "event" : "events"}`).join("")}; without ${p.without.map((w) => `${o.sources.find((s) => s.id === w.source)!.title} ${rank(w.rank)}`).join(", without ")}`,
    ),
    ...o.unknownNames.map(
      (n) =>
        `? “${n.name}” ${n.runs ? "is said to run it" : "is spoken of"} in ${n.events} seizure ${n.events === 1 ? "event" : "events"}; nobody knows who that is`,
    ),
    "",
    ...o.missing.map((m) => `! ${m}`),
  ].join("\n")
}

export const unseen = procedure({
  name: "network.unseen",
  title:
    "The boss nobody phones: who stands above others by what is said, paid and released, what hangs on each source, and when nobody is visible",
  input: SnapshotInput,
  output: UnseenView,
  needs: "analyse",
  effect: "read",
  shape: "job",
  // What many seizures hold is put together here (DPA 2018 s.62(1)(e)).
  entry: "combination",
  show: showUnseen,
  run: (ctx, input) =>
    withSnapshot(ctx, input, async (snapshot) => {
      ctx.progress(0.9, "Looking above the list")
      const players = await playersOf(snapshot)
      const ties = await snapshot.ties()
      const above = aboveOthers(players, ties, await spokenNames(snapshot.people, players))
      const names = await unknownNames(snapshot.people)
      const { verdict, says } = verdictOf(players.length, above, names)
      const support = await supported(
        ctx,
        snapshot.people,
        above.flatMap((a) => a.reasons.map((r) => r.records)),
      )
      const shown = new Set(above.flatMap((a) => a.shownBy))
      return {
        snapshot: snapshot.id,
        verdict,
        says,
        sources: SOURCES.map(({ id, title }) => ({ id, title })),
        people: above.map(({ reasons, spokenAs, aloof, ...a }) => ({
          ...a,
          strong: isStrong({ reasons, spokenAs, aloof }),
          spokenAs: spokenAs.map(({ name, events, records }) => ({ name, events: events.length, records: records.slice(0, 6) })),
          reasons: reasons.map(({ words, innocent, records }) => ({
            words,
            innocent,
            records: records.slice(0, 6),
            support: support.shift()!,
          })),
        })),
        unknownNames: names,
        missing: [...SOURCES.filter((s) => !shown.has(s.id)).map((s) => say(`head.missing.${s.id}`)), say("head.whoever")],
      }
    }),
})
