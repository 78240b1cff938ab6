import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { Failure, type FailureInit, type FailureKind } from "#vocabulary/failure"
import { partOf, type SplitName } from "./splits.ts"
import type { Answer, Question } from "./worker.ts"

/** Threads for kernels. Keep one per process; it starts no thread before it is needed. */
export interface Pool {
  /** Number of threads; 0 means that work runs on the calling thread. */
  readonly workers: number
  /** Parts of all blocks, in block order. A block that fails, or whose worker dies, rejects; other work goes on. */
  run(name: SplitName, job: unknown, blocks: number): Promise<Float64Array[]>
  /** Lets work under way finish, then ends the threads. Afterwards `run` throws. Closing twice does nothing. */
  close(): Promise<void>
}

interface Waiting {
  question: Question
  done: (part: Float64Array) => void
  failed: (reason: unknown) => void
}

/** Opens a pool; `workers` defaults to the processors that this process may use. */
export function openPool(workers = availableParallelism()): Pool {
  const idle: Worker[] = []
  const all = new Map<Worker, Waiting | undefined>()
  const queue: Waiting[] = []
  const running = new Set<Promise<unknown>>()
  let tickets = 0
  let closed = false

  const feed = (worker: Worker) => {
    const next = queue.shift()
    all.set(worker, next)
    if (next) worker.postMessage(next.question)
    else {
      idle.push(worker)
      worker.unref()
    }
  }
  const start = () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url))
    worker.on("message", (answer: Answer) => {
      const waiting = all.get(worker)
      feed(worker)
      if (waiting?.question.ticket !== answer.ticket) return
      if ("part" in answer) waiting.done(answer.part)
      else waiting.failed(rebuilt(answer.failure))
    })
    worker.on("error", (cause) => {
      const lost = all.get(worker)
      all.delete(worker)
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
      lost?.failed(cause)
      if (queue.length > 0) start()
    })
    feed(worker)
  }
  const asked = (question: Question) =>
    new Promise<Float64Array>((done, failed) => {
      queue.push({ question, done, failed })
      const worker = idle.pop()
      if (worker) {
        worker.ref()
        feed(worker)
      } else if (all.size < workers) start()
    })
  return {
    workers,
    async run(name, job, blocks) {
      if (closed) throw new Error("the pool is closed")
      const numbers = Array.from({ length: blocks }, (_, block) => block)
      if (workers === 0) return numbers.map((block) => partOf(name, job, block))
      const parts = Promise.all(numbers.map((block) => asked({ ticket: tickets++, name, job, block })))
      running.add(parts)
      return parts.finally(() => running.delete(parts))
    },
    async close() {
      closed = true
      await Promise.allSettled(running)
      await Promise.all([...all.keys()].map((worker) => worker.terminate()))
      all.clear()
    },
  }
}

function rebuilt({ code, message, hint, at }: ReturnType<Failure["toJSON"]>): Failure {
  const init: FailureInit = { ...(hint === undefined ? {} : { hint }), ...(at === undefined ? {} : { at }) }
  return new Failure(code as `${FailureKind}.${string}`, message, init)
}
