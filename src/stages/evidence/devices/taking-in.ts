import { z } from "zod"
import { joinedMarking } from "#access"
import { canonical, type Store, type Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { keyedId } from "#vocabulary/ids"
import { seenWith } from "#vocabulary/markings"
import { PURPOSES, type Purpose } from "#vocabulary/roles"
import { selectItems } from "../sql.ts"
import { ACTS, type Authorisation, DeviceFacts } from "./facts.ts"
import { beyondSection26, cannotReach, powerOf, SECTION_26_USE } from "./powers.ts"
import { coerciveText, groundsKey, lacksOf, rankTooLow, recordOf, sameName } from "./record.ts"
import { insertStatement, lockEvent, selectStatements } from "./sql.ts"

/** What a sheet says of a device beside power, grounds, officer and authoriser. */
export const DeviceSheet = DeviceFacts.omit({ power: true, grounds: true, officer: true, returned: true }).extend({
  authorisedAt: z.iso.datetime({ offset: true }).optional(),
  authorisedUntil: z.iso.datetime({ offset: true }).optional(),
})

interface Said {
  kind: string
  reference?: string | undefined
  power?: string | undefined
  onArrival: boolean
  grounds?: string | undefined
  officer?: string | undefined
  authoriser?: string | undefined
  authoriserRank?: string | undefined
  authority?: string | undefined
  permittedUses: string[]
  purposes?: Purpose[] | undefined
  device?: z.infer<typeof DeviceSheet> | undefined
  seizureEvent?: { at?: string | undefined } | undefined
}

/**
 * Purposes for which material under s.26 is seen: the uses that the section names, what is owed to the holder, and keeping people
 * alive. Never running the node, nor oversight, which has the journal.
 */
const SECTION_26_PURPOSES: readonly Purpose[] = ["investigation", "prosecution", "safeguarding", "rights"]

const limited = (said: Said): boolean => powerOf(said.power)?.section26 === true

/** What a sheet's material may be used and seen for: what it says, and no more than the power permits. */
export function usesOf(said: Said): { permittedUses: string[]; purposes: Purpose[] | null } {
  if (!limited(said)) return { permittedUses: said.permittedUses, purposes: said.purposes ?? null }
  return {
    permittedUses: said.permittedUses.length > 0 ? said.permittedUses : [SECTION_26_USE],
    purposes: said.purposes ?? [...SECTION_26_PURPOSES],
  }
}

const isDevice = (said: Said, undecided: boolean): boolean => undecided || said.kind === "device"

/**
 * Refuses what may not be taken in at all: a device under a power that cannot reach it, uses beyond the power, words that coerce.
 * What a record merely lacks is taken in, recorded as lacking, and not read.
 */
export function refuseUnlawful(said: Said, undecided: boolean, key: string): void {
  if (!isDevice(said, undecided)) return
  const power = powerOf(said.power)
  const why = power && cannotReach(power, { from: said.device?.takenFrom ?? null, onArrival: undecided })
  if (why)
    throw new Failure("refused.power-cannot-reach", why, {
      at: key,
      hint: "Nothing of it was taken in. Record under which power it was taken.",
    })
  if (limited(said)) {
    const purpose = said.purposes?.find((p) => !SECTION_26_PURPOSES.includes(p))
    const beyond = beyondSection26(said.permittedUses) ?? (purpose === undefined ? null : PURPOSES[purpose])
    if (beyond !== null)
      throw new Failure("refused.uses-exceed-power", `"${beyond}" goes beyond what BSAIA 2025 s.26 permits the use of.`, {
        at: key,
        hint: `Leave it away, or name a use within: ${SECTION_26_USE}.`,
      })
  }
  const coercive = coerciveText(factsOf(said))
  if (coercive) throw coercion(coercive)
}

export const coercion = (field: string): Failure =>
  new Failure("refused.coercion", "The text demands a PIN, or threatens with what follows when none is given.", {
    at: field,
    hint: "Nobody has to give a PIN. Write what was said, without demand or threat; if one was made, tell the data protection officer.",
  })

function factsOf(said: Said): DeviceFacts {
  const { authorisedAt: _, authorisedUntil: __, ...device } = said.device ?? {}
  const takenAt = device.takenAt ?? said.seizureEvent?.at
  const facts: DeviceFacts = { ...device, power: said.power, grounds: said.grounds?.trim() || undefined, officer: said.officer, takenAt }
  return Object.fromEntries(Object.entries(facts).filter(([, v]) => v !== undefined))
}

/**
 * Begins the record of a device that is being taken in, from its sheet. Where the sheet lacks nothing, the authority that it states is
 * recorded too; where it lacks something, nobody reads the device until it is authorised. On a node with one user he is its examiner.
 */
export async function beginRecord(
  tx: Tx,
  store: Pick<Store, "nodeKey">,
  init: {
    item: string
    investigation: string
    accessClass: number
    seizureEvent: string
    undecided: boolean
    said: Said
    taker: { id: string; name: string; local: boolean }
    at: Date
  },
): Promise<void> {
  const { item, said, undecided, at, taker } = init
  if (!isDevice(said, undecided)) return
  await lockEvent(tx, init.seizureEvent)
  const facts = factsOf(said)
  const say = (kind: "recorded" | "authorised" | "assigned", what: unknown, reason: string) =>
    insertStatement(tx, {
      id: keyedId("dc_", store.nodeKey, item, kind, canonical(what), taker.id),
      item,
      investigation: init.investigation,
      access_class: init.accessClass,
      kind,
      said: what,
      reason,
      said_by: taker.id,
      said_at: at,
    })
  await say("recorded", facts, "from the sheet at intake")
  const given = authorityOf(said, facts, at)
  const record = { facts, power: powerOf(facts.power) }
  const others = await groundsBeside(tx, init.seizureEvent, item)
  const complete = lacksOf(record, { reference: said.reference ?? null, on_arrival: undecided }, others).length === 0
  if (given && complete && !sameName(given.authoriser, facts.officer) && !rankTooLow(record.power, given))
    await say("authorised", given, "from the sheet at intake")
  if (undecided && taker.local) await say("assigned", { person: taker.id, name: taker.name }, "the node has one user")
}

function authorityOf(said: Said, facts: DeviceFacts, at: Date): Authorisation | null {
  if (!said.authoriser?.trim() || !said.authoriserRank?.trim()) return null
  return {
    authoriser: said.authoriser.trim(),
    person: null,
    rank: said.authoriserRank.trim(),
    service: facts.service ?? "police",
    givenAt: said.device?.authorisedAt ?? facts.takenAt ?? at.toISOString(),
    until: said.device?.authorisedUntil ?? null,
    acts: [...ACTS],
    reason: said.authority ?? "",
  }
}

/**
 * The grounds of the other devices of an event, as they are compared: of those that whoever sees this one sees too, because what
 * its record says follows from the comparison.
 */
export async function groundsBeside(tx: Tx, seizureEvent: string, item: string): Promise<string[]> {
  const all = await selectItems(tx, { seizureEvent })
  const own = all.find((i) => i.id === item)
  const marking = own && (await joinedMarking(tx, [own.access_class]))
  const seen = new Set<number>()
  for (const c of new Set(all.map((i) => i.access_class))) if (marking && seenWith(marking, await joinedMarking(tx, [c]))) seen.add(c)
  const others = all.filter((i) => i.id !== item && seen.has(i.access_class))
  const said = Map.groupBy(
    await selectStatements(
      tx,
      others.map((i) => i.id),
    ),
    (s) => s.item,
  )
  return others.flatMap((other) => {
    const { grounds } = recordOf(said.get(other.id) ?? []).facts
    const key = grounds ? groundsKey(grounds, other.reference) : ""
    return key === "" ? [] : [key]
  })
}
