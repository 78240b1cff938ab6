/** Precision, recall and F1 of a way to score pairs. */
export interface Judged {
  score: number
  same: boolean
}

export interface Figures {
  pairs: number
  precision: number
  recall: number
  f1: number
}

const round = (x: number) => Math.round(x * 10_000) / 10_000

export function figures(judged: readonly Judged[], mark: number): Figures {
  let both = 0
  let said = 0
  let meant = 0
  for (const { score, same } of judged) {
    if (score >= mark) said++
    if (same) meant++
    if (score >= mark && same) both++
  }
  const [precision, recall] = [said === 0 ? 0 : both / said, meant === 0 ? 0 : both / meant]
  return { pairs: judged.length, precision: round(precision), recall: round(recall), f1: round((2 * both) / Math.max(1, said + meant)) }
}

/** The mark with the best F1, of all that occur. */
export function bestMark(judged: readonly Judged[]): number {
  const marks = [...new Set(judged.map(({ score }) => score))].sort((a, b) => a - b)
  const step = Math.max(1, Math.floor(marks.length / 200))
  return marks
    .filter((_, at) => at % step === 0)
    .reduce(
      (best, mark) => {
        const { f1 } = figures(judged, mark)
        return f1 > best.f1 ? { mark, f1 } : best
      },
      { mark: 1, f1: -1 },
    ).mark
}

const SURE = 0.98

/** The lowest mark from which on precision is 0.98 or better; above all scores where there is none. */
export function surestMark(judged: readonly Judged[]): number {
  const marks = [...new Set(judged.map(({ score }) => score))].sort((a, b) => a - b)
  const step = Math.max(1, Math.floor(marks.length / 200))
  return marks.filter((_, at) => at % step === 0 || at === marks.length - 1).find((mark) => figures(judged, mark).precision >= SURE) ?? 2
}
