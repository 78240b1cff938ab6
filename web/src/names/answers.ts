import type { names } from "../language/en-names.ts"

export interface NameRead {
  script: keyof typeof names.scripts
  language: keyof typeof names.languages
  folded: string
  words: string[]
  key: string
}

export interface NamesCompared {
  score: number
  match: boolean
  level: string
  weight: number | null
  reasons: { code: keyof typeof names.codes; left: string; right: string; words: string }[]
  names: [NameRead, NameRead]
}

export type Bearer = keyof typeof names.bearers

export interface NameValues {
  "names.compare": [{ left: string; right: string; bearer?: Bearer }, NamesCompared]
}
