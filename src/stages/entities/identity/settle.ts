import { type Engine, fill, literal, type Row } from "#store"
import { type Claim, type United, unite } from "../unite.ts"
import type { Apart, BornFact, Conflict, PlaceFact, StatedFact } from "./conflict.ts"

/** `sure`: by everything but full names, whose uniqueness is told by it. `all`: what is shown. */
export type Stage = "sure" | "all"

/** Tables that the next resolution of the same sight begins from; the engine's copies of them stand in `whole-<table>.parquet`. */
export const SETTLED = ["claim", "cluster", "refusal", "fact_born", "fact_stated", "fact_place", "apart", "name_block"] as const

const ofStage = (stage: Stage): string => (stage === "sure" ? "rule <> 'full-name'" : "true")

/**
 * Adds to `cluster` (stage, key, root, component) and, for all, to `refusal`: which keys are one, by `claim`, `apart`, `fact_born` and
 * `fact_place`. Where `base` (a folder with an earlier picture of the same sight) is given, only components are worked out in which a
 * claim, a fact or a decision came, went or weighs otherwise: no claim leads from one component into another, so the rest is as it
 * was. The answer is the same with any base and with none. Gives how many keys were redone, and of how many.
 */
export async function settle(engine: Engine, stage: Stage, base: string | null): Promise<{ redone: number; keys: number }> {
  const was = (table: string): string => `read_parquet(${literal(`${base}/whole-${table}.parquet`)})`
  await engine.exec("drop table if exists redo")
  if (base !== null) {
    const differing = (columns: string, now: string, then: string): string =>
      `((select ${columns} from ${now} except select ${columns} from ${then}) union all (select ${columns} from ${then} except select ${columns} from ${now}))`
    const told = "a, b, weight, rule, coalesce(decision, '') as decision"
    await engine.exec(`create temp table changed as
      select distinct unnest([a, b]) as key from ${differing(told, `(select * from claim where ${ofStage(stage)})`, `(select * from ${was("claim")} where ${ofStage(stage)})`)}
      union select key from ${differing("key, date, record", "fact_born", was("fact_born"))}
      union select key from ${differing("key, date, ids, record", "fact_stated", was("fact_stated"))}
      union select key from ${differing("key, at_ms, lat, lon, record", "fact_place", was("fact_place"))}
      union select key from ${differing("decision, side, key", "apart", was("apart"))}`)
    await engine.exec(`create temp table redo as
      select key from changed union
      select key from ${was("cluster")} where stage = ${literal(stage)} and component in (
        select component from ${was("cluster")} semi join changed using (key) where stage = ${literal(stage)})`)
    await engine.exec("drop table changed")
  }
  const within = (column: string): string => (base === null ? "true" : `${column} in (select key from redo)`)
  const united = await unitedOf(engine, ofStage(stage), within)
  await fill(
    engine,
    "settled",
    [
      ["key", "VARCHAR"],
      ["root", "VARCHAR"],
      ["component", "VARCHAR"],
    ],
    united.keys.map((key) => [key, united.rootOf(key), united.componentOf(key)]),
  )
  await engine.exec("create temp table if not exists cluster (stage varchar, key varchar, root varchar, component varchar)")
  await engine.exec(`insert into cluster select ${literal(stage)}, * from settled`)
  await engine.exec("drop table settled")
  if (base !== null)
    await engine.exec(
      `insert into cluster select * from ${was("cluster")} where stage = ${literal(stage)} and key not in (select key from redo)`,
    )
  if (stage === "all") {
    await fillRefusals(engine, united.refused)
    if (base !== null) await engine.exec(`insert into refusal select * from ${was("refusal")} where a not in (select key from redo)`)
  }
  const [count] = await engine.all<{ n: number }>(`select count(*) as n from cluster where stage = ${literal(stage)}`)
  return { redone: united.keys.length, keys: count!.n }
}

/** Unites what the tables hold of some keys. `which` and `within` are conditions in SQL, on claims and on keys. */
export async function unitedOf(engine: Engine, which: string, within: (column: string) => string): Promise<United> {
  const claims = await engine.all<{ a: string; b: string; weight: number; rule: Claim["rule"]; decision: string | null }>(
    `select a, b, weight, rule, decision from claim where ${which} and ${within("a")}`,
  )
  return unite({
    // What unites is a claim's weight and rule; its reason, records and items are joined to it again where it is shown.
    claims: claims.map(({ decision, ...c }) => ({ ...c, reason: "", items: 1, records: [], ...(decision === null ? {} : { decision }) })),
    apart: await apartIn(engine, within),
    born: await engine.all<BornFact & Row>(`select key, date, record from fact_born where ${within("key")}`),
    stated: (
      await engine.all<{ key: string; date: string; ids: string; record: string }>(
        `select key, date, ids, record from fact_stated where ${within("key")} order by key`,
      )
    ).map((f): StatedFact => ({ ...f, ids: f.ids.split("\u001f").filter(Boolean) })),
    places: await engine.all<PlaceFact & Row>(`select key, at_ms as "atMs", lat, lon, record from fact_place where ${within("key")}`),
  })
}

async function apartIn(engine: Engine, within: (column: string) => string): Promise<Apart[]> {
  const rows = await engine.all<{ decision: string; side: string; key: string }>(
    `select decision, side, key from apart where ${within("key")} order by all`,
  )
  return [...Map.groupBy(rows, (r) => r.decision)].map(([decision, own]) => ({
    decision,
    left: own.filter((r) => r.side === "left").map((r) => r.key),
    right: own.filter((r) => r.side === "right").map((r) => r.key),
  }))
}

async function fillRefusals(engine: Engine, refused: readonly { claim: Claim; conflict: Conflict }[]): Promise<void> {
  await fill(
    engine,
    "refusal",
    [
      ["a", "VARCHAR"],
      ["b", "VARCHAR"],
      ["rule", "VARCHAR"],
      ["decision", "VARCHAR"],
      ["kind", "VARCHAR"],
      ["words", "VARCHAR"],
      ["forbids", "VARCHAR"],
      ["against", "VARCHAR"],
    ],
    refused.map(({ claim, conflict }) => [
      claim.a,
      claim.b,
      claim.rule,
      claim.decision ?? null,
      conflict.kind,
      conflict.words,
      conflict.decision,
      JSON.stringify(conflict.records),
    ]),
  )
}
