import { existsSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { Readable } from "node:stream"
import fastifyHelmet from "@fastify/helmet"
import fastifyStatic from "@fastify/static"
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify"
import { type Gate, localCaller, type Request } from "#access"
import { append } from "#journal"
import type { Progress } from "#store"
import { Failure } from "#vocabulary/failure"
import { type SentEvent, sendAnswer, sendEvents, sendFailure } from "./answer.ts"
import { Keys } from "./keys.ts"
import { nodeFile } from "./node-file.ts"
import { openApi } from "./openapi.ts"

export interface ServeOptions {
  app: Gate
  /** 0 takes any free one. */
  port: number
  /** The built workplace; without it there is the API only. */
  staticFolder?: string | undefined
  release?: string
  /** Of JSON bodies. Uploads stream and have a limit of their own. */
  bodyLimitBytes?: number
}

export interface Served {
  url: string
  port: number
  /** Opens one browser session: `url/enter?token=…`. */
  token: string
  /** Stops listening, ends open streams, removes the node file. The app stays open. */
  close(): Promise<void>
}

/** Styles may be inline, since the component library writes them; scripts never. The layout worker is made from a blob. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", "blob:"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

/** Listens on 127.0.0.1 only. Throws `unavailable.port` when the port is taken. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { app } = options
  const keys = new Keys(app.store.clock)
  const stopping = new AbortController()
  const server = fastify({ bodyLimit: options.bodyLimitBytes ?? 8 << 20, forceCloseConnections: true, exposeHeadRoutes: false })
  let port = options.port

  server.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload))
  server.setErrorHandler((error, request, reply) => {
    // What is left of a refused upload would be taken for the next request on this connection.
    if (!request.raw.complete) reply.header("connection", "close")
    return sendFailure(reply, asFailure(error))
  })
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
  })
  server.addHook("onRequest", async (request) => {
    checkHost(request, port)
    checkOrigin(request, port)
    if (request.url.startsWith("/api/")) checkKey(request, keys)
  })
  addEntry(server, app, keys)
  addApi(server, app, stopping.signal, options.release ?? "0")
  await addWorkplace(server, options.staticFolder)

  try {
    await server.listen({ host: "127.0.0.1", port })
  } catch (cause) {
    throw new Failure("unavailable.port", `Port ${port} of this machine cannot be listened on.`, {
      at: "--port",
      hint: "Choose another port, or 0 for any.",
      cause,
    })
  }
  port = (server.server.address() as AddressInfo).port
  const url = `http://127.0.0.1:${port}`
  nodeFile.write(app.store.folder, { url, port, pid: process.pid, key: keys.key })
  return {
    url,
    port,
    token: keys.token(),
    close: async () => {
      nodeFile.remove(app.store.folder, keys.key)
      stopping.abort()
      await server.close()
    },
  }
}

/** A name that resolves to loopback is not enough: a page elsewhere could point its own name here (DNS rebinding). */
function checkHost(request: FastifyRequest, port: number): void {
  if (request.headers.host !== `127.0.0.1:${port}` && request.headers.host !== `localhost:${port}`)
    throw new Failure("refused.host", "This node answers to its loopback address only.", { hint: `Use http://127.0.0.1:${port}/.` })
}

function checkOrigin(request: FastifyRequest, port: number): void {
  const { origin } = request.headers
  const site = request.headers["sec-fetch-site"]
  const own = origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`
  if (
    (origin !== undefined && !own) ||
    (request.url.startsWith("/api/") && site !== undefined && site !== "same-origin" && site !== "none")
  )
    throw new Failure("refused.origin", "This node answers to its own pages only.", {
      hint: "Open the workplace from the node's own address.",
    })
}

/** A cookie goes along with whatever the browser sends: what changes something must also come from a page of ours. */
function checkKey(request: FastifyRequest, keys: Keys): void {
  if (keys.isKey(request.headers.authorization)) return
  if (!keys.isSession(request.headers.cookie))
    throw new Failure("refused.not-signed-in", "There is no session.", {
      hint: "Open the address that `linchpin serve` printed; its token works once.",
    })
  if (request.method !== "GET" && request.headers.origin === undefined)
    throw new Failure("refused.origin", "A request with a session names its origin.")
}

function addEntry(server: FastifyInstance, app: Gate, keys: Keys): void {
  server.get<{ Querystring: { token?: string } }>("/enter", async (request, reply) => {
    const cookie = keys.redeem(request.query.token ?? "")
    if (!cookie)
      throw new Failure("refused.token", "This token was used, or never given.", { hint: "Run `linchpin serve` again for a new one." })
    const { register, clock } = app.store
    const caller = await localCaller(register.read)
    await append(register.read, { kind: "sign-in", actor: caller.id, at: clock() })
    return reply.header("set-cookie", cookie).header("cache-control", "no-store").redirect("/", 303)
  })
}

function addApi(server: FastifyInstance, app: Gate, stopping: AbortSignal, release: string): void {
  server.get("/api/openapi.json", async () => openApi(app.procedures, release))
  server.get("/api/node", async () => ({ pid: process.pid, release }))
  type Route = { Params: { stage: string; verb: string }; Querystring: { input?: string } }
  server.post<Route>("/api/:stage/:verb", (request, reply) => answer(app, request, reply, stopping))
  // A browser's EventSource can only get.
  server.get<Route>("/api/:stage/:verb", (request, reply) => {
    const procedure = app.find(`${request.params.stage}.${request.params.verb}`)
    if (procedure.shape !== "events")
      throw new Failure("invalid.method", `${procedure.name} is asked with POST.`, { hint: "Send the input as a JSON body." })
    return answer(app, request, reply, stopping)
  })
}

type ProcedureRequest = FastifyRequest<{ Params: { stage: string; verb: string }; Querystring: { input?: string } }>

async function answer(app: Gate, request: ProcedureRequest, reply: FastifyReply, stopping: AbortSignal): Promise<FastifyReply> {
  const procedure = app.find(`${request.params.stage}.${request.params.verb}`)
  const gone = new AbortController()
  reply.raw.on("close", () => gone.abort())
  const upload = procedure.shape === "upload"
  const asked: Request = {
    input: upload
      ? decoded(request, "x-linchpin-input", {})
      : request.method === "GET"
        ? parsed(request.query.input ?? "{}", "input")
        : (request.body ?? {}),
    caller: await localCaller(app.store.register.read),
    reason: text(request, "x-linchpin-reason"),
    purpose: text(request, "x-linchpin-purpose"),
    signal: AbortSignal.any([gone.signal, stopping]),
    ...(upload && request.body ? { upload: { name: text(request, "x-linchpin-name") ?? "upload", stream: request.body as Readable } } : {}),
  }
  const accept = request.headers.accept ?? ""
  if (accept.includes("text/event-stream") && (procedure.shape === "value" || upload))
    return sendEvents(reply, telling(app, procedure.name, asked), asFailure)
  return sendAnswer(reply, await app.invoke(procedure.name, asked), accept, asFailure)
}

/** Progress as it comes, then the value. */
async function* telling(app: Gate, name: string, request: Request): AsyncGenerator<SentEvent> {
  const queue: Progress[] = []
  let wake: () => void = () => undefined
  let ended = false
  const answered = app
    .invoke(name, {
      ...request,
      progress: (p) => {
        queue.push(p)
        wake()
      },
    })
    .finally(() => {
      ended = true
      wake()
    })
  answered.catch(() => undefined)
  while (!ended || queue.length > 0) {
    const data = queue.shift()
    if (data) yield { event: "progress", data }
    else
      await new Promise<void>((resolve) => {
        wake = resolve
        if (ended || queue.length > 0) resolve()
      })
  }
  const answer = await answered
  if (answer.mark) yield { event: "mark", data: answer.mark }
  if (answer.shape === "value") yield { event: "value", data: answer.value }
}

function text(request: FastifyRequest, header: string): string | undefined {
  const value = request.headers[header]
  if (typeof value !== "string") return undefined
  try {
    return decodeURIComponent(value)
  } catch (cause) {
    throw new Failure("invalid.header", `The header ${header} is not percent-encoded.`, {
      at: header,
      hint: "Use encodeURIComponent.",
      cause,
    })
  }
}

const decoded = (request: FastifyRequest, header: string, otherwise: unknown): unknown => {
  const value = text(request, header)
  return value === undefined ? otherwise : parsed(value, header)
}

function parsed(json: string, at: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Failure("invalid.json", "The input is not JSON.", { at, hint: "Send one JSON object.", cause })
  }
}

async function addWorkplace(server: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, "index.html"))
  if (built) await server.register(fastifyStatic, { root: folder, wildcard: false, index: ["index.html"] })
  server.setNotFoundHandler((request, reply) => {
    // The workplace has addresses of its own: every page is the one page.
    if (built && request.method === "GET" && !request.url.startsWith("/api/") && !/\.\w+$/.test(request.url.split("?")[0]!))
      return reply.sendFile("index.html")
    const nothing = new Failure("invalid.address", "There is nothing at this address.", {
      hint: "Procedures are at POST /api/<stage>/<verb>.",
    })
    return reply.code(404).send(nothing.toJSON())
  })
}

/** What was thrown, as what may be told. A fault of ours is written to the log with its place, and leaves without it. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return new Failure("invalid.body-too-large", "The body is too large.", { hint: "Send files to a procedure that takes uploads." })
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return new Failure("invalid.media-type", "The body is neither JSON nor a file.", { hint: "content-type: application/json" })
  if (statusCode !== undefined && statusCode < 500)
    return new Failure("invalid.request", "The request cannot be read.", { hint: "Send JSON." })
  // A reader that went away in the middle of a stream is no fault.
  if (code !== "ERR_STREAM_PREMATURE_CLOSE") process.stderr.write(`${(error as Error)?.stack ?? String(error)}\n`)
  return new Failure("unavailable.fault", "This is a fault of the software; the node's log has the place.", {
    hint: "Tell whoever looks after this node.",
  })
}
