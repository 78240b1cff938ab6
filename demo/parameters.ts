import { rngOf } from "./rng.ts"

export type Scale = "S" | "M" | "L"

/**
 * The parameters of the invented operation, fixed before any ranking is tuned. Shares are estimates by practitioners unless
 * `measured` (from UK small-boat arrivals by day, 2018-2026, Home Office data, OGL). A list differs by scale S, M, L.
 * Each seed draws each value within ±30 % (`drawParameters`).
 */
const TABLE = {
  facilitators: { value: [96, 290, 900], whole: true },
  rivalTies: { value: 3, whole: true },
  withinStageFactor: { value: 7 },
  organiserShare: { value: 11 / 96 },
  launches: { value: [40, 120, 375], whole: true },
  launchSuccess: { value: 22 / 40, share: true },
  attemptsMean: { value: 2.4 },
  boatMedian: { value: 60 },
  boatSpread: { value: 11 },
  under18: { value: 0.16, share: true },
  ageDisputed: { value: 0.04, share: true },
  women: { value: 0.14, share: true },
  activeAfterActive: { value: 0.63, share: true, measured: true },
  idleAfterIdle: { value: 0.75, share: true, measured: true },
  longestLullDays: { value: 28, whole: true, measured: true },
  saturdayShare: { value: 0.21, share: true, measured: true },
  nationalBoatsMean: { value: 5.2, measured: true },
  nationalBoatsDispersion: { value: 3.6, measured: true },
  phones: { value: [25, 300, 1500], whole: true },
  arrivalPhoneShare: { value: 17 / 25, share: true },
  landingsWithPhones: { value: [8, 60, 190], whole: true },
  wipedShare: { value: 0.3, share: true },
  contactsPerPhone: { value: [150, 260, 330] },
  messagesPerPhone: { value: [420, 2300, 4900] },
  callsPerPhone: { value: [90, 540, 1000] },
  otherPerPhone: { value: [40, 150, 270] },
  arrivalContactsInScope: { value: 0.04, share: true },
  arrivalMessagesInScope: { value: 0.085, share: true },
  raidInScope: { value: 0.35, share: true },
  overlapHotline: { value: 12 / 17, share: true },
  overlapTaxi: { value: 7 / 17, share: true },
  overlapExchange: { value: 6 / 17, share: true },
  overlapBestAide: { value: 5 / 17, share: true },
  organiserSpoken: { value: 0.5, share: true },
  principalSpoken: { value: 0.15, share: true },
  noCountryCode: { value: 0.2, share: true },
  syncDuplicates: { value: 1.4 },
  otherLabel: { value: 0.35, share: true },
  reissued: { value: 0.06, share: true },
  mixedLanguage: { value: 0.15, share: true },
  voiceClient: { value: 0.4, share: true },
  voiceElsewhere: { value: 0.15, share: true },
  voiceMedianS: { value: 9 },
  voiceP95S: { value: 55 },
  transcripts: { value: 0.25, share: true },
  simsLow: { value: 3, whole: true },
  simsHigh: { value: 7, whole: true },
  simDaysLow: { value: 25 },
  simDaysHigh: { value: 60 },
  accountNotSim: { value: 0.2, share: true },
  defaultBirthDates: { value: 0.3, share: true },
  siblingPairs: { value: [8, 24, 75], whole: true },
  organiserNamesakes: { value: [5, 15, 47], whole: true },
  outlets: { value: [9, 20, 45], whole: true },
  travelOffices: { value: [2, 4, 8], whole: true },
  books: { value: [3, 6, 12], whole: true, fixed: true },
  bookLines: { value: [1400, 20_000, 200_000], whole: true },
  bookJourneyShare: { value: 0.08, share: true },
  bookAliasOnly: { value: 0.7, share: true },
  bookArabicDigits: { value: 0.6, share: true },
  bookYearMissing: { value: 0.5, share: true },
  bookCurrencyMissing: { value: 0.15, share: true },
  bookDitto: { value: 0.1, share: true },
  bookStruckOut: { value: 0.04, share: true },
  bookTwoReadings: { value: 0.03, share: true },
  instalments: { value: 0.25, share: true },
  released: { value: 0.6, share: true },
  refunded: { value: 0.12, share: true },
  releaseMedianH: { value: 20 },
  releaseP90H: { value: 96 },
  okShare: { value: 1 / 40, share: true },
  hulls: { value: [31, 93, 290], whole: true },
  engines: { value: [33, 99, 310], whole: true },
  boatSeizures: { value: [6, 18, 56], whole: true },
  hullNone: { value: 0.55, share: true },
  hullFalse: { value: 0.2, share: true },
  hullPartial: { value: 0.15, share: true },
  engineReadable: { value: 0.6, share: true },
  engineGround: { value: 0.25, share: true },
  runGapHigh: { value: 40, whole: true },
  inspections: { value: [220, 660, 2060], whole: true },
  notGenuine: { value: 0.09, share: true },
  series: { value: [3, 9, 28], whole: true },
  posts: { value: [160, 480, 1500], whole: true },
  postAccounts: { value: [38, 114, 356], whole: true },
  postOperators: { value: [7, 21, 65], whole: true },
  accountBackDays: { value: 6 },
  postsHarmless: { value: 0.2, share: true },
  reports: { value: [30, 90, 280], whole: true },
  reportsCircular: { value: 6 / 30, share: true },
  reportsMalicious: { value: 4 / 30, share: true },
  reportsConditional: { value: 5 / 30, share: true },
  reportsDetainee: { value: 2 / 30, share: true },
  callDataNumbers: { value: [3, 9, 28], whole: true },
  callDataDays: { value: 60, whole: true },
  pilotReduced: { value: 0.6, share: true },
  pilotCoerced: { value: 0.25, share: true },
} satisfies Record<string, Parameter>

interface Parameter {
  value: number | readonly [number, number, number]
  /** Rounded to a whole number, at least 1. */
  whole?: boolean
  /** Kept below 0.98. */
  share?: boolean
  measured?: boolean
  /** Not drawn: a count that other counts hang on. */
  fixed?: boolean
}

type ParameterName = keyof typeof TABLE

/** Measured: % of days with arrivals by month, Jan to Dec. */
export const ACTIVE_DAYS_BY_MONTH = [28, 28, 42, 38, 49, 52, 56, 53, 48, 41, 24, 24] as const
/** Measured: % of the year's arrivals by month, Jan to Dec. */
export const ARRIVALS_BY_MONTH = [3, 3, 8, 7, 7, 10, 10, 14, 14, 11, 7, 5] as const

export interface Parameters extends Record<ParameterName, number> {}

export interface Draw {
  seed: number
  scale: Scale
  /** One seed in five: nobody facilitates anything. */
  smuggling: boolean
  /** One seed in five: one principal leaves no trace in any exhibit. */
  invisiblePrincipal: boolean
  parameters: Parameters
}

export function nominal(name: ParameterName, scale: Scale): number {
  const v: Parameter["value"] = TABLE[name].value
  return typeof v === "number" ? v : v["SML".indexOf(scale) as 0 | 1 | 2]
}

/** Lowest and highest value that a seed can draw, rounding included. */
export function boundsOf(name: ParameterName, scale: Scale): [number, number] {
  const p: Parameter = TABLE[name]
  const n = nominal(name, scale)
  if (p.fixed) return [n, n]
  const low = n * 0.7
  const high = p.share ? Math.min(0.98, n * 1.3) : n * 1.3
  return p.whole ? [Math.max(1, Math.round(low)), Math.max(1, Math.round(high))] : [Math.min(low, high), high]
}

export const PARAMETER_NAMES = Object.keys(TABLE) as ParameterName[]

/** Seeds 4, 9, 14 … hold no smuggling; seeds 3, 8, 13 … hide a principal. */
export function drawParameters(seed: number, scale: Scale): Draw {
  const rng = rngOf(`linchpin-demo/${seed}/parameters`)
  const parameters = {} as Parameters
  for (const name of PARAMETER_NAMES) {
    const p: Parameter = TABLE[name]
    const raw = nominal(name, scale) * (p.fixed ? 1 : rng.fork(name).uniform(0.7, 1.3))
    parameters[name] = p.whole ? Math.max(1, Math.round(raw)) : p.share ? Math.min(0.98, raw) : raw
  }
  const turn = ((seed % 5) + 5) % 5
  return { seed, scale, smuggling: turn !== 4, invisiblePrincipal: turn === 3, parameters }
}
