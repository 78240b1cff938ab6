import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { openApp } from "#app"

export const ROOT = join(import.meta.dirname, "../..")

/** A fenced block of commands, and the fenced block under it that says what comes out. */
export interface Step {
  commands: string
  /** Of its last command; null where the page shows nothing. */
  shown: { language: string; text: string } | null
}

/** The `sh` blocks of a page in their order. */
export function stepsOf(page: string): Step[] {
  const blocks = [...readFileSync(join(ROOT, page), "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((m) => ({
    language: m[1]!,
    text: m[2]!,
  }))
  return blocks.flatMap((block, i) => {
    if (block.language !== "sh") return []
    const next = blocks[i + 1]
    return [{ commands: block.text, shown: next && next.language !== "sh" ? next : null }]
  })
}

const END = "=== step ==="

/** Each command opens the data folder, and on a busy machine that takes its time. */
export const PATIENCE_MS = 480_000

/**
 * Runs all steps in one shell, in a folder of its own that shows the project's `docs`; the data folder is held open meanwhile, so that its
 * database is started once. `npm run` is left out of the way: installing has tests of its own. Gives the standard output of each step.
 */
export async function performed(steps: readonly Step[], data: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-docs-"))
  const app = await openApp({ folder: join(folder, data), worker: false })
  try {
    symlinkSync(join(ROOT, "docs"), join(folder, "docs"))
    const main = `"${process.execPath}" "${join(ROOT, "src/shells/cli/main.ts")}"`
    const script = steps.map((s) => `${s.commands.replaceAll("npm run -s linchpin --", main)}\necho "${END}"`).join("\n")
    const { out, err } = await bash(script, folder)
    const parts = out.split(`${END}\n`)
    if (parts.length !== steps.length + 1) throw new Error(`the shell ended early: ${err.slice(-2000)}`)
    return parts.slice(0, -1)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function bash(script: string, cwd: string): Promise<{ out: string; err: string }> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn("bash", ["-c", script], { cwd, env: { ...env, PATH: `${dirname(process.execPath)}:${env.PATH ?? ""}` } })
  const said = { out: "", err: "" }
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    said.out += part
  })
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    said.err += part
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", () => resolve(said))
  })
}

/** The last JSON value of an output: one line, or everything. */
export function lastJson(output: string): unknown {
  const lines = output.trim().split("\n")
  for (const text of [output, lines.at(-1)!, ...lines.toReversed()]) {
    try {
      return JSON.parse(text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  throw new Error(`no JSON in: ${output.slice(0, 500)}`)
}
