import type { Tx } from "#store"
import { type Judged, judged } from "../second-reader/judged.ts"
import { selectReadings } from "../second-reader/sql.ts"
import type { ParameterSet } from "./parameters.ts"
import { ADOPTION, type AdoptionRow, selectAdoptions } from "./sql.ts"

/** Adoptions that the transaction's classes show, with what became of them, oldest first. */
export const adoptionsOf = async (tx: Tx, investigation: string): Promise<Judged<AdoptionRow>[]> =>
  judged(await selectAdoptions(tx, investigation), await selectReadings(tx, ADOPTION, investigation))

/** The one that counts: the last that is in force. Where it is withdrawn, the one before counts again. */
export const adoptionInForce = (all: readonly Judged<AdoptionRow>[]): Judged<AdoptionRow> | null =>
  all.findLast((a) => a.state === "in-force") ?? null

/** The set that pictures are made with; null where none is adopted in view. */
export async function adoptedSet(tx: Tx, investigation: string): Promise<ParameterSet | null> {
  return adoptionInForce(await adoptionsOf(tx, investigation))?.row.parameters ?? null
}
