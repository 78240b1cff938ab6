import { readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import Papa from "papaparse"
import { expect, test } from "vitest"
import yauzl from "yauzl"
import { filesUnder, operation } from "./folder.ts"

const { folder, truth } = await operation(1)
const evidence = join(folder, "evidence")

type Kinds = Record<string, number>

async function unzipped(path: string): Promise<Map<string, string>> {
  const out = new Map<string, string>()
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  )
  await new Promise<void>((resolve, reject) => {
    zip.on("end", resolve)
    zip.on("error", reject)
    zip.on("entry", (entry: yauzl.Entry) =>
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        out.set(entry.fileName, Buffer.concat(chunks).toString("utf8"))
        zip.readEntry()
      }),
    )
    zip.readEntry()
  })
  return out
}

const times = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length

function ofUfed(xml: string): Kinds {
  const models = (type: string) => times(xml, new RegExp(`<model type="${type}"`, "g"))
  const voices = times(xml, /<field name="ContentType"[^\n]*audio\/ogg/g)
  return {
    device: times(xml, /<metadata section="Device Info">/g),
    contact: models("Contact"),
    call: models("Call"),
    statement: models("Chat"),
    "voice-note": voices,
    message: models("InstantMessage") + models("SMS") - voices,
    location: models("Coordinate"),
    account: models("UserAccount"),
  }
}

const COUNTS: Record<string, Record<string, string>> = {
  "contacts2.db": { contact: "SELECT count(*) n FROM contacts" },
  "calllog.db": { call: "SELECT count(*) n FROM calls" },
  "mmssms.db": { message: "SELECT count(*) n FROM sms" },
  "wa.db": { contact: "SELECT count(*) n FROM wa_contacts" },
  "msgstore.db": {
    message: "SELECT count(*) n FROM message WHERE message_type <> 2",
    "voice-note": "SELECT count(*) n FROM message WHERE message_type = 2",
    location: "SELECT count(*) n FROM message_location",
    account: "SELECT count(*) n FROM chat",
    call: "SELECT count(*) n FROM call_log",
  },
  "AddressBook.sqlitedb": { contact: "SELECT count(*) n FROM ABPerson" },
  "CallHistory.storedata": { call: "SELECT count(*) n FROM ZCALLRECORD" },
  "sms.db": { message: "SELECT count(*) n FROM message" },
  "ChatStorage.sqlite": {
    message: "SELECT count(*) n FROM ZWAMESSAGE WHERE ZMESSAGETYPE <> 3",
    "voice-note": "SELECT count(*) n FROM ZWAMESSAGE WHERE ZMESSAGETYPE = 3",
    location: "SELECT count(*) n FROM ZWAMEDIAITEM WHERE ZLATITUDE IS NOT NULL",
    account: "SELECT count(*) n FROM ZWACHATSESSION",
  },
}

function ofDatabase(path: string): Kinds {
  const db = new DatabaseSync(path, { readOnly: true })
  const kinds = Object.fromEntries(Object.entries(COUNTS[basename(path)]!).map(([kind, sql]) => [kind, Number(db.prepare(sql).get()!.n)]))
  db.close()
  return kinds
}

function ofTelegram(text: string): Kinds {
  const all = JSON.parse(text) as {
    contacts: { list: unknown[] }
    chats: { list: { messages: { media_type?: string; location_information?: unknown }[] }[] }
  }
  const messages = all.chats.list.flatMap((c) => c.messages)
  const voices = messages.filter((m) => m.media_type === "voice_message").length
  return {
    account: 1,
    contact: all.contacts.list.length,
    statement: all.chats.list.length,
    "voice-note": voices,
    message: messages.length - voices,
    location: messages.filter((m) => m.location_information).length,
  }
}

function ofWhatsapp(text: string): Kinds {
  const heads = text.split("\n").filter((line) => /^\[?[\d\u0660-\u0669]{1,2}\/[\d\u0660-\u0669]{1,2}\/[\d\u0660-\u0669]{4}/.test(line))
  const voices = heads.filter((line) => line.includes(".opus")).length
  return { message: heads.length - voices, "voice-note": voices, location: heads.filter((line) => line.includes("maps.google.com")).length }
}

async function counted(path: string, kinds: string[]): Promise<Kinds> {
  const name = basename(path)
  if (name in COUNTS) return ofDatabase(path)
  if (name.endsWith(".xml")) return ofUfed(readFileSync(path, "utf8"))
  if (name.endsWith(".vcf")) return { contact: times(readFileSync(path, "utf8"), /^BEGIN:VCARD/gm) }
  if (name === "result.json") return ofTelegram(readFileSync(path, "utf8"))
  if (name.endsWith(".csv")) {
    const { data } = Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true })
    return { [kinds[0] ?? "none"]: data.length - 1 }
  }
  const inside = await unzipped(path)
  if (name.endsWith(".ufdr")) return ofUfed(inside.get("report.xml")!)
  if (name.endsWith(".xlsx")) return { transfer: times(inside.get("xl/worksheets/sheet1.xml")!, /<row /g) - 1 }
  return ofWhatsapp([...inside.values()][0]!)
}

test("every file holds as many records of each kind as truth says", async () => {
  for (const file of truth.records.files) {
    if (file.rejected > 0) continue
    const kinds = await counted(join(evidence, file.path), Object.keys(file.kinds))
    const there = Object.fromEntries(Object.entries(kinds).filter(([, n]) => n > 0))
    expect(there, file.path).toEqual(file.kinds)
  }
})

test("truth lists every file that lies with a sheet, and nothing else", () => {
  const there = filesUnder(evidence).filter((name) => !name.endsWith("material.json"))
  expect(truth.records.files.map((f) => f.path).sort()).toEqual(there)
  const sum = truth.records.files.reduce((n, f) => n + Object.values(f.kinds).reduce((a, b) => a + (b ?? 0), 0), 0)
  expect(truth.records.total).toBe(sum)
})

test("scale S holds some twenty thousand records, within what thirty per cent either way allows", () => {
  expect(truth.records.total).toBeGreaterThan(10_000)
  expect(truth.records.total).toBeLessThan(34_000)
})

test("all phone formats are there, wiped phones with nearly nothing and unreadable images", () => {
  const formats = new Set(truth.phones.map((p) => p.format))
  expect([...formats].sort()).toEqual(["android", "ios", "telegram-export", "ufdr", "ufed-xml", "whatsapp-export"])
  const wiped = truth.phones.filter((p) => p.wiped)
  expect(wiped.length).toBeGreaterThan(2)
  for (const p of wiped) expect(p.cards + p.lines + p.calls).toBeLessThan(20)
  expect(truth.records.files.filter((f) => f.rejected === 1)).toHaveLength(truth.phones.filter((p) => p.unreadable).length)
})

test("every item has a sheet with power, grounds, standing and a continuity that starts with its seizure", () => {
  const sheets = filesUnder(evidence).filter((name) => name.endsWith("material.json"))
  expect(sheets.length).toBeGreaterThan(30)
  for (const name of sheets) {
    const sheet = JSON.parse(readFileSync(join(evidence, name), "utf8")) as Record<string, unknown> & {
      continuity: { at: string; what: string }[]
      files: Record<string, unknown>
      holder: { standing: string }
    }
    for (const key of ["reference", "title", "authority", "power", "grounds", "officer", "authoriser", "originator", "region", "zone"])
      expect(sheet[key], `${name} ${key}`).toMatch(/\S/)
    expect(sheet.continuity[0]!.what).toBe("seized")
    const order = sheet.continuity.map((c) => c.at)
    expect(order).toEqual(order.toSorted())
    expect(sheet.onArrival === true).toBe(sheet.holder.standing === "smuggled-person")
    for (const file of Object.keys(sheet.files))
      expect(truth.records.files.map((f) => f.path)).toContain(name.replace("material.json", file).replaceAll("\\", "/"))
  }
  const grounds = sheets
    .filter((n) => n.startsWith("LDG"))
    .map((n) => JSON.parse(readFileSync(join(evidence, n), "utf8")).grounds as string)
  expect(new Set(grounds).size).toBe(grounds.length)
})
