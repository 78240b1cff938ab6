import { describe } from "vitest"
import { whatsappAndroid } from "../../src/stages/records/importers/whatsapp-android.ts"
import { testVectors } from "../support/database.ts"

describe("whatsapp-android vectors", () => testVectors(whatsappAndroid))
