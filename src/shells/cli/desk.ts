import { createReadStream } from "node:fs"
import { basename } from "node:path"
import { type Answer, type Gate, localCaller, type Procedure } from "#access"
import type { NodeFile } from "#server"
import { callerByToken } from "#sign-in"
import type { Progress } from "#store"
import { Failure } from "#vocabulary/failure"
import { Mark } from "#vocabulary/markings"

export interface Asked {
  input: Record<string, unknown>
  reason: string | undefined
  /** A file to send, for shape upload. */
  file: string | undefined
  signal: AbortSignal
  progress: (progress: Progress) => void
}

/** Where a procedure is asked: in this process, or of the node that runs on the data folder. Both answer alike. */
export type Desk = (procedure: Procedure, asked: Asked) => Promise<Answer>

/** With a token: its maker, who must be able to open the data folder as well. */
export function deskHere(app: Gate, token: string | undefined): Desk {
  return async (procedure, { file, ...asked }) =>
    app.invoke(procedure.name, {
      ...asked,
      caller: token === undefined ? await localCaller(app.store.register.read) : await callerByToken(app.store, token),
      ...(file === undefined ? {} : { upload: { name: basename(file), stream: createReadStream(file) } }),
    })
}

/** Whether the node that the file names is alive and is that node. */
export async function isAlive(node: NodeFile): Promise<boolean> {
  try {
    process.kill(node.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false
  }
  try {
    const response = await fetch(`${node.url}/api/node`, {
      headers: { authorization: `Bearer ${node.key}` },
      signal: AbortSignal.timeout(3000),
    })
    return response.ok && ((await response.json()) as { pid?: number }).pid === node.pid
  } catch {
    return false // nobody listens there any more: the file was left by a node that died
  }
}

const ACCEPT = {
  value: "text/event-stream",
  upload: "text/event-stream",
  rows: "application/x-ndjson",
  events: "text/event-stream",
  bytes: "*/*",
  job: "application/json",
}

export function deskThere(node: NodeFile, token: string | undefined): Desk {
  return async (procedure, { input, reason, file, signal, progress }) => {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token ?? node.key}`,
      accept: ACCEPT[procedure.shape],
      "content-type": procedure.shape === "upload" ? "application/octet-stream" : "application/json",
      ...(reason === undefined ? {} : { "x-linchpin-reason": encodeURIComponent(reason) }),
      ...(procedure.shape === "upload" ? { "x-linchpin-input": encodeURIComponent(JSON.stringify(input)) } : {}),
      ...(file === undefined ? {} : { "x-linchpin-name": encodeURIComponent(basename(file)) }),
    }
    const body = procedure.shape === "upload" ? (file === undefined ? undefined : createReadStream(file)) : JSON.stringify(input)
    const response = await asked(`${node.url}/api/${procedure.name.replace(".", "/")}`, {
      method: "POST",
      headers,
      signal,
      ...(body === undefined ? {} : { body, duplex: "half" }),
    })
    if (!response.ok) throw failureFrom(await response.json())
    const told = response.headers.get("x-linchpin-mark")
    let mark = told === null ? null : Mark.parse(JSON.parse(decodeURIComponent(told)))
    if (procedure.shape === "job") return { shape: "job", job: ((await response.json()) as { job: string }).job, mark }
    if (procedure.shape === "rows") return { shape: "rows", rows: rowsOf(response), mark }
    if (procedure.shape === "events") return { shape: "events", events: eventsOf(response), mark }
    if (procedure.shape === "bytes") {
      const name = /filename\*=UTF-8''(\S+)/.exec(response.headers.get("content-disposition") ?? "")?.[1]
      const mediaType = response.headers.get("content-type") ?? "application/octet-stream"
      return { shape: "bytes", bytes: { mediaType, ...(name ? { name: decodeURIComponent(name) } : {}), body: response.body! }, mark }
    }
    for await (const { event, data } of sentEvents(response)) {
      if (event === "progress") progress(data as Progress)
      else if (event === "mark") mark = Mark.parse(data)
      else if (event === "value") return { shape: "value", value: data, mark }
    }
    throw cut()
  }
}

const cut = (cause?: unknown) =>
  new Failure("unavailable.node-gone", "The node stopped answering before it was done.", {
    hint: "Look whether it still runs, then ask again.",
    retryAfterMs: 1000,
    cause,
  })

async function asked(url: string, init: RequestInit & { duplex?: "half" }): Promise<Response> {
  try {
    return await fetch(url, init as RequestInit)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw cut(cause)
  }
}

export function failureFrom(told: unknown): Failure {
  const { code, message, hint, at, retryAfterMs } = told as ReturnType<Failure["toJSON"]> & { code: Failure["code"] }
  return new Failure(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { at }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let held = ""
  try {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (held + decoder.decode(part, { stream: true })).split("\n")
      held = lines.pop()!
      yield* lines
    }
  } catch (cause) {
    throw cut(cause)
  }
}

async function* rowsOf(response: Response): AsyncGenerator<unknown> {
  for await (const line of linesOf(response)) {
    const told = JSON.parse(line) as { row?: unknown; end?: number; failure?: unknown }
    if ("failure" in told) throw failureFrom(told.failure)
    if ("end" in told) return
    yield told.row
  }
  throw cut()
}

async function* sentEvents(response: Response): AsyncGenerator<{ event: string; data: unknown }> {
  let event = ""
  for await (const line of linesOf(response)) {
    if (line.startsWith("event: ")) event = line.slice(7)
    else if (line.startsWith("data: ")) {
      const data: unknown = JSON.parse(line.slice(6))
      if (event === "failure") throw failureFrom(data)
      if (event === "end") return
      yield { event, data }
      event = ""
    }
  }
  throw cut()
}

async function* eventsOf(response: Response): AsyncGenerator<unknown> {
  for await (const { data } of sentEvents(response)) yield data
}
