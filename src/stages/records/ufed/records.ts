import type { FieldsOf } from "#vocabulary/kinds"
import type { Identifier, Moment, Party, Place, SourceRecord } from "#vocabulary/record"
import { identifierOf, platformName } from "../identify.ts"
import { Cells, deletedOf, entryIds, nestedParties, partyOf, placeOf, plain, type Reading, reportMoment } from "./cells.ts"
import type { Model, Particular } from "./report.ts"

export function contactRecord(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const source = cells.text("Source")
  const entries = cells.models("Entries")
  const name = cells.text("Name")
  const platform = platformName(source)
  const ids = entryIds(entries, platform)
  const native = cells.text("Id", "Identifier")
  if (ids.length === 0 && native !== undefined && platform !== undefined)
    ids.push(...[identifierOf(native, platform)].filter((id) => id !== null))
  const organisation = cells.models("Organizations")[0]
  const fields: FieldsOf<"contact"> = {
    label: name ?? null,
    organisation: organisation?.fields.get("Name")?.trim() || null,
    note: cells.list("Notes").join("\n") || null,
    source: platform ?? source?.toLowerCase() ?? null,
    group: cells.text("Group") ?? null,
    ...(cells.number("TimesContacted") === undefined ? {} : { timesContacted: cells.number("TimesContacted") }),
  }
  const others = entries.filter((e) => !["PhoneNumber", "EmailAddress", "UserID"].includes(e.type))
  const extra = {
    ...cells.rest(),
    ...(others.length > 0 ? { Entries: others.map((e) => ({ "@type": e.type, ...plain(e) })) } : {}),
    ...(organisation ? { Organizations: cells.models("Organizations").map((o) => plain(o)) } : {}),
  }
  return {
    record: {
      kind: "contact",
      place: placeOf(file, model),
      at: cells.moment("TimeModified", "TimeCreated"),
      fields,
      parties: [{ part: "contact", ids, name: name ?? null }],
      deleted: deletedOf(model),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
    also: [],
  }
}

/** A `Coordinate` as a location of its own; null when it has no numbers. */
export function positionRecord(
  model: Model,
  file: string,
  at: Moment | null,
  origin: string,
  placeName: string | undefined,
  parties: Party[],
): SourceRecord<"location"> | null {
  const cells = new Cells(model)
  const lat = cells.number("Latitude")
  const lon = cells.number("Longitude")
  if (lat === undefined || lon === undefined) return null
  const altitudeM = cells.number("Elevation")
  return {
    kind: "location",
    place: placeOf(file, model),
    at,
    fields: {
      lat,
      lon,
      origin,
      placeName: placeName ?? cells.text("PositionAddress", "Comment") ?? null,
      ...(altitudeM === undefined ? {} : { altitudeM }),
    },
    parties: parties.filter((p) => p.part === "sender").map((p) => ({ ...p, part: "subject" })),
    deleted: deletedOf(model),
  }
}

function account(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const source = cells.text("Source", "ServiceType", "ServiceIdentifier")
  const platform = platformName(source)
  const username = cells.text("Username", "UserName")
  const named = identifierOf(username, platform)
  const ids: Identifier[] = [...(named ? [named] : []), ...entryIds(cells.models("Entries"), platform)]
  const name = cells.text("Name")
  const created = cells.moment("TimeCreated")
  const fields: FieldsOf<"account"> = {
    ...(created?.ms == null ? {} : { createdAt: created.ms }),
    platform: platform ?? source?.toLowerCase() ?? null,
    username: username ?? null,
    displayName: name ?? null,
    bio: cells.list("Notes").join("\n") || null,
    own: true,
    nativeId: cells.text("Id") ?? model.id ?? null,
  }
  return {
    record: {
      kind: "account",
      place: placeOf(file, model),
      at: created,
      fields,
      parties: [{ part: "owner", owner: true, ids, name: name ?? null }],
      deleted: deletedOf(model),
      ...cells.extra(),
    },
    also: [],
  }
}

/** `Location`, `CellTower` and `WirelessNetwork`; the last two only where they have a position. */
function location(model: Model, file: string): Reading | null {
  const cells = new Cells(model)
  const position = new Cells(cells.models("Position")[0] ?? model)
  const lat = position.number("Latitude")
  const lon = position.number("Longitude")
  if (lat === undefined || lon === undefined) return null
  if (position.model === model) cells.text("Latitude")
  const origin =
    model.type === "CellTower"
      ? "cell"
      : model.type === "WirelessNetwork"
        ? "wifi"
        : cells.text("LocationOrigin", "Origin", "Category", "Type")
  const accuracyM = cells.number("GpsHorizontalAccuracy", "Precision")
  const altitudeM = position.number("Elevation")
  const end = cells.moment("EndTime")
  const fields: FieldsOf<"location"> = {
    lat,
    lon,
    origin: origin?.toLowerCase() ?? null,
    placeName: cells.text("PositionAddress", "Name", "SSId", "Description") ?? null,
    ...(accuracyM === undefined ? {} : { accuracyM }),
    ...(altitudeM === undefined ? {} : { altitudeM }),
    ...(end?.ms == null ? {} : { endAt: end.ms }),
  }
  return {
    record: {
      kind: "location",
      place: placeOf(file, model),
      at: cells.moment("TimeStamp"),
      fields,
      parties: nestedParties(model, platformName(cells.text("Source"))),
      deleted: deletedOf(model),
      ...cells.extra(),
    },
    also: [],
  }
}

/** `CalendarEntry`, `Notification` and `Note`. */
function event(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const platform = platformName(cells.text("Source"))
  const what = { CalendarEntry: "calendar entry", Notification: "notification" }[model.type] ?? model.type.toLowerCase()
  const parties = ["Attendees", "Participants", "To", "From"].flatMap((name) =>
    cells.models(name).map((m) => partyOf(m, name === "From" ? "sender" : name === "To" ? "recipient" : "participant", platform)),
  )
  const end = cells.moment("EndDate")
  const fields: FieldsOf<"event"> = {
    ...(end?.ms == null ? {} : { endAt: end.ms }),
    what,
    summary:
      [cells.text("Subject", "Title"), cells.text("Body", "Details", "Summary"), ...cells.list("Notes")]
        .filter((t) => t !== undefined)
        .join("\n") || null,
    placeName: cells.text("Location", "PositionAddress") ?? null,
    nativeId: model.id ?? null,
  }
  const at = cells.moment("StartDate", "TimeStamp", "Creation", "CreationTime", "Modification")
  return {
    record: {
      kind: "event",
      place: placeOf(file, model),
      at,
      fields,
      parties: parties.filter((p) => p !== null),
      deleted: deletedOf(model),
      ...cells.extra(),
    },
    also: [],
  }
}

/** A type that nobody here understands: all its properties, and everybody named in it. */
export function statement(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const time = ["TimeStamp", "Timestamp", "StartTime", "LastVisited", "CreationTime", "InstallDate", "TimeCreated", "LastConnection"].find(
    (n) => model.fields.get(n)?.trim(),
  )
  return {
    record: {
      kind: "statement",
      place: placeOf(file, model),
      at: time === undefined ? null : reportMoment(model.fields.get(time)?.trim() ?? ""),
      fields: {
        schema: model.type || "model without type",
        nativeId: model.id ?? null,
        caption: cells.text("Name", "Title", "Subject", "Label", "Value") ?? null,
        summary: cells.text("Body", "Description", "Value") ?? null,
        properties: plain(model),
      },
      parties: nestedParties(model, platformName(cells.text("Source"))),
      deleted: deletedOf(model),
    },
    also: [],
  }
}

export function plainRecord(model: Model, file: string): Reading | null {
  if (model.type === "Contact") return contactRecord(model, file)
  if (model.type === "UserAccount") return account(model, file)
  if (model.type === "Location" || model.type === "CellTower" || model.type === "WirelessNetwork") return location(model, file)
  if (model.type === "CalendarEntry" || model.type === "Notification" || model.type === "Note") return event(model, file)
  return null
}

/** A tagged file: path, size and hashes as the tool says. */
export function taggedFile(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const { path, size, ...attributes } = model.attributes
  const extra = { ...cells.rest() }
  const modified = cells.moment("ModifyTime", "ModifiedTime", "Modify time")
  for (const name of ["@path", "@size", "SHA256", "MD5"]) delete extra[name]
  const sizeBytes = Number(size)
  const fields: FieldsOf<"file"> = {
    path: path ?? cells.text("Local Path") ?? null,
    sha256: cells.text("SHA256")?.toLowerCase() ?? null,
    md5: cells.text("MD5")?.toLowerCase() ?? null,
    ...(size !== undefined && Number.isSafeInteger(sizeBytes) ? { sizeBytes } : {}),
    mediaType: attributes.mimeType ?? cells.text("Tags") ?? null,
    ...(modified?.ms == null ? {} : { modifiedAt: modified.ms }),
  }
  const at = cells.moment("CreationTime", "Creation time", "ModifyTime")
  return { record: { kind: "file", place: placeOf(file, model), at, fields, parties: [], deleted: deletedOf(model), extra }, also: [] }
}

const NUMBERS: Record<string, Identifier["type"]> = { imei: "imei", imsi: "imsi", iccid: "iccid", msisdn: "phone" }

/** Metadata sections, case information and extractions of the report together as one device. */
export function deviceRecord(particulars: Particular[], place: Place): SourceRecord<"device"> {
  const taken = new Set<Particular>()
  const find = (...names: RegExp[]): string | null => {
    for (const name of names) {
      const found = particulars.find((p) => name.test(p.name))
      if (found) {
        taken.add(found)
        return found.value
      }
    }
    return null
  }
  const extracted = find(/^extraction end/i, /^extraction start/i)
  const at = extracted === null ? null : reportMoment(extracted)
  const tool = [find(/^unit version/i), find(/^reportVersion$/)].filter((t) => t !== null)
  const fields: FieldsOf<"device"> = {
    make: find(/^(detected )?(selected )?(manufacturer|vendor)$/i),
    model: find(/^(detected|phone) ?model$/i, /^device ?model$/i, /^(selected )?device name$/i),
    os: find(/^(phone revision|os version|operating system|android version)$/i),
    serial: find(/^(serial( number)?|device serial)$/i),
    imei: find(/^imei( ?1)?$/i),
    imsi: find(/^imsi( ?1)?$/i),
    iccid: find(/^iccid( ?1)?$/i),
    msisdn: find(/^msisdn( ?1)?$/i),
    tool: tool.length > 0 ? `Cellebrite ${tool.join("; report version ")}` : "Cellebrite",
    ...(at?.ms == null ? {} : { extractedAt: at.ms }),
  }
  const ids = particulars.flatMap(({ name, value }): Identifier[] => {
    const type = NUMBERS[name.replace(/ ?\d$/, "").toLowerCase()]
    return type === undefined ? [] : [{ type, raw: value }]
  })
  const extra: Record<string, unknown> = {}
  for (const p of particulars) if (!taken.has(p)) extra[extra[p.name] === undefined ? p.name : `${p.section}: ${p.name}`] = p.value
  return { kind: "device", place, at, fields, parties: [{ part: "owner", owner: true, ids, name: null }], extra }
}
