/**
 * Owns networks: snapshots of who is tied to whom under a sight, by layers that count independent seizure events; the ranking of
 * players on conduct, with ranges over draws. Ranks nobody without conduct, and a bare network as structure only.
 */
export { SnapshotInput, withSnapshot } from "./asking.ts"
export { type StageLayer, stageLayer } from "./chain/procedure.ts"
export { type NamedGraph, namedGraph } from "./graph.ts"
export * as members from "./members.ts"
export { procedures, RankingView, rankSupported, showRanking } from "./procedures.ts"
export { type Ranking, rankSnapshot } from "./rank.ts"
export * as redrawn from "./redrawn.ts"
export type { Snapshot, TieRow } from "./snapshot.ts"
export { migrations } from "./sql.ts"
