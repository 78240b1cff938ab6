import { createHash } from "node:crypto"
import { label, masker, type People, rankable } from "#entities"
import { canonical, literal } from "#store"
import { Failure } from "#vocabulary/failure"
import { RELEASE } from "#vocabulary/release"
import type { ContestRow } from "./sql.ts"

const bits = (hundredths: number): string => (hundredths / 100).toFixed(2)

/**
 * What the defence may ask for: how the result about one person came about, by release and parameters, and every fact that entered, each
 * with its records by exhibit and place. Nothing of a protected person is written: there is no result about him. Ranks themselves are
 * worked out behind this stage, from these facts and from ties; which ties, the ranking's own answer lists.
 */
export async function methodText(
  people: People,
  entity: string,
  also: { at: string; contests: readonly ContestRow[] },
): Promise<{ text: string; facts: number }> {
  const { engine } = people
  const named = (await label(people, [entity])).get(entity)
  if (!named || named.masked)
    throw new Failure("refused.protected", "This person is protected: nobody ranks or weighs him, and nothing is told of him.", {
      at: entity,
      hint: "There is no result about him that a method could explain.",
    })
  const identity = await engine.all<{ key: string }>("select key from identity where entity = $1 order by key", [entity])
  const keys = identity.map((k) => literal(k.key)).join(",")
  const claims = await engine.all<{
    a: string
    b: string
    grade: string
    rule: string
    reason: string
    records: string
    refused: string | null
  }>(`select a, b, grade, rule, reason, records, refused from claim where a in (${keys}) or b in (${keys}) order by all`)
  const standings = await engine.all<{ standing: string; source: string; records: string | null }>(
    "select standing, source, records from standing where entity = $1 order by all",
    [entity],
  )
  const conduct = await engine.all<{
    conduct: string
    stage: number | null
    strength: number
    rule: string
    words: string
    innocent: string
    records: string
    events: string
  }>(
    "select conduct, stage, strength, rule, words, innocent, records, events from conduct where entity = $1 order by strength desc, rule, words, records",
    [entity],
  )
  const player = (await rankable(people)).find((p) => p.entity === entity)
  const used = new Set([...claims, ...standings, ...conduct].flatMap((r) => JSON.parse(r.records ?? "[]") as string[]))
  const mask = await masker(people)
  const places = new Map((await mask.records([...used].sort())).map((r) => [r.id, r]))
  const rows = (records: string | null): string[] =>
    (JSON.parse(records ?? "[]") as string[]).map((id) => {
      const r = places.get(id)
      if (!r) return `      ${id} (a decision, or not in sight)`
      const { file, table, row } = r.place
      return `      ${id}: ${r.kind}, exhibit ${r.exhibit}, ${file}${table ? `, ${table}` : ""}${row ? `, row ${row}` : ""}${r.at.iso ? `, ${r.at.iso}` : ""}`
    })
  const parameters = createHash("sha256").update(canonical(people.key)).digest("hex")
  const text = [
    "METHOD AND FACTS",
    "",
    `About: ${named.label} (${entity})`,
    `Drawn up: ${also.at}`,
    `Software: Linchpin ${RELEASE}`,
    `Parameters and holdings, by hash: ${parameters}`,
    "The same software over the same exhibits with the same decisions gives the same result to the byte.",
    "",
    "1. How identifiers are joined",
    "Equal normal forms of one identifier are one. Everything else is joined by claims, each with a grade (firm, fair, slight) and a reason. A claim that is not firm joins no two seized devices of different holders. What cannot be true of one person is never joined: what somebody decided not to be the same, two birth dates on two genuine documents, two places farther apart than can be travelled in the time between. A name joins no two numbers, accounts or papers.",
    ...identity.map((k) => `  identifier ${k.key}`),
    ...claims.flatMap((c) => [
      `  claim (${c.grade}, rule ${c.rule}) ${c.a} = ${c.b}: ${c.reason}${c.refused === null ? "" : `. REFUSED: ${c.refused}`}`,
      ...rows(c.records),
    ]),
    "",
    "2. What the person is in the case",
    ...(standings.length === 0 ? ["  nothing is decided: unknown"] : []),
    ...standings.flatMap((s) => [`  ${s.standing}, by ${s.source}`, ...rows(s.records)]),
    "",
    "3. What the person is said to have done",
    "Rules weigh acts in bits of evidence. Each names the innocent reading of the same facts. Weights are starting values that nobody has fitted on authorised data.",
    ...(conduct.length === 0 ? ["  nothing"] : []),
    ...conduct.flatMap((c) => [
      `  ${c.conduct}${c.stage === null ? "" : `, stage ${c.stage}`}: ${bits(c.strength)} bits, rule ${c.rule}, on ${(JSON.parse(c.events) as string[]).length} occasions: ${c.words}`,
      `    what else it could be: ${c.innocent}`,
      ...rows(c.records),
    ]),
    "",
    "4. Rank",
    player
      ? "The facts of section 3 reach the least that is asked for; the person can be ranked. Ranking is personalised PageRank (Page, Brin, Motwani and Winograd 1999; Haveliwala 2002) among those with conduct: how much of a walk that starts at conduct and follows ties ends here. Its interval and stability say how far the order hangs on single seizures. They are not the chance that the person did anything."
      : "The facts do not reach the least that is asked for: the person is in no ranked list.",
    "No person is decided on by this result. It is a lead; what is put before a court is the records above.",
    "",
    "5. What is contested",
    ...(also.contests.length === 0 ? ["  nothing"] : []),
    ...also.contests.map(
      (c) =>
        `  ${c.about}${c.target ? ` (${c.target})` : ""}, by ${c.party}, ${c.raised_at.toISOString().slice(0, 10)}: ${c.reason} ${c.outcome ? `Answer: ${c.outcome}. ${c.answer}` : "Not answered yet."}`,
    ),
    "",
  ].join("\n")
  return { text: mask.text(text), facts: claims.length + standings.length + conduct.length }
}
