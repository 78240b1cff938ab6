import {
  Assembly,
  across,
  add,
  addDouble,
  addPair,
  and,
  andPair,
  type Code,
  either,
  instance,
  int,
  isZero,
  left,
  less,
  load,
  loadDouble,
  loadPair,
  loadTwice,
  loopWhile,
  not,
  or,
  overPair,
  PAGE,
  right,
  store,
  storeDouble,
  storePair,
  timesPair,
  until,
  when,
  zeroPair,
} from "./assembly.ts"
import type { Pieces } from "./shatter.ts"

/** Searches that run side by side, one lane each. */
export const LANES = 16
const ROW = LANES * 8
const PAIRS = Array.from({ length: LANES / 2 }, (_, p) => p)

/** Where each array begins stands in memory at these addresses. */
const AT = {
  starts: 0,
  targets: 4,
  inStarts: 8,
  inTargets: 12,
  mass: 16,
  total: 20,
  weight: 24,
  seen: 28,
  nowA: 32,
  nowB: 36,
  next: 40,
  paths: 44,
  rowsA: 48,
  rowsB: 52,
  nodes: 56,
  masks: 60,
  heads: 64,
} as const
type Array16 = keyof typeof AT
/** Four pairs of masks: neither lane, the first, the second, both. */
const TABLE = 80
const FREE = 144

/**
 * Brandes' counting for sixteen sources at once, after the many-source searches of Then et al. 2014 ("The more the merrier") and
 * the vector form of Sarıyüce et al. 2015 ("Regularizing graph centrality computations"). A set of bits per node says in which
 * lanes it is found at the present level; path counts and shares are rows of sixteen doubles. A row is added wherever the two
 * nodes follow one another in any lane, without a branch per lane; what it holds in other lanes is zero. Where a plain search
 * mispredicts a branch and waits for memory at every arc, this one does so once for sixteen.
 */
function program(): object {
  const numbers = [
    "count",
    ...Object.keys(AT),
    ...["level", "from", "to", "tail", "i", "v", "w", "arc", "end", "bits", "fresh", "at", "swap", "adds", "last"],
  ]
  const a = new Assembly(numbers, [...PAIRS.map((p) => `s${p}`), "m", "t", "x"])
  const { get, set, step } = { get: a.get.bind(a), set: a.set.bind(a), step: a.step.bind(a) }
  const word = (array: string, index: Code) => add(get(array), left(index, 2))
  const row = (array: string, index: Code) => add(get(array), left(index, Math.log2(ROW)))
  const swapped = (one: string, other: string) => [...set("swap", get(one)), ...set(one, get(other)), ...set(other, get("swap"))]
  const each = (from: Code, to: string, body: Code) => [...set("i", from), ...loopWhile(less(get("i"), get(to)), [...body, ...step("i")])]
  const arcs = (starts: string, targets: string, body: Code) => [
    ...set("arc", add(get(targets), left(load(word(starts, get("v"))), 2))),
    ...set("end", add(get(targets), left(load(word(starts, get("v")), 4), 2))),
    ...loopWhile(less(get("arc"), get("end")), [...set("w", load(get("arc"))), ...body, ...step("arc", 4)]),
  ]
  const entry = [...set("v", load(word("nodes", get("i")))), ...set("bits", load(word("masks", get("i"))))]
  const lanesOf = (p: number) => loadPair(left(and(right(get("bits"), 2 * p), int(3)), 4), TABLE)
  const cleared = PAIRS.flatMap((p) => set(`s${p}`, zeroPair))
  /** Adds the rows of the neighbours that are found, in some lane of `bits`, at the level beside. */
  const gathered = (starts: string, targets: string, now: string, rows: string) => [
    ...cleared,
    ...arcs(
      starts,
      targets,
      when(and(load(word(now, get("w"))), get("bits")), [
        ...set("at", row(rows, get("w"))),
        ...PAIRS.flatMap((p) => set(`s${p}`, addPair(get(`s${p}`), loadPair(get("at"), 16 * p)))),
        ...step("adds"),
      ]),
    ),
  ]
  const forget = (now: string, from: Code, to: string) => each(from, to, store(word(now, load(word("nodes", get("i")))), int(0)))

  const discover = each(get("from"), "to", [
    ...entry,
    ...arcs("starts", "targets", [
      ...set("fresh", and(get("bits"), not(load(word("seen", get("w")))))),
      ...when(get("fresh"), [
        ...set("at", word("next", get("w"))),
        ...when(isZero(load(get("at"))), [...store(word("nodes", get("tail")), get("w")), ...step("tail")]),
        ...store(get("at"), or(load(get("at")), get("fresh"))),
      ]),
    ]),
  ])
  const count = each(get("to"), "tail", [
    ...set("v", load(word("nodes", get("i")))),
    ...set("at", word("next", get("v"))),
    ...set("bits", load(get("at"))),
    ...store(get("at"), int(0)),
    ...store(word("masks", get("i")), get("bits")),
    ...store(word("nowB", get("v")), get("bits")),
    ...set("at", word("seen", get("v"))),
    ...store(get("at"), or(load(get("at")), get("bits"))),
    ...gathered("inStarts", "inTargets", "nowA", "rowsA"),
    ...set("at", row("paths", get("v"))),
    ...set("swap", row("rowsB", get("v"))),
    ...PAIRS.flatMap((p) => [
      ...set("m", lanesOf(p)),
      ...storePair(get("at"), either(get(`s${p}`), loadPair(get("at"), 16 * p), get("m")), 16 * p),
      ...storePair(get("swap"), andPair(get(`s${p}`), get("m")), 16 * p),
    ]),
  ])
  const out = [
    ...set("to", get("count")),
    ...until(isZero(less(get("from"), get("to"))), [
      ...set("tail", get("to")),
      ...store(word("heads", get("level")), get("from")),
      ...discover,
      ...count,
      ...forget("nowA", get("from"), "to"),
      ...swapped("nowA", "nowB"),
      ...swapped("rowsA", "rowsB"),
      ...step("level"),
      ...set("from", get("to")),
      ...set("to", get("tail")),
    ]),
  ]
  const gather = each(get("from"), "to", [
    ...entry,
    ...gathered("starts", "targets", "nowB", "rowsB"),
    ...store(word("nowA", get("v")), get("bits")),
    ...set("at", row("paths", get("v"))),
    ...set("swap", row("rowsA", get("v"))),
    ...set("t", zeroPair),
    ...PAIRS.flatMap((p) => [
      ...set("m", lanesOf(p)),
      ...set("x", andPair(timesPair(get(`s${p}`), loadPair(get("at"), 16 * p)), get("m"))),
      ...set("t", addPair(get("t"), timesPair(get("x"), loadPair(get("weight"), 16 * p)))),
      ...storePair(
        get("swap"),
        andPair(overPair(addPair(get("x"), loadTwice(add(get("mass"), left(get("v"), 3)))), loadPair(get("at"), 16 * p)), get("m")),
        16 * p,
      ),
    ]),
    ...set("at", add(get("total"), left(get("v"), 3))),
    ...storeDouble(get("at"), addDouble(loadDouble(get("at")), across(get("t")))),
  ])
  const back = [
    ...set("last", get("to")),
    ...store(word("heads", get("level")), get("to")),
    ...until(less(get("level"), int(2)), [
      ...step("level", -1),
      ...set("from", load(word("heads", get("level")))),
      ...set("to", load(word("heads", get("level")), 4)),
      ...gather,
      ...set("tail", load(word("heads", get("level")), 8)),
      ...when(less(get("to"), get("last")), forget("nowB", get("to"), "tail")),
      ...swapped("nowA", "nowB"),
      ...swapped("rowsA", "rowsB"),
    ]),
    ...forget("nowB", get("from"), "to"),
    ...forget("seen", int(0), "last"),
  ]
  const prologue = Object.entries(AT).flatMap(([name, at]) => set(name, load(int(at))))
  return a.module([...prologue, ...out, ...back, ...get("adds")])
}

interface Machine {
  /** Space for so many bytes behind the header; what is in it is of earlier use. */
  space(bytes: number): ArrayBuffer
  run(sources: number): number
}

/**
 * One machine a thread, made at first use: each memory reserves gigabytes of addresses, and thousands of small graphs would use
 * them up before the first is collected. Nothing that it holds outlives a call.
 */
const machine: () => Machine = (() => {
  let made: Machine | undefined
  return () => {
    if (made) return made
    const { run, memory } = instance(program())
    made = {
      run,
      space: (bytes) => {
        if (memory.buffer.byteLength < bytes) memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE))
        return memory.buffer
      },
    }
    return made
  }
})()

/** Graphs of fewer nodes are counted as soon one source at a time. */
const FEWEST = 48
/** Signed addresses. */
const MOST_BYTES = 2 ** 31 - PAGE
/** One row added takes as long as this many steps of a plain search. */
const ROW_COST = 3

/** Whether lanes may be used on these pieces. */
export const fitsLanes = ({ home, targets }: Pieces): boolean => home.length >= FEWEST && bytesOf(home.length, targets.length) < MOST_BYTES

const bytesOf = (n: number, arcs: number): number => 2 * n * (ROW * 2 + 128) + 8 * arcs + 4096

/**
 * Adds to `total` what each of the sources sees behind every node, weighed by the source's mass; returns how many sources were done.
 * Fewer than all when the first sixteen met too few nodes at the same distance, as along roads: then one at a time is quicker.
 */
export function countInLanes(pieces: Pieces, sources: Int32Array, total: Float64Array): number {
  const { starts, targets, into, mass } = pieces
  const n = mass.length
  const { space, run } = machine()
  const sizes: Record<Array16, number> = {
    starts: 4 * (n + 1),
    targets: 4 * targets.length,
    inStarts: into ? 4 * (n + 1) : 0,
    inTargets: into ? 4 * targets.length : 0,
    mass: 8 * n,
    total: 8 * n,
    weight: ROW,
    seen: 4 * n,
    nowA: 4 * n,
    nowB: 4 * n,
    next: 4 * n,
    paths: ROW * n,
    rowsA: ROW * n,
    rowsB: ROW * n,
    nodes: 4 * LANES * (n + 1),
    masks: 4 * LANES * (n + 1),
    heads: 4 * (n + 4),
  }
  const at: Record<string, number> = {}
  let end = FREE
  for (const [name, size] of Object.entries(sizes)) {
    at[name] = end
    end += Math.ceil(size / 64) * 64
  }
  if (!into) {
    at.inStarts = at.starts!
    at.inTargets = at.targets!
  }
  const buffer = space(end)
  const ints = new Int32Array(buffer)
  const doubles = new Float64Array(buffer)
  for (const [name, address] of Object.entries(AT)) ints[address / 4] = at[name]!
  for (const [i, mask] of [0, 0, -1, 0, 0, -1, -1, -1].entries()) ints.fill(mask, TABLE / 4 + 2 * i, TABLE / 4 + 2 * i + 2)
  ints.set(starts, at.starts! / 4)
  ints.set(targets, at.targets! / 4)
  if (into) {
    ints.set(into.starts, at.inStarts! / 4)
    ints.set(into.targets, at.inTargets! / 4)
  }
  doubles.set(mass, at.mass! / 8)
  for (const name of ["total", "seen", "nowA", "nowB", "next"] as const) ints.fill(0, at[name]! / 4, (at[name]! + sizes[name]) / 4)
  const weight = doubles.subarray(at.weight! / 8, at.weight! / 8 + LANES)
  let done = 0
  while (done < sources.length) {
    const batch = sources.subarray(done, done + LANES)
    weight.fill(0)
    for (let lane = 0; lane < batch.length; lane++) {
      const s = batch[lane]!
      weight[lane] = mass[s]!
      ints[at.nodes! / 4 + lane] = s
      ints[at.masks! / 4 + lane] = 1 << lane
      ints[at.seen! / 4 + s] = 1 << lane
      ints[at.nowA! / 4 + s] = 1 << lane
      const row = at.rowsA! / 8 + s * LANES
      doubles.fill(0, row, row + LANES)
      doubles[row + lane] = 1
    }
    const adds = run(batch.length)
    done += batch.length
    if (done === LANES && adds * ROW_COST > targets.length * LANES) break
  }
  const sums = doubles.subarray(at.total! / 8, at.total! / 8 + n)
  for (let v = 0; v < n; v++) total[v]! += sums[v]!
  return done
}
