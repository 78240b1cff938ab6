import { ActionIcon, Group, Switch, Text, useComputedColorScheme } from "@mantine/core"
import { IconFocusCentered, IconMinus, IconPlus } from "@tabler/icons-react"
import { useEffect, useMemo, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import Sigma from "sigma"
import { share, whole } from "../language/numbers.ts"
import type { GraphEdge } from "../types.ts"
import type { Communities } from "./answers.ts"
import { layOut } from "./layout.ts"
import { COLOURS, type Dot, GROUP_COLOURS, GROUPS, groupsIn, type Line, type Picture, questionOf, type Sort } from "./picture.ts"

interface DrawingProps {
  picture: Picture
  /** Groups by density, once they are asked for and worked out. */
  communities: Communities | undefined
  grouped: boolean
  chosen: string | null
  tie: GraphEdge | null
  onChoose: (entity: string | null) => void
  onTie: (tie: GraphEdge) => void
  onGrouped: (grouped: boolean) => void
}

const FONT = '"Vazirmatn Variable", system-ui, sans-serif'
const ORDER: Record<Sort, number> = { masked: 0, node: 1, person: 1, thing: 2, player: 3 }

/** The network in WebGL. Everything that it shows is also in the lists beside it. */
export function Drawing({ picture, communities, grouped, chosen, tie, onChoose, onTie, onGrouped }: DrawingProps) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme("light")
  const box = useRef<HTMLDivElement>(null)
  const sigma = useRef<Sigma<Dot, Line> | null>(null)
  const [broken, setBroken] = useState(false)
  const [names, setNames] = useState(true)
  const [hovered, setHovered] = useState<string | null>(null)
  const groups = useMemo(() => (grouped && communities ? groupsIn(communities) : null), [grouped, communities])
  const act = useRef({ onChoose, onTie })
  act.current = { onChoose, onTie }

  useEffect(() => {
    if (!box.current) return
    let renderer: Sigma<Dot, Line>
    try {
      renderer = new Sigma<Dot, Line>(picture, box.current, {
        enableEdgeEvents: true,
        labelFont: FONT,
        labelSize: 12,
        labelWeight: "500",
        labelDensity: 0.6,
        labelGridCellSize: 90,
        zIndex: true,
        minCameraRatio: 0.02,
        maxCameraRatio: 4,
        allowInvalidContainer: true,
      })
    } catch {
      setBroken(true)
      return
    }
    renderer.on("clickNode", ({ node }) => act.current.onChoose(node))
    renderer.on("clickStage", () => act.current.onChoose(null))
    renderer.on("clickEdge", ({ edge }) => act.current.onTie(picture.getEdgeAttribute(edge, "tie")))
    renderer.on("enterNode", ({ node }) => setHovered(node))
    renderer.on("leaveNode", () => setHovered(null))
    sigma.current = renderer
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
    const ids = picture.nodes()
    box.current.dataset.settled = "false"
    const end = layOut(questionOf(picture), ({ x, y, done }) => {
      if (still && !done) return
      for (const [i, id] of ids.entries()) picture.mergeNodeAttributes(id, { x: x[i]!, y: y[i]! })
      if (done && box.current) box.current.dataset.settled = "true"
    })
    return () => {
      end()
      sigma.current = null
      renderer.kill()
    }
  }, [picture])

  const near = useMemo(() => {
    const centre = hovered ?? chosen
    return centre && picture.hasNode(centre) ? new Set([centre, ...picture.neighbors(centre)]) : null
  }, [hovered, chosen, picture])

  useEffect(() => {
    const renderer = sigma.current
    if (!renderer) return
    const colours = COLOURS[scheme]
    renderer.setSetting("labelColor", { color: colours.text })
    renderer.setSetting("nodeReducer", (id, dot) => {
      const lit = !near || near.has(id)
      const named = dot.sort !== "masked" && (near ? near.has(id) : names && dot.sort !== "person")
      return {
        ...dot,
        color: lit ? colourOf(dot, scheme, groups === null ? null : groups.get(id)) : colours.faint,
        label: named && lit ? dot.label : null,
        forceLabel: named && (id === chosen || (near !== null && near.size < 16)),
        zIndex: lit ? ORDER[dot.sort] + (id === chosen ? 5 : 0) : -1,
        highlighted: id === chosen && dot.sort !== "masked",
      }
    })
    renderer.setSetting("edgeReducer", (edge, line) => {
      const centre = hovered ?? chosen
      const own = centre !== null && picture.hasExtremity(edge, centre)
      const clicked = tie !== null && line.tie === tie
      return {
        ...line,
        color: clicked ? colours.clicked : own ? colours.strong : colours.line,
        hidden: near !== null && !own && !clicked,
        size: clicked ? line.size + 2 : line.size,
      }
    })
    renderer.refresh()
  }, [scheme, near, chosen, hovered, tie, names, groups, picture])

  useEffect(() => {
    const renderer = sigma.current
    if (!renderer || !chosen || !picture.hasNode(chosen)) return
    const at = renderer.getNodeDisplayData(chosen)
    if (!at) return
    const seen = renderer.framedGraphToViewport(at)
    const { width, height } = renderer.getDimensions()
    // Whoever is in view already stays where he is: the picture jumps only when it must.
    if (seen.x < 0 || seen.y < 0 || seen.x > width || seen.y > height)
      void renderer.getCamera().animate({ x: at.x, y: at.y }, { duration: 250 })
  }, [chosen, picture])

  const camera = () => sigma.current?.getCamera()
  const says = t("network.drawingSays", { nodes: whole(picture.order), edges: whole(picture.size) })
  return (
    <div className="drawing">
      {broken ? (
        <Text p="md">{t("network.noWebgl")}</Text>
      ) : (
        <div ref={box} className="drawing-box" role="img" aria-label={`${t("network.drawing")}. ${says}`} dir="ltr" />
      )}
      <Group gap={4} className="drawing-tools">
        <ActionIcon
          variant="default"
          aria-label={t("network.zoomIn")}
          title={t("network.zoomIn")}
          onClick={() => void camera()?.animatedZoom()}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t("network.zoomOut")}
          title={t("network.zoomOut")}
          onClick={() => void camera()?.animatedUnzoom()}
        >
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t("network.whole")}
          title={t("network.whole")}
          onClick={() => void camera()?.animatedReset()}
        >
          <IconFocusCentered size={16} aria-hidden />
        </ActionIcon>
        <Switch size="xs" label={t("network.labels")} checked={names} onChange={(e) => setNames(e.currentTarget.checked)} />
        <Switch size="xs" label={t("network.communities")} checked={grouped} onChange={(e) => onGrouped(e.currentTarget.checked)} />
      </Group>
      {groups && communities ? <GroupLegend picture={picture} communities={communities} groups={groups} /> : <Legend picture={picture} />}
    </div>
  )
}

/** By group, or by sort where there are no groups (null). Whoever is protected stays as he is: his group could tell who he is with. */
const colourOf = (dot: Dot, scheme: "light" | "dark", group: number | undefined | null): string =>
  group !== null && dot.sort !== "masked" ? (GROUP_COLOURS[scheme][group ?? GROUPS] ?? COLOURS[scheme].person) : COLOURS[scheme][dot.sort]

const LEGEND = { player: "legendPlayer", person: "legendPerson", thing: "legendThing", masked: "legendMasked", node: "legendNode" } as const

function Legend({ picture }: { picture: Picture }) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme("light")
  const counts = useMemo(() => {
    const n = new Map<Sort, number>()
    picture.forEachNode((_, dot) => n.set(dot.sort, (n.get(dot.sort) ?? 0) + 1))
    return n
  }, [picture])
  return (
    <ul className="legend" aria-label={t("network.legend")}>
      {(Object.keys(LEGEND) as Sort[])
        .filter((sort) => counts.has(sort))
        .map((sort) => (
          <li key={sort}>
            <span className="legend-dot" style={{ background: COLOURS[scheme][sort] }} aria-hidden />
            {t(`network.${LEGEND[sort]}`)} ({whole(counts.get(sort)!)})
          </li>
        ))}
    </ul>
  )
}

interface GroupLegendProps {
  picture: Picture
  communities: Communities
  groups: ReadonlyMap<string, number>
}

function GroupLegend({ picture, communities, groups }: GroupLegendProps) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme("light")
  const counts = useMemo(() => {
    const n = new Map<number, number>()
    picture.forEachNode((id, { sort }) => {
      const group = groups.get(id) ?? GROUPS
      if (sort !== "masked") n.set(group, (n.get(group) ?? 0) + 1)
    })
    return [...n].sort(([a], [b]) => a - b)
  }, [picture, groups])
  const masked = picture.filterNodes((_, { sort }) => sort === "masked").length
  return (
    <ul className="legend" aria-label={t("network.legend")}>
      {counts.map(([group, n]) => (
        <li key={group}>
          <span className="legend-dot" style={{ background: GROUP_COLOURS[scheme][group] ?? COLOURS[scheme].person }} aria-hidden />
          {group === GROUPS ? t("network.communityOther") : t("network.community", { n: whole(group + 1) })} ({whole(n)})
          {group < GROUPS && ` · ${t("structure.firmIn", { share: share(communities.communities[group]!.firmness) })}`}
        </li>
      ))}
      {masked > 0 && (
        <li>
          <span className="legend-dot" style={{ background: COLOURS[scheme].masked }} aria-hidden />
          {t("network.legendMasked")} ({whole(masked)})
        </li>
      )}
      <li className="legend-says">
        {t("network.communitiesSay", { n: whole(communities.count) })} {t("structure.firmnessSays")}
      </li>
    </ul>
  )
}
