import { z } from "zod"
import { procedure } from "#access"
import { literal } from "#store"
import { masker } from "../masker.ts"
import { Investigation, withPeople } from "../open.ts"
import { label, type People } from "../people.ts"
import { adoptionActs } from "./adopt.ts"
import { adoptionInForce, adoptionsOf } from "./adopted.ts"
import { hashOf, PARAMETER_SOURCES, SOURCE_WORDS } from "./parameters.ts"
import { type ChangedPair, setInForce } from "./proposals.ts"
import { keptProposals, proposalFrom } from "./proposed.ts"
import { AdoptionView, adoptionView, SetView, setView } from "./shown.ts"

const Answered = z.object({
  same: z.number().describe("pairs decided to be the same"),
  sameHeld: z.number().describe("of these, held by the set as well"),
  other: z.number().describe("pairs decided not to be the same"),
  otherHeld: z.number().describe("of these, held by the set all the same"),
})

const Shown = z.object({
  fragments: z.number().describe("rows of registers in view"),
  pairs: z.number().describe("pairs of them that share a key and were compared"),
  held: z.number().describe("pairs of them that are held for one person"),
  decided: z
    .object({ same: z.number(), other: z.number() })
    .describe("pairs of rows that people decided on, as far as they can be learnt from"),
  inForce: SetView.extend({ adopted: z.boolean() })
    .nullable()
    .describe("with which the picture is made; null where there is nothing to link"),
  proposals: z
    .array(
      z.object({
        source: z.enum(PARAMETER_SOURCES),
        set: SetView.nullable(),
        missing: z.string().nullable().describe("what is too few to learn from"),
        joins: z.number().describe("pairs that would be joined and are not"),
        parts: z.number().describe("pairs that are joined and would not be"),
        answered: Answered,
      }),
    )
    .describe("what could be adopted"),
  adoptions: z.array(AdoptionView).describe("oldest first"),
})

const bits = (weight: number): string => (weight / 100).toFixed(2)

const parameters = procedure({
  name: "entities.parameters",
  title: "With which parameters rows of registers are linked, where those come from, and what could be adopted",
  input: z.object({ investigation: Investigation }),
  output: Shown,
  needs: "look",
  effect: "read",
  shape: "value",
  show: (p) =>
    [
      `${p.fragments} rows of registers, ${p.pairs} pairs compared, ${p.held} held for one person`,
      ...(p.inForce
        ? [
            `In force: ${p.inForce.adopted ? "adopted, " : ""}${SOURCE_WORDS[p.inForce.source]}; ${p.inForce.hash.slice(0, 12)}; keys of ${p.inForce.floor} bits; before anything is compared ${bits(p.inForce.priorWeight)} bits`,
            ...p.inForce.comparators.flatMap((c) => [
              `  ${c.comparator}${c.shipped ? " (shipped chances)" : ""}`,
              ...c.levels.map(
                (l) => `${bits(l.weight).padStart(10)}  m ${l.m.toPrecision(3).padEnd(9)} u ${l.u.toPrecision(3).padEnd(9)} ${l.level}`,
              ),
            ]),
          ]
        : ["Nothing to link: no register states a person."]),
      ...p.proposals.map(
        (o) =>
          `${SOURCE_WORDS[o.source]}: ${o.set ? `${o.set.hash.slice(0, 12)}; ${o.joins} pairs would join, ${o.parts} would part; of decided pairs it answers ${o.answered.sameHeld} of ${o.answered.same} the same, ${o.answered.otherHeld} of ${o.answered.other} not the same as the same` : o.missing}`,
      ),
      ...p.adoptions.map(
        (a) =>
          `${a.decision}  ${a.at.slice(0, 16)}  ${a.state}${a.counts ? ", counts" : ""}  ${SOURCE_WORDS[a.source]}, ${a.hash.slice(0, 12)}: ${a.reason}`,
      ),
    ].join("\n"),
  run: (ctx) =>
    withPeople(ctx, async (people) => {
      const own = await setInForce(people)
      const { proposals, ...counts } = await keptProposals(ctx, people)
      const adoptions = await ctx.store.register.transaction((tx) => adoptionsOf(tx, ctx.investigation!.id), ctx.sight.classes)
      const counting = adoptionInForce(adoptions)
      const mask = await masker(people)
      return {
        ...counts,
        inForce: own && { ...setView(own.set), adopted: own.adopted },
        proposals: proposals.map(({ source, set, missing, changes, answered }) => ({
          source,
          set: set && setView(set),
          missing,
          joins: changes.filter((c) => c.change === "join").length,
          parts: changes.filter((c) => c.change === "part").length,
          answered,
        })),
        adoptions: adoptions.map((a) => {
          const shown = adoptionView(a, a === counting)
          return { ...shown, reason: mask.text(shown.reason), reading: mask.text(shown.reading), undoing: mask.text(shown.undoing) }
        }),
      }
    }),
})

const Row = z.object({ entity: z.string(), label: z.string(), record: z.string() })

const compare = procedure({
  name: "entities.compare-parameters",
  title: "Which pairs of rows would join or part if other parameters were adopted",
  input: z.object({
    investigation: Investigation,
    source: z.enum(PARAMETER_SOURCES).describe("whose parameters would be adopted"),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({
    source: z.enum(PARAMETER_SOURCES),
    hash: z.string(),
    joins: z.number(),
    parts: z.number(),
    withheld: z.number().describe("pairs that concern protected people: they are counted and not shown"),
    pairs: z.array(
      z.object({
        change: z.enum(["join", "part"]),
        a: Row,
        b: Row,
        together: z.boolean().describe("held to be one person today, directly or through others"),
        weight: z.number().describe("hundredths of a bit, under the parameters that join them"),
      }),
    ),
  }),
  needs: "look",
  effect: "read",
  shape: "value",
  run: (ctx, { source, limit }) =>
    withPeople(ctx, async (people) => {
      const { set, changes } = proposalFrom(await keptProposals(ctx, people), source)
      const rows = await rowsOf(people, changes)
      const open = changes.filter((c) => rows.has(c.a) && rows.has(c.b))
      const joins = changes.filter((c) => c.change === "join").length
      return {
        source,
        hash: hashOf(set),
        joins,
        parts: changes.length - joins,
        withheld: changes.length - open.length,
        pairs: [...open]
          .sort((x, y) => x.weight - y.weight)
          .slice(0, limit)
          .map((c) => {
            const [a, b] = [rows.get(c.a)!, rows.get(c.b)!]
            return { change: c.change, a, b, together: a.entity === b.entity, weight: c.weight }
          }),
      }
    }),
})

/** The rows that fragments are of, with who that is today; those of protected people are not among them. */
async function rowsOf(people: People, changes: readonly ChangedPair[]): Promise<Map<string, z.infer<typeof Row>>> {
  const keys = [...new Set(changes.flatMap((c) => [c.a, c.b]))]
  if (keys.length === 0) return new Map()
  const found = await people.engine.all<{ key: string; entity: string; record: string }>(
    `select i.key, i.entity, min(m.record) as record from identity i join m using (key) where i.key in (${keys.map(literal).join(",")})
       and i.entity not in (select entity from hidden) group by i.key, i.entity order by i.key`,
  )
  const names = await label(people, [...new Set(found.map((f) => f.entity))])
  return new Map(found.map(({ key, entity, record }) => [key, { entity, label: names.get(entity)!.label, record }]))
}

export const linkageProcedures = [parameters, compare, ...adoptionActs]
