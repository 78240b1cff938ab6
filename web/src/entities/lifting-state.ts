const KEYS = {
  "waiting for the officer": "state_officer",
  "stopped by the officer": "state_stopped",
  "waiting for a second": "state_second",
  "in force": "state_force",
  lapsed: "state_lapsed",
  ended: "state_ended",
  proposed: "state_proposed",
} as const

/** The node's word for how a lifting stands, as a key of the language. */
export const stateKey = (state: string): (typeof KEYS)[keyof typeof KEYS] =>
  Object.hasOwn(KEYS, state) ? KEYS[state as keyof typeof KEYS] : "state_proposed"
