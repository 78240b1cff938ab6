import { parentPort } from "node:worker_threads"
import { Failure } from "#vocabulary/failure"
import { partOf, type SplitName } from "./splits.ts"

export interface Question {
  ticket: number
  name: SplitName
  job: unknown
  block: number
}

export type Answer = { ticket: number; part: Float64Array<ArrayBuffer> } | { ticket: number; failure: ReturnType<Failure["toJSON"]> }

const port = parentPort
if (!port) throw new Error("worker.ts runs as a worker thread only")
port.on("message", ({ ticket, name, job, block }: Question) => {
  try {
    const part = partOf(name, job, block)
    port.postMessage({ ticket, part } satisfies Answer, [part.buffer])
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    port.postMessage({ ticket, failure: error.toJSON() } satisfies Answer)
  }
})
