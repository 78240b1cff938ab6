import { fold } from "#names"

/**
 * Nobody must be made to believe that he has to give a PIN: in 2020 demands implied sanctions that did not exist (R (HM, MA and KH) v
 * SSHD [2022] EWHC 695 and 2729 (Admin); RIPA 2000 s.49 needs a judge's permission). No template here holds such words, and free text
 * on a record, receipt or notice is refused when it does. A phrase list in English, Arabic and Sorani: it can miss a wording.
 */
const plain = (text: string): string =>
  fold(text)
    .replaceAll("\u0695", "\u0631")
    .replace(/[\u0623\u0625\u0622]/g, "\u0627")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()

/** Words in Arabic letters, with what Arabic and Sorani put before and behind them. */
const stems = (list: string): string =>
  `(?<!\\p{L})(?:و|ف)?(?:ب|ل)?(?:ال)?(?:${list
    .split("|")
    .map(plain)
    .sort((a, b) => b.length - a.length)
    .join("|")})`
const either = (english: string, list: string): RegExp => new RegExp(`\\b(?:${english})|${stems(list)}`, "u")

const SECRET = either(
  "pins?\\b|pin (?:code|number)|pass ?codes?\\b|pass ?words?\\b|passphrase|unlock",
  "رمز|رقم السري|رقم سري|كلمة المرور|كلمة السر|كلمة سر|بين كود|افتح الهاتف|فتح الهاتف|فتح هاتف|کۆد|کۆدی|پین|وشەی نهێنی|وشەی تێپەڕ|تێپەڕەوشە|پاسۆرد|پاسوۆرد|پاسوورد|کردنەوەی مۆبایل|مۆبایلەکەت بکەرەوە",
)

const DEMAND = either(
  "must\\b|shall\\b|ha(?:s|d|ve) (?:got )?to\\b|(?:is|are|was|were|be|been) (?:legally )?(?:required|obliged|ordered|compelled|made|forced|instructed|told) to|required by law|no choice|compulsory|mandatory|demand|insist|obligatory",
  "يجب|لازم|ملزم|الزامي|اجباري|مجبر|عليك ان|دەبێت|دەبێ|پێویستە|ناچار|مەجبور|داوای لێکرا",
)

const THREAT = either(
  "or else|otherwise|(?:if|unless) (?:you|he|she|they|the holder)\\b|failure to|refus(?:al|ing|e|ed|es)\\b|fail(?:s|ing|ed)? to|detain|arrest|prosecut|offence|prison|jail|deport|penalt|punish|fined?\\b|claim will",
  "والا|اذا لم|ان لم|اعتقال|تعتقل|توقيف|السجن|سجن|ترحيل|عقوبة|غرامة|محاكمة|رفض طلب|ئەگینا|ئەگەر نا|ئەگەرنا|دەستگیر|زیندان|سزا|دیپۆرت|ڕەت دەکرێتەوە|ڕەتدەکرێتەوە",
)

/** Words that say the contrary: that nobody has to. They are taken out before looking, so that an honest record can be written. */
const FREE = new RegExp(
  `${
    either(
      "(?:do(?:es)?|did|would) not have to|don t have to|need(?:s|ed)? not|(?:is|are|was|were) (?:not|never) (?:legally )?(?:required|obliged|ordered|compelled|made|forced|told) to|(?:is|are|was|were) under no (?:duty|obligation)(?: to)?|no (?:duty|obligation) to|no (?:sanction|penalty|offence|threat|demand)s?(?: \\w+){0,3}|not an offence|must not be (?:asked|told|made)|without (?:any )?(?:threat|demand|pressure)s?|(?:was|were) not asked|not asked for",
      "لا يجب|ليس واجبا|ليس من الواجب|ليس لازما|غير ملزم|لست ملزما|ناچار نیت|ناچار نییە|ناچار نەکرا|پێویست ناکات|پێویست نییە|مەجبور نیت",
    ).source
  }`,
  "gu",
)

/** Whether a text demands a PIN or another way into a device, or threatens with what follows when it is not given. */
export function demandsSecret(text: string): boolean {
  // Sentence by sentence: a PIN that was given freely and an arrest for something else may stand in one record.
  return text.split(/[.!?\n\u061f\u06d4]+/u).some((sentence) => {
    const said = plain(sentence).replace(FREE, " ")
    return SECRET.test(said) && (DEMAND.test(said) || THREAT.test(said))
  })
}
