import { createHmac } from "node:crypto"

/** Of so many pairs that somebody is shown, one has a known answer. */
export const BLOCK = 20

/** A number from 0 up to `below`, drawn by the node's secret key: who is shown a queue cannot work it out. */
export function drawn(nodeKey: Buffer, below: number, ...about: readonly (string | number)[]): number {
  const hash = createHmac("sha256", nodeKey)
    .update(JSON.stringify(["review", ...about]))
    .digest()
  // 48 bits over a few thousands: no remainder is likelier than another by more than 10^-10.
  return hash.readUIntBE(0, 6) % below
}

/**
 * Puts one known pair into every twenty that a reader is shown. `answered` is how many he has answered: the place in each block of twenty is
 * drawn for him and stays while he works. Of the known pairs that he has not answered the one is taken that stands nearest to its neighbours
 * by `effect`, so that its place does not give it away; of equals the one drawn. Where none is left, none is put.
 */
export function seeded<T extends { id: string; effect: number }>(
  open: readonly T[],
  known: readonly T[],
  about: { nodeKey: Buffer; reader: string; investigation: string; answered: number; limit: number },
): T[] {
  const { nodeKey, reader, investigation, answered, limit } = about
  const left = [...known]
  const rest = [...open]
  const out: T[] = []
  while (out.length < limit && (rest.length > 0 || left.length > 0)) {
    const at = answered + out.length
    const block = Math.floor(at / BLOCK)
    const next = rest[0]
    if (left.length > 0 && at % BLOCK === drawn(nodeKey, BLOCK, investigation, reader, block)) {
      const aim = next?.effect ?? 0
      const nearest = Math.min(...left.map((s) => Math.abs(s.effect - aim)))
      const fitting = left.filter((s) => Math.abs(s.effect - aim) === nearest).sort((x, y) => (x.id < y.id ? -1 : 1))
      const chosen = fitting[drawn(nodeKey, fitting.length, investigation, reader, block, "which")]!
      left.splice(left.indexOf(chosen), 1)
      out.push(chosen)
    } else if (next) {
      rest.shift()
      out.push(next)
    } else break
  }
  return out
}

export interface ErrorRate {
  /** Pairs with a known answer that were answered. */
  checked: number
  wrong: number
  /** Answered "unsure": neither right nor wrong. */
  unsure: number
  rate: number | null
  /** 95 % (Wilson 1927), of those answered same or not the same. */
  interval: [number, number] | null
}

const Z = 1.959963984540054

/** How often a reader was wrong on pairs with a known answer. */
export function errorRate(answers: readonly { answer: string; known: string }[]): ErrorRate {
  const sure = answers.filter((a) => a.answer !== "unsure")
  const n = sure.length
  const wrong = sure.filter((a) => a.answer !== a.known).length
  const unsure = answers.length - n
  if (n === 0) return { checked: answers.length, wrong, unsure, rate: null, interval: null }
  const p = wrong / n
  const centre = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))
  return { checked: answers.length, wrong, unsure, rate: p, interval: [Math.max(0, centre - half), Math.min(1, centre + half)] }
}
