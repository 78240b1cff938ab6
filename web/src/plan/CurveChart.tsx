import { useTranslation } from "react-i18next"
import { dirOf, languageNow } from "../language/index.ts"
import { share, whole } from "../language/numbers.ts"

const WIDTH = 720
const HEIGHT = 300
const EDGE = { start: 56, end: 16, top: 12, bottom: 44 }
const LEVELS = [0, 0.25, 0.5, 0.75, 1]
const MARKS = 6

/** The share of the largest part after each step, as a staircase; it runs from right to left where the language does. */
export function CurveChart({ lcc }: { lcc: readonly number[] }) {
  const { t } = useTranslation()
  const mirrored = dirOf(languageNow()) === "rtl"
  const steps = Math.max(1, lcc.length - 1)
  const across = WIDTH - EDGE.start - EDGE.end
  const down = HEIGHT - EDGE.top - EDGE.bottom
  const x = (i: number) => {
    const at = EDGE.start + (across * i) / steps
    return mirrored ? WIDTH - at : at
  }
  const y = (s: number) => EDGE.top + down * (1 - s)
  const path = lcc.map((s, i) => (i === 0 ? `M${x(0)} ${y(s)}` : `H${x(i)} V${y(s)}`)).join(" ")
  const marks = [...new Set(Array.from({ length: MARKS }, (_, k) => Math.round((steps * k) / (MARKS - 1))))]
  const label = t("curve.chart", { first: share(lcc[0] ?? 0), last: share(lcc.at(-1) ?? 0), n: whole(lcc.length - 1) })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="curve" role="img" aria-label={label} direction="ltr">
      {LEVELS.map((s) => (
        <g key={s}>
          <line x1={x(0)} x2={x(steps)} y1={y(s)} y2={y(s)} className="curve-level" />
          <text x={x(0) + (mirrored ? 8 : -8)} y={y(s) + 4} textAnchor={mirrored ? "start" : "end"}>
            {share(s)}
          </text>
        </g>
      ))}
      {marks.map((i) => (
        <text key={i} x={x(i)} y={HEIGHT - EDGE.bottom + 18} textAnchor="middle">
          {whole(i)}
        </text>
      ))}
      <path d={path} className="curve-line" />
      <text x={WIDTH / 2} y={HEIGHT - 6} textAnchor="middle">
        {t("curve.axisX")}
      </text>
    </svg>
  )
}
