import { z } from "zod"
import { type Context, deconfliction, joinedMarking, permissions } from "#access"
import { SupportView, supported } from "#entities"
import type { Snapshot, TieRow } from "#network"
import { literal } from "#store"
import type { Participations } from "../chain/participation.ts"
import type { Action } from "./option.ts"

/** What would have to be true and done for one part of an option. */
export const ItemView = z.object({
  lever: z.string().nullable(),
  title: z.string(),
  state: z.string().nullable(),
  stage: z.number().nullable(),
  entity: z.string().nullable(),
  label: z.string(),
  owner: z.string().nullable(),
  test: z.string().nullable(),
  provision: z.string().nullable(),
  feasible: z
    .enum(["listed", "not-looked-up", "no-power"])
    .describe("whether the table names the law; a lawyer decides whether its test is met"),
  evidence: z.object({
    needs: z.enum(["admissible", "intelligence", "none"]),
    says: z.string().nullable(),
    records: z.number(),
    support: SupportView,
    notInEvidence: z.number().describe("records that originators have reserved from use in evidence"),
    status: z.enum(["held", "thin", "reserved", "nothing"]),
  }),
  collateral: z.object({
    protected: z.number().describe("protected people who are tied to whoever it is aimed at"),
    unknown: z.number().describe("others who are tied to him and of whom no conduct is asserted"),
    players: z.number(),
  }),
  lead: z.tuple([z.number(), z.number()]).nullable().describe("weeks until it takes effect"),
  cost: z.tuple([z.number(), z.number()]).nullable().describe("weeks of work"),
  reveals: z.string().nullable(),
  reports: z
    .number()
    .describe("intelligence reports and debriefs among the records: whoever learns the reasons may guess at their sources"),
  contacts: z.array(z.string()).describe("other teams that ask to be spoken to first"),
})
export type Item = z.infer<typeof ItemView>

/** Each part of an option, looked at for law, evidence, people around, time, what it gives away, and other teams. */
export async function itemsOf(ctx: Context, snapshot: Snapshot, parts: Participations, actions: readonly Action[]): Promise<Item[]> {
  const records = actions.map((a) => recordsOf(parts, a))
  const support = await supported(ctx, snapshot.people, records)
  const facts = await factsOf(ctx, snapshot, [...new Set(records.flat())])
  const ties = await snapshot.ties()
  const hidden = new Set((await snapshot.people.engine.all<{ entity: string }>("select entity from hidden")).map((r) => r.entity))
  const players = new Set(parts.players.map((p) => p.entity))
  const out: Item[] = []
  for (const [i, { lever, stage, entity, label }] of actions.entries()) {
    const own = records[i]!
    const reserved = own.filter((r) => facts.get(r)?.reserved).length
    const needs = lever?.evidence ?? "none"
    out.push({
      lever: lever?.id ?? null,
      title: lever?.title ?? "If this player were gone",
      state: lever?.state ?? null,
      stage,
      entity,
      label,
      owner: lever?.owner ?? null,
      test: lever?.test ?? null,
      provision: lever?.provision ?? null,
      feasible: lever === null ? "no-power" : lever.provision === "Not looked up" ? "not-looked-up" : "listed",
      evidence: {
        needs,
        says: lever?.evidenceSays ?? null,
        records: own.length,
        support: support[i]!,
        notInEvidence: reserved,
        status: statusOf(needs, own.length, reserved, support[i]!.origins),
      },
      collateral: collateralOf(ties, entity, hidden, players),
      lead: lever ? [lever.lead[0], lever.lead[1]] : null,
      cost: lever ? [lever.cost[0], lever.cost[1]] : null,
      reveals: lever?.reveals ?? null,
      reports: own.filter((r) => facts.get(r)?.report).length,
      contacts: entity === null ? [] : await contactsOf(ctx, snapshot, entity),
    })
  }
  return out
}

const recordsOf = (parts: Participations, { entity, stage }: Action): string[] => [
  ...new Set(
    parts.list.filter((p) => (entity === null || p.entity === entity) && (stage === null || p.stage === stage)).flatMap((p) => p.records),
  ),
]

function statusOf(needs: Item["evidence"]["needs"], records: number, reserved: number, origins: number): Item["evidence"]["status"] {
  if (records === 0) return "nothing"
  if (needs === "admissible" && reserved === records) return "reserved"
  return origins < 2 ? "thin" : "held"
}

interface RecordFacts {
  reserved: boolean
  report: boolean
}

async function factsOf(ctx: Context, snapshot: Snapshot, records: readonly string[]): Promise<Map<string, RecordFacts>> {
  if (records.length === 0) return new Map()
  const rows = await snapshot.people.engine.all<{ record: string; kind: string; access_class: number }>(
    `select m.record, min(m.kind) as kind, min(o.access_class) as access_class from m join origin o using (exhibit)
     where m.record in (${records.map(literal).join(",")}) group by m.record order by m.record`,
  )
  const permitted = await ctx.store.register.transaction(
    (tx) => permissions.selectPermissions(tx, [ctx.investigation!.id]),
    ctx.sight.classes,
  )
  const blocked = new Map<number, boolean>()
  for (const { access_class: c } of rows)
    if (!blocked.has(c))
      blocked.set(c, permissions.standingBlocks(await joinedMarking(ctx.tx, [c]), "evidence", permitted, ctx.at).length > 0)
  return new Map(
    rows.map((r) => [
      r.record,
      { reserved: blocked.get(r.access_class)!, report: r.kind === "intelligence-report" || r.kind === "debrief" },
    ]),
  )
}

function collateralOf(
  ties: readonly TieRow[],
  entity: string | null,
  hidden: ReadonlySet<string>,
  players: ReadonlySet<string>,
): Item["collateral"] {
  const around = new Set(ties.flatMap((t) => (t.a === entity ? [t.b] : t.b === entity ? [t.a] : [])))
  const among = (is: (id: string) => boolean) => [...around].filter(is).length
  return {
    protected: among((id) => hidden.has(id)),
    unknown: among((id) => !hidden.has(id) && !players.has(id)),
    players: among((id) => players.has(id)),
  }
}

async function contactsOf(ctx: Context, snapshot: Snapshot, entity: string): Promise<string[]> {
  const [row] = await snapshot.people.engine.all<{ keys: string[] }>("select keys from entity where id = $1", [entity])
  const keys = (row?.keys ?? []).filter((k) => !/^(name|node|holder):/.test(k))
  return (await deconfliction.announcedOf(ctx, keys)).map((a) => a.contact)
}
