/** Words and signs for currencies on the routes, and multiplying words. Folded as `money.ts` folds. */

export interface CurrencyWord {
  /** ISO 4217; `USDT` for the token, which has no code there. */
  code: string
  /** Units of the currency in one of what the word names: a toman is ten rials. */
  times?: number
  /** What is assumed by taking the word for this currency. */
  note?: string
}

const ROWS: readonly (readonly [CurrencyWord, string])[] = [
  [{ code: "USD" }, "usd|us$|$|us dollar|us dollars|dollar|dollars|dolar|dolare|دولار|دولار امریکی|دولارات|دلار|دۆلار|دالر|đô la|do la"],
  [{ code: "EUR" }, "eur|€|euro|euros|avro|yoro|یورو|یۆرۆ|ایورو"],
  [{ code: "GBP" }, "gbp|£|pound|pounds|pound sterling|sterling|quid|paund|pfund|باوند|پاوند|پاوەند|پۆند|جنیه استرلینی|bảng"],
  [{ code: "IQD" }, "iqd|iraqi dinar|iraqi dinars|دینار عراقی|دیناری عێراقی|د.ع|د. ع"],
  [{ code: "IQD", note: "dinar: taken as Iraqi" }, "dinar|dinars|دینار|دنانیر"],
  [{ code: "KWD" }, "kwd|kuwaiti dinar|دینار کویتی"],
  [{ code: "JOD" }, "jod|jordanian dinar|دینار اردنی"],
  [{ code: "TRY" }, "try|tl|₺|türk lirası|turkish lira|لیره ترکیه|لیرەی تورکی"],
  [{ code: "TRY", note: "lira: taken as Turkish" }, "lira|liras|lirası|لیره|لیرە"],
  [{ code: "SYP" }, "syp|لیره سوریه|syrian pound"],
  [{ code: "LBP" }, "lbp|لیره لبنانیه"],
  [{ code: "IRR" }, "irr|iranian rial|ریال ایران"],
  [{ code: "IRR", note: "rial: taken as Iranian" }, "rial|rials|ریال"],
  [{ code: "IRR", times: 10, note: "toman: ten rials each" }, "irt|toman|tomans|tuman|tomen|تومان|تومن|تمەن|تمن"],
  [{ code: "AFN" }, "afn|afghani|afghanis|افغانی|افغانی ها|؋"],
  [{ code: "PKR" }, "pkr|rupee|rupees|کلدار|کلداره"],
  [{ code: "AED" }, "aed|dirham|dirhams|درهم|درهەم"],
  [{ code: "SAR" }, "sar|ریال سعودی"],
  [{ code: "PLN" }, "pln|zł|zloty|zlotych"],
  [{ code: "CHF" }, "chf|franken|sfr"],
  [{ code: "BGN" }, "bgn|лв|leva|lev"],
  [{ code: "RON" }, "ron|lei"],
  [{ code: "ALL" }, "all|lek|lekë"],
  [{ code: "VND" }, "vnd|₫|đồng|dong"],
  [{ code: "USDT", note: "a token, not money of a state" }, "usdt|tether|تیتر|تەذر"],
]

const TIMES: readonly (readonly [number, string])[] = [
  [1e3, "k|thousand|tausend|tsd|mille|bin|mijë|mije|nghìn|ngàn|hezar|hazar|هزار|هەزار|الف|الاف|زر"],
  [1e5, "lakh|lak|lac|لک"],
  [1e6, "m|mn|mio|million|millions|millionen|milyon|milion|triệu|ملیون|ملایین|میلیون|ملیۆن|میلیۆن"],
  [1e9, "bn|billion|milliard|milyar|miliard|ملیار|ملیارد|میلیارد"],
]

/** Yeh, kaf, teh marbuta, alef with hamza and accents of capitals: one spelling for the tables and for what is looked up in them. */
export function foldWord(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ي", "ی")
    .replaceAll("ى", "ی")
    .replaceAll("ك", "ک")
    .replaceAll("ة", "ه")
    .replace(/[أإآ]/g, "ا")
    .replace(/[\u064b-\u0652]/g, "")
}

export const CURRENCY_WORDS: ReadonlyMap<string, CurrencyWord> = new Map(
  ROWS.flatMap(([word, list]) => list.split("|").map((text) => [foldWord(text), word] as const)),
)

export const MULTIPLIERS: ReadonlyMap<string, number> = new Map(
  TIMES.flatMap(([times, list]) => list.split("|").map((text) => [foldWord(text), times] as const)),
)
