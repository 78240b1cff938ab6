import type { Draft } from "./amounts.ts"
import { ARABIC, type Folded, foldWord, LATIN, SYMBOL, type Token, tokensOf } from "./fold.ts"
import { type Hit, lexicon, spot } from "./lexicon.ts"
import { GIVEN, NO_NAMES, PEOPLE } from "./tables/people.ts"

type Cue = keyof typeof PEOPLE

const cues = lexicon<Cue>(Object.entries(PEOPLE) as [Cue, (typeof PEOPLE)[Cue]][])
const words = (list: string) =>
  new Set(
    list
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((w) => tokensOf(foldWord(w)).map((t) => t.w)),
  )
const noNames = words(NO_NAMES)
const given = words(GIVEN)
/** Given names that are also everyday words of one of the languages: only beside a title or a word that names. */
const DOUBTFUL = words(
  "azad ئازاد ازاد هیوا hiwa هیوا سلام salam امید ئومێد omid omed noor نور کریم sina ali علی on may can baran باران شوان توانا tawana twana رحمت زانا زیاد baş rand reza van حسن سەرکەوت dyar diyar دیار ڕزگار rizgar rzgar barin هاوکار هاوڕێ hawre hawkar هێمن hemen ساڵح salah ageel redon viktor roj ronak هۆشیار وریا wrya ژیان ڕەنج zana aram ئارام آرام امیر نادر majid ناصر قادر احسان سامان saman زوردار سەردار raha اسد گل gul sher",
)
/** Kinship and plain respect: what follows them is a name only when it looks like one. */
const LOOSE = words(
  "کاکە برا uncle aunt brother big kaka bira خاله عمو دایی داداش خالو عمو amca dayı onkel bruder frère tonton oncle boss chef patron گەورە سەرۆک سەروک xal apê ماما کاکا خانم miss آقا بی anh chị chú bác ông bà cậu sếp captain doctor dr دکتر دکتۆر دكتور الدكتور doktor",
)
const KUNYA = new Set(["abu", "ebu", "ابو"].map(foldWord))

/** Endings written in one word with a name: the Sorani copula, possessive and object, the Persian object and izafe. */
const ENDING = /(?:هکهی|هکه|یش|ه|م|را|رو|و)$/
const PROCLITIC = /^(?:ول|ل|و|ب|ف)/

/** A given name inside a token, without what is written together with it; null when there is none. */
function givenIn(t: Token): { from: number; to: number } | null {
  if (given.has(t.w)) return { from: t.from, to: t.to }
  if (t.kind !== ARABIC || t.w.length < 4) return null
  const tail = ENDING.exec(t.w)?.[0].length ?? 0
  if (tail > 0 && given.has(t.w.slice(0, -tail))) return { from: t.from, to: t.to - tail }
  const lead = PROCLITIC.exec(t.w)?.[0].length ?? 0
  if (lead > 0 && given.has(t.w.slice(lead))) return { from: t.from + lead, to: t.to }
  return null
}

interface Name {
  from: number
  to: number
}

/**
 * Names, nicknames and roles in free text. A name needs a reason: a title before it, a word that names ("called", "بە ناوی"), respect
 * or endearment after it, or a common given name after a word that leads to somebody. A vocative is marked `addressed`.
 */
export function namesOf(folded: Folded, tokens: readonly Token[], taken: (i: number) => boolean): Draft[] {
  const out: Draft[] = []
  if (tokens.length === 0) return out
  const hits = spot(cues, tokens, folded.vietnamese)
  if (hits.length === 0 && !tokens.some((t) => givenIn(t) !== null)) return out
  const by = new Map<number, Hit<Cue>[]>()
  for (const h of hits) {
    const at = by.get(h.from)
    if (at) at.push(h)
    else by.set(h.from, [h])
  }
  const cueAt = (i: number, cue: Cue): Hit<Cue> | null => {
    let best: Hit<Cue> | null = null
    for (const h of by.get(i) ?? []) if (h.payload === cue && (best === null || h.to > best.to)) best = h
    return best
  }
  const names = { folded, tokens, taken, cueAt }
  const covered = new Int8Array(tokens.length)
  const claim = (first: number, last: number) => {
    for (let k = first; k < last; k++) if (covered[k]) return false
    covered.fill(1, first, last)
    return true
  }
  for (let i = 0; i < tokens.length; i++) {
    const called = cueAt(i, "called")
    if (called) {
      const name = readName(names, called.to, true)
      if (name && claim(name.from, name.to)) {
        const nick = givenIn(tokens[name.from]!) === null
        out.push(draft(names, name, nick ? "nickname" : "name", 0.85, "after a word that names", false))
        continue
      }
    }
    const peopleOf = cueAt(i, "peopleOf")
    if (peopleOf) {
      const name = readName(names, peopleOf.to, true)
      if (name && !taken(name.from) && !isTitle(names, name) && claim(name.from, name.to)) {
        const nick = givenIn(tokens[name.from]!) === null
        out.push(draft(names, name, nick ? "nickname" : "name", 0.7, "after words that say whose people they are", false))
        i = name.to - 1
        continue
      }
    }
    const worksFor = cueAt(i, "worksFor")
    if (worksFor) {
      const next = tokens[worksFor.to]
      const name =
        next && (givenIn(next) || isCapital(folded, next) || cueAt(worksFor.to, "honorific")) ? readName(names, worksFor.to, true) : null
      if (name && claim(name.from, name.to)) {
        const nick = givenIn(tokens[name.from]!) === null
        out.push(draft(names, name, nick ? "nickname" : "name", nick ? 0.65 : 0.75, "after words that lead to whom others work for", false))
        i = name.to - 1
        continue
      }
    }
    const honorific = cueAt(i, "honorific")
    if (honorific) {
      const name = readName(names, honorific.to, false)
      if (name && claim(honorific.from, name.to)) {
        const whole = { from: honorific.from, to: name.to }
        const kunya = KUNYA.has(tokens[i]!.w.replace(/^[ولبف](?=ابو$)/, ""))
        const type =
          kunya || (givenIn(tokens[name.from]!) === null && name.to - name.from === 1 && !isCapital(folded, tokens[name.from]!))
            ? "nickname"
            : "name"
        out.push(draft(names, whole, type, 0.8, kunya ? "a kunya" : "after a title or a word of respect", vocative(names, whole)))
        i = name.to - 1
        continue
      }
    }
    const token = tokens[i]!
    if (!isWord(token) || covered[i] || taken(i)) continue
    const after = i + 1 < tokens.length ? (cueAt(i + 1, "after") ?? cueAt(i + 1, "dear")) : null
    const near = after && adjacent(folded, token, tokens[i + 1]!)
    if (near && !noNames.has(token.w) && (givenIn(token) !== null || isCapital(folded, token))) {
      const whole = { from: i, to: after.payload === "after" ? after.to : i + 1 }
      const addressed = after.payload === "dear" || vocative(names, whole)
      if (claim(whole.from, whole.to)) out.push(draft(names, whole, "name", 0.75, "before a word of respect", addressed))
      i = after.to - 1
      continue
    }
    const later = i + 1 < tokens.length ? cueAt(i + 1, "calledAfter") : null
    if (later && !noNames.has(token.w) && token.w.length > 2 && !cueAt(i, "called") && adjacent(folded, token, tokens[i + 1]!)) {
      if (claim(i, i + 1))
        out.push(draft(names, { from: i, to: i + 1 }, givenIn(token) ? "name" : "nickname", 0.7, "before a word that names", false))
      continue
    }
    // "Decides" in the languages that say it in two words: its first word is no name, though people bear it.
    if (cueAt(i, "decides")) continue
    const verb = decidesAfter(names, i)
    if (
      verb !== null &&
      !noNames.has(token.w) &&
      token.w.length > 2 &&
      (givenIn(token) !== null || isCapital(folded, token) || token.kind === ARABIC)
    ) {
      // Up to two words with capitals before it belong to the name: "Kaka Resh decides".
      let from = i
      while (
        from > 0 &&
        i - from < 2 &&
        isName(names, from - 1) &&
        adjacent(folded, tokens[from - 1]!, tokens[from]!) &&
        claimable(covered, from - 1)
      )
        from--
      if (claim(from, i + 1))
        out.push(
          draft(
            names,
            { from, to: i + 1 },
            givenIn(token) && from === i ? "name" : "nickname",
            0.7,
            "before a word that says who decides",
            false,
          ),
        )
      continue
    }
    if (
      i === 0 &&
      saidToGo(names) &&
      !isTitle(names, { from: i, to: i + 1 }) &&
      !noNames.has(token.w) &&
      token.w.length > 2 &&
      givenIn(token) === null &&
      !cueAt(i, "role")
    ) {
      if (claim(i, i + 1)) out.push(draft(names, { from: i, to: i + 1 }, "nickname", 0.65, "who is said to have told others to go", false))
      continue
    }
    const core = token.w.length > 2 ? givenIn(token) : null
    if (core) {
      const name = extend(names, i)
      const lead = core.from > token.from || (i > 0 && ["toward", "role"].some((c) => leads(names, i, c as Cue)))
      const doubtful = DOUBTFUL.has(token.w) && name.to - name.from === 1
      if (doubtful && !lead && !isCapital(folded, token)) continue
      if (claim(name.from, name.to)) {
        const confidence = (lead ? 0.7 : 0.5) - (doubtful ? 0.2 : 0)
        out.push(
          draft(
            names,
            name,
            "name",
            confidence,
            lead ? "a common given name after a word that leads to somebody" : "a common given name",
            vocative(names, name),
          ),
        )
      }
      i = name.to - 1
    }
  }
  for (const h of hits) {
    if (h.payload !== "role" || !claim(h.from, h.to)) continue
    out.push(draft(names, h, "title", 0.6, "a role that stands for the person", false))
  }
  return out
}

const claimable = (covered: Int8Array, i: number) => covered[i] === 0

/** A word that looks like a name: written with a capital inside a sentence, and no word of the language's grammar. */
function isName(r: Reading, i: number): boolean {
  const t = r.tokens[i]!
  if (!isWord(t) || noNames.has(t.w) || r.taken(i) || !isCapital(r.folded, t)) return false
  return i > 0 && !/[.!?\n]/.test(r.folded.s.slice(r.tokens[i - 1]!.to, t.from))
}

/** The verb of deciding that begins right after token `i`; null when there is none. */
function decidesAfter(r: Reading, i: number): Hit<Cue> | null {
  const next = r.tokens[i + 1]
  return next && adjacent(r.folded, r.tokens[i]!, next) ? r.cueAt(i + 1, "decides") : null
}

/** A title, a word of kinship or a role alone: everybody has a brother and a boss. */
const isTitle = (r: Reading, name: Name): boolean =>
  name.to - name.from === 1 &&
  (r.cueAt(name.from, "honorific") !== null || r.cueAt(name.from, "role") !== null || LOOSE.has(r.tokens[name.from]!.w))

/** "X said: go tonight", the whole message: only who gives the word is quoted so. */
function saidToGo(r: Reading): boolean {
  return r.tokens.length <= 6 && r.tokens.length > 2 && r.cueAt(1, "saidGo") !== null
}

interface Reading {
  folded: Folded
  tokens: readonly Token[]
  taken: (i: number) => boolean
  cueAt: (i: number, cue: Cue) => Hit<Cue> | null
}

const isWord = (t: Token) => t.kind === LATIN || t.kind === ARABIC

/** Only spaces, quotation marks or a hyphen between two tokens. */
function adjacent(folded: Folded, a: Token, b: Token): boolean {
  const gap = folded.s.slice(a.to, b.from)
  return gap.length <= 3 && !/[,.:;!?\n]/.test(gap)
}

function isCapital(folded: Folded, t: Token): boolean {
  if (t.kind !== LATIN) return false
  const c = folded.text.charAt(folded.at ? folded.at[t.from]! : t.from)
  return c !== c.toLowerCase() && c === c.toUpperCase()
}

/** One to three tokens of a name from `i`; `loose` where a naming word stands before it and nothing else can follow. */
function readName(r: Reading, i: number, loose: boolean): Name | null {
  const first = r.tokens[i]
  const lead = r.tokens[i - 1]
  if (!first || !lead) return null
  const gap = r.folded.s.slice(lead.to, first.from)
  if (gap.length > 4 || /[,.;!?\n]/.test(gap) || (!loose && gap.includes(":"))) return null
  // A title or an article inside: "called the Scorpion", "called Haji Omar".
  if (loose) {
    if (/^(?:the|al|el|der|le|la)$/.test(first.w) && r.tokens[i + 1] && isWord(r.tokens[i + 1]!)) return { from: i, to: i + 2 }
    const title = r.cueAt(i, "honorific")
    if (title) {
      const inner = readName(r, title.to, false)
      if (inner) return { from: i, to: inner.to }
    }
  }
  if (!isWord(first) || first.w.length < 2) return null
  if (!loose && givenIn(first) === null && !isCapital(r.folded, first) && LOOSE.has(lead.w)) return null
  if (r.cueAt(i, "hail") && givenIn(first) === null) return null
  if (r.taken(i) && !given.has(first.w)) return null
  if (noNames.has(first.w) || (r.cueAt(i, "third") && givenIn(first) === null)) return null
  // A small Latin word after a title is a name only when it is one that people bear, or written with a capital, or in a text without any.
  if (!loose && first.kind === LATIN && !given.has(first.w) && !isCapital(r.folded, first) && first.w.length < 4) return null
  return extend(r, i)
}

function extend(r: Reading, i: number): Name {
  let to = i + 1
  while (to < r.tokens.length && to - i < 3) {
    const t = r.tokens[to]!
    if (!isWord(t) || !adjacent(r.folded, r.tokens[to - 1]!, t) || noNames.has(t.w) || r.taken(to)) break
    const capital = isCapital(r.folded, t) && isCapital(r.folded, r.tokens[i]!)
    if (givenIn(t) === null && !capital) break
    if (r.cueAt(to, "dear") || r.cueAt(to, "after")) break
    to++
  }
  return { from: i, to }
}

function leads(r: Reading, i: number, cue: Cue): boolean {
  for (let k = Math.max(0, i - 3); k < i; k++) if (r.cueAt(k, cue)?.to === i) return true
  return false
}

/**
 * Spoken to: a hail stands before the name, an endearment after it, or it opens the text and a comma, a question or the end follows.
 * A third-person verb after it says that somebody is spoken of.
 */
function vocative(r: Reading, name: Name): boolean {
  const next = r.tokens[name.to]
  if (next && r.cueAt(name.to, "dear") && adjacent(r.folded, r.tokens[name.to - 1]!, next)) return true
  let at = name.from
  let hailed = false
  while (at > 0) {
    let moved = false
    for (let k = at - 1; k >= Math.max(0, at - 4); k--) {
      const hail = r.cueAt(k, "hail")
      if (hail && hail.to === at) {
        at = k
        moved = true
        hailed = true
        break
      }
    }
    if (!moved) {
      if (r.tokens[at - 1]!.kind === SYMBOL) at--
      else break
    }
  }
  if (hailed) return true
  const start = r.tokens[name.from]!.from
  const before = r.folded.s.slice(Math.max(0, start - 20), start)
  const opens = at === 0 || /[.!?\n]\s*$/.test(before)
  if (opens) {
    if (next === undefined) return true
    if (r.cueAt(name.to, "third")) return false
    return /^ ?[,!?،]/.test(r.folded.s.slice(r.tokens[name.to - 1]!.to)) || r.cueAt(name.from, "honorific") !== null
  }
  // "…, kak Ahmad" at the end.
  return next === undefined && /, ?$/.test(before)
}

function draft(r: Reading, name: Name, type: "name" | "nickname" | "title", confidence: number, why: string, addressed: boolean): Draft {
  const first = r.tokens[name.from]!
  const last = r.tokens[name.to - 1]!
  const joined = /^[ولبف](?=ابو$)/.test(first.w) ? 1 : 0
  const from = givenIn(first)?.from ?? first.from + joined
  const to = givenIn(last)?.to ?? last.to
  const norm = r.folded.s
    .slice(from, to)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
  return { from, to, type, norm, confidence, why, ...(addressed ? { addressed: true } : {}) }
}
