/** An object as one row: `{"a": {"b": 1}, "c": [2, 3]}` → `a.b` = "1", `c.0` = "2", `c.1` = "3". Empty and null values give no column. */
const DEEPEST = 32
const WIDEST = 2000

export function flatten(value: Record<string, unknown>): Map<string, string> {
  const out = new Map<string, string>()
  const walk = (at: unknown, path: string, depth: number): void => {
    if (at === null || at === undefined || at === "") return
    if (typeof at !== "object") {
      out.set(path, String(at))
      return
    }
    // Past these the words are kept whole in one column, so that nothing is lost and no row has a million columns.
    if (depth >= DEEPEST || out.size >= WIDEST) {
      out.set(path, JSON.stringify(at))
      return
    }
    for (const [key, inner] of Object.entries(at)) walk(inner, path === "" ? key : `${path}.${key}`, depth + 1)
  }
  walk(value, "", 0)
  return out
}
