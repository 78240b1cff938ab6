import { type Ground, openPeople, type People } from "#entities"
import { selectItems, selectSeizureEvents } from "#evidence"
import { canonical, literal } from "#store"
import { isWeak, parseGrade } from "#vocabulary/grades"
import { keyedId } from "#vocabulary/ids"
import { RELEASE } from "#vocabulary/release"
import { LAYER_IDS, type LayerId } from "./layers.ts"
import { keepSnapshot } from "./sql.ts"
import { fillTies, type Mode, type Projection, SURENESS, type Sureness } from "./ties.ts"

/** What a snapshot is asked to hold. Everything that is left out is in. */
export interface SnapshotRequest {
  layers?: readonly LayerId[] | undefined
  /** UTC milliseconds, half-open. */
  from?: number | undefined
  to?: number | undefined
  /** `firm` leaves out exhibits whose grade is weak (not reliable, or suspected to be false). */
  grades?: "all" | "firm" | undefined
  /** How people who share a thing become pairs; plain when left out. */
  projection?: Projection | undefined
  /** Which nodes of a two-mode network of links it is about; both when left out. */
  mode?: Mode | undefined
}

/** A tie of one layer in one seizure event. */
export interface TieRow {
  a: string
  b: string
  layer: LayerId
  event: string
  /** Records, and how many of them went from a to b. */
  n: number
  forth: number
  weight: number
  /** What of the weight went from a to b, and from b to a. */
  forthWeight: number
  backWeight: number
  /** What the weightiest record adds by the projection: 1, or less where many share it. */
  share: number
  /** Of what nodes at one end of links share: each such thing and what it adds to the weight, the least first. */
  shared?: { thing: string; adds: number }[]
  records: string[]
  /** UTC milliseconds; null where no record has a time. */
  firstAt: number | null
  lastAt: number | null
  /** How sure it is who the less sure of its ends is. */
  sure: Sureness
}

/** The same fields as a type that the engine's rows fit. */
type Rowed<T> = { [K in keyof T]: T[K] }

/** A seizure event in the words of its sheet. */
export interface EventName {
  label: string
  kind: string
  place: string | null
}

/** A named, immutable network: it follows from its parts alone and is never changed. */
export interface Snapshot {
  id: string
  people: People
  ties(): Promise<TieRow[]>
  /** What each seizure event under the sight is called, by id. */
  events(): Promise<Map<string, EventName>>
  /** What it follows from. */
  parts: {
    investigation: string
    layers: readonly LayerId[]
    from: number | null
    to: number | null
    grades: string
    projection: Projection
    mode: Mode
    release: string
  }
  close(): void
}

const PARAMETERS = 6

/** Opens the snapshot of a request under a sight, making it where it is not there yet. */
export async function openSnapshot(
  ground: Ground & { digest: string },
  request: SnapshotRequest,
  progress: (fraction: number, words: string) => void = () => undefined,
): Promise<Snapshot> {
  const layers = LAYER_IDS.filter((l) => !request.layers || request.layers.includes(l))
  const people = await openPeople(ground, (f, words) => progress(f * 0.7, words))
  try {
    const filter = {
      layers,
      from: request.from ?? null,
      to: request.to ?? null,
      grades: request.grades ?? "all",
      projection: request.projection ?? "plain",
      mode: request.mode ?? "both",
    }
    const key = { ...people.key, ...filter, network: PARAMETERS }
    const id = keyedId("sn_", ground.store.nodeKey, ground.investigation, canonical(key))
    const folder = await ground.store.derived.folder(
      "network",
      key,
      async (into) => {
        progress(0.75, "Drawing ties")
        const structure = await people.structure()
        await fillTies(structure, {
          layers,
          from: request.from,
          to: request.to,
          projection: filter.projection,
          mode: filter.mode,
          exhibits: filter.grades === "firm" ? await firmExhibits(ground, people) : null,
        })
        await structure.exec(
          `copy (select * from tie order by a, b, layer, event) to ${literal(`${into}/tie.parquet`)} (format parquet, compression zstd)`,
        )
        const rests = await people.engine.all<{ exhibit: string }>("select distinct exhibit from origin order by exhibit")
        await keepSnapshot(ground.store.register, {
          id,
          investigation: ground.investigation,
          classes: ground.classes,
          exhibits: rests.map((r) => r.exhibit),
          at: new Date(ground.store.clock()),
        })
      },
      ground.classes.map((c) => `class:${c}`),
    )
    const source = `read_parquet(${literal(`${folder}/tie.parquet`)})`
    return {
      id,
      people,
      parts: { investigation: ground.investigation, ...filter, release: RELEASE },
      ties: async () =>
        (
          await people.engine.all<
            Rowed<Omit<TieRow, "sure" | "shared"> & { sure: number; things: string[] | null; adds: number[] | null }>
          >(
            `select a, b, layer, event, n, forth, weight, forth_weight as "forthWeight", back_weight as "backWeight", share, things, adds, records, first_at as "firstAt", last_at as "lastAt", sure from ${source} order by a, b, layer, event`,
          )
        ).map(({ things, adds, ...t }) => ({
          ...t,
          sure: SURENESS[t.sure]!,
          ...(things && { shared: things.map((thing, i) => ({ thing, adds: adds![i]! })) }),
        })),
      events: async () => {
        const known = await ground.store.register.transaction((tx) => selectSeizureEvents(tx, ground.investigation), ground.classes)
        return new Map(known.map((e) => [e.id, { label: e.label, kind: e.kind, place: e.place }]))
      },
      close: () => people.close(),
    }
  } catch (error) {
    people.close()
    throw error
  }
}

async function firmExhibits(ground: Ground, people: People): Promise<string[]> {
  const items = await ground.store.register.transaction((tx) => selectItems(tx, { investigation: ground.investigation }), ground.classes)
  const firm = items
    .filter((i) => !isWeak(parseGrade(i.grade_code, i.grade_scheme as Parameters<typeof parseGrade>[1])))
    .map((i) => literal(i.id))
  if (firm.length === 0) return []
  return (
    await people.engine.all<{ exhibit: string }>(`select exhibit from origin where item in (${firm.join(",")}) order by exhibit`)
  ).map((r) => r.exhibit)
}
