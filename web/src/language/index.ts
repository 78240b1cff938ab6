import i18next from "i18next"
import { initReactI18next } from "react-i18next"
import { ckb } from "./ckb.ts"
import { en } from "./en.ts"
import { whole } from "./numbers.ts"

export type Language = "en" | "ckb"
export const LANGUAGES: readonly { id: Language; name: string; dir: "ltr" | "rtl" }[] = [
  { id: "en", name: "English", dir: "ltr" },
  { id: "ckb", name: "کوردیی ناوەندی", dir: "rtl" },
]

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

const KEPT = "linchpin.language"
const known = (id: string | null): id is Language => LANGUAGES.some((l) => l.id === id)
const kept = localStorage.getItem(KEPT)

/** Counts are written in the language's own digits. */
const counted = <T>(texts: T): T => JSON.parse(JSON.stringify(texts).replaceAll("{{count}}", "{{count, whole}}")) as T

await i18next.use(initReactI18next).init({
  lng: known(kept) ? kept : "en",
  fallbackLng: false,
  resources: { en: { translation: counted(en) }, ckb: { translation: counted(ckb) } },
  interpolation: { escapeValue: false },
  returnNull: false,
})

i18next.services.formatter?.add("whole", (n: number) => whole(n))

export const dirOf = (language: Language): "ltr" | "rtl" => LANGUAGES.find((l) => l.id === language)!.dir
export const languageNow = (): Language => (known(i18next.language) ? i18next.language : "en")

/** The document says its language and direction, so that browser, screen reader and font follow. */
function mark(): void {
  document.documentElement.lang = languageNow()
  document.documentElement.dir = dirOf(languageNow())
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language)
  await i18next.changeLanguage(language)
  mark()
}

mark()
