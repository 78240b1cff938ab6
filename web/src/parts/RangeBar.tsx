interface RangeBarProps {
  low: number
  high: number
  score: number
  /** The right end of the scale, the same for all bars of a list. */
  most: number
  label: string
}

const at = (n: number, most: number): string => `${most > 0 ? Math.min(100, Math.max(0, (n / most) * 100)) : 0}%`

/** A score as a tick in its range, on a scale from nought. */
export function RangeBar({ low, high, score, most, label }: RangeBarProps) {
  return (
    <span className="range" role="img" aria-label={label} title={label}>
      <span className="range-span" style={{ insetInlineStart: at(low, most), inlineSize: at(high - low, most) }} />
      <span className="range-tick" style={{ insetInlineStart: at(score, most) }} />
    </span>
  )
}
