/**
 * Invented people and what registers write of them: names in three scripts (Latin in the habits of several countries, Arabic, Sorani), default
 * birth dates, households, moves, changed telephones, slips of the pen. With the truth of which rows are of one person. The same seed gives
 * the same file.
 */
import { createWriteStream } from "node:fs"
import { rng } from "#kernels"

/** Given names: Latin spellings, Arabic, Sorani. */
const GIVEN: readonly (readonly [string, string, string])[] =
  `Mohammed Muhammad Mohamed Mehmed|محمد|محەمەد;Ahmed Ahmad Ehmed Achmed|احمد|ئەحمەد;Ali Aly|علي|عەلی;Hassan Hasan Hesen|حسن|حەسەن;Hussein Husain Hossein Hisen|حسين|حوسێن;Omar Umar Omer|عمر|عومەر;Karim Kareem Kerim|كريم|کەریم;Rahim Raheem Rehim|رحيم|ڕەحیم;Khalid Khaled Xalid|خالد|خالید;Mustafa Mostafa Mistefa|مصطفى|مستەفا;Ibrahim Ebrahim Brahim|ابراهيم|ئیبراهیم;Yusuf Yousif Yousef|يوسف|یوسف;Salim Saleem Selim|سليم|سەلیم;Jamal Cemal Djamal|جمال|جەمال;Kamal Kemal|كمال|کەمال;Bakhtiar Bextiyar Bakhtyar|بختيار|بەختیار;Karwan Kerwan|كاروان|کاروان;Rebin Rebeen|ريبين|ڕێبین;Azad Asad|ازاد|ئازاد;Dara Darah|دارا|دارا;Zana Zanah|زانا|زانا;Hiwa Heewa Hiva|هيوا|هیوا;Shwan Shvan Schwan|شوان|شوان;Soran Sooran|سوران|سۆران;Aram Arham|ارام|ئارام;Rawa Rawah|راوا|ڕاوا;Sherko Shirko Scherko|شيركو|شێرکۆ;Nawzad Newzad Nauzad|نوزاد|نەوزاد;Barzan Berzan|بارزان|بارزان;Hemin Hemn Haymin|هيمن|هێمن;Goran Gooran|كوران|گۆران;Twana Tiwana|توانا|توانا;Rizgar Rizgaar|رزكار|ڕزگار;Shirin Shireen Schirin|شيرين|شیرین;Nasrin Nasreen Nesrin|نسرين|نەسرین;Fatima Fatma Fatimah|فاطمة|فاتیمە;Aisha Aysha Aycha|عائشة|عایشە;Zahra Zehra Sahra|زهراء|زەهرا;Maryam Meryem Mariam|مريم|مەریەم;Layla Leyla Leila|ليلى|لەیلا;Nergiz Nargiz Nargis|نرجس|نێرگز;Runak Ronak Roonak|روناك|ڕووناک;Chnar Cinar Tschnar|جنار|چنار;Tara Tarah|تارا|تارا;Avin Aveen Evin|افين|ئەڤین;Berivan Bêrîvan Beriwan|بريفان|بێریڤان;Jwan Jiwan Juan|جوان|جوان;Saman Samaan|سامان|سامان;Peshraw Peshrew|بيشرو|پێشڕەو;Dilshad Dilsad Delshad|دلشاد|دڵشاد;Farhad Ferhad|فرهاد|فەرهاد;Sardar Serdar|سردار|سەردار;Sarkawt Serkewt|سركوت|سەرکەوت;Taha Tahha|طه|تەها;Walid Waleed Welid|وليد|وەلید;Samir Sameer Semir|سمير|سەمیر;Rashid Rasheed Reshid|رشيد|ڕەشید;Majid Majeed Mecid|مجيد|مەجید;Hamid Hameed Hemid|حميد|حەمید;Nabil Nabeel Nebil|نبيل|نەبیل`
    .split(";")
    .map((line) => line.split("|") as [string, string, string])

/** Syllables of invented family names: Latin spellings, Arabic, Sorani. */
const SYLLABLES: readonly (readonly [string, string, string])[] =
  "bar|بار|بار;zan|زان|زان;mir|مير|میر;dosh|دوش|دۆش;kal|كال|کال;tar|تار|تار;ghar|غار|غار;shaq|شاق|شاق;lan|لان|لان;rish|ريش|ڕیش;gol|كول|گۆڵ;han|هان|هان;sur|سور|سوور;qan|قان|قان;wez|ويز|وێز;bush|بوش|بوش;dil|ديل|دیل;nam|نام|نام;fir|فير|فیر;jak|جاك|جاک;mous|موس|موس;teb|تيب|تێب;halo|هالو|هالۆ;pir|بير|پیر;zor|زور|زۆر;khash|خاش|خاش;ran|ران|ڕان;mand|ماند|ماند;sal|سال|سال;van|فان|ڤان;yad|ياد|یاد;chem|جيم|چەم"
    .split(";")
    .map((line) => line.split("|") as [string, string, string])
const ENDINGS: readonly (readonly [string, string, string])[] = [
  ["i", "ي", "ی"],
  ["yi", "يي", "یی"],
  ["awi", "اوي", "اوی"],
  ["", "", ""],
  ["zada", "زادة", "زادە"],
]
const TOWNS =
  "Erbil Sulaymaniyah Duhok Kirkuk Ranya Koya Halabja Zakho Shaqlawa Soran Qaladze Chamchamal Kalar Mosul Baghdad London Birmingham Manchester Leeds Derby Nottingham Glasgow Cardiff Hull Sheffield Liverpool Köln Essen Dortmund Hannover Bremen Kassel Lille Calais Dunkerque Paris Gent Brussel Antwerpen Rotterdam Malmö Göteborg Athens Patras Istanbul Van Diyarbakır Izmir Bari Ventimiglia".split(
    " ",
  )
const STREETS =
  "Alder Birch Cedar Dock Elm Forge Garden Harbour Iron Jubilee King Lime Mill North Orchard Park Queen River Station Tower Union Victoria Well York Abbey Bridge Castle Dean East Field".split(
    " ",
  )
const KINDS = ["Street", "Road", "Lane", "Avenue"]

export interface PeopleOptions {
  rows: number
  seed: number
  /** Share of rows in Arabic or Sorani letters. */
  scripts: number
}

export const HEADER = "id,person,given_name,surname,date_of_birth,street_number,address_1,city,postcode,phone,email,document"

/** Writes the rows to a file; about 1.7 rows a person, in no order. */
export async function writePeople(file: string, { rows, seed, scripts }: PeopleOptions): Promise<void> {
  const random = rng(seed)
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!
  /** The first of a list are the frequent ones. */
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(list.length * random.next() ** 1.6)]!
  const chance = (p: number) => random.next() < p
  const digits = (n: number) => Array.from({ length: n }, () => random.int(10)).join("")
  const slip = (text: string): string => {
    if (text.length < 3) return text
    const at = 1 + random.int(text.length - 1)
    const kind = random.int(4)
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + text[at - 1] + text.slice(at)
    if (kind === 2 && at + 1 < text.length) return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
    return text.slice(0, at) + "abdefghiklmnorstuw"[random.int(18)]! + text.slice(at + 1)
  }
  const family = () => {
    const parts = [skewed(SYLLABLES), skewed(SYLLABLES), ...(chance(0.5) ? [skewed(SYLLABLES)] : []), pick(ENDINGS)]
    return [0, 1, 2].map((s) => parts.map((p) => p[s]!).join("")) as [string, string, string]
  }
  const address = () => ({
    house: String(1 + random.int(180)),
    street: `${pick(STREETS)}${chance(0.5) ? ` ${pick(STREETS)}` : ""} ${pick(KINDS)}`,
    town: skewed(TOWNS),
    postcode: digits(5),
  })
  const born = () => {
    const year = 1950 + random.int(56)
    if (chance(0.18)) return `${year}-${chance(0.5) ? "07" : "01"}-01`
    return `${year}-${String(1 + random.int(12)).padStart(2, "0")}-${String(1 + random.int(28)).padStart(2, "0")}`
  }
  const out = createWriteStream(file)
  const write = async (text: string) => {
    if (!out.write(text)) await new Promise((done) => out.once("drain", () => done(undefined)))
  }
  await write(`${HEADER}\n`)
  // Rows of one person stand apart from each other, as in life: they wait in a pool and leave it by lot.
  const pool: string[] = []
  let made = 0
  let person = 0
  let household = { name: family(), home: address(), left: 0, given: new Set<(typeof GIVEN)[number]>() }
  while (made < rows) {
    if (household.left-- <= 0) household = { name: family(), home: address(), left: chance(0.15) ? 1 + random.int(3) : 0, given: new Set() }
    let given = skewed(GIVEN)
    while (household.given.has(given)) given = skewed(GIVEN)
    household.given.add(given)
    const spellings = given[0].split(" ")
    const birth = born()
    let home = household.home
    let phone = `+999${digits(9)}`
    const document = digits(9)
    const mail = `${spellings[0]!.toLowerCase()}.${household.name[0].slice(0, 5)}${digits(2)}@${pick(["example.org", "example.com", "example.net"])}`
    const many = chance(0.6) ? 1 : chance(0.6) ? 2 : chance(0.6) ? 3 : 4
    for (let n = 0; n < many && made < rows; n++) {
      if (n > 0 && chance(0.2)) home = address()
      if (n > 0 && chance(0.2)) phone = `+999${digits(9)}`
      const script = chance(scripts) ? 1 + random.int(2) : 0
      let first = script === 0 ? pick(spellings) : given[script]!
      let last = household.name[script]!
      if (script === 0 && chance(0.06)) first = slip(first)
      if (script === 0 && chance(0.06)) last = slip(last)
      if (chance(0.02)) [first, last] = [last, first]
      let day = birth
      if (chance(0.04)) day = slip(birth.replaceAll("-", "")).replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3")
      else if (chance(0.03)) day = birth.replace(/-(\d\d)-(\d\d)$/, "-$2-$1")
      const or = (p: number, value: string) => (chance(p) ? "" : value)
      pool.push(
        [
          made,
          person,
          or(0.02, first),
          or(0.05, last),
          or(0.05, day),
          or(0.2, home.house),
          or(0.2, chance(0.05) ? slip(home.street) : home.street),
          or(0.1, home.town),
          or(0.25, chance(0.04) ? slip(home.postcode) : home.postcode),
          or(0.4, phone),
          or(0.7, mail),
          or(0.5, chance(0.03) ? slip(document) : document),
        ].join(","),
      )
      made++
    }
    person++
    while (pool.length > 5000 || (made >= rows && pool.length > 0)) {
      const at = random.int(pool.length)
      await write(`${pool[at]!}\n`)
      pool[at] = pool.at(-1)!
      pool.pop()
    }
  }
  await new Promise<void>((done) => out.end(() => done()))
}
