import type { FrozenComparator } from "./comparator.ts"

const ORGANISATION =
  /^(?:organi[sz]ation|company|firm|business|legal ?(?:entity|person)|entity|corporation|organisation morale|unternehmen|firma|شركة|شرکت|کۆمپانیا)$/iu

/** What is no person, as a record says in a word. */
const isOrganisation = (form: string): boolean => ORGANISATION.test(form.trim())

/** People and organisations are never one, whatever a trader calls his firm. */
export const form: FrozenComparator = {
  id: "form",
  levels: ["not stated by both", "a person and an organisation", "the same"],
  weights: [0, 0, 0],
  reads: ["form"],
  over: ({ code, values }) => {
    const organised = values.form.map(isOrganisation)
    return (a, b) => {
      const x = code.form[a]!
      const y = code.form[b]!
      return x === 0 || y === 0 ? 0 : organised[x] === organised[y] ? 2 : 1
    }
  },
}
