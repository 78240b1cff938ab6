/**
 * Owns what protects people from harm and from us: alerts of risk to life, requests of data subjects, breaches, notices to owners of
 * devices, contests, and the samples of the oversight body. It decides nothing about a case.
 */
import { alertProcedures } from "./alerts.ts"
import { requestProcedures } from "./requests/procedures.ts"

export { migrations } from "./sql.ts"
export { keepWatch } from "./watch.ts"
export const procedures = [...alertProcedures, ...requestProcedures]
