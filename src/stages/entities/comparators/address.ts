import { type Comparator, remembered } from "./comparator.ts"
import { alike, edits, plain } from "./letters.ts"

/** Words for kinds of streets and homes, in the spellings that they are cut to: they tell nothing of where it is. */
const KINDS_OF_STREET = new Set(
  "street st str strasse road rd avenue ave av lane ln drive dr place pl court ct crescent cres cr close cl circuit cct circle cir way boulevard blvd parade pde terrace tce grove gr square sq highway hwy suite ste apartment apt appt unit flat floor fl no number house building bldg bld the of".split(
    " ",
  ),
)

interface Address {
  numbers: readonly string[]
  words: readonly string[]
  /** The word behind the first number: the street, where that stands behind the house. */
  behind: string | null
}

export function addressOf(value: string): Address {
  const tokens = plain(value).split(" ").filter(Boolean)
  const isWord = (t: string) => !/\d/.test(t) && !KINDS_OF_STREET.has(t) && t.length > 1
  const first = tokens.findIndex((t) => /\d/.test(t))
  return {
    numbers: tokens.filter((t) => /\d/.test(t)),
    words: tokens.filter(isWord),
    behind: first === -1 ? null : (tokens.slice(first + 1).find(isWord) ?? null),
  }
}

const sameWord = (x: string, y: string) => x === y || (x.length >= 4 && y.length >= 4 && (edits(x, y, 1) <= 1 || alike(x, y) >= 0.92))

function shared(few: readonly string[], many: readonly string[]): number {
  let found = 0
  const used = new Set<number>()
  for (const word of few) {
    const at = many.findIndex((other, i) => !used.has(i) && sameWord(word, other))
    if (at === -1) continue
    used.add(at)
    found++
  }
  return found
}

function levelOfAddresses(a: Address, b: Address): number {
  const [few, many] = a.words.length <= b.words.length ? [a, b] : [b, a]
  const agreed = new Set(a.numbers.filter((n) => b.numbers.includes(n))).size
  if (few.words.length === 0) {
    if (a.numbers.length === 0 || b.numbers.length === 0) return 0
    return agreed > 1 ? 5 : agreed === 1 ? 3 : 1
  }
  const share = shared(few.words, many.words) / few.words.length
  const wide = many.words.length > 2 * few.words.length + 2
  const houses = a.numbers.length > 0 && b.numbers.length > 0
  const house = houses && a.numbers.some((n) => b.numbers.includes(n))
  const nearly = houses && !house && a.numbers.some((n) => b.numbers.some((o) => n.length > 1 && o.length > 1 && edits(n, o, 1) <= 1))
  if (share === 1 && !wide) return agreed > 1 ? 7 : house ? 6 : houses && !nearly ? 4 : 5
  if (share >= 0.49) return house ? 5 : nearly ? 4 : 3
  // Written together or apart: brentwood vlge, brentwoodvlge.
  const joined = edits(a.words.join(""), b.words.join(""), 2)
  if (joined <= 2 && few.words.join("").length >= 6) return house ? 6 : 5
  return house ? 2 : 1
}

/** Streets, with house numbers and further lines, in any order of words. */
export const street: Comparator = {
  id: "street",
  levels: [
    "not stated by both",
    "different",
    "the same house number in another street",
    "partly the same street",
    "the same street, another house",
    "the same street, or partly the same with the same house number",
    "the same street and house",
    "the same street, house and one number more of the address",
  ],
  reads: ["street"],
  over: ({ code, values }) => {
    const codes = code.street
    const ready = new Array<Address | undefined>(values.street.length)
    const of = (c: number) => (ready[c] ??= addressOf(values.street[c]!))
    const level = remembered((a, b) => levelOfAddresses(of(a), of(b)))
    return (a, b) => {
      const x = codes[a]!
      const y = codes[b]!
      return x === 0 || y === 0 ? 0 : level(x, y)
    }
  },
}

/** Towns and postcodes: two spellings of one fact, so one comparison. */
export const place: Comparator = {
  id: "place",
  levels: [
    "not stated by both",
    "different",
    "postcode one digit apart, or the region the same",
    "town loosely alike",
    "the same town or the same postcode",
    "the same town and nearly the same postcode",
    "the same town and postcode",
  ],
  reads: ["locality", "postcode", "region", "street"],
  over: ({ code, values }) => {
    const { locality, postcode, street: line } = code
    const parted = (i: number) => locality[i] !== 0 || postcode[i] !== 0
    // An address in one piece names its town and its postcode too.
    const names = (address: number, of: number): number => {
      if (line[address] === 0 || !parted(of)) return 0
      const written = ` ${plain(values.street[line[address]!]!)} `
      const town = plain(values.locality[locality[of]!]!)
      const post = plain(values.postcode[postcode[of]!]!)
      const [t, p] = [town.length >= 4 && written.includes(` ${town} `), post.length >= 4 && written.includes(` ${post} `)]
      return t && p ? 6 : t || p ? 4 : 0
    }
    const town = remembered((a, b) => {
      const x = plain(values.locality[a]!)
      const y = plain(values.locality[b]!)
      if (x === y) return 3
      if (x.replaceAll(" ", "") === y.replaceAll(" ", "") || edits(x, y, 2) <= (Math.min(x.length, y.length) >= 6 ? 2 : 1)) return 2
      return alike(x, y) >= 0.86 ? 2 : 0
    })
    const post = remembered((a, b) => {
      const x = values.postcode[a]!.toUpperCase().replace(/[^A-Z0-9]/g, "")
      const y = values.postcode[b]!.toUpperCase().replace(/[^A-Z0-9]/g, "")
      if (x === y || (Math.min(x.length, y.length) >= 5 && (x.startsWith(y) || y.startsWith(x)))) return 3
      return edits(x, y, 1) <= 1 ? 2 : 0
    })
    return (a, b) => {
      const towns = locality[a] !== 0 && locality[b] !== 0
      const posts = postcode[a] !== 0 && postcode[b] !== 0
      if (!towns && !posts) return parted(a) === parted(b) ? 0 : parted(a) ? names(b, a) : names(a, b)
      const t = !towns ? -1 : locality[a] === locality[b] ? 3 : town(locality[a]!, locality[b]!)
      const p = !posts ? -1 : postcode[a] === postcode[b] ? 3 : post(postcode[a]!, postcode[b]!)
      if (t === 3 && p === 3) return 6
      if ((t >= 2 && p >= 2) || (t === 3 && p === 2)) return 5
      if (t === 3 || p === 3) return 4
      if (t === 2) return 3
      return p === 2 ? 2 : 1
    }
  },
}
