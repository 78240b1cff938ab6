import { z } from "zod"
import { procedure } from "#access"
import { Failure } from "#vocabulary/failure"
import { masker } from "../masker.ts"
import { Investigation, withPeople } from "../open.ts"
import { label, type People } from "../people.ts"
import { type ShownClaim, shownClaims } from "../shown-claims.ts"
import { compared, keyFacts } from "./facts.ts"
import { strongestPath } from "./ties.ts"

const Part = z.object({
  part: z.string(),
  weight: z.number().describe("hundredths of a bit, for (above 0) or against"),
  words: z.string(),
})

const Step = z.object({
  a: z.string(),
  b: z.string(),
  rule: z.string(),
  weight: z.number(),
  grade: z.string(),
  reason: z.string(),
  prior: z.number().nullable().describe("weight before anything was compared; null where a rule's weight is set and holds it already"),
  parts: z.array(Part).describe("what the weight is made of, in order"),
  probability: z.number().describe("2^(weight/100) against 1; of a set weight no more than an order"),
  items: z.number(),
  records: z.array(z.string()),
  refused: z.string().nullable().describe("what forbade it"),
  decision: z.string().nullable(),
})

const Side = z.object({ entity: z.string(), label: z.string(), identifiers: z.array(z.string()) })

const Why = z.object({
  a: Side,
  b: Side,
  together: z.boolean().describe("held to be one person today"),
  direct: z.array(Step).describe("what ties the two sides themselves, heaviest first"),
  forbids: z.array(Step).describe("of these, what was not followed, and why"),
  path: z.array(Step).describe("the strongest way from one to the other where they are joined only through others"),
  compared: z
    .array(z.object({ part: z.string(), code: z.string(), weight: z.number(), words: z.string(), records: z.array(z.string()) }))
    .describe("what names, birth dates and numbers of the two say, whether or not a claim rests on it"),
  weight: z.number().nullable().describe("of the weakest step by which they are joined; of the heaviest direct claim where they are not"),
  probability: z.number().nullable(),
  says: z.string(),
})
type Why = z.input<typeof Why>

const probabilityOf = (weight: number): number => Math.round((1 / (1 + 2 ** (-weight / 100))) * 10_000) / 10_000
/** Names of parts that stand for what was believed before anything was compared. */
const PRIOR = /^prior\b/

function stepOf(claim: ShownClaim): z.input<typeof Step> {
  const prior = claim.detail.find((d) => PRIOR.test(d.part))
  const parts =
    claim.detail.length > 0
      ? claim.detail.filter((d) => d !== prior).map(({ part, weight, words }) => ({ part, weight, words }))
      : [{ part: claim.rule, weight: claim.weight, words: claim.reason }]
  const { a, b, rule, weight, grade, reason, items, records, refused, decision } = claim
  return {
    a,
    b,
    rule,
    weight,
    grade,
    reason,
    prior: prior?.weight ?? null,
    parts,
    probability: probabilityOf(weight),
    items,
    records,
    refused,
    decision,
  }
}

interface Named {
  entity: string
  label: string
  keys: string[]
}

/** Whom an entity's id, or an identifier as it is shown, stands for. Of protected people nothing is explained. */
async function namedBy(people: People, named: string, at: string): Promise<Named> {
  const { engine } = people
  const unknown = new Failure("invalid.entity-unknown", "There is nobody and nothing of that id that you may see.", { at })
  const [byKey] = await engine.all<{ entity: string }>("select entity from identity where key = $1", [named])
  const entity = byKey?.entity ?? named
  const called = (await label(people, [entity])).get(entity)
  if (!called) throw unknown
  if (called.masked)
    throw new Failure("refused.protected-explained", "This person is protected: what ties identifiers to them is not shown.", {
      at,
      hint: "Protection is lifted by two people of different teams, for one person, with recorded answers.",
    })
  const keys = byKey
    ? [named]
    : (await engine.all<{ key: string }>("select key from identity where entity = $1 order by key", [entity])).map((r) => r.key)
  if (keys.length === 0) throw unknown
  return { entity, label: called.label, keys }
}

function saying(together: boolean, direct: readonly ShownClaim[], path: readonly ShownClaim[], weakest: number | null): string {
  if (together && path.length === 0) return "Both are the same identifier or person: there is nothing between them."
  if (together && path.length === 1) return `Joined directly, by a claim of ${weakest} hundredths of a bit.`
  if (together)
    return `Joined through ${path.length - 1} other ${path.length === 2 ? "identifier" : "identifiers"}; the weakest step weighs ${weakest}.`
  if (direct.some((c) => c.refused !== null)) return "Not joined: something would tie them, and something forbids it."
  if (direct.length > 0) return "Not joined, though something ties them."
  return "Not joined: nothing in your sight ties the two."
}

export const why = procedure({
  name: "entities.why",
  title: "Why two are held to be one person, or are not: every weight with its records",
  input: z.object({
    investigation: Investigation,
    a: z.string().min(1).max(400).describe("an entity's id, or an identifier as it is shown (phone:+44…)"),
    b: z.string().min(1).max(400).describe("the other"),
  }),
  output: Why,
  needs: "look",
  effect: "read",
  shape: "value",
  about: (input) => [input.a, input.b],
  show: (w) =>
    [
      `${w.a.label} — ${w.b.label}: ${w.says}`,
      ...(w.path.length > 0 ? w.path : w.direct).flatMap((s) => [
        `${String(s.weight).padStart(7)}  ${s.a} = ${s.b}  (${s.rule}${s.refused === null ? "" : `; not followed: ${s.refused}`})`,
        ...(s.prior === null ? [] : [`${String(s.prior).padStart(15)}  before anything was compared`]),
        ...s.parts.map((p) => `${String(p.weight).padStart(15)}  ${p.words}`),
      ]),
      ...w.compared.map((c) => `${String(c.weight).padStart(7)}  ${c.words}`),
    ].join("\n"),
  run: (ctx, input) =>
    withPeople(ctx, async (people): Promise<Why> => {
      const [a, b] = [await namedBy(people, input.a, "a"), await namedBy(people, input.b, "b")]
      const claims = await shownClaims(people)
      const [left, right] = [new Set(a.keys), new Set(b.keys)]
      const direct = claims.filter((c) => (left.has(c.a) && right.has(c.b)) || (left.has(c.b) && right.has(c.a)))
      const together = a.entity === b.entity
      const path = (together ? strongestPath(claims, left, right) : null) ?? []
      const weakest = path.length > 0 ? Math.min(...path.map((c) => c.weight)) : (direct[0]?.weight ?? null)
      const facts = await keyFacts(people)
      const mask = await masker(people)
      return mask.text({
        a: { entity: a.entity, label: a.label, identifiers: a.keys },
        b: { entity: b.entity, label: b.label, identifiers: b.keys },
        together,
        direct: direct.map(stepOf),
        forbids: direct.filter((c) => c.refused !== null).map(stepOf),
        path: path.length > 1 ? path.map(stepOf) : [],
        compared: left.size === right.size && [...left].every((k) => right.has(k)) ? [] : compared(facts.of(a.keys), facts.of(b.keys)),
        weight: weakest,
        probability: weakest === null ? null : probabilityOf(weakest),
        says: saying(together, direct, path, weakest),
      })
    }),
})
