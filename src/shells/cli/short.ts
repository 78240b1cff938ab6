/** A short form: other words for a procedure, and where bare words go. Flags are those of the procedure. */
export interface Short {
  words: readonly string[]
  procedure: string
  /** Fields that bare words fill, in order; one that repeats takes the rest. */
  positional: readonly string[]
}

/** What people type most. Every procedure can also be called as `linchpin <stage> <procedure>`. */
export const SHORT: readonly Short[] = [
  { words: ["intake"], procedure: "records.intake", positional: ["paths"] },
  { words: ["analyse"], procedure: "network.analyse", positional: [] },
  { words: ["rank"], procedure: "network.rank", positional: [] },
  { words: ["plan"], procedure: "plan.compare", positional: [] },
]
