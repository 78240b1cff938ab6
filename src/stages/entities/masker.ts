import { type RecordView, recordsById } from "#records"
import { literal } from "#store"
import { secretsOf } from "./mask.ts"
import type { People } from "./people.ts"
import { REDACTED, redacted, redactor } from "./redact.ts"

/** Takes protected people out of what is shown beside entities. */
export interface Masker {
  /** The same value without their names and numbers in any of its texts. */
  text<T>(value: T): T
  /** Records of the sight in the order asked for, their parties masked and their texts redacted. As evidence they are read in `records.show`. */
  records(ids: readonly string[]): Promise<RecordView[]>
}

/** `also`: entities that are not protected, and whose names go too. */
export async function masker(people: People, also: readonly string[] = []): Promise<Masker> {
  const secrets = `read_parquet(${literal(`${people.folder}/whole-secret.parquet`)})`
  const { names, identifiers } = await secretsOf(people.engine, secrets)
  const more = await namesOf(people, also)
  const redact = redactor({ names: [...names, ...more], identifiers: [...identifiers, ...more] })
  return {
    text: (value) => redacted(value, redact),
    records: async (ids) => {
      if (ids.length === 0) return []
      const whole = await people.structure()
      const found = await recordsById({ engine: whole }, ids)
      const parties = await whole.all<{ record: string; party: number }>(
        `select distinct record, party from m where record in (${ids.map(literal).join(",")}) and key in (select value from ${secrets} where form = 'key')`,
      )
      const hidden = new Set(parties.map((p) => `${p.record} ${p.party}`))
      return found.map((r) => ({
        ...redacted(r, redact),
        // Ids and kinds are words of ours.
        ...{ id: r.id, kind: r.kind, title: r.title, exhibit: r.exhibit, item: r.item },
        parties: r.parties.map((p, n) => (hidden.has(`${r.id} ${n}`) ? { ...p, name: REDACTED, ids: [] } : redacted(p, redact))),
      }))
    },
  }
}

/** What these entities are called, and the values of their keys. */
async function namesOf(people: People, entities: readonly string[]): Promise<string[]> {
  if (entities.length === 0) return []
  const rows = await people.engine.all<{ label: string; labels: string | null; keys: string[] }>(
    `select label, labels, keys from entity where id in (${entities.map(literal).join(",")}) order by id`,
  )
  return rows.flatMap((r) => [
    r.label,
    ...(JSON.parse(r.labels ?? "[]") as { name: string }[]).map((l) => l.name),
    ...r.keys.map((k) => k.slice(k.lastIndexOf(":") + 1)),
  ])
}
