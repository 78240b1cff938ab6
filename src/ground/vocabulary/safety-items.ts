/**
 * Things that keep people alive are not articles for use in immigration crime (Border Security, Asylum and Immigration Act 2025
 * s.15: food and drink, medicine, hygiene items, clothing, bedding, tent or other shelter, anything designed to preserve life of, or
 * to let signal, a person in distress at sea). They never raise a lead, whatever their number.
 */
import { tidy } from "./digits.ts"

export const SAFETY_ITEMS = {
  "life-jacket": {
    title: "life-jackets, vests and floats worn by people",
    words:
      "life jacket|life-jacket|lifejacket|life vest|life-vest|lifevest|buoyancy aid|child float|arm band|armband|lifebuoy|life buoy|life ring|rettungsweste|schwimmweste|schwimmflügel|rettungsring|gilet de sauvetage|gilets de sauvetage|brassard|bouée|can yeleği|yelek|cankurtaran|jelek shpëtimi|jelek shpetimi|áo phao|سترة نجاة|سترات نجاة|سترات النجاة|سترة النجاة|جاکێتی ڕزگاری|جاکێتی فریاکەوتن|سوترە|جلیقه نجات|جلیقهٔ نجات|د ژغورنې واسکټ|êlekê rizgariyê|çakêtê rizgariyê",
  },
  signal: {
    title: "signals for people in distress",
    words:
      "flare|whistle|distress light|strobe|signal mirror|emergency beacon|epirb|plb|leuchtrakete|signalpfeife|trillerpfeife|fusée de détresse|sifflet|işaret fişeği|düdük|fishekzjarr|bilbil|pháo sáng|còi|شعلة|شعلات|صافرة|صفارة|فیکە|فیتە|منور|سوت نجات",
  },
  warmth: {
    title: "thermal blankets and first aid",
    words:
      "thermal blanket|foil blanket|space blanket|first aid|first-aid|rettungsdecke|erste hilfe|couverture de survie|trousse de secours|termal battaniye|ilk yardım|ndihma e parë|sơ cứu|إسعافات أولية|اسعافات اولية|فریاگوزاری|کمک‌های اولیه|کمکهای اولیه",
  },
  shelter: {
    title: "tents and shelter",
    words: "tent|tents|tarpaulin|tarp|zelt|zelte|tente|bâche|çadır|tendë|lều|خيمة|خيم|خێمە|چادر|خیمه|کېږدۍ|xêvet",
  },
  bedding: {
    title: "bedding",
    words:
      "blanket|sleeping bag|mattress|duvet|pillow|decke|decken|schlafsack|schlafsäcke|matratze|couverture|sac de couchage|sacs de couchage|matelas|battaniye|uyku tulumu|batanije|thes gjumi|chăn|túi ngủ|بطانية|بطانيات|كيس نوم|بەتانی|پتو|کیسه خواب|betanî",
  },
  clothing: {
    title: "clothing",
    words:
      "clothes|clothing|shoes|coat|jacket|trousers|socks|gloves|kleidung|kleider|schuhe|jacke|socken|vêtements|vetements|chaussures|giysi|kıyafet|ayakkabı|rroba|veshje|quần áo|ملابس|أحذية|جلوبەرگ|جل و بەرگ|پێڵاو|لباس|کفش|جامې|cilûberg",
  },
  food: {
    title: "food and drink",
    words:
      "food|bread|rice|biscuits|water bottle|bottled water|drinking water|baby milk|formula milk|lebensmittel|essen|brot|wasserflasche|trinkwasser|nourriture|pain|eau potable|bouteille d'eau|yiyecek|ekmek|içme suyu|ushqim|bukë|thức ăn|nước uống|طعام|غذاء|خبز|ماء للشرب|مياه|خواردن|نان|ئاوی خواردنەوە|غذا|آب آشامیدنی|خواړه|xwarin|nan",
  },
  medicine: {
    title: "medicine",
    words:
      "medicine|medicines|medication|insulin|inhaler|bandage|painkiller|medikament|medikamente|arznei|verband|médicament|médicaments|medicament|pansement|ilaç|bandaj|ilaçe|thuốc|دواء|أدوية|ادوية|دەرمان|دارو|درمل|derman",
  },
  hygiene: {
    title: "hygiene items",
    words:
      "soap|nappies|nappy|diapers|sanitary towel|sanitary pads|toothbrush|toilet paper|hygiene|seife|windeln|zahnbürste|savon|couches|brosse à dents|sabun|bebek bezi|sapun|pelena|xà phòng|tã|صابون|حفاضات|سابوون|دایبی|پوشک|صابن|sabûn",
  },
} as const

export type SafetyItem = keyof typeof SAFETY_ITEMS

/** Parts of a craft: a line that names one of these as well is not a line of safety items alone. */
const EQUIPMENT =
  "engine|outboard|motor|dinghy|inflatable boat|rubber boat|rib|hull|boat|pump|fuel|petrol|propeller|inner tube|schlauchboot|außenborder|bootsmotor|boot|bateau|moteur|zodiac|bot|şişme bot|pompa|varkë|gomone|thuyền|động cơ|قارب|زورق|محرك|بەلەم|مەکینە|ماتۆڕ|قایق|موتور|پمپ"

function fold(text: string): string {
  return tidy(text).toLowerCase().replaceAll("ي", "ی").replaceAll("ى", "ی").replaceAll("ك", "ک").replaceAll("ة", "ه").replace(/[أإآ]/g, "ا")
}

/** Whole words, with English plural, Arabic article and Kurdish or Persian endings. */
function pattern(words: string): RegExp {
  const list = fold(words)
    .split("|")
    .map((word) => word.replace(/[-\s]/g, "[-\\s]"))
    .sort((a, b) => b.length - a.length)
  return new RegExp(`(?<!\\p{L})(?:ال)?(?:${list.join("|")})(?:s|es|n|en|lar|ler|ەکان|ەکە|ان|ها|های|ات)?(?!\\p{L})`, "u")
}

const ITEMS = (Object.keys(SAFETY_ITEMS) as SafetyItem[]).map((item) => [item, pattern(SAFETY_ITEMS[item].words)] as const)
const CRAFT = pattern(EQUIPMENT)

/** Which safety items a text names, in the languages of the routes. A word list: it can miss a spelling. */
export function safetyItemsIn(text: string): SafetyItem[] {
  let left = fold(text)
  return ITEMS.flatMap(([item, words]) => {
    const without = left.replace(words, " ")
    if (without === left) return []
    // Taken out, so that a life-jacket is not a jacket too.
    left = without
    return [item]
  })
}

/** Whether a line (of a seizure, an invoice, a customs declaration) is about safety items and names no part of a craft. */
export function isSafetyItem(text: string): boolean {
  return safetyItemsIn(text).length > 0 && !CRAFT.test(fold(text))
}
