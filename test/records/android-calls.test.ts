import { describe } from "vitest"
import { androidCallLog } from "../../src/stages/records/importers/android-calls.ts"
import { testVectors } from "../support/database.ts"

describe("android-calls vectors", () => testVectors(androidCallLog))
