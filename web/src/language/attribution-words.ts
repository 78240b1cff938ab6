import i18next from "i18next"
import { en } from "./en.ts"

/** The word of the attribution table for an id that the node gave; the id itself where there is none. */
function word(group: "relations" | "grades" | "rules", id: string): string {
  return Object.hasOwn(en.attribution[group], id) ? i18next.t(`attribution.${group}.${id}` as "attribution.grades.none") : id
}

export const relationWord = (id: string): string => word("relations", id)
export const gradeWord = (id: string): string => word("grades", id)
export const ruleWord = (id: string): string => word("rules", id)
/** The rule by which a spoken name is somebody's or not. */
export const spokenWord = (id: string): string =>
  Object.hasOwn(en.attribution.spoken.rules, id) ? i18next.t(`attribution.spoken.rules.${id}` as "attribution.spoken.rules.saved") : id
