import { z } from "zod"
import { localPath, procedure } from "#access"
import { type Bearer, compareNames, fold, key, languageOf, MATCH, nameLevel, nameWeight, scriptOf, tokens } from "#names"
import { readPairs } from "./pairs.ts"

/** What a FollowTheMoney schema says of who bears the name. Without one it is a person's. */
function bearerOf(schema: string | undefined): Bearer {
  const plain = schema?.trim().toLowerCase() ?? ""
  if (plain === "vessel") return "vessel"
  return /^(?:company|organi[sz]ation|legalentity|publicbody|outlet)$/.test(plain) ? "organisation" : "person"
}

const score = procedure({
  name: "names.score",
  title: "Score pairs of names in a table, with reasons",
  input: z.object({ in: localPath().describe("CSV with the columns name1, name2 and, if you like, schema") }),
  output: z.looseObject({ score: z.number(), match: z.boolean(), reasons: z.string() }),
  // Nothing that is held is read.
  needs: "own",
  effect: "read",
  shape: "rows",
  rowsAs: () => "csv",
  run: async function* (_ctx, input) {
    for await (const { cells } of readPairs(input.in)) {
      const compared = compareNames(cells.name1!, cells.name2!, bearerOf(cells.schema))
      yield { ...cells, score: compared.score, match: compared.score >= MATCH, reasons: compared.reasons.join("; ") }
    }
  },
})

const Name = z.object({ script: z.string(), language: z.string(), folded: z.string(), words: z.array(z.string()), key: z.string() })

const shown = (name: string): z.input<typeof Name> => ({
  script: scriptOf(name),
  language: languageOf(name),
  folded: fold(name),
  words: tokens(name),
  key: key(name),
})

const compare = procedure({
  name: "names.compare",
  title: "Compare two names, with reasons",
  input: z.object({
    left: z.string().max(300),
    right: z.string().max(300),
    bearer: z.enum(["person", "organisation", "vessel"]).default("person"),
  }),
  output: z.object({
    score: z.number(),
    match: z.boolean(),
    level: z.string(),
    /** Hundredths of a bit; only of people. */
    weight: z.number().nullable(),
    reasons: z.array(z.object({ code: z.string(), left: z.string(), right: z.string(), words: z.string() })),
    names: z.tuple([Name, Name]),
  }),
  unwritten: ["left", "right"],
  needs: "own",
  effect: "read",
  shape: "value",
  run: async (_ctx, { left, right, bearer }) => {
    const compared = compareNames(left, right, bearer)
    return {
      score: compared.score,
      match: compared.score >= MATCH,
      level: nameLevel(left, right),
      weight: bearer === "person" ? nameWeight(left, right) : null,
      reasons: compared.because.map((reason, at) => ({ ...reason, words: compared.reasons[at]! })),
      names: [shown(left), shown(right)] as [z.input<typeof Name>, z.input<typeof Name>],
    }
  },
})

export const nameProcedures = [score, compare]
