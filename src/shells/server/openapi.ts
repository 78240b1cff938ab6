import { z } from "zod"
import type { Procedure } from "#access"

type Schema = Record<string, unknown>

/**
 * The list of procedures as an OpenAPI 3.1 document. Definitions that zod puts into a schema's own `$defs` are moved to
 * `components.schemas`, since a `$ref` in this document starts from the document's root.
 */
export function openApi(procedures: readonly Procedure[], release: string): Schema {
  const schemas: Record<string, Schema> = { Failure: FAILURE }
  const place = (name: string, schema: z.ZodType, io: "input" | "output"): Schema => {
    const {
      $schema: _,
      $defs,
      ...rest
    } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema & { $defs?: Record<string, Schema> }
    const move = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(move)
      if (value === null || typeof value !== "object") return value
      return Object.fromEntries(
        Object.entries(value).map(([k, v]) => {
          if (k !== "$ref" || typeof v !== "string") return [k, move(v)]
          return [k, v === "#" ? `#/components/schemas/${name}` : v.replace("#/$defs/", `#/components/schemas/${name}.`)]
        }),
      )
    }
    for (const [def, inner] of Object.entries($defs ?? {})) schemas[`${name}.${def}`] = move(inner) as Schema
    schemas[name] = move(rest) as Schema
    return { $ref: `#/components/schemas/${name}` }
  }
  const paths = Object.fromEntries(
    procedures.map((p) => {
      const input = place(`${p.name}.input`, p.input, "input")
      const output = p.shape === "bytes" ? {} : place(`${p.name}.output`, p.output, "output")
      return [`/api/${p.name.replace(".", "/")}`, { post: operation(p, input, output) }]
    }),
  )
  return {
    openapi: "3.1.0",
    info: { title: "Linchpin", version: release, description: "Every procedure of the node; the same list gives the command line." },
    paths,
    components: {
      schemas,
      securitySchemes: { key: { type: "http", scheme: "bearer" }, session: { type: "apiKey", in: "cookie", name: "linchpin" } },
    },
    security: [{ key: [] }, { session: [] }],
  }
}

const FAILURE: Schema = {
  type: "object",
  required: ["code", "message"],
  properties: {
    code: { type: "string", pattern: "^(invalid|refused|conflict|unavailable)\\..+", description: "stable" },
    message: { type: "string" },
    hint: { type: "string", description: "what to do next" },
    at: { type: "string", description: "field, file or place" },
    retryAfterMs: { type: "number" },
  },
}

const INPUT_HEADER: Schema = {
  name: "x-linchpin-input",
  in: "header",
  description: "the input as percent-encoded JSON; the body is the file",
  schema: { type: "string" },
}
const REASON_HEADER: Schema = {
  name: "x-linchpin-reason",
  in: "header",
  description: "why, percent-encoded; goes into the journal",
  schema: { type: "string" },
}

function operation(p: Procedure, input: Schema, output: Schema): Schema {
  const upload = p.shape === "upload"
  return {
    operationId: p.name,
    summary: p.title,
    tags: [p.name.split(".")[0]],
    parameters: upload ? [REASON_HEADER, INPUT_HEADER] : [REASON_HEADER],
    requestBody: {
      required: true,
      content: upload
        ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
        : { "application/json": { schema: input } },
    },
    responses: {
      ...answers(p, output),
      ...Object.fromEntries(
        Object.entries({ 400: "invalid input", 403: "refused", 409: "conflict", 429: "asked too often", 503: "unavailable" }).map(
          ([status, description]) => [
            status,
            { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } } },
          ],
        ),
      ),
    },
    "x-linchpin": { shape: p.shape, effect: p.effect, needs: p.needs, ...(upload ? { input } : {}) },
  }
}

function answers(p: Procedure, output: Schema): Schema {
  const json = (schema: Schema) => ({ "application/json": { schema } })
  switch (p.shape) {
    case "value":
    case "upload":
      return { 200: { description: "done", content: json(output) } }
    case "rows":
      return {
        200: {
          description: 'all rows; as x-ndjson one a line as {"row"}, ended by {"end": count} or {"failure"}',
          content: { ...json({ type: "array", items: output }), "application/x-ndjson": { schema: { type: "string" } } },
        },
      }
    case "bytes":
      return { 200: { description: "a file", content: { "*/*": { schema: { type: "string", format: "binary" } } } } }
    case "job":
      return {
        202: {
          description: "queued; jobs.follow tells how it goes",
          content: json({ type: "object", required: ["job"], properties: { job: { type: "string" } } }),
        },
      }
    case "events":
      return {
        200: {
          description: "server-sent events whose data is the declared output",
          content: { "text/event-stream": { schema: { type: "string" } } },
        },
      }
  }
}
