import { useCallback, useEffect, useRef, useState } from "react"
import { type ApiFailure, post, sentEvents } from "../api.ts"
import { asFailure } from "../queries.ts"
import type { LifeAlert } from "./types.ts"

/** The duty officer's alerts as the node tells them, until the page is left. */
export function useAlerts(): { alerts: readonly LifeAlert[]; live: boolean; failure: ApiFailure | null; again: () => void } {
  const [alerts, setAlerts] = useState<readonly LifeAlert[]>([])
  const [live, setLive] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const stream = useRef<AbortController | null>(null)
  const again = useCallback(() => {
    stream.current?.abort()
    const leaving = new AbortController()
    stream.current = leaving
    const run = async () => {
      setFailure(null)
      try {
        const response = await post("safeguards.follow", {}, "text/event-stream", leaving.signal)
        setLive(true)
        for await (const { data } of sentEvents(response)) setAlerts(data as LifeAlert[])
        setLive(false)
      } catch (error) {
        if (leaving.signal.aborted) return
        setLive(false)
        setFailure(asFailure(error))
      }
    }
    void run()
  }, [])
  useEffect(() => {
    again()
    return () => stream.current?.abort()
  }, [again])
  return { alerts: [...alerts].sort(byUrgency), live, failure, again }
}

const RANK = { overdue: 0, open: 1, acknowledged: 2, closed: 3 } as const

const byUrgency = (a: LifeAlert, b: LifeAlert): number =>
  RANK[a.state] - RANK[b.state] || a.urgency.localeCompare(b.urgency) || a.dueAt.localeCompare(b.dueAt) || a.id.localeCompare(b.id)
