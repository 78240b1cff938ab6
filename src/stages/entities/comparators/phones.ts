import { edits } from "./letters.ts"
import { ofSeveral } from "./stated.ts"

const digits = (value: string) => value.replace(/\D/g, "")

/** Numbers that both state. That they share one says that they can be reached there, not who holds it: households and shops share numbers. */
export const phones = ofSeveral(
  "phone",
  "phone",
  ["not stated by both", "different", "one digit apart", "the same without area code", "the same number"],
  () => 4,
  (a, b) => {
    const x = digits(a)
    const y = digits(b)
    if (x === y && x !== "") return 4
    const short = Math.min(x.length, y.length)
    if (short >= 7 && x.slice(-Math.min(short, 9)) === y.slice(-Math.min(short, 9))) return short >= 9 ? 4 : 3
    return short >= 7 && edits(x, y, 1) === 1 ? 2 : 1
  },
)
