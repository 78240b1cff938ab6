import { QueryClient, useQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback, useRef, useState } from "react"
import { ApiFailure, ask, perform, rows } from "./api.ts"
import type { JobResults, Progress, RowStreams, Values } from "./types.ts"

/** Each read is an entry in the journal: nothing is asked again because a window came to the front, nor after a refusal. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: false,
    },
    mutations: { retry: false },
  },
})

/**
 * After a decision nothing that was answered before it is shown again: who is protected now must not stand on a screen by name
 * for a moment longer.
 */
export const forget = (client: QueryClient): Promise<void> => client.resetQueries()

/** An answer on its way or there. */
export interface Told<T> {
  data: T | undefined
  error: ApiFailure | null
  isFetching: boolean
  isPending: boolean
  progress: Progress | null
  refetch: () => Promise<unknown>
}

interface Options {
  enabled?: boolean
  /** Tell how far it is; for answers that may take long. */
  slow?: boolean
  /** Keep the previous answer on screen while another is worked out. */
  keep?: boolean
}

type Fetch<T> = (asking: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<T>

function useTold<T>(key: readonly unknown[], fetch: Fetch<T>, { enabled = true, keep = false }: Options): Told<T> {
  const [progress, setProgress] = useState<Progress | null>(null)
  const before = useRef<T | undefined>(undefined)
  const query = useQuery<T, ApiFailure>({
    queryKey: key,
    enabled,
    queryFn: ({ signal }) => {
      setProgress(null)
      return fetch({ signal, onProgress: setProgress })
    },
  })
  if (query.data !== undefined) before.current = query.data as T
  return {
    data: (query.data as T | undefined) ?? (keep ? before.current : undefined),
    error: query.error,
    isFetching: query.isFetching,
    isPending: query.isPending,
    progress: query.isFetching ? progress : null,
    refetch: query.refetch,
  }
}

/** The answer of a procedure, kept until something is decided. */
export function useValue<N extends keyof Values>(name: N, input: Values[N][0], options: Options = {}): Told<Values[N][1]> {
  return useTold([name, input], ({ signal, onProgress }) => ask(name, input, { signal, ...(options.slow ? { onProgress } : {}) }), options)
}

/** The result of a job that only reads. */
export function useJobResult<N extends keyof JobResults>(name: N, input: JobResults[N][0], options: Options = {}): Told<JobResults[N][1]> {
  const client = useQueryClient()
  return useTold(
    [name, input],
    async (asking) => {
      try {
        return await perform(name, input, asking)
      } finally {
        void client.invalidateQueries({ queryKey: ["jobs.list"] })
      }
    },
    options,
  )
}

export function useRows<N extends keyof RowStreams>(name: N, input: RowStreams[N][0], options: Options = {}): Told<RowStreams[N][1][]> {
  return useTold([name, input], (asking) => rows(name, input, asking), options)
}

export interface Act<N extends keyof JobResults> {
  /** Gives the result, or null when it failed. */
  run: (input: JobResults[N][0]) => Promise<JobResults[N][1] | null>
  progress: Progress | null
  running: boolean
  failure: ApiFailure | null
  result: JobResults[N][1] | null
}

/** A job that changes what is held. What was shown before is asked anew when it has ended. */
export function useAct<N extends keyof JobResults>(name: N): Act<N> {
  const client = useQueryClient()
  const [state, setState] = useState<Omit<Act<N>, "run">>({ progress: null, running: false, failure: null, result: null })
  const run = useCallback(
    async (input: JobResults[N][0]) => {
      setState({ progress: null, running: true, failure: null, result: null })
      const ended = { progress: null, running: false }
      let done: JobResults[N][1] | null = null
      try {
        const result = await perform(name, input, {
          onStart: () => void client.invalidateQueries({ queryKey: ["jobs.list"] }),
          onProgress: (progress) => setState((s) => ({ ...s, progress })),
        })
        done = result
        setState({ ...ended, failure: null, result })
      } catch (error) {
        const failure = asFailure(error)
        setState({ ...ended, failure, result: null })
        // What was refused changed nothing.
        if (/^(invalid|refused)\./.test(failure.code)) return null
      }
      client.removeQueries({ type: "inactive" })
      await client.invalidateQueries()
      return done
    },
    [client, name],
  )
  return { ...state, run }
}

/** A fault of this page is shown like any other failure. */
export const asFailure = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : new ApiFailure({ code: "unavailable.page", message: (error as Error).message })
