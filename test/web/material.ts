import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const folder = () => mkdtempSync(join(tmpdir(), "linchpin-web-material-"))

/** Two triangles joined by one node: whoever is called Bridge stands highest. The last line is no link. */
export function edgeList(): string {
  const path = join(folder(), "meetings.csv")
  writeFileSync(
    path,
    [
      "source,target,weight",
      "Anar,Bero,1",
      "Bero,Cano,2",
      "Anar,Cano,1",
      "Cano,Bridge,1",
      "Bridge,Dilo,1",
      "Dilo,Ero,3",
      "Ero,Fero,1",
      "Dilo,Fero,1",
      "Gulo,,1",
    ].join("\n"),
  )
  return path
}

/** A table whose columns say what they are, but for the last. */
export function callTable(): string {
  const path = join(folder(), "calls.csv")
  writeFileSync(
    path,
    [
      "caller,called,start time,duration,colour",
      "+447700900123,+447700900124,2026-05-12 09:00:00,35,red",
      "+447700900125,+447700900124,2026-05-12 10:00:00,61,green",
      "",
    ].join("\n"),
  )
  return path
}

const DAY = "12/05/2026"

/** A chat of a telephone seized on arrival: most of it is nobody's business, one line speaks of the crossing. */
export function arrivalChat(): string {
  const path = join(folder(), "WhatsApp Chat with Karwan.txt")
  writeFileSync(
    path,
    [
      `${DAY}, 09:01 - Karwan: دایکم باشە؟`,
      `${DAY}, 09:02 - Sara: باشە، سوپاس`,
      `${DAY}, 09:30 - Karwan: قاچاخچی دەڵێت شەممە`,
      `${DAY}, 09:31 - Sara: قاچاخچی پارەی دەوێت`,
      `${DAY}, 10:15 - Karwan: نان کڕی؟`,
      "",
    ].join("\n"),
  )
  return path
}

/** A message of a raid, with a Latin name, a number and a right-to-left body; `HIDDEN` cannot be seen in it. */
export const HIDDEN = "\u200b"
export function raidChat(): string {
  const path = join(folder(), "WhatsApp Chat with Bero.txt")
  writeFileSync(path, [`${DAY}, 20:00 - Bero: call +44 7700 900123 today`, `${DAY}, 20:01 - Anar: باشە${HIDDEN}abc`, ""].join("\n"))
  return path
}
