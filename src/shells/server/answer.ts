import { Readable } from "node:stream"
import { setTimeout as wait } from "node:timers/promises"
import type { FastifyReply } from "fastify"
import type { Answer } from "#access"
import { type Failure, statusOf } from "#vocabulary/failure"

/** How a failure leaves: its kind gives the status, and nothing of the inside goes with it. */
export function sendFailure(reply: FastifyReply, failure: Failure): FastifyReply {
  if (failure.retryAfterMs !== undefined) reply.header("retry-after", Math.max(1, Math.ceil(failure.retryAfterMs / 1000)))
  return reply.code(statusOf(failure)).type("application/json").send(failure.toJSON())
}

/** Sends an answer in the form that was asked for. `failed` turns whatever was thrown into a Failure. */
export async function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  accept: string,
  failed: (error: unknown) => Failure,
): Promise<FastifyReply> {
  if (answer.mark) reply.header(MARK_HEADER, encodeURIComponent(JSON.stringify(answer.mark)))
  switch (answer.shape) {
    case "value":
      return reply.type("application/json").send(JSON.stringify(answer.value ?? null))
    case "job":
      return reply.code(202).type("application/json").send({ job: answer.job })
    case "bytes": {
      const { mediaType, name, body } = answer.bytes
      if (name !== undefined) reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      return reply.type(mediaType).send(body instanceof Readable ? body : Readable.from(body))
    }
    case "rows": {
      const { rows } = answer
      return accept.includes("application/x-ndjson")
        ? reply.type("application/x-ndjson").send(Readable.from(ndjson(rows, failed)))
        : reply.type("application/json").send(Readable.from(jsonArray(rows)))
    }
    case "events":
      return sendEvents(reply, named(await begun(answer.events, QUIET_MS)), failed)
  }
}

/** How the answer is marked, as percent-encoded JSON with its banner in words. */
const MARK_HEADER = "x-linchpin-mark"

/** A server-sent event. Without a name it is one of the procedure's own. */
export interface SentEvent {
  event?: "progress" | "value" | "mark"
  data: unknown
}

export function sendEvents(reply: FastifyReply, events: AsyncIterable<SentEvent>, failed: (error: unknown) => Failure): FastifyReply {
  return reply
    .type("text/event-stream")
    .header("cache-control", "no-store")
    .send(Readable.from(serverSent(events, failed)))
}

async function* named(events: AsyncIterable<unknown>): AsyncGenerator<SentEvent> {
  for await (const data of events) yield { data }
}

/** What may be quiet for hours is answered after this long, so that whoever listens knows that he is heard. */
const QUIET_MS = 1000

/**
 * Waits for the first row, so that what fails before any was made still gets its status; of what may stay quiet, no longer than
 * `mostMs`.
 */
async function begun<T>(rows: AsyncIterable<T>, mostMs?: number): Promise<AsyncIterable<T>> {
  const iterator = rows[Symbol.asyncIterator]()
  const coming = iterator.next()
  if (mostMs === undefined) await coming
  else {
    const patience = new AbortController()
    await Promise.race([coming, wait(mostMs, undefined, { signal: patience.signal }).catch(() => undefined)])
    patience.abort()
    // Whatever comes of it later is met below.
    coming.catch(() => undefined)
  }
  return (async function* () {
    try {
      for (let next = await coming; !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  })()
}

/** The last line tells whether all came: a cut stream has none. */
async function* ndjson(rows: AsyncIterable<unknown>, failed: (error: unknown) => Failure): AsyncGenerator<string> {
  let count = 0
  try {
    for await (const row of rows) {
      count++
      yield `${JSON.stringify({ row })}\n`
    }
    yield `${JSON.stringify({ end: count })}\n`
  } catch (error) {
    yield `${JSON.stringify({ failure: failed(error).toJSON() })}\n`
  }
}

/** A failure on the way breaks the connection: half an array is not JSON, so nobody takes it for the whole. */
async function* jsonArray(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = "["
  for await (const row of rows) {
    yield before + JSON.stringify(row)
    before = ",\n"
  }
  yield before === "[" ? "[]" : "]"
}

const BEAT_MS = 15_000

/** Ends with `end` or `failure`: a cut stream has neither. A comment now and then keeps a waiting reader from giving up. */
async function* serverSent(events: AsyncIterable<SentEvent>, failed: (error: unknown) => Failure): AsyncGenerator<string> {
  const say = (event: string | undefined, data: unknown) => `${event ? `event: ${event}\n` : ""}data: ${JSON.stringify(data ?? null)}\n\n`
  const iterator = events[Symbol.asyncIterator]()
  const beat = new Beat()
  yield ":\n\n"
  try {
    let next = iterator.next()
    for (;;) {
      const came = await Promise.race([next, beat.wait()])
      if (came === null) {
        yield ":\n\n"
        continue
      }
      if (came.done) break
      yield say(came.value.event, came.value.data)
      next = iterator.next()
    }
    yield say("end", null)
  } catch (error) {
    yield say("failure", failed(error).toJSON())
  } finally {
    beat.stop()
    await iterator.return?.()
  }
}

/** A timer that is asked again and again, and holds no process up. */
class Beat {
  private timer: NodeJS.Timeout | undefined
  wait(): Promise<null> {
    this.stop()
    return new Promise((resolve) => {
      this.timer = setTimeout(resolve, BEAT_MS, null)
      this.timer.unref()
    })
  }
  stop(): void {
    clearTimeout(this.timer)
  }
}
