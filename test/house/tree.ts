import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

export const ROOT = join(import.meta.dirname, "../..")

/** Every tracked file that is there, relative to the root. */
export const FILES: readonly string[] = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 })
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)))

const texts = new Map<string, string>()

export function read(path: string): string {
  let text = texts.get(path)
  if (text === undefined) {
    text = readFileSync(join(ROOT, path), "utf8")
    texts.set(path, text)
  }
  return text
}

export const isSource = (path: string): boolean => /\.(ts|tsx|mts|mjs)$/.test(path)
export const under = (folder: string): string[] => FILES.filter((path) => path.startsWith(`${folder}/`) && isSource(path))

/** Where a pattern stands: `file:line`. */
export function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, n) => (pattern.test(line) ? [`${path}:${n + 1}`] : [])),
  )
}
