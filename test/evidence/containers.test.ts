import { createWriteStream, mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { gzipSync } from "node:zlib"
import tar from "tar-stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ZipFile } from "yazl"
import { LIMITS, openContainer, safePath } from "../../src/stages/evidence/container.ts"
import { folderOf, type IntakeFile, type TestApp, take, testApp } from "../support/store.ts"

const CARD = (n: number) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Shop ${n}\r\nTEL:+44 7700 900 ${300 + n}\r\nEND:VCARD\r\n`
const OPEN = { investigation: "boxes" }
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())

type Entry = readonly [name: string, content: Buffer | string]
async function zip(entries: readonly Entry[], compress = true): Promise<Buffer> {
  const file = new ZipFile()
  for (const [name, content] of entries) file.addBuffer(Buffer.from(content), name, { compress })
  file.end()
  return Buffer.concat(await Array.fromAsync(file.outputStream as Readable))
}
async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const pack = tar.pack()
  for (const [name, content] of entries) pack.entry({ name }, Buffer.from(content))
  pack.finalize()
  return Buffer.concat(await Array.fromAsync(pack as unknown as Readable))
}
/** Names that a zip library would not write: the same bytes at both of their places, of the same length. */
const renamed = (bytes: Buffer, from: string, to: string): Buffer => Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1")

interface Reject {
  file: string
  code: string
  reason: string
}
interface Shown {
  exhibit: { state: string; there: number; rejected: number; units: number; sha256: string }
  members: { path: string; format: string | null; there: number; units: number; rejected: number }[]
}
async function intake(name: string, content: Buffer | string): Promise<{ file: IntakeFile; rejects: Reject[]; shown: Shown }> {
  const [file] = await take(app, "boxes", [join(folderOf({ [name]: content }), name)])
  const rejects = await app.ask<Reject[]>("records.rejects", { ...OPEN, exhibit: file!.exhibit })
  const shown = await app.ask<Shown>("evidence.show", { exhibit: file!.exhibit })
  expect(file!.there).toBe(shown.exhibit.units + file!.rejected)
  expect(rejects).toHaveLength(file!.rejected)
  const bytes = await app.ask<Buffer>("evidence.bytes", { exhibit: file!.exhibit })
  expect(bytes.equals(Buffer.from(content)), "kept as it was").toBe(true)
  return { file: file!, rejects, shown }
}
const codes = (rejects: readonly Reject[]) => rejects.map((r) => [r.file, r.code])

test("zip, tar, gzipped tar and gzip are opened, and each member is read at its own path", async () => {
  const entries: Entry[] = [
    ["a/one.vcf", CARD(1)],
    ["b/two.vcf", CARD(2) + CARD(3)],
    ["c.bin", Buffer.from([1, 2, 0, 255])],
  ]
  for (const [name, content, at] of [
    ["plain.zip", await zip(entries), ""],
    ["stored.zip", await zip(entries, false), ""],
    ["plain.tar", await tarOf(entries), ""],
    ["plain.tgz", gzipSync(await tarOf(entries)), "unpacked!"],
  ] as const) {
    const { file, shown } = await intake(name, content)
    expect([file.state, file.read, file.rejected], name).toEqual(["read", { contact: 3 }, 0])
    expect(shown.members.map((m) => [m.path, m.format, m.units]).sort(), name).toEqual([
      [`${at}a/one.vcf`, "vcard", 1],
      [`${at}b/two.vcf`, "vcard", 2],
      [`${at}c.bin`, null, 0],
    ])
  }
  const single = await intake("card.vcf.gz", gzipSync(CARD(4)))
  expect([single.file.read, single.shown.members[0]!.path]).toEqual([{ contact: 1 }, "unpacked"])
})

test("containers in containers are opened to the limit of depth, and what lies deeper is said to", async () => {
  let inner = await zip([["deep.vcf", CARD(1)]])
  for (let depth = 1; depth < LIMITS.depth; depth++)
    inner = await zip([
      ["inner.zip", inner],
      [`at-${depth}.vcf`, CARD(depth)],
    ])
  const within = await intake("nested.zip", inner)
  expect([within.file.read, within.rejects]).toEqual([{ contact: LIMITS.depth }, []])
  expect(within.shown.members.map((m) => m.path)).toContain("inner.zip!inner.zip!inner.zip!deep.vcf")
  const beyond = await intake("deeper.zip", await zip([["inner.zip", inner]]))
  expect(beyond.file.read).toEqual({ contact: LIMITS.depth - 1 })
  expect(codes(beyond.rejects)).toEqual([["inner.zip!inner.zip!inner.zip!inner.zip", "too-deep"]])
})

test("a bomb of 200 MB of zeros inside another zip is not unpacked, and what stands beside it is read", async () => {
  const bomb = new ZipFile()
  const zeros = Readable.from(
    (function* () {
      for (let n = 0; n < 200; n++) yield Buffer.alloc(1 << 20)
    })(),
  )
  bomb.addReadStream(zeros, "zeros.txt")
  bomb.end()
  const path = join(mkdtempSync(join(tmpdir(), "bomb-")), "bomb.zip")
  await pipeline(bomb.outputStream as Readable, createWriteStream(path))
  const { file, rejects } = await intake(
    "carrier.zip",
    await zip([
      ["card.vcf", CARD(1)],
      ["bomb.zip", readFileSync(path)],
    ]),
  )
  expect([file.state, file.read]).toEqual(["read", { contact: 1 }])
  expect(codes(rejects)).toEqual([["bomb.zip!zeros.txt", "zip-bomb"]])
  expect(rejects[0]!.reason).toContain("400")
})

test("paths that lead out of their container are refused, told and written nowhere", async () => {
  const names = ["aaaaaaaaaaaa.vcf", "bbbbbbbbbbbb.vcf", "cccccccccccc.vcf"]
  let bytes = await zip([...names.map((n): Entry => [n, CARD(1)]), ["good.vcf", CARD(2)]])
  const bad = ["../../../aa.vcf", "/etc/cron.d/vcf", "C:\\windows\\.vcf"]
  for (const [n, name] of names.entries()) bytes = renamed(bytes, name, bad[n]!.padEnd(name.length, "x"))
  const { file, rejects } = await intake("climbing.zip", bytes)
  // An absolute name, as tools that copy whole file systems write, is read below the container; one that climbs is not.
  expect(file.read).toEqual({ contact: 3 })
  expect(rejects.map((r) => r.code)).toEqual(["path-unsafe"])
  expect(readdirSync(join(app.store.folder, "tmp")).filter((n) => !n.startsWith("engine-"))).toEqual([])
  const climbing = await intake(
    "climbing.tar",
    await tarOf([
      ["../out.vcf", CARD(1)],
      ["in.vcf", CARD(2)],
    ]),
  )
  expect([climbing.file.read, codes(climbing.rejects)]).toEqual([{ contact: 1 }, [["../out.vcf", "path-unsafe"]]])
})

test("a safe path stays below its root whatever is written", () => {
  expect(["a/../b", "..", "a\0b", "", "/", "./", "a\\..\\..\\b", "/../a"].map(safePath)).toEqual(Array(8).fill(null))
  expect(["/a/b", "\\a", "c:/a", "./a//b"].map(safePath)).toEqual(["a/b", "a", "c:/a", "a/b"])
  expect(["a//b", "./a/./b", "a\\b", "...", "a b/ک"].map(safePath)).toEqual(["a/b", "a/b", "a/b", "...", "a b/ک"])
})

test("a locked member is said to be locked, and the open ones are read", async () => {
  const bytes = await zip([
    ["open.vcf", CARD(1)],
    ["locked.vcf", CARD(2)],
  ])
  // Bit 0 of the general purpose flags of the second entry, in its central header: what an encrypting tool sets.
  const second = bytes.lastIndexOf(Buffer.from("504b0102", "hex"))
  bytes.writeUInt16LE(bytes.readUInt16LE(second + 8) | 1, second + 8)
  const { file, rejects } = await intake("locked.zip", bytes)
  expect([file.read, codes(rejects)]).toEqual([{ contact: 1 }, [["locked.vcf", "encrypted"]]])
})

test("a damaged zip is kept whole, and says that and where it is damaged", async () => {
  const bytes = await zip(Array.from({ length: 20 }, (_, n): Entry => [`card-${n}.vcf`, CARD(n).repeat(50)]))
  const cut = await intake("cut.zip", bytes.subarray(0, bytes.length - 200))
  expect([cut.file.state, codes(cut.rejects)]).toEqual(["unreadable", [["", "damaged"]]])
  const holed = Buffer.from(bytes)
  const at = holed.indexOf("card-3.vcf") + 10
  holed.fill(0xff, at, at + 40)
  const part = await intake("holed.zip", holed)
  expect(codes(part.rejects)).toEqual([["card-3.vcf", "damaged"]])
  expect(part.file.read).toEqual({ contact: 19 * 50 })
  const torn = await intake(
    "torn.tgz",
    gzipSync(
      await tarOf([
        ["a.vcf", CARD(1)],
        ["b.bin", Buffer.alloc(100_000, "x")],
      ]),
    ).subarray(0, 150),
  )
  expect(torn.rejects.length).toBeGreaterThan(0)
  expect(torn.rejects.every((r) => r.code === "damaged")).toBe(true)
})

test("a torn gzip is told every time, and nobody waits for the rest of it", async () => {
  const folder = folderOf({ "torn.gz": gzipSync(Buffer.concat([Buffer.from(CARD(1)), Buffer.alloc(100_000, "x")])).subarray(0, 150) })
  for (let n = 0; n < 2000; n++) {
    const opened = await openContainer(join(folder, "torn.gz"), "gzip", () => expect.unreachable("it holds no container"))
    expect(opened.unopened.map((u) => [u.path, u.code])).toEqual([["unpacked", "damaged"]])
    await opened.close()
  }
})

test("what only begins like a zip is kept, and said to be no zip", async () => {
  const { file, rejects } = await intake("not-a.zip", Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(500, "no zip at all ")]))
  expect([file.state, file.format, codes(rejects)]).toEqual(["unreadable", null, [["", "damaged"]]])
})

test("two members of one name are two, with records of their own", async () => {
  const { file, shown } = await intake(
    "twice.zip",
    await zip([
      ["card.vcf", CARD(1)],
      ["card.vcf", CARD(2)],
      ["card.vcf", CARD(2)],
    ]),
  )
  expect(file.read).toEqual({ contact: 3 })
  expect(shown.members.map((m) => m.path)).toEqual(["card.vcf", "card.vcf#2", "card.vcf#3"])
  const rows = await app.ask<{ id: string; place: { file: string } }[]>("records.list", { ...OPEN, kind: "contact", exhibit: file.exhibit })
  expect(new Set(rows.map((r) => r.id)).size).toBe(3)
  expect(rows.map((r) => r.place.file).sort()).toEqual(["card.vcf", "card.vcf#2", "card.vcf#3"])
})

test("a zip inside an extraction is opened beside the report that names it", async () => {
  const report = readFileSync(join(import.meta.dirname, "../vectors/ufed-xml/phone.xml"))
  const { file, shown } = await intake(
    "phone.ufdr",
    await zip([
      ["report.xml", report],
      ["files/Archives/cards.zip", await zip([["card.vcf", CARD(1)]])],
    ]),
  )
  expect(file.format).toBe("ufed-xml, vcard")
  expect(shown.members.map((m) => [m.path, m.format])).toEqual([
    ["report.xml", "ufed-xml"],
    ["files/Archives/cards.zip!card.vcf", "vcard"],
  ])
})

test("an empty zip and a zip of empty files are kept, with nothing in them", async () => {
  const empty = await intake("empty.zip", await zip([]))
  expect([empty.file.state, empty.file.there]).toEqual(["unclaimed", 0])
  const hollow = await intake(
    "hollow.zip",
    await zip([
      ["a.csv", ""],
      ["b.vcf", ""],
    ]),
  )
  expect([hollow.file.state, hollow.file.there, hollow.shown.members.length]).toEqual(["unclaimed", 0, 2])
})

test("ten thousand small members are all there", async () => {
  const { file, shown } = await intake(
    "many.zip",
    await zip(
      Array.from({ length: 10_000 }, (_, n): Entry => [`d${n % 100}/c${n}.vcf`, CARD(n % 100)]),
      false,
    ),
  )
  expect([file.read, file.rejected, shown.members.length]).toEqual([{ contact: 10_000 }, 0, 10_000])
})

test("members beyond a limit of number or size are named, not dropped", async () => {
  const path = join(
    folderOf({
      "z.zip": await zip([
        ["a", "1"],
        ["b", "22222"],
        ["c", "3"],
        ["d", "4"],
      ]),
    }),
    "z.zip",
  )
  let scratch = 0
  const opened = await openContainer(path, "zip", () => join(tmpdir(), `limit-${process.pid}-${scratch++}`), {
    ...LIMITS,
    members: 3,
    memberBytes: 4,
  })
  expect(opened.members.map((m) => m.path)).toEqual(["a", "c"])
  expect(opened.unopened.map((u) => [u.path, u.code])).toEqual([
    ["b", "too-large"],
    ["d", "too-many"],
  ])
  await opened.close()
})
