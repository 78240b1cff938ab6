import { createHash } from "node:crypto"
import { protection } from "#access"
import { selectExhibits, selectItems } from "#evidence"
import { MENTION, rowsOf } from "#records"
import { canonical, type Engine, fill, literal, quoted, type Tx } from "#store"
import { RELEASE } from "#vocabulary/release"
import { type StatementRow, selectStatements } from "./attribution/statements.ts"
import { fillAttribution } from "./attribution/table.ts"
import { fillBeings, fillConduct } from "./conduct-rows.ts"
import { guardOf, touched } from "./guard.ts"
import { SETTLED } from "./identity/settle.ts"
import { type InForce, inForce, judgedOf } from "./identity/state.ts"
import { type LiftingInForce, selectLiftingsInForce } from "./lifting-rows.ts"
import { adoptedSet } from "./linkage/adopted.ts"
import { hashOf, type ParameterSet } from "./linkage/parameters.ts"
import { fillTold, protectTold } from "./linkage/told.ts"
import { fillMasked, MASKED } from "./mask.ts"
import { mountReadings } from "./readings.ts"
import { fillOrigins, type Ground, mountOrigins, resolve } from "./resolve.ts"
import { type ConductAssertionRow, type StandingDecisionRow, selectConduct, selectStandings } from "./sql.ts"
import { fillHidden, fillSaidStanding, fillStanding } from "./standing.ts"

/** Raised when the rules of resolution, standing, conduct or masking change what comes out. */
const PARAMETERS = 18
/** What the structure of networks is drawn from: everybody, by key and by name. */
const WHOLE = [
  "identity",
  "entity",
  "claim",
  "conflict",
  "lasting",
  "standing",
  "conduct",
  "spoken_tie",
  "subject_act",
  "elsewhere",
  "linkage_set",
] as const

/**
 * Who is who under a sight. Protected people are in it as structure only: no view of `engine` holds a name, a number or a key of
 * theirs, so that whatever is measured, listed or exported from it cannot tell one.
 */
export interface People {
  /**
   * Views `identity`, `entity`, `claim`, `conflict`, `lasting` (every id that stands or stood for somebody, with who that is now), `standing`, `conduct`, `unresolved`, `hidden` (who is protected, and the label that stands for
   * them), `lifted`, `m` (valid mentions with their seizure event), `origin` and `report_root`. No record can be read here.
   */
  engine: Engine
  /**
   * The door behind the masks, for ties between nameless entities and for decisions about one of them: all records of the sight, and
   * views of the same names with everybody in them; besides, `being` (who is spoken of), `elsewhere` and `linkage_set` (with which parameters records were linked). Nothing that is read here may be shown but through `engine`, `label` or `masker`.
   */
  structure(): Promise<Engine>
  /** Names exactly what this picture follows from. */
  key: Record<string, unknown>
  /** Access classes of the material under all this. */
  classes: readonly number[]
  /** The folder that holds it. */
  folder: string
  close(): void
}

/** What people decided, as far as the sight shows it, and who is protected whatever the sight shows. */
interface Decided {
  standings: StandingDecisionRow[]
  conduct: ConductAssertionRow[]
  liftings: LiftingInForce[]
  attributions: StatementRow[]
  identity: InForce[]
  linkage: ParameterSet | null
}

/**
 * Works out who is who, or opens what was worked out before under the same sight, holdings, decisions, parameters and release: a
 * count of what else the node took in would tell that there is more. One thing more enters, and is announced: the protections, wherever they were recorded, of people whose keys are in view.
 * What is found to be protective here goes into the register of protections, so that it holds for every other viewer.
 */
export async function openPeople(
  ground: Ground & { digest: string },
  progress: (fraction: number, words: string) => void = () => undefined,
): Promise<People> {
  const { store, classes, investigation, digest } = ground
  const now = new Date(store.clock())
  const own = protection.analysisSource(store.nodeKey, investigation, digest, classes)
  const { decided, guards, position, holdings, segments } = await store.register.transaction(
    async (tx) => ({
      decided: {
        standings: await selectStandings(tx, investigation),
        conduct: await selectConduct(tx, investigation),
        liftings: await selectLiftingsInForce(tx, investigation, now),
        attributions: await selectStatements(tx, investigation),
        identity: inForce(await judgedOf(tx, investigation)),
        linkage: await adoptedSet(tx, investigation),
      },
      guards: await protection.protections(tx, own),
      position: await store.segments.position(tx),
      holdings: await holdingsOf(tx, ground),
      segments: await store.segments.live(tx, { scope: "in" }),
    }),
    classes,
  )
  const at = { ...ground, asOf: position }
  const base = { sight: digest, holdings, parameters: PARAMETERS, release: RELEASE }
  const rests = classes.map((c) => `class:${c}`)
  const spoken = await store.derived.folder("mentioned", base, (into) => writeMentioned(at, into, progress), rests)
  const engine = await store.engine({ rows: rowsOf(segments) })
  let structure: Promise<Engine> | undefined
  try {
    const guarded = await touched(engine, `${spoken}/key.parquet`, guards)
    // Numbers of classes tell how many there are: what follows from a decision does not depend on them.
    const unnumbered = [decided.standings, decided.conduct, decided.attributions].map((all) => all.map(({ access_class: _, ...d }) => d))
    const key = {
      ...base,
      decisions: canonical([...unnumbered, decided.liftings, decided.identity]),
      protections: canonical(guarded),
      linkage: decided.linkage && hashOf(decided.linkage),
    }
    const series = `sight:${createHash("sha256")
      .update(canonical({ ...base, holdings: null }))
      .digest("hex")}`
    const folder = await store.derived.folder(
      "entities",
      key,
      async (into) => writePeople(at, { decided, guarded, spoken, base: await store.derived.latest("entities", series) }, into, progress),
      [...rests, series],
    )
    for (const table of MASKED)
      await engine.exec(`create temp view ${table} as select * from read_parquet(${literal(`${folder}/${table}.parquet`)})`)
    await fillOrigins(engine, ground)
    const mentions = segments.filter((s) => s.dataset === "mention").map((s) => `${store.folder}/${s.path}`)
    await mountMentions(engine, mentions, folder)
    const found = await engine.all<{ person: string; protects: protection.Protection["protects"] }>(
      `select * from read_parquet(${literal(`${folder}/whole-protection.parquet`)})`,
    )
    await store.register.transaction((tx) => protection.keepProtection(tx, own, found, now))
    return {
      engine,
      structure: () => (structure ??= openStructure(at, folder, spoken)),
      // Who else says that somebody is protected must not show in what is named by this: only that he is.
      key: { ...key, protections: canonical(await engine.all<Record<string, string>>("select * from hidden order by all")) },
      classes: [...new Set(segments.map((s) => s.accessClass))].sort((a, b) => a - b),
      folder,
      close: () => {
        engine.close()
        void structure?.then(
          (e) => e.close(),
          () => undefined,
        )
      },
    }
  } catch (error) {
    engine.close()
    throw error
  }
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

/** Every key that a record of the sight gives, tells of or speaks of, with the hash under which the register of protections may hold it. */
async function writeMentioned(ground: Ground, into: string, progress: (fraction: number, words: string) => void): Promise<void> {
  const mounted = await mountOrigins(ground)
  try {
    await readTexts(ground, mounted, (f, words) => progress(0.6 * f, words))
    await fillBeings(mounted.engine)
    await mounted.engine.exec(
      `copy (select * from being order by all) to ${literal(`${into}/being.parquet`)} (format parquet, compression zstd)`,
    )
    await fillTold(mounted.engine)
    await mounted.engine.exec(
      `copy (select * from told order by key) to ${literal(`${into}/told.parquet`)} (format parquet, compression zstd)`,
    )
    const keys = await mounted.engine.all<{ key: string }>(
      "select key from m union select key from being union select key from told order by key",
    )
    await fill(
      mounted.engine,
      "mentioned",
      [
        ["key", "VARCHAR"],
        ["person", "VARCHAR"],
      ],
      keys.map(({ key }) => [key, guardOf(ground.store, ground.investigation, key)]),
    )
    await mounted.engine.exec(`copy mentioned to ${literal(`${into}/key.parquet`)} (format parquet, compression zstd)`)
  } finally {
    mounted.close()
  }
}

async function readTexts(
  ground: Ground,
  mounted: Awaited<ReturnType<typeof mountOrigins>>,
  progress: (fraction: number, words: string) => void,
): Promise<void> {
  const regions = await mounted.engine.all<{ exhibit: string; region: string }>(
    "select exhibit, region from origin where region is not null",
  )
  await mountReadings(ground.store, mounted, new Map(regions.map((r) => [r.exhibit, r.region])), progress)
}

async function writePeople(
  ground: Ground,
  { decided, guarded, spoken, base }: { decided: Decided; guarded: readonly protection.Protection[]; spoken: string; base: string | null },
  into: string,
  progress: (fraction: number, words: string) => void,
): Promise<void> {
  const mounted = await mountOrigins(ground)
  const { engine } = mounted
  try {
    await readTexts(ground, mounted, () => undefined)
    progress(0.6, "Joining identifiers")
    await engine.exec(`create temp table being as select * from read_parquet(${literal(`${spoken}/being.parquet`)})`)
    await fill(
      engine,
      "guard",
      [
        ["person", "VARCHAR"],
        ["protects", "VARCHAR"],
      ],
      guarded.map((g) => [g.person, g.protects]),
    )
    await engine.exec(
      `create temp table guarded as select key, person, protects from guard join read_parquet(${literal(`${spoken}/key.parquet`)}) using (person)`,
    )
    await engine.exec(`create temp table told as select * from read_parquet(${literal(`${spoken}/told.parquet`)})`)
    await fillSaidStanding(engine, ground, decided.standings)
    await protectTold(engine)
    await resolve({ store: ground.store, mounted, decisions: decided.identity, linkage: decided.linkage, base })
    progress(0.75, "Weighing conduct")
    await fillConduct(engine, decided.conduct)
    progress(0.9, "Working out standings")
    await fillStanding(engine)
    progress(0.95, "Weighing attributions")
    await fillAttribution(engine, ground, decided.attributions)
    const found = await fillHidden(engine, decided.liftings)
    await fill(
      engine,
      "protection",
      [
        ["person", "VARCHAR"],
        ["protects", "VARCHAR"],
      ],
      found.map((f) => [guardOf(ground.store, ground.investigation, f.key), f.protects]),
    )
    await fillMasked(engine, ground.store.nodeKey)
    const copy = (from: string, file: string) =>
      engine.exec(
        `copy (select distinct * from ${from} order by all) to ${literal(`${into}/${file}.parquet`)} (format parquet, compression zstd)`,
      )
    for (const table of new Set([...WHOLE, ...SETTLED])) await copy(table, `whole-${table}`)
    await copy("protection", "whole-protection")
    await copy("secret", "whole-secret")
    for (const table of MASKED) await copy(`masked_${table}`, table)
  } finally {
    mounted.close()
  }
}

/** Mentions of everybody but protected people. */
async function mountMentions(engine: Engine, files: readonly string[], folder: string): Promise<void> {
  const empty = `select ${MENTION.map(([name, type]) => `cast(null as ${type}) as ${quoted(name)}`).join(", ")} where false`
  const all =
    files.length > 0
      ? `${empty} union all by name select * from read_parquet([${files.map(literal).join(", ")}], union_by_name = true)`
      : empty
  await engine.exec(
    `create temp view m as select ${MENTION.map(([name]) => `x.${quoted(name)}`).join(", ")}, coalesce(report_root.event, origin.event) as event
     from (${all}) x join origin using (exhibit) left join report_root using (record)
     where x.valid and x.kind <> 'listing' and x.key not in (select value from read_parquet(${literal(`${folder}/whole-secret.parquet`)}) where form = 'key')`,
  )
}

async function openStructure(ground: Ground, folder: string, spoken: string): Promise<Engine> {
  const mounted = await mountOrigins(ground)
  for (const table of new Set([...WHOLE, ...SETTLED]))
    await mounted.engine.exec(`create temp view ${table} as select * from read_parquet(${literal(`${folder}/whole-${table}.parquet`)})`)
  await mounted.engine.exec(`create temp view being as select * from read_parquet(${literal(`${spoken}/being.parquet`)})`)
  // A protected person's ties stay with him, whatever is known of his numbers.
  for (const table of ["number_node", "number_reach", "attribution"])
    await mounted.engine.exec(`create temp view ${table} as select * from read_parquet(${literal(`${folder}/${table}.parquet`)})`)
  return mounted.engine
}

/** A person (or outlet, hull …) as a later stage may show it. */
export interface Label {
  label: string
  kind: string
  /** The label stands for a protected person: no name, no number. */
  masked: boolean
  /** What stands for a number whose user is not established: the label is then only what others call it. */
  identifier: string | null
}

/** What entities are called. Protected people have no name here. */
export async function label(people: People, ids: readonly string[]): Promise<Map<string, Label>> {
  if (ids.length === 0) return new Map()
  const wanted = ids.map(literal).join(",")
  const rows = await people.engine.all<{ id: string; label: string; kind: string; masked: boolean; identifier: string | null }>(
    `select e.id, e.label, e.kind, e.id in (select entity from hidden) as masked, n.label as identifier from entity e
       left join (select entity, min(label) as label from number_node where node = entity group by entity) n on n.entity = e.id where e.id in (${wanted})
     union all select distinct node, label, 'phone', false, label from number_node where node <> entity and node in (${wanted})`,
  )
  return new Map(rows.map(({ id, label: text, kind, masked, identifier }) => [id, { label: text, kind, masked, identifier }]))
}
