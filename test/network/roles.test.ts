import { expect, test } from "vitest"
import { weighedEvidence } from "../../src/stages/network/roles.ts"

const player = (entity: string, conduct: string, strength: number, events: string[]) => ({
  entity,
  label: entity,
  evidence: [],
  reasons: [{ conduct, stage: null, strength, basis: "book", rule: "r", words: "w", innocent: "i", records: ["rc"], events }],
  events: events.length,
  items: 1,
})

test("evidence is shared out over its seizure events, in their order", () => {
  expect(weighedEvidence([player("a", "finances", 400, ["e2", "e1"])])).toEqual([
    [
      { event: "e1", strength: 200 },
      { event: "e2", strength: 200 },
    ],
  ])
})

test("what many do weighs less than what few do, and an advert less than running a night", () => {
  const many = Array.from({ length: 12 }, (_, i) => player(`m${i}`, "organises", 400, ["e"]))
  const [first] = weighedEvidence([...many, player("f", "forges", 400, ["e"])])
  const last = weighedEvidence([...many, player("f", "forges", 400, ["e"])]).at(-1)!
  expect(first![0]!.strength).toBe(200)
  expect(last[0]!.strength).toBe(400)
  expect(weighedEvidence([player("a", "advertises", 400, ["e"])])[0]![0]!.strength).toBeCloseTo(120)
})
