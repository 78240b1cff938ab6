import type { FieldsOf } from "#vocabulary/kinds"
import type { Party, SourceRecord } from "#vocabulary/record"
import { spanSeconds } from "../clock.ts"
import { identifierOf, platformName } from "../identify.ts"
import { Cells, deletedOf, holder, isOwner, nestedParties, partyOf, placeOf, type Reading, roleOf } from "./cells.ts"
import { contactRecord, positionRecord } from "./records.ts"
import type { Model } from "./report.ts"

/** What a chat's messages take from it. */
interface ChatFrame {
  id: string | undefined
  title: string | undefined
  platform: string | undefined
  group: boolean
  account: string | undefined
  participants: Model[]
  /** Identifiers under which the device's holder takes part. */
  owners: Set<string>
  /** Names of participants by identifier. */
  names: Map<string, string>
}

export function chatFrame(chat: Model): ChatFrame {
  const cells = new Cells(chat)
  const participants = cells.models("Participants")
  const id = cells.text("Id", "Identifier") ?? chat.id
  const kind = cells.text("ChatType")?.toLowerCase() ?? ""
  const account = cells.text("Account")
  return {
    id,
    title: cells.text("Name"),
    platform: platformName(cells.text("Source", "SourceApplication")),
    group: kind.includes("group") || kind.includes("broadcast") || participants.length > 2 || /@g\.us$/.test(id ?? ""),
    account,
    participants,
    names: new Map(participants.map((p) => [p.fields.get("Identifier")?.trim() ?? "", p.fields.get("Name")?.trim() ?? ""])),
    owners: new Set(
      [account, ...participants.filter(isOwner).map((p) => p.fields.get("Identifier")?.trim())].filter((id) => id !== undefined),
    ),
  }
}

/** The chat itself: who was in it, also those who never wrote. */
export function chatRecord(chat: Model, file: string, messages: number): Reading {
  const frame = chatFrame(chat)
  const cells = new Cells(chat)
  cells.models("Messages", "Participants")
  const parties = frame.participants
    .map((p) => claimed(partyOf(p, "participant", frame.platform), holds(p, frame)))
    .filter((p) => p !== null)
  const account = identifierOf(frame.account, frame.platform)
  if (account && !parties.some((p) => p.ids.some((id) => id.raw === account.raw)))
    parties.push({ part: "owner", owner: true, ids: [account], name: null })
  return {
    record: {
      kind: "statement",
      place: placeOf(file, chat),
      at: cells.moment("StartTime", "LastActivity"),
      fields: {
        schema: "Chat",
        nativeId: frame.id ?? null,
        caption: frame.title ?? null,
        properties: { app: frame.platform ?? null, group: frame.group, messages, ...cells.rest() },
      },
      parties,
      deleted: deletedOf(chat),
    },
    also: [],
  }
}

const VOICE = /(\bptt\b|ptt-|voice|audio-?message)|\.(opus|amr|ogg|oga|m4a|aac|caf|3ga)$/i

/** An `InstantMessage`, of a chat or on its own. */
export function instantMessage(model: Model, frame: ChatFrame | undefined, file: string): Reading {
  const cells = new Cells(model)
  const app = platformName(cells.text("SourceApplication", "Source")) ?? frame?.platform
  const from = cells.models("From")[0]
  const to = cells.models("To")
  const mine = from ? holds(from, frame) : cells.flag("FromIsOwner")
  const system = /^system/i.test(from?.fields.get("Identifier")?.trim() ?? "") || /^system/i.test(cells.text("Type", "Label") ?? "")
  const direction = system ? "system" : mine ? "out" : from || mine === false ? "in" : directionOf(cells.text("Direction", "Folder"))
  const parties: Party[] = []
  const push = (party: Party | null) => {
    if (party) parties.push({ ...party, name: party.name || party.ids.map((id) => frame?.names.get(id.raw)).find((name) => name) || null })
  }
  if (from && !system) push(claimed(partyOf(from, "sender", app), mine === true))
  else if (direction === "out") push(holder("sender", frame?.account, app))
  if (to.length > 0) for (const each of to) push(claimed(partyOf(each, "recipient", app), holds(each, frame)))
  else if (frame && !frame.group && !system)
    for (const each of frame.participants)
      if (identity(each) !== identity(from) && !(mine && holds(each, frame)))
        push(claimed(partyOf(each, "recipient", app), holds(each, frame)))
  // Who joined, left or was named by the app stands in the log of what happened in the chat.
  for (const activity of model.models.get("ActivityLog") ?? []) for (const party of nestedParties(activity, app)) push(party)
  if (direction === "in" && frame && !frame.group && !parties.some((p) => p.owner)) push(holder("recipient", frame.account, app))
  // Not taken: what was quoted or passed on stays in `extra` as well, for the original may be gone.
  const quoted = quotationOf(["MessageExtraData", "EmbeddedInstantMessage"].flatMap((name) => model.models.get(name) ?? []))
  // A message that was passed on holds nothing itself: what it says stands in the message embedded in it.
  const body = cells.text("Body") ?? quoted.forwarded?.fields.get("Body")?.trim()
  const own = distinct(cells.models("Attachments", "Attachment"))
  const attachments = own.length > 0 ? own : distinct(quoted.forwarded?.models.get("Attachments") ?? [])
  const first = attachments[0] && attachmentOf(attachments[0])
  const shared = {
    app: app ?? null,
    thread: frame?.id ?? cells.text("ChatId") ?? null,
    threadTitle: frame?.title ?? cells.text("ChatName") ?? null,
    ...(frame ? { group: frame.group } : {}),
    direction,
    nativeId: cells.text("Identifier", "Id") ?? model.id ?? null,
  } as const
  const spoken =
    body === undefined && first && (first.type?.startsWith("audio/") ?? true) && VOICE.test(`${first.type ?? ""} ${first.file ?? ""}`)
  const at = cells.moment("TimeStamp")
  const replied = cells.models("RepliedMessage", "OriginalMessage", "ReplyTo", "QuotedMessage")[0]
  const replyTo = quoted.replyTo ?? (replied && (replied.fields.get("Identifier")?.trim() || replied.id))
  const also = [
    ...cells.models("SharedContacts").map((contact) => contactRecord(contact, file).record),
    ...cells
      .models("Position")
      .flatMap((position) => positionRecord(position, file, at, "shared", cells.text("PositionAddress"), parties) ?? []),
    ...attachments.slice(1).map((attachment) => fileRecord(attachment, file)),
  ]
  const common = { place: placeOf(file, model), at, parties, deleted: deletedOf(model) }
  const transcript = cells.text("Transcript") ?? first?.transcript
  if (spoken) {
    const fields: FieldsOf<"voice-note"> = {
      ...shared,
      file: first.file ?? null,
      ...heard(transcript),
      ...(first.seconds === undefined ? {} : { durationS: first.seconds }),
    }
    return { record: { kind: "voice-note", ...common, fields, ...extraOf(cells, first, undefined) }, also }
  }
  const fields: FieldsOf<"message"> = {
    ...shared,
    body: body ?? null,
    subject: cells.text("Subject") ?? null,
    status: cells.text("Status") ?? null,
    ...(first ? { attachment: first.file ?? null, attachmentType: first.type ?? null } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
  }
  return { record: { kind: "message", ...common, fields, ...extraOf(cells, first, transcript) }, also }
}

/** What a message answers, and what it passes on. */
function quotationOf(extras: Model[]): { replyTo: string | undefined; forwarded: Model | undefined } {
  const embedded = distinct(extras.filter((m) => m.type === "InstantMessage"))
  const labels = extras.filter((m) => m.type !== "InstantMessage")
  const forwarding = labels.some((m) => /^forward/i.test(m.fields.get("Label")?.trim() ?? ""))
  const answer = labels.find((m) => /^(Reply|Quoted)MessageData$/.test(m.type) && !/^forward/i.test(m.fields.get("Label")?.trim() ?? ""))
  const answered = answer && [...answer.models.values()].flat().find((m) => m.type === "InstantMessage")
  const replyTo = [answer?.fields.get("OriginalMessageID"), answered?.fields.get("Identifier"), answer?.fields.get("ReferenceId")]
  return { replyTo: replyTo.map((id) => id?.trim()).find((id) => id), forwarded: forwarding ? embedded[0] : undefined }
}

/** The same model stands twice in some reports, in a field for one and in a field for many. */
function distinct(models: Model[]): Model[] {
  return models.filter((m, n) => m.id === undefined || models.findIndex((other) => other.id === m.id) === n)
}

function heard(transcript: string | undefined): Pick<FieldsOf<"voice-note">, "listening" | "transcript" | "transcriber"> {
  return transcript === undefined ? { listening: "unheard" } : { listening: "transcribed", transcript, transcriber: "extraction tool" }
}

/** What nobody took, with what the first attachment says beside its name and type. */
function extraOf(cells: Cells, first: Attached | undefined, transcript: string | undefined): { extra?: Record<string, unknown> } {
  const extra = {
    ...cells.rest(),
    ...(first?.rest === undefined ? {} : { attachment: first.rest }),
    ...(transcript === undefined ? {} : { Transcript: transcript }),
  }
  return Object.keys(extra).length === 0 ? {} : { extra }
}

/** `SMS`, `MMS` and `Email`, with parties as models (newer reports) or as plain `From`, `To`, `Cc`, `Bcc` fields (older ones). */
export function letter(model: Model, file: string, app: "sms" | "mms" | "email"): Reading {
  const cells = new Cells(model)
  const parties: Party[] = []
  const platform = app === "email" ? "email" : undefined
  const source = cells.text("Source")
  const person = (m: Model, part: Party["part"]) => {
    const party = partyOf(m, part, app === "email" ? undefined : platformName(source))
    if (party) parties.push(party)
  }
  const roles = new Set<string>()
  const models = cells.models("Parties")
  for (const m of models) {
    const role = roleOf(m)
    if (!isOwner(m)) roles.add(role)
    person(m, role === "from" ? "sender" : role === "to" || role === "cc" || role === "bcc" ? "recipient" : "participant")
  }
  for (const m of cells.models("From")) person(m, "sender")
  for (const m of cells.models("To", "Cc", "Bcc")) person(m, "recipient")
  const counterpart = models.length === 0 ? cells.text("Name") : undefined
  const written = [
    ...cells.list("From").map((raw) => ["sender", raw] as const),
    ...["To", "Cc", "Bcc"].flatMap((n) => cells.list(n).map((raw) => ["recipient", raw] as const)),
  ]
  for (const [part, raw] of written) {
    const id = identifierOf(raw, platform === "email" ? undefined : platformName(source))
    if (id) parties.push({ part, ids: [id], name: written.length === 1 ? (counterpart ?? null) : null })
  }
  const folder = cells.text("Folder")
  const status = cells.text("Status")
  const direction =
    directionOf(folder) ?? directionOf(status) ?? (roles.size === 1 ? (roles.has("from") ? "in" : roles.has("to") ? "out" : null) : null)
  for (const party of parties)
    if (party.part === "participant" && direction && !party.owner) party.part = direction === "in" ? "sender" : "recipient"
  const own = direction === "in" ? "recipient" : "sender"
  if (direction && !parties.some((p) => p.owner) && !(app === "email" && parties.some((p) => p.part === own))) parties.push(holder(own))
  const attachments = cells.models("Attachments")
  const first = attachments[0] && attachmentOf(attachments[0])
  const at = cells.moment("TimeStamp", "Date")
  const path = first ? cells.text("attachment_extracted_path") : undefined
  const fields: FieldsOf<"message"> = {
    app,
    direction,
    body: cells.text("Body", "Snippet") ?? null,
    subject: cells.text("Subject") ?? null,
    status: status ?? folder ?? null,
    ...(first ? { attachment: path ?? first.file ?? null, attachmentType: first.type ?? null } : {}),
    nativeId: model.id ?? null,
  }
  const extra = {
    ...cells.rest(),
    ...(source === undefined ? {} : { Source: source }),
    ...(folder === undefined ? {} : { Folder: folder }),
    ...(first?.rest === undefined ? {} : { attachment: first.rest }),
  }
  return {
    record: {
      kind: "message",
      place: placeOf(file, model),
      at,
      fields,
      parties,
      deleted: deletedOf(model),
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    },
    also: [
      ...cells.models("Position").flatMap((p) => positionRecord(p, file, at, "shared", undefined, parties) ?? []),
      ...attachments.slice(1).map((a) => fileRecord(a, file)),
    ],
  }
}

export function call(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const source = cells.text("Source")
  const platform = platformName(source)
  const type = cells.text("Type")
  const direction = directionOf(cells.text("Direction")) ?? directionOf(type)
  const outcome = cells.text("Status") ?? type
  const durationS = spanSeconds(cells.text("Duration") ?? "")
  const missed = /missed|reject|unanswer|declin|blocked|no answer|cancel/i.test(`${type ?? ""} ${outcome ?? ""}`)
  const parties: Party[] = []
  for (const m of cells.models("Parties")) {
    const role = roleOf(m)
    const caller = role === "from" || (role !== "to" && direction !== null && (direction === "out") === isOwner(m))
    const callee = role === "to" || (role !== "from" && direction !== null && !caller)
    const party = partyOf(m, caller ? "caller" : callee ? "callee" : "participant", platform)
    if (party) parties.push(party)
  }
  if (direction && !parties.some((p) => p.owner))
    parties.push(holder(direction === "out" ? "caller" : "callee", cells.text("Account"), platform))
  const fields: FieldsOf<"call"> = {
    app: platform ?? "cellular",
    direction,
    ...(missed ? { answered: false } : durationS !== null && durationS > 0 ? { answered: true } : {}),
    outcome: outcome ?? null,
    ...(durationS === null ? {} : { durationS: Math.round(durationS) }),
    ...(cells.flag("VideoCall") === undefined ? {} : { video: cells.flag("VideoCall") }),
    nativeId: model.id ?? null,
  }
  return {
    record: {
      kind: "call",
      place: placeOf(file, model),
      at: cells.moment("TimeStamp"),
      fields,
      parties,
      deleted: deletedOf(model),
      ...cells.extra(),
    },
    also: [],
  }
}

/** `Voicemail` and `Recording`. */
export function voice(model: Model, file: string): Reading {
  const cells = new Cells(model)
  const platform = platformName(cells.text("Source"))
  const from = cells.models("From")[0]
  const sender = from ? partyOf(from, "sender", platform) : null
  const seconds = spanSeconds(cells.text("Duration") ?? "")
  const parties = [...(sender ? [sender] : []), ...(sender && model.type === "Voicemail" ? [holder("recipient")] : [])]
  const fields: FieldsOf<"voice-note"> = {
    app: platform ?? model.type.toLowerCase(),
    direction: model.type === "Voicemail" ? "in" : null,
    ...(seconds === null ? {} : { durationS: seconds }),
    file: cells.text("Name", "Title", "Filename") ?? null,
    ...heard(cells.text("Transcript")),
    nativeId: model.id ?? null,
  }
  return {
    record: {
      kind: "voice-note",
      place: placeOf(file, model),
      at: cells.moment("Timestamp", "TimeStamp"),
      fields,
      parties,
      deleted: deletedOf(model),
      ...cells.extra(),
    },
    also: [],
  }
}

function directionOf(word: string | undefined): "in" | "out" | null {
  const text = word?.toLowerCase() ?? ""
  if (/^(incoming|inbox|missed|rejected|received|unread|read|blocked|voicemail)/.test(text)) return "in"
  return /^(outgoing|sent|outbox|drafts?|unsent|sending|dialed|dialled)/.test(text) ? "out" : null
}

/** The party, marked as the device's holder where only the chat says so. */
function claimed(party: Party | null, mine: boolean): Party | null {
  return party && mine ? { ...party, owner: true } : party
}

/** True for whoever holds the device, by the party's own mark or by the chat's account. */
function holds(party: Model, frame: ChatFrame | undefined): boolean {
  return isOwner(party) || (frame?.owners.has(party.fields.get("Identifier")?.trim() || "?") ?? false)
}

function identity(party: Model | undefined): string | undefined {
  return party?.fields.get("Identifier")?.trim() || party?.fields.get("Name")?.trim() || party?.id
}

interface Attached {
  file: string | undefined
  type: string | undefined
  seconds: number | undefined
  transcript: string | undefined
  rest: Record<string, unknown> | undefined
}

function attachmentOf(model: Model): Attached {
  const cells = new Cells(model)
  // Newer reports write a recording's length into its title.
  const title = /^duration:\s*([\d:.]+)$/i.exec(model.fields.get("Title")?.trim() ?? "")?.[1]
  const seconds = spanSeconds(cells.text("Duration") ?? title ?? "")
  return {
    file: cells.text("attachment_extracted_path", "Path", "Filename", ...(title === undefined ? ["Title"] : []), "URL"),
    type: cells.text("ContentType"),
    seconds: seconds ?? undefined,
    transcript: cells.text("Transcript"),
    rest: cells.rest(),
  }
}

function fileRecord(model: Model, file: string): SourceRecord<"file"> {
  const cells = new Cells(model)
  const path = cells.text("attachment_extracted_path", "Path", "Filename", "URL")
  const fields = { path: path ?? null, mediaType: cells.text("ContentType") ?? null, caption: cells.text("Title") ?? null }
  return { kind: "file", place: placeOf(file, model), at: null, fields, parties: [], deleted: deletedOf(model), ...cells.extra() }
}
