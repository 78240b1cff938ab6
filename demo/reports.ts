import { join } from "node:path"
import { DAY, WINDOW } from "./calendar.ts"
import { writeDebriefs } from "./debriefs.ts"
import { UK_TOWNS } from "./geography.ts"
import { eventOf, putSheet, sheet } from "./material.ts"
import type { World } from "./operation.ts"
import { type Person, simAt } from "./people.ts"
import { visible } from "./plan.ts"
import type { Rng } from "./rng.ts"
import type { TruthFolder, TruthLeads } from "./truth.ts"
import { CSV_FORM, writeCsv } from "./writers/outfile.ts"
import { countFor, type FileCount } from "./writers/tally.ts"

const HEADER = [
  "urn",
  "root_urn",
  "written",
  "grade_scheme",
  "source",
  "information",
  "handling",
  "conditions",
  "text",
  "subject",
  "nickname",
  "phone",
  "assertion",
  "stage",
] as const

const MAPPING = {
  title: "Intelligence reports, sanitised",
  table: CSV_FORM,
  id: "urn",
  records: [
    {
      kind: "intelligence-report",
      fields: {
        urn: "urn",
        rootUrn: "root_urn",
        gradeScheme: "grade_scheme",
        source: "source",
        information: "information",
        handling: "handling",
        conditions: "conditions",
        text: "text",
        assertion: "assertion",
        stage: "stage",
        writtenAt: "written",
      },
      at: { column: "written", format: "ymd", zone: "UTC" },
      parties: [
        {
          part: "subject",
          name: { first: ["subject", "nickname"] },
          ids: [
            { type: "alias", column: "nickname" },
            { type: "phone", column: "phone" },
          ],
        },
      ],
    },
  ],
}

const ACTS: Readonly<Record<number, readonly [string, string]>> = {
  1: ["recruits", "finds people who want to travel and sends them on"],
  2: ["finances", "decides when money left at exchanges is paid out"],
  3: ["forges", "sells passports and identity cards that are not genuine"],
  4: ["organises", "arranges the move from home to the coast"],
  5: ["drives", "drives groups across borders at night"],
  6: ["shelters", "keeps people in the camp until they are called"],
  7: ["supplies", "buys boats and engines and has them brought to the coast"],
  8: ["organises", "decides on which night a boat goes"],
  9: ["steers", "watches for arrivals and tells who has come"],
  10: ["launders", "settles between shops what the crossings brought in"],
}

type Kind = "plain" | "circular" | "malicious" | "detainee"

/** Reports of many worths: plain ones, copies of one root, a rival's slander, words of people in custody. */
export function writeReports(world: World, evidence: string, leads: TruthLeads, _truth: TruthFolder): FileCount[] {
  const rng = world.rng.fork("reports")
  const p = world.draw.parameters
  const n = p.reports
  const circular = Math.round(n * p.reportsCircular)
  const malicious = Math.round(n * p.reportsMalicious)
  const detainee = Math.round(n * p.reportsDetainee)
  const conditional = new Set(rng.sample([...Array(n).keys()], Math.round(n * p.reportsConditional)))
  const able = world.facilitators.filter((f) => f.parts.length > 0 && visible(world, f))
  const rows: (readonly (string | number)[])[] = []
  const roots = ["RT-2026-0071", "RT-2026-0118"]
  const rootSubject = roots.map(() => (able.length > 0 ? rng.pick(able) : world.services.plantedBoss))
  for (let i = 0; i < n; i++) {
    const kind: Kind =
      i < circular ? "circular" : i < circular + malicious ? "malicious" : i < circular + malicious + detainee ? "detainee" : "plain"
    const honest =
      kind === "plain" || kind === "detainee" ? (able.length > 0 ? rng.pick(able) : world.services.fishers[0]!) : world.services.plantedBoss
    const subject = kind === "circular" ? rootSubject[i % 2]! : honest
    const root = kind === "circular" ? roots[i % 2]! : ""
    rows.push(report(world, rng, i, kind, subject, root, conditional.has(i)))
    if (kind === "malicious")
      leads.trails.push({
        kind: "planted boss",
        about: `URN-${String(i + 1).padStart(5, "0")}`,
        says: `slander against ${subject.id} by a rival`,
      })
  }
  const at = WINDOW.to - 2 * DAY
  const folder = putSheet(
    evidence,
    "INT01",
    sheet("INT01/01", at, UK_TOWNS[0]!, {
      kind: "report",
      title: "Intelligence reports, sanitised versions",
      authority: "Intelligence unit, release of the day",
      power: "none; intelligence",
      grounds: "All sanitised reports on the investigation.",
      grade: { scheme: "3x5x2", code: "2C" },
      notInEvidence: true,
      handling: "C",
      conditions: ["Intelligence only"],
      seizureEvent: eventOf("handover-intelligence", "handover", UK_TOWNS[0]!, at),
      region: "GB",
      zone: "UTC",
      language: "en",
      files: { "reports.csv": { mapping: MAPPING } },
    }),
  )
  return [
    countFor("INT01/reports.csv", { "intelligence-report": writeCsv(join(folder, "reports.csv"), HEADER, rng.shuffle(rows)) }),
    ...writeDebriefs(world, evidence),
  ]
}

function report(
  world: World,
  rng: Rng,
  i: number,
  kind: Kind,
  subject: Person,
  root: string,
  conditional: boolean,
): readonly (string | number)[] {
  const at = WINDOW.from + rng.unit() * (WINDOW.to - WINDOW.from - 12 * DAY)
  const nick = subject.nicknames[0]
  const boss = kind === "malicious"
  const stage = boss ? 8 : (subject.stage ?? (subject.kind === "principal" ? 10 : 7))
  const [assertion, does] = boss ? (["organises", "is the head of it all and gives every order"] as const) : ACTS[stage]!
  const called = nick && rng.chance(0.7) ? nick[0] : ""
  const name = called && !boss ? (rng.chance(0.4) ? subject.name.latin : "") : subject.name.latin
  const who = [name, called && `known as ${called}`].filter(Boolean).join(", ")
  const lead = {
    plain: "It is said that",
    circular: "It has come to notice that",
    malicious: "A caller insists that",
    detainee: "A person in custody says that",
  }[kind]
  const source = { plain: rng.pick(["1", "2", "2"]), circular: "2", malicious: "3", detainee: "2" }[kind]
  const information = { plain: rng.pick(["A", "B", "C"]), circular: "C", malicious: rng.pick(["D", "E"]), detainee: "C" }[kind]
  // Nobody is accused by a mistaken report in a world without smuggling more than here.
  const mistaken = !world.draw.smuggling && kind !== "malicious" ? "It is not known whether anything is behind this." : ""
  return [
    `URN-${String(i + 1).padStart(5, "0")}`,
    root,
    new Date(at).toISOString().slice(0, 10),
    "3x5x2",
    source,
    mistaken ? "D" : information,
    conditional ? "C" : "P",
    conditional ? "Ask the originator before any action on this" : "",
    `${lead} ${who} ${does}. ${mistaken}`.trim(),
    name,
    called,
    rng.chance(0.25) ? simAt(subject, at).number : "",
    assertion,
    stage,
  ]
}
