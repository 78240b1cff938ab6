import { selectItems, selectSeizureEvents } from "#evidence"
import { type Engine, fill } from "#store"
import type { Ground } from "../resolve.ts"
import type { DeviceFact } from "./facts.ts"

/** Words on a sheet, in the languages in which sheets are written. */
const SHARED = /\bshared\b|used by (?:several|two|three|many|all)|\bclerks\b|gemeinsam genutzt|partagé|à plusieurs/i
const LEFT = /left behind|\babandoned\b|\bdiscarded\b|thrown away|found (?:on|in|at|under|near)|herrenlos|zurückgelassen|abandonné|trouvé/i
const NOBODY = /^\s*(?:nobody|none|unknown|niemand|unbekannt|personne|inconnu)?\s*$/i

/** How a thing came to be seized, by what its sheet says. What a sheet does not say is not guessed. */
export function hadOf(sheet: {
  title: string | null
  grounds: string | null
  holder: string | null
  onArrival: boolean
}): DeviceFact["had"] {
  const words = [sheet.title, sheet.grounds, sheet.holder].filter((w) => w !== null).join(" · ")
  if (SHARED.test(words)) return "shared"
  if (LEFT.test(words)) return "left"
  if (sheet.onArrival || (sheet.holder !== null && !NOBODY.test(sheet.holder))) return "held"
  return "unsaid"
}

/** Fills `seized` (item, reference, had, taken): each seized thing of the sight as its sheet tells of it. */
export async function fillSeized(engine: Engine, { store, classes, investigation }: Ground): Promise<void> {
  const { items, events } = await store.register.transaction(
    async (tx) => ({ items: await selectItems(tx, { investigation }), events: await selectSeizureEvents(tx, investigation) }),
    classes,
  )
  const at = new Map(events.map((e) => [e.id, e.at?.getTime() ?? null]))
  await fill(
    engine,
    "seized",
    [
      ["item", "VARCHAR"],
      ["reference", "VARCHAR"],
      ["had", "VARCHAR"],
      ["taken", "BIGINT"],
    ],
    items.map((i) => [
      i.id,
      i.reference ?? i.id,
      hadOf({ title: i.title, grounds: i.grounds, holder: i.holder?.description ?? null, onArrival: i.on_arrival }),
      at.get(i.seizure_event) ?? null,
    ]),
  )
}
