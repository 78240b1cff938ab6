/**
 * Layers of a network: what kind of record makes a tie, and what one independent sign of it weighs. A tie's weight is the sum over
 * layers of (layer weight × number of independent seizure events that show it); within one event more records make no heavier
 * tie, because one phone full of messages is still one source. Only `links` (a bare edge list) takes weights from the file.
 *
 * A layer has a direction where its records go from somebody to somebody: from whoever sent, called, wrote in the group, saved the contact
 * or spoke to whomever it reached, and from the first end of a link in a file to the second. In the others one record, place or series names
 * both ends alike (payer and payee stand in one book beside outlet and guarantor): their ties count both ways, half each.
 */
export interface Layer {
  id: string
  title: string
  /** Of one seizure event. */
  weight: number
  /** Why it weighs that. */
  why: string
  /** Its records go from somebody to somebody. */
  directed: boolean
}

export const LAYERS = [
  { id: "messages", title: "messages", weight: 1, why: "they wrote to each other", directed: true },
  { id: "calls", title: "calls", weight: 1, why: "they spoke to each other", directed: true },
  { id: "groups", title: "groups", weight: 0.25, why: "a group joins people who may not know each other", directed: true },
  { id: "contacts", title: "saved contacts", weight: 0.3, why: "a saved number says that it was once worth saving", directed: true },
  { id: "spoken", title: "spoken of", weight: 0.7, why: "what others say is hearsay, and shows whom nobody phones", directed: true },
  { id: "money", title: "money", weight: 1, why: "one paid, held or released what the other gets", directed: false },
  { id: "goods", title: "boats, engines and goods", weight: 1, why: "one consignment names both", directed: false },
  { id: "documents", title: "documents", weight: 0.6, why: "the examiner puts their papers into one series", directed: false },
  { id: "reports", title: "reports", weight: 0.6, why: "one graded report names both", directed: false },
  {
    id: "places",
    title: "same place and time",
    weight: 0.3,
    why: "devices within 250 m and half an hour; towns make chance meetings",
    directed: false,
  },
  { id: "links", title: "links as given", weight: 1, why: "as weighted in the file", directed: true },
] as const satisfies readonly Layer[]

export type LayerId = (typeof LAYERS)[number]["id"]
export const LAYER_IDS = LAYERS.map((l) => l.id) as LayerId[]
export const layerOf = (id: LayerId): Layer => LAYERS.find((l) => l.id === id)!
