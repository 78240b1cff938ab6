import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

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

/**
 * Runs all steps in one shell, in a folder of its own that shows the project's `docs`. `npm run` is left out of the way: installing
 * has tests of its own. Gives the standard output of each step.
 */
export function performed(steps: readonly Step[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-docs-"))
  try {
    symlinkSync(join(ROOT, "docs"), join(folder, "docs"))
    const main = `"${process.execPath}" "${join(ROOT, "src/shells/cli/main.ts")}"`
    const script = steps.map((s) => `${s.commands.replaceAll("npm run -s linchpin --", main)}\necho "${END}"`).join("\n")
    const { DATABASE_URL: _, ...env } = process.env
    const ran = spawnSync("bash", ["-c", script], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...env, PATH: `${join(process.execPath, "..")}:${env.PATH ?? ""}` },
    })
    const parts = ran.stdout.split(`${END}\n`)
    if (parts.length !== steps.length + 1) throw new Error(`the shell ended early: ${ran.stderr.slice(-2000)}`)
    return parts.slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
