import { compareNames } from "#names"

/** From here on two names can be of one person. */
const SAME = 0.7
/** A name of one word is compared with each word of a longer one, and must be that word. */
const SAME_WORD = 0.9

/** Whether two names can be one man's: "Rizgar" is what "Rizgar Hama" is called by whoever knows him. */
export function alike(a: string, b: string): boolean {
  if (compareNames(a, b).score >= SAME) return true
  const [short, long] = [a, b].map((n) => n.trim().split(/\s+/)).sort((x, y) => x.length - y.length) as [string[], string[]]
  return short.length === 1 && long.some((word) => compareNames(word, short[0]!).score >= SAME_WORD)
}
