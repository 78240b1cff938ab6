import { useTranslation } from "react-i18next"
import { dirOf, languageNow } from "../language/index.ts"
import { decimal, whole } from "../language/numbers.ts"
import type { InterdictAnswer } from "./answers.ts"
import "./curve.css"

const WIDTH = 720
const HEIGHT = 260
const EDGE = { start: 56, end: 16, top: 12, bottom: 40 }
const LEVELS = 4

/** What is left by budget: the interval over the scenarios as a band, its mean as a line. */
export function BudgetChart({ answer }: { answer: InterdictAnswer }) {
  const { t } = useTranslation()
  const mirrored = dirOf(languageNow()) === "rtl"
  const points = answer.plans.map((p) => ({ budget: p.budget, low: p.left.low, high: p.left.high, mean: p.mean }))
  const widest = Math.max(1, ...points.map((p) => p.budget))
  const most = Math.max(1e-9, answer.before.high, ...points.map((p) => p.high))
  const x = (budget: number) => {
    const at = EDGE.start + ((WIDTH - EDGE.start - EDGE.end) * budget) / widest
    return mirrored ? WIDTH - at : at
  }
  const y = (flow: number) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - flow / most)
  const line = (of: (p: (typeof points)[number]) => number, list = points) => list.map((p) => `${x(p.budget)} ${y(of(p))}`).join(" L")
  const band = `M${line((p) => p.high)} L${line((p) => p.low, points.toReversed())} Z`
  const label = t("plans.levers.curveSays", { first: decimal(points[0]?.mean ?? 0), last: decimal(points.at(-1)?.mean ?? 0) })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="curve" role="img" aria-label={label} direction="ltr">
      {Array.from({ length: LEVELS + 1 }, (_, i) => (most * i) / LEVELS).map((level) => (
        <g key={level}>
          <line x1={x(0)} x2={x(widest)} y1={y(level)} y2={y(level)} className="curve-level" />
          <text x={x(0) + (mirrored ? 8 : -8)} y={y(level) + 4} textAnchor={mirrored ? "start" : "end"}>
            {decimal(level)}
          </text>
        </g>
      ))}
      <path d={band} className="curve-band" />
      <path d={`M${line((p) => p.mean)}`} className="curve-line" />
      {points.map((p) => (
        <text key={p.budget} x={x(p.budget)} y={HEIGHT - EDGE.bottom + 16} textAnchor="middle">
          {whole(p.budget)}
        </text>
      ))}
      <text x={WIDTH / 2} y={HEIGHT - 6} textAnchor="middle">
        {t("plans.levers.budget")}
      </text>
    </svg>
  )
}
