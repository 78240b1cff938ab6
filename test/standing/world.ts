import type { Caller } from "#access"
import { ROLES, type Role } from "#vocabulary/roles"
import { folderOf, personAs, type TestApp, take } from "../support/store.ts"
import { number, OFFERS, type Phone, phoneFiles, phonesFolder } from "../support/world.ts"

/** Somebody who must not be found: what tells him. Each name stands nowhere else. */
export interface Unnamed {
  why: string
  names: readonly string[]
  number: string
}

/** All of them offer crossings in every raid: but for their protection each would be ranked. */
export const PROTECTED = {
  child: { why: "child by a birth date", names: ["Zilan Qorbeshi"], number: number(800) },
  sheet: { why: "victim by the sheet of an item", names: ["Qadir Sheqlawi"], number: number(801) },
  arrival: { why: "holder of a device seized on arrival", names: ["Weliyar Landaqi"], number: number(802) },
  witness: { why: "witness by a decision", names: ["Rojin Testiwan", "Khala Rojin"], number: number(803) },
  rescuer: { why: "rescuer by a decision", names: ["Yusuf Gharqawi"], number: number(804) },
  passenger: { why: "passenger under 18", names: ["Tavga Qutabxan"], number: number(805) },
  merged: { why: "victim who is one with a suspect by a card", names: ["Hevidar Duwanzi", "Hevidar Tirwari"], number: number(806) },
  second: { why: "the suspect's number of the one before", names: ["Boranqa Dubalani"], number: number(807) },
  lapsed: { why: "victim whose lifting has lapsed", names: ["Nesrin Yarashowi"], number: number(808) },
  elsewhere: { why: "victim in another investigation", names: ["Dilovan Durxani"], number: number(809) },
} as const satisfies Record<string, Unnamed>

export const OPEN_PLAYER = { name: "Mam Karwan", number: number(100) }
/** Stands in rows of a device seized on arrival, which nobody has decided on. */
export const UNDECIDED = { words: "the grey lighthouse sleeps", friend: number(820), name: "Shirin Nadiyari" }

const everybody = Object.values(PROTECTED).flatMap((p) => p.names.slice(0, 1).map((name) => [name, p.number] as const))

const raid = (n: number): Phone => ({
  reference: `R${n}`,
  event: `raid-${n}`,
  own: number(830 + n),
  cards: [[OPEN_PLAYER.name, OPEN_PLAYER.number], ...everybody, ["Khala Rojin", PROTECTED.witness.number]],
  lines: [
    ...[OPEN_PLAYER.number, ...everybody.map(([, to]) => to)].map((other, day) => ({
      day,
      way: "in" as const,
      other,
      text: OFFERS[(n + day) % OFFERS.length]!,
    })),
    // What the open player is ranked on quotes protected people, by name and by number.
    ...everybody.map(([name, to], day) => ({
      day: 30 + day,
      way: "in" as const,
      other: OPEN_PLAYER.number,
      text: `Game tonight from Dunkirk to UK, 1400 pounds each person, ${name} on ${to.slice(0, 3)} ${to.slice(3, 7)} ${to.slice(7)} takes the money`,
    })),
  ],
})

const arrival: Phone = {
  reference: "A1",
  event: "landing-a",
  own: PROTECTED.arrival.number,
  arrival: true,
  cards: [[UNDECIDED.name, UNDECIDED.friend]],
  lines: [
    { day: 1, way: "out", other: UNDECIDED.friend, text: `${UNDECIDED.words}, tell ${UNDECIDED.name}` },
    { day: 2, way: "in", other: UNDECIDED.friend, text: "we are waiting for you" },
  ],
}

const sheet = (reference: string, files: object) => ({
  reference,
  kind: "document",
  authority: "port",
  grade: { scheme: "3x5x2", code: "1A" },
  handling: "P",
  region: "GB",
  zone: "UTC",
  files,
})
const born = (kind: string, part: string) => ({
  records: [
    {
      kind,
      at: { column: "at", format: "ymd", zone: "UTC" },
      fields: { birthDate: "born" },
      parties: [{ part, name: "name", ids: [{ type: "phone", column: "phone" }] }],
    },
  ],
})

export interface ProtectedWorld {
  investigation: string
  /** Everybody who asks, by role; `outsider` works in the other investigation. */
  callers: Map<Role | "outsider", Caller>
  entities: string[]
  records: string[]
  exhibits: string[]
  items: string[]
}

/** Two investigations with protected people of every sort in one of them, and rows of a phone that nobody has decided on. */
export async function protectedWorld(app: TestApp, clock: { now: number }): Promise<ProtectedWorld> {
  const away = phonesFolder([
    { ...raid(7), reference: "F1", cards: [[PROTECTED.elsewhere.names[0], PROTECTED.elsewhere.number]], lines: [] },
  ])
  await take(app, "away", [away])
  await take(app, "work", [
    phonesFolder([
      ...[0, 1, 2].map(raid),
      arrival,
      {
        reference: "V1",
        event: "raid-v",
        own: PROTECTED.sheet.number,
        lines: [{ day: 1, way: "out", other: number(849), text: "hello" }],
        sheet: { holder: { standing: "victim" } },
      },
    ]),
    folderOf({
      "D1/material.json": sheet("D1", { "inspections.csv": { as: "table", mapping: born("document-inspection", "holder") } }),
      "D1/inspections.csv": `at,name,phone,born\n2025-06-01 10:00,${PROTECTED.child.names[0]},${PROTECTED.child.number},2010-04-05\n`,
      "D2/material.json": sheet("D2", { "list.csv": { as: "table", mapping: born("passenger", "passenger") } }),
      "D2/list.csv": `at,name,phone,born\n2025-06-01 10:00,${PROTECTED.passenger.names[0]},${PROTECTED.passenger.number},2011-01-02\n`,
      ...phoneFiles({ reference: "M1", event: "raid-m", own: number(848), cards: [] }),
      "M1/card.vcf": `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Hevidar Tirwari\r\nTEL:${PROTECTED.merged.number}\r\nTEL:${PROTECTED.second.number}\r\nEND:VCARD\r\n`,
    }),
  ])
  const investigations = await app.ask<{ id: string; name: string }[]>("investigations.list", {})
  const [work, other] = ["work", "away"].map((name) => investigations.find((i) => i.name === name)!.id)
  const callers = new Map<Role | "outsider", Caller>()
  for (const [n, role] of (Object.keys(ROLES) as Role[]).entries()) {
    const investigation = ROLES[role].held === "investigation" ? work! : null
    callers.set(
      role,
      await personAs(app, {
        id: `us_000000000000000000${String(n).padStart(2, "0")}`.slice(0, 23),
        team: `team ${n}`,
        roles: [{ role, investigation }],
      }),
    )
  }
  callers.set(
    "outsider",
    await personAs(app, { id: "us_00000000000000000099", roles: [{ role: "operations-lead", investigation: other! }] }),
  )
  const idOf = async (investigation: string, words: string) =>
    (await app.ask<{ entities: { id: string }[] }>("entities.list", { investigation, find: words })).entities[0]!.id
  const standing = async (investigation: string, who: Unnamed, of: string) => {
    const entity = await idOf(investigation, who.number)
    await app.ask("entities.set-standing", {
      investigation,
      entity,
      standing: of,
      reason: `${who.names[0]} is one (invented), ${who.number}`,
    })
    return entity
  }
  await standing("work", PROTECTED.second, "suspect")
  await standing("work", PROTECTED.witness, "witness")
  await standing("work", PROTECTED.rescuer, "rescuer")
  await standing("work", PROTECTED.merged, "victim")
  await standing("away", PROTECTED.elsewhere, "victim")
  await lapse(app, clock, callers, await standing("work", PROTECTED.lapsed, "victim"))
  // A colleague writes protected people's names and numbers into the reasons about somebody else.
  const [grounds] = await app.ask<{ id: string }[]>("records.list", { investigation: "work", kind: "message" })
  await app.ask("entities.assert-conduct", {
    investigation: "work",
    entity: await idOf("work", OPEN_PLAYER.number),
    conduct: "finances",
    reasoning: `he pays ${everybody.map(([name, to]) => `${name} (0${to.slice(3, 7)} ${to.slice(7)})`).join(", ")}`,
    records: [grounds!.id],
  })
  const graph = await app.ask<{ nodes: { id: string }[] }>("network.graph", { investigation: "work", leaves: true, nodes: 20_000 })
  const evidence = await app.ask<{ items: { id: string; exhibits: { id: string }[] }[] }>("evidence.list", { investigation: "work" })
  const records = []
  for (const kind of ["message", "contact", "document-inspection", "passenger"])
    records.push(...(await app.ask<{ id: string }[]>("records.list", { investigation: "work", kind, limit: 400 })))
  return {
    investigation: work!,
    callers,
    entities: graph.nodes.map((n) => n.id),
    records: records.map((r) => r.id),
    exhibits: evidence.items.flatMap((i) => i.exhibits.map((e) => e.id)),
    items: evidence.items.map((i) => i.id),
  }
}

/** A lifting that was whole, and whose 28 days are over. */
async function lapse(app: TestApp, clock: { now: number }, callers: ProtectedWorld["callers"], entity: string): Promise<void> {
  const offers = (
    await app.ask<{ id: string; item: string; parties: { ids: { raw: string }[] }[] }[]>("records.list", {
      investigation: "work",
      kind: "message",
      limit: 1000,
    })
  ).filter((m) => m.parties.some((p) => p.ids.some((i) => i.raw === PROTECTED.lapsed.number)))
  const [first] = offers
  const another = offers.find((m) => m.item !== first!.item)!
  const found = { text: "an interview with a social worker", by: "Social worker (invented)" }
  const { lifting } = await app.ask<{ lifting: string }>(
    "entities.propose-lifting",
    {
      investigation: "work",
      entity,
      conduct: [first!, another].map((m) => ({ record: m.id, conduct: "organises", shows: "offers a crossing" })),
      age: { answer: "adult", ...found },
      trafficking: { answer: "none-found", ...found },
      compulsion: { answer: "none-found", ...found },
      reason: `${PROTECTED.lapsed.names[0]} offers crossings, ${PROTECTED.lapsed.number}`,
    },
    callers.get("analyst"),
  )
  const officer = callers.get("cleared-officer")
  const [waiting] = await app.ask<{ rerun: string }[]>("reruns.list", {}, officer)
  const { sha256 } = await app.ask<{ sha256: string }>("reruns.show", { rerun: waiting!.rerun }, officer)
  await app.ask("reruns.answer", { rerun: waiting!.rerun, word: "proceed", reason: "looked at all holdings", seen: sha256 }, officer)
  await app.ask(
    "entities.second-lifting",
    { investigation: "work", lifting, reason: `${PROTECTED.lapsed.names[0]}: I agree with the proposal` },
    callers.get("prosecutor"),
  )
  // Asked while it was lifted: what stood in the answer then must not be shown afterwards.
  const asked = await app.gate.invoke("network.rank", { input: { investigation: "work", top: 100 }, caller: callers.get("analyst")! })
  if (asked.shape !== "job") throw new Error("a rank is a job")
  for await (const job of app.store.jobs.watch(asked.job))
    if (job.state === "done" && !JSON.stringify(job.result).includes(PROTECTED.lapsed.names[0]))
      throw new Error("the lifted person was not ranked")
  clock.now += 29 * 86_400_000
}
