import type { Writable } from "node:stream"
import type { Progress } from "#store"
import { harmless } from "./print.ts"

/** Where a command is typed and where its words go. */
export interface Terminal {
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean; columns?: number }
  /** Relative paths start here. */
  folder: string
  /** Aborted when the person interrupts. */
  signal: AbortSignal
}

/** Writes and waits until it is taken: a slow reader slows the command down instead of filling memory. */
export function write(stream: Writable, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

export interface ProgressLine {
  tell(progress: Progress): void
  /** Ends the line, so that what follows starts on one of its own. */
  end(): void
}

/** One line redrawn on a terminal; elsewhere a line whenever the words or the tenth change. */
export function progressLine({ stderr }: Terminal): ProgressLine {
  let told = ""
  let drawn = false
  return {
    tell: ({ fraction, words, counts }) => {
      const percent = fraction === null ? "" : `${String(Math.round(fraction * 100)).padStart(3)} % `
      const figures = Object.entries(counts ?? {})
        .map(([k, n]) => `${n} ${k}`)
        .join(", ")
      const line = harmless(`${percent}${words}${figures ? ` (${figures})` : ""}`)
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[K${line.slice(0, Math.max(20, (stderr.columns ?? 100) - 1))}`)
        drawn = true
        return
      }
      const now = `${words} ${fraction === null ? "" : Math.floor(fraction * 10)}`
      if (now !== told) stderr.write(`${line}\n`)
      told = now
    },
    end: () => {
      if (drawn) stderr.write("\r\u001b[K")
      drawn = false
    },
  }
}
