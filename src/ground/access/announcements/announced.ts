import { createHmac } from "node:crypto"
import type { Context } from "../procedure.ts"
import { compartmentsOf } from "../sight.ts"
import { selectContacts } from "./sql.ts"

export const announcedHash = (nodeKey: Buffer, key: string): string =>
  createHmac("sha256", nodeKey).update(`announcement:${key.length}:${key}`).digest("base64url")

/** Another team asks whoever meets an identifier to speak to it: not who, nor why, nor since when. */
export interface Announced {
  contact: string
}

/**
 * What other teams announced of these identifiers (`type:normal form`), for whoever meets exactly them in what he may see. The
 * second exception of invariant 2: announcing is the act of the hidden item's owner. Teams are not told of their own.
 */
export async function announcedOf(ctx: Pick<Context, "tx" | "store" | "caller">, keys: readonly string[]): Promise<Announced[]> {
  if (keys.length === 0) return []
  const persons = keys.map((key) => announcedHash(ctx.store.nodeKey, key))
  const found = await selectContacts(ctx.tx, persons, compartmentsOf(ctx.caller))
  return [...new Set(found.map((f) => f.contact))].sort().map((contact) => ({ contact }))
}
