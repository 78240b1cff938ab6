import { useQuery } from "@tanstack/react-query"
import { type ApiFailure, told } from "../api.ts"
import type { Schema } from "./schema.ts"

export type Shape = "value" | "rows" | "events" | "bytes" | "job" | "upload"

/** A procedure as the node's own list describes it. */
export interface Procedure {
  name: string
  title: string
  /** The first half of its name. */
  subject: string
  shape: Shape
  effect: string
  needs: string
  input: Schema
}

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  requestBody: { content: Record<string, { schema: Schema }> }
  "x-linchpin": { shape: Shape; effect: string; needs: string; input?: Schema }
}

interface Document {
  paths: Record<string, { post: Operation }>
  components: { schemas: Record<string, Schema> }
}

const REFERENCE = "#/components/schemas/"

/** What a `$ref` of the document stands for; anything else is itself. What stands beside a `$ref` goes before what it refers to. */
export function resolved(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const { $ref, ...beside } = schema
  if (!$ref?.startsWith(REFERENCE)) return schema
  return { ...resolved(schemas[$ref.slice(REFERENCE.length)] ?? {}, schemas), ...beside }
}

/** An input with every field's own schema; deeper references stay, since deeper things are written as JSON. */
function inputOf(operation: Operation, schemas: Readonly<Record<string, Schema>>): Schema {
  const given = operation["x-linchpin"].input ?? operation.requestBody.content["application/json"]?.schema ?? {}
  const whole = resolved(given, schemas)
  const properties = Object.entries(whole.properties ?? {}).map(([name, field]) => {
    const own = resolved(field, schemas)
    return [name, own.items ? { ...own, items: resolved(own.items, schemas) } : own] as const
  })
  return { ...whole, properties: Object.fromEntries(properties) }
}

export const proceduresOf = ({ paths, components }: Document): Procedure[] =>
  Object.values(paths).map(({ post }) => ({
    name: post.operationId,
    title: post.summary,
    subject: post.tags[0] ?? post.operationId.split(".")[0]!,
    shape: post["x-linchpin"].shape,
    effect: post["x-linchpin"].effect,
    needs: post["x-linchpin"].needs,
    input: inputOf(post, components.schemas),
  }))

export const useProcedures = () =>
  useQuery<Procedure[], ApiFailure>({
    queryKey: ["openapi.json"],
    queryFn: async ({ signal }) => proceduresOf(await told<Document>("openapi.json", signal)),
  })
