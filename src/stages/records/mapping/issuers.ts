import { alpha3Of } from "#vocabulary/countries"

/** Official names and shapes of lists that the plain region names miss. Folded: lower case, letters only. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "iran islamic republic of": "IRN",
  "syrian arab republic": "SYR",
  "russian federation": "RUS",
  "korea north": "PRK",
  "korea south": "KOR",
  "democratic people s republic of korea": "PRK",
  "republic of korea": "KOR",
  "democratic republic of the congo": "COD",
  "congo democratic republic of the": "COD",
  "united kingdom of great britain and northern ireland": "GBR",
  uk: "GBR",
  "great britain": "GBR",
  england: "GBR",
  usa: "USA",
  "united states of america": "USA",
  turkey: "TUR",
  turkiye: "TUR",
  burma: "MMR",
  "cote d ivoire": "CIV",
  "state of palestine": "PSE",
  palestinian: "PSE",
  "libyan arab jamahiriya": "LBY",
  "united republic of tanzania": "TZA",
  "republic of moldova": "MDA",
  "viet nam": "VNM",
  "lao people s democratic republic": "LAO",
  kurdistan: "IRQ",
  "kurdistan region": "IRQ",
  عیراق: "IRQ",
  عێراق: "IRQ",
  ئێران: "IRN",
  ایران: "IRN",
  سوریا: "SYR",
  تورکیا: "TUR",
}

const fold = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim()

/** Region names of Unicode CLDR in the languages that files come in, and the names above. */
function namesOfCountries(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  for (const language of ["en", "de", "fr", "tr", "ar", "fa"]) {
    const regions = new Intl.DisplayNames([language], { type: "region", fallback: "none" })
    for (const a of letters)
      for (const b of letters) {
        const code = alpha3Of(a + b)
        const name = code === null ? undefined : regions.of(a + b)
        if (code !== null && name !== undefined && !names.has(fold(name))) names.set(fold(name), code)
      }
  }
  for (const [name, code] of Object.entries(OTHER_NAMES)) names.set(fold(name), code)
  return names
}
const NAMES = namesOfCountries()

/** ISO 3166-1 alpha-3 of a code or a country's name; null when it is neither. "Iraq", "Irak", "العراق", "IQ" → IRQ. */
export function countryOf(text: string): string | null {
  const word = text.trim()
  if (word === "") return null
  return (/^[A-Za-z]{2,3}$/.test(word) ? alpha3Of(word) : null) ?? NAMES.get(fold(word)) ?? null
}
