import { selectExhibits, selectItems, selectSeizureEvents } from "#evidence"
import { append } from "#journal"
import { datasetKind, type LifeSign, mountRecords, readLifeSigns, storedRecord, viewOf } from "#records"
import { literal, type Segment, type Store, type Tx } from "#store"
import { keyedId, randomId } from "#vocabulary/ids"
import { KINDS, type KindName } from "#vocabulary/kinds"
import { ACKNOWLEDGE_WITHIN_MS, AHEAD_MS, leastWords, OLDEST_FRESH_MS, TELLS_SENTENCE, type Urgency, urgencyOf } from "./alert.ts"
import { insertAlert, insertSource, markEscalated, notifyLife, selectContact, selectPosition, updatePosition, updateSigns } from "./sql.ts"

/** Kinds whose free text people wrote or said. Lists, ledgers of goods and contact cards speak of nobody in danger. */
const LISTENED: readonly KindName[] = [
  "message",
  "voice-note",
  "post",
  "location",
  "file",
  "event",
  "sighting",
  "journey-leg",
  "intelligence-report",
  "debrief",
  "transfer",
  "book-entry",
  "statement",
]

/** Signs of one kind on one item within this time are one alert. */
const TOGETHER_MS = 3_600_000
/** A device's own position counts for a sign written this long before or after. */
const NEAR_MS = 2 * 3_600_000
const ESCALATION_EVERY_MS = 15_000

interface Found {
  sign: LifeSign
  urgency: Urgency
  record: string
  exhibit: string
  item: string
  at: number | null
  place: string | null
  point: { lat: number; lon: number } | null
  sentence: string | null
}

/**
 * Reads what was committed since the last look for signs that a life is at risk, and enters alerts for the duty officer; returns how
 * many are new. It looks at all compartments and shows none of them: what leaves a compartment is a row of `life_alert`. Any number of
 * processes may call it: one at a time looks. It keeps its position with the alerts, so that a crash repeats and misses nothing.
 *
 * Rows of a device seized on arrival that nobody decided on are looked at too, by these rules alone (ECHR Art. 2): see
 * `docs/decisions/0020-life-before-scope.md`.
 */
export async function lookForLife(store: Store): Promise<number> {
  let found = 0
  for (;;) {
    if ((await positionOf(store)) <= (await selectPosition(store.register.read))) return found
    const free = await store.register.tryLock("life-watch")
    if (!free) return found
    try {
      found += await look(store)
    } finally {
      await free()
    }
  }
}

const positionOf = (store: Store): Promise<number> => store.segments.position(store.register.read)

async function look(store: Store): Promise<number> {
  const { register, segments } = store
  const { fresh, position } = await register.transaction(async (tx) => {
    const from = await selectPosition(tx)
    const to = await segments.position(tx)
    const before = new Set((await segments.live(tx, { asOf: from })).map((s) => s.id))
    return { fresh: (await segments.live(tx, { asOf: to })).filter((s) => !before.has(s.id)), position: to }
  }, "all")
  let found = 0
  for (const segment of fresh) {
    const kind = datasetKind(segment.dataset)
    if (kind === null || !LISTENED.includes(kind) || segment.scope === "sealed") continue
    const signs = await signsOf(store, segment, kind)
    if (signs.length > 0) found += await enter(store, segment, signs)
  }
  await register.transaction((tx) => updatePosition(tx, position))
  return found
}

async function signsOf(store: Store, segment: Segment, kind: KindName): Promise<Found[]> {
  const now = store.clock()
  const out: Found[] = []
  const engine = await store.engine({ memoryLimit: "400MB" })
  const undated = new Map<string, number | null>()
  try {
    const rows = engine.stream(
      `select * from read_parquet(${literal(`${store.folder}/${segment.path}`)})
       where at_ms is null or at_ms between ${now - OLDEST_FRESH_MS} and ${now + AHEAD_MS}`,
    )
    for await (const batch of rows) {
      for (const row of batch) {
        const { id, exhibit, record } = storedRecord(kind, row)
        const item = row.item as string
        const fields = record.fields as Record<string, unknown>
        for (const column of KINDS[kind].freeText) {
          const text = fields[column]
          if (typeof text !== "string") continue
          const { signs, spans } = readLifeSigns(text, { at: record.at?.ms ?? null })
          if (signs.length === 0) continue
          let at = record.at?.ms ?? null
          if (at === null) {
            if (!undated.has(item)) undated.set(item, await timeOfSeizure(store, segment.accessClass, item))
            at = undated.get(item) ?? null
          }
          for (const sign of signs) {
            const urgency = urgencyOf(sign.kind, sign.confidence, at, now)
            if (urgency === null) continue
            const point = spans.find((s) => s.type === "coordinates")?.value as { lat: number; lon: number } | undefined
            const own = typeof fields.lat === "number" && typeof fields.lon === "number" ? { lat: fields.lat, lon: fields.lon } : null
            const places = spans.filter((s) => s.type === "place").map((s) => s.raw)
            out.push({
              sign,
              urgency,
              record: id,
              exhibit,
              item,
              at,
              place: places.length > 0 ? [...new Set(places)].slice(0, 3).join(", ") : null,
              point: point ?? own,
              sentence: TELLS_SENTENCE[sign.kind] ? leastWords(text, sign, spans) : null,
            })
          }
        }
      }
      // Reading is one long computation: let requests and signals through.
      await new Promise((go) => setImmediate(go))
    }
  } finally {
    engine.close()
  }
  return out
}

/** A row without a time is as old as the occasion on which its thing was taken, where that is known. */
async function timeOfSeizure(store: Store, accessClass: number, id: string): Promise<number | null> {
  return store.register.transaction(
    async (tx) => {
      const [item] = await selectItems(tx, { ids: [id] })
      if (!item) return null
      const event = (await selectSeizureEvents(tx, item.investigation)).find((e) => e.id === item.seizure_event)
      return event?.at?.getTime() ?? null
    },
    [accessClass],
  )
}

async function enter(store: Store, segment: Segment, signs: readonly Found[]): Promise<number> {
  const hidden = segment.scope !== "in"
  const points = new Map<Found, { lat: number; lon: number }>()
  if (!hidden)
    for (const f of signs)
      if (!f.point && f.at !== null) {
        const near = await nearestPoint(store, segment.accessClass, f.item, f.at)
        if (near) points.set(f, near)
      }
  return store.register.transaction(
    async (tx) => {
      const exhibits = new Map((await selectExhibits(tx, { ids: [...new Set(signs.map((s) => s.exhibit))] })).map((e) => [e.id, e]))
      let fresh = 0
      for (const f of signs) {
        const exhibit = exhibits.get(f.exhibit)
        if (!exhibit) continue
        const now = store.clock()
        const { investigation } = exhibit
        const kind = hidden ? "examine" : f.sign.kind
        const point = f.point ?? points.get(f) ?? null
        const alert = await insertAlert(tx, {
          id: randomId("al_"),
          mark: keyedId("al_", store.nodeKey, f.item, kind, f.at === null ? "undated" : Math.floor(f.at / TOGETHER_MS)),
          investigation,
          kind,
          urgency: f.urgency,
          evidence_at: hidden || f.at === null ? null : new Date(f.at),
          place: hidden ? null : f.place,
          lat: hidden ? null : (point?.lat ?? null),
          lon: hidden ? null : (point?.lon ?? null),
          contact: await contactOf(tx, investigation, hidden),
          sentence: hidden ? null : f.sentence,
          raised_by: null,
          committed_at: exhibit.read_at ?? new Date(now),
          found_at: new Date(now),
          due_at: new Date(now + ACKNOWLEDGE_WITHIN_MS[f.urgency]),
        })
        const { sign, record, item } = f
        await insertSource(tx, {
          alert: alert.id,
          record,
          investigation,
          access_class: segment.accessClass,
          exhibit: f.exhibit,
          item,
          scope: segment.scope,
          kind: sign.kind,
          words: sign.words,
        })
        await updateSigns(tx, alert.id)
        if (!alert.fresh) continue
        fresh++
        await append(tx, {
          kind: "disclosure",
          actor: "node",
          at: now,
          investigation,
          procedure: "safeguards.watch",
          ground: "Risk to life (ECHR Art. 2)",
          recipients: ["duty officer"],
          payload: { alert: alert.id, kind, urgency: f.urgency, about: [record] },
        })
      }
      await notifyLife(tx)
      return fresh
    },
    [segment.accessClass],
  )
}

/** Whom the duty officer asks, in the words of the investigation's owners; its name only where they allow it. */
export async function contactOf(tx: Tx, investigation: string, examiners: boolean): Promise<string> {
  const { contact, tells_name, title } = await selectContact(tx, investigation, examiners)
  const who = contact === "" ? "nobody named: ask the administrator who leads it" : contact
  return tells_name ? `${title}: ${who}` : who
}

/** Where the device was nearest in time, by its own location records in scope. */
async function nearestPoint(store: Store, accessClass: number, item: string, at: number): Promise<{ lat: number; lon: number } | null> {
  const exhibits = await store.register.transaction(async (tx) => (await selectExhibits(tx, { item })).map((e) => e.id), [accessClass])
  const mounted = await mountRecords(store, [accessClass], { exhibits })
  try {
    const [near] = await mounted.engine.all<{ lat: number; lon: number }>(
      `select f_lat as lat, f_lon as lon from ${viewOf("location")} where item = $1 and f_lat is not null and f_lon is not null
         and at_ms between ${at - NEAR_MS} and ${at + NEAR_MS} order by abs(at_ms - ${at}), id limit 1`,
      [item],
    )
    return near ?? null
  } finally {
    mounted.close()
  }
}

/** Lifts what nobody took on in time above everything else; returns the ids. Once each. */
export async function escalate(store: Store): Promise<string[]> {
  return store.register.transaction(async (tx) => {
    const now = store.clock()
    const ids = await markEscalated(tx, new Date(now))
    if (ids.length === 0) return ids
    await append(tx, {
      kind: "decision",
      actor: "node",
      at: now,
      procedure: "safeguards.watch",
      ground: "Not acknowledged in time",
      payload: { escalated: ids },
    })
    await notifyLife(tx)
    return ids
  })
}

/** Looks whenever something was committed, until the returned function is called. Failures of single rounds reach `onFailure`. */
export async function keepWatch(store: Store, onFailure: (error: unknown) => void): Promise<() => Promise<void>> {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const round = async () => {
    do {
      again = false
      await lookForLife(store)
      await escalate(store)
    } while (again && !stopped)
  }
  const wake = () => {
    again = true
    if (stopped || running) return
    running = round()
      .catch(onFailure)
      .finally(() => {
        running = null
        if (again) wake()
      })
  }
  const stopListening = await store.register.listen("journal", (tree) => {
    if (tree === "decisions") wake()
  })
  const timer = setInterval(wake, ESCALATION_EVERY_MS)
  timer.unref()
  wake()
  return async () => {
    stopped = true
    clearInterval(timer)
    await stopListening()
    await running
  }
}
