import { type Engine, fill } from "#store"

/** SQL: the grade under which a record stands, where `r` is its row as a report, if it is one, and `o` its origin: the report's own before the item's. */
export const GRADE_OF_RECORD = `case when r."f_source" is not null and r."f_information" is not null
  then coalesce(r."f_gradeScheme", '') || ':' || r."f_source" || r."f_information" else o.grade end`

interface Report {
  record: string
  urn: string | null
  rests: string | null
  event: string
}

/**
 * Follows references to the end: a report that rests on one that rests on a third rests on the third. Reports that rest on each
 * other have no root; the first reference of their ring stands for it.
 */
export function rootOf(urn: string, restsOn: ReadonlyMap<string, string>): string {
  const passed = [urn]
  for (let at = urn; ; ) {
    const next = restsOn.get(at)
    if (next === undefined || next === at) return at
    const met = passed.indexOf(next)
    if (met >= 0) return passed.slice(met).sort()[0]!
    passed.push(next)
    at = next
  }
}

/**
 * Fills `report_root` (record, root, event): for each intelligence report the report on which it rests in the end, and the one
 * seizure event for which all reports of that root count. Needs `origin`. Two reports with one root behind them are circular
 * reporting, not corroboration (College of Policing APP, intelligence management).
 */
export async function fillReportRoots(engine: Engine): Promise<void> {
  const reports = await engine.all<Report & Record<string, string | null>>(
    `select r.id as record, r."f_urn" as urn, r."f_rootUrn" as rests, o.event from "intelligence-report" r join origin o using (exhibit)
     where r."f_urn" is not null or r."f_rootUrn" is not null order by r.id`,
  )
  const restsOn = new Map(reports.flatMap((r) => (r.urn !== null && r.rests !== null ? [[r.urn, r.rests] as const] : [])))
  const byRoot = Map.groupBy(reports, (r) => rootOf(r.urn ?? r.rests!, restsOn))
  await fill(
    engine,
    "report_root",
    [
      ["record", "VARCHAR"],
      ["root", "VARCHAR"],
      ["event", "VARCHAR"],
    ],
    [...byRoot].flatMap(([root, own]) => own.map((r) => [r.record, root, (own.find((o) => o.urn === root) ?? own[0]!).event])),
  )
}

/** Roots on which several of the reports held rest, so that these are one origin. */
export async function sharedRoots(engine: Engine): Promise<{ root: string; reports: number }[]> {
  return engine.all<{ root: string; reports: number }>(
    "select root, count(*)::int as reports from report_root group by root having count(*) > 1 order by root",
  )
}
