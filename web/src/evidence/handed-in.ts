import { useRef, useState } from "react"
import { type ApiFailure, handIn } from "../api.ts"
import { asFailure } from "../queries.ts"
import type { Staged } from "../types.ts"

/** A file of the user's own machine on its way into an intake. */
export interface Waiting {
  id: number
  file: File
  /** Share of its bytes that have left, 0..1; null before. */
  sent: number | null
  staged: Staged | null
}

export interface HandedIn {
  files: readonly Waiting[]
  sending: boolean
  failure: ApiFailure | null
  add: (files: Iterable<File>) => void
  remove: (id: number) => void
  clear: () => void
  /** Hands in what was not yet, one after the other; gives the handles, or null when one was refused. */
  send: () => Promise<string[] | null>
}

/** Files that are chosen stay chosen until an intake took them: a refused ground does not send them twice. */
export function useHandedIn(): HandedIn {
  const [files, setFiles] = useState<readonly Waiting[]>([])
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const next = useRef(0)
  const change = (id: number, to: Partial<Waiting>) => setFiles((all) => all.map((w) => (w.id === id ? { ...w, ...to } : w)))
  const send = async () => {
    setFailure(null)
    setSending(true)
    const handles: string[] = []
    let at = -1
    try {
      for (const { id, file, staged } of files) {
        at = id
        const there = staged ?? (await handIn<Staged>("evidence.stage", file, { onSent: (sent) => change(id, { sent }) }))
        change(id, { sent: 1, staged: there })
        handles.push(there.handle)
      }
      return handles
    } catch (error) {
      change(at, { sent: null })
      setFailure(asFailure(error))
      return null
    } finally {
      setSending(false)
    }
  }
  return {
    files,
    sending,
    failure,
    add: (more) => {
      const chosen = [...more].map((file) => ({ id: next.current++, file, sent: null, staged: null }))
      setFiles((all) => [...all, ...chosen])
    },
    remove: (id) => setFiles((all) => all.filter((w) => w.id !== id)),
    clear: () => setFiles([]),
    send,
  }
}
