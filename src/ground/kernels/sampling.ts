/** What a sample can be held to: of a graph's sources, and what exact betweenness would cost; of people who are seen in events. */
export { betweennessWork, withinFor } from "./betweenness.ts"
export { unseenAtLeast } from "./unseen.ts"
