import { alike, edits } from "./letters.ts"
import { ofSeveral } from "./stated.ts"

/** Mailboxes of an office: whoever writes from one says what he works for, not who he is. */
const OFFICE = /^(?:info|office|admin|contact|support|sales|mail|hello|enquiries|service|team|noreply|no-reply)@/

export const isOfficeMail = (value: string): boolean => OFFICE.test(value)

const local = (value: string) => value.slice(0, value.indexOf("@") === -1 ? undefined : value.indexOf("@"))

export const email = ofSeveral(
  "email",
  "email",
  [
    "not stated by both",
    "different",
    "an office's mailbox",
    "loosely alike",
    "one letter apart, or much alike",
    "the same before the @",
    "the same address",
  ],
  (value) => (isOfficeMail(value) ? 2 : 6),
  (a, b) => {
    if (isOfficeMail(a) || isOfficeMail(b)) return 1
    const x = local(a)
    const y = local(b)
    // The same word at two hosts is what two namesakes choose, unless a host was mistyped.
    if (x === y) return edits(a.slice(x.length), b.slice(y.length), 3) <= 3 ? 5 : 3
    // Mohammed.rashid54 and mohammed.rashid27 are two people, not a slip.
    const [n, m] = [x.replace(/\D/g, ""), y.replace(/\D/g, "")]
    if (n !== m && n !== "" && m !== "" && edits(n, m, 1) > 1) return alike(x, y) >= 0.86 ? 3 : 1
    const apart = edits(a, b, 3)
    if (apart <= 2 || (apart === 3 && a.length > 16)) return 4
    if (x.length >= 5 && y.length >= 5 && edits(x, y, 1) <= 1) return 4
    const likeness = alike(a, b)
    return likeness >= 0.92 ? 4 : likeness >= 0.86 || alike(x, y) >= 0.9 ? 3 : 1
  },
)
