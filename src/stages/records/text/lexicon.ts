import { ARABIC, foldWord, type Token, tokensOf } from "./fold.ts"

/** Words of one notion by language: phrases parted by `|`; `stem*` also takes endings; `{a,b}c` stands for `ac` and `bc`. */
export type Words = Partial<Record<Language, string>>
export type Language = "ckb" | "ckl" | "kmr" | "ar" | "fa" | "ps" | "tr" | "en" | "fr" | "de" | "sq" | "vi" | "all"

interface Pattern<P> {
  /** Each token, and whether it takes endings. */
  tokens: { w: string; stem: boolean }[]
  payload: P
  /** A Vietnamese syllable: without its tones it is a word of every other language, so it counts only in Vietnamese text. */
  tonal: boolean
}

/** A payload found at tokens `from` to `to` (exclusive). */
export interface Hit<P> {
  payload: P
  from: number
  to: number
}

export interface Lexicon<P> {
  exact: Map<string, Pattern<P>[]>
  stems: Map<string, Pattern<P>[]>
  /** Which endings a stem may take; null for any of up to eight letters. */
  endings: RegExp | null
}

/** The longest ending that a stem may take: Sorani stacks definite, plural, possessive and clitic. */
const ENDING = 8
const SHORTEST_STEM = 2
// One-letter Arabic proclitics and the article; what is left must still be a word of three letters.
const PROCLITIC = /^(?:و|ف)?(?:بال|کال|لل|ال|ب|ل|ک)?/

/** Spells out `{a,b}` alternatives. */
export function spellOut(phrase: string): string[] {
  const open = phrase.indexOf("{")
  if (open < 0) return [phrase]
  const close = phrase.indexOf("}", open)
  return phrase
    .slice(open + 1, close)
    .split(",")
    .flatMap((choice) => spellOut(phrase.slice(0, open) + choice + phrase.slice(close + 1)))
}

/** Compiles tables into token maps. Building is done once per lexicon; spotting is linear in the tokens. */
export function lexicon<P>(entries: Iterable<readonly [P, Words | string]>, endings: RegExp | null = null): Lexicon<P> {
  const built: Lexicon<P> = { exact: new Map(), stems: new Map(), endings }
  for (const [payload, words] of entries)
    for (const [language, list] of typeof words === "string" ? [["all", words] as const] : Object.entries(words))
      for (const written of list.split("|").flatMap(spellOut)) {
        const tokens = written
          .trim()
          .split(/\s+/)
          .flatMap((part) => {
            const stem = part.endsWith("*")
            const inner = tokensOf(foldWord(stem ? part.slice(0, -1) : part))
            return inner.map((t, i) => ({ w: t.w, stem: stem && i === inner.length - 1 }))
          })
        const first = tokens[0]
        if (!first) continue
        const index = first.stem ? built.stems : built.exact
        const at = index.get(first.w)
        const pattern = { tokens, payload, tonal: language === "vi" && (tokens.length === 1 || tokens.every((t) => t.w.length < 4)) }
        if (at) at.push(pattern)
        else index.set(first.w, [pattern])
      }
  return built
}

const ends = (endings: RegExp | null, ending: string) => ending === "" || endings === null || endings.test(ending)

const fits = (lex: Lexicon<unknown>, pattern: { w: string; stem: boolean }, token: string) =>
  pattern.stem
    ? token.startsWith(pattern.w) && token.length - pattern.w.length <= ENDING && ends(lex.endings, token.slice(pattern.w.length))
    : token === pattern.w

/** Every entry that begins at token `i`, each payload with its longest reading. */
export function spotAt<P>(lex: Lexicon<P>, tokens: readonly Token[], i: number, vietnamese: boolean, out: Hit<P>[]): void {
  const token = tokens[i]!
  take(lex, lex.exact.get(token.w), tokens, i, vietnamese, out)
  stems(lex, tokens, i, token.w, vietnamese, out)
  if (token.kind === ARABIC && token.w.length >= 4) {
    const lead = PROCLITIC.exec(token.w)![0].length
    if (lead > 0 && token.w.length - lead >= 3) {
      const bare = token.w.slice(lead)
      take(lex, lex.exact.get(bare), tokens, i, vietnamese, out)
      stems(lex, tokens, i, bare, vietnamese, out)
    }
    // The conjunction alone, where what follows only looks like an article.
    if (lead > 1 && (token.w[0] === "و" || token.w[0] === "ب")) {
      const bare = token.w.slice(1)
      take(lex, lex.exact.get(bare), tokens, i, vietnamese, out)
      stems(lex, tokens, i, bare, vietnamese, out)
    }
  }
}

function stems<P>(lex: Lexicon<P>, tokens: readonly Token[], i: number, word: string, vietnamese: boolean, out: Hit<P>[]): void {
  const least = Math.max(SHORTEST_STEM, word.length - ENDING)
  for (let n = word.length; n >= least; n--) {
    const found = lex.stems.get(n === word.length ? word : word.slice(0, n))
    if (found && ends(lex.endings, word.slice(n))) take(lex, found, tokens, i, vietnamese, out)
  }
}

function take<P>(
  lex: Lexicon<P>,
  patterns: Pattern<P>[] | undefined,
  tokens: readonly Token[],
  i: number,
  vietnamese: boolean,
  out: Hit<P>[],
): void {
  if (!patterns) return
  next: for (const p of patterns) {
    const n = p.tokens.length
    if ((p.tonal && !vietnamese) || i + n > tokens.length) continue
    for (let k = 1; k < n; k++) if (!fits(lex, p.tokens[k]!, tokens[i + k]!.w)) continue next
    out.push({ payload: p.payload, from: i, to: i + n })
  }
}

/** All hits over a token list. */
export function spot<P>(lex: Lexicon<P>, tokens: readonly Token[], vietnamese = false): Hit<P>[] {
  const out: Hit<P>[] = []
  for (let i = 0; i < tokens.length; i++) spotAt(lex, tokens, i, vietnamese, out)
  return out
}
