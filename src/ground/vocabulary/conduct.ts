/**
 * Conduct: acts of facilitation in which a person is said to have taken part, each a graded assertion about one event. The only
 * ground on which a person is ranked. Stages are those of the crime script of a small-boat or lorry journey.
 */

export const STAGES = [
  { stage: 1, title: "Advertise and recruit" },
  { stage: 2, title: "Contract and pay in" },
  { stage: 3, title: "Documents and visas" },
  { stage: 4, title: "Move to the hub" },
  { stage: 5, title: "Leg by sea or land" },
  { stage: 6, title: "Hold and shelter" },
  { stage: 7, title: "Equipment" },
  { stage: 8, title: "Launch and cross" },
  { stage: 9, title: "Arrive and release" },
  { stage: 10, title: "Settle and launder" },
] as const

export type Stage = (typeof STAGES)[number]["stage"]

interface ConductShape {
  title: string
  /** Stages in which the act belongs; empty: any, the assertion says which. */
  stages: readonly Stage[]
  /** Whether it can be a reason for rank. */
  facilitation: boolean
}

export const CONDUCTS = {
  organises: { title: "organises journeys", stages: [], facilitation: true },
  recruits: { title: "recruits passengers", stages: [1], facilitation: true },
  advertises: { title: "advertises crossings", stages: [1], facilitation: true },
  "holds-deposits": { title: "holds deposits for journeys", stages: [2, 9], facilitation: true },
  finances: { title: "finances journeys", stages: [2, 7], facilitation: true },
  forges: { title: "forges or procures documents", stages: [3], facilitation: true },
  transports: { title: "transports people or equipment by land", stages: [4, 5, 7], facilitation: true },
  charters: { title: "procures vessels or lorries for a leg", stages: [5], facilitation: true },
  shelters: { title: "keeps safe houses or camps for the network", stages: [6], facilitation: true },
  supplies: { title: "supplies boats, engines or equipment", stages: [7], facilitation: true },
  launches: { title: "directs launches", stages: [8], facilitation: true },
  launders: { title: "settles and launders proceeds", stages: [10], facilitation: true },
  // Often a passenger with a reduced fare, or one who was forced: an act in an event, never a standing, never a reason for rank.
  steers: { title: "steered a boat", stages: [8], facilitation: false },
} as const satisfies Record<string, ConductShape>

export type Conduct = keyof typeof CONDUCTS
export const CONDUCT_IDS = Object.keys(CONDUCTS) as Conduct[]

/** Other words for an act in reports and tables. */
const WORDS: Readonly<Record<string, Conduct>> = {
  drives: "transports",
  arranges: "organises",
  "holds deposits": "holds-deposits",
  escrow: "holds-deposits",
  accommodates: "shelters",
  pilots: "steers",
}

/** The act that a word of a report names, or null. */
export function conductOf(word: string): Conduct | null {
  const key = word.trim().toLowerCase()
  if (Object.hasOwn(CONDUCTS, key)) return key as Conduct
  return Object.hasOwn(WORDS, key) ? WORDS[key]! : null
}

/** Whether an act can be a reason for rank. Steering a boat cannot. */
export function countsForRank(conduct: Conduct): boolean {
  return CONDUCTS[conduct].facilitation
}
