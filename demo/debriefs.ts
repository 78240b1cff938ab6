import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { LANDINGS } from "./geography.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import type { Launch, World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import type { Rng } from "./rng.ts"
import { CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = ["urn", "date", "text", "language", "interpreter", "voluntary", "witness", "phone", "care"] as const

const MAPPING = {
  title: "Debriefs of people who spoke of their own accord",
  table: CSV_FORM,
  id: "urn",
  records: [
    {
      kind: "debrief",
      fields: {
        urn: "urn",
        text: "text",
        language: "language",
        interpreter: "interpreter",
        voluntary: { column: "voluntary", values: { yes: true, no: false } },
      },
      at: { column: "date", format: "ymd", zone: "Europe/London" },
      parties: [{ part: "author", name: "witness", ids: [{ type: "phone", column: "phone" }] }],
    },
  ],
}

interface Spoken {
  at: number
  text: string
  witness: string
  phone: string
  care: string
}

/** What some said of their own accord: places, prices, nicknames, what was done to them; never more than they could know. */
export function writeDebriefs(world: World, evidence: string): FileCount[] {
  if (!world.draw.smuggling) return []
  const rng = world.rng.fork("debriefs")
  const spoken = [...travellers(world, rng), ...boys(world), ...exploited(world, rng), ...bereaved(world)].filter((s) => s.at < WINDOW.to)
  spoken.sort((a, b) => a.at - b.at)
  const rows = spoken.map((s, i) => [
    `DB-${String(i + 1).padStart(3, "0")}`,
    new Date(s.at).toISOString().slice(0, 10),
    s.text,
    "ckb",
    "interpreter 4",
    "yes",
    s.witness,
    s.phone,
    s.care,
  ])
  const place = LANDINGS[0]!
  const at = Math.max(...spoken.map((s) => s.at)) + DAY
  const folder = putSheet(
    evidence,
    "DEB01",
    sheet("DEB01/01", at, place, {
      kind: "report",
      title: "Debriefs of people who arrived",
      authority: "Voluntary debrief, victim care officer present",
      power: "none; voluntary",
      grounds: "Offered by those who spoke.",
      seizureEvent: eventOf("handover-debriefs", "handover", place, at),
      region: "GB",
      zone: "Europe/London",
      holder: { description: "people who spoke of their own accord", standing: "witness" },
      files: { "debriefs.csv": { mapping: MAPPING } },
    }),
  )
  return [countFor("DEB01/debriefs.csv", { debrief: writeCsv(join(folder, "debriefs.csv"), HEADER, rows) })]
}

function travellers(world: World, rng: Rng): Spoken[] {
  const landed = rng.sample(
    world.launches.filter((l) => l.succeeded),
    4,
  )
  return landed.map((launch, i) => {
    const witness = rng.pick(launch.passengers.filter((x) => !x.child))
    const boss = launch.crew.find((f) => f.kind === "organiser" && f.nicknames.length > 0)
    const deposit = world.deposits.get(witness.id)
    const above =
      boss && rng.chance(0.6)
        ? `Everybody said that ${boss.nicknames[0]![0]} decides; I never saw him.`
        : "I do not know who was above them."
    const money = deposit
      ? `The money, ${deposit.amount} ${deposit.currency}, was left at ${deposit.outlet.latin}.`
      : "I paid in cash on the beach."
    return {
      at: launch.arrivedAt + 4 * DAY,
      text: `We waited near ${launch.camp.latin} and left from ${launch.beach.latin}. ${money} ${above}`,
      witness: `witness ${i + 1}`,
      phone: "",
      care: "",
    }
  })
}

const pilotOf = (launch: Launch): Person | undefined => launch.passengers.find((x) => x.id === launch.pilot?.person)

/** Boys who were made to steer. */
function boys(world: World): Spoken[] {
  return world.launches.flatMap((launch) => {
    const boy = launch.pilot?.how === "coerced" ? pilotOf(launch) : undefined
    if (!boy?.child) return []
    const text = `They took my hand and put it on the engine. One had a knife. They said: you steer or you stay. I am sixteen. We left from ${launch.beach.latin}.`
    return [
      {
        at: launch.arrivedAt + 6 * DAY,
        text,
        witness: boy.name.latin,
        phone: simAt(boy, launch.at).number,
        care: "child; age accepted; guardian present",
      },
    ]
  })
}

/** Recruiters who work off a debt: they took part, and they are victims. */
function exploited(world: World, rng: Rng): Spoken[] {
  return world.facilitators
    .filter((f) => f.protected)
    .map((f) => ({
      at: WINDOW.from + rng.uniform(150, 240) * DAY,
      text: "I owe them for my own journey. They keep my papers and know where my mother lives. I must bring them ten people before I am free. I wrote to people because they stood beside me.",
      witness: f.name.latin,
      phone: simAt(f, WINDOW.from + 200 * DAY).number,
      care: "referred as a potential victim of trafficking",
    }))
}

/** A crossing on which people died. */
function bereaved(world: World): Spoken[] {
  const launch = world.launches.find((l) => l.fatal)
  if (!launch) return []
  const text = `The floor broke before we were an hour out. There were ${launch.passengers.length} of us. Four did not come back to the beach at ${launch.beach.latin}. We rang for help; they came.`
  return [{ at: launch.at + 9 * DAY, text, witness: "witness 5", phone: "", care: "bereaved; family liaison" }]
}
