/** Words of likelihood of the UK's Professional Head of Intelligence Assessment. How sure an analyst is of the judgement is another scale. */
export interface Likelihood {
  id: string
  words: string
  /** Percent. Gaps between the ranges are meant: nobody tells 8 from 12 per cent. */
  from: number
  to: number
}

export const YARDSTICK: readonly Likelihood[] = [
  { id: "remote-chance", words: "remote chance", from: 0, to: 5 },
  { id: "highly-unlikely", words: "highly unlikely", from: 10, to: 20 },
  { id: "unlikely", words: "unlikely", from: 25, to: 35 },
  { id: "realistic-possibility", words: "realistic possibility", from: 40, to: 50 },
  { id: "likely", words: "likely or probable", from: 55, to: 75 },
  { id: "highly-likely", words: "highly likely", from: 80, to: 90 },
  { id: "almost-certain", words: "almost certain", from: 95, to: 100 },
]

export const CONFIDENCES = ["low", "moderate", "high"] as const

/** The nearest range to a share of 0 to 1; between two ranges the one nearer to even chances, which claims less. */
export function likelihoodOf(share: number): Likelihood {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share is from 0 to 1, not ${share}`)
  const percent = share * 100
  const distance = ({ from, to }: Likelihood) => Math.max(from - percent, percent - to, 0)
  const middle = ({ from, to }: Likelihood) => Math.abs((from + to) / 2 - 50)
  return YARDSTICK.reduce((best, one) => {
    const closer = distance(one) - distance(best)
    return closer < 0 || (closer === 0 && middle(one) < middle(best)) ? one : best
  })
}
