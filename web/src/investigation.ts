import { useParams } from "@tanstack/react-router"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { useValue } from "./queries.ts"
import type { ItemWithExhibits } from "./types.ts"

/** Id of the investigation in the address. */
export function useInvestigation(): string {
  const { investigation } = useParams({ strict: false })
  if (!investigation) throw new Error("no investigation in the address")
  return investigation
}

export const useItems = (investigation: string) => useValue("evidence.list", { investigation })

export interface Holdings {
  /** How a thing is called: its exhibit reference, else its title, else its id. */
  itemName(id: string): string
  eventName(id: string): string
  /** Somebody who is known only as the holder of a thing is called so, in a label or within a sentence. */
  labelOf(label: string): string
  item(id: string): ItemWithExhibits | undefined
}

const NUMBER_NODE = /number …(\d{2,4}), user not established/g
const ITEM_ID = /(?:holder:)?(it_[0-9a-z]{20})/g

/** What the investigation's things and events are called, for labels that name them by id. */
export function useHoldings(investigation: string): Holdings {
  const { t } = useTranslation()
  const { data } = useItems(investigation)
  return useMemo(() => {
    const items = new Map(data?.items.map((i) => [i.id, i]))
    const events = new Map(data?.items.map((i) => [i.seizureEvent.id, i.seizureEvent.label]))
    const itemName = (id: string) => items.get(id)?.reference ?? items.get(id)?.title ?? id
    return {
      item: (id) => items.get(id),
      itemName,
      eventName: (id) => events.get(id) ?? id,
      labelOf: (label) =>
        label
          .replace(NUMBER_NODE, (_, last: string) => t("attribution.numberNode", { digits: last }))
          .replace(ITEM_ID, (_, id: string) => t("entities.holderOf", { reference: itemName(id) })),
    }
  }, [data, t])
}
