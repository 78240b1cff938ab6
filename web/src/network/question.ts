import { useNavigate, useSearch } from "@tanstack/react-router"
import { utcOf } from "../parts/fields.ts"
import type { SnapshotInput } from "../types.ts"
import type { Variant } from "./VariantFields.tsx"

/** What of the network is asked, as it stands in the address. */
export interface Question extends Variant {
  layers?: string[]
  /** As typed into a date field, UTC. */
  from?: string
  to?: string
  grades?: "firm"
  /** Of a two-mode network of links the nodes at one end. */
  mode?: "first" | "second"
  top?: number
  nodes?: number
  /** Draw also those whom a single tie holds. */
  leaves?: true
  /** Who is chosen. */
  who?: string
}

export const TOP = 10
export const NODES = 300

const text = (v: unknown): string | undefined => (typeof v === "string" && v !== "" ? v : undefined)
const count = (v: unknown, most: number): number | undefined =>
  typeof v === "number" && Number.isInteger(v) && v > 0 ? Math.min(v, most) : undefined

/** Reads an address that anybody may have written: what does not fit is left out. */
export function questionIn(search: Record<string, unknown>): Question {
  const { measure, directed, weighted, layers, from, to, grades, mode, top, nodes, leaves, who } = search
  const out: Question = {}
  if (text(measure)) out.measure = text(measure)!
  if (directed === true) out.directed = true
  if (weighted === true) out.weighted = true
  if (Array.isArray(layers)) out.layers = layers.filter((l): l is string => typeof l === "string")
  if (text(from)) out.from = text(from)!
  if (text(to)) out.to = text(to)!
  if (grades === "firm") out.grades = grades
  if (mode === "first" || mode === "second") out.mode = mode
  if (count(top, 1000)) out.top = count(top, 1000)!
  if (count(nodes, 20_000)) out.nodes = count(nodes, 20_000)!
  if (leaves === true) out.leaves = true
  if (text(who)) out.who = text(who)!
  return out
}

/** By what people are ranked. */
export const variantIn = ({ measure, directed, weighted }: Question): Variant => ({
  ...(measure ? { measure } : {}),
  ...(directed ? { directed } : {}),
  ...(weighted ? { weighted } : {}),
})

export function snapshotInput(investigation: string, q: Question): SnapshotInput {
  const from = utcOf(q.from ?? "")
  const to = utcOf(q.to ?? "")
  return {
    investigation,
    ...(q.layers && q.layers.length > 0 ? { layers: q.layers } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(q.grades ? { grades: q.grades } : {}),
    ...(q.mode ? { mode: q.mode } : {}),
  }
}

export function useQuestion(): { question: Question; change: (to: Question) => void } {
  const question = questionIn(useSearch({ strict: false }) as Record<string, unknown>)
  const navigate = useNavigate()
  return {
    question,
    change: (to) =>
      void navigate({
        to: ".",
        search: ({ record }: Record<string, unknown>) => ({ ...to, ...(typeof record === "string" ? { record } : {}) }),
        replace: true,
        resetScroll: false,
      }),
  }
}
