import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as journal from "#journal"
import fc from "../support/properties.ts"
import { type TestStore, testStore } from "../support/store.ts"
import { HAS_OPENSSL, openClock, TST_INFO } from "./clock.ts"

const { append, checkpoint, exportJournal, openSigner, party, sequence, state, timestamp, verifyJournal, witness } = journal

const ADMIN = "us_00000000000000000001"
const AT = Date.UTC(2026, 10, 22, 12)
const VECTORS = join(import.meta.dirname, "../vectors/journal")

const keys = JSON.parse(readFileSync(join(VECTORS, "keys.json"), "utf8")) as { log: string; witness: string; clock: string }
let store: TestStore
let clockFile: string
let signer: journal.Signer
const inTx = <T>(run: (tx: Parameters<typeof append>[0]) => Promise<T>) => store.register.transaction(run)
const take = (answer: Uint8Array) => inTx((tx) => timestamp.takeTimestamp(tx, answer))
const record = (name: string, key: string) => inTx((tx) => party.addParty(tx, { kind: "clock", name, key }, ADMIN, AT))

beforeAll(async () => {
  store = await testStore({ migrations: journal.migrations })
  signer = openSigner(store.ground.folder)
  clockFile = join(store.ground.folder, "clock.pem")
  writeFileSync(clockFile, keys.clock)
  await inTx(async (tx) => {
    for (let i = 0; i < 9; i++) await append(tx, { kind: "decision", actor: ADMIN, at: AT + i })
  })
  await sequence(store.register)
})
afterAll(() => store?.end())

test("a request is what RFC 3161 asks: version 1, SHA-256 of the note, the certificate wanted", () => {
  // As `openssl ts -query -sha256 -cert -no_nonce` writes it for the five letters and a line feed.
  expect(timestamp.timestampRequest("hello\n").toString("hex")).toBe(
    "30390201013031300d06096086480165030402010500" + "04205891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" + "0101ff",
  )
})

test.runIf(HAS_OPENSSL)(
  "a real authority's answer is taken in when the authority was recorded before, and openssl agrees with it (needs openssl)",
  async () => {
    for (const key of ["rsa", "ec"] as const) {
      const clock = openClock({ key })
      const note = await checkpoint(store.register, signer, "decisions")
      const answer = clock.stamp(timestamp.timestampRequest(note))
      expect(clock.agrees(answer, note)).toBe(true)
      await expect(take(answer)).rejects.toMatchObject({ code: "invalid.timestamp" })
      await record(`root ${key}`, clock.root)
      expect(await take(answer)).toMatchObject({ tree: "decisions", size: 9, clock: `root ${key}` })
      await inTx((tx) => party.dropParty(tx, { kind: "clock", name: `root ${key}` }, ADMIN, AT))
      await record(`signer ${key}`, clock.signer)
      expect(await take(answer)).toMatchObject({ clock: `signer ${key}` })

      const bare = (await inTx((tx) => state.latestPins(tx)))[0]!.timestamps.at(-1)!
      expect(await take(bare)).toMatchObject({ clock: expect.stringMatching(/^signer/) })
      const path = join(store.ground.folder, "stamped.jsonl")
      await exportJournal(store.register, signer, path)
      const [first] = (await verifyJournal(path, { key: signer.verifierKey, clocks: [clock.rootFile] })).outside.filter(
        (v) => v.key === "given",
      )
      expect(first).toMatchObject({ tree: "decisions", size: 9, how: "time stamp", by: "CN=Invented-clock-1" })
      clock.end()
    }
  },
)

test.runIf(HAS_OPENSSL)(
  "a time stamp over something else, by somebody else, or with a certificate for something else is refused (needs openssl)",
  async () => {
    const [clock, other] = [openClock(), openClock()]
    await record("the recorded one", clock.root)
    const note = await checkpoint(store.register, signer, "decisions")
    const request = timestamp.timestampRequest(note)
    for (const answer of [
      clock.stamp(timestamp.timestampRequest(`${note}\n`)),
      other.stamp(request),
      clock.signedAsSomethingElse(clock.stamp(request)),
      Buffer.from("no time stamp"),
      Buffer.concat([clock.stamp(request), Buffer.from([0])]),
    ])
      await expect(take(answer)).rejects.toMatchObject({ code: "invalid.timestamp" })
    expect(await take(clock.stamp(request))).toMatchObject({ clock: "the recorded one" })
    for (const c of [clock, other]) c.end()
  },
)

test("what is no certificate, or more than one, is not recorded as a clock", async () => {
  const pem = keys.clock
  for (const key of ["", "x", pem + pem, pem.replace(/^.{64}$/m, "")])
    await expect(record("nobody", key)).rejects.toMatchObject({ code: "invalid.certificate" })
})

const VECTOR = join(VECTORS, "stamped.jsonl")
const lines = readFileSync(VECTOR, "utf8").split("\n")

test("the kept export, with a cosignature and a time stamp of openssl's, verifies by its keys", async () => {
  const verdict = await verifyJournal(VECTOR, { key: keys.log, witnesses: [keys.witness], clocks: [clockFile] })
  expect(verdict).toEqual({
    ok: true,
    kind: "journal",
    checked: 7,
    leftOut: 0,
    first: null,
    key: "given",
    outside: [
      {
        tree: "decisions",
        size: 5,
        by: expect.stringMatching(/^linchpin-/),
        how: "cosignature",
        at: "2026-11-22T12:00:00.000Z",
        key: "given",
      },
      { tree: "decisions", size: 5, by: "CN=Invented-clock-1", how: "time stamp", at: expect.stringMatching(/^2026-11-22T/), key: "given" },
    ],
  })
  expect((await verifyJournal(VECTOR)).outside.map((v) => v.key)).toEqual(["in file", "in file"])
})

test("the kept time stamp is taken in beside its checkpoint by the code that writes", async () => {
  const cosigned = (JSON.parse(lines.find((l) => l.startsWith('{"checkpoint":"') && l.includes("/decisions"))!) as { checkpoint: string })
    .checkpoint
  const note = cosigned.split("\n").slice(0, 5).join("\n")
  const { timestamp: token } = JSON.parse(lines.find((l) => l.startsWith('{"timestamp"'))!) as { timestamp: string }
  await store.register.read.query("insert into journal_checkpoint (tree, size, note) values ('decisions', 5, $1)", [`${note}\n`])
  await record("kept", keys.clock)
  expect(await take(Buffer.from(token, "base64"))).toMatchObject({ tree: "decisions", size: 5, clock: "kept" })
  await expect(inTx((tx) => witness.takeCosigned(tx, signer, cosigned))).rejects.toMatchObject({ code: "invalid.checkpoint-foreign" })
})

test("a time stamp that was bent in its imprint, its time, its signed attributes or its signature is found", async () => {
  const at = lines.findIndex((l) => l.startsWith('{"timestamp"'))
  const token = Buffer.from((JSON.parse(lines[at]!) as { timestamp: string }).timestamp, "base64")
  // The bytes that the signature is over, and the signature: what stands around them is not vouched for by anybody.
  const info = token.indexOf(TST_INFO) + TST_INFO.length + 4
  const certificates = token.indexOf(Buffer.from("a082", "hex"), info)
  const attributes = token.indexOf(Buffer.from("2a864886f70d010903", "hex"), certificates)
  const signature = token.length - 256
  const stretches = [
    [info, certificates],
    [attributes, signature - 19],
    [signature, token.length],
  ] as const
  const places = stretches.flatMap(([from, until]) => Array.from({ length: until - from }, (_, i) => from + i))
  const bent = join(store.ground.folder, "bent.jsonl")
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat({ max: 7 }), async (where, bit) => {
      const copy = Buffer.from(token)
      copy[places[where % places.length]!]! ^= 1 << bit
      writeFileSync(bent, lines.map((l, n) => (n === at ? JSON.stringify({ timestamp: copy.toString("base64") }) : l)).join("\n"))
      expect(await verifyJournal(bent, { clocks: [clockFile] })).toMatchObject({
        ok: false,
        first: { at: expect.stringMatching(/^line \d+$/) },
      })
    }),
    { numRuns: process.env.LONG ? 1000 : 200 },
  )
})
