export interface Town {
  latin: string
  native: string
  lat: number
  lon: number
  country: string
}

const town = (latin: string, native: string, lat: number, lon: number, country: string): Town => ({ latin, native, lat, lon, country })

/** Real towns, for a map that makes sense; what happens in them here is invented. */
export const HOME_TOWNS: readonly Town[] = [
  town("Ranya", "ڕانیە", 36.255, 44.883, "IQ"),
  town("Sulaymaniyah", "سلێمانی", 35.557, 45.435, "IQ"),
  town("Erbil", "هەولێر", 36.191, 44.009, "IQ"),
  town("Duhok", "دهۆک", 36.867, 42.988, "IQ"),
  town("Qaladze", "قەڵادزێ", 36.183, 45.117, "IQ"),
  town("Koya", "کۆیە", 36.083, 44.628, "IQ"),
  town("Kirkuk", "کەرکووک", 35.468, 44.392, "IQ"),
  town("Baghdad", "بغداد", 33.315, 44.366, "IQ"),
  town("Halabja", "هەڵەبجە", 35.178, 45.986, "IQ"),
]

/** The one town that holds five of the nine exchanges. */
export const EXCHANGE_TOWN = HOME_TOWNS[0]!

export const TRANSIT_TOWNS: readonly Town[] = [
  town("Istanbul", "ئیستەنبوڵ", 41.008, 28.978, "TR"),
  town("Izmir", "ئیزمیر", 38.423, 27.143, "TR"),
  town("Bodrum", "بۆدروم", 37.034, 27.43, "TR"),
  town("Edirne", "ئەدیرنە", 41.677, 26.555, "TR"),
  town("Sofia", "سۆفیا", 42.697, 23.321, "BG"),
  town("Milano", "میلان", 45.464, 9.19, "IT"),
  town("Lecce", "لێچێ", 40.352, 18.174, "IT"),
  town("Paris", "پاریس", 48.857, 2.352, "FR"),
  town("Bruxelles", "برۆکسل", 50.85, 4.352, "BE"),
  town("Osnabrück", "ئۆسنابروک", 52.279, 8.047, "DE"),
]

export const CAMPS: readonly Town[] = [
  town("Loon-Plage", "لۆن پلاج", 50.987, 2.217, "FR"),
  town("Grande-Synthe", "گراند سانت", 51.013, 2.304, "FR"),
  town("Calais", "کالێ", 50.951, 1.858, "FR"),
  town("Mardyck", "ماردیک", 51.019, 2.252, "FR"),
]

export const BEACHES: readonly Town[] = [
  town("Gravelines", "گراڤلین", 51.006, 2.115, "FR"),
  town("Oye-Plage", "ئۆی پلاج", 50.998, 2.052, "FR"),
  town("Wimereux", "ویمرۆ", 50.77, 1.61, "FR"),
  town("Équihen", "ئێکیهێن", 50.68, 1.57, "FR"),
  town("Sangatte", "سانگات", 50.945, 1.752, "FR"),
  town("De Panne", "دێ پان", 51.101, 2.588, "BE"),
]

export const LANDINGS: readonly Town[] = [
  town("Dover", "دۆڤەر", 51.123, 1.317, "GB"),
  town("Dungeness", "دەنجنێس", 50.917, 0.965, "GB"),
  town("Ramsgate", "ڕامسگەیت", 51.334, 1.42, "GB"),
]

export const UK_TOWNS: readonly Town[] = [
  town("London", "لەندەن", 51.507, -0.128, "GB"),
  town("Birmingham", "بێرمینگهام", 52.486, -1.89, "GB"),
  town("Manchester", "مانچێستەر", 53.481, -2.243, "GB"),
  town("Derby", "دێربی", 52.922, -1.476, "GB"),
]

export const BORDER: Town = town("Kapitan Andreevo", "کاپیتان ئەندریەڤۆ", 41.718, 26.322, "BG")
export const STORE: Town = TRANSIT_TOWNS[9]!
