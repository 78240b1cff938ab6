import type { Rule } from "./rules.ts"

/** Answers that depend on rules and a key alone, so that a list of names asks each but once. All are forgotten when there are more than `most`. */
export function keeping<K, V>(most: number): (rules: ReadonlySet<Rule>, key: K, make: () => V) => V {
  const all = new WeakMap<ReadonlySet<Rule>, Map<K, V>>()
  return (rules, key, make) => {
    let known = all.get(rules)
    if (!known) {
      known = new Map()
      all.set(rules, known)
    }
    let answer = known.get(key)
    if (answer === undefined) {
      answer = make()
      if (known.size >= most) known.clear()
      known.set(key, answer)
    }
    return answer
  }
}
