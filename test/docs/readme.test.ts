import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { PATIENCE_MS, performed, ROOT, stepsOf } from "./commands.ts"

test("the commands of README.md do what it says", { timeout: PATIENCE_MS }, async () => {
  const steps = stepsOf("README.md").filter((s) => s.commands.includes("linchpin --"))
  expect(steps.length).toBe(2)
  const network = { commands: "printf 'a,b\\nb,c\\nc,d\\nb,d\\n' > network.csv", shown: null }
  const [, example, net] = await performed([network, ...steps], "linchpin-data")
  expect(example).toContain("ufed-xml")
  expect(example).toContain("1 ranked of 6, by involvement (conduct)")
  expect(net).toContain("4 ranked of 4, by betweenness (structure only)")
  expect(net).toMatch(/1\. b\b/)
  expect(net).toMatch(/ranked of 4, by pagerank[\s\S]*Ties are counted by direction[\s\S]*1\. d\b/)
})

test("README.md fits on a screen and names the two commands", () => {
  const page = readFileSync(join(ROOT, "README.md"), "utf8")
  expect(page.split("\n").length).toBeLessThan(60)
  for (const command of ["npm run demo", "npm test"]) expect(page).toContain(command)
  expect(page).toContain("People carried in boats are not targets")
})
