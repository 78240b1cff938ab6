import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** What takes longest with long counts, longest first. */
const LONGEST = [
  "leak/worlds",
  "leak/more-worlds",
  "journey/kill",
  "retention/worlds",
  "entities/order",
  "access/matrix",
  "standing/attempts",
  "records/intake",
  "server/fuzz",
]

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
  return place < 0 ? LONGEST.length : place
}

/** Each of the two workers begins with one half of the random worlds; what is short evens them out at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b))
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Machines that check are slow and shared: a limit ends what hangs, and says nothing of speed.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/support/template.ts"],
  },
})
