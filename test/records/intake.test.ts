import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rng } from "#kernels"
import { SHARED } from "../support/material.ts"
import { failureOf, folderOf, GROUNDS, type IntakeFile, type TestApp, take, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.end())

const CARD = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Shop\r\nTEL:${number(1)}\r\nEND:VCARD\r\n`
const counts = () =>
  app.store.register.transaction(
    async (tx) =>
      (
        await tx.query(
          "select (select count(*) from exhibit)::int as exhibits, (select count(*) from item)::int as items, (select count(*) from blob)::int as blobs",
        )
      ).rows[0],
    "all",
  )
const sealedFiles = () => readdirSync(join(app.store.folder, "vault"), { recursive: true }).length
const balanced = (files: readonly IntakeFile[]) =>
  files.filter(
    (f) => f.there < f.rejected || (f.state === "unclaimed" && f.there > 0) || (f.there > 0 && f.format === null && f.rejected === 0),
  )

test("nothing is sealed without authority, grade and handling, or with what is none", async () => {
  const folder = folderOf({ "a.vcf": CARD, "b/c.vcf": CARD })
  const before = [await counts(), sealedFiles()]
  for (const missing of ["authority", "grade", "handling"] as const) {
    const failure = await failureOf(take(app, "grounds", [folder], { [missing]: undefined }))
    expect([failure.code, failure.message]).toEqual(["refused.no-grounds", expect.stringContaining(missing)])
  }
  for (const wrong of [
    { grade: "9Z" },
    { grade: "" },
    { grade: "admiralty:A7" },
    { handling: "Q" },
    { handling: "H9" },
    { authority: "" },
    { authority: "   " },
    { as: "no-such-format" },
    { region: "Britain" },
    { seizureEvent: { id: "x", kind: "party" } },
    { map: { records: [{ kind: "no-such-kind" }] } },
  ])
    expect((await failureOf(take(app, "grounds", [folder], wrong))).kind, JSON.stringify(wrong)).toMatch(/^(invalid|refused)$/)
  expect((await failureOf(take(app, "grounds", [folder, join(folder, "not-there")]))).code).toBe("invalid.no-such-path")
  expect([await counts(), sealedFiles()]).toEqual(before)
})

test("a sheet stands before the flags, and a broken one stops the whole request before anything is sealed", async () => {
  const good = {
    reference: "S1",
    kind: "device",
    authority: "warrant 9",
    grade: { scheme: "admiralty", code: "B2" },
    handling: "C",
    conditions: ["not before trial"],
    classification: "SECRET",
    notInEvidence: true,
    continuity: [{ at: "2026-01-01T10:00:00Z", what: "seized", by: "officer 1" }],
    holder: { description: "tall" },
  }
  const before = [await counts(), sealedFiles()]
  for (const broken of [
    "{",
    "[]",
    '"words"',
    JSON.stringify({ ...good, grade: { scheme: "admiralty", code: "Z9" } }),
    JSON.stringify({ ...good, handling: "nothing" }),
    JSON.stringify({ ...good, kind: "phone" }),
    JSON.stringify({ ...good, authority: "" }),
    JSON.stringify({ ...good, files: { "a.vcf": { as: "no-such-format" } } }),
  ]) {
    const failure = await failureOf(
      take(app, "sheets", [folderOf({ "one/material.json": good, "one/a.vcf": CARD, "two/material.json": broken, "two/a.vcf": CARD })]),
    )
    expect(failure.kind, broken).toMatch(/^(invalid|refused)$/)
  }
  expect([await counts(), sealedFiles()]).toEqual(before)
  const [file] = await take(app, "sheets", [folderOf({ "one/material.json": good, "one/a.vcf": CARD })], {
    authority: undefined,
    grade: undefined,
    handling: undefined,
  })
  const shown = await app.ask<{ item: object; continuity: object[] }>("evidence.show", { exhibit: file!.exhibit })
  expect(shown.item).toMatchObject({
    reference: "S1",
    authority: "warrant 9",
    grade: "B2 (admiralty)",
    handling: "C",
    conditions: ["not before trial"],
    classification: "SECRET",
    notInEvidence: true,
    holder: { description: "tall" },
  })
  expect(shown.continuity).toEqual([{ at: "2026-01-01T10:00:00.000Z", what: "seized", by: "officer 1", to: null, seal: null }])
})

test("what is already held is said to be held and read once; in another investigation it is another exhibit of the same bytes", async () => {
  const folder = folderOf({ "only-here.vcf": CARD.replace("Shop", "Held") })
  const [first] = await take(app, "held", [folder])
  const before = await counts()
  const [again] = await take(app, "held", [folder], { authority: "another warrant" })
  expect(again).toMatchObject({ held: true, exhibit: first!.exhibit, state: "read", read: { contact: 1 } })
  expect(await counts()).toEqual(before)
  const [elsewhere] = await take(app, "held-elsewhere", [folder])
  expect(elsewhere).toMatchObject({ held: false, sha256: first!.sha256, read: { contact: 1 } })
  expect(elsewhere!.exhibit).not.toBe(first!.exhibit)
  expect(await counts()).toEqual({ ...before, exhibits: Number(before!.exhibits) + 1, items: Number(before!.items) + 1 })
  expect(await app.ask<unknown[]>("records.list", { investigation: "held", kind: "contact" })).toHaveLength(1)
})

test("the same file on two phones is two exhibits: both phones held it", async () => {
  const sheet = (reference: string) => ({ reference, kind: "device" })
  const files = await take(app, "two-phones", [
    folderOf({ "a/material.json": sheet("A"), "a/card.vcf": CARD, "b/material.json": sheet("B"), "b/card.vcf": CARD }),
  ])
  expect(new Set(files.map((f) => f.exhibit)).size).toBe(2)
  expect(new Set(files.map((f) => f.item)).size).toBe(2)
  expect(files.map((f) => [f.held, f.read])).toEqual([
    [false, { contact: 1 }],
    [false, { contact: 1 }],
  ])
  // Two folders of one name are two things as well, and so are a phone held openly and one seized on arrival.
  const loose = await take(
    app,
    "two-folders",
    [folderOf({ "x/phone/card.vcf": CARD, "y/phone/card.vcf": CARD, "x/z.vcf": CARD, "y/z.vcf": CARD })].flatMap((f) =>
      ["x/phone", "y/phone", "x/z.vcf", "y/z.vcf"].map((p) => join(f, p)),
    ),
  )
  expect(new Set(loose.map((f) => f.item)).size).toBe(4)
  const [arrived] = await take(app, "two-folders", [folderOf({ "z.vcf": CARD })], { onArrival: true })
  expect(arrived).toMatchObject({ held: false, undecided: true })
})

test("empty files and unreadable bytes are kept and said to be unclaimed", async () => {
  const files = await take(app, "odd", [
    folderOf({
      "empty.csv": "",
      "noise.bin": Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)),
      "words.txt": "a note without any form\n",
    }),
  ])
  expect(files.map((f) => [f.path.split("/").at(-1), f.state, f.there])).toEqual([
    ["empty.csv", "unclaimed", 0],
    ["noise.bin", "unclaimed", 0],
    ["words.txt", "unclaimed", 0],
  ])
})

test("a mapping that does not fit stops the reading with the reason, and the corrected one reads what was sealed", async () => {
  const folder = folderOf({ "t.csv": "who,num\nAnn,+447700900101\n" })
  const map = (column: string) => ({
    records: [{ kind: "contact", fields: { label: "who" }, parties: [{ part: "contact", ids: [{ type: "phone", column }] }] }],
  })
  const path = join(folder, "t.csv")
  expect((await failureOf(take(app, "maps", [path], { as: "table", map: map("phone") }))).code).toMatch(/^invalid\.mapping/)
  const [file] = await take(app, "maps", [path], { as: "table", map: map("num") })
  expect(file).toMatchObject({ held: true, state: "read", read: { contact: 1 }, rejected: 0 })
})

test("what nobody claimed is read once it is said how", async () => {
  const path = join(folderOf({ "names.dat": "Ann\nBen\n" }), "names.dat")
  const [first] = await take(app, "ways", [path])
  expect(first).toMatchObject({ state: "unclaimed", there: 0 })
  const [second] = await take(app, "ways", [path], { as: "table" })
  expect(second).toMatchObject({ held: true, exhibit: first!.exhibit, state: "read", format: "table" })
  expect(second!.there).toBeGreaterThan(0)
  const [third] = await take(app, "ways", [path], { as: "edges" })
  expect(third).toMatchObject({ held: true, format: "table", there: second!.there })
})

test("rejects keep their place, and the place has the bytes", async () => {
  const text = 'name,phone\nAnn,+447700900101\nBen,+447700900102,x,y,z\n"Cay,+447700900103\nDee,+447700900104\n'
  const [file] = await take(app, "places", [join(folderOf({ "t.csv": text }), "t.csv")], { as: "table" })
  const rejects = await app.ask<{ code: string; reason: string; row: string; byteStart: number; byteEnd: number; snippet: string }[]>(
    "records.rejects",
    { investigation: "places", exhibit: file!.exhibit },
  )
  expect(rejects).toHaveLength(file!.rejected)
  expect(rejects.length).toBeGreaterThan(0)
  for (const r of rejects) {
    const bytes = await app.ask<Buffer>("evidence.bytes", { exhibit: file!.exhibit, start: r.byteStart, end: r.byteEnd })
    expect(text).toContain(bytes.toString())
    expect(bytes.length).toBeGreaterThan(0)
    expect([r.code, r.reason, r.row]).not.toContain(null)
  }
})

test("NUL characters and half surrogates in a source go through register and segments", async () => {
  const lines = [
    { kind: "x\0y", app: "a\0pp", body: "be\0fore" },
    { kind: "\ud800", body: "half \udc00" },
  ]
    .map((l) => JSON.stringify(l))
    .join("\n")
  const files = await take(app, "nul", [
    folderOf({ "l.jsonl": lines, "t.csv": "na\0me,phone\nA\0nn,+447700900101\n", "c.vcf": CARD.replace("Shop", "S\0hop") }),
  ])
  expect(balanced(files)).toEqual([])
  expect(files.every((f) => f.state !== "sealed")).toBe(true)
})

test.skipIf(!SHARED)(
  "read and rejected are what was there in every file of the shared data",
  async () => {
    const folders = (
      process.env.LONG === "1"
        ? ["phones", "exchange", "watchlists", "documents", "flows", "identity", "money"]
        : ["phones", "exchange/case"]
    ).map((name) => join(SHARED!, name))
    const files = await take(app, "shared", folders)
    expect(files.filter((f) => f.state === "sealed")).toEqual([])
    expect(balanced(files)).toEqual([])
    let total = { there: 0, units: 0, rejected: 0 }
    const readings = await app.store.register.transaction(
      async (tx) =>
        (
          await tx.query<{ reading: { there: number; units: number; rejected: number } }>(
            "select reading from exhibit where id = any($1)",
            [files.map((f) => f.exhibit)],
          )
        ).rows,
      "all",
    )
    expect(readings).toHaveLength(files.length)
    for (const { reading } of readings) {
      expect(reading.there).toBe(reading.units + reading.rejected)
      total = { there: total.there + reading.there, units: total.units + reading.units, rejected: total.rejected + reading.rejected }
    }
    expect(total.there).toBe(total.units + total.rejected)
    expect(total.units).toBeGreaterThan(1_000)
    const detail = (name: string) => files.find((f) => f.path.endsWith(name))!
    expect(detail("ufed-report-iphone-3gs.xml").detail).toMatchObject({ "message/sms": 46, "message/mms": 11, "call/cellular": 22 })
    expect(detail("ufed-report-iphone-3gs.xml").read.contact).toBeGreaterThanOrEqual(11)
    expect(files.find((f) => f.format === "kik-ios")!.read).toMatchObject({ message: 60 })
    expect(files.find((f) => f.path.endsWith("mmssms.db"))!.read.message).toBe(9)
    expect(files.filter((f) => f.format === "importer-broke" || f.state === "unreadable").map((f) => f.path)).toEqual([])
  },
  600_000,
)

/** Damages bytes: cut off, bits turned, a stretch doubled or taken out. */
function damaged(bytes: Buffer, random: { next(): number }): Buffer {
  const at = (n: number) => Math.floor(random.next() * n)
  const out = Buffer.from(bytes)
  if (out.length === 0) return out
  switch (at(4)) {
    case 0:
      return out.subarray(0, at(out.length))
    case 1:
      for (let n = 0; n <= at(20); n++) out[at(out.length)]! ^= 1 << at(8)
      return out
    case 2: {
      const [start, length] = [at(out.length), at(400)]
      return Buffer.concat([out.subarray(0, start + length), out.subarray(start)])
    }
    default: {
      const start = at(out.length)
      return Buffer.concat([out.subarray(0, start), out.subarray(start + at(400))])
    }
  }
}

const FUZZ_SEED = Number(process.env.FUZZ_SEED ?? 1)
const ROUNDS = process.env.LONG === "1" ? 40 : 3

test(`damaged files of every format at once lose nothing and stop nothing (seed ${FUZZ_SEED})`, async () => {
  const vectors = join(import.meta.dirname, "../vectors")
  const originals = ["ufed-xml", "vcard", "whatsapp-text", "telegram-json", "signal-text", "instagram-json"].flatMap((id) =>
    readdirSync(join(vectors, id))
      .filter((name) => !name.endsWith(".expect.json"))
      .map((name) => ({ name: `${id}-${name}`, bytes: readFileSync(join(vectors, id, name)) })),
  )
  originals.push(
    { name: "edges.csv", bytes: Buffer.from("source,target,weight\na,b,1\nb,c,2\n") },
    { name: "people.csv", bytes: Buffer.from("name,phone\nAnn,+447700900101\nBen,+447700900102\n") },
  )
  const random = rng(FUZZ_SEED, 99)
  for (let round = 0; round < ROUNDS; round++) {
    const folder = folderOf({})
    for (const { name, bytes } of originals) writeFileSync(join(folder, name), damaged(bytes, random))
    const files = await take(app, "fuzz", [folder])
    expect(files).toHaveLength(originals.length)
    expect(balanced(files), `round ${round}`).toEqual([])
    expect(files.filter((f) => f.state === "sealed" || f.notes.some((n) => /broke/.test(n)))).toEqual([])
    const rejects = await app.ask<{ code: string; exhibit: string; reason: string }[]>("records.rejects", {
      investigation: "fuzz",
      limit: 10_000,
    })
    const broke = rejects
      .filter((r) => r.code === "importer-broke")
      .map((r) => `${files.find((f) => f.exhibit === r.exhibit)?.path}: ${r.reason}`)
    expect(broke, `round ${round}`).toEqual([])
  }
}, 600_000)

test("the flags of the usual grounds are what these tests say they are", () => {
  expect(GROUNDS).toEqual({ authority: "warrant 7 (invented)", grade: "1A", handling: "P" })
})
