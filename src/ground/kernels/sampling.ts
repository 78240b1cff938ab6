/** What exact betweenness costs, and what a sample of its sources can be held to. */
export { betweennessWork, withinFor } from "./betweenness.ts"
