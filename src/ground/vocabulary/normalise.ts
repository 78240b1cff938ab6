/**
 * The one entry to normal forms. Pure: same type, raw value and context give the same answer. Idempotent: the normal form of a
 * normal form is itself. Never throws on bad input: what is not a value of its type comes back with `valid: false` and a reason.
 */

import { account } from "./account.ts"
import { tidyLower } from "./digits.ts"
import { documentNumber } from "./document-number.ts"
import { email } from "./email.ts"
import { engine } from "./engine.ts"
import { handle } from "./handle.ts"
import { hull } from "./hull.ts"
import { iban } from "./iban.ts"
import { iccid } from "./iccid.ts"
import { IDENTIFIER_TYPES } from "./identifier-types.ts"
import { isId } from "./ids.ts"
import { imei } from "./imei.ts"
import { imsi } from "./imsi.ts"
import { phone } from "./phone.ts"
import { plate } from "./plate.ts"
import type { Normalised, ValueContext, ValueType } from "./values.ts"
import { wallet } from "./wallet.ts"

/** The seized item itself, or the exhibit where no item is recorded. */
function holder(raw: string): Normalised {
  const norm = raw.trim()
  const valid = isId("it_", norm) || isId("ex_", norm)
  return { norm, valid, reason: valid ? "" : "not the id of a seized item" }
}

/** Words of people: one line, one case, western digits. Letters are folded further in `#names`, with keys that can change. */
function worded(reason: string): (raw: string) => Normalised {
  return (raw) => {
    const norm = tidyLower(raw)
    return { norm, valid: norm !== "", reason: norm === "" ? "empty" : reason }
  }
}

function node(raw: string): Normalised {
  const norm = raw.normalize("NFC").trim()
  return { norm, valid: norm !== "", reason: norm === "" ? "empty" : "" }
}

const RULES: Readonly<Record<ValueType, (raw: string, context: ValueContext) => Normalised>> = {
  phone,
  email,
  handle,
  account,
  imei,
  imsi,
  iccid,
  iban,
  wallet,
  document: documentNumber,
  hull,
  engine,
  plate,
  holder,
  alias: worded("means something only within its exhibit"),
  outlet: worded("resolved by weight of evidence"),
  node,
  name: worded("resolved by weight of evidence"),
}

/** Types in which two equal valid normal forms are one identity. The others are words: evidence, never identity. */
export const IDENTIFYING: ReadonlySet<ValueType> = new Set<ValueType>([...IDENTIFIER_TYPES, "holder", "node"])

const ASCII = /^[\x00-\x7f]*$/

export function normalise(type: ValueType, raw: string, context: ValueContext = {}): Normalised {
  const answer = RULES[type](raw, context)
  if (answer.valid || ASCII.test(answer.norm)) return answer
  // Taking out separators can bring marks next to letters that they then join.
  const norm = answer.norm.normalize("NFKC").replace(/\s+/g, " ").trim()
  return norm === answer.norm ? answer : { ...answer, norm }
}
