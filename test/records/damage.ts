import { Readable } from "node:stream"
import { expect } from "vitest"
import type { Importer, Material } from "../../src/stages/records/importer.ts"
import { type Reading, reading } from "../support/material.ts"
import fc from "../support/properties.ts"

/** A Material over bytes in memory, handed out in odd chunks. */
export function held(bytes: Buffer, name: string, chunk = 4099): Material {
  return {
    name,
    file: "",
    sizeBytes: bytes.length,
    head: bytes.subarray(0, 65_536),
    open: () => Readable.from(pieces(bytes, chunk)),
    path: async () => name,
    siblings: async () => [],
  }
}

function* pieces(bytes: Buffer, chunk: number): Generator<Buffer> {
  for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk)
}

/** Reads damaged bytes; `reading` itself fails when read + rejected is not what was there, and so does every place outside the file. */
async function read(importer: Importer, bytes: Buffer, name: string): Promise<Reading> {
  const material = held(bytes, name)
  const claim = await importer.claim(material)
  if (claim) expect(claim.confidence).toBeGreaterThan(0)
  const out = await reading(importer, material)
  for (const { place } of [...out.records, ...out.rejects]) {
    expect(place.byteStart ?? 0).toBeLessThanOrEqual(place.byteEnd ?? bytes.length)
    expect(place.byteEnd ?? 0).toBeLessThanOrEqual(bytes.length)
  }
  return out
}

/** The damages that exhibits arrive with: cut, flipped, zeroed, in another encoding, without lines, empty. Nothing throws, everything adds up. */
export async function survives(importer: Importer, sample: Buffer, name: string, runs = 120): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(sample.length),
      fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 6 }),
      async (cut, flips) => {
        const bytes = Buffer.from(sample.subarray(0, cut))
        for (const [at, value] of flips) if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ value
        await read(importer, bytes, name)
      },
    ),
    { numRuns: runs },
  )
  const text = sample.toString("utf8")
  const others = [
    Buffer.alloc(0),
    Buffer.from(text, "utf16le"),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]),
    Buffer.from(text, "latin1"),
    Buffer.from(text.replaceAll("\n", "\0")),
    Buffer.concat([sample.subarray(0, sample.length >> 1), Buffer.alloc(300), sample.subarray(sample.length >> 1)]),
    Buffer.concat([sample.subarray(0, sample.length >> 1), Buffer.alloc(1_000_000, "x"), sample.subarray(sample.length >> 1)]),
    Buffer.alloc(1_000_000, ";"),
    Buffer.alloc(5000, 0),
  ]
  for (const bytes of others) {
    const out = await read(importer, bytes, name)
    expect(out.records.length + out.rejects.length).toBeGreaterThan(0)
  }
}

/** Every cut inside the part that matters leaves a reject: nothing is read in part without a word. */
export async function tellsCuts(importer: Importer, sample: Buffer, name: string, end = sample.length - 1): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.nat(end), async (cut) => {
      const out = await read(importer, Buffer.from(sample.subarray(0, cut)), name)
      expect(out.rejects.length).toBeGreaterThan(0)
    }),
    { numRuns: 120 },
  )
}
