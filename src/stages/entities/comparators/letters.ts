/** Likeness of short strings, letter by letter. */

const LONGEST = 64
const rows = [new Int32Array(LONGEST + 2), new Int32Array(LONGEST + 2), new Int32Array(LONGEST + 2)]

/** Letters that only one of the two has, those that share five low bits taken for one: an edit changes at most two of them. */
function lettersApart(a: string, b: string, n: number, m: number): number {
  let one = 0
  let other = 0
  for (let i = 0; i < n; i++) one |= 1 << (a.charCodeAt(i) & 31)
  for (let j = 0; j < m; j++) other |= 1 << (b.charCodeAt(j) & 31)
  let apart = 0
  for (let left = one ^ other; left !== 0; left &= left - 1) apart++
  return apart
}

/**
 * Edits between two strings where swapping neighbours is one edit (optimal string alignment; Boytsov 2011), cut off at `most` + 1.
 * Strings are compared up to 64 letters.
 */
export function edits(a: string, b: string, most = 3): number {
  const n = Math.min(a.length, LONGEST)
  const m = Math.min(b.length, LONGEST)
  if (Math.abs(n - m) > most || lettersApart(a, b, n, m) > 2 * most) return most + 1
  let [before, above, row] = rows as [Int32Array, Int32Array, Int32Array]
  for (let j = 0; j <= m; j++) above[j] = j
  for (let i = 1; i <= n; i++) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= m; j++) {
      const other = b.charCodeAt(j - 1)
      let best = above[j - 1]! + (letter === other ? 0 : 1)
      if (above[j]! + 1 < best) best = above[j]! + 1
      if (row[j - 1]! + 1 < best) best = row[j - 1]! + 1
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other && before[j - 2]! + 1 < best)
        best = before[j - 2]! + 1
      row[j] = best
      if (best < least) least = best
    }
    if (least > most) return most + 1
    ;[before, above, row] = [above, row, before]
  }
  return Math.min(above[m]!, most + 1)
}

const usedA = new Uint8Array(LONGEST)
const usedB = new Uint8Array(LONGEST)

/** Jaro–Winkler likeness, 0 to 1 (Winkler 1990). */
export function alike(a: string, b: string): number {
  if (a === b) return 1
  const n = Math.min(a.length, LONGEST)
  const m = Math.min(b.length, LONGEST)
  if (n === 0 || m === 0) return 0
  const reach = Math.max(0, (Math.max(n, m) >> 1) - 1)
  usedA.fill(0, 0, n)
  usedB.fill(0, 0, m)
  let found = 0
  for (let i = 0; i < n; i++) {
    const letter = a.charCodeAt(i)
    const to = Math.min(m - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (usedB[j] === 1 || b.charCodeAt(j) !== letter) continue
      usedA[i] = 1
      usedB[j] = 1
      found++
      break
    }
  }
  if (found === 0) return 0
  let crossed = 0
  let j = 0
  for (let i = 0; i < n; i++) {
    if (usedA[i] === 0) continue
    while (usedB[j] === 0) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) crossed++
    j++
  }
  const jaro = (found / n + found / m + (found - crossed / 2) / found) / 3
  let prefix = 0
  while (prefix < 4 && prefix < n && prefix < m && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Lower case, no accents, words apart by one space, nothing but letters and digits. */
export function plain(text: string): string {
  const out = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
  // Most cells are plain already: taking accents apart is the dear part.
  return /^[\x20-\x7f]*$/.test(out)
    ? out
    : out
        .normalize("NFD")
        .replace(/\p{M}+/gu, "")
        .normalize("NFC")
}
