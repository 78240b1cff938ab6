import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import * as journal from "#journal"
import { cosignatureBy, makeVerifierKey, readCheckpointNote, readVerifierKey, signedBy } from "../../src/ground/journal/note.ts"
import { type TestStore, testStore } from "../support/store.ts"

const { append, checkpoint, exportJournal, openSigner, party, sequence, state, verifyJournal, witness } = journal

/** The journal that is watched, and two other nodes: the witness, and one that nobody recorded. */
let store: TestStore
let signer: journal.Signer
let other: TestStore
let watcher: journal.Signer
let stranger: TestStore

const AT = Date.UTC(2026, 10, 22, 12)
const ADMIN = "us_00000000000000000001"

const fill = async (into: TestStore, count: number, kind: journal.EntryKind = "decision") => {
  await into.register.transaction(async (tx) => {
    for (let i = 0; i < count; i++) await append(tx, { kind, actor: ADMIN, at: AT + i, procedure: "entities.decide", payload: { i } })
  })
  await sequence(into.register)
}
const inTx = <T>(of: TestStore, run: (tx: Parameters<typeof append>[0]) => Promise<T>) => of.register.transaction(run)
const requestOf = async (old: number, of = store, by = signer) => {
  const note = await checkpoint(of.register, by, "decisions")
  return inTx(of, (tx) => witness.witnessRequest(tx, "decisions", old, { size: Number(note.split("\n")[1]), note }))
}
const cosign = (request: string, at = AT) => inTx(other, (tx) => witness.cosign(tx, watcher, request, at))

beforeAll(async () => {
  const made = () => testStore({ migrations: journal.migrations })
  ;[store, other, stranger] = await Promise.all([made(), made(), made()])
  signer = openSigner(store.ground.folder)
  watcher = openSigner(other.ground.folder)
  await fill(store, 30)
})
afterAll(async () => {
  await Promise.all([store?.end(), other?.end(), stranger?.end()])
})

test("the example of C2SP tlog-cosignature is read as a checkpoint with two signers", () => {
  const note = readCheckpointNote(
    [
      "example.com/behind-the-sofa",
      "20852163",
      "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
      "",
      "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=",
      "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==",
      "",
    ].join("\n"),
  )
  expect([note.origin, note.size, note.signatures.map((s) => s.signature.length)]).toEqual([
    "example.com/behind-the-sofa",
    20852163,
    [64, 72],
  ])
  expect(note.signatures[1]!.signature.readBigUInt64BE(0)).toBe(1679315147n)
})

test("a key has its type in its id, so that a log's key is no witness's", () => {
  const raw = readVerifierKey(signer.verifierKey, 1).raw
  expect(makeVerifierKey(signer.name, 4, raw).text).toBe(signer.witnessKey)
  expect(() => readVerifierKey(signer.verifierKey, 4)).toThrowError(expect.objectContaining({ code: "invalid.verifier-key" }))
  expect(() => readVerifierKey(signer.witnessKey, 1)).toThrowError(expect.objectContaining({ code: "invalid.verifier-key" }))
  expect(() => readVerifierKey(signer.witnessKey.replace("+", "x+"), 4)).toThrowError(
    expect.objectContaining({ code: "invalid.verifier-key" }),
  )
})

test("a witness cosigns only logs that were recorded, from where it saw them last, and only what continues that", async () => {
  const first = await requestOf(0)
  await expect(cosign(first)).rejects.toMatchObject({ code: "refused.log-unknown" })
  await inTx(other, (tx) => party.addParty(tx, { kind: "log", name: "Dover node", key: signer.verifierKey }, ADMIN, AT))
  await expect(cosign(first.replace("old 0", "old zero"))).rejects.toMatchObject({ code: "invalid.witness-request" })
  const strange = openSigner(stranger.ground.folder)
  await fill(stranger, 3)
  const foreign = (await requestOf(0, stranger, strange)).replaceAll(`${strange.name}/`, `${signer.name}/`)
  await expect(cosign(foreign)).rejects.toMatchObject({ code: "refused.log-signature" })

  const done = await cosign(first)
  expect([done.log, done.origin, done.size]).toEqual(["Dover node", `${signer.name}/decisions`, 30])
  const note = readCheckpointNote(done.note)
  expect(signedBy(note, readVerifierKey(signer.verifierKey, 1))).not.toBeNull()
  expect(cosignatureBy(note, readVerifierKey(watcher.witnessKey, 4))?.at).toBe(AT)

  await expect(cosign(first)).rejects.toMatchObject({
    code: "conflict.witness-size",
    message: expect.stringContaining("30 entries, not 0"),
  })
  await fill(store, 20)
  const wrong = (await requestOf(30)).split("\n")
  const proofLine = wrong[1]!
  wrong[1] = Buffer.from(Buffer.from(proofLine, "base64").map((b) => b ^ 1)).toString("base64")
  await expect(cosign(wrong.join("\n"))).rejects.toMatchObject({ code: "refused.log-inconsistent" })
  expect((await cosign(await requestOf(30), AT + 3_600_000)).size).toBe(50)
  expect((await cosign(await requestOf(50), AT + 7_200_000)).size).toBe(50)
})

test("a log that was rewritten behind the same key gets no cosignature", async () => {
  writeFileSync(join(stranger.ground.folder, "journal.key"), readFileSync(join(store.ground.folder, "journal.key")))
  await fill(stranger, 77)
  await expect(cosign(await requestOf(50, stranger, openSigner(stranger.ground.folder)))).rejects.toMatchObject({
    code: "refused.log-inconsistent",
  })
})

test("a cosigned checkpoint is taken back when its witness was recorded before, and the journal still begins so", async () => {
  await expect(inTx(store, (tx) => witness.takeCosigned(tx, signer, "no note"))).rejects.toMatchObject({ code: "invalid.checkpoint" })
  const { note } = await cosign(await requestOf(50), AT + 10_000_000)
  const take = (text: string) => inTx(store, (tx) => witness.takeCosigned(tx, signer, text))
  await expect(take(note)).rejects.toMatchObject({ code: "invalid.cosignature" })
  await inTx(store, (tx) => party.addParty(tx, { kind: "witness", name: "Lille node", key: watcher.witnessKey }, ADMIN, AT))
  await expect(
    inTx(store, (tx) => party.addParty(tx, { kind: "witness", name: "Lille node", key: watcher.witnessKey }, ADMIN, AT)),
  ).rejects.toMatchObject({
    code: "conflict.party-known",
  })
  const lines = note.trimEnd().split("\n")
  const bent = `${[...lines.slice(0, -1), lines.at(-1)!.replace(/.{6}$/, "AAAA==")].join("\n")}\n`
  await expect(take(bent)).rejects.toMatchObject({ code: expect.stringMatching(/^invalid\.c/) })
  expect(await take(note)).toEqual({ tree: "decisions", size: 50, witnesses: [{ name: "Lille node", at: AT + 10_000_000 }] })
  const own = await checkpoint(other.register, watcher, "access")
  await expect(take(own)).rejects.toMatchObject({ code: "invalid.checkpoint-foreign" })

  await fill(store, 5)
  const [request] = await inTx(store, (tx) => witness.witnessRequests(tx)).then((all) => all.filter((r) => r.tree === "decisions"))
  expect(request).toBeUndefined()
  await checkpoint(store.register, signer, "decisions")
  const [next] = await inTx(store, (tx) => witness.witnessRequests(tx)).then((all) => all.filter((r) => r.tree === "decisions"))
  expect(next).toMatchObject({ witness: "Lille node", text: expect.stringMatching(/^old 50\n/) })
})

test("the state tells what nobody outside has seen, and the banner tells no more than when somebody last did", async () => {
  const now = await inTx(store, (tx) => state.witnessState(tx))
  expect(now.trees[0]).toMatchObject({
    tree: "decisions",
    size: 55,
    witnessed: { size: 50, by: [{ name: "Lille node", kind: "witness", size: 50 }] },
    unwitnessed: { entries: 5, since: "2026-11-22T12:00:00.000Z" },
  })
  const banner = (at: number) => inTx(store, (tx) => state.witnessing(tx, at))
  expect(await banner(AT)).toEqual({ state: "never", last: null })
  await fill(store, 4, "consultation")
  const access = await checkpoint(store.register, signer, "access")
  const request = await inTx(store, (tx) => witness.witnessRequest(tx, "access", 0, { size: 4, note: access }))
  const { note } = await cosign(request, AT + 20_000_000)
  await inTx(store, (tx) => witness.takeCosigned(tx, signer, note))
  expect(await banner(AT + 20_000_000)).toEqual({ state: "current", last: AT + 10_000_000 })
  expect((await banner(AT + 10_000_000 + 37 * 3_600_000)).state).toBe("late")
})

test("an export carries the cosignatures; the verifier says who vouches, and whether the caller knows the key", async () => {
  const path = join(store.ground.folder, "cosigned.jsonl")
  await exportJournal(store.register, signer, path)
  const unknown = await verifyJournal(path, { key: signer.verifierKey })
  expect(unknown).toMatchObject({ ok: true, first: null })
  const voucher = { by: watcher.name, how: "cosignature", key: "in file" }
  expect(unknown.outside).toEqual([
    { ...voucher, tree: "decisions", size: 50, at: "2026-11-22T14:46:40.000Z" },
    { ...voucher, tree: "access", size: 4, at: "2026-11-22T17:33:20.000Z" },
  ])
  const known = await verifyJournal(path, { key: signer.verifierKey, witnesses: [watcher.witnessKey] })
  expect(known.outside.map((v) => v.key)).toEqual(["given", "given"])
  const pins = await inTx(store, (tx) => state.latestPins(tx))
  expect(pins.map((p) => [p.tree, p.size, p.note.match(/\u2014/g)!.length])).toEqual([
    ["decisions", 50, 2],
    ["access", 4, 2],
  ])
  const kept = join(store.ground.folder, "kept")
  writeFileSync(kept, pins[0]!.note)
  expect(await verifyJournal(path, { checkpoint: kept })).toMatchObject({ ok: true })
})

test("what a party vouched for outlives its record; nothing new of it is taken, and nobody edits either", async () => {
  await inTx(store, (tx) => party.dropParty(tx, { kind: "witness", name: "Lille node" }, ADMIN, AT))
  await expect(inTx(store, (tx) => party.dropParty(tx, { kind: "witness", name: "Lille node" }, ADMIN, AT))).rejects.toMatchObject({
    code: "invalid.party-unknown",
  })
  const { note } = await cosign(await requestOf(50), AT + 30_000_000)
  await expect(inTx(store, (tx) => witness.takeCosigned(tx, signer, note))).rejects.toMatchObject({ code: "invalid.cosignature" })
  const path = join(store.ground.folder, "after.jsonl")
  await exportJournal(store.register, signer, path)
  expect((await verifyJournal(path, { key: signer.verifierKey })).outside.map((v) => v.size)).toEqual([50, 4])
  for (const sql of [
    "update journal_party set key = 'x'",
    "delete from journal_cosignature",
    "delete from journal_party",
    "truncate journal_timestamp",
  ])
    await expect(
      inTx(store, async (tx) => {
        await tx.query("set role none")
        await tx.query(sql)
      }),
    ).rejects.toMatchObject({ code: "LJ001" })
  await expect(inTx(other, (tx) => tx.query("delete from journal_seen"))).rejects.toMatchObject({ code: "42501" })
})
