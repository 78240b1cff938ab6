import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Caller } from "#access"
import { verifyJournal } from "#journal"
import { includes } from "../../src/ground/journal/tree.ts"
import { failureOf, type IntakeFile, journalOf, personAs, type TestApp, take, testApp } from "../support/store.ts"
import { number, ORGANISER, passengers, phonesFolder } from "../support/world.ts"

const I = "Erase"
let app: TestApp
let officer: Caller
let files: IntakeFile[]
beforeAll(async () => {
  app = await testApp()
  files = await take(app, I, [
    phonesFolder([
      ...passengers(4),
      {
        reference: "ZQ-HOLDERPHONE",
        event: "landing-zqxevent",
        own: number(700),
        cards: [["Qaraxan Zirakwan", number(701)]],
        lines: [
          { day: 1, way: "in", other: number(701), text: "the xylofanta is behind the brumelstone" },
          { day: 2, way: "out", other: ORGANISER, text: "tell plonketzia that I wait" },
        ],
        sheet: { title: "Telefon of Wazirbagh", grounds: "found beside the grimbolt", holder: { description: "man called Dilxwazan" } },
      },
    ]),
  ])
  officer = await personAs(app, { id: "us_officer", roles: [{ role: "data-protection-officer", investigation: null }] })
})
afterAll(() => app.end())

/** Everything below the data folder that is not the vault, as bytes. */
function bytesBelow(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((p) => join(folder, p))
    .filter((p) => statSync(p, { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ path, bytes: readFileSync(path) }))
}
const filesWith = (word: string): string[] =>
  bytesBelow(app.ground.folder)
    .filter(({ bytes }) => bytes.includes(word) || bytes.includes(word.toLowerCase()))
    .map((f) => f.path)

interface Stub {
  proof: { entry: string; leafHash: string; size: number; root: string; path: string[] } | null
  exhibits: unknown[]
  stubSha256: string
}
interface Order {
  id: string
  state: string
  parts: string[]
}
async function erased(target: object): Promise<Order> {
  const proposed = await app.ask<Order>("retention.propose-erasure", {
    investigation: I,
    ground: "no-longer-needed",
    reason: "not needed for any charge any more",
    ...target,
  })
  const { digest } = await app.ask<{ digest: string }>("retention.order-preview", { erasure: proposed.id }, officer)
  return app.ask<Order>("retention.erase", { erasure: proposed.id, digest, reason: "reviewed and agreed" }, officer)
}

test("an item goes from every file, with whatever anybody wrote of it; the rest stays, and the journal verifies", async () => {
  await app.ask("network.rank", { investigation: I })
  await app.ask("entities.list", { investigation: I, find: "zirakwan" })
  const item = files.find((f) => f.path.includes("ZQ-HOLDER"))!.item
  const words = ["Zirakwan", "xylofanta", "brumelstone", "plonketzia", "Wazirbagh", "grimbolt", "Dilxwazan", "zqxevent", "HOLDERPHONE"]
  for (const word of ["Wazirbagh", "grimbolt", "Dilxwazan", "zqxevent", "HOLDERPHONE"]) expect(filesWith(word), word).not.toEqual([])
  const before = await app.ask<{ snapshot: string }>("network.analyse", { investigation: I })
  const named = await app.ask<{ id: string; sha256: string }>("network.name-snapshot", { investigation: I, name: "before the erasure" })
  const preview = await app.ask<{ records: number; exhibits: unknown[]; register: Record<string, number> }>("retention.erase-preview", {
    investigation: I,
    item,
  })
  expect(preview).toMatchObject({ records: 3, kind: "item", items: 1, restricted: 0 })
  expect(preview.exhibits.length).toBe(2)
  const order = await erased({ item })
  expect(order.state).toBe("done")
  const [told] = await app.ask<{ left: string[] }[]>("retention.orders", {}, officer)
  expect(told!.left).toEqual([])
  for (const word of words) expect(filesWith(word), word).toEqual([])
  expect(await app.ask("network.snapshot", { investigation: I, snapshot: before.snapshot })).toMatchObject({
    state: "erased",
    erasure: order.id,
  })
  expect(await app.ask("network.snapshots", { investigation: I })).toMatchObject({
    snapshots: [{ id: named.id, state: "erased", sha256: named.sha256, players: 0 }],
  })
  expect((await failureOf(app.ask("network.open-snapshot", { investigation: I, snapshot: named.id }))).code).toBe(
    "conflict.snapshot-erased",
  )
  const { items } = await app.ask<{ items: { id: string }[] }>("evidence.list", { investigation: I })
  expect(items.some((i) => i.id === item)).toBe(false)
  const gone = files.find((f) => f.item === item)!
  expect((await failureOf(app.ask("evidence.bytes", { exhibit: gone.exhibit }))).code).toBe("conflict.erased")
  const stub = await app.ask<Stub>("retention.stub", {
    investigation: I,
    erasure: order.id,
  })
  expect(stub.exhibits).toEqual(expect.arrayContaining([expect.objectContaining({ id: gone.exhibit, sha256: gone.sha256 })]))
  const { entry, leafHash, size, root, path: hashes } = stub.proof!
  const at = Number(entry.split(":")[1])
  const bytes = (hex: string) => Buffer.from(hex, "hex")
  expect(includes(bytes(leafHash), at, size, hashes.map(bytes), bytes(root))).toBe(true)
  expect(includes(bytes(leafHash), at, size, hashes.map(bytes), Buffer.alloc(32))).toBe(false)
  const written = (await journalOf(app)).find((e) => e.tree === "decisions" && e.n === at)!
  expect(written.payload).toMatchObject({ erasure: order.id, stub: stub.stubSha256, exhibits: 2, records: 3 })
  const path = join(app.ground.folder, "tmp", "export.jsonl")
  writeFileSync(path, await app.ask<Buffer>("journal.export", {}, officer))
  expect(await verifyJournal(path)).toMatchObject({ ok: true })
})
