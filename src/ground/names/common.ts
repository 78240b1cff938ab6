/** Names so common that to share one says little, and forms of one name that no rule of sounds brings together. */
import { skeletonOf, soundOf } from "./sounds.ts"

/** Groups of one name's forms, by sound. The short and pet forms of the region stand for the full one now and then, not always. */
const GROUPS: readonly (readonly string[])[] = [
  [
    "mohammed muhammad mohamed mohamad muhammed mohammad mehmed mehmet mihemed mamed muhamet mohamud محمد موحەممەد محەمەد مەحەمەد",
    "hama heme hamo hame md mhd حەمە حمە",
  ],
  ["ahmed ahmad ehmed achmed ahmet akhmed احمد ئەحمەد", "ahma hamo ehme ئەحە"],
  ["abdullah abdulla evdila abdallah abdoullah عبدالله عەبدوڵڵا عەبدوڵا", "abdo abdi evdo abo abe عەبە عەبدۆ"],
  ["omar umar omer عمر عومەر", "omo umo"],
  ["othman osman usman uthman ottman عثمان عوسمان", "osko wesman"],
  ["hussein husain hossein hussain huseyin hisen حسین حوسێن", "hisso husso حسۆ حسە"],
  ["hassan hasan hesen حسن حەسەن", "hesso hasso حەسە"],
  ["ibrahim ebrahim abraham brahim ibrahem ابراهیم ئیبراهیم", "bro ibo برایم"],
  ["mustafa mostafa mistefa moustapha mustapha مصطفی مستەفا", "misto musto مستە"],
  ["ali aly elî علی عەلی", "alo elo"],
  ["rasul rasoul resul resoul رسول ڕەسوڵ", "rasa resho ڕەشە"],
  ["ramadan ramazan ramadhan remezan رمضان ڕەمەزان", ""],
  ["jumaa juma cuma jomaa jumah djouma جمعە جمعه جومعە", ""],
  ["khadija xecice khadijah hatice khadije خدیجە خەدیجە", "khaja xecê خەجە"],
  ["aisha aysha ayşe ayisha aicha عائشە عایشە عائیشە", "aysho"],
  ["fatima fatimah fatma fatimah fateme fatme فاطمە فاتمە", "fata fato فاتە"],
  ["yusuf yousif yousef youssef joseph yusif یوسف یوسف", ""],
  ["yaqub yakoub jakob jacob yaaqoub یعقوب یەعقوب", ""],
  ["ismail ismael ismaeel smail اسماعیل ئیسماعیل", "simko smko"],
  ["mahmoud mahmud mehmud محمود مەحموود", ""],
  // Names that differ by one sound and are never the same: in the table so that likeness does not join them.
  ["kamal kemal kamel کمال کەمال", ""],
  ["jamal cemal djamel jamaal جمال جەمال", ""],
  ["jalal celal djalal جلال جەلال", ""],
  ["karim kareem kerim kerîm کریم کەریم", ""],
  ["rahim raheem rehim رحیم ڕەحیم", ""],
  ["salim selim saleem سلیم سەلیم", ""],
  ["halim haleem حلیم حەلیم", ""],
  ["salam selam سلام سەلام", ""],
  ["hamid hameed hemid حمید حەمید", ""],
  ["majid majeed mejid mecid مجید مەجید", ""],
  ["rashid rasheed reşid رشید ڕەشید", ""],
  ["khalid khaled xalid halit خالد خالید", ""],
  ["walid waleed welid ولید وەلید", ""],
  ["samir sameer semir سمیر سەمیر", ""],
  ["amir ameer emir امیر ئەمیر", ""],
]

const COMMON =
  "mohammed mohamed ahmed ali hassan hussein omar othman mustafa ibrahim abdullah khalid karim rahim hamid mahmoud salih saleh rasul yusuf ismail jamal kamal fatima aisha zahra maryam amina john david michael maria anna thomas peter james robert nguyen"

const WORD_GROUP = new Map<string, { group: number; short: boolean }>()
GROUPS.forEach((forms, group) => {
  forms.forEach((list, short) => {
    for (const form of list.split(" ").filter(Boolean)) {
      const sound = soundOf(form)
      if (!WORD_GROUP.has(sound)) WORD_GROUP.set(sound, { group, short: short === 1 })
    }
  })
})

const COMMON_BONES = new Set(COMMON.split(" ").map((word) => skeletonOf(soundOf(word))))

/**
 * How two sounds stand to each other in the table: forms of one name, one of them a short form, two names that are known to be
 * different however alike (Hassan and Hussein), or null when the table does not have both.
 */
export function relation(a: string, b: string): "form" | "short form" | "different" | null {
  const left = WORD_GROUP.get(a)
  const right = WORD_GROUP.get(b)
  if (!left || !right) return null
  if (left.group !== right.group) return "different"
  return left.short || right.short ? "short form" : "form"
}

/** Weight of sharing a word, 0..1. Fixed table: the weight of a pair must not depend on who else is held. */
export function weightOf(sound: string): number {
  const group = WORD_GROUP.get(sound)
  if (group || COMMON_BONES.has(skeletonOf(sound))) return 0.6
  return 1
}
