import { countryOf } from "../mapping/issuers.ts"

/** The one country that a remark beside a document names ("Afghanistan passport", "Iraqi", "Issued in Iraq, 2012"); null when none or several. */
export function countryIn(remark: string): string | null {
  const whole = countryOf(remark)
  if (whole !== null) return whole
  const words = remark.split(/[^\p{L}']+/u).filter(Boolean)
  const found = new Set<string>()
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= Math.min(words.length, from + 4); to++) {
      const phrase = words.slice(from, to).join(" ")
      const country = phrase.length > 3 ? countryOf(phrase) : null
      if (country !== null) found.add(country)
    }
  return found.size === 1 ? [...found][0]! : null
}
