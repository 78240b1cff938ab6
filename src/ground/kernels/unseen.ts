/**
 * How many of a kind nobody saw, at least: Chao's lower bound (1984, "Nonparametric estimation of the number of classes in a population",
 * Scandinavian Journal of Statistics 11) in its bias-corrected form, from how many were seen in exactly one and in exactly two events.
 * Events are not alike, so it is a hint that there are more, never a count.
 */
export function unseenAtLeast(eventsOfEach: readonly number[]): number {
  const once = eventsOfEach.filter((n) => n === 1).length
  const twice = eventsOfEach.filter((n) => n === 2).length
  return once < 2 ? 0 : (once * (once - 1)) / (2 * (twice + 1))
}
