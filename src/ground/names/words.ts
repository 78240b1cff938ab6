/** Words that stand in or beside names, in scripts. All folded (`fold.ts`) and without marks on Latin letters (`plain`). */
import { fold } from "./fold.ts"

/** Titles and forms of address: say nothing about who it is. */
const HONORIFICS =
  "haji hajji haj hadji hajj hacı haci hecî mam kak kaka kake mala mela mullah mulla molla mamosta seyda sheikh shaikh shaykh şêx şex sheik cheikh scheich sayyid sayyed saiyed syed sayed seyed seyyed seyyid dr doctor doktor prof professor ustad ustaz ostad mr mrs ms miss sir herr frau monsieur mme madame bay bayan hawre hevre hevrê abi abla agha aga ağa beg bey pasha col colonel gen general capt captain maj major lt lieutenant brig brigadier sgt commander cmdr eng engineer muhandis maulavi mawlawi maulvi mawlana maulana alhaj alhaji qari mofti mufti ayatollah " +
  "حاجی حاج الحاج حەجی مام کاک کاکە مەلا ملا مامۆستا سەیدا شێخ شیخ الشیخ سید السید سەید دکتۆر د دکتور الدکتور دکتر پرۆفیسۆر پروفیسور استاذ الاستاذ أستاذ الأستاذ استاد هاوڕێ ئاغا اغا آغا بەگ بیک پاشا عمید العمید عقید العقید لواء اللواء نقیب ملازم مهندس المهندس مولوی مولانا جناب آقای آقا خانم دایە پوورە خاتوو"

/** Between names: son of, daughter of, known as. */
const PARTICLES =
  "bin ibn ben ibne bint binti kuri kure kurê kurî kiça keçi ould wuld walad son of daughter " + "بن ابن إبن بنت ولد ولد کوڕی کچی فرزند"

/** The article as a word of its own; assimilated (`ar-Rahman`) only before the letter to which it is. */
const ARTICLES = "al el ul il"
const ASSIMILATED = /^[aeu](d|dh|n|r|s|sh|t|th|z)$/

/** Words between the parts of European names: kept, as they may be names elsewhere. */
const LINKS = "de la le les von van der den del della da dos du di do das e y zu na"

/** Father of, mother of: the next word belongs to it. */
const KUNYAS = "abu abou aboo abo ebu ebû umm um oum ummu " + "ابو أبو ابا أبا ابی أبی ئەبو ئەبوو ام أم ئوم باوکی دایکی"

/** The same in one piece with its word; Abu Bakr is a name. */
const JOINED_KUNYA = /^[اأ]بو(?!بکر)(.{3,})$/

/** First parts of compounds: servant of (a name of God). */
const SERVANTS = "abd abdul abdel abdal abdol abdoul abdu ebdul ebdil evdil evdul evd ebd " + "عبد عەبدول عەبدولـ عەبدول ئەبدول عەبد عبدال"

/** Last parts of compounds. */
const TAILS =
  "allah ullah olla ulla elah ilah din deen dine uddin eddin eddine addin aldin ud-din eldin aldeen eldeen edin " +
  "الله اللە اللاە الدین ئەددین"

/** Latin letters without marks, so that tables and names meet; marks that make another consonant become a second letter. */
export function plain(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  return text
    .normalize("NFC")
    .replaceAll("ı", "i")
    .replace(/[şșš]/g, "sh")
    .replace(/[çčć]/g, "ch")
    .replace(/ž/g, "zh")
    .replace(/ḫ/g, "kh")
    .replace(/ẍ/g, "gh")
    .replace(/[đð]/g, "d")
    .replace(/ß/g, "ss")
    .replace(/æ/g, "ae")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
}

const setOf = (text: string) =>
  new Set(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => plain(fold(word))),
  )
const HONORIFIC = setOf(HONORIFICS)
const PARTICLE = setOf(PARTICLES)
const ARTICLE = setOf(ARTICLES)
const KUNYA = setOf(KUNYAS)
const SERVANT = setOf(SERVANTS)
const TAIL = setOf(TAILS)
const LINK = setOf(LINKS)

export interface Word {
  /** Folded; compounds in one piece; a kunya with `abu ` or `umm ` before it. */
  text: string
  /** What is compared: the text, of a kunya without its first word. */
  core: string
  kind: "name" | "kunya" | "initial"
  /** After a word for son or daughter: the father's name. */
  son?: boolean
  /** With an article or the ending of one who belongs to a place or a tribe: al-Tikriti, Ranyayi. */
  nisba?: boolean
  /** It stood with an article in the letters of Arabic. */
  article?: boolean
  /** Links the parts of a name in the languages of Europe (`de`, `von`): says next to nothing. */
  link?: boolean
}

/** Words of Arabic script that begin with alef and lam which are no article. */
const NOT_ARTICLE = /^(?:الل|الیاس|الهام|الماس|الند|الان|الکساند|الیف|الە|الی$|الین)/

function isArticle(word: string, next: string | undefined): boolean {
  return next !== undefined && (ARTICLE.has(word) || next.startsWith(ASSIMILATED.exec(word)?.[1] ?? "\0"))
}

/** Without the article that Arabic writes together with its word: الحسن → حسن. */
function withoutArticle(word: string): string {
  return word.length >= 5 && word.startsWith("ال") && !NOT_ARTICLE.test(word) ? word.slice(2) : word
}

/** A digit between letters stands for the letter that looks like it (I9or, Sech1n): the trick of those who hide a name from a search. */
const LOOKALIKES: Readonly<Record<string, string>> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", 9: "g" }
const LOOKALIKE = /(?<=\p{L})[013-57-9](?=\p{L})/gu

function isTitle(word: string, at: number, all: readonly string[]): boolean {
  // Said, Sid and the like are names when nothing else is left.
  return HONORIFIC.has(word) && all.length > 1 && !(at > 0 && word.length === 1)
}

/**
 * The words that carry a name, in order: titles and particles out, articles out, `Abd al-Rahman`, `Salah ad-Din` and `Abu Ahmad`
 * each in one piece. Emoji, digits and punctuation are no words.
 */
export function wordsOf(name: string): Word[] {
  const raw = plain(fold(name))
    .replace(/[\u2018\u2019'`´ʼʿʾ"“”]/g, "")
    .replace(LOOKALIKE, (digit) => LOOKALIKES[digit]!)
    .split(/[^\p{L}\p{M}]+/u)
    .filter(Boolean)
  const kept = raw.filter((word, at) => !isTitle(word, at, raw))
  const source = kept.length > 0 ? kept : raw
  const out: Word[] = []
  let son = false
  let article = false
  for (let at = 0; at < source.length; at++) {
    const word = source[at]!
    let next = at + 1
    if (SERVANT.has(word) && next < source.length) {
      if (isArticle(source[next]!, source[next + 1])) next++
      out.push({ text: word + source[next]!, core: word + source[next]!, kind: "name" })
      at = next
      continue
    }
    const father = JOINED_KUNYA.exec(word)?.[1]
    if (father) {
      const core = withoutArticle(father)
      out.push({ text: `abu ${core}`, core, kind: "kunya" })
      continue
    }
    if (KUNYA.has(word) && next < source.length) {
      if (isArticle(source[next]!, source[next + 1])) next++
      const core = withoutArticle(source[next]!)
      out.push({ text: `${/^(?:um|oum|ام|ئوم|دایک)/.test(word) ? "umm" : "abu"} ${core}`, core, kind: "kunya" })
      at = next
      continue
    }
    const last = out.at(-1)
    if (TAIL.has(word) && last?.kind === "name") {
      last.text += word
      last.core = last.text
      continue
    }
    if (isArticle(word, source[next]) && TAIL.has(source[next]!) && last?.kind === "name") {
      last.text += source[next]!
      last.core = last.text
      at = next
      continue
    }
    // At the beginning it is short for Benjamin.
    if (source.length > 1 && PARTICLE.has(word) && !(word === "ben" && at === 0)) {
      son = true
      continue
    }
    if (source.length > 1 && isArticle(word, source[next])) {
      article = true
      continue
    }
    const core = withoutArticle(word)
    const made: Word = { text: core, core, kind: word.length === 1 && /\p{Script=Latin}/u.test(word) ? "initial" : "name" }
    if (son) made.son = true
    if ((article || core !== word) && out.length > 0 && /[iy]$|ی$/.test(core)) made.nisba = true
    if (core !== word) made.article = true
    if (LINK.has(word)) made.link = true
    son = article = false
    out.push(made)
  }
  return out
}

/** Texts of the words that carry a name (see `wordsOf`). */
export function tokens(name: string): string[] {
  return wordsOf(name).map((word) => word.text)
}
