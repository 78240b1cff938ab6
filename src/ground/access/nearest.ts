/** Edit distance with swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = least
    }
  return rows[a.length]![b.length]!
}

/** The word that was probably meant; null when none is near. */
export function nearest(word: string, words: Iterable<string>): string | null {
  let best: { word: string; far: number } | null = null
  for (const known of words) {
    const far = known.startsWith(word) && word.length > 2 ? 0.5 : distance(word, known)
    if (far <= Math.max(1, Math.min(word.length, known.length) / 3) && (!best || far < best.far)) best = { word: known, far }
  }
  return best?.word ?? null
}
