import type { Words } from "../lexicon.ts"

/** Currencies and the trade's own units: ISO 4217 code and how many units of it one of them is. */
export const CURRENCIES: readonly (readonly [{ currency: string; times: number; slang?: boolean }, Words])[] = [
  [
    { currency: "GBP", times: 1 },
    {
      all: "£|pound|pounds|gbp|quid|sterling|پاوەند*|پاوند*|پوند*|باوند*|جنيه استرليني|پونډ*|sterlin|pfund|livres|paund|paundë|paundê|bảng|pawand|pawend|paond|pawn",
    },
  ],
  [{ currency: "EUR", times: 1 }, { all: "€|euro|euros|eur|یۆرۆ*|یورۆ*|ئیرۆ|يورو*|یورو*|avro|yoro|yuro|ewro|euroja|eurolar" }],
  [
    { currency: "USD", times: 1 },
    { all: "$|dollar|dollars|usd|usdt|tether|bucks|دۆلار*|دولار*|دلار*|ډالر*|dolar|dolarê|dolarî|dolara|dolarë|dollarë|đô la|تتر" },
  ],
  [{ currency: "IQD", times: 1 }, { all: "iqd|dinar|dinars|dînar|دینار*|دينار*" }],
  [{ currency: "TRY", times: 1 }, { all: "₺|tl|lira|lire turke|لیرە*|ليرة*|لیره*|لیر" }],
  [{ currency: "IRR", times: 10 }, { all: "toman|tomans|تومان*|تومن*|تمەن*|tmen" }],
  [{ currency: "IRR", times: 1 }, { all: "rial|ریال*|ڕیاڵ*" }],
  [{ currency: "AFN", times: 1 }, { all: "afghani|افغانی|افغانۍ|afn" }],
  [{ currency: "ALL", times: 1 }, { all: "lekë|leke" }],
  [{ currency: "VND", times: 1 }, { all: "vnd|việt nam đồng|đồng" }],
  [
    { currency: "USD", times: 10_000, slang: true },
    { all: "daftar|defter|deftar|daftars|دفتر|دفاتر|دفترين|دەفتەر*|شدة|شدات|شده دولار|شەدە|shadda|shada|شەدە دۆلار" },
  ],
  [{ currency: "USD", times: 100, slang: true }, { all: "waraqa|waraq|wereqe|waraka|wereq|وەرەقە*|وەرەق|ورقة|ورقه|اوراق|أوراق|ورق" }],
]

/** Multipliers that stand after a number. */
export const TIMES: readonly (readonly [number, string])[] = [
  [1_000, "k|thousand|grand|هەزار|هزار|الف|آلاف|الاف|ألف|زره|bin|hezar|hazar|hzar|tausend|mille|mijë|mije|nghìn|ngàn"],
  [100, "hundred|سەد|صد|مية|ميه|مئة|سل|yüz|sed|sad|hundert|cent|qind|trăm"],
  [1_000_000, "million|millions|mio|ملیۆن|ملیون|مليون|milyon|milion|triệu"],
]

/** Small numbers in words; Arabic duals of units stand with their unit. */
export const SMALL: readonly (readonly [number, string])[] = [
  [1, "one|یەک|واحد|یک|یو|bir|yek|un|ein|eine|një"],
  [2, "two|دوو|اثنين|ثنين|دوه|iki|dw|du|deux|zwei|dy"],
  [3, "three|سێ|ثلاثة|ثلاث|تلاته|سه تا|درې|üç|sê|se|trois|drei|tre"],
  [4, "four|چوار|اربعة|اربع|چهار|څلور|dört|çar|chwar|quatre|vier|katër"],
  [5, "five|پێنج|خمسة|خمس|پنج|پنځه|beş|pênc|penj|cinq|fünf|pesë"],
  [6, "six|شەش|ستة|شش|شپږ|altı|şeş|shash|sechs|gjashtë"],
  [7, "seven|حەوت|سبعة|هفت|اووه|yedi|heft|hawt|sept|sieben|shtatë"],
  [8, "eight|هەشت|ثمانية|هشت|اته|sekiz|heşt|hasht|huit|acht|tetë"],
  [9, "nine|نۆ|تسعة|نه تا|dokuz|neh|neuf|neun|nëntë"],
  [10, "ten|دە|عشرة|عشر|ده تا|لس|on|deh|dix|zehn|dhjetë"],
]

/** Whole amounts in one word. */
export const WHOLE: readonly (readonly [number, string])[] = [
  [2_000, "الفين|ألفين"],
  [200, "ميتين|مئتين"],
  [500, "خمسمية|پانصد|پێنسەد"],
  [1_500, "هزار و پانصد|الف وخمسمية|هەزار و پێنسەد"],
  [2_500, "دو هزار و پانصد|الفين وخمسمية|دوو هەزار و پێنسەد"],
]

export const PRICE_WORDS =
  "price|prices|cost|costs|fee|rate|نرخ*|قیمەت*|سعر*|السعر|قیمت*|بيه|بیه|fiyat|fiyatı|ücret|ücreti|prix|tarif|preis|kosten|çmimi|çmim|giá|biha|bihayê|nrx|nrkh|nrxi"

export const NUMBER_WORDS = "number|no|num|ژمارە*|ژ|رقم|شماره|نمبر|numara|numarası|numéro|nummer|numri|numër|zhmara|jmara|hejmar|hejmara"

/** Words that may stand between a number and the thing counted. */
export const PIECES =
  "دانە|دانه|عدد|قطعة|حبة|تا|تای|دونه|tane|adet|dane|stück|cái|chiếc|x|pieces|pcs|of|new|big|large|nos|copë|pièces|dana|danay|دانەی|نوێ|گەورە|كبار|بزرگ|more|other|grands|grosse|große|des|de"

export const DAYS: readonly (readonly [string, string])[] = [
  ["today", "today|ئەمڕۆ|amro|emro|îro|اليوم|امروز|نن|bugün|aujourd'hui|heute|sot|hôm nay"],
  [
    "tonight",
    "tonight|ئەمشەو|ئەم شەو|amshaw|emshew|îşev|الليلة|هالليلة|اليلة|امشب|نن شپه|bu gece|bu akşam|ce soir|cette nuit|heute nacht|heute abend|sonte|tối nay|đêm nay",
  ],
  ["tomorrow", "tomorrow|سبەینێ|سبەی|بەیانی|sbayne|sbay|sibê|باجر|باچر|بكرة|غدا|فردا|سبا|yarın|demain|morgen|nesër|ngày mai"],
  ["yesterday", "yesterday|دوێنێ|dwene|duh|البارحة|امس|أمس|دیروز|پرون|dün|hier|gestern|dje|hôm qua"],
  ["monday", "monday|دووشەممە|الاثنين|دوشنبه|pazartesi|lundi|montag|e hënë|thứ hai"],
  ["tuesday", "tuesday|سێشەممە|الثلاثاء|سه شنبه|salı günü|mardi|dienstag|e martë|thứ ba"],
  ["wednesday", "wednesday|چوارشەممە|الاربعاء|چهارشنبه|çarşamba|mercredi|mittwoch|e mërkurë|thứ tư"],
  ["thursday", "thursday|پێنجشەممە|الخميس|پنجشنبه|پنج شنبه|perşembe|jeudi|donnerstag|e enjte|thứ năm"],
  ["friday", "friday|هەینی|الجمعة|جمعه|cuma|vendredi|freitag|e premte|thứ sáu"],
  ["saturday", "saturday|شەممە|السبت|شنبه|cumartesi|samedi|samstag|e shtunë|thứ bảy"],
  ["sunday", "sunday|یەکشەممە|الاحد|یکشنبه|pazar günü|dimanche|sonntag|e diel|chủ nhật"],
]

/** What stands before an hour. */
export const CLOCK = "at|o'clock|clock|کاتژمێر|سەعات|سعات|ساعت|الساعة|ساعة|بجې|saat|saet|saat|sa'at|demjimêr|à|um|ora|ora|në ora|lúc"
export const CLOCK_AFTER = "am|pm|o'clock|uhr|h|heures|giờ|بجې|بجو|ص|م|بعد الظهر|شەو|ê şevê"
