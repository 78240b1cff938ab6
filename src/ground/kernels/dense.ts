/** Solves rows of n coefficients and a right side each by Gaussian elimination with row exchange, in place. Null: no single solution. */
export function solved(rows: Float64Array[]): Float64Array<ArrayBuffer> | null {
  const n = rows.length
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r
    const top = rows[pivot]!
    if (Math.abs(top[c]!) < 1e-14) return null
    rows[pivot] = rows[c]!
    rows[c] = top
    for (let r = c + 1; r < n; r++) {
      const row = rows[r]!
      const by = row[c]! / top[c]!
      if (by !== 0) for (let k = c; k <= n; k++) row[k]! -= by * top[k]!
    }
  }
  const x = new Float64Array(n)
  for (let r = n - 1; r >= 0; r--) {
    const row = rows[r]!
    let sum = row[n]!
    for (let k = r + 1; k < n; k++) sum -= row[k]! * x[k]!
    x[r] = sum / row[r]!
  }
  return x
}
