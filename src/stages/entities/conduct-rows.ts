import type { Mounted } from "#records"
import type { Ground } from "./resolve.ts"
import { selectConduct } from "./sql.ts"

/** What an analyst's own assertion weighs, hundredths of a bit: enough to be ranked on, less than two independent sources. */
export const ANALYST_STRENGTH = 400

/**
 * Fills `conduct` (entity, conduct, stage, strength, basis, rule, words, innocent, records, events), `spoken_tie` (speaker, spoken,
 * event, record, at) and `unresolved` (name, events, items, records). `resolved` is awaited before anything is tied to an entity.
 */
export async function fillConduct(
  mounted: Mounted,
  ground: Ground,
  resolved: () => Promise<unknown>,
  progress: (fraction: number, words: string) => void,
): Promise<void> {
  const { engine } = mounted
  await resolved()
  progress(0.5, "Reading conduct")
  const said = await ground.store.register.transaction((tx) => selectConduct(tx, ground.investigation), ground.classes)
  await engine.exec(
    "create temp table said_conduct (key varchar, conduct varchar, stage int, strength int, basis varchar, rule varchar, words varchar, innocent varchar, records varchar, events varchar)",
  )
  const appender = await engine.connection.createAppender("said_conduct")
  for (const c of said) {
    appender.appendVarchar(c.key)
    appender.appendVarchar(c.conduct)
    if (c.stage === null) appender.appendNull()
    else appender.appendInteger(c.stage)
    appender.appendInteger(ANALYST_STRENGTH)
    for (const text of [
      "analyst's inference",
      "analyst",
      c.reasoning,
      "",
      JSON.stringify(c.records),
      JSON.stringify([`analyst:${c.asserted_by}`]),
    ])
      appender.appendVarchar(text)
    appender.endRow()
  }
  appender.closeSync()
  await engine.exec("create temp table conduct as select i.entity, s.* exclude (key) from said_conduct s join identity i using (key)")
  await engine.exec("create temp table spoken_tie (speaker varchar, spoken varchar, event varchar, record varchar, at_ms bigint)")
  await engine.exec("create temp table unresolved (name varchar, events int, items int, records varchar)")
}
