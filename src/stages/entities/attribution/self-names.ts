/** How somebody says who he is, in the languages of the case files. A name is what follows (or stands between) these words. */
interface Saying {
  /** One group: the name. */
  pattern: RegExp
  /** The words say nothing else but a name; others ("I am …") also say what somebody is. */
  firm: boolean
}

const LATIN = "(\\p{Lu}[\\p{L}'’-]{1,20}(?:\\s\\p{Lu}[\\p{L}'’-]{1,20}){0,2})"
const ARABIC = "([\\u0620-\\u06d3\\u06d5]{2,16}(?:\\s[\\u0620-\\u06d3\\u06d5]{3,16})?)"
const latin = (words: string, after = "", firm = true): Saying => ({
  pattern: new RegExp(`(?<![\\p{L}])(?:${words})\\s+${LATIN}${after}`, "gu"),
  firm,
})
const arabic = (words: string, after = "", firm = true): Saying => ({
  pattern: new RegExp(`(?<![\\p{L}])(?:${words})\\s+${ARABIC}${after}(?![\\p{L}])`, "gu"),
  firm,
})

const SAYINGS: readonly Saying[] = [
  latin("[Mm]y name is|[Mm]y name’s|[Mm]y name's|[Ii] am called|[Ss]peaking is"),
  latin("[Tt]his is", "(?=\\s+(?:speaking|here)\\b)"),
  latin("[Tt]his is|[Ii]t is me,?|[Ii]t's me,?|[Ii] am|I'm|I’m", "", false),
  latin("[Ii]ch heiße|[Mm]ein Name ist"),
  latin("[Ii]ch bin|[Hh]ier ist|[Hh]ier spricht", "", false),
  latin("[Jj]e m['’]appelle|[Mm]on nom est"),
  latin("[Jj]e suis|[Cc]['’]est", "", false),
  latin("[Bb]enim adım|[Aa]dım|[İi]smim"),
  latin("[Bb]en", "", false),
  latin("[Nn]avê min", "\\s+e\\b"),
  latin("[Ee]z", "\\s+im\\b", false),
  latin("[Nn]awm|[Nn]awim|[Nn]awi min"),
  latin("[Mm]in", "m\\b", false),
  arabic("ناوم|ناوی من"),
  arabic("من", "م", false),
  arabic("اسمي|إسمي|اسمی"),
  arabic("معك|معاك|أنا|انا", "", false),
  arabic("اسم من|نام من|اسمم"),
  arabic("منم|من", "\\s+هستم", false),
  arabic("زما نوم"),
]

/** Words that stand where a name would and are none. */
const NO_NAME = /^(?:OK|Not|No|Yes|In|At|On|Here|The|A|Kurdish|Iraqi|Iranian|Afghan|Syrian|Turkish|Albanian|Muslim|Christian)\b/u

/** Names by which the writer of a text calls himself; `firm` where the words leave no other reading. Pure. */
export function selfNamesIn(text: string): { name: string; firm: boolean }[] {
  const out = new Map<string, boolean>()
  for (const { pattern, firm } of SAYINGS)
    for (const found of text.matchAll(pattern)) {
      const name = found[1]!
      if (NO_NAME.test(name)) continue
      out.set(name, firm || (out.get(name) ?? false))
    }
  return [...out].map(([name, firm]) => ({ name, firm }))
}
