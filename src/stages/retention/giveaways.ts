import type { Classes, Engine, Store } from "#store"
import type { File, Reach } from "./reach.ts"
import { selectNames, selectTexts } from "./sql.ts"
import type { Target } from "./target.ts"
import { distinctiveWords, type Words } from "./words.ts"

/** The words that give away what goes, in whatever place of the register they stand. `from`: the files that hold the rows. */
export async function giveaways(
  engine: Engine,
  store: Store,
  target: Target,
  reached: Reach,
  from: readonly File[],
  classes: Classes = "all",
): Promise<Words> {
  if (reached.words) return reached.words
  const { texts, names, among } = await store.register.transaction(
    async (tx) => ({ texts: await selectTexts(tx), names: await selectNames(tx), among: await store.segments.every(tx) }),
    classes,
  )
  const exhibits = new Set(reached.whole.map((e) => e.id))
  const items = new Set(target.kind === "investigation" ? reached.whole.map((e) => e.item) : target.items)
  const goes = (t: (typeof texts)[number]) => (t.exhibit === null ? items.has(t.item) : exhibits.has(t.exhibit))
  const said = texts.filter(goes).flatMap((t) => t.texts)
  const kept = [...texts.filter((t) => !goes(t)).flatMap((t) => t.texts), ...names]
  const words = await distinctiveWords(engine, store.folder, from, among, reached.loss.rows, said, kept)
  const stays = new Set(kept.map((t) => t.toLowerCase()))
  // File names and titles as a whole: their single words may be anybody's.
  const whole = [...new Set(said.map((t) => t.toLowerCase()))].filter((t) => t.length >= 8 && t.length <= 300 && !stays.has(t))
  return { ...words, whole: [...words.whole, ...whole] }
}
