/**
 * Month names as they stand in messages, books and papers of the routes, folded (see `foldMonth`). A name fixes the family of
 * calendars: `solar` names go with Iranian (1300 to 1499) or Kurdish (2600 to 2899) years. Kurmanji names in Latin letters that
 * stand for a Gregorian month here and for a solar month there (gulan, rêbendan, reşemî, pûşper, gelawêj, rezber) are left out.
 */
export type Family = "gregorian" | "solar" | "hijri"

const NAMES: readonly (readonly [Family, readonly string[]])[] = [
  [
    "gregorian",
    [
      // English, German, French, Turkish, Albanian, Vietnamese needs none (tháng 1), Arabic (Levant and Iraq; Egypt), Sorani, Kurmanji, Dari
      "january jan januar janvier janv ocak oca janar kanun al thani|كانون الثاني يناير|کانوونی دووەم کانونی دووەم|çile rêbendana|جنوری ژانویه",
      "february feb februar février fevrier févr şubat subat şub shkurt|شباط فبراير|شوبات|sibat|فبروری فوریه",
      "march mar märz maerz mrz mars mart|آذار اذار مارس|ئازار|adar|مارچ",
      "april apr avril avr nisan nis prill|نيسان ابريل أبريل|نیسان|nîsan|اپریل آوریل",
      "may mai mayıs mayis maj|أيار ايار مايو|ئایار مایس|مه می",
      "june jun juni juin haziran haz qershor|حزيران يونيو يونيه|حوزەیران|hezîran|جون ژوئن",
      "july jul juli juillet juil temmuz tem korrik|تموز يوليو يوليه|تەمووز تەممووز|tîrmeh|جولای ژوئیه",
      "august aug août aout ağustos agustos ağu gusht|آب أغسطس اغسطس|ئاب|tebax|اگست اوت",
      "september sep sept septembre eylül eylul eyl shtator|أيلول ايلول سبتمبر|ئەیلوول ئەیلول|îlon|سپتمبر سپتامبر",
      "october oct oktober okt octobre ekim eki tetor|تشرين الأول تشرين الاول أكتوبر اكتوبر|تشرینی یەکەم|cotmeh|اکتوبر اکتبر",
      "november nov novembre kasım kasim kas nëntor nentor|تشرين الثاني نوفمبر|تشرینی دووەم|mijdar|نومبر نوامبر",
      "december dec dezember dez décembre decembre déc aralık aralik ara dhjetor|كانون الأول كانون الاول ديسمبر|کانوونی یەکەم کانونی یەکەم|دسمبر دسامبر",
    ],
  ],
  [
    "solar",
    [
      "farvardin|فروردین|حمل|خاکەلێوە|xakelêwe xakelewe",
      "ordibehesht|اردیبهشت|ثور|گوڵان|",
      "khordad|خرداد|جوزا|جۆزەردان|cozerdan jozardan",
      "tir|تیر|سرطان|پووشپەڕ|",
      "mordad amordad|مرداد|اسد|گەلاوێژ|",
      "shahrivar|شهریور|سنبله|خەرمانان|xermanan",
      "mehr|مهر|میزان|ڕەزبەر|",
      "aban|آبان|عقرب|گەڵاڕێزان خەزەڵوەر|xezelwer gelarêzan",
      "azar|آذر|قوس|سەرماوەز|sermawez",
      "dey dei|دی|جدی|بەفرانبار|befranbar",
      "bahman|بهمن|دلو|ڕێبەندان|",
      "esfand|اسفند|حوت|ڕەشەمە ڕەشەمێ|",
    ],
  ],
  [
    "hijri",
    [
      "muharram moharram|محرم",
      "safar|صفر",
      "rabi al-awwal rabi i|ربيع الأول ربيع الاول",
      "rabi al-thani rabi ii|ربيع الآخر ربيع الاخر ربيع الثاني",
      "jumada al-ula jumada i|جمادى الأولى جمادى الاولى",
      "jumada al-akhira jumada ii|جمادى الآخرة جمادى الاخرة جمادى الثانية",
      "rajab|رجب",
      "shaban sha'ban|شعبان",
      "ramadan ramazan|رمضان",
      "shawwal|شوال",
      "dhu al-qidah|ذو القعدة ذي القعدة",
      "dhu al-hijjah|ذو الحجة ذي الحجة",
    ],
  ],
]

/** Names of several words, which a list split at spaces would break. */
const PHRASES =
  /kanun al thani|rabi al-awwal|rabi al-thani|rabi ii|rabi i|jumada al-ula|jumada al-akhira|jumada ii|jumada i|dhu al-qidah|dhu al-hijjah|كانون الثاني|كانون الأول|كانون الاول|تشرين الأول|تشرين الاول|تشرين الثاني|ربيع (?:الأول|الاول|الآخر|الاخر|الثاني)|جمادى (?:الأولى|الاولى|الآخرة|الاخرة|الثانية)|ذ[وي] (?:القعدة|الحجة)|کانوونی دووەم|کانونی دووەم|کانوونی یەکەم|کانونی یەکەم|تشرینی (?:یەکەم|دووەم)/g

/** One spelling: lower case, Arabic yeh and kaf as Persian ones, alef without hamza or madda, no accents, no ZWNJ. */
export function foldMonth(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0653-\u0655\u064b-\u0652\u200c\u200d]/g, "")
    .normalize("NFC")
    .replaceAll("ي", "ی")
    .replaceAll("ى", "ی")
    .replaceAll("ك", "ک")
    .replaceAll("ة", "ه")
    .replaceAll("ڕ", "ر")
}

export interface Month {
  family: Family
  /** 1 to 12. */
  month: number
}

const MONTHS = new Map<string, Month>()
for (const [family, rows] of NAMES)
  rows.forEach((row, at) => {
    const words = row.split("|").flatMap((cell) => [...(cell.match(PHRASES) ?? []), ...cell.replace(PHRASES, " ").split(" ")])
    for (const word of words) if (word && !MONTHS.has(foldMonth(word))) MONTHS.set(foldMonth(word), { family, month: at + 1 })
  })

const ANY = new RegExp(
  `(?<!\\p{L})(${[...MONTHS.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(".", "\\."))
    .join("|")})ی?(?!\\p{L})\\.?`,
  "u",
)

/** The first month name in a folded text (with the ی of the Sorani and Persian genitive), and the text without it. */
export function monthIn(folded: string): (Month & { rest: string }) | null {
  const found = ANY.exec(folded)
  if (!found) return null
  return { ...MONTHS.get(found[1]!)!, rest: `${folded.slice(0, found.index)} ${folded.slice(found.index + found[0].length)}` }
}
