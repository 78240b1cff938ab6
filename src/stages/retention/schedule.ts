/**
 * When what is held must be looked at again. DPA 2018 s.39(2): appropriate time limits must be set for the periodic review of the
 * need to keep personal data for a law-enforcement purpose. Police information: Police Information and Records Management Code
 * (20 July 2023), which replaced the MoPI Code of 2005; the groups are those of its practice guidance. Where no source gives a
 * period, the line says that the period is this programme's own.
 */
export interface Period {
  years?: number
  months?: number
  days?: number
}

export interface Line {
  id: string
  title: string
  /** From when the line is in force, ISO date. */
  from: string
  /** Until the first review, and at most from one review to the next. */
  period: Period
  /** Why so long, with where it is written. */
  source: string
  /** `law`: the source gives the period. `own`: the source asks for review, the period is this programme's. */
  basis: "law" | "own"
}

/** Dated: a line in force when a thing was taken in counts for it. A changed period is a new line of the same id. */
export const SCHEDULE = [
  {
    id: "arrival-device",
    title: "Device seized from a person on arrival (BSAIA 2025 s.23)",
    from: "2025-12-02",
    period: { days: 28 },
    source:
      "BSAIA 2025 s.26: only information that relates or may relate to ss.25/25A offences may be kept; no period is given. [2022] EWHC 695 and 2729 (Admin): phones kept up to a year were kept unlawfully.",
    basis: "own",
  },
  {
    id: "watch-list",
    title: "Copy of a published list (sanctions, wanted persons)",
    from: "2018-05-25",
    period: { days: 30 },
    source: "DPA 2018 s.39: a copy that the publisher has replaced is not needed; no period is given.",
    basis: "own",
  },
  {
    id: "partner",
    title: "Material of another originator",
    from: "2018-05-25",
    period: { years: 1 },
    source:
      "DPA 2018 s.80: restrictions of the sending authority are carried over; time limits differ from state to state. A shorter one that the originator set is entered as a review.",
    basis: "own",
  },
  {
    id: "group-1",
    title: "Group 1: certain public protection matters",
    from: "2023-07-20",
    period: { years: 10 },
    source: "PIRM Code 2023, practice guidance on review: kept until the person is 100 years old, reviewed every 10 years.",
    basis: "law",
  },
  {
    id: "group-2",
    title: "Group 2: other sexual, violent and serious offences",
    from: "2023-07-20",
    period: { years: 10 },
    source: "PIRM Code 2023, practice guidance on review: a clear period of 10 years.",
    basis: "law",
  },
  {
    id: "group-3",
    title: "Group 3: all other offences",
    from: "2023-07-20",
    period: { years: 6 },
    source: "PIRM Code 2023, practice guidance on review: a clear period of 6 years.",
    basis: "law",
  },
  {
    id: "group-4",
    title: "Group 4: miscellaneous",
    from: "2023-07-20",
    period: { years: 6 },
    source: "PIRM Code 2023, practice guidance on review, names no one period for group 4; that of group 3 is taken.",
    basis: "own",
  },
] as const satisfies readonly Line[]

export type GroupId = (typeof SCHEDULE)[number]["id"]
export const GROUP_IDS = SCHEDULE.map((l) => l.id) as [GroupId, ...GroupId[]]
/** What a reviewer may put an item into; the others follow from how it was taken in. */
export const MOPI_GROUPS = ["group-1", "group-2", "group-3", "group-4"] as const satisfies readonly GroupId[]

/** What the group of an item follows from. */
export interface Taken {
  onArrival: boolean
  originator: string
  formats: readonly string[]
}

const LISTS = new Set(["un-xml", "ofac-csv"])

/** The group of a thing that nobody has put into another: how it was taken decides, and of police information the shorter period. */
export function groupOf(taken: Taken): GroupId {
  if (taken.onArrival) return "arrival-device"
  if (taken.formats.length > 0 && taken.formats.every((f) => LISTS.has(f))) return "watch-list"
  return taken.originator === "this node" ? "group-3" : "partner"
}

/** The line of a group that was in force at a time; the oldest one for what is older still. */
export function lineOf(group: GroupId, at: Date): Line {
  const lines: readonly Line[] = SCHEDULE.filter((l) => l.id === group)
  const day = at.toISOString().slice(0, 10)
  return lines.findLast((l) => l.from <= day) ?? lines[0]!
}

/** Calendar arithmetic in UTC; 29 February and the like fall on the last day of the month. */
export function after(at: Date, { years = 0, months = 0, days = 0 }: Period): Date {
  const month = at.getUTCMonth() + months
  const last = new Date(Date.UTC(at.getUTCFullYear() + years, month + 1, 0)).getUTCDate()
  const day = Date.UTC(at.getUTCFullYear() + years, month, Math.min(at.getUTCDate(), last))
  return new Date(day + (at.getTime() % 86_400_000) + days * 86_400_000)
}
