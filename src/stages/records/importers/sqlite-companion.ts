import type { Importer, Material } from "../importer.ts"
import { isSqlite } from "../sqlite/database.ts"

/** What SQLite keeps beside a database, by the end of its name (file format, sections 3 and 4; walformat.html, section 2). */
const KINDS = {
  "-wal": "write-ahead log",
  "-shm": "index of a write-ahead log",
  "-journal": "rollback journal",
} as const
type Ending = keyof typeof KINDS

const WAL = [0x377f0682, 0x377f0683]
const JOURNAL = Buffer.from("d9d505f920a163d7", "hex")
/** Version of the index, 3007000, in the byte order of the phone. */
const INDEX = 3_007_000

function endingOf(name: string): Ending | null {
  const [ending] = /-(?:wal|shm|journal)$/.exec(name) ?? []
  return (ending as Ending | undefined) ?? null
}

function written({ head, name }: Material): Ending | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const ending = endingOf(name)
  if (bytes.length >= 32 && WAL.includes(bytes.readUInt32BE(0))) return "-wal"
  if (bytes.length >= 8 && bytes.subarray(0, 8).equals(JOURNAL)) return "-journal"
  if (bytes.length >= 48 && ending === "-shm" && (bytes.readUInt32LE(0) === INDEX || bytes.readUInt32BE(0) === INDEX)) return "-shm"
  // A transaction that ended leaves the file empty or its head zeroed.
  return ending !== null && bytes.every((byte) => byte === 0) ? ending : null
}

/**
 * Files that SQLite keeps beside a database. They hold no units of their own: a write-ahead log is read with its database, by the importer
 * of that; here it is told whose it is. A log with content whose database is not beside it is one unit, rejected.
 */
export const sqliteCompanion: Importer = {
  id: "sqlite-companion",
  version: 1,
  title: "Companion of an SQLite database (-wal, -shm, -journal)",
  unknowns: "Nothing is read out of these files alone.",

  async claim(material) {
    const kind = written(material)
    return kind === null ? null : { confidence: 0.9, why: `${KINDS[kind]} of an SQLite database` }
  },

  async read(material, sink) {
    const ending = written(material) ?? endingOf(material.name) ?? "-wal"
    const told = endingOf(material.name)
    const database = told === null ? null : material.name.slice(0, -told.length)
    const beside = database === null ? undefined : (await material.siblings()).find((m) => m.name === database)
    const empty = material.head.every((byte) => byte === 0)
    const whose = database === null ? "a database that its name does not tell" : database
    if (beside && isSqlite(beside.head))
      sink.note(
        ending === "-wal" && !empty
          ? `The ${KINDS[ending]} of ${whose}: what it holds is read together with that database, where its format is known.`
          : `The ${KINDS[ending]} of ${whose}${empty ? ", empty" : ""}.`,
      )
    else if (empty || ending === "-shm") sink.note(`The ${KINDS[ending]} of ${whose}, which does not lie beside it as a readable database.`)
    else {
      sink.seen(1)
      const reason = `the ${KINDS[ending]} of ${whose}, which does not lie beside it as a readable database: its content was not read`
      sink.reject({ place: { file: material.file }, code: "database-missing", reason })
    }
  },
}
