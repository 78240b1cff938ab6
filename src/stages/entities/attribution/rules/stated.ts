import { gradeWeight } from "../../conduct/weights.ts"
import { type Rule, seen } from "../rule.ts"

/** What the best report weighs here; a report's own scale goes to 450. */
const MOST = 300
const OWN = 300

/** A graded report that gives the number to somebody. Reports of one root are one origin. */
export const report: Rule = {
  id: "report",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "a graded report gives the number to somebody",
  innocent: "a report is as good as its source, who may repeat a label or wish somebody ill",
  read: ({ reports }) =>
    reports
      .filter((r) => !r.own)
      .map((r) => ({
        weight: Math.min(MOST, gradeWeight(r.grade)),
        words: `a report graded ${r.grade ?? "not at all"} gives the number to “${r.name}”`,
        ...seen(r),
      })),
}

/** Somebody gives the number as his own in an interview. */
export const ownAccount: Rule = {
  id: "own-account",
  relation: "person-number",
  side: "for",
  class: "attributing",
  title: "somebody gives the number as his own in an interview",
  innocent: "a number may be given that is a relative's, or no longer used",
  read: ({ reports }) =>
    reports.filter((r) => r.own).map((r) => ({ weight: OWN, words: `“${r.name}” gave the number as his own in an interview`, ...seen(r) })),
}
