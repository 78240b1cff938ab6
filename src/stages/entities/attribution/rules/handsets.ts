import { say } from "#vocabulary/sentences"
import type { HandsetFact } from "../facts.ts"
import { type Rule, seen } from "../rule.ts"

const READ = 600
const CARRIED = 500
const OVERLAPS = 300

const about = (h: HandsetFact) => ({ whose: h.sim, what: h.handset })

export const handset: Rule = {
  id: "sim-in-handset",
  relation: "sim-handset",
  side: "for",
  class: "attributing",
  title: "read out of the handset, or carried by the network with its IMEI",
  innocent: say("use.innocent.handset"),
  read: ({ handsets }) =>
    handsets.map((h) => ({
      weight: h.how === "device" ? READ : CARRIED,
      words: h.how === "device" ? say("use.read-in-handset") : say("use.carried"),
      ...seen(h),
      ...about(h),
    })),
}

/** First eight digits of an IMEI: maker and model. */
const model = (key: string): string => key.slice("imei:".length, "imei:".length + 8)

/**
 * One SIM in two handsets at the same time. Two IMEIs of one model in one period are read as the two slots of one dual-SIM handset, and
 * as nothing against it.
 */
export const otherHandset: Rule = {
  id: "in-another-handset",
  relation: "sim-handset",
  side: "against",
  class: "attributing",
  title: "seen in another handset in the same period",
  innocent: say("use.innocent.other-handset"),
  read: ({ handsets }) =>
    handsets.flatMap((h) =>
      handsets
        .filter((o) => o.sim === h.sim && o.handset !== h.handset && o.handset.startsWith("imei:") && h.handset.startsWith("imei:"))
        .filter((o) => model(o.handset) !== model(h.handset) && h.from !== null && h.to !== null && o.from !== null && o.to !== null)
        .filter((o) => o.from! < h.to! && h.from! < o.to!)
        .map((o) => ({
          weight: OVERLAPS,
          words: say("use.other-handset", { handset: o.handset.replace("imei:", "IMEI ") }),
          ...seen(o),
          ...about(h),
        })),
    ),
}
