import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { type DismantleOptions, dismantle, graphFrom, MEASURES, type MeasureName } from "#kernels"
import { SHARED } from "../support/material.ts"
import { apart } from "./oracles.ts"

const read = (name: string) =>
  readFileSync(join(SHARED!, "networks", name), "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/)

function montagna(repeats: "sum" | "last") {
  const rows = read("montagna-meetings.csv").map((line) => line.trim().split(/\s+/).map(Number))
  const written = [...new Set(rows.flatMap((row) => row.slice(0, 2)))]
  const labels = written.toSorted((a, b) => a - b)
  const at = (label: number | undefined) => labels.indexOf(label!)
  const { graph } = graphFrom({
    n: labels.length,
    source: rows.map((r) => at(r[0])),
    target: rows.map((r) => at(r[1])),
    weight: rows.map((r) => r[2]!),
    repeats,
  })
  /** Among equals the node that the file names last goes first. */
  const lastInFile = labels.map((label) => -written.indexOf(label))
  return { graph, labels, lastInFile }
}

const column = (file: string, name: string) => {
  const [head, ...rows] = read(`montagna-meetings-results/sequential-df_${file}_5nrem.csv`).map((line) => line.split(","))
  return rows.map((row) => Number(row[head!.indexOf(name)]))
}

const MEASURED: Record<string, [MeasureName, DismantleOptions["measure"]]> = {
  Betweenness: ["betweenness", { length: "weight" }],
  Katz: ["katz", { alpha: 0.1 }],
  "Collective Influence": ["influence", { radius: 1 }],
  Degree: ["degree", {}],
}

describe("Montagna meetings (Cavallaro et al. 2020, shared data)", () => {
  test.skipIf(!SHARED)("the five highest by betweenness are 18, 47, 27, 68 and 12", () => {
    const { graph, labels } = montagna("sum")
    const scores = MEASURES.betweenness(graph)
    expect(
      [...scores.keys()]
        .sort((a, b) => scores[b]! - scores[a]!)
        .slice(0, 5)
        .map((v) => labels[v]),
    ).toEqual([18, 47, 27, 68, 12])
  })

  test.skipIf(!SHARED)("the published betweenness curve comes out on all its points with the defaults", async () => {
    const published = column("Unweighted", "Betweenness")
    const { lcc } = await dismantle(montagna("sum").graph, "betweenness")
    expect(published.length).toBe(96)
    expect(apart(lcc.slice(0, 96), published)).toBeLessThan(1e-12)
  })

  for (const file of ["Unweighted", "Weighted"]) {
    for (const [name, [measure, options]] of Object.entries(MEASURED)) {
      test.skipIf(!SHARED)(`${file}: the ${name} curve comes out on all points under the authors' conventions`, async () => {
        const { graph, lastInFile } = montagna("last")
        const { lcc } = await dismantle(graph, measure, { measure: { ...options, weighted: file === "Weighted" }, tieOrder: lastInFile })
        expect(apart(lcc.slice(0, 96), column(file, name))).toBeLessThan(1e-12)
      })
    }
  }

  test.skipIf(!SHARED)("ties by the lowest label part from the published curve once nobody is between anybody", async () => {
    const { graph } = montagna("sum")
    const { lcc } = await dismantle(graph, "betweenness", { tieOrder: Array.from({ length: graph.n }, (_, v) => v) })
    const published = column("Unweighted", "Betweenness")
    expect(published.findIndex((share, i) => Math.abs(share - lcc[i]!) > 1e-12)).toBe(35)
  })
})

test.skipIf(!SHARED)("Cocaine (Natarajan, shared data): Kay has 24 of 27 ties and betweenness .8875", () => {
  const [head, ...rows] = read("natajaran_cocaine.csv").map((line) => line.split(","))
  const ties = rows.flatMap((row, i) => row.slice(1).flatMap((cell, j) => (Number(cell) > 0 ? [[i, j] as const] : [])))
  const { graph } = graphFrom({ n: rows.length, source: ties.map((t) => t[0]), target: ties.map((t) => t[1]) })
  const kay = head!.indexOf("Kay") - 1
  expect(MEASURES.degree(graph, { normalised: false })[kay]).toBe(24)
  expect(Number(MEASURES.betweenness(graph)[kay]!.toFixed(4))).toBe(0.8875)
})

test.skipIf(!SHARED)("Caviar (Morselli, shared data): undirected and unweighted betweenness has the published figures", () => {
  const [head, ...rows] = read("morselli_caviar.csv").map((line) => line.split(","))
  const labels = head!.slice(1)
  const arcs = rows.flatMap((row, i) => row.slice(1).flatMap((cell, j) => (Number(cell) > 0 ? [[i, j, Number(cell)] as const] : [])))
  const list = { n: labels.length, source: arcs.map((a) => a[0]), target: arcs.map((a) => a[1]), weight: arcs.map((a) => a[2]) }
  const scores = MEASURES.betweenness(graphFrom(list).graph)
  const top = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 5)
  expect(arcs.length).toBe(295)
  expect(top.map((v) => [labels[v], Number(scores[v]!.toFixed(4))])).toEqual([
    ["1", 0.6375],
    ["12", 0.2921],
    ["87", 0.1193],
    ["76", 0.1152],
    ["3", 0.1052],
  ])
  const weighted = MEASURES.betweenness(graphFrom(list).graph, { weighted: true })
  expect(Number(weighted[labels.indexOf("1")]!.toFixed(4))).not.toBe(0.6375)
})
