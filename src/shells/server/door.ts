import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { type Admission, endSession, inventedPeople, lookAs, Reception, selectPresent, settingsOf, type Wish } from "#sign-in"
import type { Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { mustBeDirect, type Presence, presenceOf } from "./comers.ts"
import { cookie, cookieOf, noCookie } from "./cookies.ts"
import type { Keys } from "./keys.ts"
import type { Counted } from "./limits.ts"
import { mustNameOrigin, type Place } from "./origins.ts"

const FLOW_MS = 10 * 60_000
/** The register ends a session; the browser may keep its cookie a working day. */
const COOKIE_MS = 10 * 3_600_000

const Want = z.object({
  for: z.enum(["sign-in", "prove", "add", "enrol"]).default("sign-in"),
  code: z.string().max(100).optional(),
  /** A path of this node, whatever it holds: never another site. */
  back: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[\w\-./?=&%+:~]*$/)
    .default("/"),
})
const Signed = z.object({ response: z.record(z.string(), z.unknown()), label: z.string().max(200).optional() })
const Looked = z.object({ person: z.string().max(100).nullable() })

interface DoorOptions {
  store: Store
  keys: Keys
  counted: Counted
  place(request: FastifyRequest): Place
}

/** Everything at `/session`: who is there, the ways in, and out. No procedure: whoever asks here is nobody yet. */
export function addDoor(server: FastifyInstance, { store, keys, counted, place }: DoorOptions): void {
  const reception = new Reception(store)
  const present = (request: FastifyRequest) => presenceOf(request, place(request), keys, store)

  server.get("/session", async (request, reply) => {
    reply.header("cache-control", "no-store")
    return stateFor(await present(request), place(request), store)
  })

  const post = (path: string, run: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    server.post(path, (request, reply) => {
      mustNameOrigin(request)
      reply.header("cache-control", "no-store")
      return counted.attempt(request, () => run(request, reply))
    })

  post("/session/provider", async (request, reply) => {
    const { back, ...want } = read(Want, request)
    const here = place(request)
    const wish = wished(want, await present(request))
    const { flow, address } = await reception.askProvider(wish, `${here.origin}/session/callback`, back)
    reply.header("set-cookie", cookie("flow", flow, here, FLOW_MS))
    return { address }
  })

  // The provider sends the browser here: whatever happens, a person looks at it, so that a page tells of it.
  server.get("/session/callback", async (request, reply) => {
    const here = place(request)
    const flow = cookieOf(request.headers.cookie, "flow", here)
    const query = request.url.slice(request.url.indexOf("?") + 1)
    reply.header("cache-control", "no-store")
    try {
      const admission = await counted.attempt(request, () => reception.hearProvider(flow, query))
      return admitted(reply, here, admission).redirect(admission.back, 303)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return reply.header("set-cookie", noCookie("flow", here)).redirect(`/sign-in?failed=${encodeURIComponent(error.code)}`, 303)
    }
  })

  post("/session/passkey/ask", async (request, reply) => {
    const { back, ...want } = read(Want, request)
    const here = place(request)
    const { flow, ...asked } = await reception.askPasskey(wished(want, await present(request)), here, back)
    reply.header("set-cookie", cookie("flow", flow, here, FLOW_MS))
    return asked
  })

  post("/session/passkey", async (request, reply) => {
    const { response, label } = read(Signed, request)
    const here = place(request)
    const admission = await reception.hearPasskey(cookieOf(request.headers.cookie, "flow", here), response, label)
    admitted(reply, here, admission)
    return { back: admission.back }
  })

  post("/session/leave", async (request, reply) => {
    const presence = await present(request)
    if (presence?.kind === "local") keys.leave(presence.session)
    if (presence?.kind === "person") {
      const { session } = presence
      await store.register.transaction((tx) => endSession(tx, session, "signed-out", session.person, store.clock()))
    }
    reply.header("set-cookie", noCookie("session", place(request)))
    return {}
  })

  post("/session/look-as", async (request) => {
    const { person } = read(Looked, request)
    const presence = await present(request)
    mustBeDirect(place(request))
    if (presence?.kind !== "local") throw nobody()
    await lookAs(store.register.read, person, store.clock())
    presence.session.looksAs = person === null ? null : { person, at: store.clock() }
    return {}
  })
}

function admitted(reply: FastifyReply, here: Place, { secret }: Admission): FastifyReply {
  const cookies = [noCookie("flow", here), ...(secret === null ? [] : [cookie("session", secret, here, COOKIE_MS)])]
  return reply.header("set-cookie", cookies)
}

function read<T extends z.ZodType>(schema: T, request: FastifyRequest): z.output<T> {
  const parsed = schema.safeParse(request.body ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new Failure("invalid.sign-in", `${issue.path.join(".") || "The body"}: ${issue.message}`, {
    at: issue.path.join("."),
    hint: "The pages of the workplace ask this rightly.",
  })
}

const nobody = () => new Failure("refused.not-signed-in", "There is no session.", { hint: "Sign in." })

function wished(want: { for: "sign-in" | "prove" | "add" | "enrol"; code?: string | undefined }, presence: Presence | null): Wish {
  if (want.for === "sign-in") return { for: "sign-in" }
  if (want.for === "enrol") return { for: "enrol", code: want.code ?? "" }
  if (presence?.kind !== "person") throw nobody()
  return { for: want.for, session: presence.session }
}

/** What a page needs to know before anybody may ask anything: the ways in, and who is in. */
async function stateFor(presence: Presence | null, here: Place, store: Store) {
  const { read } = store.register
  const { signIn, demo, provider } = await settingsOf(read)
  const named = !/^[\d.]+$|^\[/.test(here.hostname)
  const local = presence?.kind === "local" && signIn === "local" ? presence.session : null
  const person = presence?.kind === "person" ? presence.session : null
  return {
    signIn,
    demo,
    provider: provider?.name ?? null,
    /** Where passkeys work: here, or at the address of this node that has a name. */
    passkeys: named ? here.origin : here.origin.replace(here.hostname, "localhost"),
    local: local !== null,
    looksAs: local?.looksAs?.person ?? null,
    invented: local && demo ? await inventedPeople(read) : [],
    person: person && {
      ...(await selectPresent(read, person.person)),
      session: person.id,
      way: person.way,
      provedAt: new Date(person.provedAt).toISOString(),
      endsAt: new Date(person.endsAt).toISOString(),
    },
  }
}
