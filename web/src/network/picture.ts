import Graph from "graphology"
import type { GraphEdge, NetworkGraph, Ranking } from "../types.ts"
import type { Communities } from "./answers.ts"
import type { LayoutQuestion } from "./layout.ts"
import { stepsFor } from "./layout.ts"

/** What a dot stands for; each has a colour of its own and a line in the legend. */
export type Sort = "player" | "person" | "thing" | "masked" | "node"

export interface Dot {
  x: number
  y: number
  size: number
  label: string
  sort: Sort
}

export interface Line {
  size: number
  tie: GraphEdge
}

export type Picture = Graph<Dot, Line>

/** Opaque colours: WebGL adds those with alpha up, and reads four digits of hexadecimal as something else. None of them says danger. */
export const COLOURS = {
  light: {
    player: "#4338a8",
    person: "#6f8aa3",
    thing: "#8a6d1d",
    masked: "#b4b9c0",
    node: "#257fa4",
    line: "#d3d9e0",
    strong: "#0b5b7b",
    clicked: "#b3560f",
    faint: "#e6e9ed",
    text: "#1b2430",
  },
  dark: {
    player: "#aaa2ff",
    person: "#7796b3",
    thing: "#d3b350",
    masked: "#5d646d",
    node: "#62b8d8",
    line: "#343b44",
    strong: "#7fd0ee",
    clicked: "#ffb066",
    faint: "#2a2f36",
    text: "#e9edf2",
  },
} as const

/** Colours of the largest groups, told apart by people with any of the usual colour visions as well as eight can be. */
export const GROUP_COLOURS = {
  light: ["#0072b2", "#b8620b", "#00805c", "#a8447f", "#5b5fc7", "#7a6a00", "#2f8ea8", "#8c3b2e"],
  dark: ["#56b4e9", "#e6a04a", "#3fc79a", "#e08cc0", "#a5a8ff", "#d8c84a", "#7fd8ee", "#e8897a"],
} as const
export const GROUPS = GROUP_COLOURS.light.length

/** Fewer runs than this that keep somebody in his group, and he is not coloured. */
const FIRM = 0.75

/** Place of the group of each dot by size, 0 the largest, `GROUPS` for every smaller one; whoever is not firm in one is in none. */
export const groupsIn = (found: Communities): ReadonlyMap<string, number> =>
  new Map(found.nodes.filter((n) => n.firmness >= FIRM).map((n) => [n.entity, Math.min(n.community - 1, GROUPS)]))

/** Sunflower places in the order given: spread evenly, and the same each time. */
function place(i: number, n: number): { x: number; y: number } {
  const radius = Math.sqrt((i + 0.5) / n) * 100
  const angle = i * Math.PI * (3 - Math.sqrt(5))
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}

/** The network as it is drawn. `labelOf` words a label; protected people get none. */
export function pictureOf(graph: NetworkGraph, ranking: Ranking | undefined, labelOf: (label: string) => string): Picture {
  const players = new Set(ranking?.basis === "conduct" ? ranking.players.map((p) => p.entity) : [])
  const bare = ranking?.basis === "structure only"
  const most = Math.max(1, ...graph.nodes.map((n) => n.weight))
  const picture: Picture = new Graph({ type: "undirected", multi: true })
  const order = [...graph.nodes].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
  order.forEach((node, i) => {
    const sort: Sort = node.masked
      ? "masked"
      : players.has(node.id)
        ? "player"
        : bare
          ? "node"
          : node.kind === "person"
            ? "person"
            : "thing"
    picture.addNode(node.id, {
      ...place(i, order.length),
      size: 2.5 + 11 * Math.sqrt(node.weight / most) * (sort === "masked" ? 0.7 : 1),
      label: node.masked ? "" : labelOf(node.identifier ?? node.label),
      sort,
    })
  })
  const heaviest = Math.max(1, ...graph.edges.map((e) => e.weight))
  for (const tie of graph.edges)
    if (picture.hasNode(tie.a) && picture.hasNode(tie.b) && tie.a !== tie.b)
      picture.addEdge(tie.a, tie.b, { size: 0.6 + 3 * Math.sqrt(tie.weight / heaviest), tie })
  return picture
}

export function questionOf(picture: Picture): LayoutQuestion {
  const ids = picture.nodes()
  const index = new Map(ids.map((id, i) => [id, i]))
  const edges = picture.edges()
  return {
    x: Float32Array.from(ids, (id) => picture.getNodeAttribute(id, "x")),
    y: Float32Array.from(ids, (id) => picture.getNodeAttribute(id, "y")),
    from: Int32Array.from(edges, (e) => index.get(picture.source(e))!),
    to: Int32Array.from(edges, (e) => index.get(picture.target(e))!),
    weight: Float32Array.from(edges, (e) => picture.getEdgeAttribute(e, "tie").weight),
    steps: stepsFor(ids.length),
  }
}
