import { folderOf, type TestApp, take } from "../support/store.ts"
import { number } from "../support/world.ts"

/** One report of a case: who did what at which stage, with whom. Each event's reports come as one seized thing of their own. */
export interface Told {
  event: string
  day: string
  who: number
  does: string
  stage: number
  text: string
  with?: number
  /** A third whom the same report names. */
  and?: number
}

const record = {
  kind: "intelligence-report",
  at: { column: "at", format: "ymd", zone: "UTC" },
  fields: {
    urn: "urn",
    text: "words",
    assertion: "does",
    stage: "stage",
    gradeScheme: "scheme",
    source: "source",
    information: "information",
  },
  parties: [
    { part: "subject", ids: [{ type: "phone", column: "one" }] },
    { part: "associate", ids: [{ type: "phone", column: "two" }] },
    { part: "associate", ids: [{ type: "phone", column: "three" }] },
  ],
}

/** Takes in a case that is told by graded reports (reliable, known directly), by seizure event. `place` is where each event was. */
export async function takeCase(
  app: TestApp,
  investigation: string,
  told: readonly Told[],
  place: (event: string) => string = () => "London",
): Promise<void> {
  const files: Record<string, string | object> = {}
  for (const [event, own] of Map.groupBy(told, (t) => t.event)) {
    files[`${event}/material.json`] = {
      reference: event,
      kind: "other",
      authority: "invented",
      grade: { scheme: "3x5x2", code: "1A" },
      handling: "P",
      region: "GB",
      zone: "UTC",
      seizureEvent: { id: event, kind: "raid", place: place(event), at: `${own[0]!.day}T10:00:00Z` },
      files: { "t.csv": { as: "table", mapping: { records: [record] } } },
    }
    const lines = own.map(
      (t, n) =>
        `${t.day} 10:00,${event}-${n},${t.text},${t.does},${t.stage},3x5x2,1,A,${number(t.who)},${t.with ? number(t.with) : ""},${t.and ? number(t.and) : ""}`,
    )
    files[`${event}/t.csv`] = `at,urn,words,does,stage,scheme,source,information,one,two,three\n${lines.join("\n")}\n`
  }
  const taken = await take(app, investigation, [folderOf(files)])
  const wrong = taken.filter((f) => f.state !== "read" || f.rejected > 0)
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
}
