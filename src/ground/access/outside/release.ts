import { hash } from "node:crypto"
import { mkdirSync } from "node:fs"
import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { openSigner } from "#journal"
import { canonical, type Store } from "#store"
import { Failure } from "#vocabulary/failure"
import { IDENTIFIER_TYPES } from "#vocabulary/identifier-types"
import { banner } from "#vocabulary/markings"
import { normalise } from "#vocabulary/normalise"
import { RELEASE } from "#vocabulary/release"
import { announcedHash } from "../announcements/announced.ts"
import { selectContacts } from "../announcements/sql.ts"
import { type Context, type Over, procedure } from "../procedure.ts"
import { isProtected, personOf } from "../protection.ts"
import { joinedMarking } from "../sight.ts"
import { outside } from "./prepare.ts"
import { selectPreviews } from "./sql.ts"

const Named = z.object({ type: z.enum(IDENTIFIER_TYPES), value: z.string().trim().min(3).max(200) })

const Letter = z.object({
  subject: z.string(),
  words: z.string(),
  identifiers: z.array(Named),
  ground: z.string(),
  onwardUse: z.string(),
  banner: z.string(),
})

function keyOf({ type, value }: z.infer<typeof Named>): string {
  const { norm, valid, reason } = normalise(type, value)
  if (valid) return `${type}:${norm}`
  throw new Failure("invalid.identifier", `${value} is no ${type}: ${reason}.`, {
    at: "identifiers",
    hint: "Give it whole, a telephone number with + and its country code.",
  })
}

/** What speaks against naming these to others: teams that ask to be spoken to first, and people who are protected anywhere. */
async function against({ store, investigation }: Over, identifiers: readonly z.infer<typeof Named>[]) {
  const { nodeKey, register } = store
  const own = investigation ? [investigation.id] : []
  return Promise.all(
    identifiers.map(async (named) => {
      const key = keyOf(named)
      const contacts = await selectContacts(register.read, [announcedHash(nodeKey, key)], own)
      return {
        identifier: `${named.type} ${named.value}`,
        contacts: [...new Set(contacts.map((c) => c.contact))],
        protected: await isProtected(register.read, personOf(nodeKey, key)),
      }
    }),
  )
}

const fileOf = (store: Store, key: string): string => join(store.folder, "released", `${key}.letter`)

/** The first line keeps the signature from ever being taken for that of a checkpoint. */
const textOf = (letter: string): string => `linchpin-letter/v1\n${hash("sha256", letter)}\n`

async function write(ctx: Context, key: string, recipients: readonly string[], letter: z.infer<typeof Letter>) {
  const signer = openSigner(ctx.store.folder)
  const body = canonical({ ...letter, recipients: [...recipients], reference: key, node: signer.name, release: RELEASE })
  const whole = canonical({ letter: body, signature: signer.signed(textOf(body)), key: signer.verifierKey })
  const path = fileOf(ctx.store, key)
  mkdirSync(join(ctx.store.folder, "released"), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.part`, whole, { mode: 0o600, flush: true })
  await rename(`${path}.part`, path)
  return { reference: key, sha256: hash("sha256", whole), sizeBytes: Buffer.byteLength(whole) }
}

/** A signed letter to partners: the first thing that leaves a node, and the shape of those to come. */
export const releaseProcedures = [
  outside({
    name: "disclosures.release",
    title: "Write to partners, as a signed letter",
    input: z.object({
      investigation: z.string().describe("id or name"),
      recipients: z.array(z.string()).min(1).max(20).describe("short names of organisations"),
      subject: z.string().trim().min(3).max(200).describe("one line"),
      words: z.string().trim().min(3).max(20_000).describe("what is told"),
      identifiers: z.array(Named).max(100).default([]).describe("identifiers that the letter names"),
      ground: z.string().trim().min(3).max(500).describe("legal ground of the disclosure"),
      onwardUse: z.string().trim().min(3).max(500).describe("what the recipients may do with it"),
    }),
    body: Letter,
    needs: "export",
    question: async (over, { identifiers, recipients, subject, words }) => ({
      letter: { recipients, subject, words },
      named: await against(over, identifiers),
    }),
    prepare: async (ctx, { subject, words, identifiers, ground, onwardUse, recipients }) => {
      for (const named of identifiers) keyOf(named)
      const marking = await joinedMarking(ctx.tx, ctx.rested())
      return { body: { subject, words, identifiers, ground, onwardUse, banner: banner(marking) }, recipients }
    },
    repeatable: true,
    perform: (ctx, { body, recipients, key }) => write(ctx, key, recipients, body),
  }),
  procedure({
    name: "disclosures.letter",
    title: "A letter that was approved and let go, to hand over",
    input: z.object({
      investigation: z.string().describe("id or name"),
      preview: z.string().regex(/^pv_/).describe("id of what was let go"),
    }),
    output: z.unknown(),
    about: ({ preview }) => [preview],
    needs: "export",
    effect: "read",
    shape: "bytes",
    run: async (ctx, { preview }) => {
      const [row] = await ctx.store.register.transaction((tx) => selectPreviews(tx, ctx.investigation!.id, preview), ctx.sight.classes)
      if (row?.procedure !== "disclosures.release" || row.ending !== "done")
        throw new Failure("invalid.letter-unknown", "No letter of that id was let go here.", {
          at: "preview",
          hint: "outside list shows what was prepared, and what was done.",
        })
      ctx.rests(row.classes)
      const bytes = await readFile(fileOf(ctx.store, preview))
      return {
        mediaType: "application/json",
        name: `${preview}.letter.json`,
        body: (async function* () {
          yield bytes
        })(),
      }
    },
  }),
]
