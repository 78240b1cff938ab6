import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

const isLong = ({ moduleId }: TestSpecification): boolean => /\/leak\/(more-)?worlds\.test\.ts$/.test(moduleId)

/** Each of the two workers begins with one half of the random worlds, which take longest; what is short evens them out at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => Number(isLong(b)) - Number(isLong(a)))
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Machines that check are slow and shared: a limit ends what hangs, and says nothing of speed.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/support/template.ts"],
  },
})
