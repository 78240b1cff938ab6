import { describe, expect, test } from "vitest"
import type { KindName } from "#vocabulary/kinds"
import type { Part, Party, SourceRecord } from "#vocabulary/record"
import type { SubjectAct } from "../../src/stages/entities/conduct/act-row.ts"
import { actsOf, type StoredRecord } from "../../src/stages/entities/conduct/acts-of.ts"
import { assertConduct } from "../../src/stages/entities/conduct/assert-conduct.ts"
import { CONDUCT_RULES } from "../../src/stages/entities/conduct/rules.ts"
import { RANKED_FROM } from "../../src/stages/entities/rankable.ts"
import { readFreeText } from "../../src/stages/records/text/acts.ts"
import fc from "../support/properties.ts"
import stories from "../vectors/conduct/stories.json" with { type: "json" }
import ordinary from "../vectors/text/ordinary.json" with { type: "json" }

interface Telling {
  kind: string
  event: string
  day: number
  from?: string | null
  to?: string | null
  thread?: string
  text?: string
  fields?: Record<string, unknown>
  parties?: Record<string, string>
}

const FREE: Partial<Record<KindName, string>> = {
  message: "body",
  post: "body",
  debrief: "text",
  "intelligence-report": "text",
  "voice-note": "transcript",
}

/** A record as an importer would give it, every party by one invented key. */
function stored(t: Telling, i: number): { record: StoredRecord; keys: string[]; event: string } {
  const kind = t.kind as KindName
  const parties: Party[] = []
  const keys: string[] = []
  const add = (part: Part, key: string) => {
    parties.push({ part, ids: [{ type: "alias", raw: key }] })
    keys.push(key)
  }
  if (t.from) add(kind === "post" ? "author" : "sender", t.from)
  if (t.to) add("recipient", t.to)
  for (const [part, key] of Object.entries(t.parties ?? {})) add(part as Part, key)
  const column = FREE[kind]
  const fields = {
    ...(t.fields ?? {}),
    ...(t.text && column ? { [column]: t.text } : {}),
    ...(kind === "message" ? { thread: t.thread ?? null, group: t.to === null } : {}),
  }
  const ms = Date.UTC(2025, 5, 1 + t.day, 20)
  const record = {
    kind,
    place: { file: "", row: i },
    at: { ms, raw: "", precision: "minute", zone: "utc", calendar: "gregorian" },
    fields,
    parties,
  } as SourceRecord
  return { record: { id: `r${i}`, exhibit: `${t.event}-x`, record }, keys, event: t.event }
}

/** What the engine does between the two steps: rows gathered by subject. Names spoken of are subjects by their normal form. */
function conductOf(told: readonly Telling[]): Map<string, { conduct: string; strength: number; rule: string }[]> {
  const rows: SubjectAct[] = []
  for (const [i, t] of told.entries()) {
    const { record, keys, event } = stored(t, i)
    const column = FREE[record.record.kind]
    const texts = t.text && column ? { [column]: readFreeText(t.text, { region: "GB" }) } : {}
    for (const act of actsOf(record, texts))
      rows.push({
        ...act,
        subject: act.actorParty === null ? `spoken:${act.actorNorm}` : keys[act.actorParty]!,
        counterpart: act.towardParty === null ? null : keys[act.towardParty]!,
        event,
      })
  }
  return new Map([...Map.groupBy(rows, (r) => r.subject)].map(([subject, own]) => [subject, assertConduct(own)]))
}

describe("conduct", () => {
  test.each(stories)("$name", ({ told, ranked, conduct }) => {
    const found = conductOf(told as Telling[])
    const strong = [...found].filter(([, own]) => own.reduce((sum, a) => sum + a.strength, 0) >= RANKED_FROM).map(([subject]) => subject)
    expect(strong.sort()).toEqual([...ranked].sort())
    for (const [subject, kinds] of Object.entries(conduct as Record<string, string[]>))
      expect([...new Set((found.get(subject) ?? []).map((a) => a.conduct))].sort()).toEqual([...kinds].sort())
  })

  test("ordinary talk of one person with everybody, in every language, gives no conduct", () => {
    const told = ordinary.map((c, i) => ({
      kind: "message",
      event: `landing-${i % 5}`,
      day: i % 30,
      from: "somebody",
      to: `friend-${i % 7}`,
      text: c.given,
    }))
    expect([...conductOf(told).values()].flat()).toEqual([])
  })

  test("call data, contact cards and transfers alone give no row", () => {
    for (const kind of ["call", "call-data", "contact", "transfer", "location", "number-plate", "passenger"] as const) {
      const record = {
        kind,
        place: { file: "" },
        at: null,
        fields: {},
        parties: [
          { part: "caller", ids: [] },
          { part: "payee", ids: [] },
          { part: "contact", ids: [] },
        ],
      } as SourceRecord
      expect(actsOf({ id: "r", exhibit: "x", record })).toEqual([])
    }
  })

  test("rows in any order, and rows met twice, give the same assertions", () => {
    const told = (stories.find((s) => s.name.startsWith("an organiser"))!.told as Telling[]).map(stored)
    const rows = told.flatMap(({ record, keys, event }, i) =>
      actsOf(record, { body: readFreeText((stories.find((s) => s.name.startsWith("an organiser"))!.told as Telling[])[i]!.text ?? "") })
        .filter((a) => a.actorParty !== null && keys[a.actorParty] === "organiser")
        .map((a): SubjectAct => ({ ...a, subject: "organiser", counterpart: a.towardParty === null ? null : keys[a.towardParty]!, event })),
    )
    const once = assertConduct(rows)
    expect(once.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }), (mixed) => {
        expect(assertConduct(mixed)).toEqual(once)
      }),
      { numRuns: 30 },
    )
  })

  test("every assertion carries its records, events, words and an innocent reading", () => {
    for (const { told } of stories)
      for (const own of conductOf(told as Telling[]).values())
        for (const a of own as ReturnType<typeof assertConduct>) {
          expect(a.records.length).toBeGreaterThan(0)
          expect(a.events.length).toBeGreaterThan(0)
          expect(a.words).not.toBe("")
          expect(a.innocent).not.toBe("")
          expect(Number.isInteger(a.strength) && a.strength > 0).toBe(true)
        }
  })

  test("rule ids are unique and each rule names its source", () => {
    expect(new Set(CONDUCT_RULES.map((r) => r.id)).size).toBe(CONDUCT_RULES.length)
    for (const r of CONDUCT_RULES) expect(r.source).not.toBe("")
  })

  test("rows of two subjects in one call are a broken invariant", () => {
    const { record } = stored({ kind: "debrief", event: "e", day: 0, text: "" }, 0)
    const base = actsOf(record, {})
    expect(base).toEqual([])
    const one = {
      ...actsOf(stored({ kind: "message", event: "e", day: 0, from: "a", to: "b", text: "" }, 0).record, {
        body: readFreeText("need 5 boats and 5 engines"),
      })[0]!,
      subject: "a",
      counterpart: null,
      event: "e",
    }
    expect(() => assertConduct([one, { ...one, subject: "b" }])).toThrow()
  })
})
