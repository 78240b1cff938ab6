import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { type DemoTruth, generate } from "../../demo/index.ts"

/** A generated operation in a temporary folder that goes when the test file is done. */
export async function operation(seed: number): Promise<{ folder: string; truth: DemoTruth }> {
  const folder = mkdtempSync(join(tmpdir(), "demo-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, truth: await generate({ folder, seed, scale: "S" }) }
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
}

/** One hash over names and bytes of every file in a folder. */
export function hashOf(folder: string): string {
  const hash = createHash("sha256")
  for (const name of filesUnder(folder))
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(folder, name)))
      .update("\0")
  return hash.digest("hex")
}
