import { existsSync } from "node:fs"
import type { AddressInfo, Socket } from "node:net"
import { join } from "node:path"
import type { Readable } from "node:stream"
import fastifyHelmet from "@fastify/helmet"
import fastifyStatic from "@fastify/static"
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify"
import { type Gate, localCaller, type Request } from "#access"
import { append } from "#journal"
import { settingsOf } from "#sign-in"
import type { Progress } from "#store"
import { Failure } from "#vocabulary/failure"
import { type SentEvent, sendAnswer, sendEvents, sendFailure } from "./answer.ts"
import { type Comer, comerOf, mustBeDirect } from "./comers.ts"
import { cookie } from "./cookies.ts"
import { addDoor } from "./door.ts"
import { Keys, LOCAL_SESSION_MS } from "./keys.ts"
import { type Counted, countRequests, LIMITS, type Limits } from "./limits.ts"
import { nodeFile } from "./node-file.ts"
import { openApi } from "./openapi.ts"
import { Origins, type Place } from "./origins.ts"

export interface ServeOptions {
  app: Gate
  /** 0 takes any free one. */
  port: number
  /** The built workplace; without it there is the API only. */
  staticFolder?: string | undefined
  release?: string
  /** Of JSON bodies. Uploads stream and have a limit of their own. */
  bodyLimitBytes?: number
  /** The address of the proxy with TLS in front of this node: `https://linchpin.example.org`. */
  behind?: string | undefined
  limits?: Partial<Limits>
}

export interface Served {
  url: string
  port: number
  /** Opens one browser session: `url/enter?token=…`; null where people sign in. */
  token: string | null
  /** Where to begin: the address with the token, or the one where people sign in. */
  enter: string
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
  const origins = new Origins(options.port, options.behind)
  const server = fastify({
    bodyLimit: options.bodyLimitBytes ?? 8 << 20,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    clientErrorHandler: turnAway,
    // What a proxy says of the address behind it is believed only where one was named, and only from this machine.
    trustProxy: options.behind === undefined ? false : "127.0.0.1",
  })

  server.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload))
  server.setErrorHandler((error, request, reply) => {
    // What is left of a refused upload would be taken for the next request on this connection.
    if (!request.raw.complete) reply.header("connection", "close")
    return sendFailure(reply, asFailure(error))
  })
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    // Loopback has no TLS; behind a proxy the browser is to come back with TLS alone.
    strictTransportSecurity: options.behind === undefined ? false : { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: "no-referrer" },
  })
  const counted = await countRequests(server, { ...LIMITS, ...options.limits })
  const arrivals: Arrivals = { places: new WeakMap(), comers: new WeakMap() }
  server.addHook("onRequest", async (request) => {
    const place = origins.at(request)
    arrivals.places.set(request, place)
    origins.check(request, place)
    if (!request.url.startsWith("/api/")) return
    const comer = await counted.arrival(request, () => comerOf(request, place, keys, app.store))
    arrivals.comers.set(request, comer)
    await counted.request(request, comer.key)
  })
  addEntry(server, app, keys, arrivals, counted)
  addDoor(server, { store: app.store, keys, counted, place: (request) => arrivals.places.get(request)! })
  addApi(server, app, arrivals, stopping.signal, options.release ?? "0")
  await addWorkplace(server, options.staticFolder)

  try {
    await server.listen({ host: "127.0.0.1", port: options.port })
  } catch (cause) {
    throw new Failure("unavailable.port", `Port ${options.port} of this machine cannot be listened on.`, {
      at: "--port",
      hint: "Choose another port, or 0 for any.",
      cause,
    })
  }
  const { port } = server.server.address() as AddressInfo
  origins.port = port
  const url = `http://127.0.0.1:${port}`
  nodeFile.write(app.store.folder, { url, port, pid: process.pid, key: keys.key })
  const token = (await settingsOf(app.store.register.read)).signIn === "persons" ? null : keys.token()
  return {
    url,
    port,
    token,
    enter: token === null ? `${origins.public}/` : `${url}/enter?token=${token}`,
    close: async () => {
      nodeFile.remove(app.store.folder, keys.key)
      stopping.abort()
      await server.close()
    },
  }
}

/** What the first hook found out of each request. */
interface Arrivals {
  places: WeakMap<FastifyRequest, Place>
  comers: WeakMap<FastifyRequest, Comer>
}

function addEntry(server: FastifyInstance, app: Gate, keys: Keys, { places }: Arrivals, counted: Counted): void {
  server.get<{ Querystring: { token?: string } }>("/enter", (request, reply) =>
    counted.attempt(request, async () => {
      const place = places.get(request)!
      mustBeDirect(place)
      const { register, clock } = app.store
      const caller = await localCaller(register.read)
      const session = keys.redeem(request.query.token ?? "")
      if (!session)
        throw new Failure("refused.token", "This token was used, or never given.", { hint: "Run `linchpin serve` again for a new one." })
      await append(register.read, { kind: "sign-in", actor: caller.id, at: clock() })
      return reply
        .header("set-cookie", cookie("session", session, place, LOCAL_SESSION_MS))
        .header("cache-control", "no-store")
        .redirect("/", 303)
    }),
  )
}

function addApi(server: FastifyInstance, app: Gate, { comers }: Arrivals, stopping: AbortSignal, release: string): void {
  server.get("/api/openapi.json", async () => openApi(app.procedures, release))
  server.get("/api/node", async () => ({ pid: process.pid, release }))
  type Route = { Params: { stage: string; verb: string }; Querystring: { input?: string } }
  server.post<Route>("/api/:stage/:verb", (request, reply) => answer(app, comers.get(request)!, request, reply, stopping))
  // A browser's EventSource can only get.
  server.get<Route>("/api/:stage/:verb", (request, reply) => {
    const procedure = app.find(`${request.params.stage}.${request.params.verb}`)
    if (procedure.shape !== "events")
      throw new Failure("invalid.method", `${procedure.name} is asked with POST.`, { hint: "Send the input as a JSON body." })
    return answer(app, comers.get(request)!, request, reply, stopping)
  })
}

type ProcedureRequest = FastifyRequest<{ Params: { stage: string; verb: string }; Querystring: { input?: string } }>

async function answer(
  app: Gate,
  comer: Comer,
  request: ProcedureRequest,
  reply: FastifyReply,
  stopping: AbortSignal,
): Promise<FastifyReply> {
  const procedure = app.find(`${request.params.stage}.${request.params.verb}`)
  const gone = new AbortController()
  const watch = setInterval(() => void cutWhenOver(comer, reply), LOOK_EVERY_MS).unref()
  reply.raw.on("close", () => {
    clearInterval(watch)
    gone.abort()
  })
  const upload = procedure.shape === "upload"
  const asked: Request = {
    input: upload
      ? decoded(request, "x-linchpin-input", {})
      : request.method === "GET"
        ? parsed(request.query.input ?? "{}", "input")
        : (request.body ?? {}),
    caller: await comer.caller(),
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

const LOOK_EVERY_MS = 15_000

/** An answer that goes on ends with the session or token that asked for it; broken off, so that nobody takes it for the whole. */
async function cutWhenOver(comer: Comer, reply: FastifyReply): Promise<void> {
  const open = await comer.open().catch(() => false)
  if (!open) reply.raw.destroy()
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
    const words = decodeURIComponent(value)
    if (words.includes("\0")) throw new URIError("a NUL")
    return words
  } catch (cause) {
    throw new Failure("invalid.header", `The header ${header} is not percent-encoded text.`, {
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

/** What is no HTTP is told so in the form of every other failure. */
function turnAway(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  const body = JSON.stringify(new Failure("invalid.request", "The request cannot be read.", { hint: "Send HTTP/1.1 and JSON." }).toJSON())
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request"
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
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
  // Whoever went away in the middle of a stream, either way, is no fault.
  if (code !== "ERR_STREAM_PREMATURE_CLOSE" && code !== "ECONNRESET") process.stderr.write(`${(error as Error)?.stack ?? String(error)}\n`)
  return new Failure("unavailable.fault", "This is a fault of the software; the node's log has the place.", {
    hint: "Tell whoever looks after this node.",
  })
}
