/** Where learning begins: chances of each level between records of one person, by comparator in their order; level 0 stands empty. */
export const START: readonly (readonly number[])[] = [
  [0, 0.05, 0.05, 0.1, 0.1, 0.65, 0.05],
  [0, 0.05, 0.05, 0.1, 0.1, 0.65, 0.05],
  [0, 0.05, 0.05, 0.1, 0.3, 0.5],
  [0, 0.05, 0.05, 0.05, 0.1, 0.1, 0.65],
  [0, 0.05, 0.05, 0.1, 0.8],
  [0, 0.3, 0.1, 0.1, 0.5],
  [0, 0.3, 0.05, 0.05, 0.1, 0.1, 0.4],
  [0, 0.2, 0.05, 0.05, 0.1, 0.1, 0.5],
  [0, 0.2, 0.05, 0.05, 0.1, 0.1, 0.5],
  [0, 0.03, 0.97],
]
