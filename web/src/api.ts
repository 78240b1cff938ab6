import { type Mark, markOf, noteMark } from "./marks.ts"
import type { FailureView, Job, JobResults, Progress, RowStreams, Values } from "./types.ts"

/** What the node refuses or cannot do, in its own words. `at` names the field or place, `hint` what to do next. */
export class ApiFailure extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly at: string | undefined

  constructor(view: Pick<FailureView, "code" | "message" | "hint" | "at">) {
    super(view.message)
    this.code = view.code
    this.hint = view.hint
    this.at = view.at
  }
}

/** `words` says why the node could not be reached or understood; the screen finds its own words for `code`. */
const gone = (words: string) => new ApiFailure({ code: "unavailable.node-gone", message: words })

export interface Asking {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: Progress) => void) | undefined
}

/** Why the caller looks, as he said it; goes into the journal with every request. Kept for this browser session. */
export const purpose = {
  get: (): string => sessionStorage.getItem("linchpin.purpose") ?? "",
  set: (words: string): void => sessionStorage.setItem("linchpin.purpose", words),
}

/** Asks a procedure and gives its answer unread. `why` stands for the window's purpose. Throws `ApiFailure`. */
export async function post(name: string, input: unknown, accept: string, signal?: AbortSignal, why = purpose.get()): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`/api/${name.replace(".", "/")}`, {
      method: "POST",
      headers: {
        accept,
        "content-type": "application/json",
        ...stated(why),
      },
      body: JSON.stringify(input),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw gone("The node does not answer.")
  }
  if (response.ok) return response
  throw await failureOf(response)
}

const stated = (why: string): Record<string, string> => (why.trim() === "" ? {} : { "x-linchpin-reason": encodeURIComponent(why.trim()) })

async function failureOf(response: Response): Promise<ApiFailure> {
  try {
    return new ApiFailure((await response.json()) as FailureView)
  } catch {
    return gone(`The node answered ${response.status}.`)
  }
}

/** Asks a procedure that answers at once; with `onProgress`, tells how far it is meanwhile. */
export async function ask<N extends keyof Values>(name: N, input: Values[N][0], asking: Asking = {}): Promise<Values[N][1]> {
  if (!asking.onProgress) {
    const response = await post(name, input, "application/json", asking.signal)
    noteMark(name, input, markOf(response))
    return response.json() as Promise<Values[N][1]>
  }
  const response = await post(name, input, "text/event-stream", asking.signal)
  noteMark(name, input, null)
  for await (const { event, data } of sentEvents(response)) {
    if (event === "progress") asking.onProgress(data as Progress)
    else if (event === "mark") noteMark(name, input, data as Mark)
    else if (event === "value") return data as Values[N][1]
  }
  throw gone("The node stopped before it was done.")
}

/** Starts a job and gives its id. */
export async function start<N extends keyof JobResults>(name: N, input: JobResults[N][0], signal?: AbortSignal): Promise<string> {
  return ((await (await post(name, input, "application/json", signal)).json()) as { job: string }).job
}

/** The job each time it changes, last when it has ended. */
export async function* follow(job: string, signal?: AbortSignal): AsyncGenerator<Job> {
  for await (const { data } of sentEvents(await post("jobs.follow", { job }, "text/event-stream", signal))) yield data as Job
}

/** Starts a job, follows it, gives its result. Throws the job's own failure. */
export async function perform<N extends keyof JobResults>(
  name: N,
  input: JobResults[N][0],
  asking: Asking & { onStart?: (job: string) => void } = {},
): Promise<JobResults[N][1]> {
  const id = await start(name, input, asking.signal)
  asking.onStart?.(id)
  return (await ended(id, { ...asking, onMark: (mark) => noteMark(name, input, mark) })) as JobResults[N][1]
}

/** The result of a job that was started, when it has ended. Throws the job's own failure. */
export async function ended(id: string, asking: Asking & { onMark?: (mark: Mark | null) => void } = {}): Promise<unknown> {
  let last: Job | undefined
  for await (const job of follow(id, asking.signal)) {
    last = job
    if (job.progress) asking.onProgress?.(job.progress)
  }
  if (last?.state === "done") {
    asking.onMark?.(last.mark)
    return last.result
  }
  if (last?.failure) throw new ApiFailure(last.failure)
  throw new ApiFailure({
    code: last?.state === "stopped" ? "conflict.job-stopped" : "unavailable.node-gone",
    message: "The job did not end.",
  })
}

/** All rows of a streaming procedure. A stream that was cut is a failure, never a shorter list. */
export async function rows<N extends keyof RowStreams>(name: N, input: RowStreams[N][0], asking: Asking = {}): Promise<RowStreams[N][1][]> {
  const out: RowStreams[N][1][] = []
  const response = await post(name, input, "application/x-ndjson", asking.signal)
  noteMark(name, input, markOf(response))
  for await (const row of sentRows(response)) out.push(row as RowStreams[N][1])
  return out
}

/** Rows as they come; who stops reading lets the node stop too. */
export async function* sentRows(response: Response): AsyncGenerator<unknown> {
  for await (const line of linesOf(response)) {
    if (line === "") continue
    const told = JSON.parse(line) as { row?: unknown; end?: number; failure?: FailureView }
    if (told.failure) throw new ApiFailure(told.failure)
    if (told.end !== undefined) return
    yield told.row
  }
  throw gone("The node stopped before all rows came.")
}

/** What the node tells about itself under /api, without a procedure. */
export async function told<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/${path}`, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (signal?.aborted) throw error
    throw gone("The node does not answer.")
  }
  if (!response.ok) throw await failureOf(response)
  return (await response.json()) as T
}

interface Sending {
  input?: unknown
  /** Share of the file's bytes that have left, 0..1. */
  onSent?: (share: number) => void
  signal?: AbortSignal | undefined
  why?: string
}

/** Hands a file in as the body of a procedure of shape upload. XMLHttpRequest, since fetch does not tell how much has left. */
export function handIn<T>(name: string, file: File, { input, onSent, signal, why = purpose.get() }: Sending = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", `/api/${name.replace(".", "/")}`)
    const headers = {
      accept: "application/json",
      "content-type": "application/octet-stream",
      "x-linchpin-name": encodeURIComponent(file.name),
      ...(input === undefined ? {} : { "x-linchpin-input": encodeURIComponent(JSON.stringify(input)) }),
      ...stated(why),
    }
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value)
    request.upload.onprogress = ({ loaded, total }) => onSent?.(total > 0 ? loaded / total : 1)
    request.onerror = () => reject(gone("The node does not answer."))
    request.onabort = () => reject(gone("The file was not sent whole."))
    request.onload = () => {
      try {
        const told: unknown = JSON.parse(request.responseText)
        if (request.status < 300) resolve(told as T)
        else reject(new ApiFailure(told as FailureView))
      } catch {
        reject(gone(`The node answered ${request.status}.`))
      }
    }
    signal?.addEventListener("abort", () => request.abort(), { once: true })
    request.send(file)
  })
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let held = ""
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const lines = (held + value).split("\n")
      held = lines.pop() ?? ""
      yield* lines
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

export async function* sentEvents(response: Response): AsyncGenerator<{ event: string; data: unknown }> {
  let event = ""
  for await (const line of linesOf(response)) {
    if (line.startsWith("event: ")) event = line.slice(7)
    else if (line.startsWith("data: ")) {
      const data: unknown = JSON.parse(line.slice(6))
      if (event === "failure") throw new ApiFailure(data as FailureView)
      if (event === "end") return
      yield { event, data }
      event = ""
    }
  }
  throw gone("The node stopped before it was done.")
}
