import { GROUNDS, type Ground } from "./grounds.ts"

/** What was decided of one item, as far as the letter may know it. */
export interface Told {
  /** `silent`: neither confirmed nor denied. */
  decision: "give" | "withhold" | "silent"
  ground: Ground | null
  /** Kinds of record and how many, of an item that is given. */
  kinds: readonly { title: string; count: number }[]
  /** How it came to be held, of an item that is given. */
  origin: string
}

export interface Letter {
  reference: string
  subject: string
  kind: "access" | "rectification" | "erasure" | "restriction"
  receivedAt: string
  items: readonly Told[]
  /** Why the request is manifestly unfounded or excessive (s.53), where it is refused as that. */
  refusal: string | null
  /** What was done, for a request other than access; only what may be told. */
  done: string | null
}

const RIGHTS = [
  "You may ask the Information Commissioner to check that we dealt with your request lawfully (Data Protection Act 2018, section 51).",
  "You may complain to the Information Commissioner.",
  "You may apply to a court (Data Protection Act 2018, section 167).",
]

const HEAD: Record<Letter["kind"], string> = {
  access: "Your request for access to personal data",
  rectification: "Your request to have personal data put right",
  erasure: "Your request to have personal data erased",
  restriction: "Your request to have the use of personal data restricted",
}

/**
 * The answer as plain text. Where nothing is held, and where neither is confirmed nor denied that anything is, the letter is the same to the
 * letter: section 45(6) lifts the duty to say that and why a right was restricted where saying so would defeat the restriction, and a
 * different silence would say so. Items about which silence is kept leave no trace in it, not even a count.
 */
export function letterOf(letter: Letter): string {
  const given = letter.items.filter((i) => i.decision === "give")
  const withheld = letter.items.filter((i) => i.decision === "withhold")
  const lines = [HEAD[letter.kind], "", `Reference: ${letter.reference}`, `To: ${letter.subject}`, `Received: ${letter.receivedAt}`, ""]
  if (letter.refusal !== null)
    lines.push(
      "We do not act on this request, because it is manifestly unfounded or excessive (Data Protection Act 2018, section 53).",
      `Our reason: ${letter.refusal}`,
    )
  else {
    lines.push("We searched all that we hold for the purposes of Part 3 of the Data Protection Act 2018.")
    if (letter.done !== null) lines.push("", letter.done)
    if (given.length > 0) {
      lines.push("", "We hold the following personal data about you, and give it to you with this letter:")
      for (const item of given)
        lines.push(`- ${item.kinds.map((k) => `${k.title}: ${k.count}`).join(", ")}. Where it comes from: ${item.origin}.`)
      lines.push(
        "",
        "We hold it to prevent, detect, investigate and prosecute criminal offences. You may ask us to put it right, to erase it or to restrict its use (sections 46 and 47).",
      )
    }
    if (withheld.length > 0) {
      lines.push("", "Other data is withheld. The law allows this where it is necessary and proportionate in order to:")
      const grounds = new Set(withheld.flatMap((i) => i.ground ?? []))
      for (const ground of [...grounds].sort()) lines.push(`- ${GROUNDS[ground]} (section 45(4)(${ground}))`)
    }
    if (letter.kind === "access" && given.length === 0 && withheld.length === 0)
      lines.push(
        "",
        "There is no personal data that we are required to give you under section 45. This answer does not mean that we hold data about you, and does not mean that we do not.",
      )
    if (letter.kind !== "access" && letter.done === null && given.length === 0 && withheld.length === 0)
      lines.push(
        "",
        "There is nothing that we are required to tell you about it. This answer does not mean that we hold data about you, and does not mean that we do not.",
      )
  }
  return [...lines, "", "Your rights:", ...RIGHTS.map((r) => `- ${r}`), ""].join("\n")
}
