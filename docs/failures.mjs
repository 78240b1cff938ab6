// Writes docs/failures.md anew from the source: every code that can cross a door, with what it says and what to do. The codes are
// read off the syntax tree, so that none can be thrown and not stand here. `node docs/failures.mjs`; a test holds the file current.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import ts from "typescript"

const ROOT = join(import.meta.dirname, "..")
const FILE = join(import.meta.dirname, "failures.md")
const CODE = /^(invalid|refused|conflict|unavailable)\.[a-z0-9…-]+$/
const NEXT = {
  invalid: "HTTP 400, exit 2: the caller corrects the input",
  refused: "HTTP 403, exit 3: authority is missing, and the message says which",
  conflict: "HTTP 409, exit 4: the state has moved; look again",
  unavailable: "HTTP 503 (429 for whoever asks too often), exit 5: something that this needs is not there; try again or mend it",
}

/** A string as it reads, with `…` where a value goes; null for what is no string. */
function text(node) {
  if (!node) return null
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((s) => `…${s.literal.text}`).join("")
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return text(node.expression)
  if (ts.isConditionalExpression(node)) return [text(node.whenTrue), text(node.whenFalse)].filter(Boolean).join(" / ") || null
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return `${text(node.left) ?? "…"}${text(node.right) ?? "…"}`
  return null
}

/** The text of a field of an object literal, wherever below `node` it stands (a spread may hold it). */
function field(node, name) {
  if (!node) return null
  if (ts.isPropertyAssignment(node) && node.name.getText() === name) return text(node.initializer)
  return ts.forEachChild(node, (child) => (ts.isPropertyAssignment(child) && child.name.getText() !== name ? null : field(child, name)))
}

/** Code, message and hint of one place in the source; null where none is made. */
function failureAt(node) {
  const args = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.arguments : undefined
  const code = text(args?.[0])
  if (code && CODE.test(code)) return { code, says: text(args[1]), hint: text(args[2]) ?? field(args[2], "hint") }
  if (!ts.isObjectLiteralExpression(node)) return null
  const own = node.properties.find((p) => ts.isPropertyAssignment(p) && p.name.getText() === "code")
  const stated = own && text(own.initializer)
  return stated && CODE.test(stated) ? { code: stated, says: field(node, "message"), hint: field(node, "hint") } : null
}

/** Codes that follow from the input's own fields (`access/validate.ts`) have no literal. */
const BY_FIELD = [
  { code: "invalid.…-missing", says: "A field is missing; the code names it: `invalid.authority-missing`.", hint: "Give the field." },
  { code: "invalid.…", says: "A field holds what it cannot; the code names it: `invalid.investigation`.", hint: "Correct the field." },
].map((f) => ({ ...f, file: "src/ground/access/validate.ts" }))

function collect() {
  const found = [...BY_FIELD]
  for (const folder of ["src", "demo"])
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue
      const path = join(ROOT, folder, name)
      const file = relative(ROOT, path).split(sep).join("/")
      const source = readFileSync(path, "utf8")
      const visit = (node) => {
        const failure = failureAt(node)
        if (failure) found.push({ ...failure, file })
        ts.forEachChild(node, visit)
      }
      visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true))
      // A failure that SQL writes into a row.
      for (const [, body] of source.matchAll(/'(\{"code":.*?\})'::jsonb/g)) {
        const { code, message, hint } = JSON.parse(body.replaceAll("''", "'"))
        found.push({ code, says: message, hint, file })
      }
    }
  return found
}

const cell = (value) => (value ?? "").replaceAll("|", "\\|").replace(/\s+/g, " ").trim()
const joined = (values) => [...new Set(values.map(cell).filter(Boolean))].join(" · ")

/** The page as it should be. */
export function failuresPage() {
  const byCode = Map.groupBy(collect(), (f) => f.code)
  const lines = [
    "# Failures",
    "",
    "Written by `node docs/failures.mjs` from the source; do not edit. A code is stable and starts with its kind. `…` stands for a value.",
    "Broken invariants are not here: they are faults of the software, end what was being done, and reach the reader as `unavailable.fault`.",
  ]
  for (const kind of Object.keys(NEXT)) {
    lines.push("", `## ${kind}`, "", `${NEXT[kind]}.`, "", "| code | says | what to do | from |", "|---|---|---|---|")
    for (const [code, all] of [...byCode].filter(([c]) => c.startsWith(`${kind}.`)).sort(([a], [b]) => (a < b ? -1 : 1)))
      lines.push(
        `| \`${code}\` | ${joined(all.map((f) => f.says ?? "The fault, in words."))} | ${joined(all.map((f) => f.hint))} | ${joined(all.map((f) => f.file.replace(/^src\//, "")))} |`,
      )
  }
  return `${lines.join("\n")}\n`
}

if (import.meta.main) writeFileSync(FILE, failuresPage())
