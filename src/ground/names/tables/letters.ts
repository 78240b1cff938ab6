/** Letters of scripts that stand for sounds, with a plain spelling of each. A letter that says nothing has none. */
const letters = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(" ").map((pair) => [[...pair][0]!, [...pair].slice(1).join("")]))

/** Already one letter per class of sounds (see `sounds.ts`); ی and و are dealt with there. */
export const ARABIC = letters(
  "بb پb تt طt ټt ٹt ثs سs صs څs جj ژj ځz ږj چc شc ښc حh هh ھh ہh خx دd ډd ڈd ذz زz ضz ظz رr ڕr ړr ڑr غk قk کk گk فf ڤw لl " +
    "ڵl مm نn ڼn ںn اa آa أa إi ٱa ەa ێi ېi ےi ۆu ؤu ۇu ع ء ئ",
)

/** Cyrillic with the letters of Ukrainian, Serbian, Macedonian, Kazakh and Mongolian. */
export const CYRILLIC = letters(
  "аa бb вv гg ґg дd еe ёyo єye жzh зz иi іi їyi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щsht ъa ыi ь эe юyu " +
    "яya қq ғg ңn өo үu ұu һh әa ўw јy љly њny ђdj ћch џdj ѓg ќk ҳh ҷj",
)

/** Georgian, national romanisation. */
export const GEORGIAN = letters(
  "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh",
)

/** Modern Greek, one letter at a time. */
export const GREEK = letters("αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξks οo πp ρr σs ςs τt υy φf χch ψps ωo")

/** Hebrew without points. */
export const HEBREW = letters("אa בb גg דd הh וv זz חh טt יi כk ךk לl מm םm נn ןn סs עa פp ףp צts ץts קk רr שsh תt")

/** Eastern Armenian. */
export const ARMENIAN = letters(
  "աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts ւv փp քk օo " + "ֆf ևev",
)

/** Katakana; hiragana is read as katakana. */
export const KANA = letters(
  "アa イi ウu エe オo カka キki クku ケke コko ガga ギgi グgu ゲge ゴgo サsa シshi スsu セse ソso ザza ジji ズzu ゼze ゾzo タta チchi ツtsu テte トto " +
    "ダda ヂdi ヅdu デde ドdo ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe ポpo マma ミmi ムmu メme モmo " +
    "ラra リri ルru レre ロro ヤya ユyu ヨyo ワwa ヲo ンn ヴvu",
)

const LEAD = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
const MIDDLE = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
const TAIL = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")

/** A syllable of Hangul in the revised romanisation, letter for letter; other characters as they are. */
export function hangul(character: string): string {
  const at = character.codePointAt(0)! - 0xac00
  if (at < 0 || at > 11171) return character
  return LEAD[Math.floor(at / 588)]! + MIDDLE[Math.floor((at % 588) / 28)]! + TAIL[at % 28]!
}

/** Kana as Latin letters: small kana change the syllable before them, a small tsu and a long mark add nothing. */
export function kana(word: string): string {
  const katakana = [...word].map((c) => (c >= "\u3041" && c <= "\u3096" ? String.fromCodePoint(c.codePointAt(0)! + 0x60) : c))
  let out = ""
  for (const c of katakana) {
    const small = "ァィゥェォ".indexOf(c)
    const glide = "ャュョ".indexOf(c)
    if (small >= 0) out = out.replace(/[aeiou]$/, "") + "aiueo"[small]!
    else if (glide >= 0)
      out = out.replace(/i$/, out.endsWith("shi") || out.endsWith("chi") || out.endsWith("ji") ? "" : "y") + "auo"[glide]!
    else if (c !== "ッ" && c !== "ー") out += KANA.get(c) ?? ""
  }
  return out
}
