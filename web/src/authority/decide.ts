import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type ApiFailure, ask } from "../api.ts"
import { forget, useValue } from "../queries.ts"
import type { ReviewValues } from "../review/answers.ts"
import type { AuthorityValues } from "./answers.ts"

type Decided = AuthorityValues & ReviewValues
type Verb = keyof Decided

/** A decision that is answered at once; whatever was shown before it is asked anew. */
export function useDecision<N extends Verb>(name: N, done?: (answer: Decided[N][1]) => void) {
  const client = useQueryClient()
  const act = useMutation<Decided[N][1], ApiFailure, Decided[N][0]>({
    mutationFn: (input) => ask(name, input) as Promise<Decided[N][1]>,
    onSuccess: (answer) => {
      done?.(answer)
      return forget(client)
    },
  })
  return { decide: act.mutate, running: act.isPending, failure: act.error, answer: act.data }
}

/** What the caller may ask of the node, and in an investigation. Until it is known, nothing is promised. */
export function useMay(investigation?: string): { node: (need: string) => boolean; here: (need: string) => boolean; known: boolean } {
  const { data } = useValue("roles.mine", investigation === undefined ? {} : { investigation })
  return {
    known: data !== undefined,
    node: (need) => data?.node.includes(need) ?? false,
    here: (need) => data?.here?.includes(need) ?? false,
  }
}
