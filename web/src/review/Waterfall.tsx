import { useTranslation } from "react-i18next"
import { whole } from "../language/numbers.ts"
import { NodeSays } from "../parts/Isolated.tsx"
import type { WeighedPart } from "./answers.ts"

interface Bar extends WeighedPart {
  from: number
  to: number
}

/** Weights one after the other, each from where the last one ended; the last bar is their sum. */
export function Waterfall({ prior, parts }: { prior: number | null; parts: readonly WeighedPart[] }) {
  const { t } = useTranslation()
  const given = [...(prior === null ? [] : [{ part: "prior", weight: prior, words: t("review.prior") }]), ...parts]
  let at = 0
  const bars: Bar[] = given.map((p) => {
    const from = at
    at += p.weight
    return { ...p, from, to: at }
  })
  const ends = [0, ...bars.flatMap((b) => [b.from, b.to])]
  const low = Math.min(...ends)
  const span = Math.max(...ends) - low || 1
  const place = (x: number) => ((x - low) / span) * 100
  const rows: (Bar & { sum?: boolean })[] =
    bars.length > 1 ? [...bars, { part: "sum", weight: at, words: t("review.sum"), from: 0, to: at, sum: true }] : bars
  return (
    <ol className="waterfall">
      {rows.map((b) => (
        <li key={`${b.part} ${b.words}`} data-way={b.sum ? "sum" : b.weight < 0 ? "against" : "for"}>
          <span className="waterfall-words">{b.sum || b.part === "prior" ? b.words : <NodeSays>{b.words}</NodeSays>}</span>
          <span className="waterfall-track" aria-hidden>
            <span className="waterfall-zero" style={{ insetInlineStart: `${place(0)}%` }} />
            <span
              className="waterfall-bar"
              style={{
                insetInlineStart: `${place(Math.min(b.from, b.to))}%`,
                inlineSize: `${Math.max(0.6, place(Math.max(b.from, b.to)) - place(Math.min(b.from, b.to)))}%`,
              }}
            />
          </span>
          <bdi className="waterfall-weight" dir="ltr">
            {b.weight > 0 ? "+" : ""}
            {whole(b.weight)}
          </bdi>
        </li>
      ))}
    </ol>
  )
}
