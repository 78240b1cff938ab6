/**
 * Owns what protects people from harm and from us: alerts of risk to life, requests of data subjects, breaches, notices to owners of
 * devices, contests, and the samples of the oversight body. It decides nothing about a case.
 */
import { alertProcedures } from "./alerts.ts"
import { breachProcedures } from "./breaches.ts"
import { contestProcedures } from "./contests/procedures.ts"
import { noticeProcedures } from "./notices/procedures.ts"
import { requestProcedures } from "./requests/procedures.ts"
import { sampleProcedures } from "./samples/procedures.ts"

export { migrations } from "./sql.ts"
export { keepWatch } from "./watch.ts"
export const procedures = [
  ...alertProcedures,
  ...requestProcedures,
  ...breachProcedures,
  ...noticeProcedures,
  ...contestProcedures,
  ...sampleProcedures,
]
