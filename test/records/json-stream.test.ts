import { Readable } from "node:stream"
import { expect, test } from "vitest"
import { elements, JsonBreak, type JsonElement } from "../../src/stages/records/json-stream.ts"
import fc from "../support/properties.ts"

function streamOf(bytes: Buffer, size: number): Readable {
  const chunks: Buffer[] = []
  for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size))
  return Readable.from(chunks)
}

async function all(text: string | Buffer, wanted: string[], size = 5): Promise<{ found: JsonElement[]; fault: JsonBreak | null }> {
  const found: JsonElement[] = []
  try {
    for await (const element of elements(streamOf(Buffer.from(text), size), wanted)) found.push(element)
  } catch (error) {
    if (!(error instanceof JsonBreak)) throw error
    return { found, fault: error }
  }
  return { found, fault: null }
}

test("elements on wanted paths come in order, each with the bytes that it stands in", async () => {
  const text = '\uFEFF{"name":"ڕانیە","list":[{"a":[1,2,{"b":"}\\""}]}, 7, "x", null], "other":{"list":[9]}}'
  const { found, fault } = await all(text, ["name", "list.*"], 1)
  expect(fault).toBeNull()
  expect(found.map((e) => [e.path.join("."), e.value])).toEqual([
    ["name", "ڕانیە"],
    ["list.0", { a: [1, 2, { b: '}"' }] }],
    ["list.1", 7],
    ["list.2", "x"],
    ["list.3", null],
  ])
  for (const e of found) expect(JSON.parse(Buffer.from(text).subarray(e.byteStart, e.byteEnd).toString())).toEqual(e.value)
})

test("any document gives its root back, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const { found, fault } = await all(text, ["$"], size)
      expect(fault).toBeNull()
      expect(found.map((e) => e.value)).toEqual([JSON.parse(text)])
    }),
    { numRuns: 200 },
  )
})

test("a document cut anywhere gives a break that says where", async () => {
  const text = '{"messages":[{"id":1,"text":"سڵاو"},{"id":2,"text":"\\u0633"}],"done":true}'
  const bytes = Buffer.from(text)
  const ends = [bytes.indexOf("},{") + 1, bytes.indexOf("}],") + 1]
  for (let cut = 0; cut < bytes.length; cut++) {
    const { found, fault } = await all(bytes.subarray(0, cut), ["messages.*"], 7)
    expect(fault?.code).toBe("truncated")
    expect(fault?.offset).toBe(cut)
    expect(found).toHaveLength(ends.filter((end) => cut >= end).length)
  }
})

test("a faulty element is rejected alone when its borders are clear", async () => {
  const { found, fault } = await all('{"messages":[{"id":1},{"id":x2},{"id":3}]}', ["messages.*"])
  expect(fault).toBeNull()
  expect(found.map((e) => e.fault?.code ?? e.value)).toEqual([{ id: 1 }, "malformed", { id: 3 }])
})

test("faults outside elements break at their byte", async () => {
  for (const [text, at] of [
    ['{"a" 1}', 5],
    ["[1,]", 3],
    ["[1}", 2],
    ["{} x", 3],
    ["\u0000", 0],
  ] as const)
    expect((await all(text, ["nothing"])).fault).toMatchObject({ code: "malformed", offset: at })
})

test("an element too large to hold is a fault of its own, and the next is read", async () => {
  const text = Buffer.concat([Buffer.from('["'), Buffer.alloc(65 * 1024 * 1024, "x"), Buffer.from('", 2]')])
  const { found, fault } = await all(text, ["*"], 1 << 20)
  expect(fault).toBeNull()
  expect(found.map((e) => [e.fault?.code, e.value])).toEqual([
    ["too-large", undefined],
    [undefined, 2],
  ])
})
