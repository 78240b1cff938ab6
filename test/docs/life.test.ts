import { expect, test } from "vitest"
import { lastJson, PATIENCE_MS, performed, stepsOf } from "./commands.ts"

/** What a page shows as a pattern: more fields may be there; a text that ends in `…` names its beginning. */
function pattern(shown: unknown): unknown {
  if (typeof shown === "string" && shown.endsWith("…")) return expect.stringMatching(`^${shown.slice(0, -1)}`)
  if (Array.isArray(shown)) return shown.map(pattern)
  if (shown === null || typeof shown !== "object") return shown
  return expect.objectContaining(Object.fromEntries(Object.entries(shown).map(([k, v]) => [k, pattern(v)])))
}

test("the commands of life-of-an-exhibit.md give what stands under them", { timeout: PATIENCE_MS }, async () => {
  const steps = stepsOf("docs/life-of-an-exhibit.md")
  expect(steps.filter((s) => s.shown !== null).length).toBeGreaterThanOrEqual(7)
  const outputs = await performed(steps, "linchpin-life")
  steps.forEach((step, i) => {
    if (step.shown?.language === "text") expect(outputs[i]).toBe(step.shown.text)
    if (step.shown?.language === "json") expect(lastJson(outputs[i]!), step.commands).toEqual(pattern(JSON.parse(step.shown.text)))
  })
})
