import type { Comparator } from "./comparator.ts"

const FEMALE = /^(?:f|female|w|weiblich|femme|kadın|أنثى|انثى|زن|مێ)$/iu
const MALE = /^(?:m|male|männlich|homme|erkek|ذكر|مرد|نێر)$/iu

const told = (value: string): number => (FEMALE.test(value.trim()) ? 1 : MALE.test(value.trim()) ? 2 : 0)

/** Sex as two papers state it. Words that say neither are nothing stated. */
export const sex: Comparator = {
  id: "sex",
  levels: ["not stated by both", "different", "the same"],
  reads: ["sex"],
  over: ({ code, values }) => {
    const said = values.sex.map(told)
    return (a, b) => {
      const x = said[code.sex[a]!]!
      const y = said[code.sex[b]!]!
      return x === 0 || y === 0 ? 0 : x === y ? 2 : 1
    }
  },
}
