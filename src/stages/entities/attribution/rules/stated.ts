import { say } from "#vocabulary/sentences"
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
  innocent: say("use.innocent.reported"),
  read: ({ reports }) =>
    reports
      .filter((r) => !r.own)
      .map((r) => ({
        weight: Math.min(MOST, gradeWeight(r.grade)),
        words: r.grade === null ? say("use.reported-ungraded", { name: r.name }) : say("use.reported", { grade: r.grade, name: r.name }),
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
  innocent: say("use.innocent.interview"),
  read: ({ reports }) =>
    reports.filter((r) => r.own).map((r) => ({ weight: OWN, words: say("use.interview", { name: r.name }), ...seen(r) })),
}
