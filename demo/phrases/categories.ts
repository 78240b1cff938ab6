/** What a phrase is about. The first list is ordinary life; the second belongs to the journey. */
export const ORDINARY = [
  "hello",
  "family",
  "food",
  "work",
  "health",
  "money",
  "car",
  "boat",
  "football",
  "code",
  "asylum",
  "plan",
  "joke",
  "faith",
  "media",
  "ok",
] as const

export const JOURNEY = [
  "ask",
  "offer",
  "deposit",
  "paycode",
  "camp",
  "launch",
  "wait",
  "failed",
  "arrived",
  "thanks",
  "complaint",
  "boatOrder",
  "engineOrder",
  "spoken",
  "driver",
  "papers",
  "release",
  "count",
  "taxi",
  "legal",
  "help",
  "ransom",
] as const

export type OrdinaryTopic = (typeof ORDINARY)[number]
export type JourneyTopic = (typeof JOURNEY)[number]
export type Topic = OrdinaryTopic | JourneyTopic

/** Slots: {nick} {name} {place} {price} {outlet} {code} {time} {n} {amount}. */
export type Phrases = Record<Topic, readonly string[]>
