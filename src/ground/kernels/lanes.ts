import {
  Assembly,
  across,
  add,
  addDouble,
  addPair,
  and,
  andPair,
  bitPair,
  type Code,
  either,
  equalPair,
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
  minus,
  not,
  or,
  overPair,
  PAGE,
  right,
  splat,
  store,
  storeDouble,
  storePair,
  timesPair,
  until,
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
  many: 8,
  mass: 12,
  total: 16,
  weight: 20,
  found: 24,
  paths: 28,
  gathered: 32,
  rowsA: 36,
  rowsB: 40,
  nodes: 44,
  masks: 48,
  firsts: 52,
  heads: 56,
  after: 60,
} as const
type Array16 = keyof typeof AT
const FREE = 64

/** A node met at one distance takes as long as so many arcs that lead on from it. */
const ENTRY_COST = 8
/** A batch that takes longer than so many leading arcs per arc of the graph is done sooner one search at a time. */
const MOST_COST = 15

/**
 * Brandes' counting for sixteen sources at once, after the many-source searches of Then et al. 2014 ("The more the merrier") and
 * the vector form of Sarıyüce et al. 2015 ("Regularizing graph centrality computations"). A set of bits per node says in which
 * lanes it has been found and in which it is found at the next level; path counts and shares are rows of sixteen doubles.
 *
 * On the way out, the arcs that lead on in some lane are written down without a branch; the row of counts is then added to each
 * of their ends, and what came in by lanes in which the end was found before is masked off once the level is whole. The way back
 * walks over what was written down. What is left to guess wrong is where a list ends, once for sixteen searches.
 */
function program(): object {
  const numbers = [
    "count",
    ...Object.keys(AT),
    ...["level", "from", "to", "tail", "i", "v", "w", "arc", "end", "bits", "state", "next", "at", "swap", "last"],
  ]
  const a = new Assembly(numbers, [...PAIRS.map((p) => `s${p}`), "lanes", "m", "t", "k", "kept"])
  const { get, set, step } = { get: a.get.bind(a), set: a.set.bind(a), step: a.step.bind(a) }
  const word = (array: string, index: Code) => add(get(array), left(index, 2))
  const double = (array: string, index: Code) => add(get(array), left(index, 3))
  const row = (array: string, index: Code) => add(get(array), left(index, Math.log2(ROW)))
  const swapped = (one: string, other: string) => [...set("swap", get(one)), ...set(one, get(other)), ...set(other, get("swap"))]
  const each = (from: Code, to: string, body: Code) => [...set("i", from), ...loopWhile(less(get("i"), get(to)), [...body, ...step("i")])]
  const ends = (from: Code, to: Code, body: Code) => [
    ...set("arc", from),
    ...set("end", to),
    ...loopWhile(less(get("arc"), get("end")), [...set("w", load(get("arc"))), ...body, ...step("arc", 4)]),
  ]
  const entry = [
    ...set("v", load(word("nodes", get("i")))),
    ...set("bits", load(word("masks", get("i")))),
    ...set("lanes", splat(get("bits"))),
  ]
  const lanesOf = (p: number) => {
    const bits = bitPair(1 << (2 * p), 2 << (2 * p))
    return equalPair(andPair(get("lanes"), bits), bits)
  }
  /** Lanes in which `w` is found from the present entry. */
  const fresh = and(get("bits"), not(load(get("state"))))
  const stateOfW = set("state", double("found", get("w")))

  const onward = each(get("from"), "to", [
    ...entry,
    ...set("at", row("paths", get("v"))),
    ...PAIRS.flatMap((p) => set(`s${p}`, andPair(loadPair(get("at"), 16 * p), lanesOf(p)))),
    ...set("swap", get("after")),
    ...store(word("firsts", get("i")), get("after")),
    ...ends(add(get("targets"), left(load(word("starts", get("v"))), 2)), add(get("targets"), left(load(word("starts", get("v")), 4), 2)), [
      ...stateOfW,
      ...store(get("after"), get("w")),
      ...set("after", add(get("after"), left(isZero(isZero(fresh)), 2))),
    ]),
    ...ends(get("swap"), get("after"), [
      ...stateOfW,
      ...set("next", load(get("state"), 4)),
      ...store(word("nodes", get("tail")), get("w")),
      ...set("tail", add(get("tail"), isZero(get("next")))),
      ...store(get("state"), or(get("next"), fresh), 4),
      ...set("at", row("gathered", get("w"))),
      ...PAIRS.flatMap((p) => storePair(get("at"), addPair(loadPair(get("at"), 16 * p), get(`s${p}`)), 16 * p)),
    ]),
  ])
  const settle = each(get("to"), "tail", [
    ...set("v", load(word("nodes", get("i")))),
    ...set("state", double("found", get("v"))),
    ...set("bits", load(get("state"), 4)),
    ...set("lanes", splat(get("bits"))),
    ...store(get("state"), or(load(get("state")), get("bits"))),
    ...store(get("state"), int(0), 4),
    ...store(word("masks", get("i")), get("bits")),
    ...set("k", loadTwice(double("many", get("v")))),
    ...set("at", row("gathered", get("v"))),
    ...set("swap", row("paths", get("v"))),
    ...PAIRS.flatMap((p) => [
      ...storePair(
        get("swap"),
        either(timesPair(get("k"), loadPair(get("at"), 16 * p)), loadPair(get("swap"), 16 * p), lanesOf(p)),
        16 * p,
      ),
      ...storePair(get("at"), zeroPair, 16 * p),
    ]),
  ])
  const out = [
    ...set("to", get("count")),
    ...until(isZero(less(get("from"), get("to"))), [
      ...set("tail", get("to")),
      ...store(word("heads", get("level")), get("from")),
      ...onward,
      ...settle,
      ...step("level"),
      ...set("from", get("to")),
      ...set("to", get("tail")),
    ]),
    ...store(word("firsts", get("to")), get("after")),
  ]
  const gather = each(get("from"), "to", [
    ...entry,
    ...PAIRS.flatMap((p) => set(`s${p}`, zeroPair)),
    ...ends(load(word("firsts", get("i"))), load(word("firsts", get("i")), 4), [
      ...set("at", row("rowsB", get("w"))),
      ...PAIRS.flatMap((p) => set(`s${p}`, addPair(get(`s${p}`), loadPair(get("at"), 16 * p)))),
    ]),
    ...set("at", row("paths", get("v"))),
    ...set("swap", row("rowsA", get("v"))),
    ...set("k", loadTwice(double("many", get("v")))),
    ...set("kept", loadTwice(double("mass", get("v")))),
    ...set("t", zeroPair),
    ...PAIRS.flatMap((p) => [
      ...set("m", lanesOf(p)),
      ...set(
        "t",
        addPair(
          get("t"),
          timesPair(andPair(timesPair(get(`s${p}`), loadPair(get("at"), 16 * p)), get("m")), loadPair(get("weight"), 16 * p)),
        ),
      ),
      ...storePair(
        get("swap"),
        andPair(addPair(overPair(get("kept"), loadPair(get("at"), 16 * p)), timesPair(get("k"), get(`s${p}`))), get("m")),
        16 * p,
      ),
    ]),
    ...set("at", double("total", get("v"))),
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
      ...swapped("rowsA", "rowsB"),
    ]),
    ...each(int(0), "last", store(double("found", load(word("nodes", get("i")))), int(0))),
  ]
  const prologue = Object.entries(AT).flatMap(([name, at]) => set(name, load(int(at))))
  const leading = right(minus(get("after"), load(int(AT.after))), 2)
  return a.module([...prologue, ...out, ...back, ...add(leading, left(get("last"), Math.log2(ENTRY_COST)))])
}

interface Machine {
  /** Space for so many bytes behind the header; what is in it is of earlier use. */
  space(bytes: number): ArrayBuffer
  /** Counts for so many sources; says how long that took, in arcs that led on. */
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

/** Whether lanes may be used on these pieces. */
export const fitsLanes = (pieces: Pieces): boolean => pieces.mass.length >= FEWEST && laidOut(pieces).end < MOST_BYTES

/** Where each array begins and how long it is. A lane leads over an edge one way only, over an arc of a directed graph once. */
function laidOut({ mass: { length: n }, targets: { length: arcs }, directed }: Pieces) {
  const sizes: Record<Array16, number> = {
    starts: 4 * (n + 1),
    targets: 4 * arcs,
    many: 8 * n,
    mass: 8 * n,
    total: 8 * n,
    weight: ROW,
    found: 8 * n,
    paths: ROW * n,
    gathered: ROW * n,
    rowsA: ROW * n,
    rowsB: ROW * n,
    nodes: 4 * LANES * (n + 1),
    masks: 4 * LANES * (n + 1),
    firsts: 4 * LANES * (n + 1),
    heads: 4 * (n + 4),
    after: 4 * (LANES * (directed ? arcs : arcs / 2) + 1),
  }
  let end = FREE
  const at = { ...sizes }
  for (const name of Object.keys(sizes) as Array16[]) {
    at[name] = end
    end += Math.ceil(sizes[name] / 64) * 64
  }
  return { at, sizes, end }
}

/**
 * Adds to `total` what each of the sources sees behind every node, weighed by the source's mass and, where a node stands for several,
 * for all of them together; returns how many sources were done. Fewer than all when the first sixteen met too few nodes at the same
 * distance, as along roads: then one at a time is quicker.
 */
export function countInLanes(pieces: Pieces, sources: Int32Array, total: Float64Array): number {
  const { starts, targets, many, mass } = pieces
  const n = mass.length
  const { at, sizes, end } = laidOut(pieces)
  const { space, run } = machine()
  const buffer = space(end)
  const ints = new Int32Array(buffer)
  const doubles = new Float64Array(buffer)
  for (const name of Object.keys(AT) as Array16[]) ints[AT[name] / 4] = at[name]
  ints.set(starts, at.starts / 4)
  ints.set(targets, at.targets / 4)
  doubles.set(many, at.many / 8)
  for (let v = 0; v < n; v++) doubles[at.mass / 8 + v] = mass[v]! * many[v]!
  for (const name of ["total", "found", "gathered"] as const) ints.fill(0, at[name] / 4, (at[name] + sizes[name]) / 4)
  const weight = doubles.subarray(at.weight / 8, at.weight / 8 + LANES)
  let done = 0
  while (done < sources.length) {
    const batch = sources.subarray(done, done + LANES)
    weight.fill(0)
    for (let lane = 0; lane < batch.length; lane++) {
      const s = batch[lane]!
      weight[lane] = mass[s]!
      ints[at.nodes / 4 + lane] = s
      ints[at.masks / 4 + lane] = 1 << lane
      ints[at.found / 4 + 2 * s] = 1 << lane
      doubles[at.paths / 8 + s * LANES + lane] = 1
    }
    const cost = run(batch.length)
    done += batch.length
    if (done === LANES && cost > targets.length * MOST_COST) break
  }
  const sums = doubles.subarray(at.total / 8, at.total / 8 + n)
  for (let v = 0; v < n; v++) total[v]! += sums[v]!
  return done
}
