/**
 * What a person is asked about who is who: pairs to look at, pairs of which the answer is known, what would follow if two were one or one were two,
 * and what readers answered. The order of the queue needs ranks and is the network's.
 */
export { answersOf, keepAnswer } from "./answers.ts"
export { compared, type KeyFacts, keyFacts, labelsOf } from "./facts.ts"
export { type KnownPair, type Pair, pairsOf } from "./pairs.ts"
export { errorRate, seeded } from "./seeds.ts"
export type { AnswerRow } from "./sql.ts"
export { partOf, type Supposed, supposed } from "./supposed.ts"
