/** Width on a terminal: Arabic and Latin letters take one column, marks none, CJK and emoji two. */
function widthOf(text: string): number {
  let width = 0
  for (const c of text)
    width += /\p{M}|\p{Cf}/u.test(c)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(c)
        ? 2
        : 1
  return width
}

const CELL_LIMIT = 60

/** Nothing that came out of evidence may move the cursor, change a colour or break a line. */
export const harmless = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069]/g, "")

function cell(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
  if (typeof value === "object") {
    if (Array.isArray(value) && value.every((v) => v === null || typeof v !== "object")) return value.map(cell).join(", ")
    return harmless(JSON.stringify(value))
  }
  return harmless(String(value))
}

const cropped = (text: string): string => (widthOf(text) <= CELL_LIMIT ? text : `${[...text].slice(0, CELL_LIMIT - 1).join("")}…`)

type Line = Record<string, unknown>
const isLine = (value: unknown): value is Line => value !== null && typeof value === "object" && !Array.isArray(value)

export function table(rows: readonly Line[]): string {
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))]
  const numeric = columns.map((c) => rows.every((r) => r[c] === null || r[c] === undefined || typeof r[c] === "number"))
  const cells = [columns, ...rows.map((r) => columns.map((c) => cropped(cell(r[c]))))]
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => widthOf(row[i]!))))
  return cells
    .map((row) =>
      row
        .map((text, i) => {
          const pad = " ".repeat(widths[i]! - widthOf(text))
          return numeric[i] ? pad + text : text + pad
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

/** Any value for a person: lists of things as tables, a thing as its fields, a list within under its name. */
export function wording(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "none"
    return value.every(isLine) ? table(value) : value.map((v) => cell(v)).join("\n")
  }
  if (!isLine(value)) return cell(value)
  const parts: string[] = []
  const plain = Object.entries(value).filter(([, v]) => !(Array.isArray(v) && v.some(isLine)))
  const width = Math.max(0, ...plain.map(([k]) => k.length))
  for (const [k, v] of plain) parts.push(`${k.padEnd(width)}  ${cell(v)}`.trimEnd())
  for (const [k, v] of Object.entries(value)) if (Array.isArray(v) && v.some(isLine)) parts.push(`\n${k}\n${table(v.filter(isLine))}`)
  return parts.join("\n")
}

export function csvLine(values: readonly unknown[]): string {
  return `${values
    .map((v) => {
      const text = v === null || v === undefined ? "" : typeof v === "object" ? JSON.stringify(v) : String(v)
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    .join(",")}\r\n`
}
