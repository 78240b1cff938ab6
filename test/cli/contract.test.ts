import { Writable } from "node:stream"
import { expect, test } from "vitest"
import { PROCEDURES } from "#app"
import { run } from "#cli"

/** What a command line says without opening a data folder. */
async function said(line: string): Promise<{ code: number; out: string; err: string }> {
  const parts: Record<"stdout" | "stderr", string[]> = { stdout: [], stderr: [] }
  const sheet = (to: string[]) => new Writable({ write: (part: Buffer, _encoding, done) => (to.push(part.toString()), done()) })
  const terminal = { stdout: sheet(parts.stdout), stderr: sheet(parts.stderr), folder: "/nowhere", signal: new AbortController().signal }
  const open = () => Promise.reject(new Error("no folder is opened for this"))
  const code = await run(line.split(" "), { procedures: PROCEDURES, open, release: "0.0.0" }, terminal)
  return { code, out: parts.stdout.join(""), err: parts.stderr.join("") }
}

test.each([
  ["intake", "records.intake"],
  ["analyse", "network.analyse"],
  ["rank", "network.rank"],
  ["plan", "plan.compare"],
  ["plan curve", "plan.curve"],
  ["plan set", "plan.set"],
  ["names score", "names.score"],
  ["entities export", "entities.export"],
  ["demo", "demo.run"],
])("scripts call %s", async (words, name) => {
  const { code, out } = await said(`${words} --help`)
  expect([code, out]).toEqual([0, expect.stringContaining(PROCEDURES.find((p) => p.name === name)!.title)])
})

test("behind the name of a stage a misspelt procedure is not taken for a short form", async () => {
  const { code, err } = await said("plan cruve --investigation I")
  expect([code, err.trim().split("\n")]).toEqual([2, ["There is no command plan cruve.", "Did you mean linchpin plan curve?"]])
})
