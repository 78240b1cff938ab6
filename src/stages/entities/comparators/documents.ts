import { edits } from "./letters.ts"
import { ofSeveral } from "./stated.ts"

const number = (value: string) => value.slice(0, value.includes("@") ? value.indexOf("@") : undefined)
const issuer = (value: string) => (value.includes("@") ? value.slice(value.indexOf("@") + 1) : "")

/** Numbers of papers, `number@issuer` where the issuer or the series is known: papers of two issuers can both be a man's. */
export const documents = ofSeveral(
  "document",
  "document",
  ["not stated by both", "different", "two edits apart", "one edit apart", "the same number"],
  () => 4,
  (a, b) => {
    const x = number(a)
    const y = number(b)
    if (x === y) return 4
    if (issuer(a) !== issuer(b) && issuer(a) !== "" && issuer(b) !== "") return 0
    const apart = Math.min(x.length, y.length) < 5 ? 3 : edits(x, y, 2)
    return apart === 1 ? 3 : apart === 2 ? 2 : 1
  },
)
