import { say } from "#vocabulary/sentences"
import { SEVERAL } from "../linkage/packed.ts"
import { type FrozenComparator, remembered } from "./comparator.ts"

/**
 * Numbers that a great many have, by how they are written alone: emergency and short ones, free and dear ones, numbers of services. How many books of the
 * sight hold a number plays no part.
 */
const COMMON_NUMBER =
  /^(?:\d{1,8}|(?:800|808|870|878|881|882|883|979)\d+|1(?:800|822|833|844|855|866|877|888|900)\d{7}|44(?:800|808|84\d|87\d|9\d\d|3\d\d|116)\d+|49(?:800|180|137|900|116)\d+|33(?:8\d{8}|116\d{3})|39(?:800|803|89\d|116)\d+|31(?:800|900|116)\d+|32(?:800|900|70|78|116)\d+|90(?:800|822|850|888|900|444|116)\d+|30(?:800|801|90\d|116)\d+|43(?:800|810|820|900|116)\d+)$/

/** Whether a number, in digits with its country, is one that a great many have. */
export const isCommonNumber = (digits: string): boolean => COMMON_NUMBER.test(digits)

/** So many rare numbers in common say something, and so many say more. */
const SOME = 3
const MANY = 8
const NONE: ReadonlySet<string> = new Set()

/**
 * Two cards whose books have rare numbers in common: people of one circle save the same people. It is support and no more: of cards with
 * one name in two books of one network hardly any are one man's, however many numbers the books share.
 */
export const neighbours: FrozenComparator = {
  id: "book-neighbours",
  levels: [
    say("likeness.no-books"),
    say("likeness.few-neighbours", { least: SOME }),
    say("likeness.some-neighbours", { least: SOME }),
    say("likeness.many-neighbours", { least: MANY }),
  ],
  weights: [0, 0, 100, 200],
  reads: ["book", "phone"],
  over: ({ code, values, books }) => {
    const of = (book: number): ReadonlySet<string> => books.get(values.book[book]!) ?? NONE
    const shared = remembered((a, b) => {
      const [few, many] = [of(a), of(b)].sort((x, y) => x.size - y.size) as [ReadonlySet<string>, ReadonlySet<string>]
      return few.size === 0 ? -1 : [...few].reduce((n, number) => (many.has(number) ? n + 1 : n), 0)
    })
    const own = values.phone.map((v) => (v === "" ? [] : v.split(SEVERAL)))
    return (a, b) => {
      const [x, y] = [code.book[a]!, code.book[b]!]
      if (x === 0 || y === 0 || x === y) return 0
      const all = shared(x, y)
      if (all < 0) return 0
      // What the cards themselves give is compared elsewhere.
      const theirs = new Set([...own[code.phone[a]!]!, ...own[code.phone[b]!]!])
      const others = all - [...theirs].filter((number) => of(x).has(number) && of(y).has(number)).length
      return others >= MANY ? 3 : others >= SOME ? 2 : 1
    }
  },
}
