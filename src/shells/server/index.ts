/**
 * The node as HTTP on loopback: every procedure as `POST /api/<stage>/<verb>`, the list as OpenAPI, progress and events as
 * server-sent events, and the built workplace. Holds no rule of a stage: it finds out who asks and hands over to the gate.
 */
export { type NodeFile, nodeFile, readNodeFile } from "./node-file.ts"
export { openApi } from "./openapi.ts"
export { type Served, serve } from "./serve.ts"
