import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

test("every address stands in the list of routes once: the router draws nothing when one stands twice", () => {
  const source = readFileSync(join(import.meta.dirname, "../../web/src/routes.tsx"), "utf8")
  const tree = /routeTree: root\.addChildren\(\[([\s\S]*?)\n {2}\]\),/.exec(source)![1]!
  const named = tree.match(/[a-zA-Z]+(?=[\s,\].])/g)!.filter((name) => name !== "addChildren")
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name, n) => named.indexOf(name) !== n)).toEqual([])
  const declared = [...source.matchAll(/^const (\w+) = createRoute\(/gm)].map((m) => m[1]!)
  expect(declared.filter((name) => !named.includes(name))).toEqual([])
})
