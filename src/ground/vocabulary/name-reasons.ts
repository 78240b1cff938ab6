/** Reasons of a comparison of names: a code that stays and can be said in any language, and its English words. */
export type NameReason =
  | "same-letters"
  | "same-word"
  | "same-sound"
  | "form"
  | "short-form"
  | "similar"
  | "same-consonants"
  | "initial"
  | "joined"
  | "together"
  | "slip"
  | "one-word"
  | "order"
  | "father-and-son"
  | "given-left-out"
  | "differs"
  | "without"
  | "no-word-in-common"
  | "nothing-to-compare"
  | "legal-form"
  | "other-legal-form"
  | "number"
  | "acronym"

export const NAME_REASONS: Readonly<Record<NameReason, string>> = {
  "same-letters": "same letters",
  "same-word": "same word",
  "same-sound": "same sound",
  form: "forms of one name",
  "short-form": "short form of one name",
  similar: "similar",
  "same-consonants": "same consonants",
  initial: "initial",
  joined: "written together or apart",
  together: "the same when written together",
  slip: "a slip of writing",
  "one-word": "only one word in common",
  order: "words in another order",
  "father-and-son": "father and son exchanged",
  "given-left-out": "the given name is left out: may be the father",
  differs: "different",
  without: "without",
  "no-word-in-common": "no word in common",
  "nothing-to-compare": "no word that could be compared",
  "legal-form": "legal form left out or written otherwise",
  "other-legal-form": "other legal form",
  number: "numbers differ",
  acronym: "first letters of the other",
}
