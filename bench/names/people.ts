/** Names from which the benchmark makes people: Sorani, Hawar, and Arabic where the name is an Arabic one. Compiled by hand. */
import { fold } from "../../src/ground/names/fold.ts"
import { voiceOf } from "../../src/ground/names/sounds.ts"
import { isKnown } from "../../src/ground/names/usage.ts"
import { plain } from "../../src/ground/names/words.ts"

/** Most of these stand in the product's own table of forms, most of the next list do not; `listed` says it of each. */
const USUAL = `
محەممەد Mihemed محمد|ئەحمەد Ehmed أحمد|عەلی Elî علي|حەسەن Hesen حسن|حوسێن Husên حسين|عومەر Umer عمر|عوسمان Usman عثمان|ئیبراهیم Îbrahîm إبراهيم|مستەفا Mistefa مصطفى
کەریم Kerîm كريم|ڕەحیم Rehîm رحيم|کەمال Kemal كمال|جەمال Cemal جمال|جەلال Celal جلال|سەلیم Selîm سليم|سەلام Selam سلام|ساڵح Salih صالح|خالید Xalid خالد|مەجید Mecîd مجيد
ڕەشید Reşîd رشيد|حەمید Hemîd حميد|مەحموود Mehmûd محمود|یوسف Yûsif يوسف|عەبدوڵڵا Ebdula عبد الله|عەبدولڕەحمان Ebdulrehman عبد الرحمن|عەبدولڕەحیم Ebdulrehîm عبد الرحيم|عەبدولکەریم Ebdulkerîm عبد الكريم|سەلاحەدین Selahedîn صلاح الدين|نوورەدین Nûredîn نور الدين|شەمسەدین Şemsedîn شمس الدين
نەوزاد Newzad -|کاروان Karwan -|شێرزاد Şêrzad -|دلشاد Dilşad -|هێمن Hêmin -|ڕێبوار Rêbwar -|ڕێباز Rêbaz -|ڕێبین Rêbîn -|ئارام Aram -|ئاکام Akam -|ئاکۆ Ako -|ئاسۆ Aso -|ئازاد Azad -|هیوا Hîwa -|سۆران Soran -|گۆران Goran -|سەرکەوت Serkewt -|بەختیار Bextiyar بختيار|شوان Şwan -
دارا Dara -|زارا Zara -|زانا Zana -|شلێر Şilêr -|شیرین Şîrîn شيرين|نەسرین Nesrîn نسرين|پێشەوا Pêşewa -|ڕەنج Renc -|سیروان Sîrwan -|هاوکار Hawkar -|دلێر Dilêr -|سامان Saman -|سەنگەر Senger -|بارزان Barzan برزان|کاوە Kawe -|ئاوات Awat -|فەرهاد Ferhad فرهاد|هەژار Hejar -|ڕزگار Rizgar -|خەبات Xebat -|ئومێد Umêd -|بەهرۆز Behroz -|مەریوان Merîwan -|نیهاد Nîhad نهاد|جەوهەر Cewher جوهر
فاتیمە Fatime فاطمة|خەدیجە Xedîce خديجة|عائیشە Ayşe عائشة|زەینەب Zeyneb زينب|مەریەم Meryem مريم|ڕووناک Rûnak -|چنار Çinar -|گوڵاڵە Gulale -|پەروین Perwîn بروين|ژیان Jiyan -
`
const LESS_USUAL = `
هەڵکەوت Helkewt -|بێخاڵ Bêxal -|چۆمان Çoman -|دڵنیا Dilniya -|ڕەوەز Rewez -|زریان Ziryan -|سیپان Sîpan -|شاخەوان Şaxewan -|شێرین Şêrîn -|فەرەیدوون Fereydûn فريدون|گەردوون Gerdûn -|لاوکۆ Lawko -|مەهاباد Mehabad -|نەبەز Nebez -|نەریمان Nerîman -|هاوڕاز Hawraz -|هونەر Huner -|هەورامان Hewraman -|یادگار Yadgar -|ئاگرین Agirîn -|ئەژدەر Ejder -|باوک Bawek -|تەلار Telar -|جوتیار Cutyar -|چاوان Çawan -|خۆشناو Xoşnaw خوشناو|دیلمان Dîlman -|ڕۆمان Roman -|ژوان Jiwan -|سۆلاڤ Solav -|کامۆ Kamo -|گزنگ Gizing -|مەزن Mezin -|نوێنەر Nwêner -|وەلات Welat -|هێدی Hêdî -|هەرێم Herêm -|بەرزین Berzîn -|تریفە Tirîfe -|سەلار Selar سالار
`

/** Written down after the rules were finished, and measured once: no mistake on these was ever looked at. */
const UNSEEN = `
ئارێز Arêz -|ئاڤێستا Avêsta -|ئەرخەوان Erxewan -|بابان Baban بابان|بەرهەڤ Berhev -|بژار Bijar -|تیشک Tîşk -|جگەرسۆز Cigersoz -|چاوپێ Çawpê -|دیاری Diyarî -|ڕامیار Ramyar -|ڕەسەن Resen -|زانکۆ Zanko -|زێڕین Zêrîn -|ژیلەمۆ Jîlemo -|سروشت Siruşt -|سەروین Serwîn -|شەونم Şewnim -|شنیار Şinyar -|فرمێسک Firmêsk -|قەندیل Qendîl قنديل|کاژین Kajîn -|کەنار Kenar -|گوڵچین Gulçîn -|گەشبین Geşbîn -|لاس Las -|مەتین Metîn متين|میهرەوان Mîhrewan -|نەورەس Newres نورس|هاوژین Hawjîn -|هەردەم Herdem -|هێڤی Hêvî -|ئۆمەر Omer عمر|عیسا Îsa عيسى|سەعید Seîd سعيد|نەجیب Necîb نجيب|تاهیر Tahir طاهر|قادر Qadir قادر|یونس Yûnis يونس|جەعفەر Cefer جعفر
`

/** Whether the product's table of forms has a name. */
const inTable = (name: string): boolean => isKnown(voiceOf(plain(fold(name))))

export interface NameOf {
  sorani: string
  hawar: string
  /** Empty where the name is not an Arabic one. */
  arabic: string
  listed: boolean
}

const parsed = (text: string): NameOf[] =>
  text
    .trim()
    .split(/[|\n]/)
    .map((one) => {
      const [sorani, hawar, ...arabic] = one.trim().split(" ")
      return { sorani: sorani!, hawar: hawar!, arabic: arabic.join(" ").replace(/^-$/, ""), listed: inTable(hawar!) || inTable(sorani!) }
    })

export const PEOPLE_NAMES: readonly NameOf[] = [...parsed(USUAL), ...parsed(LESS_USUAL)]
export const UNSEEN_NAMES: readonly NameOf[] = parsed(UNSEEN)

/** Short and pet forms of the region, as people use them. */
export const SHORT_FORMS: Readonly<Record<string, string>> = {
  Mihemed: "Hama",
  Ebdula: "Abdo",
  Îbrahîm: "Brayim",
  Xedîce: "Khaja",
  Fatime: "Fata",
  Mistefa: "Mista",
  Umer: "Omo",
}

/** Places and tribes with the ending of who comes from there. */
export const NISBAS: readonly (readonly [sorani: string, latin: string])[] = [
  ["ڕانیەیی", "Ranyayi"],
  ["شەقڵاوەیی", "Shaqlawayi"],
  ["کۆیی", "Koyi"],
  ["هەولێری", "Hawleri"],
  ["جاف", "Jaf"],
  ["بەرزنجی", "Barzinji"],
  ["دزەیی", "Dizayi"],
  ["زەنگەنە", "Zangana"],
]

export type Habit = "english" | "english-long" | "german" | "french" | "turkish" | "hawar"
export const HABITS: readonly Habit[] = ["english", "english-long", "german", "french", "turkish", "hawar"]

/** How people who write one of these languages spell a Kurdish name: Hawar letters to theirs. */
const SPELLINGS: Readonly<Record<Exclude<Habit, "hawar">, readonly (readonly [string, string])[]>> = {
  english: [
    ["iya", "ia"],
    ["ş", "sh"],
    ["ç", "ch"],
    ["j", "zh"],
    ["c", "j"],
    ["x", "kh"],
    ["û", "u"],
    ["î", "i"],
    ["ê", "e"],
    ["e", "a"],
  ],
  "english-long": [
    ["ş", "sh"],
    ["ç", "ch"],
    ["j", "zh"],
    ["c", "j"],
    ["x", "kh"],
    ["û", "oo"],
    ["î", "ee"],
    ["ê", "e"],
  ],
  german: [
    ["ş", "sch"],
    ["ç", "tsch"],
    ["c", "dsch"],
    ["x", "ch"],
    ["û", "u"],
    ["î", "i"],
    ["ê", "e"],
    ["q", "k"],
  ],
  french: [
    ["ş", "ch"],
    ["ç", "tch"],
    ["c", "dj"],
    ["x", "kh"],
    ["û", "ou"],
    ["u", "ou"],
    ["w", "ou"],
    ["î", "i"],
    ["ê", "e"],
    ["e", "a"],
    ["q", "k"],
  ],
  turkish: [
    ["w", "v"],
    ["q", "k"],
    ["x", "h"],
    ["û", "u"],
    ["î", "i"],
    ["ê", "e"],
  ],
}

/** A name in Latin letters after one habit. */
export function spell(hawar: string, habit: Habit): string {
  if (habit === "hawar") return hawar
  let out = ""
  const rules = SPELLINGS[habit]
  const lower = hawar.toLocaleLowerCase("en")
  for (let at = 0; at < lower.length; ) {
    const rule = rules.find(([from]) => lower.startsWith(from, at))
    out += rule ? rule[1] : lower[at]!
    at += rule ? rule[0].length : 1
  }
  return out[0]!.toUpperCase() + out.slice(1)
}
