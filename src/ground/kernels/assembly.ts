/** A WebAssembly module of one function over one memory, put together from instructions: what a kernel needs of the format and no more. */
export type Code = readonly number[]

/** Ambient types of the runtime; the library that declares them is that of browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: { a: { m: WasmMemory } }) => { exports: unknown }
  Memory: new (size: { initial: number }) => WasmMemory
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export const PAGE = 65_536

/** Instructions over named locals; `i32` are numbers and addresses, `v128` two doubles. */
export class Assembly {
  readonly #numbers: readonly string[]
  readonly #pairs: readonly string[]

  constructor(numbers: readonly string[], pairs: readonly string[]) {
    this.#numbers = numbers
    this.#pairs = pairs
  }

  #at(name: string): number {
    const number = this.#numbers.indexOf(name)
    return number >= 0 ? number : this.#numbers.length + this.#pairs.indexOf(name)
  }

  get(name: string): Code {
    return [0x20, ...unsigned(this.#at(name))]
  }

  set(name: string, value: Code): Code {
    return [...value, 0x21, ...unsigned(this.#at(name))]
  }

  /** `name += by`. */
  step(name: string, by = 1): Code {
    return this.set(name, add(this.get(name), int(by)))
  }

  /** The module: its function takes the first local and gives a number back. */
  module(body: Code): object {
    const locals = [...unsigned(2), ...unsigned(this.#numbers.length - 1), 0x7f, ...unsigned(this.#pairs.length), 0x7b]
    const code = [...locals, ...body, 0x0b]
    const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content]
    return new WebAssembly.Module(
      Uint8Array.from([
        ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7f]),
        ...section(2, [1, 1, 0x61, 1, 0x6d, 2, 0, 1]),
        ...section(3, [1, 0]),
        ...section(7, [1, 1, 0x66, 0, 0]),
        ...section(10, [1, ...unsigned(code.length), ...code]),
      ]),
    )
  }
}

/** The function of a module over a memory of its own. */
export function instance(module: object): { run: (first: number) => number; memory: WasmMemory } {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { f } = new WebAssembly.Instance(module, { a: { m: memory } }).exports as { f: (first: number) => number }
  return { run: f, memory }
}

function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    rest >>>= 7
  } while (rest > 0)
  return bytes
}

function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

const wide = (op: number, ...operands: readonly Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(op)]

export const int = (value: number): Code => [0x41, ...signed(value)]
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a]
export const minus = (a: Code, b: Code): Code => [...a, ...b, 0x6b]
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x71]
export const or = (a: Code, b: Code): Code => [...a, ...b, 0x72]
export const not = (a: Code): Code => [...a, ...int(-1), 0x73]
export const left = (a: Code, by: number): Code => [...a, ...int(by), 0x74]
export const right = (a: Code, by: number): Code => [...a, ...int(by), 0x76]
export const less = (a: Code, b: Code): Code => [...a, ...b, 0x48]
export const isZero = (a: Code): Code => [...a, 0x45]
export const load = (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)]
export const store = (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 2, ...unsigned(offset)]
export const loadDouble = (address: Code): Code => [...address, 0x2b, 3, 0]
export const storeDouble = (address: Code, value: Code): Code => [...address, ...value, 0x39, 3, 0]
export const addDouble = (a: Code, b: Code): Code => [...a, ...b, 0xa0]

export const zeroPair: Code = [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0)]
export const loadPair = (address: Code, offset = 0): Code => [...address, 0xfd, 0, 4, ...unsigned(offset)]
/** Both halves from one double. */
export const loadTwice = (address: Code): Code => [...address, 0xfd, 0x0a, 3, 0]
export const storePair = (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0xfd, 0x0b, 4, ...unsigned(offset)]
export const addPair = (a: Code, b: Code): Code => wide(0xf0, a, b)
export const timesPair = (a: Code, b: Code): Code => wide(0xf2, a, b)
export const overPair = (a: Code, b: Code): Code => wide(0xf3, a, b)
export const andPair = (a: Code, b: Code): Code => wide(0x4e, a, b)
/** Four copies of a number. */
export const splat = (a: Code): Code => wide(0x11, a)
/** The same number twice in each half. */
export const bitPair = (first: number, second: number): Code => [
  ...[0xfd, 0x0c],
  ...new Uint8Array(Int32Array.of(first, first, second, second).buffer),
]
/** Ones in the halves that are equal, zeros in the others. */
export const equalPair = (a: Code, b: Code): Code => wide(0xd6, a, b)
/** Bits of a where the mask has ones, else of b. */
export const either = (a: Code, b: Code, mask: Code): Code => wide(0x52, a, b, mask)
/** The sum of both halves. */
export const across = (pair: Code): Code => addDouble([...wide(0x21, pair), 0], [...wide(0x21, pair), 1])

export const until = (done: Code, body: Code): Code => [0x02, 0x40, 0x03, 0x40, ...done, 0x0d, 1, ...body, 0x0c, 0, 0x0b, 0x0b]
export const loopWhile = (condition: Code, body: Code): Code => until(isZero(condition), body)
