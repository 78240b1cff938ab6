import { literal } from "#store"
import type { People } from "./people.ts"
import type { WeightPart } from "./unite.ts"

/** A claim as it is shown: what says that two keys are one person's, and what forbade it where something did. */
export interface ShownClaim {
  a: string
  b: string
  weight: number
  grade: string
  rule: string
  reason: string
  items: number
  records: string[]
  detail: WeightPart[]
  refused: string | null
  decision: string | null
}

/** Claims about people who are not protected, heaviest first: all of them, or those that name one of the keys. */
export async function shownClaims(people: People, keys?: readonly string[]): Promise<ShownClaim[]> {
  const listed = keys?.map(literal).join(",")
  const where = listed === undefined ? "" : `where a in (${listed}) or b in (${listed})`
  const rows = await people.engine.all<{
    a: string
    b: string
    weight: number
    grade: string
    rule: string
    reason: string
    items: number
    records: string
    detail: string | null
    refused: string | null
    decision?: string | null
  }>(`select * from claim ${where} order by weight desc, a, b, rule, decision nulls first`)
  return rows.map((r) => ({
    a: r.a,
    b: r.b,
    weight: r.weight,
    grade: r.grade,
    rule: r.rule,
    reason: r.reason,
    items: r.items,
    records: JSON.parse(r.records) as string[],
    detail: r.detail === null ? [] : (JSON.parse(r.detail) as WeightPart[]),
    refused: r.refused,
    decision: r.decision ?? null,
  }))
}
