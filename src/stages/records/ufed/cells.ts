import type { Identifier, Moment, Party, Place, SourceRecord } from "#vocabulary/record"
import { statedMoment } from "../clock.ts"
import { identifierOf } from "../identify.ts"
import type { Model } from "./report.ts"

/** The record of one unit, and further records out of the same unit. */
export interface Reading {
  record: SourceRecord
  also: SourceRecord[]
}

/** A model whose fields are taken one by one; what nobody took goes into `extra`. */
export class Cells {
  readonly model: Model
  readonly #taken = new Set<string>()
  constructor(model: Model) {
    this.model = model
  }

  /** First of these fields that is not blank, trimmed. */
  text(...names: string[]): string | undefined {
    const { fields, lists } = this.model
    for (const name of names) {
      const value = fields.get(name)
      const text = (value ?? (lists.size === 0 ? undefined : lists.get(name)?.[0]))?.trim()
      if (value !== undefined) this.#taken.add(name)
      if (text) return text
    }
    return undefined
  }

  number(...names: string[]): number | undefined {
    const text = this.text(...names)?.replace(",", ".")
    const value = text === undefined ? Number.NaN : Number.parseFloat(text)
    return Number.isFinite(value) ? value : undefined
  }

  flag(...names: string[]): boolean | undefined {
    const text = this.text(...names)?.toLowerCase()
    return text === "true" || text === "yes" ? true : text === "false" || text === "no" ? false : undefined
  }

  moment(...names: string[]): Moment | null {
    const text = this.text(...names)
    return text === undefined ? null : reportMoment(text)
  }

  list(name: string): string[] {
    this.#taken.add(name)
    const one = this.model.fields.get(name)
    return (this.model.lists.get(name) ?? (one === undefined ? [] : [one])).map((v) => v.trim()).filter((v) => v !== "")
  }

  models(...names: string[]): Model[] {
    const found: Model[] = []
    if (this.model.models.size === 0) return found
    for (const name of names) {
      this.#taken.add(name)
      found.push(...(this.model.models.get(name) ?? []))
    }
    return found
  }

  /** `rest` as the part of a record. */
  extra(): { extra?: Record<string, unknown> } {
    const extra = this.rest()
    return extra === undefined ? {} : { extra }
  }

  /** What nobody took, blank values left out; undefined when nothing is left. */
  rest(): Record<string, unknown> | undefined {
    const out = plain(this.model, this.#taken)
    return Object.keys(out).length === 0 ? undefined : out
  }
}

/** Attributes that have a place of their own. */
const OWN = new Set(["type", "id", "deleted_state", "deleted"])

/** A model as plain data for `extra` and `properties`. */
export function plain(model: Model, without?: ReadonlySet<string>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const name in model.attributes) if (!OWN.has(name) && model.attributes[name] !== "") out[`@${name}`] = model.attributes[name]
  for (const [name, value] of model.fields) if (!without?.has(name) && value.trim() !== "") out[name] = value
  for (const [name, values] of model.lists) if (!without?.has(name)) out[name] = values
  for (const [name, models] of model.models)
    if (!without?.has(name))
      out[name] = models.map((m) => ({ "@type": m.type, ...(m.id === undefined ? {} : { "@id": m.id }), ...plain(m) }))
  return out
}

/** ISO 8601, or as the tool prints it: `3/16/2012 1:44:08 PM(UTC+0)`, month first exactly when AM or PM is written. */
export function reportMoment(raw: string): Moment | null {
  return statedMoment(raw, /\d\s*[AP]M\b/i.test(raw) ? { order: "mdy" } : {})
}

export function placeOf(file: string, model: Model): Place {
  return {
    file,
    ...(model.type === "file" ? { table: "taggedFiles" } : { table: model.type }),
    ...(model.id === undefined ? {} : { row: model.id }),
    ...(model.byteStart === undefined || model.byteEnd === undefined ? {} : { byteStart: model.byteStart, byteEnd: model.byteEnd }),
  }
}

export function deletedOf(model: Model): NonNullable<SourceRecord["deleted"]> {
  const state = model.deleted?.toLowerCase()
  if (state === undefined || state === "intact" || state === "false" || state === "no") return "no"
  return state === "deleted" || state === "true" || state === "yes" ? "yes" : "unknown"
}

/** The role that the report gives: `From`, `To`, `General`, … */
export function roleOf(party: Model): string {
  return party.fields.get("Role")?.trim().toLowerCase() ?? ""
}

export function isOwner(party: Model): boolean {
  return party.fields.get("IsPhoneOwner")?.trim().toLowerCase() === "true"
}

/** A `Party` model as a party; null when it names nobody. */
export function partyOf(model: Model, part: Party["part"], platform: string | undefined): Party | null {
  const ids = [model.fields.get("Identifier"), model.fields.get("Id")]
    .map((cell, i) => (i === 1 && model.fields.get("Identifier")?.trim() ? null : identifierOf(cell, platform)))
    .filter((id): id is Identifier => id !== null)
  const name = model.fields.get("Name")?.trim() || null
  const owner = isOwner(model)
  if (ids.length === 0 && name === null && !owner) return null
  return { part, ...(owner ? { owner } : {}), ids, name }
}

/** Whoever holds the device, of whom this record says no more than that. */
export function holder(part: Party["part"], account?: string, platform?: string): Party {
  const id = identifierOf(account, platform)
  return { part, owner: true, ids: id ? [id] : [], name: null }
}

/** Categories of `UserID` that name a person and do not address one; `Username` is an address. */
const NAME = /(?:^|\s)(?:(?:nick|push|display|full|first|last|additional|verified|profile|business)\s?name|alias)$|^name$/i

/** Identifiers of contact entries: `PhoneNumber`, `EmailAddress`, `UserID`, by their model type. */
export function entryIds(entries: Model[], platform: string | undefined): Identifier[] {
  const ids: Identifier[] = []
  for (const entry of entries) {
    const raw = entry.fields.get("Value")?.trim()
    if (!raw) continue
    if (entry.type === "PhoneNumber") ids.push({ type: "phone", raw, ...(platform === undefined ? {} : { platform }) })
    else if (entry.type === "EmailAddress") ids.push({ type: "email", raw })
    else if (entry.type === "UserID") {
      // Nicknames, push names and the like stand among the ids, told by their category.
      if (NAME.test(entry.fields.get("Category")?.trim() ?? "")) {
        ids.push({ type: "name", raw, ...(platform === undefined ? {} : { platform }) })
        continue
      }
      const id = identifierOf(raw, platform)
      if (id) ids.push(id)
    }
  }
  return ids
}

/** Parties anywhere below a model that is not understood: nobody named in it is lost. */
export function nestedParties(model: Model, platform: string | undefined): Party[] {
  const out: Party[] = []
  for (const below of model.models.values())
    for (const each of below) {
      const ids = each.type === "Party" ? [] : entryIds([each], platform)
      const party =
        each.type === "Party"
          ? partyOf(each, "participant", platform)
          : ids.length > 0
            ? { part: "participant" as const, ids, name: null }
            : null
      if (party) out.push(party)
      out.push(...nestedParties(each, platform))
    }
  return out
}
