/**
 * The crime script in ten stages, and the parts that are taken in it (sources §4: GI-TOC 2018, Europol cases). A part is a tag on what
 * somebody did in an event, never a label for life: the same person may hold deposits in one event and drive in another.
 */
export const SCRIPT = [
  { stage: 1, title: "Advertise and recruit", roles: ["advertises", "recruits"] },
  { stage: 2, title: "Contract and pay in", roles: ["holds-deposits", "organises"] },
  { stage: 3, title: "Documents and visas", roles: ["forges"] },
  { stage: 4, title: "Move to the hub", roles: ["organises", "transports"] },
  { stage: 5, title: "Leg by sea or land", roles: ["organises", "transports"] },
  { stage: 6, title: "Hold and shelter", roles: ["shelters", "coerces"] },
  { stage: 7, title: "Equipment", roles: ["supplies", "transports"] },
  { stage: 8, title: "Launch and cross", roles: ["organises", "transports", "recruits"] },
  { stage: 9, title: "Arrive and release", roles: ["finances", "is-paid"] },
  { stage: 10, title: "Settle and launder", roles: ["launders", "finances"] },
] as const

/** The stage where a conduct belongs whose records do not name one; null where it may be any. */
const HOME: Readonly<Record<string, number>> = {
  advertises: 1,
  "holds-deposits": 2,
  forges: 3,
  shelters: 6,
  coerces: 6,
  supplies: 7,
  "is-paid": 9,
  launders: 10,
}
export const stageOf = (conduct: string, said: number | null): number | null => said ?? HOME[conduct] ?? null

/** What somebody who does this is called in the count of a route. */
export const ROLE_TITLES: Readonly<Record<string, string>> = {
  organises: "organisers",
  finances: "those who release and pay",
  "is-paid": "those who are paid out of deposits",
  "holds-deposits": "escrow holders",
  supplies: "suppliers",
  forges: "forgers",
  transports: "drivers and carriers",
  shelters: "keepers of houses",
  recruits: "recruiters",
  advertises: "advertisers",
  launders: "launderers",
  coerces: "those who threaten or hold",
}

/** What is counted on every route: whoever is few here cannot soon be replaced (Duijn et al. 2014, sources §5). */
export const SCARCE_ROLES = ["supplies", "holds-deposits", "forges", "transports"] as const
