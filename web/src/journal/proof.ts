import type { JournalEntry } from "./answers.ts"

/** One join on the way from an entry to the root. */
export interface Step {
  /** On which side of what was worked out so far the given hash stands. */
  side: "left" | "right"
  given: string
  result: string
}

export interface Worked {
  leaf: string
  steps: Step[]
  holds: boolean
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("")

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole))
}

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Works an inclusion proof out from the entry's text upwards (RFC 9162, 2.1.3.2): nothing of the node's own result is used. */
export async function workOut({ n, leaf, proof }: Pick<JournalEntry, "n" | "leaf" | "proof">): Promise<Worked> {
  let result = await sha256(LEAF, new TextEncoder().encode(leaf))
  const worked: Worked = { leaf: hexOf(result), steps: [], holds: false }
  let [index, last] = [n, proof.size - 1]
  const half = (x: number) => Math.floor(x / 2)
  for (const given of proof.path) {
    if (last === 0) return worked
    const sibling = bytesOf(given)
    const side = index % 2 === 1 || index === last ? "left" : "right"
    result = side === "left" ? await sha256(NODE, sibling, result) : await sha256(NODE, result, sibling)
    if (side === "left") while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)]
    ;[index, last] = [half(index), half(last)]
    worked.steps.push({ side, given: hexOf(sibling), result: hexOf(result) })
  }
  return { ...worked, holds: last === 0 && n < proof.size && hexOf(result) === hexOf(bytesOf(signedRoot(proof.checkpoint))) }
}

/** The third line of a checkpoint. */
export const signedRoot = (note: string): string => note.split("\n")[2] ?? ""
