import { z } from "zod"
import { Failure } from "#vocabulary/failure"
import { type Chain, onEverySide } from "../chain/chain.ts"
import type { Participations } from "../chain/participation.ts"
import { type Lever, leversOn } from "../levers/catalogue.ts"

/** One way to act, as it is put beside others. */
export const OptionInput = z.object({
  name: z.string().trim().min(1).max(80),
  levers: z
    .array(
      z.object({
        lever: z.string(),
        stage: z.number().int().min(1).max(10),
        entity: z.string().optional().describe("at whom, for a lever aimed at a person"),
      }),
    )
    .max(40)
    .default([]),
  players: z.array(z.string()).max(40).default([]).describe("what if these players were gone, however that came about"),
})
export type Option = z.infer<typeof OptionInput>

export interface Action {
  lever: Lever | null
  stage: number | null
  entity: string | null
  label: string
  /** Slots of the chain that it acts on; none where records show no work of his there. */
  slots: number[]
  /** Arcs of what nobody recorded that it reaches, too. */
  arcs: number[]
  effect: readonly [number, number]
}

/** What an option does to the chain. Throws when a lever is unknown, not in force, of another stage, or aimed at somebody who may not be ranked. */
export function actionsOf(option: Option, chain: Chain, { players }: Participations, day: string): Action[] {
  const known = new Map(leversOn(day).map((l) => [l.id, l]))
  const labels = new Map(players.map((p) => [p.entity, p.label]))
  const aimed = (entity: string): string => {
    const label = labels.get(entity)
    // The same words whether there is nobody or somebody whom nothing may be aimed at.
    if (label === undefined)
      throw new Failure("invalid.not-a-player", "Nobody of that id may be ranked here, and nothing is aimed at anybody else.", {
        at: entity,
        hint: "rank lists the players; people who were carried are never among them.",
      })
    return label
  }
  const work = (entity: string, stage: number | null) =>
    chain.slots.flatMap(({ participation: p }, s) => (p.entity === entity && (stage === null || p.stage === stage) ? [s] : []))
  return [
    ...option.levers.map(({ lever: id, stage, entity }): Action => {
      const lever = known.get(id)
      if (!lever || !(lever.stages as readonly number[]).includes(stage) || (lever.object === "person") !== (entity !== undefined))
        throw new Failure(
          "invalid.lever",
          "There is no such lever on that day, or it is not for that stage, or not for what it is aimed at.",
          {
            at: id,
            hint: "plan levers lists them: a lever acts on one of its stages, and is aimed at a person or at a stage.",
          },
        )
      if (entity !== undefined)
        return { lever, stage, entity, label: aimed(entity), slots: work(entity, stage), arcs: [], effect: lever.effect }
      const cells = chain.cells.flatMap((cell, c) => (cell.stage === stage && !cell.blank ? [c] : []))
      return {
        lever,
        stage,
        entity: null,
        label: `stage ${stage}`,
        slots: cells.flatMap((c) => chain.cells[c]!.slots),
        arcs: cells.flatMap((c) => onEverySide(chain, chain.unseen[c]!)),
        effect: lever.effect,
      }
    }),
    ...option.players.map(
      (entity): Action => ({
        lever: null,
        stage: null,
        entity,
        label: aimed(entity),
        slots: work(entity, null),
        arcs: [],
        effect: [1, 1],
      }),
    ),
  ]
}
