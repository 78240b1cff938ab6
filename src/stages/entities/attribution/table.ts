import { type Engine, fill } from "#store"
import { keyedId } from "#vocabulary/ids"
import { bearerOf } from "../bearer.ts"
import type { Ground } from "../resolve.ts"
import { attributionsOf, merged } from "./claims.ts"
import { type Attribution, type Evidence, GRADES } from "./evidence.ts"
import { emptyFacts, gather } from "./gather.ts"
import { fillSeized } from "./seized.ts"
import { fillSpoken } from "./spoken-table.ts"
import { evidenceOfStatement, type StatementRow } from "./statements.ts"

/**
 * The least grade for an edge to count for a person: anything that attributes and is not outweighed. More would end at the number what
 * one sound source says of its user, and the draws behind a rank already drop whole sources; less would let a label speak.
 */
export const EDGE_FROM = "slight"

/**
 * Fills `attribution` (one row for each claim and period), `attribution_evidence` (what speaks for and against it), `number_reach` (how sure each number's user is, by
 * period) and `number_node` (the node that a number is where its user is not established) (of an entity that is nothing but such numbers, the entity itself). Needs `m`,
 * `identity`, `entity`, `origin`, `report_root`, `self_said`, `spoken_key` and the record views. Also fills `spoken_candidate`.
 */
export async function fillAttribution(engine: Engine, ground: Ground, said: readonly StatementRow[]): Promise<void> {
  await fillSeized(engine, ground)
  const stated = await statedBy(engine, said)
  const facts = await gather(engine)
  const known = new Set(facts.map((f) => f.number))
  for (const number of stated.keys()) if (!known.has(number)) facts.push(emptyFacts(number, ""))
  const claims = merged(facts.flatMap((f) => attributionsOf(f, stated.get(f.number) ?? []))).map((c) => ({ ...c, id: idOf(ground, c) }))
  await fill(
    engine,
    "attribution",
    [
      ["id", "VARCHAR"],
      ["relation", "VARCHAR"],
      ["whose", "VARCHAR"],
      ["what", "VARCHAR"],
      ["from_ms", "BIGINT"],
      ["to_ms", "BIGINT"],
      ["grade", "VARCHAR"],
      ["rank", "INTEGER"],
      ["weight", "INTEGER"],
      ["origins", "INTEGER"],
      ["contradicted", "BOOLEAN"],
    ],
    claims.map((c) => [
      c.id,
      c.relation,
      c.whose,
      c.what,
      c.from,
      c.to,
      c.grade,
      GRADES.indexOf(c.grade),
      c.weight,
      c.origins,
      c.contradicted,
    ]),
  )
  await fill(
    engine,
    "attribution_evidence",
    [
      ["claim", "VARCHAR"],
      ["n", "INTEGER"],
      ["side", "VARCHAR"],
      ["rule", "VARCHAR"],
      ["class", "VARCHAR"],
      ["weight", "INTEGER"],
      ["origin", "VARCHAR"],
      ["words", "VARCHAR"],
      ["innocent", "VARCHAR"],
      ["from_ms", "BIGINT"],
      ["to_ms", "BIGINT"],
      ["records", "VARCHAR"],
      ["statement", "VARCHAR"],
    ],
    claims.flatMap((c) =>
      c.evidence.map((e, n) => [
        c.id,
        n,
        e.side,
        e.rule,
        e.class,
        e.weight,
        e.origin,
        e.words,
        e.innocent,
        e.from,
        e.to,
        JSON.stringify(e.records),
        e.statement,
      ]),
    ),
  )
  await fillNodes(engine, ground, facts, claims)
  await fillSpoken(engine)
}

const idOf = (ground: Ground, c: Attribution): string =>
  keyedId("at_", ground.store.nodeKey, ground.investigation, c.relation, c.whose, c.what, String(c.from), String(c.to))

/** Statements of people as evidence, by the number that they are about. */
async function statedBy(engine: Engine, said: readonly StatementRow[]): Promise<Map<string, Evidence[]>> {
  const out = new Map<string, Evidence[]>()
  for (const s of said) {
    const whose = s.relation === "person-number" || s.relation === "person-handset" ? await bearerOf(engine, s.keys) : (s.keys[0] ?? null)
    if (whose === null) continue
    const [record] = await engine.all<{ event: string }>("select min(event) as event from m where record = $1", [s.records[0] ?? ""])
    const number = [s.what, ...s.keys].find((k) => k.startsWith("phone:"))
    const [near] = number
      ? []
      : await engine.all<{ key: string }>("select min(key) as key from identity where entity = $1 and starts_with(key, 'phone:')", [whose])
    const at = number ?? near?.key ?? s.what
    const list = out.get(at) ?? []
    list.push(evidenceOfStatement(s, whose, record?.event ?? "said"))
    out.set(at, list)
  }
  return out
}

async function fillNodes(
  engine: Engine,
  ground: Ground,
  facts: readonly { number: string; entity: string }[],
  claims: readonly Attribution[],
): Promise<void> {
  await fill(
    engine,
    "number_name",
    [
      ["key", "VARCHAR"],
      ["node", "VARCHAR"],
      ["label", "VARCHAR"],
    ],
    facts.map(({ number }) => [number, keyedId("nu_", ground.store.nodeKey, number), `number …${number.slice(-4)}, user not established`]),
  )
  const own = new Map(facts.map((f) => [f.number, f.entity]))
  await fill(
    engine,
    "number_reach",
    [
      ["key", "VARCHAR"],
      ["entity", "VARCHAR"],
      ["from_ms", "BIGINT"],
      ["to_ms", "BIGINT"],
      ["rank", "INTEGER"],
    ],
    claims
      .filter((c) => c.relation === "person-number" && own.get(c.what) === c.whose)
      .map((c) => [c.what, c.whose, c.period.from, c.period.to, GRADES.indexOf(c.grade)]),
  )
  const least = GRADES.indexOf(EDGE_FROM)
  await engine.exec(`create temp table reached as
    select i.key, i.entity, coalesce(max(r.rank), 0)::int as rank from identity i left join number_reach r on r.key = i.key where starts_with(i.key, 'phone:') group by i.key, i.entity`)
  // Whoever held a device, or a paper or a name stands for, is somebody without the number; an account alone is as little a person as a number is.
  await engine.exec(`create temp table nobody as
    select i.entity from identity i left join reached r using (key)
    left join (select what as key, max(rank) as rank from attribution where relation = 'person-handset' group by what) h on h.key = i.key group by i.entity
    having bool_or(starts_with(i.key, 'phone:')) and max(coalesce(r.rank, 0)) < ${least}
      and not bool_or(split_part(i.key, ':', 1) in ('document','alias','name','node') or (starts_with(i.key, 'holder:') and coalesce(h.rank, 1) >= ${least}))`)
  await engine.exec(`create temp table number_node as
    select r.key, r.entity, case when r.entity in (select entity from nobody) then r.entity else n.node end as node, n.label, r.rank
    from reached r join number_name n using (key)`)
}
