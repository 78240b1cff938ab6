import { createPublicKey, hash, verify } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { failureOf, openInvestigationAs, personAs, type TestApp, testApp } from "../support/store.ts"
import { number } from "../support/world.ts"

const HERE = "in_00000000000000000001"
const ELSEWHERE = "in_00000000000000000002"
let app: TestApp
let asker: Caller
let second: Caller
let officer: Caller
let other: Caller
beforeAll(async () => {
  app = await testApp()
  await openInvestigationAs(app, HERE, "Here")
  await openInvestigationAs(app, ELSEWHERE, "Elsewhere")
  asker = await personAs(app, { id: "us_asker", team: "blue", roles: [{ role: "operations-lead", investigation: HERE }] })
  second = await personAs(app, { id: "us_second", team: "law", roles: [{ role: "prosecutor", investigation: HERE }] })
  officer = await personAs(app, { id: "us_officer", team: "white", roles: [{ role: "cleared-officer", investigation: null }] })
  other = await personAs(app, { id: "us_other", team: "green", roles: [{ role: "operations-lead", investigation: ELSEWHERE }] })
  await personAs(app, { id: "us_partner", organisation: "de-bka", roles: [] })
})
afterAll(() => app.end())

const letter = (identifiers: object[]) => ({
  investigation: HERE,
  recipients: ["de-bka"],
  subject: "A number to look at",
  words: "We ask you to look at this number.",
  identifiers,
  ground: "invented gateway",
  onwardUse: "intelligence only",
})

test("a letter goes out signed, once, after the cleared officer saw who else asks about what it names", async () => {
  const reason = "read and found in order"
  const named = { type: "phone", value: number(410) }
  await app.ask(
    "deconfliction.announce",
    { investigation: ELSEWHERE, type: "phone", identifier: number(410), contact: "Desk 9", reason },
    other,
  )
  await app.ask(
    "deconfliction.covert",
    { investigation: ELSEWHERE, type: "phone", identifier: number(411), contact: "Desk 9", reason },
    other,
  )
  expect((await failureOf(app.ask("disclosures.release", letter([{ type: "phone", value: "abc" }]), asker))).code).toBe(
    "invalid.identifier",
  )
  const { preview, sha256 } = await app.ask<{ preview: string; sha256: string }>(
    "disclosures.release",
    letter([named, { type: "phone", value: number(411) }]),
    asker,
  )
  const [waiting] = await app.ask<{ rerun: string }[]>("reruns.list", {}, officer)
  const { sha256: seen, whole } = await app.ask<{ sha256: string; whole: unknown }>("reruns.show", { rerun: waiting!.rerun }, officer)
  expect(whole).toMatchObject({
    named: [
      { identifier: `phone ${number(410)}`, contacts: ["Desk 9"], protected: false },
      { identifier: `phone ${number(411)}`, contacts: [], protected: true },
    ],
  })
  await app.ask("reruns.answer", { rerun: waiting!.rerun, word: "proceed", reason: "Spoken to desk 9, agreed.", seen }, officer)
  await app.ask("outside.approve", { investigation: HERE, preview, sha256, reason }, second)
  expect((await failureOf(app.ask("disclosures.letter", { investigation: HERE, preview }, asker))).code).toBe("invalid.letter-unknown")
  const done = await app.ask<{ result: { sha256: string } }>("outside.perform", { investigation: HERE, preview }, asker)
  expect(await app.ask("outside.perform", { investigation: HERE, preview }, asker)).toEqual(done)
  const file = await app.ask<Buffer>("disclosures.letter", { investigation: HERE, preview }, asker)
  expect(hash("sha256", file)).toBe(done.result.sha256)
  const { letter: text, signature, key } = JSON.parse(file.toString()) as Record<"letter" | "signature" | "key", string>
  expect(JSON.parse(text)).toMatchObject({ subject: "A number to look at", recipients: ["de-bka"], reference: preview })
  // The signature is over the hash of exactly this letter, under the key that the node gives out.
  const note = `linchpin-letter/v1\n${hash("sha256", text)}\n`
  expect(signature.startsWith(`${note}\n`)).toBe(true)
  const raw = Buffer.from(key.split("+").slice(2).join("+"), "base64").subarray(1)
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" })
  const signed = Buffer.from(signature.trim().split(" ").at(-1)!, "base64").subarray(4)
  expect(verify(null, Buffer.from(note), publicKey, signed)).toBe(true)
  expect(verify(null, Buffer.from(note.replace("v1", "v2")), publicKey, signed)).toBe(false)
})
