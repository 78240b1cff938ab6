import { describe } from "vitest"
import { iosCallHistory } from "../../src/stages/records/importers/ios-callhistory.ts"
import { testVectors } from "../support/database.ts"

describe("ios-callhistory vectors", () => testVectors(iosCallHistory))
