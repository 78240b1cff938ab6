import { createHash } from "node:crypto"
import { selectExhibits, selectItems } from "#evidence"
import type { Mounted } from "#records"
import { canonical, type Engine, literal, type Tx } from "#store"
import { RELEASE } from "#vocabulary/release"
import type { Standing } from "#vocabulary/standing"
import { fillBeings, fillConduct } from "./conduct-rows.ts"
import { mountReadings } from "./readings.ts"
import { type Ground, mountOrigins, resolve } from "./resolve.ts"
import { selectConduct, selectStandings } from "./sql.ts"
import { fillSaidStanding, fillStanding, protectedOf } from "./standing.ts"

/** Raised when the rules of resolution, standing or conduct change what comes out. */
const PARAMETERS = 6
const TABLES = ["identity", "entity", "claim", "standing", "conduct", "spoken_tie", "unresolved"] as const

/** Who is who under a sight, mounted: views `identity`, `entity`, `claim`, `standing`, `conduct`, `spoken_tie`, `unresolved` beside the records, `m` and `origin`. */
export interface People {
  engine: Engine
  /** Names exactly what this picture follows from. */
  key: Record<string, unknown>
  /** Access classes of the material under all this. */
  classes: readonly number[]
  close(): void
}

/**
 * Works out who is who, or opens what was worked out before under the same sight, holdings, decisions, parameters and
 * release. Nothing else enters: a count of what else the node took in would tell that there is more.
 */
export async function openPeople(
  ground: Ground & { digest: string },
  progress: (fraction: number, words: string) => void = () => undefined,
): Promise<People> {
  const { store, classes, investigation, digest } = ground
  const { standings, conduct, holdings } = await store.register.transaction(
    async (tx) => ({
      standings: await selectStandings(tx, investigation),
      conduct: await selectConduct(tx, investigation),
      holdings: await holdingsOf(tx, ground),
    }),
    classes,
  )
  const key = { sight: digest, holdings, decisions: canonical([standings, conduct]), parameters: PARAMETERS, release: RELEASE }
  const folder = await store.derived.folder(
    "entities",
    key,
    async (into) => {
      const mounted = await mountOrigins(ground)
      try {
        const regions = await mounted.engine.all<{ exhibit: string; region: string }>(
          "select exhibit, region from origin where region is not null",
        )
        await mountReadings(store, mounted, new Map(regions.map((r) => [r.exhibit, r.region])), (f, words) => progress(0.6 * f, words))
        progress(0.6, "Joining identifiers")
        await fillBeings(mounted.engine)
        await fillSaidStanding(mounted.engine, ground)
        await resolve(mounted.engine, store.nodeKey)
        progress(0.75, "Weighing conduct")
        await fillConduct(mounted.engine, ground)
        progress(0.9, "Working out standings")
        await fillStanding(mounted.engine)
        for (const table of TABLES)
          await mounted.engine.exec(
            `copy (select * from ${table} order by all) to ${literal(`${into}/${table}.parquet`)} (format parquet, compression zstd)`,
          )
      } finally {
        mounted.close()
      }
    },
    classes.map((c) => `class:${c}`),
  )
  const mounted: Mounted = await mountOrigins(ground)
  for (const table of TABLES)
    await mounted.engine.exec(`create temp view ${table} as select * from read_parquet(${literal(`${folder}/${table}.parquet`)})`)
  return { engine: mounted.engine, key, classes: mounted.classes, close: () => mounted.close() }
}

/** What the transaction's classes show of an investigation, by its content: names and positions of files say what else there is. */
async function holdingsOf(tx: Tx, { store, investigation }: Ground): Promise<string> {
  const files = (await store.segments.live(tx, {})).map((s) => [s.dataset, s.scope, s.version, s.sha256].join(" ")).sort()
  const items = (await selectItems(tx, { investigation })).map(({ access_class: _, ...item }) => item)
  const exhibits = (await selectExhibits(tx, { investigation })).map((e) => [e.id, e.item, e.undecided])
  return createHash("sha256")
    .update(canonical([files, items, exhibits]))
    .digest("hex")
}

/** A person (or outlet, hull …) as a later stage may show it. */
export interface Label {
  label: string
  kind: string
  /** The label stands for a protected person: no name, no number. */
  masked: boolean
}

const MASK: Partial<Record<Standing, string>> = { child: "Protected person (child)", "age-disputed": "Protected person (age disputed)" }

/** The only way in which later stages learn what an entity is called. Protected people have no name here. */
export async function label(people: People, ids: readonly string[]): Promise<Map<string, Label>> {
  if (ids.length === 0) return new Map()
  const hidden = await protectedOf(people.engine)
  const listed = ids.map(literal).join(",")
  const rows = await people.engine.all<{ id: string; label: string; kind: string }>(
    `select id, label, kind from entity where id in (${listed})`,
  )
  return new Map(
    rows.map((r) => {
      const standing = hidden.get(r.id)
      return [
        r.id,
        standing
          ? { label: MASK[standing] ?? "Protected person", kind: "person", masked: true }
          : { label: r.label, kind: r.kind, masked: false },
      ]
    }),
  )
}
