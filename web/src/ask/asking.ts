import { useEffect, useRef, useState } from "react"
import { type ApiFailure, ended, handIn, post, sentEvents, sentRows } from "../api.ts"
import { asFailure } from "../queries.ts"
import type { Progress } from "../types.ts"
import type { Procedure } from "./list.ts"

export interface Asked {
  input: Record<string, unknown>
  why: string
  /** For shape upload. */
  file: File | null
}

/** What came, in the shape that the procedure declares. */
export type Answer =
  | { shape: "value"; value: unknown; job?: string }
  | { shape: "rows"; rows: unknown[]; more: boolean }
  | { shape: "bytes"; name: string; sizeBytes: number; address: string }

/** More rows than this are not asked for: a page is no export. */
const ROWS_MOST = 500

async function taken(from: AsyncIterable<unknown>, told: (answer: Answer) => void): Promise<Answer> {
  const rows: unknown[] = []
  for await (const row of from) {
    if (rows.length === ROWS_MOST) return { shape: "rows", rows, more: true }
    rows.push(row)
    if (rows.length < 20 || rows.length % 50 === 0) told({ shape: "rows", rows: [...rows], more: false })
  }
  return { shape: "rows", rows, more: false }
}

async function* dataOf(response: Response): AsyncGenerator<unknown> {
  for await (const { data } of sentEvents(response)) yield data
}

async function answerTo(
  { name, shape }: Procedure,
  { input, why, file }: Asked,
  told: { progress: (progress: Progress) => void; answer: (answer: Answer) => void },
  signal: AbortSignal,
): Promise<Answer> {
  const sent = (accept: string) => post(name, input, accept, signal, why)
  switch (shape) {
    case "value": {
      for await (const { event, data } of sentEvents(await sent("text/event-stream"))) {
        if (event === "progress") told.progress(data as Progress)
        else if (event === "value") return { shape: "value", value: data }
      }
      return { shape: "value", value: null }
    }
    case "upload": {
      const onSent = (fraction: number) => told.progress({ fraction, words: file!.name })
      return { shape: "value", value: await handIn(name, file!, { input, why, signal, onSent }) }
    }
    case "rows":
      return taken(sentRows(await sent("application/x-ndjson")), told.answer)
    case "events":
      return taken(dataOf(await sent("text/event-stream")), told.answer)
    case "job": {
      const { job } = (await (await sent("application/json")).json()) as { job: string }
      return { shape: "value", job, value: await ended(job, { signal, onProgress: told.progress }) }
    }
    case "bytes": {
      const response = await sent("*/*")
      const named = /filename\*=UTF-8''(\S+)/.exec(response.headers.get("content-disposition") ?? "")?.[1]
      const blob = await response.blob()
      return { shape: "bytes", name: named ? decodeURIComponent(named) : name, sizeBytes: blob.size, address: URL.createObjectURL(blob) }
    }
  }
}

interface State {
  running: boolean
  progress: Progress | null
  failure: ApiFailure | null
  answer: Answer | null
}

const BEFORE: State = { running: false, progress: null, failure: null, answer: null }

/** One procedure, asked as often as one likes; `ask` gives whether it was answered. Leaving the page stops what still comes. */
export function useAsking(procedure: Procedure): State & { ask: (asked: Asked) => Promise<boolean>; stop: () => void } {
  const [state, setState] = useState<State>(BEFORE)
  const going = useRef<AbortController | null>(null)
  useEffect(() => () => going.current?.abort(), [])
  const address = state.answer?.shape === "bytes" ? state.answer.address : null
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address])
  const ask = async (asked: Asked) => {
    going.current?.abort()
    const now = new AbortController()
    going.current = now
    const tell = (part: Partial<State>) => {
      if (!now.signal.aborted) setState((s) => ({ ...s, ...part }))
    }
    setState({ ...BEFORE, running: true })
    try {
      const told = { progress: (progress: Progress) => tell({ progress }), answer: (answer: Answer) => tell({ answer }) }
      tell({ running: false, answer: await answerTo(procedure, asked, told, now.signal) })
      return true
    } catch (error) {
      tell({ running: false, failure: asFailure(error) })
      return false
    }
  }
  const stop = () => {
    going.current?.abort()
    setState((s) => ({ ...s, running: false, progress: null }))
  }
  return { ...state, ask, stop }
}
