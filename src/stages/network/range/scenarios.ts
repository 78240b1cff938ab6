import { say } from "#vocabulary/sentences"

/**
 * What may be wrong with the picture, as ways to draw it again. The unit of drawing is the seizure event (a landing, a raid, a book):
 * every draw of every scenario first loses events, because all that one event holds comes and goes together.
 */
export interface Scenario {
  id: string
  title: string
  says: string
  /** Share of the people of whom nothing would be held. */
  people?: number
  /** Hiding rises with rank: nobody at the end of the list, twice the share at its head. */
  rising?: boolean
  /** Share of the ties that nobody recorded. */
  ties?: number
  /** Rows told of somebody else: a number lent, a nickname shared, a wrong holder. */
  wrong?: number
  /** Events count as often as chance would have seized their like again, some not at all. */
  reweigh?: boolean
  /** Joins that are not firm are undone, each with the chance of its grade. */
  merges?: boolean
}

const hidden = (share: number) => `${Math.round(share * 100)} %`

export const SCENARIOS: readonly Scenario[] = [
  ...[0.1, 0.2, 0.3].map((people) => ({
    id: `people-${Math.round(people * 100)}`,
    title: `${hidden(people)} of the people unseen`,
    says: say("scenario.people", { share: Math.round(people * 100) }),
    people,
  })),
  {
    id: "people-rising",
    title: "the higher, the less seen",
    says: say("scenario.people-rising"),
    people: 0.2,
    rising: true,
  },
  ...[0.1, 0.2, 0.3].map((ties) => ({
    id: `ties-${Math.round(ties * 100)}`,
    title: `${hidden(ties)} of the ties unseen`,
    says: say("scenario.ties", { share: Math.round(ties * 100) }),
    ties,
  })),
  {
    id: "whose-phones",
    title: "other phones and books seized",
    says: say("scenario.whose-phones"),
    reweigh: true,
  },
  {
    id: "attribution",
    title: "one row in ten is somebody else's",
    says: say("scenario.attribution"),
    wrong: 0.1,
  },
  {
    id: "merges",
    title: "doubtful joins are wrong",
    says: say("scenario.merges"),
    merges: true,
  },
]
