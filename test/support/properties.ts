/** Generated properties. Their seed follows from the release as that of the other dice does (`PROPERTIES_SEED=7`, or `random`). */
import fc from "fast-check"
import { seedOf } from "./dice.ts"

fc.configureGlobal({ seed: seedOf("PROPERTIES_SEED") })

export default fc
