import type { Rule } from "../rule.ts"
import { account, accountOnCard, outlives } from "./accounts.ts"
import { answersTo } from "./answers-to.ts"
import { apart, homeCell, together } from "./co-location.ts"
import { handset, otherHandset } from "./handsets.ts"
import { marketSim } from "./market-sim.ts"
import { bill, label, register } from "./naming.ts"
import { overlap } from "./overlap.ts"
import { holding, possession } from "./possession.ts"
import { namesHimselfOtherwise, selfNaming } from "./self-naming.ts"
import { severalSelves, severalUsers } from "./several-users.ts"
import { nobodyHeld, sharedHandset } from "./shared-handset.ts"
import { ownAccount, report } from "./stated.ts"
import { afterSeizure, inCustody } from "./while-held.ts"

/** Every rule of attribution. A new one is a line here and a story in `test/vectors/attribution/stories.json`. */
export const ATTRIBUTION_RULES: readonly Rule[] = [
  possession,
  selfNaming,
  answersTo,
  report,
  ownAccount,
  together,
  homeCell,
  overlap,
  label,
  bill,
  register,
  sharedHandset,
  namesHimselfOtherwise,
  severalUsers,
  severalSelves,
  apart,
  inCustody,
  afterSeizure,
  marketSim,
  account,
  accountOnCard,
  outlives,
  handset,
  otherHandset,
  holding,
  nobodyHeld,
]
